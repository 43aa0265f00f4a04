"""The catalogues against the code: every text is there, is used, and is in its language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
import yaml

from misbrug_analysis.presentation.language import Language
from tests.presentation import catalogue_use as use
from tests.projects import ROOT, STUDY
from tests.tongues import danish_in, english_in

DANISH, ENGLISH = Language.load("da"), Language.load("en")
DATA = [
    *sorted((ROOT / "data" / "instruments").glob("*.yaml")),
    *sorted((ROOT / "data" / "raw" / "reference").glob("*.yaml")),
    *sorted((ROOT / "data" / "raw" / STUDY).glob("*.yaml")),
]
WORD = re.compile(r"[^\W\d_]{2,}")

# Where a block has its texts: by place and by name. The others are anchors, kinds and the like.
TEXTS = {
    "Page": ({0}, {"title", "description", "study_title", "parameters", "banner", "links"}),
    "Heading": ({0}, {"text"}),
    "Paragraphs": ({0}, {"texts"}),
    "Bullets": ({0}, {"items"}),
    "Definitions": ({0}, {"entries"}),
    "KeyFigures": ({0}, {"figures"}),
    "Quotes": ({0}, {"quotes"}),
    "Table": ({0, 2, 3}, {"title", "rows", "note"}),
    "Column": ({0, 2}, {"label", "group"}),
    "Figure": ({0, 1, 2}, {"title", "subtitle", "alt"}),
    "Notice": ({0}, {"text"}),
    "Link": ({0}, {"text"}),
    "Mark": ({1}, {"words"}),
}


def fields(text: str) -> set[str]:
    """What a call must give a text; the words for answers are there in every one."""
    parts = {field for _, field, _, _ in Formatter().parse(text) if field}
    return {field for field in parts if not field.startswith("standing.")}


def bare(text: str) -> str:
    """The words of a text without its fields."""
    return re.sub(r"\{[^}]*\}", "", text)


def test_every_text_that_the_code_names_is_in_the_catalogues() -> None:
    assert len(use.asked()) > 250
    ends = {True: use.PLURALS, False: ("",)}
    wanted = {(f"{one.key}{end}", one.where) for one in use.asked() for end in ends[one.plural]}
    missing = [(key, where) for key, where in sorted(wanted) if key not in DANISH.texts]
    assert missing == []


def test_every_key_that_is_put_together_finds_a_text() -> None:
    found = {
        pattern: any(re.fullmatch(pattern, key) for key in DANISH.texts)
        for pattern in use.patterns()
    }
    assert len(found) > 20
    assert [
        f"{pattern} ({use.patterns()[pattern]})" for pattern in found if not found[pattern]
    ] == []


def test_every_text_is_asked_for() -> None:
    assert [key for key in DANISH.texts if not use.is_asked_for(key)] == []


def test_a_key_that_nobody_asks_for_is_found() -> None:
    assert not use.is_asked_for("section.nobody_asks_for_this")
    assert not use.is_asked_for("need.year.nobody_asks_for_this")
    assert use.is_asked_for("need.year.reference")


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
def test_every_call_gives_the_fields_of_its_text(language: Language) -> None:
    wrong = []
    for one in use.asked():
        for key in [f"{one.key}{form}" for form in use.PLURALS] if one.plural else [one.key]:
            given = (one.fields or set()) | ({"n"} if one.plural else set())
            needed = fields(language.texts[key])
            if one.fields is not None and not needed <= given:
                wrong.append((one.where, key, needed - given))
    assert wrong == []


def test_no_english_text_holds_danish() -> None:
    texts = {key: danish_in(bare(text)) for key, text in ENGLISH.texts.items()}
    assert {key: words for key, words in texts.items() if words} == {}


def test_no_danish_text_holds_english() -> None:
    texts = {key: english_in(bare(text)) for key, text in DANISH.texts.items()}
    assert {key: words for key, words in texts.items() if words} == {}


def test_every_language_has_quotation_marks_of_its_own() -> None:
    assert [key for key, text in ENGLISH.texts.items() if re.search(r"[»«\"]", text)] == []
    assert [key for key, text in DANISH.texts.items() if re.search(r"[“”\"]", text)] == []


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The words that code puts into a block without asking a catalogue."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXTS:
            places, names = TEXTS[node.func.id]
            given = [arg for place, arg in enumerate(node.args) if place in places]
            given += [word.value for word in node.keywords if word.arg in names]
            for value in given:
                yield from ((node.lineno, text) for text in _said(value) if WORD.search(text))


def _said(node: ast.AST) -> Iterator[str]:
    """The strings of an expression, but for what is handed to a call, compared or looked up."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (text for part in (node.body, node.orelse) for text in _said(part))
    elif not isinstance(node, ast.Call | ast.Compare | ast.Subscript):
        yield from (text for child in ast.iter_child_nodes(node) for text in _said(child))


def test_no_words_for_readers_stand_in_the_code() -> None:
    found = [
        f"{path.name}:{line} {text!r}"
        for path, tree in use.trees()
        for line, text in literals(tree)
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    ['Heading("Svar", 2, "x")', 'Table(title, [Column("Navn")], rows)', 'Notice(text=f"Se {x}")'],
)
def test_words_in_the_code_are_found(code: str) -> None:
    assert len(list(literals(ast.parse(code)))) == 1


@pytest.mark.parametrize("path", sorted(use.TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_no_words_for_readers_stand_in_a_template(path: Path) -> None:
    ours = r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>"
    source = re.sub(ours, "", path.read_text("utf-8"), flags=re.S)
    told = re.findall(r'(?:aria-label|title|alt)="([^"]*)"', source)
    told.append(re.sub(r"<[^>]*>|\b[a-z]+=\"\"", "", source))
    assert [text for text in told if WORD.search(text)] == []


def texts_by_language(node: object, at: str = "") -> Iterator[tuple[str, set[str]]]:
    """Every mapping of languages in the data, with the languages it has."""
    if isinstance(node, dict):
        if node and set(node) <= set(Language.codes()):
            yield at, set(node)
        for key, value in node.items():
            yield from texts_by_language(value, f"{at}.{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from texts_by_language(value, f"{at}[{place}]")


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_every_text_of_the_shipped_data_is_in_every_language(path: Path) -> None:
    found = dict(texts_by_language(yaml.safe_load(path.read_text("utf-8"))))
    assert {at: codes for at, codes in found.items() if codes != set(Language.codes())} == {}


def test_the_shipped_data_hold_texts_by_language() -> None:
    number = sum(
        len(list(texts_by_language(yaml.safe_load(path.read_text("utf-8"))))) for path in DATA
    )
    assert number > 400


def test_the_data_in_english_hold_no_danish() -> None:
    found = [
        (path.name, at, danish_in(text))
        for path in DATA
        for at, text in _english(yaml.safe_load(path.read_text("utf-8")))
    ]
    assert [one for one in found if one[2]] == []


def _english(node: object, at: str = "") -> Iterator[tuple[str, str]]:
    """The English texts of the data, without the names and titles that the Danish ones have too."""
    if isinstance(node, dict):
        if isinstance(node.get("en"), str) and "da" in node:
            text = re.sub(r"“([^”]*)”", lambda title: _unless_in(title[1], node["da"]), node["en"])
            yield at, re.sub(r"\b[A-ZÆØÅ]\w+", lambda name: _unless_in(name[0], node["da"]), text)
        for key, value in node.items():
            yield from _english(value, f"{at}.{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _english(value, f"{at}[{place}]")


def _unless_in(words: str, danish: str) -> str:
    return "" if words in danish else words
