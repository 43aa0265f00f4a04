"""Faults of YAML definitions: each is told with its file and line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from misbrug_analysis.model import yamlfile
from misbrug_analysis.model.yamlfile import Model, read_document, read_model
from tests.model.spoiled import at, problems_of


class Colour(Model):
    name: str
    shade: int = 0


class Picture(Model):
    title: str
    colours: list[Colour] = []
    by_place: dict[str, Colour] = {}
    frame: Colour | None = None
    signed: bool = False


SOUND = """\
# A comment counts as a line.
title: Havet
colours:
  - name: blå
    shade: 3
  - {name: grøn}
by_place:
  top: {name: hvid}
frame:
  name: sort
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "picture.yaml"


def read(path: Path, text: str) -> Picture:
    path.write_text(text, encoding="utf-8")
    return read_model(path, Picture)


def test_a_sound_file_is_read(path: Path) -> None:
    picture = read(path, SOUND)
    assert [colour.name for colour in picture.colours] == ["blå", "grøn"]
    assert picture.by_place["top"] == Colour(name="hvid")


def test_words_that_old_yaml_takes_for_truth_values_are_words(path: Path) -> None:
    picture = read(path, "title: no\nby_place: {yes: {name: on}, off: {name: No}}\nsigned: True\n")
    assert (picture.title, picture.signed) == ("no", True)
    assert {key: colour.name for key, colour in picture.by_place.items()} == {
        "yes": "on",
        "off": "No",
    }


def test_the_name_of_an_entry_is_the_text_that_stands_there(path: Path) -> None:
    """A question can be called 1.10 or 010, which plain YAML takes for the numbers 1.1 and 8."""
    picture = read(path, "title: t\nby_place: {1.1: {name: a}, 1.10: {name: b}, 010: {name: c}}\n")
    assert {key: colour.name for key, colour in picture.by_place.items()} == {
        "1.1": "a",
        "1.10": "b",
        "010": "c",
    }


def test_an_entry_goes_before_one_of_what_is_merged_in(path: Path) -> None:
    path.write_text("<<: {shade: 1, name: sort}\nshade: 2\n", encoding="utf-8")
    document = read_document(path)
    assert document.data == {"shade": 2, "name": "sort"}
    assert document.where(("shade",)).endswith("line 2")


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "told"),
    [
        ("title: Havet", "title: Havet\ntitle: Skoven", 3, "yaml_duplicate", "first in line 2"),
        ("    shade: 3", "    name: rød", 5, "yaml_duplicate", "the key name stands twice"),
        ("title: Havet", "title: &a Havet", 2, "yaml_alias", "anchors"),
        ("  name: sort", "  <<: *a", 10, "yaml_alias", "aliases"),
        ("title: Havet", 'title: "Havet', 11, "yaml_syntax", "the file ends inside a quote"),
        ("title: Havet", "title: a: b", 2, "yaml_syntax", "a colon stands where none can stand"),
        ("title: Havet", "\ttitle: Havet", 2, "yaml_syntax", "indented by a tab"),
        (
            "title: Havet",
            "title: !!python/object:os.x {}",
            2,
            "yaml_syntax",
            "cannot be read as YAML",
        ),
        ("title: Havet", "title: @Havet", 2, "yaml_syntax", "character that cannot begin one"),
        ("title: Havet\n", "", 2, "missing_field", "title is missing"),
        ("  - {name: grøn}", "  - {shade: 2}", 6, "missing_field", "colours.2.name is missing"),
        ("title: Havet", "titel: x\ntitle: Havet", 2, "unknown_field", "Did you mean title?"),
        ("    shade: 3", "    shadow: 3", 5, "unknown_field", "Did you mean shade?"),
        ("  - {name: grøn}", "  - {name: a, tone: 1}", 6, "unknown_field", "one of: name, shade"),
        ("top: {name: hvid}", "top: {name: a, shad: 1}", 8, "unknown_field", "Did you mean shade?"),
        ("  name: sort", "  name: sort\n  nam: x", 11, "unknown_field", "Did you mean name?"),
        ("    shade: 3", "    shade: mørk", 5, "bad_value", "“mørk”"),
        ("    shade: 3", "    shade: 2014-02-30", 5, "bad_value", "2014-02-30"),
        ("title: Havet", "title: 12", 2, "bad_value", "not a text"),
        ("title: Havet", "title: [Havet]", 2, "bad_value", "not a text"),
        ("title: Havet", "title:", 2, "bad_value", "not a text"),
        ("  - {name: grøn}", "  - grøn", 6, "bad_value", "“grøn”"),
        ("  top: {name: hvid}", "  - top", 7, "bad_value", "by_place"),
    ],
)
def test_a_fault_is_told_with_its_line(
    path: Path, old: str, new: str, line: int, code: str, told: str
) -> None:
    assert SOUND.count(old) == 1
    text = SOUND.replace(old, new)
    (problem,) = problems_of(lambda: read(path, text))
    assert (problem.code, problem.where) == (code, at(path, line))
    assert told in str(problem)


def test_all_faults_of_a_file_are_told(path: Path) -> None:
    problems = problems_of(lambda: read(path, "colours:\n  - {nam: a}\nframed: 1\n"))
    assert {(problem.code, problem.where.rpartition(" ")[2]) for problem in problems} == {
        ("missing_field", "1"),
        ("missing_field", "2"),
        ("unknown_field", "2"),
        ("unknown_field", "3"),
    }


def test_all_keys_that_stand_twice_are_told(path: Path) -> None:
    problems = problems_of(lambda: read(path, "title: a\ntitle: b\nframe: {name: a, name: b}\n"))
    assert [problem.where for problem in problems] == [at(path, 2), at(path, 3)]


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "- a\n- b\n", "Havet\n"])
def test_a_file_that_holds_no_settings_is_a_fault(path: Path, text: str) -> None:
    (problem,) = problems_of(lambda: read(path, text))
    assert problem.where == at(path, 1)


def test_a_missing_file_is_a_fault(path: Path) -> None:
    (problem,) = problems_of(lambda: read_document(path))
    assert problem.code == "file_missing"
    assert problem.where.endswith("picture.yaml")


def test_a_file_in_another_encoding_is_a_fault(path: Path) -> None:
    path.write_bytes("title: Søen".encode("cp1252"))
    (problem,) = problems_of(lambda: read_document(path))
    assert problem.code == "not_text"


def test_a_file_too_large_for_a_definition_is_a_fault(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yamlfile, "MAX_BYTES", 20)
    (problem,) = problems_of(lambda: read(path, SOUND))
    assert problem.code == "file_too_large"
    assert re.search(r"at most 20 bytes", str(problem))


def test_where_something_stands_falls_back_on_what_is_around_it(path: Path) -> None:
    path.write_text(SOUND, encoding="utf-8")
    document = read_document(path)
    assert document.where(("colours", 0, "shade")) == at(path, 5)
    assert document.where(("colours", 0, "nowhere")) == at(path, 4)
    assert document.where(("nowhere",)) == at(path, 2)
