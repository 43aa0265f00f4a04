"""The responses of an export are forms: their answers, their ledger, and what is wrong in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.exports import faulty, heads
from misbrug_analysis.intake.exports.exported import Exported
from misbrug_analysis.intake.personal import Finding
from misbrug_analysis.intake.words import Words
from misbrug_analysis.model.study import Study
from tests.intake.exports.made import SOURCE, at, made, read, said
from tests.small import fates, faults, load, make_project, write_csv

COLUMNS = ("unit", "t.1")
DECISIONS = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]


@pytest.fixture
def study(folder: Path) -> Study:
    return load(folder)


def decided(folder: Path, *decisions: tuple[str, str, str]) -> Study:
    """The study with decisions on places: what was found there, and how it is read."""
    rows = [[SOURCE, *one, "Spurgt", "T", "2024-05-02"] for one in decisions]
    write_csv(folder / "decisions.csv", [DECISIONS, *rows])
    return load(folder)


def told(export: Any) -> list[tuple[str, str]]:
    """Place and code of each fault of the responses."""
    return faults(problem for form in export.forms for problem in form.ledger.problems)


def test_each_row_is_a_form_with_its_answers_and_remarks(study: Study) -> None:
    columns = ["unit", "form", "t.1", "t.1.remark", "t.d1", "t.d3", "navn"]
    rows = [
        {"unit": "A", "form": "alkohol", "t.1": "Ja", "t.1.remark": "Ring 12345678"},
        {"unit": "b", "form": "fælles", "t.1": " nej.", "t.d1": "a year", "t.d3": "Tid"},
    ]
    export = read(study, made(rows, columns=columns))
    assert [(form.unit, form.name, form.where) for form in export.forms] == [
        ("a", "alcohol", "forms/round.csv, row 2"),
        ("b", "joint", "forms/round.csv, row 3"),
    ]
    assert said(export) == [
        (0, "t.1", "yes", "Ja"),
        (0, "t.1.remark", "Ring [tlf.]", "Ring [tlf.]"),
        (1, "t.1", "no", " nej."),
        (1, "t.d1", "et år", "a year"),
        (1, "t.d3", "Tid", "Tid"),
    ]
    assert [sorted(form.answered) for form in export.forms] == [["t.1"], ["t.1", "t.d1", "t.d3"]]


def test_every_cell_and_every_place_for_an_answer_has_a_fate(study: Study) -> None:
    columns = ["unit", "date", "t.1", "t.2", "t.2.remark", "navn"]
    row = {"unit": "A.", "date": "2024-03-01", "t.1": "ved ikke", "t.2.remark": "X", "navn": "Ole"}
    export = read(study, made([row], columns=columns))
    found = at(export)
    headings = {f"row 1 column {place}": ("context", "heading") for place in range(1, 7)}
    assert found == headings | {
        "row 2 column 1": ("used", "normalised"),
        "row 2 column 2": ("used", "date"),
        "row 2 column 3": ("blank", "missing_word"),
        "row 2 column 4": ("blank", "no_answer"),
        "row 2 column 5": ("used", "remark"),
        "row 2 column 6": ("context", "unused_column"),
        **{
            f"row 2 question {item}": ("blank", "no_row")
            for item in ("t.s1", "t.s2", "t.s3", "t.s4", "t.d1", "t.d2", "t.d3")
        },
    }
    assert export.forms[0].left == {"t.1"}


def test_what_stands_in_a_column_that_is_not_used_is_kept_nowhere(study: Study) -> None:
    row = {"unit": "A", "t.1": "ja", "navn": "Ole 010203-1234"}
    export = read(study, made([row], columns=["unit", "t.1", "navn"]))
    raw = export.ledger().set_index("locator")["raw"]
    assert (raw["row 2 column 3"], raw["row 1 column 3"]) == ("[…]", "navn")
    assert (export.findings, export.forms[0].findings) == ((), ())


def test_personal_data_are_found_with_the_form_they_stand_in(study: Study) -> None:
    rows = [{"unit": "A", "t.1": "ja"}, {"unit": "B", "t.1.remark": "010203-1234 ole@by.dk"}]
    export = read(study, made(rows, columns=["unit", "t.1", "t.1.remark"]))
    assert export.forms[0].findings == ()
    (found,) = export.forms[1].findings
    assert (found.locator, sorted(found.kinds)) == ("row 3 column 3", ["cpr", "email"])
    empty = made([{"unit": "A 12345678"}], columns=["unit", "t.1"])
    assert read(study, empty).findings == (Finding(SOURCE, "row 2 column 1", ("phone",)),)


@pytest.mark.parametrize("mark", ["1", "x", "X", "ja", "TRUE", "brev", "letter"])
def test_an_option_is_chosen_by_a_mark_or_its_own_label(study: Study, mark: str) -> None:
    row = {"unit": "A", "t.d2/1": "0", "t.d2/2": mark}
    export = read(study, made([row], columns=["unit", "t.d2/1", "t.d2/2"]))
    assert said(export) == [(0, "t.d2", "brev", "brev")]
    assert export.answers["locator"].tolist() == ["row 2 column 3"]
    assert at(export)["row 2 column 2"] == ("blank", "no_answer")


def test_options_that_are_chosen_are_one_answer_in_their_order(study: Study) -> None:
    row = {"unit": "A", "t.d2/2": "1", "t.d2/1": "1"}
    export = read(study, made([row], columns=["unit", "t.d2/2", "t.d2/1"]))
    assert said(export) == [(0, "t.d2", "samtale; brev", "samtale; brev")]
    assert export.answers["locator"].tolist() == ["row 2 column 3"]


@pytest.mark.parametrize("mark", ["0", "nej", "false", ""])
def test_options_of_which_none_is_chosen_are_no_answer(study: Study, mark: str) -> None:
    row = {"unit": "A", "t.1": "ja", "t.d2/1": mark, "t.d2/2": mark}
    export = read(study, made([row], columns=["unit", "t.1", "t.d2/1", "t.d2/2"]))
    assert said(export) == [(0, "t.1", "yes", "ja")]
    assert at(export)["row 2 column 3"] == ("blank", "no_answer")
    assert "row 2 question t.d2" not in at(export)


def test_a_row_with_options_alone_of_which_none_is_chosen_is_no_form(study: Study) -> None:
    row = {"unit": "A", "t.d2/1": "0", "t.d2/2": "0"}
    assert read(study, made([row], columns=["unit", "t.d2/1", "t.d2/2"])).forms == []


def test_rows_with_no_option_chosen_are_no_forms_and_spoil_no_other(study: Study) -> None:
    waiting = {"t.d2/1": "0", "t.d2/2": "0"}
    columns = ["unit", "t.1", "t.d2/1", "t.d2/2"]
    rows = [{"unit": "A"} | waiting, {"unit": "B"} | waiting]
    assert read(study, made(rows, columns=columns)).forms == []
    export = read(study, made([*rows, {"unit": "C", "t.1": "ja"}], columns=columns))
    assert [(form.unit, form.ledger.problems) for form in export.forms] == [("c", [])]


def test_what_is_no_mark_is_a_fault_of_its_cell(folder: Path, study: Study) -> None:
    exported = made([{"unit": "A", "t.d2/1": "måske"}], columns=["unit", "t.d2/1"])
    export = read(study, exported)
    assert told(export) == [("forms/round.csv, row 2 column 2", "bad_mark")]
    export = read(decided(folder, ("row 2 column 2", "A: måske", "x")), exported)
    assert said(export) == [(0, "t.d2", "samtale", "samtale")]
    assert at(export)["row 2 column 2"] == ("used", "decided")


def test_two_options_where_one_can_be_chosen_are_a_fault(folder: Path, study: Study) -> None:
    row = {"unit": "A", "t.1": "ja", "t.d1/1": "1", "t.d1/2": "1"}
    exported = made([row], columns=["unit", "t.1", "t.d1/1", "t.d1/2"])
    export = read(study, exported)
    assert told(export) == [("forms/round.csv, row 2 column 3", "two_marks")]
    assert said(export) == [(0, "t.1", "yes", "ja")]
    assert at(export)["row 2 column 4"] == ("rejected", "two_marks")
    export = read(decided(folder, ("row 2 column 3", "A: 1", "længere")), exported)
    assert said(export) == [(0, "t.1", "yes", "ja"), (0, "t.d1", "længere", "1")]


@pytest.mark.parametrize(
    ("words", "expected"), [("brev", [(0, "t.d2", "brev", "brev")]), ("samtale", [])]
)
def test_words_beside_options_count_where_they_say_the_same(
    study: Study, words: str, expected: list[object]
) -> None:
    row = {"unit": "A", "t.d2": words, "t.d2/2": "1"}
    export = read(study, made([row], columns=["unit", "t.d2", "t.d2/2"]))
    assert said(export) == expected
    assert [code for _, code in told(export)] == ([] if expected else ["marks_differ"])


@pytest.mark.parametrize("begun", [True, False])
def test_a_row_without_an_answer_is_no_form_and_its_unit_absent(study: Study, begun: bool) -> None:
    rows = [{"unit": "A", "t.1": "ja"}, {"unit": "B"}]
    export = read(study, made(rows, columns=COLUMNS, begun=[True, begun]))
    assert [form.unit for form in export.forms] == ["a"]
    assert at(export)["row 3 column 1"] == ("context", "not_begun")
    told_of = [one for one in export.warnings if one.code == "response_empty"]
    assert [str(one.values["units"]) for one in told_of] == (["B"] if begun else [])
    assert not any(place.startswith("row 3 q") for place in at(export))


def test_answers_of_who_dropped_out_are_not_used_and_told_of(study: Study) -> None:
    rows = [
        {"unit": "A", "t.1": "ja", "t.1.remark": "Ring", "t.d2/1": "0"},
        {"unit": "B", "t.1": "nej", "t.d2/1": "1"},
        {"unit": "C"},
    ]
    columns = ["unit", "t.1", "t.1.remark", "t.d2/1"]
    export = read(study, made(rows, columns=columns, begun=[False, True, False]))
    assert [form.unit for form in export.forms] == ["b"]
    assert said(export) == [(0, "t.1", "no", "nej"), (0, "t.d2", "samtale", "samtale")]
    found = at(export)
    withdrawn = {found[f"row 2 column {column}"] for column in (1, 2, 3, 4)}
    assert withdrawn == {("context", "withdrawn")}
    assert found["row 4 column 1"] == ("context", "not_begun")
    (told_of,) = [one for one in export.warnings if one.code == "dropped_out"]
    assert told_of.values == {"units": "A", "number": 2}
    assert "A (2 svar i alt)" in told_of.told("da")


def test_a_remark_alone_is_a_form(study: Study) -> None:
    row = {"unit": "A", "t.1.remark": "Vi ved det ikke"}
    export = read(study, made([row], columns=["unit", "t.1", "t.1.remark"]))
    assert said(export) == [(0, "t.1.remark", "Vi ved det ikke", "Vi ved det ikke")]


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("måske", "text", "unknown_answer"),
        ("=A1", "formula", "answer_formula"),
        ("#REF!", "error", "answer_error"),
        ("7", "number", "answer_number"),
        ("ja, men", "text", "answer_with_more"),
    ],
)
def test_what_cannot_be_read_is_a_fault_of_its_cell(
    study: Study, text: str, kind: str, code: str
) -> None:
    rows = [{"unit": "A", "t.1": "ja"}, {"unit": "B", "t.1": (text, kind), "t.2": "ja"}]
    export = read(study, made(rows, columns=["unit", "t.1", "t.2"]))
    assert told(export) == [("forms/round.csv, row 3 column 2", code)]
    assert export.forms[0].ledger.problems == []
    assert at(export)["row 3 column 2"] == ("rejected", code)
    assert said(export) == [(0, "t.1", "yes", "ja"), (1, "t.2", "yes", "ja")]


def test_a_formula_is_no_remark(study: Study) -> None:
    row = {"unit": "A", "t.1": "ja", "t.1.remark": ("=cmd()", "formula")}
    export = read(study, made([row], columns=["unit", "t.1", "t.1.remark"]))
    assert told(export) == [("forms/round.csv, row 2 column 3", "remark_formula")]
    assert said(export) == [(0, "t.1", "yes", "ja")]


def test_cells_can_be_decided_and_accepted(tmp_path: Path) -> None:
    accepted = {"source": SOURCE, "locator": "row 2 column 3", "reason": "asked"}
    study = decided(
        make_project(tmp_path, accept=[accepted]), ("row 2 column 2", "A: måske", "delvis")
    )
    row = {"unit": "A", "t.1": "måske", "t.2": "hvad?"}
    export = read(study, made([row], columns=["unit", "t.1", "t.2"]))
    assert said(export) == [(0, "t.1", "partly", "måske")]
    assert at(export)["row 2 column 2"] == ("used", "decided")
    assert at(export)["row 2 column 3"] == ("blank", "accepted")
    assert export.forms[0].left == {"t.2"}
    assert export.forms[0].ledger.needed == {"row 2 column 2", "row 2 column 3"}


def test_an_unknown_unit_leaves_nothing_of_its_row_to_use(folder: Path, study: Study) -> None:
    rows = [{"unit": "Nogen", "t.1": "ja", "t.2": "måske"}, {"unit": "B", "t.1": "ja"}]
    exported = made(rows, columns=["unit", "t.1", "t.2"])
    export = read(study, exported)
    assert told(export)[0] == ("forms/round.csv, row 2 column 1", "unknown_unit")
    assert at(export)["row 2 column 2"] == ("rejected", "unknown_unit")
    assert export.used_answers(study)["unit"].tolist() == ["b"]
    study = decided(folder, ("row 2 column 1", "Nogen", "C"), ("row 2 column 3", "måske", "nej"))
    export = read(study, exported)
    assert sorted(export.used_answers(study)["unit"]) == ["b", "c", "c"]


def test_a_row_without_a_unit_can_be_left_out_or_given_one(folder: Path, study: Study) -> None:
    exported = made([{"t.1": "ja"}], columns=COLUMNS)
    export = read(study, exported)
    assert told(export) == [("forms/round.csv, row 2", "response_no_unit")]
    assert at(export)["row 2 column 2"] == ("rejected", "response_no_unit")
    export = read(decided(folder, ("row 2", "–", "tom")), exported)
    assert at(export)["row 2 column 2"] == ("blank", "decided")
    assert told(export) == []
    study = decided(folder, ("row 2", "–", "A"))
    assert read(study, exported).used_answers(study)["unit"].tolist() == ["a"]


def test_a_row_can_be_left_out_that_nothing_is_wrong_with(folder: Path) -> None:
    rows = [{"unit": "A", "t.1": "ja"}, {"unit": "B", "t.1": "ja"}]
    study = decided(folder, ("row 2", "A", "blank"))
    export = read(study, made(rows, columns=COLUMNS))
    assert export.used_answers(study)["unit"].tolist() == ["b"]
    assert at(export)["row 2 column 1"] == ("blank", "decided")


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [("stoffer", "drugs", ""), ("Fæles", "", "unknown_form"), ("", "", "response_no_form")],
)
def test_the_form_stands_in_a_column(study: Study, text: str, form: str, code: str) -> None:
    rows = [{"unit": "A", "form": text, "t.1": "ja"}, {"unit": "B", "form": "unge", "t.1": "ja"}]
    export = read(study, made(rows, columns=["unit", "form", "t.1"]))
    assert [one.name for one in export.forms] == [form, "youth"]
    assert [one for _, one in told(export)] == ([code] if code else [])


def test_an_export_of_which_nothing_says_the_form_has_one_fault(study: Study) -> None:
    rows = [{"unit": "A", "t.1": "ja"}, {"unit": "B", "t.1": "nej"}]
    export = read(study, made(rows, columns=COLUMNS), form_is=None)
    assert faults(export.problems) == [("forms/round.csv", "export_without_form")]
    assert told(export) == []
    assert at(export)["row 3 column 2"] == ("rejected", "export_without_form")


def test_the_only_form_of_a_study_needs_no_column(tmp_path: Path) -> None:
    study = load(make_project(tmp_path, forms=[{"id": "one", "label": {"da": "et"}}]))
    export = read(study, made([{"unit": "A", "t.1": "ja"}], columns=COLUMNS), form_is=None)
    assert export.forms[0].name == "one"


def test_the_date_of_a_row_has_its_time(study: Study) -> None:
    row = {"unit": "A", "t.1": "ja", "date": "14-03-2024 08.05"}
    (form,) = read(study, made([row], columns=["unit", "t.1", "date"])).forms
    assert (form.date, form.saved) == (date(2024, 3, 14), datetime(2024, 3, 14, 8, 5))


@pytest.mark.parametrize(("text", "code"), [("i går", "bad_date"), ("2031-01-01", "date_far")])
def test_a_date_that_cannot_be_right_is_a_fault(folder: Path, text: str, code: str) -> None:
    exported = made([{"unit": "A", "t.1": "ja", "date": text}], columns=["unit", "t.1", "date"])
    export = read(load(folder), exported)
    assert told(export) == [("forms/round.csv, row 2 column 3", code)]
    export = read(decided(folder, ("row 2 column 3", f"A: {text}", "2024-03-01")), exported)
    assert export.forms[0].date == date(2024, 3, 1)
    assert at(export)["row 2 column 3"] == ("used", "decided")


def long(*rows: tuple[str, str, str]) -> Exported:
    """A long export of one response from the second row on: item, part and text of each row."""
    cells = [(SOURCE, "row 2 column 1", "A", "text", 0, "unit")]
    given = []
    for number, (item, part, text) in enumerate(rows, 2):
        cells.append((SOURCE, f"row {number} column 2", item, "text", 0, "item"))
        role = "remark" if part == "remark" else "answer"
        cells.append((SOURCE, f"row {number} column 3", text, "text", 0, role))
        given.append((0, item, part, text, text, "text", f"row {number} column 3"))
    response = [("row 2", 2, "A", "row 2 column 1", *[""] * 7, True)]
    empty = made([], columns=["unit"])
    return Exported(
        (SOURCE,),
        pd.DataFrame(cells, columns=empty.cells.columns),
        pd.DataFrame(response, columns=empty.responses.columns),
        pd.DataFrame(given, columns=empty.given.columns),
        frozenset({"t.1", "t.2"}),
    )


def test_a_question_that_is_answered_in_two_rows_counts_once(study: Study) -> None:
    export = read(study, long(("t.1", "answer", "ja"), ("t.1", "answer", "nej")))
    assert said(export) == [(0, "t.1", "yes", "ja")]
    assert told(export) == [("forms/round.csv, row 3 column 3", "item_twice")]
    assert "row 2 column 3" in str(export.forms[0].ledger.problems[0])
    found = at(export)
    assert found["row 3 column 2"] == ("context", "item")
    assert found["row 2 question t.2"] == ("blank", "no_row")


def test_remarks_on_one_question_in_two_rows_are_one(study: Study) -> None:
    export = read(study, long(("t.1", "remark", "En"), ("t.1", "remark", "To")))
    assert said(export) == [(0, "t.1.remark", "En\nTo", "En\nTo")]
    assert at(export)["row 3 column 3"] == ("used", "remark")


@pytest.mark.parametrize("part", ["answer", "remark"])
def test_an_answer_to_no_question_is_a_fault(study: Study, part: str) -> None:
    export = read(study, long(("t.1", "answer", "ja"), ("t.11", part, "nej")))
    assert said(export) == [(0, "t.1", "yes", "ja")]
    assert told(export) == [("forms/round.csv, row 3 column 2", "unknown_item")]
    found = at(export)
    assert found["row 3 column 2"] == found["row 3 column 3"] == ("rejected", "unknown_item")


def test_a_row_with_an_answer_and_a_remark_to_no_question_is_told_of_once(folder: Path) -> None:
    rows = [["Besvarelse fra", "Skema", "Nr.", "Svar", "Bemærkning"]]
    rows += [["A", "fælles", "t.1", "ja", ""], ["A", "fælles", "99.1", "nej", "Fordi"]]
    path = write_csv(folder / "forms" / "x.csv", rows)
    came_in = collect(load(folder))
    assert faults(came_in.problems) == [("forms/x.csv, row 3 column 3", "unknown_item")]
    source = f"forms/{path.name}"
    line = [source, "række 3, kolonne 3", "A: 99.1", "tom", "Spurgt", "T", "2024-05-02"]
    write_csv(folder / "decisions.csv", [DECISIONS, line])
    found = fates(collect(load(folder)).accepted().ledger, source)
    assert [found[f"row 3 column {column}"] for column in (3, 4, 5)] == [("blank", "decided")] * 3


def test_messages_tell_places_in_their_language(study: Study) -> None:
    export = read(study, long(("t.1", "answer", "ja"), ("t.1", "answer", "nej")))
    (fault,) = export.forms[0].ledger.problems
    assert "først i række 2 kolonne 3" in fault.told("da")
    assert "first in row 2 column 3" in fault.told("en")


@pytest.mark.parametrize("text", ["A sted", "a Sted", "Sted A", " STED  A."])
def test_a_unit_may_be_named_with_what_such_units_are_called(study: Study, text: str) -> None:
    export = read(study, made([{"unit": text, "t.1": "ja"}], columns=COLUMNS))
    assert [form.unit for form in export.forms] == ["a"]
    assert at(export)["row 2 column 1"] == ("used", "normalised")


@pytest.mark.parametrize("text", ["Stedet A", "A steder", "A sted?", "X sted"])
def test_a_unit_that_is_named_otherwise_is_not_known(study: Study, text: str) -> None:
    export = read(study, made([{"unit": text, "t.1": "ja"}], columns=COLUMNS))
    assert told(export) == [("forms/round.csv, row 2 column 1", "unknown_unit")]


def test_a_unit_that_is_called_so_is_meant_before_one_with_the_noun(tmp_path: Path) -> None:
    study = load(make_project(tmp_path, units={"a": "north", "a-sted": "south"}))
    words = [study.unit_words, study.unit_titles]
    units = [Words(*words).means(text) for text in ("A-sted", "A sted", "sted A-sted")]
    assert units == ["a-sted", "a", "a-sted"]


def test_faults_beyond_those_that_are_listed_are_in_the_ledger(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faulty, "LISTED", 1)
    rows = [{"unit": unit, "t.1": "måske", "t.2": "hvad?"} for unit in ("A", "B")]
    study = decided(folder, ("row 3 column 3", "B: hvad?", "nej"))
    export = read(study, made(rows, columns=["unit", "t.1", "t.2"]))
    assert told(export) == [("forms/round.csv, row 2 column 2", "unknown_answer")]
    assert [form.unlisted for form in export.forms] == [("t.2",), ("t.1",)]
    assert at(export)["row 3 column 2"] == ("rejected", "unknown_answer")
    assert said(export) == [(1, "t.2", "no", "hvad?")]


def test_wrong_dates_beyond_those_that_are_listed_are_in_the_ledger(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "_MOST_DATES", 1)
    dates = {"A": "i går", "B": "2031-01-01"}
    rows = [{"unit": unit, "date": day, "t.1": "ja"} for unit, day in dates.items()]
    export = read(load(folder), made(rows, columns=["unit", "t.1", "date"]))
    assert told(export) == [("forms/round.csv, row 2 column 3", "bad_date")]
    assert [form.unlisted for form in export.forms] == [(), ("date",)]
    fates = at(export)
    assert fates["row 2 column 3"] == ("rejected", "bad_date")
    assert fates["row 3 column 3"] == ("rejected", "date_far")


def test_questions_without_a_column_and_columns_without_a_question_are_told_of(
    study: Study,
) -> None:
    export = read(study, made([{"unit": "A", "t.1": "ja"}], columns=COLUMNS))
    (problem,) = export.warnings
    assert (problem.code, problem.where) == ("items_without_column", SOURCE)
    assert problem.values["items"] == "t.2, t.s1, t.s2, t.s3, t.s4, t.d1, t.d2, t.d3"


def test_an_export_without_rows_has_nothing_but_its_headings(study: Study) -> None:
    export = read(study, made([], columns=COLUMNS))
    assert export.forms == []
    assert at(export) == {f"row 1 column {place}": ("context", "heading") for place in (1, 2)}
    assert export.used_answers(study).empty
    assert "export_empty" in [warning.code for warning in export.warnings]


def test_what_two_kinds_of_questions_hold_alike_is_read_for_each(study: Study) -> None:
    columns = ["unit", "t.d1", "t.d3", "t.d2/1", "t.d2/2"]
    row = {"unit": "A", "t.d1": "Et år.", "t.d3": "Et år.", "t.d2/1": "x", "t.d2/2": "x"}
    assert said(read(study, made([row], columns=columns))) == [
        (0, "t.d1", "et år", "Et år."),
        (0, "t.d2", "samtale; brev", "samtale; brev"),
        (0, "t.d3", "Et år.", "Et år."),
    ]


def test_a_fault_is_that_of_its_own_file_where_places_have_one_name(study: Study) -> None:
    exported = made([{"unit": "A", "t.1": "måske"}], columns=COLUMNS)
    codebook = exported.cells.tail(1).assign(source="forms/labels.csv", role="codebook")
    cells = pd.concat([exported.cells, codebook.assign(response=-1)], ignore_index=True)
    export = read(study, replace(exported, files=(SOURCE, "forms/labels.csv"), cells=cells))
    assert fates(export.ledger(), SOURCE)["row 2 column 2"] == ("rejected", "unknown_answer")
    beside = fates(export.ledger(), "forms/labels.csv")
    assert beside == {"row 2 column 2": ("context", "codebook")}


def test_an_export_that_is_accepted_as_a_whole_has_no_fault(tmp_path: Path) -> None:
    accepted = {"source": SOURCE, "locator": "file", "reason": "Spurgt"}
    study = load(make_project(tmp_path, accept=[accepted]))
    export = read(study, made([{"unit": "A", "t.1": "ja"}], columns=COLUMNS), form_is=None)
    assert export.problems == []
    assert export.needed == {"file"}
    assert [form.ledger.usable for form in export.forms] == [False]


def test_a_faulty_cell_that_is_not_listed_is_left_out_with_its_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faulty, "LISTED", 0)
    accepted = {"source": SOURCE, "locator": "row 2", "reason": "Spurgt"}
    study = load(make_project(tmp_path, accept=[accepted]))
    export = read(study, made([{"unit": "A", "t.1": "måske"}], columns=COLUMNS))
    assert at(export)["row 2 column 2"] == ("blank", "accepted")
