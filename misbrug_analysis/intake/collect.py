"""All forms of a study: which are used, which are superseded, and every fault at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from misbrug_analysis.intake.forms import Form, read_form
from misbrug_analysis.intake.ledger import FILE, ledger_frame
from misbrug_analysis.intake.personal import unacknowledged
from misbrug_analysis.intake.remedies import misplaced_remedies
from misbrug_analysis.intake.sources import files_in, named
from misbrug_analysis.intake.superseding import supersede
from misbrug_analysis.model.errors import IntakeError, Problem, name_list
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.reading import unusable
from misbrug_analysis.model.rulings import rulings_without_form
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, checked

FORMS = "forms"
"""The folder of a study that forms come into."""


@dataclass(frozen=True)
class Round:
    """What came in: the tables ``answers`` and ``ledger``, the forms, faults, and warnings."""

    answers: pd.DataFrame
    ledger: pd.DataFrame
    forms: tuple[Form, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    def accepted(self) -> Round:
        """The round itself; raises IntakeError with every problem when there is one."""
        if self.problems:
            raise IntakeError(self.problems)
        return self


def form_paths(study: Study) -> list[Path]:
    """The files of the study's ``forms`` folder by name, without what programs leave there."""
    return files_in(study.folder / FORMS)[0]


def collect(study: Study) -> Round:
    """Read every form in the study's ``forms`` folder, in the order of their names."""
    paths, closed = files_in(study.folder / FORMS)
    forms = [
        read_form(path, source, study, misnamed=misnamed)
        for path, source, misnamed in named(paths, study.folder)
    ]
    superseded = supersede(forms, study)
    problems = [_closed(study, error) for error in closed]
    problems += [problem for form in forms for problem in form.ledger.problems]
    rows = [row for form in forms for row in form.ledger.rows()]
    used = [answer for form in forms for answer in form.answers if form.ledger.usable]
    sent = {(form.unit, form.name) for form in forms if form.ledger.usable}
    # A fault of a form is told by itself; a ruling on it would only repeat that it is not used.
    rulings = [] if problems else rulings_without_form(study.adjudications, sent)
    answers = pd.DataFrame(used, columns=list(COLUMNS["answers"]), dtype="str")
    return Round(
        checked("answers", answers),
        checked("ledger", ledger_frame(rows)),
        tuple(forms),
        (
            *problems,
            *unacknowledged(study, [one for form in forms for one in form.findings]),
            *rulings,
            *misplaced_remedies(study, {form.source: form.ledger.needed for form in forms}),
        ),
        (*_warnings(study, answers), *superseded, *_of_forms(study, forms)),
    )


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
    for unit, names in sent.groupby("unit", sort=False)["form"]:
        joint = [name for name in names if name in whole]
        separate = [name for name in names if name not in whole]
        if joint and separate:
            label = study.organisation.unit(str(unit)).label
            values = {"unit": label, "joint": name_list(joint), "separate": name_list(separate)}
            warnings.append(Problem("joint_and_separate", "forms", values))
    return warnings
