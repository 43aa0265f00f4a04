"""Every rule of the table of rules leads to the list of the answers that it settled."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import links
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import settled_answers
from tests.small import form_rows, load, make_project, write_form

SENT = {
    ("a", "alcohol"): {"t.1": "ja", "t.2": "ja"},  # A's forms differ on t.1, and one left t.2 blank
    ("a", "drugs"): {"t.1": "nej"},
    ("b", "joint"): {"t.1": "delvis"},  # nobody to be measured by, and t.2 left blank
    ("d", "joint"): {"t.1": "ja", "t.2": "ja"},  # t.2 is ruled on
}


def test_every_rule_leads_to_the_answers_that_it_settled(tmp_path: Path) -> None:
    units = dict.fromkeys("abcd", "north")
    folder = make_project(tmp_path, units, [{"unit": "d", "indicator": "t.2", "answer": "no"}])
    for (unit, form), answers in SENT.items():
        rows = form_rows(unit, answers, form=form)
        write_form(folder / "forms" / f"{unit}_{form}.csv", rows)
    study = load(folder)
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    (table,) = [block for block in settled_answers(report) if isinstance(block, Table)]
    assert {str(row[0]): links(str(row[-1])) for row in table.rows} == {
        "Fælles nej": [("1", "#split-answers")],
        "Delvis, endnu ikke afgjort": [("1", "#partly-answers")],
        "Ikke alle skemaer svarede": [("1", "#blank-answers")],
        "Ikke besvaret": [("1", "#blank-answers")],
        "Afgjort ved en vurdering": [("1", "#rulings-made")],
        "Svaret som givet": [("1", "tables.html#table-consolidated")],
        "Deltog ikke": [("2", "tables.html#table-consolidated")],
    }
