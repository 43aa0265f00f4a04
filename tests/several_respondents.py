"""A small study in which several of each unit answer, and what comes in to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from misbrug_analysis.intake.collect import Round, collect
from tests.small import form_rows, load, make_project, write_csv, write_form

ROLES = [
    {"id": "leader", "label": {"da": "leder", "en": "leader"}, "also": ["chef"]},
    {"id": "staff", "label": {"da": "medarbejder", "en": "member of staff"}},
]
MAPPING = {
    "file": "forms/survey.csv",
    "layout": "wide",
    "unit": "Sted",
    "form_is": "joint",
    "items": {"t.1": "t.1"},
}


def make_several(root: Path, *, roles: bool = True, **changes: Any) -> Path:
    """The small study with respondents; at least two of a unit are shown. Returns its folder."""
    folder = make_project(root, **changes)
    file = root / "data" / "instruments" / "small.yaml"
    asked = {"merge": "majority", "smallest": 2, "roles": ROLES if roles else []}
    instrument = yaml.safe_load(file.read_text("utf-8")) | {"respondents": asked}
    file.write_text(
        yaml.safe_dump(instrument, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return folder


def person(unit: str, role: object, answers: Mapping[str, object]) -> list[list[object]]:
    """A filled-in form with the line that says the role of whoever filled it in."""
    rows = form_rows(unit, answers)
    return [*rows[:4], ["Rolle", role], *rows[4:]]


def send(folder: Path, name: str, unit: str, role: object, said: str = "ja") -> Path:
    """Put a form into the round; it stands one row lower than those without a role."""
    return write_form(folder / "forms" / name, person(unit, role, {"t.1": said}))


def survey(folder: Path, *rows: Sequence[object], name: str = "survey.csv", **mapping: Any) -> None:
    """Put an export into the round, its headings first, with a mapping of its own."""
    write_csv(folder / "forms" / name, rows)
    file = folder / "mapping.yaml"
    before = yaml.safe_load(file.read_text("utf-8"))["exports"] if file.exists() else []
    one = MAPPING | {"file": f"forms/{name}"} | mapping
    file.write_text(yaml.safe_dump({"exports": [*before, one]}, allow_unicode=True), "utf-8")


def came_in(folder: Path) -> Round:
    return collect(load(folder))


def answers(found: Round) -> list[tuple[str, str, str, str]]:
    """Unit, respondent, item and value of all that came in."""
    rows = found.answers[["unit", "respondent", "item", "value"]]
    return list(rows.itertuples(index=False, name=None))
