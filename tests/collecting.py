"""A small round under way: one unit of each state, a file of nobody's, and much that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, standing
from tests.small import form_rows, load, make_project, write_form

SCORED: dict[str, object] = dict.fromkeys(("t.1", "t.2", "t.s1", "t.s2", "t.s3", "t.s4"), "ja")
UNITS = {"a": "north", "b": "north", "c": "south", "d": "south"}
CPR, MAIL, PHONE = "010203-1234", "ole@by.dk", "12 34 56 78"
CONTACT = {"contact": {"email": "kontor@kreds.example", "phone": "+45 00 00 00 00"}}


def round_folder(root: Path, **changes: Any) -> Path:
    """The study's folder: A is complete, B has gaps, C is rejected, D has sent nothing."""
    usual = {"deadline": date(2024, 6, 1), "publication": CONTACT}
    folder = make_project(root, UNITS, **(usual | changes))
    forms = folder / "forms"
    write_form(forms / "a.xlsx", form_rows("a", {**SCORED, "t.2": "Nej."}, day="2024-03-14"))
    write_form(forms / "b.csv", form_rows("b", {**SCORED, "t.2": None, "t.s3": None}))
    wrong = {**SCORED, "t.1": "måske", "t.s1": "<b>ja</b>"}
    said = {"t.2": f"Spørg {MAIL} eller {PHONE} om {CPR}"}
    write_form(forms / "c.xlsx", form_rows("c", wrong, form="alcohol", remarks=said))
    write_form(forms / "c2.csv", form_rows("c", {**SCORED, "t.2": "måske"}, form="drugs"))
    write_form(forms / "x.xlsx", form_rows("Ingen", SCORED))
    return folder


def small_round(root: Path, **changes: Any) -> Standing:
    """How that round stands."""
    study = load(round_folder(root, **changes))
    return standing(study, collect(study))
