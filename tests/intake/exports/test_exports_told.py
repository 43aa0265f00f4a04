"""What is told of exports: on pages, in the command, and of tables that nobody has mapped."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.analysis.tracing import trace
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import standing
from misbrug_analysis.model.places import located
from misbrug_analysis.presentation.collecting.check_page import check_page
from misbrug_analysis.presentation.collecting.check_text import check_lines
from misbrug_analysis.presentation.collecting.decision_rows import decision_rows
from misbrug_analysis.presentation.collecting.trace_text import trace_lines
from misbrug_analysis.presentation.collecting.unit_page import unit_page
from misbrug_analysis.presentation.collecting.words import cell_place
from misbrug_analysis.presentation.language import Language
from tests.intake.exports.sending import (
    DANISH,
    HEADINGS,
    MAPPING,
    decide,
    row,
    send,
    survey,
)
from tests.small import (
    ITEMS,
    form_rows,
    load,
    make_project,
    write_csv,
    write_form,
    write_workbook,
)


def test_a_column_that_nobody_has_judged_is_told_apart_from_one_that_is_unused(
    folder: Path,
) -> None:
    send(folder, row("a", {"t.1": "ja"}, remark="Ole"))
    path = folder / "mapping.yaml"
    text = path.read_text("utf-8").replace("    remarks: {t.1: t.1 remark}\n", "")
    path.write_text(text, encoding="utf-8")
    at = f"row 2 column {len(HEADINGS)}"
    ledger = collect(load(folder)).accepted().ledger.set_index("locator")
    assert list(ledger.loc[at, ["raw", "reason"]]) == ["[…]", "untied_column"]
    path.write_text(text + "    unused: [t.1 remark]\n", encoding="utf-8")
    ledger = collect(load(folder)).accepted().ledger.set_index("locator")
    assert list(ledger.loc[at, ["raw", "reason"]]) == ["[…]", "unused_column"]


def test_a_fault_in_a_row_is_told_with_the_heading_of_its_column(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}, remark="010203-1234"), row("x", {"t.1": "ja"}))
    study = load(folder)
    now = standing(study, collect(study))
    lines = [line.strip() for line in check_lines(now, DANISH)]
    assert "Kolonnens overskrift: »t.1 remark«" in lines
    page = check_page(now, DANISH)
    assert "Kolonnens overskrift: »Kommune«" in page
    assert "Kolonnens overskrift: »t.1 remark«" in unit_page(now, now.units[0], DANISH)


def test_pages_show_what_is_typed_in_quotes(folder: Path) -> None:
    send(folder, row("a", {"t.1": "ja"}), row("a", {"t.1": "nej"}, remark="Skriv `x`"))
    study = load(folder)
    now = standing(study, collect(study))
    assert "`row 2`" in "".join(check_lines(now, DANISH))
    page = check_page(now, DANISH)
    assert "skriv »row 2« i kolonnen locator" in page
    assert "`" not in page.partition("<body")[2].partition("</main>")[0]
    mend = unit_page(now, now.units[0], DANISH)
    assert "Skriv til os, hvilken af besvarelserne der gælder." in mend


def test_a_row_on_a_sheet_is_shown_in_words(folder: Path) -> None:
    rows = [HEADINGS, row("a", {"t.1": "måske"}), row("b", {"t.1": "ja"})]
    write_workbook(folder / "forms" / "x.xlsx", [["x"]], {"Data": rows})
    items = ", ".join(f"{item}: {item}" for item in ITEMS)
    text = MAPPING.format(name="x.xlsx", items=items) + "    sheet: Data\n"
    (folder / "mapping.yaml").write_text(text, encoding="utf-8")
    study = load(folder)
    now = standing(study, collect(study))
    assert "  A: forms/x.xlsx, arket »Data«, række 2" in check_lines(now, DANISH)
    shown = cell_place("Data!2", DANISH)
    for place, ledgers in ((shown, "Data!2"), ("Arket »Data«, celle D2", "Data!D2")):
        assert located(place) == ledgers


def test_of_many_columns_that_nobody_judged_some_are_named(folder: Path) -> None:
    headings = [f"Spørgsmål {number} " + "om meget " * 20 for number in range(12)]
    write_csv(
        folder / "forms" / "x.csv",
        [["Sted", "Skema", "t.1", *headings], ["A", "fælles", "ja", *"x" * 12]],
    )
    (warned,) = [one for one in collect(load(folder)).warnings if one.code == "columns_untied"]
    said = warned.told("da")
    assert "Spørgsmål 7" in said
    assert "Spørgsmål 8" not in said
    assert "og 4 til" in said
    assert max(map(len, str(warned.values["columns"]).split(", "))) <= 60 + len(" and 4 more")


def test_a_trace_shows_the_cell_and_the_decision_behind_an_answer(folder: Path) -> None:
    survey(folder, [1, 2, 0, 0, 0, 1, 0])
    drafted = decision_rows(collect(load(folder)))
    decide(folder, drafted, "ja")
    study = load(folder)
    found = trace(settle(study), study.instrument, study.adjudications, "a", "t.1")
    lines = trace_lines(study, found, DANISH)
    assert lines[0].startswith("A, t.1")
    assert lines[1].startswith("Ja (")
    assert "  forms/dataset.csv, række 2, kolonne 2: t.1 = »vist nok«" in lines
    assert "    I cellen står »2«." in lines
    assert "    Efter en afgørelse er cellen læst som »ja«: Spurgt (T)" in lines


@pytest.mark.parametrize("above", [[], [["Tabel 4"], ["Kilde: opdigtet"]]])
@pytest.mark.parametrize("name", ["svar.csv", "svar.xlsx"])
def test_a_table_of_many_that_no_mapping_names_is_told_as_such(
    folder: Path, name: str, above: list[list[str]]
) -> None:
    rows = [["Navn", "Mail", "Er I med?", "Og nu?"], ["A", "", "ja", "nej"], ["B", "", "", "ja"]]
    write_form(folder / "forms" / name, [*above, *rows])
    (problem,) = collect(load(folder)).problems
    assert problem.code == "export_unmapped"
    assert f"`misbrug map small-study {name}`" in problem.told("da")


def test_a_table_that_does_not_say_who_answers_is_told_as_such(folder: Path) -> None:
    write_csv(folder / "forms" / "x.csv", [["Hvem", "t.1", "t.2"], ["A", "ja", ""], ["B", "", ""]])
    (problem,) = collect(load(folder)).problems
    assert problem.code == "export_without_unit"
    assert "Besvarelse fra" in problem.told("da")


def test_what_units_are_called_is_a_heading_for_them(folder: Path) -> None:
    write_csv(folder / "forms" / "x.csv", [["Sted", "Skema", "t.1"], ["A", "fælles", "ja"]])
    assert list(collect(load(folder)).accepted().answers["unit"]) == ["a"]


@pytest.mark.parametrize("dropped", [1, 7])
def test_a_form_without_its_headings_is_no_table_of_many(folder: Path, dropped: int) -> None:
    rows = [row for row in form_rows("a", {"t.1": "ja"}) if row[:1] != ["Nr."]]
    write_csv(folder / "forms" / "x.csv", rows[dropped:])
    assert [one.code for one in collect(load(folder)).problems] == ["header_missing"]


@pytest.mark.parametrize(
    ("language", "told"), [("da", "række 2, kolonne 3: t.1 (tom)"), ("en", ": t.1 (empty)")]
)
def test_a_trace_leads_to_the_empty_cell_that_counts_as_no(
    tmp_path: Path, language: str, told: str
) -> None:
    folder = make_project(tmp_path, rules={"codes": {"blank": "no"}})
    rows = [["Besvarelse fra", "Skema", "t.1", "t.2"], ["A", "fælles", "", "ja"]]
    write_csv(folder / "forms" / "x.csv", rows)
    study = load(folder)
    results = settle(study)
    found = trace(results, study.instrument, study.adjudications, "a", "t.1")
    assert found.answer == "no"
    lines = trace_lines(study, found, Language.load(language))
    assert lines[-1].endswith(told)
