"""What the check prints: the summary, faults by file, what was normalised, personal data, sums."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import Standing, standing
from misbrug_analysis.presentation.collecting.check_text import check_lines
from misbrug_analysis.presentation.collecting.tally import LONGEST, cell_sums, shortened
from misbrug_analysis.presentation.language import Language
from tests.collecting import CPR, MAIL, PHONE, SCORED, small_round
from tests.small import form_rows, load, make_project, write_form

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
        "  Ikke modtaget (1): D",
        "",
    ]


def test_faults_stand_under_their_file_with_cell_find_expectation_and_remedy(
    lines: list[str],
) -> None:
    faults = part(lines, "Det skal rettes")
    files = [line for line in faults if line.startswith("  forms/")]
    assert files == ["  forms/c.xlsx", "  forms/c2.csv", "  forms/x.xlsx"]
    at = faults.index("  forms/c2.csv")
    assert faults[at + 1 : at + 4] == [
        "    række 10, kolonne 3",
        "      »måske« er ikke et svar på t.2.",
        "      Forventet: ja / delvis / nej eller en tom celle",
    ]
    assert faults[at + 4].startswith("      Gør sådan: ")
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
    assert lines[-1] == "5 fejl skal rettes, før rapporterne kan dannes."


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
    assert lines[-1] == "5 faults have to be mended before the reports can be made."


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
    assert "  forms/a�[2J .csv" in lines
