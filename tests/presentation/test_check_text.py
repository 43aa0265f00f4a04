"""What the check prints: the summary, faults by file, what was normalised, personal data, sums."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, standing
from misbrug_analysis.presentation.collecting.check_page import check_page
from misbrug_analysis.presentation.collecting.check_text import check_lines
from misbrug_analysis.presentation.collecting.tally import LONGEST, cell_sums, shortened
from misbrug_analysis.presentation.collecting.words import WIDTH, file_name
from misbrug_analysis.presentation.language import Language
from tests.collecting import CPR, MAIL, PHONE, SCORED, small_round
from tests.small import form_rows, load, make_project, write_csv, write_form

DANISH, ENGLISH = Language.load("da"), Language.load("en")


@pytest.fixture
def now(tmp_path: Path) -> Standing:
    return small_round(tmp_path)


@pytest.fixture
def lines(now: Standing) -> list[str]:
    return check_lines(now, DANISH)


def part(lines: list[str], heading: str) -> list[str]:
    """The lines under a heading."""
    at = lines.index(heading) + 1
    return lines[at : lines.index("", at)]


def test_the_summary_names_the_units_of_each_state(lines: list[str]) -> None:
    assert lines[:6] == [
        "3 af 4 steder har sendt skemaer.",
        "  Komplet (1): A",
        "  Med mangler (1): B",
        "  Afvist (1): C",
        "  Har ikke sendt noget (1): D",
        "",
    ]


def test_of_very_many_units_the_first_are_named_and_the_others_counted(
    now: Standing,
) -> None:
    assert not any("misbrug status" in line for line in check_lines(now, DANISH))
    many = replace(now, units=[now.units[0]] * 41)
    lines = " ".join(" ".join(check_lines(many, DANISH)).split())
    assert "Komplet (41): " + "A, " * 19 + "A og 21 andre Alle navne" in lines
    assert "Alle navne kan ses med `misbrug status small-study`." in lines


def test_faults_stand_under_their_file_with_cell_find_expectation_and_remedy(
    lines: list[str],
) -> None:
    faults = part(lines, "Det skal rettes")
    files = [line for line in faults if line.startswith("  ") and line[2] != " "]
    assert files == ["  C: forms/c.xlsx", "  C: forms/c2.csv", "  forms/x.xlsx"]
    at = faults.index("  C: forms/c2.csv")
    assert faults[at + 1 : at + 5] == [
        "    række 10, kolonne 3",
        "      »måske« er ikke et svar på t.2.",
        "      Spørgsmål: t.2 Skriver I det ned?",
        "      Forventet: ja / delvis / nej / ved ikke eller en tom celle",
    ]
    assert faults[at + 5].startswith("      Gør sådan: ")
    places = [line.strip() for line in faults if line.startswith("    ") and line[4] != " "]
    assert places == ["Svar!C9", "Svar!C11", "Svar!D10", "række 10, kolonne 3", "Svar!B3"]


def test_what_was_read_in_another_way_is_counted_by_how_it_was_written(lines: list[str]) -> None:
    assert part(lines, "Sådan er svarene læst") == ["  »Nej.« er læst som »nej« (1)"]


def test_personal_data_are_counted_by_file_and_never_shown(lines: list[str]) -> None:
    assert part(lines, "Personoplysninger") == [
        "  c.xlsx: 1 CPR-nummer, 1 e-mailadresse og 1 telefonnummer"
    ]
    assert [secret for secret in (CPR, MAIL, PHONE) if secret in "\n".join(lines)] == []


def test_the_fates_add_up_to_all_cells(now: Standing, lines: list[str]) -> None:
    fates, total = cell_sums(now, DANISH)
    assert sum(number for _, number in fates) == total == len(now.came_in.ledger)
    assert f"5 filer har {total} celler og svarpladser:" in lines


def test_the_last_line_is_the_verdict(lines: list[str]) -> None:
    assert lines[-1] == "5 fejl skal rettes, før siderne kan laves."


def test_parts_with_nothing_to_tell_are_left_out(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    write_form(folder / "forms" / "a.xlsx", form_rows("a", SCORED))
    study = load(folder)
    lines = check_lines(standing(study, collect(study)), DANISH)
    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings[0] == "1 af 1 sted har sendt skemaer."
    assert headings[1].startswith("1 fil har ")
    assert headings[2:] == ["Ingen fejl."]


def test_the_check_can_be_told_in_english(now: Standing) -> None:
    lines = check_lines(now, ENGLISH)
    assert "    row 10, column 3" in lines
    assert "  “Nej.” is read as “no” (1)" in lines
    assert lines[-1] == "5 faults have to be mended before the pages can be made."


def test_what_stood_in_a_cell_is_shown_on_one_line_of_bounded_length() -> None:
    assert shortened(" ja\n og  nej ") == "ja og nej"
    assert shortened("x" * 100) == "x" * (LONGEST - 1) + "…"


def test_a_file_that_would_command_the_terminal_is_told_in_plain_letters(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    answers = {**SCORED, "t.1": "\x1b[31mmåske\x07"}
    write_form(folder / "forms" / "a\x1b[2J\n.csv", form_rows("a", answers))
    study = load(folder)
    lines = check_lines(standing(study, collect(study)), DANISH)
    assert [line for line in lines if not line.isprintable()] == []
    assert "  A: forms/a�[2J�.csv" in lines


def test_a_file_name_shows_no_personal_data() -> None:
    assert file_name("forms/syd/010203-1234.xlsx") == "syd/[cpr].xlsx"


def test_faults_come_by_unit_and_then_by_file_name(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"b": "north", "a": "south"})
    wrong = form_rows("b", SCORED | {"t.1": "måske"})
    write_form(folder / "forms" / "z.csv", wrong)
    write_form(folder / "forms" / "b2.csv", form_rows("b", {"t.1": "måske"}, form="drugs"))
    write_form(folder / "forms" / "B1.csv", form_rows("a", {"t.1": "måske"}))
    study = load(folder)
    faults = part(check_lines(standing(study, collect(study)), DANISH), "Det skal rettes")
    files = [line.strip() for line in faults if line[:3].strip()]
    assert files == ["B: forms/b2.csv", "B: forms/z.csv", "A: forms/B1.csv"]


def test_what_to_do_is_said_once_below_faults_that_share_it(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    wrong = SCORED | {"t.1": "måske", "t.2": "tja"}
    write_form(folder / "forms" / "a.csv", form_rows("a", wrong))
    study = load(folder)
    faults = part(check_lines(standing(study, collect(study)), DANISH), "Det skal rettes")
    assert [line.strip()[:10] for line in faults] == [
        "A: forms/a",
        "række 9, k",
        "»måske« er",
        "Spørgsmål:",
        "række 10, ",
        "»tja« er i",
        "Spørgsmål:",
        "Forventet:",
        "Gør sådan:",
    ]


def test_decisions_are_listed_with_place_reading_and_reason(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    write_form(folder / "forms" / "a.csv", form_rows("A.", SCORED | {"t.1": "måske"}, day="forår"))
    names = ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"]
    by = ["Sagt i telefonen", "Ida", "01-05-2024"]
    rows = [
        ["forms/a.csv", "row 9 column 3", "måske", "ja", *by],
        ["forms/a.csv", "row 5 column 2", "forår", "1.3.2024", *by],
    ]
    study_rows = form_rows("a", {}, day="forår")
    place = next(n for n, row in enumerate(study_rows, 1) if "forår" in row)
    rows[1][1] = f"row {place} column 2"
    write_csv(folder / "decisions.csv", [names, *rows])
    study = load(folder)
    said = part(check_lines(standing(study, collect(study)), DANISH), "Sådan er svarene læst")
    assert "  a.csv, række 9, kolonne 3: »måske« er læst som »ja«." in said[0]
    assert "Jeres afgørelse: Sagt i telefonen (Ida)" in said[0]
    assert f"  a.csv, række {place}, kolonne 2: »forår« er læst som »1.3.2024«." in said[1]


def test_ticks_that_say_what_they_are_read_as_are_not_listed(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    write_form(folder / "forms" / "a.xlsx", form_rows("a", SCORED | {"t.d2": "samtale; brev"}))
    study = load(folder)
    assert "Sådan er svarene læst" not in check_lines(standing(study, collect(study)), DANISH)


def test_numbers_that_may_stay_are_told_with_the_reason(tmp_path: Path) -> None:
    known = {"source": "forms/a.csv", "locator": "row 9 column 4", "reason": "Et journalnummer."}
    folder = make_project(tmp_path, {"a": "north"}, personal_data=[known])
    write_form(folder / "forms" / "a.csv", form_rows("a", SCORED, remarks={"t.1": CPR}))
    study = load(folder)
    lines = check_lines(standing(study, collect(study)), DANISH)
    assert part(lines, "Personoplysninger") == [
        "  a.csv: 1 CPR-nummer (godkendt: Et journalnummer)"
    ]


def test_an_empty_round_says_so_and_nothing_else(tmp_path: Path) -> None:
    study = load(make_project(tmp_path, {"a": "north"}))
    now = standing(study, collect(study))
    assert check_lines(now, DANISH) == [
        "0 af 1 sted har sendt skemaer.",
        "  Har ikke sendt noget (1): A",
        "",
        "Der er endnu ikke kommet noget skema.",
    ]
    html = check_page(now, DANISH)
    assert "<table" not in html
    assert "Det bør I se på" not in html


def test_many_names_stand_on_lines_of_bounded_length(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    rows = [[f"p-{n}", f"Place {n}", "north"] for n in range(100, 140)]
    write_csv(folder / "units.csv", [["id", "label", "team"], *rows])
    study = load(folder)
    lines = check_lines(standing(study, collect(study)), DANISH)
    assert max(map(len, lines)) <= WIDTH
    assert all(f"Place {n}" in "\n".join(lines) for n in range(100, 140))
