"""The form as a workbook: what can be filled in, what is offered, and that nothing in it runs."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.intake.layout import bare
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.stamp import digest_of
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.last_time import shown_answers
from misbrug_analysis.presentation.questionnaire.paper import Block, break_pages
from misbrug_analysis.presentation.questionnaire.workbook import LastTime, form_workbook
from tests.presentation.small_tables import HOSTILE
from tests.projects import ROOT, STUDY
from tests.small import CASES, Plain, load, make_project

DANISH, ENGLISH = Language.load("da"), Language.load("en")
FIRST = 8
"""The row below the headings in a form of the small study."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return load(make_project(tmp_path_factory.mktemp("small")))


def made(study: Study, language: Language = DANISH, last: LastTime | None = None) -> bytes:
    """The form for unit a that covers everything."""
    return form_workbook(
        study, study.organisation.units[0], study.settings.forms[0], language, last
    )


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def guide(study: Study, language: Language = DANISH) -> str:
    return "\n".join(texts(opened(made(study, language)).worksheets[0]))


def rows(sheet: Worksheet, first: int = FIRST) -> list[list[object]]:
    """Number, wording and answer of each row below the headings."""
    return [[cell.value for cell in row[:3]] for row in sheet.iter_rows(first)]


def offered(book: Workbook, place: str) -> list[str]:
    """The words on the list of a cell."""
    name, _, area = str(check_at(book, place).formula1).rpartition("!")
    return [str(cell.value) for (cell,) in book[name.strip("'")][area.replace("$", "")]]


def check_at(book: Workbook, place: str) -> DataValidation:
    checks = book.worksheets[1].data_validations.dataValidation
    (found,) = [check for check in checks if place in check.sqref]
    return found


def test_the_questions_stand_below_their_topic_in_their_order(study: Study) -> None:
    sheet = opened(made(study))["Svar"]
    assert [cell.value for cell in sheet[FIRST - 1]] == ["Nr.", "Spørgsmål", "Svar", "Bemærkning"]
    assert rows(sheet) == [
        [None, "Emne t: Opfølgning", None],
        ["t.1", "Følger I op?", None],
        ["t.2", "Skriver I det ned?", None],
        [None, "Supplerende spørgsmål", None],
        ["t.s1", "Hver gang?", None],
        ["t.s2", "Hver måned?", None],
        ["t.s3", "Alle borgere?", None],
        ["t.s4", "I samme system?", None],
        [None, "Om jeres praksis (tæller ikke med)", None],
        ["t.d1", "Hvor længe?", None],
        [None, "Vælg ét svar: et år, længere", None],
        ["t.d2", "Hvordan?", None],
        ["t.d2/1", "samtale", None],
        ["t.d2/2", "brev", None],
        ["t.d3", "Hvad er vigtigst?", None],
    ]


def test_unit_and_form_stand_above_and_the_date_is_left_to_be_filled_in(study: Study) -> None:
    sheet = opened(made(study))["Svar"]
    above = [[cell.value for cell in row[:2]] for row in sheet.iter_rows(1, FIRST - 2)]
    assert above == [
        ["En lille runde", None],
        ["Et lille spørgeskema", None],
        ["Udfyld felterne med kant. Alt andet er låst. Læs mere på fanen »Vejledning«.", None],
        ["Besvarelse fra", "A"],
        ["Skema", "fælles"],
        ["Udfyldt den", None],
    ]
    assert sheet["B6"].number_format == "dd-mm-yyyy"


def test_only_answers_remarks_and_the_date_can_be_changed(study: Study) -> None:
    book = opened(made(study))
    unlocked = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    both = [*range(9, 11), *range(12, 16), 17, 22]  # all questions but the one with options
    wanted = {f"Svar!{column}{row}" for row in both for column in "CD"}
    assert unlocked == wanted | {"Svar!B6", "Svar!D19", "Svar!C20", "Svar!C21"}


def test_sheets_and_workbook_are_protected_without_a_password(study: Study) -> None:
    book = opened(made(study))
    for sheet in book.worksheets:
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        # False allows it: selecting, and making rows and columns fit.
        allowed = ("selectLockedCells", "selectUnlockedCells", "formatRows", "formatColumns")
        assert [name for name in allowed if getattr(protection, name)] == []
        refused = ("insertRows", "deleteRows", "insertColumns", "deleteColumns", "sort")
        assert all(getattr(protection, name) for name in refused)
    assert book.security.lockStructure
    assert book.security.workbookPassword is None


