"""The English edition: English throughout, and what is Danish in it says so."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page

from misbrug_analysis.presentation.language import Language
from tests.pages.checks import check_page
from tests.pages.spoken import Said, spoken
from tests.projects import EVIDENCE, PAGES, STUDY
from tests.tongues import danish_in, english_in

FEW_WORDS = 5
"""A passage of fewer words than this may hold none that only one language has."""


@pytest.fixture(scope="module")
def english(made: Path) -> Path:
    """The English edition of the study of 2014; do not change it."""
    return made / "outputs" / STUDY / "html" / "en"


@cache
def names(project: Path) -> re.Pattern[str]:
    """Names of places, groups, people, bodies and sources, as the study's data have them."""
    folder = project / "data" / "raw" / STUDY
    found = {language for code in Language.codes() for language in _own_names(code)}
    for row in _rows(folder / "units.csv"):
        found.add(row["label"])
    for row in _rows(project / "data" / "raw" / "reference" / "national_need_estimates.csv"):
        found |= {row[column] for column in ("source", "source_en", "cite", "cite_en")}
    organisation = yaml.safe_load((folder / "organisation.yaml").read_text("utf-8"))
    for level in organisation["levels"]:
        for group in level["groups"]:
            found |= {group["label"]["en"], *(one["label"] for one in group.get("members", []))}
    found |= {body["label"]["en"] for body in organisation["bodies"]}
    found |= {path.relative_to(folder).as_posix() for path in (folder / "forms").iterdir()}
    found |= set(_cited(project))
    longest_first = sorted(filter(None, found), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _own_names(code: str) -> Iterator[str]:
    """What a language calls itself, as the way to its edition does."""
    name = Language.load(code).text("language.name")
    yield from (name, name.capitalize())


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def _cited(project: Path) -> Iterator[str]:
    """Titles that an English text cites in quotation marks as the Danish one does."""
    study = project / "data" / "raw" / STUDY / "study.yaml"
    for path in (study, *(project / "data" / "instruments").glob("*.yaml")):
        for da, en in _pairs(yaml.safe_load(path.read_text("utf-8"))):
            yield from (title for title in re.findall(r"“([^”]+)”", en) if f"»{title}«" in da)


def _pairs(node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if isinstance(node.get("da"), str) and isinstance(node.get("en"), str):
            yield node["da"], node["en"]
        for value in node.values():
            yield from _pairs(value)
    elif isinstance(node, list):
        for value in node:
            yield from _pairs(value)


def read(folder: Path, name: str) -> list[Said]:
    return spoken((folder / name).read_text("utf-8"))


@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_what_is_said_in_english_holds_no_danish(english: Path, name: str) -> None:
    allowed = names(english.parents[3])
    found = [
        (said.place, said.text, words)
        for said in read(english, name)
        if said.lang == "en" and (words := danish_in(allowed.sub("", said.text)))
    ]
    assert found == []


@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_what_is_said_in_danish_is_danish(english: Path, name: str) -> None:
    for said in read(english, name):
        assert said.lang in ("en", "da"), said
        if said.lang == "da" and len(said.text.split()) >= FEW_WORDS:
            assert len(danish_in(said.text)) > len(english_in(said.text)), said


def test_remarks_and_rulings_are_in_the_words_they_were_written_in(english: Path) -> None:
    remarks = [said for said in read(english, "cluster-syd.html") if said.lang == "da"]
    assert ("Se skemaet for stoffer.", "da", "span") in remarks
    rulings = [said.text for said in read(english, "consolidation.html") if said.lang == "da"]
    assert any(text.startswith("Strategien er et udkast") for text in rulings)
    assert "Os, ved rekonstruktionen" in rulings


def test_the_most_read_texts_are_in_english(english: Path) -> None:
    words = " ".join(said.text for said in read(english, "regional.html") if said.lang == "en")
    for heading in ("Preface", "Reading guide", "Overall conclusions"):
        assert heading in words
    assert "What you should know about the figures" in " ".join(
        said.text for said in read(english, "consolidation.html")
    )


WRITTEN = {
    "a point between thousands": re.compile(r"(?<![\d.])\d{1,3}\.\d{3}(?![\d.])"),
    "a decimal comma": re.compile(r"(?<![\d,])\d+,\d{1,2}(?![\d,])"),
    "a space before a percent sign": re.compile(r"\d\s%"),
    "a point after the day": re.compile(r"\d{1,2}\. (?:[A-Z]?[a-z]+) \d{4}"),
    "ca.": re.compile(r"\bca\."),
    "the quotation marks of Danish": re.compile(r"[»«]"),
}


@pytest.mark.parametrize("fault", WRITTEN)
@pytest.mark.parametrize("name", [*PAGES, *EVIDENCE])
def test_figures_and_dates_are_written_as_in_english(english: Path, name: str, fault: str) -> None:
    allowed = names(english.parents[3])
    found = [
        said.text
        for said in read(english, name)
        if said.lang == "en" and WRITTEN[fault].search(allowed.sub("", said.text))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("a point between thousands", "816.726 people"),
        ("a decimal comma", "a share of 0,5"),
        ("a space before a percent sign", "15\N{NO-BREAK SPACE}%"),
        ("a point after the day", "1. januar 2014"),
        ("ca.", "ca. 1,300"),
        ("the quotation marks of Danish", "»ja«"),
    ],
)
def test_figures_as_in_danish_are_found(fault: str, text: str) -> None:
    assert WRITTEN[fault].search(text)
    others = "816,726 people (14.5%), indicator 10.1 and 7.2, on 1 January 2014, “about 1,300”"
    assert not WRITTEN[fault].search(others)


def test_figures_dates_and_plurals_are_there_in_english(english: Path) -> None:
    words = " ".join(said.text for said in read(english, "need.html")).replace(" .", ".")
    assert "On 1 January 2014, 816,726 people lived in the 17 municipalities." in words
    assert "That is 14.5% of the country's population." in words
    settled = " ".join(said.text for said in read(english, "consolidation.html"))
    assert "100% (one form)" in settled
    assert "100% (15 forms)" in settled


def test_the_english_narrative_meets_wcag_on_a_wide_screen(english: Path, page: Page) -> None:
    check_page(page, english / "regional.html", 1280, lang="en", looks=("light",))
