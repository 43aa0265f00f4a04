"""All forms and exports of a study: which of them are used, and every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from misbrug_analysis.intake.exports.incoming import Incoming, read_exports
from misbrug_analysis.intake.exports.reading import ReadExport
from misbrug_analysis.intake.forms import Form, read_form
from misbrug_analysis.intake.gathering import (
    answers_used,
    few_of_each,
    in_order,
    ledger_of,
    with_blanks,
)
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.intake.numbering import give_up_repeated, number_respondents, told_of_few
from misbrug_analysis.intake.personal import Finding, unacknowledged
from misbrug_analysis.intake.remedies import misplaced_remedies
from misbrug_analysis.intake.sources import files_in, named
from misbrug_analysis.intake.superseding import supersede
from misbrug_analysis.model.errors import IntakeError, Problem, name_list
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.reading import unusable
from misbrug_analysis.model.rulings import rulings_without_form
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import checked, shaped

FORMS = "forms"
"""The folder of a study that forms come into."""


TOLD = 200
"""Faults of an export that are told one by one: so many of one kind have one cause."""


@dataclass(frozen=True)
class Round:
    """What came in: the tables ``answers`` and ``ledger``, the forms, faults, and warnings.

    ``untold`` are faults of an export beyond those that ``problems`` tells one by one; ``findings``
    are the personal data in all that came in.
    """

    answers: pd.DataFrame
    ledger: pd.DataFrame
    forms: tuple[Form, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    untold: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()

    def accepted(self) -> Round:
        """The round itself, whose tables now go up a floor and are checked for it.

        Raises IntakeError with every problem when there is one.
        """
        if self.problems:
            raise IntakeError(self.problems)
        checked("answers", self.answers)
        checked("ledger", self.ledger)
        return self


def form_paths(study: Study) -> list[Path]:
    """The files of the study's ``forms`` folder by name, without what programs leave there."""
    return files_in(study.folder / FORMS)[0]


def collect(study: Study) -> Round:
    """Read every form and export in the study's ``forms`` folder, in the order of their names."""
    paths, closed = files_in(study.folder / FORMS)
    files = list(named(paths, study.folder))
    incoming = read_exports(files, study)
    single = {
        source: read_form(path, source, study, misnamed=misnamed)
        for path, source, misnamed in files
        if source not in incoming.taken
    }
    exports = list(incoming.exports.values())
    sources = [source for _, source, _ in files]
    forms = [one for source in sources for one in _forms_of(source, single, incoming)]
    if study.instrument.respondents is not None:
        give_up_repeated(exports)
    superseded = supersede(forms, study)
    if study.instrument.respondents is not None:
        number_respondents(forms)
    problems = [_closed(study, error) for error in closed] + incoming.problems
    problems += [problem for export in exports for problem in export.problems]
    problems += [problem for form in forms for problem in form.ledger.problems]
    sent = {(form.unit, form.name) for form in forms if form.ledger.usable}
    # A fault of a form is told by itself; a ruling on it would only repeat that it is not used.
    rulings = [] if problems else rulings_without_form(study.adjudications, sent)
    answers = answers_used(study, single.values(), exports)
    answers = in_order(with_blanks(answers, study, forms), study)
    found = [*(one for form in forms for one in form.findings)]
    found += [one for export in exports for one in export.findings]
    told, untold = few_of_each(
        [*problems, *unacknowledged(study, found)], TOLD, "more_faults", _unlisted(exports)
    )
    notices = [
        *_warnings(study, answers),
        *told_of_few(study, forms),
        *(warning for export in exports for warning in export.warnings),
        *superseded,
        *_of_forms(study, forms),
    ]
    return Round(
        shaped("answers", answers),
        shaped("ledger", ledger_of(sources, single.values(), exports)),
        tuple(forms),
        (*told, *rulings, *misplaced_remedies(study, _needed(forms, exports))),
        tuple(few_of_each(notices, TOLD, "more_notices", dict.fromkeys(incoming.exports, 0))[0]),
        tuple(untold),
        tuple(found),
    )


def _forms_of(source: str, single: Mapping[str, Form], incoming: Incoming) -> list[Form]:
    """The form that a file is, or the responses of the export that begins with it."""
    if source in single:
        return [single[source]]
    return incoming.exports[source].forms if source in incoming.exports else []


def _unlisted(exports: Iterable[ReadExport]) -> dict[str, int]:
    """How many faults of each export stand in the ledger alone, of forms that may count."""
    return {
        export.source: sum(len(form.unlisted) for form in export.forms if not form.is_set_aside)
        for export in exports
    }


def _needed(forms: Iterable[Form], exports: Iterable[ReadExport]) -> dict[str, set[str]]:
    """The places of each file that would be rejected if the study said nothing of them."""
    found: dict[str, set[str]] = {}
    for form in forms:
        found.setdefault(form.source, set()).update(form.ledger.needed)
    for export in exports:
        found.setdefault(export.source, set()).update(export.needed)
    return found


def _of_forms(study: Study, forms: list[Form]) -> list[Problem]:
    """What the forms that count are warned of."""
    used = [form for form in forms if form.ledger.usable]
    stamped = any(form.stamp and form.stamp.study == study.id for form in forms)
    bare = [form.source for form in used if stamped and form.unstamped]
    return [
        *(warning for form in used for warning in form.warnings),
        *(Problem("no_stamp", source, {}, source, FILE) for source in bare),
    ]


def _closed(study: Study, error: OSError) -> Problem:
    """A folder that cannot be read; nobody knows what is in it."""
    folder = Path(error.filename).relative_to(study.folder).as_posix()
    problem = unusable(error)
    return Problem(problem.code, masked(folder), problem.values)


def _warnings(study: Study, answers: pd.DataFrame) -> list[Problem]:
    """Units that sent a form for everything and separate ones beside it."""
    whole = [form.id for form in study.settings.forms if form.covers_all]
    warnings = [] if len(answers) else [Problem("no_forms", "forms")]
    sent = answers[["unit", "form"]].drop_duplicates()
    sent = sent[sent.duplicated("unit", keep=False)]
    for unit, names in sent.groupby("unit", sort=False)["form"]:
        joint = [name for name in names if name in whole]
        separate = [name for name in names if name not in whole]
        if joint and separate:
            label = study.organisation.unit(str(unit)).label
            named = {"joint": joint, "separate": separate}
            values = {name: name_list(map(study.form_label, ids)) for name, ids in named.items()}
            values["unit"] = label
            warnings.append(Problem("joint_and_separate", "forms", values))
    return warnings
