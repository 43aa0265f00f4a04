"""Who has sent what: the table, the file for Excel, the reminders, and the rows to decide on."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, standing
from misbrug_analysis.model.decisions import load_decisions
from misbrug_analysis.presentation.collecting.decision_rows import decision_file, decision_rows
from misbrug_analysis.presentation.collecting.reminder import Reminder, reminders
from misbrug_analysis.presentation.collecting.status_page import status_csv
from misbrug_analysis.presentation.collecting.status_rows import status_rows
from misbrug_analysis.presentation.collecting.status_text import status_lines
from misbrug_analysis.presentation.language import Language
from tests.collecting import SCORED, round_folder, small_round
from tests.small import form_rows, load, make_project, write_form

DANISH, ENGLISH = Language.load("da"), Language.load("en")


@pytest.fixture
def now(tmp_path: Path) -> Standing:
    return small_round(tmp_path)


def test_a_row_says_what_came_in_since_when_and_what_is_missing(now: Standing) -> None:
    a, b, c, d = status_rows(now, DANISH)
    assert a.cells[:4] == ["A", "Nord", "komplet", "fælles (14. marts 2024): 6 af 9 besvaret"]
    assert a.missing == ("svar på 3 beskrivende spørgsmål",)
    assert b.missing == ("svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3",)
    assert c.state == "afvist"
    assert [part.partition(" ")[0] for part in c.came_in] == ["alkohol", "stoffer", "i"]
    assert c.came_in[-1] == "i stedet for fælles"
    assert c.missing[0] == "4 fejl skal rettes"
    assert (d.state, d.came_in, d.missing) == ("har ikke sendt noget", (), ("skemaet fælles",))


@pytest.mark.parametrize(
    ("blank", "cut"),
    [(6, "1, 2, 3, 4, 5 og 6"), (7, "1, 2, 3, 4, 5, 6 og 1 til"), (9, "1, 2, 3, 4, 5, 6 og 3 til")],
)
def test_more_question_numbers_than_six_are_cut_where_there_is_little_room(
    now: Standing, blank: int, cut: str
) -> None:
    b = now.units[1]
    items = tuple(str(number) for number in range(1, blank + 1))
    files = tuple(replace(file, blank=items) for file in b.files)
    one = replace(now, units=(replace(b, files=files),))
    ((whole,),) = [row.missing for row in status_rows(one, DANISH)]
    ((short,),) = [row.missing for row in status_rows(one, DANISH, short=True)]
    assert short == f"svar på {blank} spørgsmål (skemaet fælles): {cut}"
    assert whole.endswith(f"og {blank}")


def test_the_table_has_a_line_for_each_unit_under_aligned_headings(now: Standing) -> None:
    lines = status_lines(now, DANISH)
    head = next(line for line in lines if line.startswith("Sted"))
    row = next(line for line in lines if line.startswith("B "))
    for heading, cell in (("Hold", "Nord"), ("Status", "med mangler"), ("Mangler", "svar på 2")):
        assert row[head.index(heading) :].startswith(cell)
    assert "  x.xlsx: fælles" in "\n".join(lines)


def reminder(now: Standing, place: int, language: Language = DANISH) -> Reminder:
    """The reminder to those who sent nothing (0), lack something (1) or have to mend (2)."""
    return reminders(now, language)[place]


def test_those_who_sent_nothing_are_reminded_together(now: Standing) -> None:
    found = reminder(now, 0)
    assert found.text[0] == "Emne: Vi mangler jeres svar på »En lille runde«"
    assert "Svarfristen er 1. juni 2024." in found.text
    assert found.text[-1] == "Venlig hilsen\n[dit navn]"
    assert found.who == ("D",)


def test_those_with_gaps_and_those_who_have_to_mend_are_pointed_to_their_page(
    now: Standing,
) -> None:
    gaps, rejected = reminder(now, 1), reminder(now, 2)
    assert "Vedhæftet er en side om det, der mangler." in gaps.text[1]
    assert gaps.who == ("B: svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3",)
    assert "Vedhæftet er en side om det, der skal rettes." in rejected.text[1]
    assert rejected.who[0].startswith("C: 4 fejl skal rettes")
    for one in (gaps, rejected):
        assert f"misbrug check {now.study.id} --html" in one.to
    assert reminder(now, 1, ENGLISH).who[0].startswith("B: answers to 2 questions")


def test_a_reminder_to_paste_says_nothing_of_any_one_unit(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"bytown": "north", "cytown": "south"})
    write_form(folder / "forms" / "b.csv", form_rows("bytown", {"t.1": "ja"}))
    write_form(folder / "forms" / "c.csv", form_rows("cytown", {"t.1": "måske"}))
    study = load(folder)
    said = [text for one in reminders(standing(study, collect(study)), DANISH) for text in one.text]
    assert len(said) > 8
    assert [text for text in said if "BYTOWN" in text or "CYTOWN" in text or "t.1" in text] == []


def test_what_cannot_be_answered_is_told_in_the_same_words_to_all(now: Standing) -> None:
    for place in (0, 1):
        assert "Kan I ikke svare på et spørgsmål, så skriv »ved ikke« i feltet." in " ".join(
            reminder(now, place).text
        )


def test_the_lines_for_the_sender_stand_below_the_text_to_paste(now: Standing) -> None:
    lines = status_lines(now, DANISH)
    at = lines.index("--- Påmindelse til dem, der mangler noget ---")
    assert lines.index("[dit navn]", at) + 2 == next(
        place for place, line in enumerate(lines) if place > at and line.startswith("(Kun til dig")
    )
    assert "  B: svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3)" in lines


def test_nobody_is_reminded_when_nothing_is_missing(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    write_form(folder / "forms" / "a.xlsx", form_rows("a", SCORED))
    study = load(folder)
    now = standing(study, collect(study))
    assert reminders(now, DANISH) == []
    assert not any("---" in line and "Påmindelse" in line for line in status_lines(now, DANISH))


def test_no_deadline_is_told_where_the_study_names_none(tmp_path: Path) -> None:
    now = small_round(tmp_path, deadline=None)
    assert "Svarfrist" not in "\n".join(status_lines(now, DANISH))


def test_the_file_for_excel_has_the_same_rows_and_runs_nothing(tmp_path: Path) -> None:
    folder = round_folder(tmp_path)
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8-sig").replace("d,D,", "d,=1+1,"), "utf-8")
    study = load(folder)
    content = status_csv(standing(study, collect(study)), DANISH)
    assert content.startswith(b"\xef\xbb\xbfSted;Hold;Status;Modtaget;Mangler\r\n")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["A", "B", "C", "'=1+1"]
    assert rows[2][4] == "svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3"


def test_rejected_cells_become_rows_to_decide_on(now: Standing) -> None:
    assert decision_rows(now.came_in) == [
        {"source": "forms/c.xlsx", "locator": "Svar!C9", "found": "måske"},
        {"source": "forms/c.xlsx", "locator": "Svar!C11", "found": "<b>ja</b>"},
        {"source": "forms/c2.csv", "locator": "row 10 column 3", "found": "måske"},
        {"source": "forms/x.xlsx", "locator": "Svar!B3", "found": "INGEN"},
    ]


def test_what_was_found_is_in_the_rows_though_a_spreadsheet_would_change_it(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    answers = {**SCORED, "t.1": '=HYPERLINK("http://x")', "t.2": "1-3"}
    write_form(folder / "forms" / "a.csv", form_rows("a", answers))
    (folder / "forms" / "b.xlsx").write_bytes(b"no workbook")
    rows = decision_rows(collect(load(folder)))
    assert [(row["locator"], row["found"]) for row in rows] == [
        ("row 9 column 3", '=HYPERLINK("http://x")'),
        ("row 10 column 3", "1-3"),
        ("file", ""),
    ]
    content = decision_file(collect(load(folder)), DANISH).decode("utf-8-sig")
    assert """;"'=HYPERLINK(""http://x"")";""" in content
    assert ";'1-3;" in content


def test_the_rows_are_read_back_when_they_are_filled_in(now: Standing, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(decision_file(now.came_in, DANISH))
    assert load_decisions(path) == ()  # nobody has decided yet
    filled = path.read_text("utf-8-sig").replace(";;;;", ";ja;Aftalt;Ida;2024-05-01")
    path.write_text(filled, "utf-8-sig")
    found = load_decisions(path)
    assert [(one.locator, one.found) for one in found][:2] == [
        ("Svar!C9", "måske"),
        ("Svar!C11", "<b>ja</b>"),
    ]
