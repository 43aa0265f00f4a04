"""All forms of a study: which are used, which are superseded, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from misbrug_analysis.intake.forms import Form, read_form
from misbrug_analysis.intake.ledger import ledger_frame
from misbrug_analysis.model.errors import IntakeError, Problem, name_list
from misbrug_analysis.model.rulings import rulings_without_form
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, checked


@dataclass(frozen=True)
class Round:
    """What came in: the tables ``answers`` and ``ledger``, faults, and warnings."""

    answers: pd.DataFrame
    ledger: pd.DataFrame
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    def accepted(self) -> Round:
        """The round itself; raises IntakeError with every problem when there is one."""
        if self.problems:
            raise IntakeError(self.problems)
        return self


def form_paths(study: Study) -> list[Path]:
    """The files of the study's ``forms`` folder by name, without what programs leave there."""
    found = (study.folder / "forms").rglob("*")
    return sorted(path for path in found if path.is_file() and path.name[:1] not in (".", "~"))


def collect(study: Study) -> Round:
    """Read every form in the study's ``forms`` folder, in the order of their names."""
    forms = [
        read_form(path, path.relative_to(study.folder).as_posix(), study)
        for path in form_paths(study)
    ]
    _supersede_earlier(forms)
    problems = [problem for form in forms for problem in form.ledger.problems]
    rows = [row for form in forms for row in form.ledger.rows()]
    used = [answer for form in forms for answer in form.answers if form.ledger.usable]
    sent = {(form.unit, form.name) for form in forms if form.ledger.usable}
    # A fault of a form is told by itself; a ruling on it would only repeat that it is not used.
    rulings = [] if problems else rulings_without_form(study.adjudications, sent)
    answers = pd.DataFrame(used, columns=list(COLUMNS["answers"]), dtype="str")
    return Round(
        checked("answers", answers),
        checked("ledger", ledger_frame(rows)),
        (*problems, *rulings, *_stray_acceptances(study, forms)),
        tuple(_warnings(study, answers)),
    )


def _supersede_earlier(forms: list[Form]) -> None:
    """Of two files for one unit and form the later date counts; without dates it is a fault."""
    latest: dict[tuple[str, str], Form] = {}
    for form in forms:
        if not form.ledger.usable:
            continue
        other = latest.setdefault((form.unit, form.name), form)
        if other is form:
            continue
        if form.date is None or other.date is None or form.date == other.date:
            values = {"unit": form.unit, "form": form.name, "other": other.source}
            form.ledger.reject_form("form_twice", **values)
            continue
        earlier, later = (form, other) if form.date < other.date else (other, form)
        earlier.ledger.supersede()
        latest[(form.unit, form.name)] = later


def _stray_acceptances(study: Study, forms: list[Form]) -> Iterator[Problem]:
    """A fault for every accepted cell that would not have been rejected anyway."""
    needed = {(form.source, locator) for form in forms for locator in form.ledger.needed}
    for index, entry in enumerate(study.settings.accept):
        if (entry.source, entry.locator) not in needed:
            values: dict[str, object] = {"source": entry.source, "locator": entry.locator}
            where = f"{study.project.shown(study.folder / 'study.yaml')}, accept entry {index + 1}"
            yield Problem("stray_acceptance", where, values)


def _warnings(study: Study, answers: pd.DataFrame) -> list[Problem]:
    """Units that sent a form for everything and separate ones beside it."""
    whole = [form.id for form in study.settings.forms if form.covers_all]
    warnings = [] if len(answers) else [Problem("no_forms", "forms")]
    sent = answers[["unit", "form"]].drop_duplicates()
    for unit, names in sent.groupby("unit", sort=False)["form"]:
        joint = [name for name in names if name in whole]
        separate = [name for name in names if name not in whole]
        if joint and separate:
            label = study.organisation.unit(str(unit)).label
            values = {"unit": label, "joint": name_list(joint), "separate": name_list(separate)}
            warnings.append(Problem("joint_and_separate", "forms", values))
    return warnings
