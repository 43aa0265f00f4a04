"""Questions that are answered with a number: in the form, in tables, in texts and as evidence."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datasets import Dataset, datasets
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.workbook import form_workbook
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import render
from tests.any_instrument import MISSING, WORDED, make_any, number_item
from tests.presentation.plainly import plainly
from tests.small import form_rows, load, write_form

MEASURED = {"minimum": 0, "maximum": 5000, "measure": {"da": "borgere", "en": "citizens"}}
SAID = {"a": "1.200,0", "b": "3,25", "c": ""}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A round in which A and B gave a number, and C none."""
    instrument = number_item(**MEASURED) | {"answers": WORDED, "missing": MISSING}
    folder = make_any(tmp_path, instrument)
    for unit, number in SAID.items():
        rows = form_rows(unit, {"t.1": "Fully achieved", "t.s1": "DK", "t.2": "Not achieved"})
        write_form(folder / "forms" / f"{unit}.csv", [*rows, ["t.n", "Hvor mange?", number]])
    return load(folder)


def tables(study: Study, language: str = "da") -> dict[str, Dataset]:
    return {one.name: one for one in datasets(study, settle(study), Language.load(language))}


def answer_sheet(content: bytes) -> tuple[Worksheet, int]:
    """The sheet with the questions, and the row of the one that asks for a number."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[1]
    return sheet, next(row[0].row for row in sheet.iter_rows() if row[0].value == "t.n")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("da", "Svar med et tal fra 0 til 5.000 (borgere)."),
        ("en", "Answer with a number from 0 to 5,000 (citizens)."),
    ],
)
def test_a_form_takes_a_number_within_its_limits(study: Study, language: str, told: str) -> None:
    unit, form = study.organisation.units[0], study.settings.forms[0]
    content = form_workbook(study, unit, form, Language.load(language))
    sheet, row = answer_sheet(content)
    assert sheet.cell(row + 1, 2).value == told
    checks = [one for one in sheet.data_validations.dataValidation if f"C{row}" in one.sqref]
    assert [(one.type, one.operator, one.formula1, one.formula2) for one in checks] == [
        ("decimal", "between", "0", "5000")
    ]
    cell = sheet.cell(row, 3)
    assert (cell.number_format, cell.protection.locked) == ("General", False)


def test_a_number_in_the_form_comes_back(study: Study) -> None:
    unit, form = study.organisation.units[2], study.settings.forms[0]
    sheet, row = answer_sheet(form_workbook(study, unit, form, Language.load("da")))
    sheet.cell(row, 3).value = 12.5
    (study.folder / "forms" / "c.csv").unlink()
    book = sheet.parent
    assert book is not None
    book.save(study.folder / "forms" / "c.xlsx")
    came_in = collect(study)
    assert came_in.problems == ()
    given = came_in.answers[came_in.answers["item"] == "t.n"]
    assert given[["unit", "value"]].values.tolist() == [["a", "1200"], ["b", "3.25"], ["c", "12.5"]]


def test_a_table_has_the_median_and_the_ends_of_each_group(study: Study) -> None:
    table = tables(study)["number_counts"]
    frame = table.frame.set_index("group")
    columns = ["answered", "median", "lowest", "highest", "differing"]
    assert frame.loc["north", columns].tolist() == [2, 601.625, 3.25, 1200, 0]
    assert frame["answered"]["south"] == 0
    shown = [field.label for field in table.fields if field.name in columns]
    assert shown == ["Svarede", "Median", "Laveste", "Højeste", "Forskellige tal"]


def test_the_table_of_questions_has_the_limits_and_the_measure(study: Study) -> None:
    found = tables(study, "en")["items"]
    columns = {field.name: found.values(field) for field in found.fields}
    last = [columns[name][-1] for name in ("type", "minimum", "maximum", "measure")]
    assert last == ["a number", 0, 5000, "citizens"]
    assert columns["minimum"][0] == "[z]"


def test_an_instrument_without_numbers_has_no_such_columns_and_no_such_table(
    tmp_path: Path,
) -> None:
    plain = tables(load(make_any(tmp_path, {})))
    assert "number_counts" not in plain
    assert {"minimum", "measure"}.isdisjoint(field.name for field in plain["items"].fields)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ('number("t.n")', "601,63 borgere"),
        ('number("t.n", "lowest")', "3,25 borgere"),
        ('number("t.n", "highest", group="north")', "1.200 borgere"),
        ('"many" if value("t.n") > 600 else "few"', "many"),
        ('"some" if value("t.n", group="south") > 0 else "none"', "none"),
    ],
)
def test_a_text_quotes_numbers(tmp_path: Path, study: Study, expression: str, shown: str) -> None:
    path = tmp_path / "text.md"
    path.write_text(f"{{{{ {expression} }}}}", encoding="utf-8")
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    assert plainly(render(report, path)).strip() == shown


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ('number("t.1")', "not answered with a number"),
        ('number("t.n", "mean")', "there is no measure"),
        ('number("t.n", group="south")', "nobody answered"),
    ],
)
def test_what_a_text_cannot_say_of_a_number_is_told(
    tmp_path: Path, study: Study, expression: str, told: str
) -> None:
    path = tmp_path / "text.md"
    path.write_text(f"{{{{ {expression} }}}}", encoding="utf-8")
    report = Report(study, settle(study), Language.load("da"), study.runs()[0])
    with pytest.raises(Exception, match=told):
        render(report, path)


def test_answers_are_shown_by_the_words_of_the_instrument(study: Study) -> None:
    table = tables(study)["answers"]
    fields = {field.name: field for field in table.fields}
    shown = list(
        zip(table.frame["item"], table.frame["value"], table.values(fields["value"]), strict=True)
    )
    assert ("t.1", "full", "Fully achieved") in shown
    assert ("t.s1", "dk", "DK") in shown
    counted = tables(study)["option_counts"].frame
    north = counted[(counted["group"] == "north") & (counted["item"] == "t.s1")]
    assert dict(zip(north["option"], north["chose"], strict=True)) == {
        "yes": 0,
        "partly": 0,
        "no": 2,
    }
