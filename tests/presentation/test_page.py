"""A page from blocks: escaping, outline, numbers, tables and the frame around them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.presentation.display import (
    Block,
    Bullets,
    Column,
    Definitions,
    Heading,
    Lines,
    Link,
    Mark,
    Page,
    Paragraphs,
    Prose,
    Table,
    render_page,
)
from misbrug_analysis.presentation.html import View, block_html, printable, style_sheet
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import Outline, slug
from misbrug_analysis.presentation.passages import unmarked
from misbrug_analysis.presentation.table_layout import has_turned_heads, key, may_scroll
from tests.pages.samples import NO, YES, sample_blocks, sample_figure, sample_page, wide_table

DANISH = Language.load("da")


class Reader(HTMLParser):
    """Reads the elements of a page and the text outside the style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def ids(self) -> list[str | None]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    def named(self, *names: str) -> list[str]:
        return [tag for tag, _ in self.tags if tag in names]


def html_of(*blocks: Block) -> str:
    return render_page(sample_page(), blocks, DANISH)


def fragment(block: Block) -> str:
    return block_html(block, View(Outline(), DANISH))


@given(st.text(min_size=1).filter(str.strip))
def test_any_text_reads_as_itself_and_adds_no_element(text: str) -> None:
    reader = Reader(fragment(Paragraphs([text])))
    assert reader.named("p") == [tag for tag, _ in reader.tags]
    assert "".join(reader.texts).strip("\n") == unmarked(printable(text)).strip("\n")


def test_control_characters_become_replacement_signs() -> None:
    assert printable("a\x00b\x1bc\td\ne\ud800") == "a\ufffdb\ufffdc\td\ne\ufffd"


def test_page_has_language_title_description_policy_and_no_script() -> None:
    reader = Reader(html_of(Paragraphs(["x"])))
    assert ("html", {"lang": "da"}) in reader.tags
    metas = [attrs for tag, attrs in reader.tags if tag == "meta"]
    assert {
        "http-equiv": "Content-Security-Policy",
        "content": "default-src 'none'; img-src data:; style-src 'unsafe-inline'",
    } in metas
    assert {
        "name": "description",
        "content": "Hvordan klyngens kommuner lever op til KL's anbefalinger.",
    } in metas
    assert "Klyngerapport: Klynge Syd – Kvalitet og sammenhæng på misbrugsområdet" in reader.texts
    assert reader.named("h1", "main", "footer", "script") == ["main", "h1", "footer"]


def test_page_states_banner_and_parameters() -> None:
    page = html_of()
    assert '<p class="banner" role="note">Svarene er rekonstrueret.</p>' in page
    assert "<dt>Klynge</dt> <dd>Syd</dd>" in page
    assert '<a href="metode.html">Metode</a>' in page


def test_page_is_the_same_to_the_byte_every_time() -> None:
    assert html_of(*sample_blocks()[1:]) == html_of(*sample_blocks()[1:])


def test_page_is_in_the_language_of_its_labels() -> None:
    page = render_page(Page("Report", "en"), [sample_figure()], Language.load("en"))
    assert '<html lang="en">' in page
    assert "Skip to the content" in page
    with pytest.raises(ValueError, match="the page is in 'en', but its labels are in 'da'"):
        render_page(Page("Report", "en"), [], DANISH)


def test_second_page_block_is_refused() -> None:
    with pytest.raises(ValueError, match="a second Page among its blocks"):
        html_of(sample_page())


def test_headings_with_one_anchor_get_different_ids_and_contents_lead_to_them() -> None:
    page = html_of(*[Heading("Status", 2, "status")] * 4)
    headings = ["status", "status-2", "status-3", "status-4"]
    assert Reader(page).ids() == ["main-content", "page-contents", *headings]
    assert '<a href="#status-2">Status</a>' in page


def test_page_of_three_headings_has_no_contents() -> None:
    assert 'class="contents"' not in html_of(*[Heading("Status", 2, "status")] * 3)


def test_tables_with_one_anchor_get_different_ids() -> None:
    table = Table("T", [Column("a")], [["x"]], anchor="tabel")
    assert Reader(html_of(table, table)).ids() == ["main-content", "tabel", "tabel-2"]


def test_rows_and_items_have_anchors_of_their_own() -> None:
    table = Table("T", [Column("a")], [["x"], ["y"]], row_anchors=["row-1", "row-2"])
    items = Bullets(["x", "y"], anchors=["item-1", "item-2"])
    page = html_of(table, items)
    assert Reader(page).ids() == ["main-content", "row-1", "row-2", "item-1", "item-2"]
    assert '<li id="item-2">y</li>' in page


