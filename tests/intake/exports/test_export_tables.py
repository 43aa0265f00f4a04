"""Files of exports as tables: which cells there are, what they are called, and how many at most."""

from __future__ import annotations

import numpy as np
import pytest

from misbrug_analysis.intake.bounds import UnreadableFile
from misbrug_analysis.intake.exports.columns import Columns
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.tables import Table, sheet_table, text_table
from misbrug_analysis.intake.workbook_cells import Found
from misbrug_analysis.intake.workbooks import RawSheet


def table(text: str) -> Table:
    return text_table(text.encode(), "forms/x.csv")


def cells(found: Table) -> list[tuple[str, str]]:
    """Place and text of every cell."""
    frame = found.aside("unused")
    return list(zip(frame["locator"], frame["text"], strict=True))


def test_rows_keep_the_numbers_of_the_files_records() -> None:
    assert cells(table('a;b\n\n"1\n2";\n;3\n')) == [
        ("row 1 column 1", "a"),
        ("row 1 column 2", "b"),
        ("row 3 column 1", "1\n2"),
        ("row 4 column 2", "3"),
    ]


def test_what_shows_nothing_is_no_cell() -> None:
    assert cells(table("a;b\n \u200b;\u00a0\nx;\n")) == [
        ("row 1 column 1", "a"),
        ("row 1 column 2", "b"),
        ("row 3 column 1", "x"),
    ]


def test_rows_may_be_longer_or_shorter_than_the_headings() -> None:
    found = table("a;b\nc\nd;e;f\n")
    assert found.headings == ["a", "b", "#3"]
    assert cells(found)[2:] == [
        ("row 2 column 1", "c"),
        ("row 3 column 1", "d"),
        ("row 3 column 2", "e"),
        ("row 3 column 3", "f"),
    ]


def test_equal_headings_get_names_of_their_own() -> None:
    assert table("a;a;a (2);a;;\nx;x;x;x;x;x\n").headings == [
        "a",
        "a (2)",
        "a (2) (2)",
        "a (3)",
        "#5",
        "#6",
    ]


def test_a_sheet_keeps_its_places_and_the_kinds_of_its_cells() -> None:
    found = [Found(2, 1, "a", "text"), Found(2, 28, "b", "text"), Found(5, 28, "=1", "formula")]
    frame = sheet_table(RawSheet("Svar", found, (), ()), "x").aside("unused")
    assert list(frame["locator"]) == ["Svar!A2", "Svar!AB2", "Svar!AB5"]
    assert list(frame["kind"]) == ["text", "text", "formula"]


def test_an_empty_file_is_a_table_without_headings() -> None:
    found = table("\n\n")
    assert (found.headings, cells(found), len(Columns([found]).numbers)) == ([], [], 0)


def test_more_columns_than_any_survey_has_are_refused() -> None:
    with pytest.raises(UnreadableFile) as error:
        table("a;" * 50_000 + "\n")
    assert error.value.code == "file_too_large"


def test_empty_columns_beyond_the_last_one_are_none() -> None:
    assert table("a;b" + ";" * 3_000 + "\n").headings == ["a", "b"]


def test_one_long_row_among_many_short_ones_is_refused() -> None:
    with pytest.raises(UnreadableFile) as error:
        table("a\n" * 6_000 + "a;" * 1_999 + "a\n")
    assert error.value.code == "file_too_large"


def test_a_text_that_no_cell_of_a_workbook_could_hold_is_refused() -> None:
    with pytest.raises(UnreadableFile) as error:
        table(f"a;b\n{'x' * 32_768};y\n")
    assert str(error.value.values["limit"]) == "32,767 letters in a cell"


@pytest.mark.parametrize("name", ["1.1 Følger I op?", "1.1 følger i OP?", "»1.1  Følger I op?«:"])
def test_a_column_is_found_however_its_heading_is_written(name: str) -> None:
    columns = Columns([table("Navn;1.1 Følger I op?\nx;y\n")])
    assert columns.require([name])[name].column == 1


def test_of_headings_that_differ_in_case_only_the_one_that_is_written_is_meant() -> None:
    columns = Columns([table("q1;Q1\nx;y\n")])
    assert columns.require(["Q1"])["Q1"].column == 1
    assert columns.find("q1.") is None


def test_all_columns_that_are_missing_are_told_with_what_may_be_meant() -> None:
    with pytest.raises(UnreadableExport) as error:
        Columns([table("Kommune;Opfølgning\nx;y\n")]).require(["Komune", "Kommune", "Andet"])
    values = {name: str(value) for name, value in error.value.values.items()}
    assert (error.value.code, error.value.source) == ("column_missing", "forms/x.csv")
    assert values == {
        "columns": "Komune, Andet",
        "hint": " Did you mean Kommune?",
        "valid": "Kommune, Opfølgning",
    }


def test_two_names_of_one_column_are_told() -> None:
    with pytest.raises(UnreadableExport) as error:
        Columns([table("Svar;b\nx;y\n")]).require(["Svar", "svar"])
    assert error.value.code == "column_claimed_twice"


def test_long_headings_are_told_in_part() -> None:
    headings = ";".join("x" * 9_000 + str(number) for number in range(100))
    with pytest.raises(UnreadableExport) as error:
        Columns([table(f"{headings}\ny\n")]).require(["Kommune"])
    assert len(str(error.value.values["valid"])) < 2_000


def test_texts_are_numbered_once() -> None:
    found = table("a;b\nja;nej\nja;ja\n")
    assert found.distinct(1) == ["nej", "ja"]
    assert np.array_equal(found.column(0), [found.codes[1, 0]] * 2)
