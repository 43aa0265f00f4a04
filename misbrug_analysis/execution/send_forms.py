"""The forms of a round as files to send out: which ones, what they are called, where they go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from misbrug_analysis.execution.files import write_or_tell
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import wanted_forms
from misbrug_analysis.model.errors import (
    ParameterError,
    Phrase,
    Problem,
    ReportError,
    hint,
    name_list,
    shown,
)
from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.usual import FormName
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.questionnaire.last_time import shown_answers
from misbrug_analysis.presentation.questionnaire.workbook import LastTime, form_workbook


@dataclass(frozen=True)
class SentForms:
    """What was written: new files, those that stood there already, how many show last answers."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    with_last: int


def write_forms(
    study: Study,
    folder: Path,
    *,
    units: Sequence[str] = (),
    forms: Sequence[str] = (),
    previous: Study | None = None,
    language: Language | None = None,
) -> SentForms:
    """Write a workbook for each unit and form; all units and what they are asked by default.

    ``previous`` is a round whose answers stand beside. Raises ParameterError for unknown names and
    a folder that cannot be used, IntakeError when the forms of ``previous`` have faults, and
    ReportError with every file that would be written over; nothing is written then.
    """
    if previous is not None and previous.instrument.respondents is not None:
        previous = None  # what each of several answered is for nobody else to see
    spoken = language or Language.load(study.settings.language)
    asked = [study.organisation.unit(name) for name in units] or study.organisation.units
    named = [_form(study, name) for name in forms]
    _check_folder(study, folder)
    last = _last_answers(previous, study, spoken) if previous else {}
    endings = _endings(study, spoken)
    made: dict[Path, bytes] = {}
    with_last = 0
    for unit in asked:
        for form in named or [_form(study, name) for name in wanted_forms(study, unit)]:
            answers = last.get((unit.id, form.id), {})
            with_last += bool(answers)
            before = LastTime(previous, answers) if previous else None
            content = form_workbook(study, unit, form, spoken, before)
            made[folder / f"{unit.id}_{endings[form.id]}.xlsx"] = content
    return SentForms(*_write(made), with_last)


def _form(study: Study, name: str) -> FormName:
    for form in study.settings.forms:
        if form.id == name:
            return form
    valid = [form.id for form in study.settings.forms]
    values: dict[str, object] = {"kind": Phrase("the_form"), "name": name}
    values |= {"hint": hint(name, valid), "valid": name_list(valid)}
    raise ParameterError([Problem("unknown_name", "", values)])


def _endings(study: Study, language: Language) -> dict[str, str]:
    """How file names call each form: by its label, or by its id where labels would be the same."""
    labels = {
        form.id: slug(in_language(form.label, language.code)) for form in study.settings.forms
    }
    alike = max(Counter(labels.values()).values()) > 1
    return {name: name if alike else label for name, label in labels.items()}


def _last_answers(
    previous: Study, study: Study, language: Language
) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """By unit and form, what the earlier round has of the questions that are asked again."""
    answers = collect(previous).accepted().answers
    return {
        (str(unit), str(form)): shown_answers(
            dict(zip(rows["item"], rows["value"], strict=True)),
            previous.instrument,
            study.instrument,
            language,
        )
        for (unit, form), rows in answers.groupby(["unit", "form"], sort=False)
    }


def _check_folder(study: Study, folder: Path) -> None:
    """Empty forms among those that came in to any round would be read as answers."""
    if folder.exists() and not folder.is_dir():
        raise ParameterError([Problem("not_a_folder", shown(folder))])
    target, rounds = folder.resolve(), study.folder.parent.resolve()
    parts = target.relative_to(rounds).parts if target.is_relative_to(rounds) else ()
    incoming = [(place / "forms").resolve() for place in rounds.iterdir()]  # links, too
    if parts[1:2] == ("forms",) or any(target.is_relative_to(place) for place in incoming):
        raise ParameterError([Problem("forms_among_answers", shown(folder))])


def _write(made: Mapping[Path, bytes]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write what is new; a file that differs is a fault, and then none is written."""
    there = [path for path in made if path.exists()]
    differ = [path for path in there if not path.is_file() or path.read_bytes() != made[path]]
    if differ:
        raise ReportError(Problem("form_in_the_way", shown(path)) for path in differ)
    new = [path for path in made if path not in there]
    for path in new:
        write_or_tell(path, made[path])
    return tuple(new), tuple(there)
