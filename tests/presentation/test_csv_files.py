"""CSV files: for the Excel of a language as its readers write, for machines as the library does."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.table_files import read_table
from misbrug_analysis.model.tables import COLUMNS
from misbrug_analysis.presentation.data_files import excel_csv, guarded, machine_csv
from misbrug_analysis.presentation.datasets import Dataset, Field
from misbrug_analysis.presentation.language import Language
from tests.presentation.small_tables import TURNING, hand_made, hostile_study, tables_of

DANISH, ENGLISH = Language.load("da"), Language.load("en")


@pytest.fixture
def table() -> Dataset:
    fields = [
        Field("unit", "Sted", "Om.", "code", codes={"a": "Åby; nord"}),
        Field("share", "Andel", "Om.", "share", optional=True),
        Field("n", "Antal", "Om.", "integer"),
        Field("day", "Dato", "Om.", "date"),
        Field("study", "Undersøgelse", "Om.", readers=False),
    ]
    values = {
        "unit": ["a", "a"],
        "share": [1 / 8, None],
        "n": [1200, 0],
        "day": [date(2024, 5, 2)] * 2,
        "study": ["s", "s"],
    }
    return hand_made(values, fields)


def test_a_danish_file_has_semicolons_and_decimal_commas(table: Dataset) -> None:
    assert (
        excel_csv(table, DANISH)
        == (
            "\ufeffSted;Andel;Antal;Dato\r\n"
            '"Åby; nord";0,125;1200;2024-05-02\r\n'
            '"Åby; nord";[x];0;2024-05-02\r\n'
        ).encode()
    )


def test_an_english_file_has_commas_and_decimal_points(table: Dataset) -> None:
    assert (
        excel_csv(table, ENGLISH)
        == (
            "\ufeffSted,Andel,Antal,Dato\r\n"
            "Åby; nord,0.125,1200,2024-05-02\r\n"
            "Åby; nord,[x],0,2024-05-02\r\n"
        ).encode()
    )


def test_a_file_for_machines_has_names_codes_and_empty_fields(table: Dataset) -> None:
    assert machine_csv(table) == (
        b"unit,share,n,day,study\na,0.125,1200,2024-05-02,s\na,,0,2024-05-02,s\n"
    )


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-1+1", "'-1+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'\t'=1"),
        ("\tx", "'\tx"),
        ("  =1", "'  =1"),
        ("\r\n=1", "'\n'=1"),
        ("1.1", "'1.1"),
        ("0320", "'0320"),
        ("2014-06-01", "'2014-06-01"),
        ("x;=1", "x;'=1"),
        ('x, "=1', "x,' \"=1"),
        ("x\n- y", "x\n'- y"),
        ("x,y; z", "x,y; z"),
        ("1E5", "'1E5"),
        ("50 %", "'50 %"),
        ("sand ", "'sand "),
        ("FALSE", "'FALSE"),
        ("sandt", "sandt"),
        ("(5)", "'(5)"),
        ("5 kr.", "'5 kr."),
        ("#I/T", "'#I/T"),
        ("1. maj 2014", "'1. maj 2014"),
        ("May-14", "'May-14"),
        ("10:30 am", "'10:30 am"),
        ("2014-06-01T12:00:00", "'2014-06-01T12:00:00"),
        ("maj", "maj"),
        ("[x]", "'[x]"),
        ("[z]", "'[z]"),
        (" 12", "' 12"),
        ("12345678901", "12345678901"),
        ("123456789012", "'123456789012"),
        ("12", "12"),
        ("3 af 5 steder", "3 af 5 steder"),
        ("1.1 Navn", "1.1 Navn"),
        ("a=b", "a=b"),
        ("a\x00b", "a�b"),
        ("", ""),
    ],
)
def test_a_text_that_excel_would_run_or_turn_gets_an_apostrophe(text: str, safe: str) -> None:
    assert guarded(text) == safe


def test_a_label_that_excel_would_run_gets_an_apostrophe_too() -> None:
    found = excel_csv(hand_made({"a": ["x"]}, [Field("a", "=1", "Om.")]), DANISH)
    assert found.decode("utf-8-sig") == "'=1\r\nx\r\n"


def test_a_negative_number_is_a_number_and_not_a_text() -> None:
    found = excel_csv(hand_made({"n": [-1.5]}, [Field("n", "N", "Om.", "number")]), DANISH)
    assert found.decode("utf-8-sig") == "N\r\n-1,5\r\n"


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=["da", "en"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_no_separator_makes_a_formula_of_a_hostile_study(
    tmp_path: Path, language: Language, separator: str
) -> None:
    """A spreadsheet that ignores quotes, which it does inside a field, reads line by line."""
    for table in tables_of(hostile_study(tmp_path), language.code).values():
        text = excel_csv(table, language).decode("utf-8-sig")
        quoted = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        plain = (line.split(separator) for line in text.splitlines())
        for row in [*quoted, *plain]:
            starts = {cell.lstrip(' "')[:1] for cell in row}
            assert not starts & set("=+-@"), row


def test_a_text_that_looks_like_shorthand_is_told_from_it() -> None:
    fields = [Field("a", "A", "Om.", optional=True)]
    found = excel_csv(hand_made({"a": ["[x]", ""]}, fields), DANISH)
    assert found.decode("utf-8-sig") == "A\r\n'[x]\r\n[x]\r\n"


def test_files_for_machines_have_texts_as_they_came(tmp_path: Path) -> None:
    study = hostile_study(tmp_path)
    raw = pd.read_csv(io.BytesIO(machine_csv(tables_of(study)["answers"])), keep_default_na=False)
    assert {"=2+2", *TURNING} <= set(raw["raw"])


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_machines_get_the_processed_tables_unchanged(tmp_path: Path, name: str) -> None:
    study = hostile_study(tmp_path)
    path = tmp_path / "table.csv"
    path.write_bytes(machine_csv(tables_of(study)[name]))
    assert_frame_equal(read_table(name, path), getattr(settle(study), name))
