"""Every count on every report leads to the row that tells it, and no link of a site is dead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.counts import LINKED, Text, Texts, counts_in
from tests.pages.test_links import EVERYWHERE, seen
from tests.projects import PAGES, STUDY

REPORTS = [name for name in PAGES[1:-2] if name != "sensitivity.html"]
"""All but the page of what other rules would count: what is not so has no row that tells it."""

EDITIONS = {"da": "", "en": "en/"}

NO_COUNTS = {
    "da": {
        r"indikatorer får ja fra alle kommuner, der svarede": "what the figure before it counts",
        r"(?i)(mindst )?ét skema\b|ikke alle skemaer svarede|færre end to skemaer": "a rule",
        r"hver kolonne er én kommune": "how to read a chart",
        r"at to kommuner er undtaget|kommuner i to klynger nævner": "the 2014 report's count",
        r"talte vi også ønsker .*?\(to klynger\) .*?\(én klynge\)": "a mistake, mended",
        r"fire af de fem er også blandt": "topics of one ranking in another",
        r"på \d+ af de \d+ andre måder": "ways to settle the answers",
        r"når alle kommuner gør det|som alle klynger skal løse": "an aim",
        r"kun kommuner, der screener": "who was asked a question",
        r"én kommune kan ikke løse|for én kommune at løfte|én kommune er tovholder": "a duty",
        r"fortæller, at alle klynger peger": "what the 2014 report says",
        r"de samme i alle klynger|at kun de kommuner, der svarede, er talt med": "a rule",
        r"^alle kommuner$|^skemaer og svar, alle kommuner$": "the name of a row or a table",
    },
    "en": {
        r"indicators got a yes from all municipalities that answered": "what the figure counts",
        r"at least one form|not all forms answered|fewer than two forms": "a rule",
        r"one form (was )?settled (as no )?by a person|^no form was received\.$": "a rule",
        r"each column is one municipality": "how to read a chart",
        r"two municipalities are excepted|one of the two\b": "the 2014 report's count",
        r"that one cluster (wished|asks)|in two clusters mention": "the 2014 report's count",
        r"we also counted wishes .*?\(two clusters\) .*?\(one cluster\)": "a mistake, mended",
        r"\(four of the five\)": "topics of one ranking in another",
        r"in \d+ of the \d+ other ways": "ways to settle the answers",
        r"when all municipalities do this|that all clusters are to take on": "an aim",
        r"only municipalities that screen": "who was asked a question",
        r"no municipality can solve|for one municipality to manage": "a duty",
        r"one municipality leads": "a duty",
        r"says that all clusters point": "what the 2014 report says",
        r"the same in all clusters|only the municipalities that answered\. that is": "a rule",
        r"^all municipalities$|^forms and answers, all municipalities$": "a row or a table",
    },
}
"""What reads like a count of answers and is none, each with what it is."""

NO_COUNT_CELLS = {
    "order": (r".*", "ranks, and shares of the weightings"),
    "published": (r".*", "ranks, and shares of the weightings"),
    "cooperation-areas": (r"\d+(–\d+)? \(\d+(–\d+)?\)", "ranks"),
    "criteria-values": (r"\d", "ratings"),
}
"""Cells of columns of numbers that are no counts, by the anchor of their table or figure."""


@pytest.fixture
def html(made: Path) -> Path:
    return made / "outputs" / STUDY / "html"


def texts_of(html: Path, language: str, name: str) -> Texts:
    return Texts((html / EDITIONS[language] / name).read_text("utf-8"))


def without_exceptions(words: str, language: str) -> str:
    for pattern in NO_COUNTS[language]:
        words = re.sub(pattern, "", words, flags=re.IGNORECASE)
    return words


def is_bare_number(text: Text, page: Texts) -> bool:
    """Whether it is a cell of a column of numbers that tells one and leads nowhere."""
    if text.tag != "td" or text.css != "number":
        return False
    if text.table in page.told_whole or text.row in page.told_rows:
        return False
    allowed, _ = NO_COUNT_CELLS.get(text.place, ("", ""))
    return bool(re.search(r"\d", text.words)) and not re.fullmatch(allowed, text.words)


@pytest.mark.parametrize("language", EDITIONS)
@pytest.mark.parametrize("name", REPORTS)
def test_no_count_stands_without_its_evidence(html: Path, language: str, name: str) -> None:
    texts, count = texts_of(html, language, name), counts_in(language)
    bare = [
        text.words
        for text in texts.found
        if count.search(without_exceptions(text.words, language)) or is_bare_number(text, texts)
    ]
    assert bare == []


@pytest.mark.parametrize("language", EDITIONS)
def test_every_exception_is_needed(html: Path, language: str) -> None:
    words = [text.words for name in REPORTS for text in texts_of(html, language, name).found]
    unused = [
        pattern
        for pattern in NO_COUNTS[language]
        if not any(re.search(pattern, text, re.IGNORECASE) for text in words)
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "Kun få kommuner (3 af 16) siger ja."),
        ("da", "Fire af de fem kommuner har det."),
        ("da", "Alle kommuner på nær én (15 af de 16, der svarede) har det."),
        ("da", "Ingen af kommunerne har det."),
        ("da", "mindst 12 og højst 14 af 17"),
        ("da", "Det sker i to klynger."),
        ("en", "Only a few municipalities (3 of 16) said yes."),
        ("en", "About half of the municipalities do."),
        ("en", "None of the three clusters."),
    ],
)
def test_a_count_is_seen(language: str, words: str) -> None:
    assert counts_in(language).search(words)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", f"{LINKED} siger ja til {LINKED} af de 15 indikatorer."),
        ("da", "I Klynge Syd svarer Syd 1 det samme som i 2014."),
        ("da", "Kommunerne har 12 anbefalinger fra KL."),
        ("en", f"{LINKED} of the 15 indicators; the municipalities know 12 recommendations."),
    ],
)
def test_what_is_no_count_or_leads_somewhere_is_let_be(language: str, words: str) -> None:
    assert not counts_in(language).search(words)


def test_a_link_elsewhere_is_no_evidence() -> None:
    page = '<div class="body"><p><a href="x.html#topic-5">3 af 16</a></p></div>'
    assert [text.words for text in Texts(page).found] == ["3 af 16"]


def test_a_number_that_a_table_tells_is_seen_unless_its_note_leads_to_all_of_them() -> None:
    row = '<table><tr><td class="number">3</td></tr></table>'
    note = '<p class="note"><a href="tables.html#table-need">Alle</a></p>'
    bare = Texts(f'<div class="body"><div class="table" id="t">{row}</div></div>')
    told = Texts(f'<div class="body"><div class="table" id="t">{row}{note}</div></div>')
    assert [is_bare_number(text, bare) for text in bare.found] == [True]
    assert not any(is_bare_number(text, told) for text in told.found)


def test_a_number_of_a_row_is_told_where_the_name_of_the_row_leads() -> None:
    cells = '<td>{}</td><td class="number">3</td>'
    led = cells.format('<a href="method-5.html#count-5-2-syd">Syd</a>')
    page = '<div class="body"><table><tr>{}</tr><tr>{}</tr></table></div>'
    texts = Texts(page.format(led, cells.format("Syd")))
    assert [is_bare_number(text, texts) for text in texts.found] == [False, False, False, True]


def dead_links(folder: Path) -> list[tuple[str, str]]:
    """Links of the pages in a folder, and below it, that lead to no file or no place."""
    dead = []
    for page in sorted(folder.rglob("*.html")):
        for href in seen(page).hrefs:
            file, _, anchor = href.partition("#")
            target = page.parent.joinpath(file).resolve() if file else page.resolve()
            place = anchor and target.suffix == ".html"
            if EVERYWHERE.match(href):
                continue
            there = target.is_relative_to(folder.resolve()) and target.is_file()
            if not there or (place and anchor not in seen(target).ids):
                dead.append((page.relative_to(folder).as_posix(), href))
    return dead


def test_every_link_of_the_site_has_a_living_target(html: Path) -> None:
    assert dead_links(html) == []


def test_every_link_of_a_site_full_of_hostile_text_has_one_too(hostile: Path) -> None:
    (html,) = (hostile / "outputs").glob("*/html")
    assert dead_links(html) == []


def test_a_dead_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<p id="here"><a href="b.html#x">3</a> <a href="#here">4</a>')
    assert dead_links(tmp_path) == [("a.html", "b.html#x")]
