"""Units and the levels above them: faults of organisation.yaml and units.csv at their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.model.organisation import Organisation, load_organisation
from tests.model.spoiled import at, problems_of, spoil
from tests.small import make_project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def read(folder: Path) -> Organisation:
    return load_organisation(folder / "organisation.yaml", folder / "units.csv")


def units(folder: Path, text: str) -> Path:
    path = folder / "units.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_units_are_read_with_their_groups(folder: Path) -> None:
    organisation = read(folder)
    assert organisation.unit_ids == ["a", "b", "c"]
    assert (organisation.smallest.id, organisation.largest.id) == ("team", "whole")
    assert organisation.unit("a").label == "A"
    assert organisation.group("team", "south").label == {"da": "Syd"}


def test_a_level_of_one_group_needs_no_column(folder: Path) -> None:
    frame = read(folder).frame()
    assert list(frame.columns) == ["unit", "label", "code", "whole", "team"]
    assert set(frame["whole"]) == {"all"}


@pytest.mark.parametrize("broken", ["A\r\nB", "A\rB"])
def test_a_line_break_in_a_label_is_of_one_kind(folder: Path, broken: str) -> None:
    text = f'id,label,code,team\na,"{broken}",,north\nb,B,,south\n'
    (folder / "units.csv").write_bytes(text.encode())
    assert read(folder).unit("a").label == "A\nB"


def test_attributes_are_columns(folder: Path) -> None:
    spoil(folder / "organisation.yaml", "levels:\n", "unit_attributes: [own_service]\nlevels:\n")
    units(folder, "id,label,code,team,own_service\na,A,0253,north,yes\nb,B,,south,\n")
    frame = read(folder).frame().set_index("unit")
    assert frame["own_service"].tolist() == ["yes", ""]
    assert frame["code"].tolist() == ["0253", ""]


def test_units_from_a_spreadsheet_are_read(folder: Path) -> None:
    path = folder / "units.csv"
    path.write_bytes(
        b"\xef\xbb\xbfid,label,team,\r\na, \xc3\x98st ,north,\r\n".replace(b",\r", b"\r")
    )
    assert read(folder).unit("a").label == "Øst"


@pytest.mark.parametrize(
    ("text", "line", "column", "code", "told"),
    [
        ("id,label,team\na,A,north\nA b,B,north\n", 3, "id", "bad_value", "“A b”"),
        ("id,label,team\na,,north\n", 2, "label", "missing_field", "label is missing"),
        ("id,label,team\n,A,north\n", 2, "id", "missing_field", "id is missing"),
        ("id,label,team\na,A,nord\n", 2, "team", "dangling", "Did you mean north?"),
        ("id,label,team\na,A,\n", 2, "team", "dangling", "one of: north, south"),
        ("id,label,team\na,A,north\na,B,north\n", 3, "", "repeated", "unit a"),
        ("id,label,team\na-b,A,north\na--b,B,north\n", 3, "id", "bad_value", "pages as a-b"),
        ("id,label,team\na,Greve,north\nb,GREVE,north\n", 3, "", "repeated", "unit greve"),
        ("id,label,team\na,A,north\nb,a,north\n", 3, "", "repeated", "unit a"),
        ("id,label,team\na,A,north,more\n", 2, "", "bad_value", "more cells"),
        ("id,label,team,team\na,A,north,south\n", 1, "", "repeated", "column team"),
    ],
)  # fmt: skip
def test_a_fault_of_a_unit_is_told_with_line_and_column(
    folder: Path, text: str, line: int, column: str, code: str, told: str
) -> None:
    path = units(folder, text)
    (problem,) = problems_of(lambda: read(folder))
    assert (problem.code, problem.where) == (code, at(path, line, column))
    assert told in str(problem)


@pytest.mark.parametrize(
    ("text", "codes", "told"),
    [
        ("id,label\na,A\n", ["missing_column"], "the columns id, label, code, forms, team"),
        ("id,labl,team\na,A,north\n", ["missing_column", "unknown_column"], "Did you mean label?"),
        ("id|label\na|A\n", ["missing_column"] * 3 + ["unknown_column"], "id|label"),
        ("id,label,team\n", ["missing_field"], "a unit is missing"),
        ("", ["missing_column"] * 3, "the column id is missing"),
    ],
)
def test_a_fault_of_the_whole_table_is_told_with_its_file(
    folder: Path, text: str, codes: list[str], told: str
) -> None:
    path = units(folder, text)
    problems = problems_of(lambda: read(folder))
    assert [problem.code for problem in problems] == codes
    assert {problem.where for problem in problems} == {at(path, 0).removesuffix(", line 0")}
    assert told in "\n".join(map(str, problems))


def test_several_faulty_units_are_told_at_once(folder: Path) -> None:
    path = units(folder, "id,label,team\nA,A,north\nb,,north\n")
    problems = problems_of(lambda: read(folder))
    assert [problem.where for problem in problems] == [at(path, 2, "id"), at(path, 3, "label")]


@pytest.mark.parametrize(("separator", "encoding"), [(";", "cp1252"), (";", "utf-8-sig")])
def test_units_that_a_danish_excel_saved_are_read(
    folder: Path, separator: str, encoding: str
) -> None:
    text = "id,label,team\na,Øst,north\n".replace(",", separator)
    (folder / "units.csv").write_bytes(text.encode(encoding))
    assert [unit.label for unit in read(folder).units] == ["Øst"]


def test_units_in_no_known_encoding_are_a_fault(folder: Path) -> None:
    (folder / "units.csv").write_bytes(b"id,label,team\na,\x81,north\n")
    (problem,) = problems_of(lambda: read(folder))
    assert problem.code == "not_text"


def test_a_unit_names_the_forms_it_is_asked_for(folder: Path) -> None:
    units(folder, "id,label,forms,team\na,A,alcohol; drugs,north\nb,B,,south\n")
    assert [unit.forms for unit in read(folder).units] == [("alcohol", "drugs"), ()]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("010190-1234,A,,north", "id"),
        ("a,Ole 010190-1234,,north", "label"),
        ("a,ole@by.dk,,north", "label"),
        ("a,Ring 12 34 56 78,,north", "label"),
        ("a,A,010190-1234,north", "code"),
    ],
)
def test_what_stands_on_every_page_holds_no_personal_data(
    folder: Path, row: str, column: str
) -> None:
    path = units(folder, f"id,label,code,team\n{row}\nb,B,29188459,north\n")
    (problem,) = problems_of(lambda: read(folder))
    assert (problem.code, problem.where) == ("bad_value", at(path, 2, column))
    assert "personal data" in problem.expected
    assert not {"010190-1234", "ole@by.dk", "12 34 56 78"} & set(str(problem).split("“"))


def test_a_missing_units_file_is_a_fault(folder: Path) -> None:
    (folder / "units.csv").unlink()
    (problem,) = problems_of(lambda: read(folder))
    assert problem.code == "file_missing"
    assert problem.where.endswith("units.csv")


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("  - id: whole\n", "  - id: team\n", "repeated", "level team"),
        ("  - id: whole\n", "  - id: unit\n", "bad_value", "name is taken"),
        ("  - id: whole\n", "  - id: answer\n", "bad_value", "name is taken"),
        ("  - id: whole\n", "  - id: class\n", "bad_value", "name is taken"),
        ("  - id: whole\n", "  - id: whole-area\n", "bad_value", "“whole-area”"),
        ("levels:\n", "unit_attributes: [team]\nlevels:\n", "bad_value", "name is taken"),
        ("levels:\n", "unit_attributes: [x, x]\nlevels:\n", "repeated", "attribute x"),
        ("{id: south, label: {da: Syd}}", "{id: north, label: {da: S}}", "repeated", "team north"),
        ("{id: south, label: {da: Syd}}", "{id: north-, label: {da: S}}", "bad_value",
         "same address on the pages as north"),
        ("{id: all, label: {da: Alle}}", "{id: south, label: {da: S}}", "bad_value",
         "the level team has a group of this id"),
        ("{id: south, label: {da: Syd}}", "{id: s, label: {da: S}, lead: x}", "dangling", "lead"),
        ("    groups: [{id: all, label: {da: Alle}}]\n", "    groups: []\n", "bad_value", "groups"),
        ("{id: all, label: {da: Alle}}", "{id: all, labl: {da: A}}", "unknown_field",
         "Did you mean label?"),
        ("levels:\n", "bodies: [{id: b, label: {da: B}, members: [x]}]\nlevels:\n", "dangling",
         "member points to x"),
        ("levels:\n", "bodies: [{id: b, label: {da: B}}, {id: b, label: {da: C}}]\nlevels:\n",
         "repeated", "body b"),
    ],
)  # fmt: skip
def test_a_fault_of_the_organisation_is_told_with_its_line(
    folder: Path, old: str, new: str, code: str, told: str
) -> None:
    path = folder / "organisation.yaml"
    line = spoil(path, old, new)
    problem = next(problem for problem in problems_of(lambda: read(folder)) if told in str(problem))
    assert (problem.code, problem.where) == (code, at(path, line))


def test_nobody_sits_twice_in_a_body(folder: Path) -> None:
    path = folder / "organisation.yaml"
    spoil(path, "label: {da: Nord}", "label: {da: Nord}, members: [{id: m, label: M}]")
    line = spoil(path, "levels:\n", "bodies: [{id: b, label: {da: B}, members: [m, m]}]\nlevels:\n")
    (problem,) = problems_of(lambda: read(folder))
    assert (problem.code, problem.where) == ("repeated", at(path, line))


def test_what_is_not_there_is_told_with_what_is(folder: Path) -> None:
    organisation = read(folder)
    with pytest.raises(ParameterError, match=r"(?s)no unit called “d”\..*one of: a, b, c"):
        organisation.unit("d")
    with pytest.raises(ParameterError, match=r"(?s)no level called “teams”.*mean team\?"):
        organisation.level("teams")
    with pytest.raises(ParameterError, match=r"(?s)no team called “nord”.*mean north\?.*south"):
        organisation.group("team", "nord")
