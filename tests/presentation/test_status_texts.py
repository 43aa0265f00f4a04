"""Who has sent what: the table, the file for Excel, the reminders, and the rows to decide on."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, standing
from misbrug_analysis.model.decisions import load_decisions
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.presentation.collecting import status_rows as module
from misbrug_analysis.presentation.collecting.decision_rows import decision_file, decision_rows
from misbrug_analysis.presentation.collecting.reminder import absent_reminder, gaps_reminder
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
    assert a.cells == ["A", "Nord", "komplet", "fælles (14. marts 2024): 6 af 9 besvaret", ""]
    assert b.missing == ("svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3",)
    assert c.state == "afvist"
    assert [part.partition(" ")[0] for part in c.came_in] == ["alkohol", "stoffer", "i"]
    assert c.came_in[-1] == "i stedet for fælles"
    assert c.missing == ("4 fejl skal rettes",)
    assert (d.state, d.came_in, d.missing) == ("ikke modtaget", (), ("skemaet fælles",))


def test_many_question_numbers_are_cut_where_there_is_little_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FEW", 2)
    folder = make_project(tmp_path, {"a": "north"})
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {"t.d1": "et år"}))
    study = load(folder)
    now = standing(study, collect(study))
    ((whole,),) = [row.missing for row in status_rows(now, DANISH)]
    ((cut,),) = [row.missing for row in status_rows(now, DANISH, short=True)]
    assert whole == "svar på 6 spørgsmål (skemaet fælles): t.1, t.2, t.s1, t.s2, t.s3 og t.s4"
    assert cut == "svar på 6 spørgsmål (skemaet fælles): t.1, t.2 og 4 til"


def test_the_table_has_a_line_for_each_unit_under_aligned_headings(now: Standing) -> None:
    lines = status_lines(now, DANISH)
    head = next(line for line in lines if line.startswith("Sted"))
    row = next(line for line in lines if line.startswith("B "))
    for heading, cell in (("Hold", "Nord"), ("Status", "med mangler"), ("Mangler", "svar på 2")):
        assert row[head.index(heading) :].startswith(cell)
    assert "  x.xlsx: fælles" in "\n".join(lines)


def test_those_who_sent_nothing_are_reminded_together(now: Standing) -> None:
    subject, to, *text = absent_reminder(now, DANISH)
    assert subject == "Emne: Vi mangler jeres svar på »En lille runde«"
    assert to == "Til D"
    assert "Svarfristen er 1. juni 2024." in text
    assert text[-1] == "Venlig hilsen\n[dit navn]"


def test_those_with_gaps_are_told_which(now: Standing) -> None:
    text = gaps_reminder(now, DANISH)
    assert text[1] == "Til B"
    assert "– B: svar på 2 spørgsmål (skemaet fælles): t.2 og t.s3" in text
    assert "så skriv »ved ikke« i cellen, så spørger vi ikke igen." in "\n".join(text)
    assert gaps_reminder(now, ENGLISH)[1] == "To B"


def test_nobody_is_reminded_when_nothing_is_missing(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    write_form(folder / "forms" / "a.xlsx", form_rows("a", SCORED))
    study = load(folder)
    now = standing(study, collect(study))
    assert absent_reminder(now, DANISH) == gaps_reminder(now, DANISH) == []
    assert not any("---" in line and "Påmindelse" in line for line in status_lines(now, DANISH))


def test_no_deadline_is_told_where_the_study_names_none(tmp_path: Path) -> None:
    now = small_round(tmp_path, deadline=None)
    assert "Svarfrist" not in "\n".join([*status_lines(now, DANISH), *absent_reminder(now, DANISH)])


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


def test_what_a_spreadsheet_would_change_is_left_out_of_the_rows(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    answers = {**SCORED, "t.1": '=HYPERLINK("http://x")', "t.2": "1-3"}
    write_form(folder / "forms" / "a.csv", form_rows("a", answers))
    (folder / "forms" / "b.xlsx").write_bytes(b"no workbook")
    rows = decision_rows(collect(load(folder)))
    assert [(row["locator"], row["found"]) for row in rows] == [
        ("row 9 column 3", ""),
        ("row 10 column 3", ""),
        ("file", ""),
    ]


def test_the_rows_are_read_back_when_they_are_filled_in(now: Standing, tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(decision_file(now.came_in, DANISH))
    with pytest.raises(DefinitionError):
        load_decisions(path)  # nobody has decided yet
    filled = path.read_text("utf-8-sig").replace(";;;;", ";ja;Aftalt;Ida;2024-05-01")
    path.write_text(filled, "utf-8-sig")
    found = load_decisions(path)
    assert [(one.locator, one.found) for one in found][:2] == [
        ("Svar!C9", "måske"),
        ("Svar!C11", "<b>ja</b>"),
    ]
