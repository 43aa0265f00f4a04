"""Where several of a unit answer: the form they get, how the round stands, and a trace."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from misbrug_analysis.analysis.tracing import trace
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.intake.status import Standing, standing
from misbrug_analysis.presentation.collecting.reminder import reminders
from misbrug_analysis.presentation.collecting.status_rows import status_rows
from misbrug_analysis.presentation.collecting.trace_text import trace_lines
from misbrug_analysis.presentation.collecting.unit_page import to_mend, unit_page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.workbook import form_workbook
from tests.several_respondents import came_in, make_several, person, send
from tests.small import load, make_project, write_form

DANISH, ENGLISH = Language.load("da"), Language.load("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_several(tmp_path)


def now(folder: Path) -> Standing:
    return standing(load(folder), came_in(folder))


def form(folder: Path, language: Language = DANISH) -> tuple[list[str], dict[str, object]]:
    """The paragraphs of the guide, and the head of the form by its labels."""
    study = load(folder)
    made = form_workbook(study, study.organisation.units[0], study.settings.forms[0], language)
    book = load_workbook(io.BytesIO(made))
    guide, answers = book.worksheets[:2]
    head: dict[str, object] = {str(row[0].value): row[1].value for row in answers.iter_rows(1, 7)}
    return [str(cell.value) for cell in guide["A"]], head


def test_a_form_asks_for_the_role_and_for_no_name(folder: Path) -> None:
    guide, head = form(folder)
    assert list(head)[3:7] == ["Besvarelse fra", "Skema", "Rolle", "Udfyldt den"]
    assert any("Der bliver ikke spurgt om navn." in line for line in guide)
    assert any("Svar fra færre end to fra samme sted bliver ikke vist" in line for line in guide)
    assert "Role" in form(folder, ENGLISH)[1]


def test_a_form_for_one_respondent_has_no_role(tmp_path: Path) -> None:
    guide, head = form(make_project(tmp_path))
    assert "Rolle" not in head
    assert not any("navn." in line for line in guide)


def test_the_role_that_was_chosen_is_read_again(folder: Path) -> None:
    study = load(folder)
    made = form_workbook(study, study.organisation.units[0], study.settings.forms[0], DANISH)
    book = load_workbook(io.BytesIO(made))
    book.worksheets[1]["B6"] = "medarbejder"
    book.worksheets[1]["C10"] = "ja"
    book.save(folder / "forms" / "x.xlsx")
    found = came_in(folder)
    assert not found.problems
    assert found.answers["value"].tolist() == ["staff", "yes"]


def test_a_unit_is_told_by_how_many_of_each_role_answered(folder: Path) -> None:
    for number, role in enumerate(("leder", "medarbejder", "medarbejder")):
        rows = person("a", role, {"t.1": "ja", "t.d3": str(number)})
        write_form(folder / "forms" / f"{number}.csv", rows)
    first = status_rows(now(folder), DANISH)[0]
    assert first.came_in == ("fælles: 3 besvarelser (leder: 1; medarbejder: 2)",)
    assert (first.state, first.missing) == ("komplet", ())


def test_a_unit_with_too_few_is_told_so_and_reminded(folder: Path) -> None:
    send(folder, "a.csv", "a", "leder")
    found = now(folder)
    row = status_rows(found, DANISH)[0]
    assert row.missing == ("flere besvarelser (skemaet fælles): 1 af mindst 2",)
    assert [status.unit.id for status in to_mend(found)] == ["a"]
    page = unit_page(found, found.units[0], DANISH)
    assert "For få har svaret" in page
    (gaps,) = [one for one in reminders(found, DANISH) if "mangler noget" in one.heading]
    assert any("Enhver udfylder sit eget eksemplar" in part for part in gaps.text)


def test_what_one_person_wrote_is_on_no_page_for_the_unit(folder: Path) -> None:
    for number, said in enumerate(("ja", "det kan jeg ikke sige")):
        send(folder, f"{number}.csv", "a", "leder", said)
    found = now(folder)
    assert found.units[0].problems
    assert not to_mend(found)
    assert not [one for one in reminders(found, DANISH) if "rette" in one.heading]


def test_a_trace_names_respondents_by_number_and_role(folder: Path) -> None:
    for number, role in enumerate(("leder", "medarbejder")):
        rows = person("a", role, {"t.1": "ja", "t.d3": str(number)})
        write_form(folder / "forms" / f"{number}.csv", rows)
    study = load(folder)
    results = settle(study)
    found = trace(results, study.instrument, study.adjudications, "a", "t.1")
    lines = [line.strip() for line in trace_lines(study, found, DANISH)]
    assert "Respondent 1 (leder), forms/0.csv, række 10, kolonne 3: t.1 = »ja«" in lines
    assert "Respondent 2 (medarbejder), forms/1.csv, række 10, kolonne 3: t.1 = »ja«" in lines