def test_what_all_rows_are_about_is_for_the_row_that_a_link_leads_to() -> None:
    table = Table("T", [Column("a")], [["x"]], row_anchors=["row-1"], about="5.s1")
    assert """<table style="--about: '5.s1'">""" in html_of(table)
    assert "tr:target > th::after { content: var(--about);" in style_sheet()
    with pytest.raises(ValueError, match="use letters, digits"):
        Table("T", [Column("a")], [["x"]], about="'} tr { color: red")


def test_one_anchor_for_several_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="the rows of the table 'T' have 1 anchors for 2"):
        Table("T", [Column("a")], [["x"], ["y"]], row_anchors=["row-1"])
    with pytest.raises(ValueError, match="'Row 1'; use a-z"):
        Table("T", [Column("a")], [["x"]], row_anchors=["Row 1"])


def test_a_soft_hyphen_is_for_the_page_and_not_for_its_title() -> None:
    page = render_page(Page("Lang\xadtitel", "da"), [], DANISH)
    assert "<title>Langtitel</title>" in page
    assert "<h1>Lang\xadtitel</h1>" in page


def test_heading_never_skips_a_level() -> None:
    headings = [
        Heading("a", 3, "a"),
        Heading("b", 4, "b"),
        Heading("c", 2, "c"),
        Heading("d", 4, "d"),
    ]
    page = Reader(html_of(*headings))
    assert page.named("h2", "h3", "h4") == ["h2", "h3", "h2", "h3"]


def test_contents_hold_second_and_third_level_only() -> None:
    outline = Outline()
    for text, level in [("a", 2), ("b", 3), ("c", 4), ("d", 3), ("e", 2)]:
        outline.heading(text, level, text)
    found = [(entry.text, [below.text for below in entry.below]) for entry in outline.contents]
    assert found == [("a", ["b", "d"]), ("e", [])]


def test_contents_are_left_out_of_a_page_with_one_heading() -> None:
    assert "nav class" not in html_of(Heading("Status", 2, "status"))


@pytest.mark.parametrize(
    ("text", "anchor"),
    [("Det vil klyngen gøre", "det-vil-klyngen-goere"), ("Åben & Ærlig é", "aaben-aerlig-e"),
     ("5.2 Efter", "5-2-efter"), ("中", "part")],
)  # fmt: skip
def test_slug_is_ascii(text: str, anchor: str) -> None:
    assert slug(text) == anchor


def test_markdown_headings_begin_below_the_heading_before_them() -> None:
    page = Reader(html_of(Heading("a", 2, "a"), Heading("b", 3, "b"), Prose("# c\n\n## d\n\nx")))
    assert page.named("h2", "h3", "h4", "h5") == ["h2", "h3", "h4", "h5"]


def test_markdown_shows_html_as_text_and_drops_links_that_run() -> None:
    html = fragment(
        Prose("<b>x</b> [a](javascript:x) [b](java&#115;cript:x) [c](https://kl.dk/?a&b)")
    )
    assert "&lt;b&gt;x&lt;/b&gt; a b" in html
    assert html.count("<a ") == 1
    assert '<a href="https://kl.dk/?a&amp;b">c</a>' in html


def test_markdown_picture_is_refused() -> None:
    with pytest.raises(ValueError, match=r"holds a picture \(kort.png\).* show it with Figure"):
        fragment(Prose("![Kort](kort.png)"))


def test_prose_in_another_language_says_so() -> None:
    assert '<div class="prose" lang="en">' in fragment(Prose("text", lang="en"))


def test_whole_numbers_stand_without_separator_and_decimals_by_the_language() -> None:
    table = Table("T", [Column("År"), Column("Andel", "number")], [[2014, 0.5], ["2.025", 1234.25]])
    html = fragment(table)
    assert '<th scope="row">2014</th>' in html
    assert '<td class="number">0,5</td>' in html
    assert '<td class="number">1.234,25</td>' in html


def test_table_has_caption_scopes_and_words_for_marks() -> None:
    table = Table("Svar", [Column("Indikator"), Column("Greve", "centre", "Øst")], [["5.2", NO]])
    html = fragment(table)
    assert "<caption><span>Svar</span></caption>" in html
    assert '<th scope="colgroup" colspan="1" class="group">Øst</th>' in html
    assert '<th scope="col" rowspan="2"><span>Indikator</span></th>' in html
    assert 'aria-hidden="true">○</span><span class="unseen">nej</span>' in html


def test_table_without_header_column_has_no_row_headings() -> None:
    table = Table("T", [Column("a"), Column("b")], [["x", "y"]], header_column=False)
    assert 'scope="row"' not in fragment(table)


