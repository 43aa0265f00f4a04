"""A page on its way to a PDF: numbers behind figures, links to other pages, page numbers."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.paper import page_number, pdf_address, ready_for_pdf

FIGURE = """
  <figure class="chart"><figcaption><p class="finding">{finding}</p></figcaption>
    <img src="data:," alt="x"/>
    <details><summary>Tallene bag figuren</summary>
      <div class="table"{id}><table><caption>{finding}</caption></table></div></details>
  </figure>"""
CONTENTS = '<nav class="contents"><details><ol><li><a href="#one">Et</a></li></ol></details></nav>'


def page_of(*parts: str, lang: str = "da", contents: str = "") -> Element:
    main = f'<main>{contents}<div class="body">{"".join(parts)}</div></main>'
    return fromstring(f'<html lang="{lang}"><body>{main}</body></html>')


def figure(finding: str, anchor: str = "") -> str:
    return FIGURE.format(finding=finding, id=f' id="{anchor}"' if anchor else "")


def text(element: Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("da", '"Side " counter(page) " af " counter(pages) ""'),
        ("en", '"Page " counter(page) " of " counter(pages) ""'),
    ],
)
def test_the_number_of_a_page_is_in_words(code: str, expected: str) -> None:
    assert page_number(Language.load(code)) == expected


@pytest.mark.parametrize("code", Language.codes())
def test_no_word_of_a_page_number_ends_its_quotes(code: str) -> None:
    words = Language.load(code).text("paper.number", page="", pages="")
    assert not set(words) & set('"\\\n')


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("need.html", "./need.pdf"),
        ("need.html#map", "./need.pdf#nameddest=map"),
        ("other.html#map", "./other.html#map"),
        ("../en/need.html", "../en/need.html"),
        ("tables/2014.da.xlsx", "./tables/2014.da.xlsx"),
        ("#map", "#map"),
        ("https://example.org/side.html#x", "https://example.org/side.html#x"),
        ("mailto:anna@example.org", "mailto:anna@example.org"),
        ("//example.org/side.html", "//example.org/side.html"),
    ],
)
def test_a_link_to_a_page_becomes_one_to_its_pdf_where_there_is_one(
    href: str, expected: str
) -> None:
    root = page_of(f'<p><a href="{href}">Mere</a></p>')
    ready_for_pdf(root, {"need.pdf"})
    assert [link.get("href") for link in root.iter("a")] == [expected]
    assert pdf_address(href, {"need.pdf"}) == expected


def test_numbers_behind_figures_become_the_last_section() -> None:
    root = page_of(figure("Ja"), "<p>Slut</p>", figure("Nej", "no-numbers"))
    ready_for_pdf(root)
    section = root.find(".//div[@class='body']")[-1]  # type: ignore[index]
    assert [part.tag for part in section] == ["h2", "div", "div"]
    assert [text(part) for part in section] == ["Tallene bag figurerne", "Ja", "Nej"]
    assert root.find(".//details") is None


def test_a_figure_leads_to_its_own_numbers() -> None:
    root = page_of(figure("Ja"), figure("Nej", "no-numbers"))
    ready_for_pdf(root)
    links = [link for caption in root.iter("figcaption") for link in caption.iter("a")]
    assert [link.get("href") for link in links] == ["#numbers-behind-figures-1", "#no-numbers"]
    for link in links:
        table = root.find(f".//div[@id='{link.attrib['href'][1:]}']")
        assert text(link) == "Tallene bag figuren"
        assert table is not None


def test_the_contents_lead_to_the_numbers_in_the_language_of_the_page() -> None:
    root = page_of(figure("Yes"), lang="en", contents=CONTENTS)
    ready_for_pdf(root)
    last = root.findall(".//nav//a")[-1]
    assert (text(last), last.get("href")) == (
        "The numbers behind the figures",
        "#numbers-behind-figures",
    )
    assert root.find(".//h2").get("id") == "numbers-behind-figures"  # type: ignore[union-attr]


def test_a_page_without_figures_gets_no_section_for_numbers() -> None:
    root = page_of("<p>Tekst</p>", contents=CONTENTS)
    ready_for_pdf(root)
    assert root.find(".//section") is None
    assert len(root.findall(".//nav//a")) == 1


def test_other_things_that_are_folded_away_stay_where_they_are() -> None:
    root = page_of("<details><summary>Teknisk</summary><pre>fejl</pre></details>")
    ready_for_pdf(root)
    assert root.find(".//details/pre") is not None


def test_upright_headings_get_room_for_the_longest_of_them() -> None:
    row = '<tr><th>Emne</th><th class="centre">Syd</th><th class="centre">Projektgruppen</th></tr>'
    root = page_of(f'<div class="table turned"><table><thead>{row}</thead></table></div>')
    ready_for_pdf(root)
    # Fourteen letters of at most 0.6 em.
    heights = [None, "height: 8.4em", "height: 8.4em"]
    assert [head.get("style") for head in root.iter("th")] == heights


def test_a_page_in_a_language_without_catalogue_is_refused() -> None:
    with pytest.raises(ParameterError, match="xx"):
        ready_for_pdf(page_of(lang="xx"))
