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
from misbrug_analysis.model.tables import COLUMNS, read_table
from misbrug_analysis.presentation.data_files import excel_csv, guarded, machine_csv
from misbrug_analysis.presentation.datasets import Dataset, Field
from misbrug_analysis.presentation.language import Language
from tests.presentation.small_tables import hand_made, hostile_study, tables_of

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
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("\r\n=1", "'\n=1"),
        ("1.1", "'1.1"),
        ("0320", "'0320"),
        ("2014-06-01", "'2014-06-01"),
        ("12", "12"),
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


def test_files_of_a_hostile_study_are_safe_for_excel_and_raw_for_machines(tmp_path: Path) -> None:
    study = hostile_study(tmp_path)
    for table in tables_of(study).values():
        text = excel_csv(table, DANISH).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
            assert not any(cell.lstrip()[:1] in tuple("=+-@") and cell for cell in row), row
    raw = pd.read_csv(io.BytesIO(machine_csv(tables_of(study)["answers"])), keep_default_na=False)
    assert "=2+2" in set(raw["raw"])


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_machines_get_the_processed_tables_unchanged(tmp_path: Path, name: str) -> None:
    study = hostile_study(tmp_path)
    path = tmp_path / "table.csv"
    path.write_bytes(machine_csv(tables_of(study)[name]))
    assert_frame_equal(read_table(name, path), getattr(settle(study), name))