def test_key_names_each_mark_once_in_the_order_of_answers() -> None:
    maybe = Mark("◐", "delvis", "partly")
    table = Table("T", [Column("a"), Column("b")], [[NO, YES], [maybe, NO]])
    assert key(table) == [YES, maybe, NO]


def test_wide_table_can_be_scrolled_by_keyboard_and_narrow_one_is_no_stop_on_the_way() -> None:
    narrow = Table("T", [Column("Svar"), Column("Antal", "number")], [["ja", 1]])
    assert (may_scroll(wide_table()), may_scroll(narrow)) == (True, False)
    assert "tabindex" not in fragment(narrow)
    assert 'role="group" tabindex="0" aria-label="Svar på indikatorerne"' in fragment(wide_table())


def test_long_words_in_few_columns_can_be_wider_than_a_phone_too() -> None:
    columns = [Column("Kommune"), Column("Skemaer"), Column("Besvarede spørgsmål")]
    assert may_scroll(Table("T", columns, [["Guldborgsund", "fælles", "55 af 55"]]))
    numbers = [Column("Kommune"), Column("Andel", "number")]
    assert may_scroll(Table("T", numbers, [["Greve", "100 % (18 skemaer)"]]))


def test_lines_stand_below_one_another_in_a_cell_and_break_anywhere() -> None:
    told = Lines(("ja & nej", "et-meget-langt-navn-paa-en-fil.xlsx"))
    table = Table("T", [Column("a"), Column("b")], [["x", told]])
    assert "<td><p>ja &amp; nej</p><p>et-meget-langt" in fragment(table)
    assert not may_scroll(table)
    assert may_scroll(Table("T", [Column("a"), Column("b")], [["x", told.lines[1]]]))


def test_a_stacked_table_has_each_cell_s_heading_for_a_phone_and_no_scroll_region() -> None:
    columns = [Column("Sætning"), Column("Det afgør den <i>"), Column("Kunne have stået")]
    row = ["Omkring halvdelen", "kommunerne", "Under halvdelen"]
    table = Table("T", columns, [row], stacked=True)
    html = fragment(table)
    assert 'class="table short stacked"' in html
    assert '<td data-head="Det afgør den &lt;i&gt;">kommunerne</td>' in html
    assert may_scroll(Table("T", columns, [row]))
    assert not may_scroll(table)
    assert "data-head" not in fragment(Table("T", columns, [row]))


def test_many_columns_of_marks_get_upright_headings() -> None:
    few = Table("T", [Column("a"), *[Column("Greve", "centre")] * 7], [["x", *[YES] * 7]])
    assert (has_turned_heads(wide_table()), has_turned_heads(few)) == (True, False)


def test_long_headings_over_marks_stand_upright_where_there_are_five() -> None:
    def table(head: str, columns: int) -> Table:
        heads = [Column(head, "centre")] * columns
        return Table("T", [Column("a"), *heads], [["x", *[YES] * columns]])

    assert has_turned_heads(table("Projektgruppen", 5))
    assert not has_turned_heads(table("Projektgruppen", 4))
    assert not has_turned_heads(table("Klynge Syd", 5))


def test_a_term_is_a_link_and_what_belongs_to_it_a_list_where_there_is_more_than_one() -> None:
    block = Definitions([(Link("Emne 2", "#topic-2"), ["Derfor."]), ("Alle", ["Et.", "To <b>."])])
    html = fragment(block)
    assert '<dt><a href="#topic-2">Emne 2</a></dt>\n<dd>Derfor.</dd>' in html
    assert html.count("<li>") == 2
    assert "To &lt;b&gt;." in html


def test_picture_address_needs_no_request_and_cannot_leave_its_attribute() -> None:
    tags = Reader(fragment(sample_figure())).tags
    [picture] = [attrs for tag, attrs in tags if tag == "img"]
    source = picture["src"]
    assert source is not None
    assert source.startswith('data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg"')
    assert source.endswith("K\u00f8ge %26amp; Greve%27s svar%3C/text%3E%3C/svg%3E")
    assert picture["alt"] == "En kommune svarer ja, fire svarer nej."


def test_style_sheet_is_small_and_asks_for_nothing() -> None:
    assert len(style_sheet().encode()) < 16_000
    assert "url(" not in style_sheet()
    assert "@import" not in style_sheet()


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ([["a", "b"]] * 9, True),
        ([["a", "b"]] * 10, False),
        ([["a", "b " * 60]] * 3, True),  # three lines each
        ([["a", "b " * 60]] * 4, False),
    ],
)
def test_a_table_of_few_lines_stays_in_one_piece_on_paper(
    rows: list[list[str]], kept: bool
) -> None:
    table = Table("T", [Column("x"), Column("y")], rows)
    assert ('class="table short"' in html_of(table)) is kept
