"""All forms of a study: which are used, which are superseded, and every fault at once."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from misbrug_analysis.intake.forms import Form, read_form
from misbrug_analysis.intake.ledger import ledger_frame, supersede
from misbrug_analysis.model.errors import IntakeError, Problem, name_list
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


def collect(study: Study) -> Round:
    """Read every form in the study's ``forms`` folder, in the order of their names."""
    folder = study.folder / "forms"
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    forms = [
        read_form(path, path.relative_to(study.folder).as_posix(), study)
        for path in paths
        if not path.name.startswith((".", "~$"))
    ]
    _supersede_earlier(forms)
    problems = [problem for form in forms for problem in form.problems]
    rows = [row for form in forms for row in form.ledger]
    problems = _accept(study, problems, rows)
    used = [answer for form in forms for answer in form.answers if form.unit and form.name]
    answers = pd.DataFrame(used, columns=list(COLUMNS["answers"]), dtype="str")
    return Round(
        checked("answers", answers),
        checked("ledger", ledger_frame(rows)),
        tuple(problems),
        tuple(_warnings(study, answers)),
    )


def _supersede_earlier(forms: list[Form]) -> None:
    """Of two files for one unit and form the later date counts; without dates it is a fault."""
    latest: dict[tuple[str, str], Form] = {}
    for form in forms:
        if not (form.unit and form.name):
            continue
        other = latest.setdefault((form.unit, form.name), form)
        if other is form:
            continue
        if form.date is None or other.date is None or form.date == other.date:
            values = {"unit": form.unit, "form": form.name, "other": other.source}
            form.problems.append(Problem("form_twice", form.source, values))
            form.answers = []
            form.ledger = [
                row | {"fate": "rejected", "reason": "form_twice"}
                if row["fate"] in ("used", "blank")
                else row
                for row in form.ledger
            ]
            continue
        earlier, later = (form, other) if form.date < other.date else (other, form)
        earlier.answers = []
        earlier.ledger = supersede(earlier.ledger)
        latest[(form.unit, form.name)] = later


def _accept(study: Study, problems: list[Problem], rows: list[dict[str, str]]) -> list[Problem]:
    """Rejected cells that the study accepts become blank; an acceptance of nothing is a fault."""
    accepted = {(entry.source, entry.locator): entry.reason for entry in study.settings.accept}
    used: set[tuple[str, str]] = set()
    for row in rows:
        key = (row["source"], row["locator"])
        if key in accepted and row["fate"] == "rejected":
            row.update(fate="blank", reason="accepted")
            used.add(key)
    left = [
        problem
        for problem in problems
        if tuple(problem.where.split(", ", 1)) not in used and (problem.where, "file") not in used
    ]
    for source, locator in accepted.keys() - used:
        values: dict[str, object] = {"source": source, "locator": locator}
        left.append(Problem("stray_acceptance", study.project.shown(study.folder), values))
    return left


def _warnings(study: Study, answers: pd.DataFrame) -> list[Problem]:
    """Units that sent a form for everything and separate ones beside it."""
    whole = [form.id for form in study.settings.forms if form.covers_all]
    warnings = []
    sent = answers[["unit", "form"]].drop_duplicates()
    for unit, names in sent.groupby("unit", sort=False)["form"]:
        joint = [name for name in names if name in whole]
        separate = [name for name in names if name not in whole]
        if joint and separate:
            label = study.organisation.unit(str(unit)).label
            values = {"unit": label, "joint": name_list(joint), "separate": name_list(separate)}
            warnings.append(Problem("joint_and_separate", "forms", values))
    return warnings
