"""The accessibility statement: all parts of the model statement, and no claim nobody made."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.statement import statement_page
from tests.publishing import PUBLICATION, STUDY_FILE, published, published_study
from tests.small import load, make_project

DANISH, ENGLISH = Language.load("da"), Language.load("en")
PARTS = ["status", "not-accessible", "other-forms", "prepared", "contact", "enforcement"]


def page_of(study: Study, language: Language = DANISH) -> str:
    """The body of the statement as a reader gets it: links as [text](address)."""
    html = statement_page(study, language).partition('class="body"')[2].partition("</main>")[0]
    links = re.sub(r'<a href="([^"#][^"]*)">(.*?)</a>', r"[\2](\1)", html, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", links)))


def statement(**changes: object) -> dict[str, object]:
    """The publication with parts of its statement replaced."""
    declared = {**PUBLICATION["statement"], **changes}
    return published(statement={name: value for name, value in declared.items() if value})


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
@pytest.mark.parametrize("publication", [None, PUBLICATION], ids=["draft", "whole"])
def test_the_statement_has_every_part_of_the_model_statement(
    tmp_path: Path, publication: object, language: Language
) -> None:
    html = statement_page(published_study(tmp_path, publication), language)
    assert re.findall(r'<h2 id="([^"]+)"', html) == PARTS
    assert f'<html lang="{language.code}"' in html


def test_a_study_that_nobody_publishes_has_a_draft_that_says_what_it_lacks(tmp_path: Path) -> None:
    page = page_of(load(make_project(tmp_path)))
    assert "Dette er et udkast og ikke en gyldig erklæring. Der mangler: hvem der udgiver" in page
    for lacking in ("kontakter udgiveren", "tilgængeligheden er vurderet", "hvilken lov"):
        assert lacking in page
    assert STUDY_FILE in page
    assert "Ingen har vurderet, om siderne overholder WCAG 2.1" in page
    assert "Der er endnu ikke oplyst nogen, man kan kontakte." in page


def test_a_draft_claims_no_compliance_and_no_duty(tmp_path: Path) -> None:
    page = page_of(load(make_project(tmp_path)))
    assert "Siderne overholder" not in page
    assert "Udgiveren skal" not in page
    assert "Udgiveren kender ikke" not in page


def test_a_whole_statement_is_no_draft(tmp_path: Path) -> None:
    html = statement_page(published_study(tmp_path), DANISH)
    assert "udkast" not in html
    assert "notice" not in html.partition("<main")[2]


def test_the_draft_lacks_the_way_that_the_law_asks_for(tmp_path: Path) -> None:
    only_phone = published(contact={"phone": "12345678"})
    page = page_of(published_study(tmp_path, only_phone))
    assert "mangler: en e-mailadresse eller en kontaktside til udgiveren, som loven kræver." in page


def test_publisher_address_and_official_statement_stand_first(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path))
    assert "Udgiver Opdigtet Udgiver" in page
    assert "](https://udgiver.example/sider/)" in page
    assert "](https://register.example/udgiver)" in page
    assert "Udgiveren skal gøre siderne tilgængelige efter loven om opdigtede sider." in page


def test_who_has_no_official_statement_is_told_where_it_is_made(tmp_path: Path) -> None:
    told = "Den officielle erklæring står i et register."
    assert told not in page_of(published_study(tmp_path / "with"))
    assert told in page_of(published_study(tmp_path / "without", statement(official=None)))


@pytest.mark.parametrize(
    ("status", "shortcomings", "told"),
    [
        ("full", [], "Siderne overholder den opdigtede standard."),
        ("partial", None, "Siderne overholder delvist den opdigtede standard. Manglerne"),
        ("none", None, "Siderne overholder ikke den opdigtede standard. Manglerne"),
    ],
)
def test_the_compliance_is_the_publishers_word(
    tmp_path: Path, status: str, shortcomings: list[object] | None, told: str
) -> None:
    listed = PUBLICATION["statement"]["shortcomings"] if shortcomings is None else shortcomings
    publication = statement(status=status, shortcomings=listed)
    assert told in page_of(published_study(tmp_path, publication))


def test_shortcomings_stand_by_kind_with_reason_and_alternative(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path))
    short, beyond = (
        page.index("Det, der ikke overholder kravene"),
        page.index("Det, som loven ikke"),
    )
    assert short < page.index("Et opdigtet kort Navnene er for små.") < beyond
    assert "I stedet: Tabellen viser det samme." in page
    assert beyond < page.index("En opdigtet gammel fil Den er fra før loven.")
    assert "uforholdsmæssig" not in page


def test_a_publisher_who_knows_of_no_shortcoming_says_so(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path, statement(status="full", shortcomings=None)))
    assert "Udgiveren kender ikke til indhold, der ikke er tilgængeligt." in page


def test_when_and_by_whom_the_pages_were_assessed(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path / "own"))
    assert "Erklæringen er lavet den 15. januar 2026." in page
    assert "gennemgået erklæringen den 1. februar 2026. Udgiveren har selv vurderet" in page
    assert "Erklæringen gennemgås hvert år." in page
    assessor = {"da": "Opdigtet Rådgiver", "en": "Invented Adviser"}
    other = published_study(tmp_path / "other", statement(assessed_by=assessor))
    assert "Siderne er vurderet af Opdigtet Rådgiver." in page_of(other)
    assert "The pages were assessed by Invented Adviser." in page_of(other, ENGLISH)


def test_every_way_to_reach_the_publisher_is_given(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path))
    assert "[mail@udgiver.example](mailto:mail@udgiver.example)" in page
    assert "Telefon +45 00 00 00 00" in page
    assert "](https://udgiver.example/kontakt)" in page


def test_the_procedure_is_that_of_the_law(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path))
    assert "Spørg først udgiveren. Gå så til tilsynet." in page
    assert "[Det opdigtede tilsyn](https://tilsyn.example/)" in page


def test_the_tables_are_named_as_another_way_to_the_numbers(tmp_path: Path) -> None:
    assert "](tables.html)" in page_of(published_study(tmp_path))


def test_what_tests_cannot_check_is_said(tmp_path: Path) -> None:
    page = page_of(published_study(tmp_path, None), ENGLISH)
    checked, unchecked = page.index("What the tests check"), page.index("What the tests do not")
    assert checked < page.index("axe") < unchecked < page.index("screen reader")


def test_the_page_carries_the_banner_of_a_reconstruction(tmp_path: Path) -> None:
    provenance = {"kind": "reconstructed", "statement": {"da": "Svarene er opdigtede."}}
    html = statement_page(published_study(tmp_path, provenance=provenance), DANISH)
    assert '<p class="banner" role="note">Svarene er opdigtede.</p>' in html


def test_text_of_the_study_file_stays_text(tmp_path: Path) -> None:
    hostile = published(publisher={"da": "<script>alert(1)</script>"})
    html = statement_page(published_study(tmp_path, hostile), DANISH)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_what_is_said_in_danish_only_is_marked_so_on_an_english_page(tmp_path: Path) -> None:
    html = statement_page(published_study(tmp_path), ENGLISH)
    assert '<span lang="da">Spørg først udgiveren.</span>' in html
    assert '<span lang="da">Et opdigtet kort</span>' in html
    assert "Invented Publisher" in html
    assert "<span lang=" not in statement_page(published_study(tmp_path / "da"), DANISH)


def test_the_page_is_the_same_to_the_byte_every_time(tmp_path: Path) -> None:
    study = published_study(tmp_path)
    assert statement_page(study, DANISH) == statement_page(study, DANISH)
