"""The figures to remember at the head of a report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import key_figures
from tests.presentation.plainly import plainly
from tests.small import form_rows, load, make_project, write_form


@pytest.fixture
def figures(tmp_path: Path):
    """The key figures of the whole small study, three units, for the answers of some."""

    def make(**answers: Mapping[str, object]) -> list[tuple[str, str]]:
        folder = make_project(tmp_path)
        for unit, given in answers.items():
            write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, given))
        study = load(folder)
        report = Report(study, settle(study), Language.load("da"), study.runs()[0])
        return [pair for block in plainly(key_figures(report)) for pair in block.figures]

    return make


def test_they_say_who_answered_what_all_do_and_what_fewest_do(figures) -> None:
    assert figures(a={"t.1": "ja", "t.2": "ja"}, b={"t.1": "ja", "t.2": "nej"}) == [
        ("2 af 3", "steder har svaret"),
        ("1 af 2", "indikatorer får ja fra alle steder, der svarede"),
        ("1 af 2", "steder siger ja til »Skriver I det ned?«. "
         "Det er den indikator, som færrest siger ja til"),
    ]  # fmt: skip


def test_where_all_say_yes_to_everything_no_indicator_is_named(figures) -> None:
    assert figures(a={"t.1": "ja", "t.2": "ja"}) == [
        ("1 af 3", "steder har svaret"),
        ("2 af 2", "indikatorer får ja fra alle steder, der svarede"),
    ]


def test_where_nobody_answered_there_are_none(figures) -> None:
    assert figures() == []
