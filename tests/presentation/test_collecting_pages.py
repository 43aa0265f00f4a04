"""The pages of a round under way: one of everything, and one that goes back to each unit."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, UnitStatus, standing
from misbrug_analysis.presentation.collecting.check_page import check_page
from misbrug_analysis.presentation.collecting.status_page import status_page
from misbrug_analysis.presentation.collecting.unit_page import to_mend, unit_page
from misbrug_analysis.presentation.language import Language
from tests.collecting import CPR, MAIL, PHONE, SCORED, round_folder, small_round
from tests.small import form_rows, load, make_project, write_csv, write_form, write_workbook

DANISH, ENGLISH = Language.load("da"), Language.load("en")


@pytest.fixture
def now(tmp_path: Path) -> Standing:
    return small_round(tmp_path)


def read(html: str) -> str:
    """What a page says, without its markup."""
    body = html.partition('class="body"')[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def page_of(now: Standing, unit: str, language: Language = DANISH) -> str:
    return unit_page(now, status_of(now, unit), language)


def status_of(now: Standing, unit: str) -> UnitStatus:
    return next(status for status in now.units if status.unit.id == unit)


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
def test_every_page_asks_to_be_left_out_of_search_and_leads_nowhere_else(
    now: Standing, language: Language
) -> None:
    pages = [check_page(now, language), status_page(now, language), page_of(now, "c", language)]
    for html in pages:
        assert '<meta name="robots" content="noindex">' in html
        assert f'<html lang="{language.code}"' in html
        assert "<script" not in html
        links = re.findall(r'href="([^"#][^"]*)"', html)
        assert [one for one in links if not one.startswith(("check-", "mailto:"))] == []


def test_the_page_of_the_whole_check_has_what_the_command_prints(now: Standing) -> None:
    said = read(check_page(now, DANISH))
    for part in ("5 fejl skal rettes", "Komplet (1) A", "Række 10, kolonne 3", "»måske« er ikke"):
        assert part in said
    assert "1 CPR-nummer, 1 e-mailadresse og 1 telefonnummer" in said
    assert "Nej. nej anden skrivemåde 1" in said
    assert 'href="check-b.html"' in check_page(now, DANISH)


def test_what_stood_in_a_form_is_text_on_the_pages(now: Standing) -> None:
    for html in (check_page(now, DANISH), page_of(now, "c")):
        assert "<b>ja</b>" not in html
        assert "&lt;b&gt;ja&lt;/b&gt;" in html
        assert [secret for secret in (CPR, MAIL, PHONE) if secret in html] == []


def test_a_page_goes_back_to_those_who_have_something_to_mend(now: Standing) -> None:
    assert [status.unit.id for status in to_mend(now)] == ["b", "c"]


def test_the_page_of_a_unit_says_where_what_is_expected_and_what_its_people_can_do(
    now: Standing,
) -> None:
    said = read(page_of(now, "c"))
    assert "»måske« er ikke et svar på t.1. Arket »Svar«, celle C9 Spørgsmål: t.1 Følger" in said
    assert "»måske« er ikke et svar på t.2. Række 10, kolonne 3 Spørgsmål: t.2 Skriver" in said
    assert "Forventet: ja / delvis / nej / ved ikke eller en tom celle Gør sådan: Skriv ét" in said
    assert "Slet CPR-nummeret" in said
    assert "study.yaml" not in said
    assert "decisions.csv" not in said


def test_blank_questions_are_listed_with_their_texts(now: Standing) -> None:
    said = read(page_of(now, "b"))
    assert "b.csv (fælles) t.2 Skriver I det ned? t.s3 Alle borgere?" in said
    assert "så skriv »ved ikke« i feltet" in said
    assert "Derudover er 3 beskrivende spørgsmål uden svar." in said
    assert "Det skal rettes" not in said


def test_a_form_that_is_wanted_and_not_there_is_asked_for(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    rows = [["id", "label", "team", "forms"], ["a", "A", "north", "alcohol drugs"]]
    write_csv(folder / "units.csv", rows, separator=",")
    write_form(folder / "forms" / "a.xlsx", form_rows("a", SCORED, form="drugs"))
    study = load(folder)
    said = read(page_of(standing(study, collect(study)), "a"))
    assert "Skemaer, vi ikke har fået Har I allerede sendt dem, så skriv til os. Alkohol" in said


def test_no_other_unit_is_named_on_the_page_of_a_unit(tmp_path: Path) -> None:
    units = {"ourtown": "north", "othertown": "north", "thirdtown": "south"}
    folder = make_project(tmp_path, units)
    stamp = [
        ["layout", "1"],
        ["study", folder.name],
        ["instrument", "small"],
        ["version", "1"],
        ["questions", "x"],
        ["unit", "ourtown"],
        ["form", "joint"],
    ]
    rows = form_rows("ortown", SCORED)
    write_workbook(folder / "forms" / "a.xlsx", rows, {"misbrug": stamp})
    write_form(folder / "forms" / "b.xlsx", form_rows("othertown", {"t.1": "måske"}))
    study = load(folder)
    now = standing(study, collect(study))
    assert status_of(now, "ourtown").state == "rejected"
    html = page_of(now, "ourtown")
    assert "ORTOWN" in html
    assert [name for name in ("OTHERTOWN", "THIRDTOWN", "b.xlsx") if name in html] == []


def test_deadline_and_contact_are_told_where_the_study_has_them(tmp_path: Path) -> None:
    with_both = page_of(small_round(tmp_path / "with"), "b")
    assert "Svarfristen er 1. juni 2024." in with_both
    assert 'href="mailto:kontor@kreds.example"' in with_both
    without = page_of(small_round(tmp_path / "without", deadline=None, publication=None), "b")
    assert "Svarfrist" not in without
    assert "Skriv til den, der sendte jer denne side." in without


def test_a_reconstructed_round_says_so_on_its_pages(tmp_path: Path) -> None:
    provenance = {"kind": "reconstructed", "statement": {"da": "Svarene er rekonstrueret."}}
    now = small_round(tmp_path, provenance=provenance)
    for html in (check_page(now, DANISH), status_page(now, DANISH), page_of(now, "b")):
        assert "Svarene er rekonstrueret." in html


def test_the_page_of_the_status_has_a_table_for_each_group_and_the_reminders(
    now: Standing,
) -> None:
    html = status_page(now, DANISH)
    assert re.findall(r"<caption><span>(.*?)</span>", html) == ["Nord", "Syd"]
    said = read(html)
    assert "A komplet fælles (14. marts 2024): 6 af 9 besvaret svar på 3 beskrivende" in said
    assert "Påmindelse til dem, der ikke har sendt noget Emne: Vi mangler jeres svar" in said
    assert "B: svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3" in said


def test_the_pages_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    study = load(round_folder(tmp_path))
    first, second = (standing(study, collect(study)) for _ in range(2))
    assert check_page(first, DANISH) == check_page(second, DANISH)
    assert status_page(first, DANISH) == status_page(second, DANISH)
