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
from misbrug_analysis.intake.delimited import first_records, read_delimited, records
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
    return error.value.code, str(values.get("detail") or values.get("size") or values["line"])


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


@pytest.mark.parametrize("first", ["sep=,", "SEP=,", '"sep=,"', "sep=,,,", '"sep=,",,'])
def test_a_first_line_of_excel_names_the_separator_and_is_no_record(first: str) -> None:
    assert list(records(f"{first}\r\na;b;c,d\r\n".encode())) == [["a;b;c", "d"]]


@pytest.mark.parametrize("first", ["sep=;;;;", "sep=,;;;", '"sep=,";;;'])
def test_a_spreadsheet_that_saves_it_again_fills_the_first_line_up(first: str) -> None:
    assert list(records(f"{first}\na;b\nc,d,e,f;g\n".encode())) == [["a", "b"], ["c,d,e,f", "g"]]


def test_texts_stay_as_they_were_typed() -> None:
    assert list(records(b"NA;01;1,0\n; =1+1 ;#N/A\n")) == [
        ["NA", "01", "1,0"],
        ["", " =1+1 ", "#N/A"],
    ]


HEAD = "Kommune;Skema;1.1;Bem.;1.2"


@pytest.mark.parametrize(
    ("lines", "begins"),
    [
        (['A;x;ja;"Godt;nej', "B;x;nej;;ja", 'C;x;nej;"hej;ja'], 2),  # text after the end
        (["A;x;ja;;nej", 'B;x;ja;"Godt;nej', "C;x;nej;;ja"], 3),  # no end
        (["A;x;ja;;nej", 'B;x;ja;"Godt;nej', "C;x;nej;;ja", 'D;x;nej;";ja'], 3),
        (['A;x;ja;"Godt;nej', 'B;x;nej;5";ja'], 2),
        (['A;x;ja;"Godt', 'B;x;";nej;x'], 2),  # the rows are shorter, the record is wider
        (['A;x;ja;"Godt', "B;x;ja;;nej", 'C;x;";ja'], 2),  # a whole row inside
        (['"A;x;ja;;nej', 'B;x;nej;;ja"'], 2),
        (['A;x;ja;"meget" vigtigt;nej'], 2),
    ],
)
def test_a_quote_that_swallows_rows_is_refused_with_its_line(lines: list[str], begins: int) -> None:
    content = "\r\n".join([HEAD, *lines, ""]).encode()
    assert refusal(content) == ("stray_quote", str(begins))


@pytest.mark.parametrize(
    "remark",
    ["en\nto", "ja; måske; nej;\nog; så; videre", 'han sagde ""ja""\r\nto gange', "a;b;c;d;e;f"],
)
def test_a_remark_with_line_breaks_and_semicolons_is_one(remark: str) -> None:
    content = f'{HEAD}\nA;x;ja;"{remark}";nej\n"B\n;";x;ja;;nej\n'.encode()
    said = remark.replace('""', '"')
    assert list(records(content))[1:] == [
        ["A", "x", "ja", said, "nej"],
        ["B\n;", "x", "ja", "", "nej"],
    ]


def test_a_quote_inside_a_text_is_a_sign_of_it() -> None:
    assert list(records(b'a;b\n5" tape;x "y"\n')) == [["a", "b"], ['5" tape', 'x "y"']]


@pytest.mark.parametrize("limit", [131_072, 10_000_000])
def test_a_cell_of_a_megabyte_is_no_table(limit: int, request: pytest.FixtureRequest) -> None:
    before = csv.field_size_limit(limit)  # of the process: other packages change it
    request.addfinalizer(lambda: csv.field_size_limit(before))
    assert refusal(b'a;b\n"' + b"x\n" * 500_000 + b'";d\n') == ("stray_quote", "2")


def test_a_file_in_two_encodings_is_refused_with_the_line() -> None:
    content = "Kommune;1.1\nKøge;fælles\n".encode() + "Sorø;café\n".encode("cp1252")
    assert refusal(content) == ("encoding_mixed", "3")


@pytest.mark.parametrize("encoding", ["mac_roman", "cp865", "cp850"])
def test_letters_of_other_systems_are_warned_of(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("Nr.;Svar\n1.1;på gåben, også børn\n".encode(encoding))
    assert read_delimited(path).remarks == (("encoding_doubtful", {"line": 2}),)


@pytest.mark.parametrize("text", ["børn".encode().decode("cp1252"), "b\ufffdrn", "b¿rn", "OgsŒ"])
def test_letters_that_are_lost_already_are_warned_of(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(f"Nr.;Svar\n1.1;{text}\n".encode())
    assert read_delimited(path).remarks == (("encoding_doubtful", {"line": 2}),)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_ordinary_danish_is_not(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("Nr.;Svar\n1.1;Også æøå, »ÆØÅ«, ’90’ – ½ † ¾ café …\n".encode(encoding))
    assert read_delimited(path).remarks == ()


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


def test_the_first_records_are_read_from_a_beginning_that_ends_within_a_letter() -> None:
    beginning = written([["Besvarelse fra", "1.1"], ["Ærø", "Sæby"]])[:22]
    assert first_records(beginning) == [["Besvarelse fra", "1.1"]]


def test_records_without_anything_are_not_among_the_first() -> None:
    assert first_records(b"a;b\n;\n\nc;d\ne;f\n", 2) == [["a", "b"], ["c", "d"]]


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
