"""What a spreadsheet makes of the CSV files: read with LibreOffice, where there is one.

Elsewhere these tests are skipped, and pytest says so; the rule itself is held without a spreadsheet
in test_csv_files.py.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from misbrug_analysis.presentation.data_files import excel_csv, separator
from misbrug_analysis.presentation.datasets import Dataset
from misbrug_analysis.presentation.language import Language
from tests.presentation.small_tables import HOSTILE, TURNING, hand_made

OFFICE = shutil.which("soffice")
LOCALES = {"da": 1030, "en": 2057}
"""What LibreOffice calls the languages."""

MORE = (
    *("1,5E3", "falsk", "TRUE", "12345678901234567890", "1,1", "1.1", "0320", "2014-06-01"),
    *("maj 2014", "5 May", "May-14", "jan 1", "1-1", "1/2", "10:30 am", "5 kr.", "£5"),
    *("2014-06-01T12:00:00", "1 000", "1.000", "- 5", " 12 ", "sept. 2014", "27. feb.", "31/12"),
    *('x;"=1+1"', "x\n=1+1", "x\t=1"),
)


pytestmark = pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")


def cells(file: Path, code: str, between: str, profile: Path) -> Iterator[tuple[object, str]]:
    """Value and type (``s`` a text, ``n`` a number, ``f`` a formula) of each cell of a CSV file.

    It is read as LibreOffice does when asked to find dates and numbers in a locale.
    """
    assert OFFICE is not None
    read_as = f"CSV:{ord(between)},34,76,1,,{LOCALES[code]},false,true"
    home = f"-env:UserInstallation={profile.as_uri()}"
    order = [OFFICE, home, "--headless", f"--infilter={read_as}", "--convert-to", "xlsx"]
    subprocess.run(
        [*order, "--outdir", str(file.parent), str(file)],
        capture_output=True,
        timeout=300,
        check=True,
    )
    for row in load_workbook(file.with_suffix(".xlsx")).worksheets[0].iter_rows():
        yield from ((cell.value, cell.data_type) for cell in row if cell.value is not None)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def table() -> Dataset:
    return hand_made({"a": [*HOSTILE, *TURNING, *MORE]})


@pytest.mark.parametrize("code", list(LOCALES))
def test_every_text_stays_a_text(code: str, table: Dataset, profile: Path, tmp_path: Path) -> None:
    language = Language.load(code)
    file = tmp_path / "made.csv"
    file.write_bytes(excel_csv(table, language))
    found = list(cells(file, code, separator(language), profile))
    assert len(found) == len(table.frame) + 1
    assert [value for value, kind in found if kind != "s"] == []


@pytest.mark.parametrize(("code", "between"), [("da", ","), ("en", ";")])
def test_a_file_read_with_the_separators_of_another_language_has_no_formula(
    code: str, between: str, table: Dataset, profile: Path, tmp_path: Path
) -> None:
    file = tmp_path / "made.csv"
    file.write_bytes(excel_csv(table, Language.load(code)))
    found = list(cells(file, code, between, profile))
    assert len(found) > len(table.frame)
    assert [value for value, kind in found if kind in "fe"] == []


def test_without_its_apostrophes_the_same_file_would_run(profile: Path, tmp_path: Path) -> None:
    file = tmp_path / "made.csv"
    file.write_text("x;=1+1\n50 %;SAND\n", "utf-8")
    kinds = [kind for _, kind in cells(file, "da", ";", profile)]
    assert kinds == ["s", "f", "n", "b"]
