"""The rules of design.md, one small case each, from forms on disk to scores.

Every number in a case was worked out by hand; its ``why`` shows how.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.intake.collect import collect
from tests.small import CASES, form_rows, load, make_project, write_form

INSTRUMENT = "instrument.yaml"
NAMES = sorted(path.stem for path in CASES.glob("*.yaml") if path.name != INSTRUMENT)


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path) -> None:
    case = read_case(name)
    study = load(send_in(case, tmp_path))
    answers, units = collect(study).accepted().answers, study.organisation.frame()
    instrument, rules, rulings = study.instrument, study.rules, study.adjudications
    said = form_answers(answers, instrument, rules, rulings)
    table = consolidate(said, answers, units, instrument, rules, rulings)
    consolidated = table.set_index(["unit", "indicator"]).to_dict("index")
    for unit, expected in case["expect"].items():
        for indicator, (answer, rule) in expected.items():
            row = consolidated[unit, indicator]
            assert (row["answer"], row["rule"]) == (answer, rule), (unit, indicator)
    forms = said.set_index(["unit", "form", "indicator"]).to_dict("index")
    for key, expected in nested(case.get("forms_expect", {})):
        compare(forms[key], expected, key)
    if "scores" in case:
        levels = [level.id for level in study.organisation.levels]
        scores = score(table, units, levels, instrument, rules)
        rows = scores.set_index(["level", "group", "item"]).to_dict("index")
        for key, expected in nested(case["scores"]):
            compare(rows[key], expected, key)


def read_case(name: str) -> dict[str, Any]:
    """A case, with every value as the text that stands there (yes is a word here)."""
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    case = dict(yaml.load(text, Loader=yaml.BaseLoader))
    known = {"why", "rules", "units", "forms", "adjudications", "expect", "forms_expect", "scores"}
    assert {"why", "units", "forms", "expect"} <= case.keys() <= known
    return case


def send_in(case: dict[str, Any], root: Path) -> Path:
    """The case as a study with its forms, one a workbook, the next delimited text."""
    units = case["units"]
    asked = units if isinstance(units, dict) else dict.fromkeys(units, "north")
    rules = {name: number(value) for name, value in case.get("rules", {}).items()}
    folder = make_project(root, asked, case.get("adjudications", ()), rules=rules)
    sent = [(unit, form) for unit, forms in case["forms"].items() for form in forms]
    for place, (unit, form) in enumerate(sent):
        rows = form_rows(unit, case["forms"][unit][form], form=form)
        suffix = ".csv" if place % 2 else ".xlsx"
        write_form(folder / "forms" / f"{unit}_{form}{suffix}", rows)
    return folder


def nested(levels: dict[str, Any]) -> list[tuple[tuple[str, str, str], dict[str, str]]]:
    """Three nested levels as keys of three, in their order."""
    return [
        ((one, two, three), expected)
        for one, second in levels.items()
        for two, third in second.items()
        for three, expected in third.items()
    ]


def compare(row: dict[Hashable, Any], expected: dict[str, str], key: tuple[str, str, str]) -> None:
    """Every value that a case names; an empty one is a share that there is not."""
    found = {name: row[name] for name in expected}
    wanted = {name: number(value) for name, value in expected.items()}
    blank = {name for name, value in wanted.items() if value == ""}
    assert {name for name in found if pd.isna(found[name])} == blank, key
    rest = {name: value for name, value in wanted.items() if name not in blank}
    assert {name: found[name] for name in rest} == pytest.approx(rest, abs=1e-12), key


def number(text: str) -> str | int | float:
    """A number where the text is one (``2/3`` too), else the text."""
    try:
        value = Fraction(text)
    except ValueError:
        return text
    return int(value) if value.denominator == 1 else float(value)
