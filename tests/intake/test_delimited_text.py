"""Delimited text in every encoding and with every separator, and what is no such text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.intake import delimited
from misbrug_analysis.intake.bounds import UnreadableFile
from misbrug_analysis.intake.delimited import first_record, records
from misbrug_analysis.intake.forms import read_form
from tests.small import form_rows, load, write_csv

ROWS = [["Nr.", "Svar"], ["1.1", "ja, på Ærø"], ["1.2", "nej;\nnæste linje"]]


def written(rows: list[list[str]], separator: str = ";", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue().encode(encoding)


def refusal(content: bytes) -> tuple[str, str]:
    """The code of the fault, and what it says of the file."""
    with pytest.raises(UnreadableFile) as error:
        list(records(content))
    values = error.value.values
    return error.value.code, str(values.get("detail") or values.get("size"))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_every_encoding_and_separator_gives_the_same_records(separator: str, encoding: str) -> None:
    assert list(records(written(ROWS, separator, encoding))) == ROWS


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_any_system_ends_them(ending: str) -> None:
    assert list(records(ending.join(["a;b", "", "c;d"]).encode())) == [["a", "b"], [], ["c", "d"]]


def test_commas_in_every_text_do_not_make_a_comma_the_separator() -> None:
    rows = [["Kommune", "1.1"], ["A", "et, to, tre"], ["B", "fire, fem, seks"]]
    assert list(records(written(rows))) == rows


def test_semicolons_between_options_do_not_make_a_semicolon_the_separator() -> None:
    rows = [["Kommune", "1.1", "1.2"], ["A", "ja;nej;", "x"], ["B", "nej;ja;", "y"]]
    assert list(records(written(rows, ","))) == rows


def test_a_first_line_of_excel_names_the_separator_and_is_no_record() -> None:
    assert list(records(b"sep=,\r\na;b;c,d\r\n")) == [["a;b;c", "d"]]


def test_texts_stay_as_they_were_typed() -> None:
    assert list(records(b"NA;01;1,0\n; =1+1 ;#N/A\n")) == [
        ["NA", "01", "1,0"],
        ["", " =1+1 ", "#N/A"],
    ]


@pytest.mark.parametrize("content", [b'a;b\n"c;d\ne;f\n', b'a;b\nc;"d'])
def test_a_quote_that_never_ends_is_no_table(content: bytes) -> None:
    assert refusal(content) == ("not_text", "a cell is too long, or a quote has no end")


def test_a_cell_of_a_megabyte_is_no_table() -> None:
    assert refusal(b'a;b\n"' + b"x\n" * 500_000 + b'";d\n')[0] == "not_text"


@pytest.mark.parametrize("content", [b"a;b\n\0;d\n", b"\xff\xfea\0;\0\0\0", b"\xff\xfe\0\xd8\n\0"])
def test_bytes_that_are_no_letters_are_no_text(content: bytes) -> None:
    assert refusal(content) == ("not_text", "it holds bytes that are not text")


def test_a_line_without_end_is_refused() -> None:
    assert refusal(b"a;" * 1_000_000) == (
        "file_too_large",
        "more than 1,000,000 letters in one stretch",
    )


def test_too_many_lines_are_refused_before_any_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "_parsed", None)
    assert refusal(b"a;b\n" * 2_000_001) == ("file_too_large", "more than 2,000,000 lines")


def test_the_first_record_is_read_from_a_beginning_that_ends_within_a_letter() -> None:
    beginning = written([["Besvarelse fra", "1.1"], ["Ærø", "Sæby"]])[:30]
    assert first_record(beginning[:22]) == ["Besvarelse fra", "1.1"]


CELLS = st.text(st.sampled_from("aæ 1.\"'\n\r,;"), max_size=6)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5),
    st.sampled_from("\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_csv_writes_is_read_back(rows: list[list[str]], separator: str, encoding: str) -> None:
    # A row of letters before them: who writes headings leaves no doubt of the separator.
    rows = [["unit", "a", "b"], ["x", "y", "z"], *rows]
    rows += [["x", "y", "z"]] * len(rows)
    assert list(records(written(rows, separator, encoding))) == rows


@pytest.mark.parametrize(("name", "separator"), [("a.tsv", "\t"), ("a.txt", "\t"), ("a.txt", ";")])
def test_a_form_may_be_saved_under_any_name_for_text(
    folder: Path, name: str, separator: str
) -> None:
    path = write_csv(folder / "forms" / name, form_rows("a", {"t.1": "ja"}), separator=separator)
    form = read_form(path, f"forms/{name}", load(folder))
    assert [(answer["item"], answer["value"]) for answer in form.answers] == [("t.1", "yes")]