def test_every_field_to_fill_in_has_an_edge_all_round(study: Study) -> None:
    sheet = opened(made(study))["Svar"]
    fields = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    edges = [
        side.style
        for cell in fields
        for side in (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    ]
    assert set(edges) == {"thin"}


def test_each_kind_of_question_offers_its_words(study: Study) -> None:
    book = opened(made(study))
    assert offered(book, "C9") == ["ja", "delvis", "nej", "ved ikke"]
    assert offered(book, "C12") == ["ja", "delvis", "nej", "ved ikke"]
    assert offered(book, "C17") == ["et år", "længere"]
    assert offered(book, "C20") == offered(book, "C21") == ["x"]
    checks = book["Svar"].data_validations.dataValidation
    assert not any("C22" in check.sqref or "C19" in check.sqref for check in checks)
    english = opened(made(study, ENGLISH))
    assert offered(english, "C9") == ["yes", "partly", "no", "don't know"]


def test_without_words_for_no_answer_a_blank_is_all_there_is(tmp_path: Path) -> None:
    study = changed(tmp_path, missing={})
    assert offered(opened(made(study)), "C9") == ["ja", "delvis", "nej"]
    assert "hvis I ikke kender svaret. Så" in guide(study)


def test_lists_hold_what_a_list_inside_a_field_could_not(tmp_path: Path) -> None:
    long = "et langt svar, med komma, " * 8
    options = [{"da": "ja, helt"}, {"da": '"citat"'}, {"da": "=1+1"}, {"da": long.strip(", ")}]
    study = changed(tmp_path, options=options)
    words = offered(opened(made(study)), "C17")
    assert words == [option["da"] for option in options]


def test_a_field_says_what_is_expected_and_refuses_the_rest(study: Study) -> None:
    book = opened(made(study))
    for place in ("B6", "C9", "C17", "C20"):
        check = check_at(book, place)
        assert (check.errorStyle, check.showErrorMessage, check.showInputMessage) == (
            ("stop", True, True)
        )
        assert check.allowBlank
    answer = check_at(book, "C9")
    assert answer.promptTitle == "Vælg et svar"
    assert (
        answer.prompt == "Vælg ja, delvis, nej eller ved ikke på listen, eller lad feltet stå tomt."
    )
    assert answer.error == (
        "Her kan kun stå ja, delvis, nej eller ved ikke. Skriv en forklaring i bemærkningen."
    )
    day = check_at(book, "B6")
    # Excel counts 1 January 2000 as day 36526.
    assert (day.type, day.operator, day.formula1) == ("date", "greaterThanOrEqual", "36526")


def test_hints_are_as_short_as_excel_wants_them(tmp_path: Path) -> None:
    study = changed(tmp_path, options=[{"da": f"svar nummer {n} af mange"} for n in range(40)])
    for check in opened(made(study))["Svar"].data_validations.dataValidation:
        assert max(len(check.promptTitle), len(check.errorTitle)) <= 32
        assert max(len(check.prompt), len(check.error)) <= 225


def test_fields_take_what_is_typed_as_text(study: Study) -> None:
    sheet = opened(made(study))["Svar"]
    formats = {sheet[place].number_format for place in ("C9", "D9", "C17", "C22", "D22")}
    assert formats == {"@"}


def test_the_hidden_sheet_says_whose_form_it_is(study: Study) -> None:
    book = opened(made(study))
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    assert states == {
        "Vejledning": "visible",
        "Svar": "visible",
        "Valgmuligheder": "hidden",
        "misbrug": "hidden",
    }
    stamp = {row[0].value: row[1].value for row in book["misbrug"].iter_rows()}
    assert stamp == {
        "layout": "1",
        "study": "small-study",
        "instrument": "small",
        "version": "1",
        "questions": digest_of(study.instrument),
        "unit": "a",
        "form": "joint",
    }


def test_the_guide_names_the_round_the_words_and_what_partly_means(study: Study) -> None:
    said = guide(study)
    assert "Dette skema er til A. Det er skemaet »fælles«." in said
    assert "vælger I »ja«, »delvis« eller »nej«" in said
    assert "De supplerende spørgsmål afgør så, om svaret tæller som ja eller nej" in said
    assert "sætter I x ud for alle dem, der passer" in said
    assert "Så tæller det hverken som ja eller nej." in said
    assert "Skriv ikke navne, CPR-numre" in said
    assert "spørg den, I har fået skemaet fra" in said
    assert "senest" not in said


def test_the_guide_says_when_and_where_to_return_the_form(tmp_path: Path) -> None:
    contact = {"email": "mail@kommune.example", "phone": "+45 00 00 00 00"}
    publication = {"publisher": {"da": "Opdigtet"}, "contact": contact}
    place = make_project(tmp_path, deadline=date(2024, 6, 14), publication=publication)
    said = guide(load(place))
    assert "Vi skal have skemaet senest den 14. juni 2024." in said
    assert "kontakt os: skriv til mail@kommune.example eller ring på +45 00 00 00 00." in said


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        ({"partly": "keep"}, "Det tæller for sig, mellem ja og nej."),
        ({"partly": "as_yes"}, "gør det for nogle. Det tæller som ja."),
        ({"partly": "as_no"}, "gør det for nogle. Det tæller som nej."),
        (
            {"missing": "as_no"},
            "Kan I ikke svare på et spørgsmål, så vælg »ved ikke«. Så tæller det som nej.",
        ),
        (
            {"missing": "as_yes"},
            "Kan I ikke svare på et spørgsmål, så vælg »ved ikke«. Så tæller det som ja.",
        ),
    ],
)
def test_the_guide_tells_the_rules_of_the_study(
    rules: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    assert sentence in guide(load(make_project(tmp_path, rules=rules)))


def test_a_reconstructed_round_says_so_above_the_questions(tmp_path: Path) -> None:
    statement = "Svarene er opdigtede."
    provenance = {"kind": "reconstructed", "statement": {"da": statement}}
    study = load(make_project(tmp_path, provenance=provenance))
    assert statement in texts(opened(made(study))["Svar"])


def test_last_times_answers_stand_beside_and_are_no_answers(study: Study) -> None:
    last = LastTime(study, {"t.1": "delvis", "t.d2": "brev"})
    sheet = opened(made(study, last=last))["Svar"]
    (head,) = [row for row in sheet.iter_rows() if row[0].value == "Nr."]
    assert [cell.value for cell in head] == [
        "Nr.",
        "Spørgsmål",
        "Svar sidst",
        "Svar",
        "Bemærkning",
    ]
    shown = {row[0].value: row[2].value for row in sheet.iter_rows(head[0].row + 1)}
    assert {item: said for item, said in shown.items() if said} == {"t.1": "delvis", "t.d2": "brev"}
    assert all(row[2].protection.locked for row in sheet.iter_rows(head[0].row))
    form = study.instrument.form
    accepted = [*form.unit, *form.form, *form.date, *form.item, *form.question, *form.answer]
    accepted += [
        *form.remark,
        *(word for a in study.instrument.answers.values() for word in a.words()),
    ]
    assert bare("Svar sidst") not in {bare(word) for word in accepted}
    assert "»Svar sidst« viser, hvad I svarede i »En lille runde« (2024)." in texts(sheet)


def test_last_times_answers_are_told_in_the_language_of_the_form(study: Study) -> None:
    answers = {"t.1": "no", "t.d1": "længere", "t.d2": "samtale; brev", "t.d3": "Alt; godt"}
    shown = shown_answers(answers, study.instrument, study.instrument, ENGLISH)
    assert shown == {"t.1": "no", "t.d1": "longer", "t.d2": "talk; letter", "t.d3": "Alt; godt"}
    danish = shown_answers({"t.1": "no"}, study.instrument, study.instrument, DANISH)
    assert danish == {"t.1": "nej"}


def test_last_times_answers_to_questions_in_other_words_are_left_out(study: Study) -> None:
    first = study.instrument.items[0].model_copy(update={"text": {"da": "Noget andet?"}})
    items = [first, *study.instrument.items[1:3]]
    now = study.instrument.model_copy(update={"items": items})
    answers = {"t.1": "yes", "t.2": "no", "gone": "yes"}
    assert shown_answers(answers, study.instrument, now, DANISH) == {"t.2": "nej"}


def test_last_times_answer_to_a_question_of_another_type_is_left_out(study: Study) -> None:
    items = {item.id: item for item in study.instrument.items}
    words = items["t.d3"].model_copy(update={"id": "t.1", "text": items["t.1"].text})
    then = study.instrument.model_copy(update={"items": [words, items["t.2"]]})
    answers = {"t.1": "no", "t.2": "no"}
    assert shown_answers(answers, then, study.instrument, DANISH) == {"t.2": "nej"}


def test_a_text_in_ones_own_words_is_shown_as_it_was_written(study: Study) -> None:
    answers = {"t.d1": "et år; længere", "t.d3": "samtale; brev"}
    assert shown_answers(answers, study.instrument, study.instrument, ENGLISH) == answers


def test_an_ampersand_at_the_foot_of_a_page_is_printed(study: Study) -> None:
    unit = study.organisation.units[0].model_copy(update={"label": "Fyn & Øer"})
    sheet = opened(form_workbook(study, unit, study.settings.forms[0], DANISH))["Svar"]
    assert sheet.oddFooter.left.text == "Fyn && Øer – fælles"  # && is how Excel writes &


def test_a_block_longer_than_a_page_begins_where_the_page_is_full() -> None:
    sheet = Workbook().active
    page = 700.0  # about a page of A4
    break_pages(sheet, [Block(1, 3 * page), Block(9, 10.0)], 0.0, 0.0, 10.0)
    assert [one.id for one in sheet.row_breaks.brk] == []
    break_pages(sheet, [Block(1, 500.0), Block(5, 500.0), Block(9, 10.0)], 0.0, 0.0, 10.0)
    assert [one.id for one in sheet.row_breaks.brk] == [4]


def test_rows_grow_with_what_is_typed_into_them(study: Study) -> None:
    with ZipFile(io.BytesIO(made(study))) as archive:
        sheets = [name for name in archive.namelist() if "/worksheets/sheet" in name]
        found = b"".join(archive.read(name) for name in sheets)
    assert b" ht=" in found
    assert b'customHeight="1"' not in found


@pytest.mark.parametrize("text", [*HOSTILE, "a\x0bb\x07"])
def test_no_text_of_a_study_becomes_a_formula(text: str, tmp_path: Path) -> None:
    study = changed(tmp_path, options=[{"da": text}, {"da": "andet"}], text={"da": text})
    labelled = study.organisation.units[0].model_copy(update={"label": text})
    content = form_workbook(study, labelled, study.settings.forms[0], DANISH)
    kinds = {
        cell.data_type
        for sheet in opened(content).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds == {"s"}
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        sheets = b"".join(archive.read(name) for name in names if "/worksheets/" in name)
    assert b"<f>" not in sheets
    assert b"<f " not in sheets
    assert not [name for name in names if re.search("vba|externalLink|macro|activeX", name)]


def test_a_name_that_a_cell_cannot_hold_is_replaced_by_the_id(study: Study) -> None:
    unit = study.organisation.units[0].model_copy(update={"label": "A\x0b1"})
    content = form_workbook(study, unit, study.settings.forms[0], DANISH)
    assert opened(content)["Svar"]["B4"].value == "a"


def test_a_page_is_a4_with_headings_and_numbers(study: Study) -> None:
    sheet = opened(made(study))["Svar"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$7:$7"
    assert sheet.oddFooter.left.text == "A – fælles"
    assert sheet.oddFooter.right.text == "Side &P af &N"
    assert sheet.freeze_panes == "A8"
    assert not sheet.merged_cells.ranges


def test_no_page_ends_with_a_heading_or_tears_a_question_from_its_options() -> None:
    sheet = opened(made(load_study(Project.find(ROOT), STUDY)))["Svar"]
    breaks = [one.id for one in sheet.row_breaks.brk]
    assert len(breaks) >= 3
    for row in breaks:
        number, after = sheet.cell(row, 1).value, sheet.cell(row + 1, 1).value
        wording = str(sheet.cell(row, 2).value)
        assert number or wording.startswith("Vælg ét svar:")
        assert not (after and "/" in str(after))


def test_the_file_is_the_same_whatever_the_process(study: Study, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.small import load;"
        "from tests.presentation.test_questionnaire import made;"
        "sys.stdout.buffer.write(made(load(Path(sys.argv[1]))))"
    )
    surroundings = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(study.folder)],
        cwd=ROOT,
        env=os.environ | surroundings,
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert done.stdout == made(study)


def changed(
    folder: Path,
    missing: dict[str, Any] | None = None,
    options: list[dict[str, str]] | None = None,
    text: dict[str, str] | None = None,
) -> Study:
    """The small study with other words for no answer, or another question with options."""
    place = make_project(folder)
    path = folder / "data" / "instruments" / "small.yaml"
    instrument = yaml.safe_load((CASES / "instrument.yaml").read_text("utf-8"))
    if missing is not None:
        instrument["missing"] = missing
    (choice,) = [item for item in instrument["items"] if item["id"] == "t.d1"]
    choice["options"] = options or choice["options"]
    choice["text"] = text or choice["text"]
    path.write_text(
        yaml.dump(instrument, Dumper=Plain, allow_unicode=True, sort_keys=False), "utf-8"
    )
    return load(place)
