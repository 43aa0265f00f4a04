"""Text in another language than the page's: the mark goes along, and shows as ``lang`` only."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.display import (
    VENDOR_TYPE,
    Block,
    Bullets,
    Column,
    Definitions,
    Figure,
    Heading,
    KeyFigures,
    Link,
    Mark,
    Notice,
    Page,
    Paragraphs,
    Prose,
    Quotes,
    Table,
    block_from_bundle,
    render_page,
)
from misbrug_analysis.presentation.figures.lettering import wrapped
from misbrug_analysis.presentation.html import View, block_html, said
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import Outline
from misbrug_analysis.presentation.passages import (
    Passage,
    in_language,
    language_of,
    languages,
    marked,
    passages,
    unmarked,
)
from misbrug_analysis.presentation.table_layout import has_turned_heads
from misbrug_analysis.presentation.wording import Counts, status
from tests.pages.samples import SVG

ENGLISH = Language.load("en")
OURS = marked("én fælles indsats", "da")
SHOWN = '<span lang="da">én fælles indsats</span>'

LABEL = Table("Numbers", [Column("a")], [["b"]])
BLOCKS: list[Block] = [
    Heading(OURS, 2, "x"),
    Paragraphs([OURS]),
    Bullets([OURS]),
    Bullets([Link(OURS, "#x")]),
    Definitions([(OURS, ["t"])]),
    Definitions([("t", [OURS, "u"])]),
    KeyFigures([("5", OURS)]),
    Quotes([(OURS, "Syd 1")]),
    Quotes([("t", OURS)]),
    Table(OURS, [Column("a")], [["b"]]),
    Table("T", [Column(OURS)], [["b"]]),
    Table("T", [Column("a"), Column("b", group=OURS)], [["b", "c"]]),
    Table("T", [Column("a")], [[OURS]]),
    Table("T", [Column("a")], [[Mark("●", OURS)]]),
    Table("T", [Column("a")], [["b"]], note=OURS),
    Figure(OURS, "s", "It shows something.", SVG.format("5"), LABEL),
    Figure("t", OURS, "It shows something.", SVG.format("5"), LABEL),
    Notice(OURS),
    Prose(OURS),
]


def test_a_text_is_in_the_wanted_language_or_says_which_one_it_is_in() -> None:
    both = {"da": "fælles", "en": "joint"}
    assert in_language(both, "en") == "joint"
    assert in_language({"da": "fælles"}, "en") == marked("fælles", "da")
    assert language_of({"de": "gemeinsam", "da": "fælles"}, "en", own="da") == "da"
    assert language_of({"de": "gemeinsam", "fr": "commun"}, "en", own="da") == "de"


def test_the_mark_goes_along_into_a_sentence_and_a_list() -> None:
    unit = Noun(one="x", the_one="x", many=marked("steder", "da"), the_many="x")
    sentence = status(ENGLISH, "Follow-up", Counts(3, 3), unit)
    assert passages(sentence) == [
        Passage("Follow-up: All three ", None),
        Passage("steder", "da"),
        Passage(" said yes.", None),
    ]
    assert said(ENGLISH.join([marked("Nord", "da"), "South"])) == (
        '<span lang="da">Nord</span> and South'
    )


def test_a_marked_text_gets_its_capital_letter() -> None:
    assert ENGLISH.capitalise(marked("øst", "da")) == marked("Øst", "da")
    assert ENGLISH.capitalise("") == ""


def test_a_part_that_is_marked_already_keeps_its_language() -> None:
    text = marked(f"Rapport: {marked('Bericht', 'de')} ", "da")
    assert passages(text) == [
        Passage("Rapport: ", "da"),
        Passage("Bericht", "de"),
        Passage(" ", None),
    ]


def test_the_languages_of_texts_are_those_of_their_marked_parts() -> None:
    texts = [f"Report: {marked('Bericht', 'de')}", OURS, marked("igen", "da"), "English"]
    assert languages(texts) == ["de", "da"]
    assert languages(["English", ""]) == []


def test_a_mark_that_is_not_whole_is_dropped() -> None:
    whole = marked("x", "da")
    for broken in (whole[:-1], whole[1:], whole.replace("da", "DA"), whole.replace("da", '"><b')):
        html = str(said(broken))
        assert "lang" not in html
        assert not set(html) & set("\ufff9\ufffa\ufffb")


@given(st.text(alphabet="ab<&\"' \ufff9\ufffa\ufffbd", max_size=40))
def test_no_text_makes_other_html_than_its_language(text: str) -> None:
    html = str(said(marked(text, "da")))
    assert not set(html) & set("\ufff9\ufffa\ufffb")
    assert Markup(re.sub(r'<span lang="[a-z]{2}">|</span>', "", html)).unescape() == unmarked(text)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.name}")
def test_every_block_says_the_language_of_a_text_after_a_notebook(block: Block) -> None:
    bundle = json.loads(json.dumps(block._repr_mimebundle_()))
    back = block_from_bundle(bundle)
    assert back == block
    assert SHOWN in block_html(back, View(Outline(), ENGLISH))
    assert SHOWN in bundle["text/html"]
    assert not set(bundle["text/plain"]) & set("\ufff9\ufffa\ufffb")
    assert bundle[VENDOR_TYPE]["kind"] == block.name


def test_a_page_says_the_language_of_its_head_and_of_its_contents() -> None:
    page = Page(
        title=OURS,
        lang="en",
        description=OURS,
        study_title=OURS,
        parameters=[("About", OURS)],
        banner=OURS,
        links=[(OURS, "x.html")],
    )
    prose = Prose("# Overskrift\n\nTekst.\n\n## Og en til", lang="da", level=2)
    html = render_page(page, [Heading(OURS, 2, "x"), prose, Heading("y", 2, "y")], ENGLISH)
    assert html.count(SHOWN) == len(["study", "link", "h1", "lead", "fact", "banner", "line", "h2"])
    assert '<a href="#overskrift"><span lang="da">Overskrift</span></a>' in html
    assert '<a href="#og-en-til"><span lang="da">Og en til</span></a>' in html
    assert '<div class="prose" lang="da">' in html


def test_what_can_hold_no_language_goes_without_the_mark() -> None:
    table = Table(OURS, [Column("Name" * 9), Column("Name" * 9)], [["b", "c"]])
    figure = Figure(OURS, "s", f"It shows {OURS}.", SVG.format("5"), table)
    html = render_page(Page(title=OURS, lang="en"), [figure], ENGLISH)
    assert "<title>én fælles indsats</title>" in html
    assert '<meta name="description" content="én fælles indsats">' in html
    assert 'alt="It shows én fælles indsats."' in html
    assert 'aria-label="én fælles indsats"' in html
    assert not set(html) & set("\ufff9\ufffa\ufffb")


def test_charts_and_the_width_of_tables_do_without_the_mark() -> None:
    assert wrapped(OURS, 1000) == ["én fælles indsats"]
    heads = [Column("x")] + [Column(marked("123456789", "da"), "centre")] * 5
    assert not has_turned_heads(Table("T", heads, []))


def test_a_live_figure_in_prose_says_the_language_of_a_label_in_it() -> None:
    html = block_html(Prose(f"# On {OURS}\n\n**{OURS}**: 5"), View(Outline(), ENGLISH))
    assert f"On {SHOWN}</h" in html
    assert f"<strong>{SHOWN}</strong>: 5" in html
    assert 'id="on-en-faelles-indsats"' in html


@pytest.mark.parametrize(
    ("page", "code", "name"),
    [("en", "da", "Danish"), ("da", "en", "engelsk"), ("da", "de", "tysk")],
)
def test_a_language_names_others(page: str, code: str, name: str) -> None:
    assert Language.load(page).name_of(code) == name
