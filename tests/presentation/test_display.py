"""Blocks: what they refuse, what they leave in a notebook, and how they come back from it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.presentation.display import (
    VENDOR_TYPE,
    Block,
    Bullets,
    Column,
    Definitions,
    Figure,
    Heading,
    Lines,
    Link,
    Mark,
    Notice,
    Page,
    Paragraphs,
    Prose,
    Quotes,
    Table,
    block_from_bundle,
    show,
)
from tests.pages.samples import SVG, sample_blocks, sample_figure

NUMBERS = Table("Antal", [Column("Svar"), Column("Antal", "number")], [["ja", 1]])


def figure(**changes: object) -> Figure:
    fields: dict[str, object] = {
        "title": "Alle svarer ja",
        "subtitle": "1.2",
        "alt": "Fem af fem kommuner svarer ja.",
        "svg": SVG.format("5"),
        "table": NUMBERS,
    }
    return Figure(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: figure(title=" "), "the title of a figure is empty"),
        (lambda: figure(alt=""), "the text alternative of the figure 'Alle svarer ja' is empty"),
        (lambda: figure(alt="Figur 3."), "say what the picture shows"),
        (lambda: figure(alt="chart.svg"), "say what the picture shows"),
        (lambda: figure(svg="<svg>"), "not well-formed"),
        (lambda: figure(svg="<p/>"), "begins with 'p'"),
        (lambda: figure(svg=SVG.format("<script>x</script>")), "holds a script"),
        (lambda: Page("", "da"), "the title of the page is empty"),
        (lambda: Page("T", "da", links=[("Ud", "javascript:alert(1)")]), "a link leads to"),
        (lambda: Page("T", "da", banner=""), "the banner of the page is empty"),
        (lambda: Heading("Øst", 2, "øst"), "the anchor of the heading 'Øst' is 'øst'"),
        (lambda: Heading("T", 2, "a b"), "use a-z, 0-9 and hyphens"),
        (lambda: Heading("T", 1, "t"), "level 1; use 2, 3 or 4"),
        (lambda: Paragraphs([" "]), "an entry of the paragraphs is empty"),
        (lambda: Paragraphs(["x"], "tiny"), "use one of: lead, body, note"),  # type: ignore[arg-type]
        (lambda: Notice("x", "alarm"), "use one of: info, warning"),  # type: ignore[arg-type]
        (lambda: Table("", [Column("a")], []), "the title of a table is empty"),
        (lambda: Column(""), "the label of a column is empty"),
        (lambda: Column("a", "left"), "use text, number or centre"),  # type: ignore[arg-type]
        (lambda: Table("T", [Column("a")], [["x", "y"]]), "row 1 .* has 2 cells for 1 columns"),
        (lambda: Table("T", [Column("a")], [["x"]], anchor="A"), "the anchor of the table 'T'"),
        (lambda: Mark("●", ""), "the words for the mark ●"),
        (lambda: Link("x", "//elsewhere.example"), "a link leads to"),
        (lambda: Definitions([("Klyngerne", [])]), "nothing belongs to Klyngerne"),
        (lambda: Definitions([("", ["Del."])]), "a term is empty"),
        (lambda: Definitions([("Klyngerne", [" "])]), "what belongs to Klyngerne is empty"),
    ],
)
def test_block_refuses_what_a_reader_could_not_use(make: Callable[[], object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        make()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Paragraphs("one text"), "must be a list, not str"),
        (lambda: Bullets([None]), "must be text, not NoneType"),  # type: ignore[list-item]
        (lambda: Quotes(["text"]), "must be pairs of texts"),  # type: ignore[list-item]
        (lambda: Definitions(["text"]), "pairs of a term and its texts"),  # type: ignore[list-item]
        (lambda: Definitions([("Alle", "Del.")]), "must be a list, not str"),
        (lambda: Table("T", [Column("a")], [[None]]), "row 1 of the table 'T', column 'a' holds"),  # type: ignore[list-item]
        (lambda: Table("T", [Column("a")], [[float("nan")]]), "holds nan"),
        (lambda: Table("T", [Column("a")], [[True]]), "holds True"),
        (lambda: Table("T", ["a"], []), "needs columns made with Column"),  # type: ignore[list-item]
        (lambda: figure(table=[["ja", 1]]), "needs its numbers as a Table"),
    ],
)
def test_block_refuses_the_wrong_kind_of_thing(make: Callable[[], object], says: str) -> None:
    with pytest.raises(TypeError, match=says):
        make()


@pytest.mark.parametrize(
    "href",
    ["index.html", "../syd.html#status", "#top", "?a=b:c", "https://kl.dk/", "mailto:a@b.dk"],
)
def test_link_takes_safe_addresses(href: str) -> None:
    assert Link("x", href).href == href


@pytest.mark.parametrize(
    "href",
    ["JavaScript:x", "java\tscript:x", " javascript:x", "java&#115;cript:x", "javascript%3Ax",
     "javascript&colon;x", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "//x.example",
     "\\\\share\\x", ""],
)  # fmt: skip
def test_link_refuses_addresses_that_run_or_lead_astray(href: str) -> None:
    with pytest.raises(ValueError, match="a link leads to"):
        Link("x", href)


def test_table_takes_the_numbers_of_a_data_frame() -> None:
    table = Table("T", [Column("a"), Column("b")], [[np.int64(3), np.float64(0.5)]])  # type: ignore[list-item]
    assert table.rows == ((3, 0.5),)
    assert type(table.rows[0][0]) is int


def test_lines_of_a_cell_are_texts_that_come_back() -> None:
    table = Table("T", [Column("a"), Column("b")], [["x", Lines(("en", "to"))]])
    assert str(table) == "T\na | b\nx | en; to"
    stored = json.loads(json.dumps(table._repr_mimebundle_()))
    assert block_from_bundle(stored) == table
    with pytest.raises(ValueError, match="a cell of lines has none"):
        Lines(())


@pytest.mark.parametrize("block", sample_blocks(), ids=lambda block: block.name)
def test_block_comes_back_from_its_notebook_output(block: Block) -> None:
    stored = json.loads(json.dumps(block._repr_mimebundle_()))
    assert block_from_bundle(stored) == block


@pytest.mark.parametrize("block", sample_blocks(), ids=lambda block: block.name)
def test_vendor_json_holds_data_and_no_html(block: Block) -> None:
    bundle = block._repr_mimebundle_()
    assert set(bundle[VENDOR_TYPE]) == {"kind", "data"}
    assert not re.search(r"</?\w+[ >]", json.dumps(bundle[VENDOR_TYPE]))


@pytest.mark.parametrize("block", sample_blocks(), ids=lambda block: block.name)
def test_notebook_copy_survives_a_sanitizer(block: Block) -> None:
    copy_in_lab = block._repr_mimebundle_()["text/html"]
    tags = set(re.findall(r"<(\w+)", copy_in_lab))
    assert not tags & {"script", "style", "svg", "iframe", "link", "meta", "form", "input"}
    assert not re.search(r"\son\w+=", copy_in_lab)


def test_figure_output_has_picture_alt_and_numbers_for_those_without_the_exporter() -> None:
    bundle = figure()._repr_mimebundle_()
    assert bundle["image/svg+xml"] == SVG.format("5")
    assert 'alt="Fem af fem kommuner svarer ja."' in bundle["text/html"]
    assert "svg" not in bundle[VENDOR_TYPE]["data"]
    lines = ["Alle svarer ja", "1.2", "Fem af fem kommuner svarer ja."]
    assert bundle["text/plain"].splitlines() == [*lines, "Antal", "Svar | Antal", "ja | 1"]


def change(**data: object) -> Callable[[dict[str, object]], object]:
    return lambda vendor: vendor["data"].update(data)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (change(title=""), "the title of a figure is empty"),
        (change(alt=""), "the text alternative of the figure"),
        (change(title=7), "title: Input should be a valid string"),
        (change(html="<b>x</b>"), "html: Unexpected keyword argument"),
        (change(anchor="A B"), "the anchor of the figure"),
        (change(table=None), "table: Input should be"),
        (lambda vendor: vendor["data"].pop("alt"), "alt: Field required"),
        (lambda vendor: vendor["data"]["table"].update(rows=[["x"]]), "row 1 .* has 1 cells"),
        (
            lambda vendor: vendor["data"]["table"].update(
                rows=[[{"text": "x", "href": "javascript:x"}, 1]]
            ),
            "a link leads to 'javascript:x'",
        ),
        (lambda vendor: vendor["data"]["table"].update(rows=[["x", float("nan")]]), "holds nan"),
        (lambda vendor: vendor.update(kind="html"), "there is no block 'html'; there are: page"),
        (lambda vendor: vendor.update(kind=["figure"]), "there is no block"),
        (lambda vendor: vendor.update(data="<b>"), "holds no data"),
        (lambda vendor: vendor.update(html="<b>"), "must hold kind and data, no more"),
    ],
)
def test_tampered_json_is_refused(tamper: Callable[[dict[str, object]], object], says: str) -> None:
    bundle = copy.deepcopy(figure()._repr_mimebundle_())
    tamper(bundle[VENDOR_TYPE])
    with pytest.raises(ValueError, match=says):
        block_from_bundle(bundle)


def test_figure_without_its_picture_is_refused() -> None:
    bundle = figure()._repr_mimebundle_()
    del bundle["image/svg+xml"]
    with pytest.raises(ValueError, match="svg: Field required"):
        block_from_bundle(bundle)


@given(st.text(st.characters(exclude_categories=[])).filter(str.strip))
def test_any_text_can_be_stored_and_comes_back_printable(text: str) -> None:
    bundle = Paragraphs([text])._repr_mimebundle_()
    json.dumps(bundle, ensure_ascii=False).encode("utf-8")
    block = block_from_bundle(bundle)
    assert isinstance(block, Paragraphs)
    assert len(block.texts[0]) == len(text)


def test_show_displays_each_block_as_one_output() -> None:
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    InteractiveShell.instance()
    try:
        with capture_output() as captured:
            show(Paragraphs(["et"]), sample_figure())
    finally:
        InteractiveShell.clear_instance()
    assert [output.data[VENDOR_TYPE]["kind"] for output in captured.outputs] == [
        "paragraphs", "figure",
    ]  # fmt: skip


def test_show_refuses_what_would_not_reach_the_page() -> None:
    with pytest.raises(TypeError, match=r"show\(\) takes blocks .* not str"):
        show("text")  # type: ignore[arg-type]


def test_prose_and_quotes_read_as_plain_text() -> None:
    assert str(Prose("**x**")) == "**x**"
    assert str(Quotes([("Godt.", "Greve")])) == "Godt.\n  – Greve"
