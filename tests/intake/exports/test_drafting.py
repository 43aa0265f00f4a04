"""Drafts of how exports are read: what is unique is tied, what is alike is left to a person."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from misbrug_analysis.intake.exports.drafting import Draft, is_long
from misbrug_analysis.intake.exports.sent import drafts
from misbrug_analysis.intake.exports.variables import Variable
from tests.model.spoiled import problems_of
from tests.small import load, make_project, write_csv

HEAD = ["Besvarelse fra", "Skema"]
SAID = ["A", "fælles"]
DATASET = [
    ["kommune", "s_1", "s_2", "s_3_1", "s_3_2", "s_4", "stato_1", ""],
    ["A", "1", "2", "0", "1", "noget", "0", ""],
]
LABELS = [
    ["s_1", "1", "Ja"],
    ["s_1", "2", "Nej"],
    ["s_2", "1", "Ja"],
    ["s_2", "2", "Af og til"],
    ["s_3_1", "0", "Ikke valgt"],
    ["s_3_1", "1", "Valgt"],
]
STRUCTURE = [
    [
        "questionName",
        "variableName",
        "questionType",
        "subType",
        "questionText",
        "choiceValue",
        "choiceText",
    ],
    ["s_1", "s_1", "Closed", "Single", "Følger I op?", "", ""],
    ["s_2", "s_2", "Closed", "Single", "t.2 Skriver I det ned?", "", ""],
    ["s_3", "s_3_1", "Closed", "Multiple", "Hvordan?", "1", "samtale"],
    ["s_3", "s_3_2", "Closed", "Multiple", "Hvordan?", "2", "brev "],
    ["s_4", "s_4", "Open", "String", "Hvad er vigtigst?", "", ""],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def draft(folder: Path, *rows: Sequence[object]) -> Draft:
    """The draft of one table."""
    path = write_csv(folder / "forms" / "a.csv", rows)
    (made,) = drafts([(path, "forms/a.csv")], load(folder))
    return made


def wide(folder: Path, headings: Sequence[str], *rows: Sequence[object]) -> Draft:
    """The draft of a wide table whose first columns say who answers which form."""
    given = rows or [["ja"] * len(headings)]
    return draft(folder, [*HEAD, *headings], *([*SAID, *row] for row in given))


def tied(made: Draft) -> dict[str, object]:
    """The columns by question, option by option where they are apart."""
    ties = made.ties
    parts = {
        item: {part: one.heading for part, one in columns.items()}
        for item, columns in ties.options.items()
    }
    return {item: one.heading for item, one in ties.answers.items()} | parts


def doubts(made: Draft) -> list[tuple[str, str, str]]:
    return [(one.variable.heading, one.why, one.item) for one in made.ties.doubts]


def test_columns_are_tied_by_number_then_by_wording(folder: Path) -> None:
    made = wide(folder, ["t.1", "Q_t_2", "t.s1 Hver gang?", "Each month?", "Hvad er vigtigst?"])
    assert tied(made) == {
        "t.1": "t.1",
        "t.2": "Q_t_2",
        "t.s1": "t.s1 Hver gang?",
        "t.s2": "Each month?",
        "t.d3": "Hvad er vigtigst?",
    }
    assert made.columns == {"unit": "Besvarelse fra", "form": "Skema"}
    assert [item.id for item in made.missing] == ["t.s3", "t.s4", "t.d1", "t.d2"]
    assert (doubts(made), made.ties.rest, made.parts.layout) == ([], [], "wide")


def test_options_have_columns_of_their_own(folder: Path) -> None:
    made = wide(folder, ["Hvordan? [letter]", "Q9[SQ1]. Hvordan? [samtale]", "Hvordan? [due]"])
    assert tied(made) == {
        "t.d2": {1: "Q9[SQ1]. Hvordan? [samtale]", 2: "Hvordan? [letter]"},
    }
    assert doubts(made) == [("Hvordan? [due]", "option", "t.d2")]


def test_a_question_in_one_column_and_in_several_is_for_a_person(folder: Path) -> None:
    made = wide(folder, ["Hvordan?", "Hvordan? [brev]"])
    assert tied(made) == {}
    assert doubts(made) == [
        ("Hvordan?", "several", "t.d2"),
        ("Hvordan? [brev]", "several", "t.d2"),
    ]


def test_the_surest_column_is_tied_and_the_others_are_told(folder: Path) -> None:
    made = wide(folder, ["Point - Følger I op?", "Følger I op?", "t.2", "q_t.2"])
    assert tied(made) == {"t.1": "Følger I op?", "t.2": "t.2"}
    assert doubts(made) == [
        ("Point - Følger I op?", "several", "t.1"),
        ("q_t.2", "several", "t.2"),
    ]


def test_a_near_wording_is_not_tied(folder: Path) -> None:
    made = wide(folder, ["Følger I op", "Skriver vi noget helt andet?"])
    assert tied(made) == {}
    assert doubts(made) == [("Følger I op", "near", "t.1")]
    assert [one.heading for one in made.ties.rest] == ["Skriver vi noget helt andet?"]


def test_a_number_beside_the_wording_of_another_question_is_not_tied(folder: Path) -> None:
    made = wide(folder, ["t.1 Skriver I det ned?"])
    assert tied(made) == {}
    assert doubts(made) == [("t.1 Skriver I det ned?", "differs", "t.1")]


def test_a_remark_belongs_to_its_number_or_to_the_column_before(folder: Path) -> None:
    asked = ["t.1", "Bemærkning", "t.2", "id", "Uddyb", "t.s1.remark", "t.s3", "Bemærkning"]
    made = wide(folder, [*asked, "Kommentar til t.s2"])
    remarks = {item: one.heading for item, one in made.ties.remarks.items()}
    assert remarks == {
        "t.1": "Bemærkning",
        "t.s1": "t.s1.remark",
        "t.s3": "Bemærkning (2)",
        "t.s2": "Kommentar til t.s2",
    }
    assert [one.heading for one in made.ties.rest] == ["id"]
    assert doubts(made) == [("Uddyb", "unknown", "")]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("G01Q03. Bemærkning til t.1", "t.1"),
        ("kom11. Bemærkning til t.2", "t.2"),
        ("Q12. Kommentar til t.2", "t.2"),
        ("Q11[comment]. t.1 Følger I op?", "t.1"),
        ("Q11[comment]. Følger I op? [Kommentar]", "t.1"),
        ("t.1 Følger I altid op på alt? [Kommentar]", "t.1"),
        ("Bem. t.1", "t.1"),
        ("Bem. t.1 Følger I op?", "t.1"),
        ("Q9[other]. Hvordan? [Andet]", "t.d2"),
        ("Q9. t.d2 Hvordan gør I det? [Andet]", "t.d2"),
    ],
)
def test_a_remark_is_known_however_a_system_names_it(folder: Path, heading: str, item: str) -> None:
    made = wide(folder, ["id", heading])
    assert {name: one.heading for name, one in made.ties.remarks.items()} == {item: heading}
    assert (tied(made), doubts(made)) == ({}, [])


def test_a_column_of_remarks_leaves_its_question_its_own(folder: Path) -> None:
    asked = ["Q11. t.1 Følger I op?", "Q11[comment]. t.1 Følger I op? [Kommentar]"]
    made = wide(folder, [*asked, "t.2", "Bem. t.2"])
    assert tied(made) == {"t.1": asked[0], "t.2": "t.2"}
    remarks = {item: one.heading for item, one in made.ties.remarks.items()}
    assert (remarks, doubts(made)) == ({"t.1": asked[1], "t.2": "Bem. t.2"}, [])


def test_what_names_a_question_is_never_proposed_as_unused(folder: Path) -> None:
    made = wide(folder, ["Se også t.1 og t.2", "Bemærkning til t.1 og t.2", "Vejret i 2024"])
    assert doubts(made) == [
        ("Bemærkning til t.1 og t.2", "unknown", ""),
        ("Se også t.1 og t.2", "mentions", "t.1"),
    ]
    assert [one.heading for one in made.ties.rest] == ["Vejret i 2024"]


def test_options_stand_in_brackets_after_a_number_and_a_wording(folder: Path) -> None:
    """LimeSurvey: code, and the text of the question as it was written there."""
    asked = "Hvordan plejer I at gøre det?"
    options = ["samtale", "brev", "due"]
    headings = [f"G1Q9[SQ{one}]. t.d2 {asked} [{text}]" for one, text in enumerate(options, 1)]
    made = wide(folder, headings)
    assert tied(made) == {"t.d2": {1: headings[0], 2: headings[1]}}
    assert doubts(made) == [(headings[2], "option", "t.d2")]


@pytest.mark.parametrize(
    ("headings", "proposed"),
    [
        (["Starttidspunkt", "Fuldførelsestidspunkt"], ["Fuldførelsestidspunkt"]),
        (["submitdate", "startdate", "datestamp"], ["submitdate"]),
        (["Mødt", "Hørt"], ["Mødt", "Hørt"]),
        (["Slut 1", "Slut 2"], ["Slut 1", "Slut 2"]),
    ],
)
def test_of_several_dates_the_one_of_completion_is_proposed(
    folder: Path, headings: list[str], proposed: list[str]
) -> None:
    made = wide(folder, headings, ["01-05-2024 10:30"] * len(headings))
    assert made.proposed == {"date": proposed}
    unused = [one for one in headings if one not in proposed]
    assert [one.heading for one in made.ties.rest] == unused


def test_whose_answers_they_are_is_proposed_by_what_stands_there(folder: Path) -> None:
    rows = [["Hvem", "Slags", "Hvornår", "t.1"]]
    made = draft(folder, *rows, ["A", "unge", "01-05-2024 10:30", "ja"], ["b", "unge", "", "nej"])
    assert made.columns == {}
    assert made.proposed == {"unit": ["Hvem"], "form": ["Slags"], "date": ["Hvornår"]}
    assert made.needed(load(folder)) == ["unit", "form_is"]
    assert made.ties.rest == []


def test_two_columns_with_a_heading_for_the_same_are_both_proposed(folder: Path) -> None:
    made = wide(folder, ["Besvarelse fra", "t.1"])
    assert made.proposed == {"unit": ["Besvarelse fra", "Besvarelse fra (2)"]}


def test_codes_are_short_texts_that_are_no_answers(folder: Path) -> None:
    rows = [["Y", "1", "fri"], ["JA.", "et år", "tekst"], ["ved ikke", "9", ""], ["x" * 41, "", ""]]
    made = wide(folder, ["t.1", "t.d1", "t.d3"], *rows)
    assert made.codes == ["1", "9", "Y"]


def test_a_long_file_is_known_by_its_headings(folder: Path) -> None:
    made = draft(
        folder,
        [*HEAD, "Nr.", "Spørgsmål", "Svar", "Bemærkning"],
        [*SAID, "t.1", "Følger I op?", "ja", ""],
        [*SAID, "Q_t_2", "Skriver I det ned?", "nej", ""],
        [*SAID, "t.s1.remark", "", "noget", ""],
        [*SAID, "Vejret", "", "godt", ""],
    )
    assert made.parts.layout == "long"
    assert made.columns == {
        "unit": "Besvarelse fra",
        "form": "Skema",
        "item": "Nr.",
        "answer": "Svar",
        "remark": "Bemærkning",
    }
    assert tied(made) == {"t.2": "Q_t_2"}
    assert doubts(made) == [("Vejret", "unknown", "")]
    assert "t.1" not in [item.id for item in made.missing]


def test_our_own_table_of_answers_is_a_long_file(folder: Path) -> None:
    made = draft(
        folder,
        ["study", "unit", "form", "respondent", "item", "value", "raw", "source", "locator"],
        ["small", "a", "joint", "1", "t.1", "yes", "ja", "forms/b.xlsx", "Svar!C9"],
    )
    assert made.parts.layout == "long"
    assert made.columns == {"unit": "unit", "form": "form", "item": "item", "answer": "value"}
    assert made.needed(load(folder)) == []


def test_a_long_file_is_known_by_the_questions_in_a_column(folder: Path) -> None:
    rows = [["A", "t.1", "ja"], ["A", "Skriver I det ned?", "nej"], ["A", "t.s1", "måske"]]
    made = draft(folder, ["Hvem", "Om", "Sagt"], *rows)
    assert (made.parts.layout, made.columns) == ("long", {"item": "Om"})
    assert made.proposed == {"unit": ["Hvem"], "answer": ["Sagt"]}
    assert tied(made) == {"t.2": "Skriver I det ned?"}


def surveyxact(folder: Path, *names: str) -> list[Draft]:
    tables = {"dataset": DATASET, "labels": LABELS, "structure": STRUCTURE}
    forms = folder / "forms"
    paths = [write_csv(forms / f"{name}.csv", tables[name], encoding="cp1252") for name in names]
    return drafts([(path, f"forms/{path.name}") for path in paths], load(folder))


@pytest.mark.parametrize(
    "names", [("dataset", "labels", "structure"), ("structure", "labels", "dataset")]
)
def test_three_files_of_surveyxact_are_one_export(folder: Path, names: tuple[str, ...]) -> None:
    (made,) = surveyxact(folder, *names)
    assert (made.parts.file, made.parts.labels, made.parts.structure, made.parts.layout) == (
        "forms/dataset.csv",
        "forms/labels.csv",
        "forms/structure.csv",
        "surveyxact",
    )
    assert tied(made) == {
        "t.1": "s_1",
        "t.2": "s_2",
        "t.d2": {1: "s_3_1", 2: "s_3_2"},
        "t.d3": "s_4",
    }
    assert made.codes == ["Af og til"]
    assert made.proposed == {"unit": ["kommune"]}
    assert made.ties.rest == []  # the status is read by itself


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("dataset",), "dataset"),
        (("labels",), "labels"),
        (("structure",), "structure"),
        (("dataset", "structure"), "dataset"),
        (("labels", "structure"), "labels"),
        (("dataset", "labels"), "dataset"),
    ],
)
def test_parts_of_an_export_of_surveyxact_ask_for_the_others(
    folder: Path, names: tuple[str, ...], told: str
) -> None:
    status = [f"stato_{number}" for number in range(2, 6)]
    dataset = [DATASET[0][:-1] + status, DATASET[1][:-1] + ["0"] * 4]
    tables = {"dataset": dataset, "labels": LABELS, "structure": STRUCTURE}
    files = [(write_csv(folder / "forms" / f"{name}.csv", tables[name]), name) for name in names]
    sent = [(path, f"forms/{name}.csv") for path, name in files]
    study = load(folder)
    (problem,) = problems_of(lambda: drafts(sent, study))
    assert (problem.code, problem.where) == ("surveyxact_parts", f"forms/{told}.csv")


@pytest.mark.parametrize("at_first", ["Labels", "Dataset(1)", "Structure"])
def test_a_workbook_of_surveyxact_is_the_same(folder: Path, at_first: str) -> None:
    book = Workbook()
    first, second = [row[:3] for row in DATASET], [row[3:] for row in DATASET]
    sheets = {"Labels": LABELS, "Dataset(1)": first, "Dataset(2)": second, "Structure": STRUCTURE}
    for name in sorted(sheets, key=lambda name: name != at_first):
        sheet = book.create_sheet(name)
        for row in sheets[name]:
            sheet.append(row)
    book.remove(book.worksheets[0])
    path = folder / "forms" / "export.xlsx"
    book.save(path)
    (made,) = drafts([(path, "forms/export.xlsx")], load(folder))
    (three,) = surveyxact(folder, "dataset", "labels", "structure")
    assert tied(made) == tied(three)
    assert (made.parts.file, made.parts.labels, made.parts.layout) == (
        "forms/export.xlsx",
        "",
        "surveyxact",
    )


def test_a_number_that_a_system_gave_by_itself_is_not_the_questions(folder: Path) -> None:
    """SurveyXact calls its first variable ``s_1``, whatever the first question is called here."""
    text = (folder.parents[1] / "instruments" / "small.yaml").read_text("utf-8")
    changed = text.replace("id: t.s4", 'id: "1"').replace("id: t.d1", "id: s_2")
    (folder.parents[1] / "instruments" / "small.yaml").write_text(changed, encoding="utf-8")
    (made,) = surveyxact(folder, "dataset", "labels", "structure")
    assert doubts(made) == [("s_1", "differs", "1"), ("s_2", "differs", "s_2")]
    assert "t.1" not in tied(made)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "export_empty"),
        ("a.csv", b"t.1;t.2\n", "export_empty"),
        ("a.csv", b"\xff\xfea\x00\xd8", "not_text"),
        ("a.xlsx", b"t.1;t.2\n", "not_a_workbook"),
        ("a.ods", b"", "other_spreadsheet"),
        ("a.json", b"{}", "unknown_format"),
    ],
)
def test_what_is_no_table_is_told(folder: Path, name: str, content: bytes, code: str) -> None:
    path = folder / "forms" / name
    path.write_bytes(content)
    study = load(folder)
    problems = problems_of(lambda: drafts([(path, f"forms/{name}")], study))
    assert [(one.where, one.code) for one in problems] == [(f"forms/{name}", code)]


NUMBERED = Variable("Respondent", texts=("t.1", "t.2"))


@pytest.mark.parametrize(
    ("headings", "layout_is_long"),
    [([], True), (["t.1"], True), (["t.1", "t.2"], False), (["t.1", "t.2", "t.s1"], False)],
)
def test_respondents_may_be_numbered_as_questions_are(
    folder: Path, headings: list[str], layout_is_long: bool
) -> None:
    variables = [NUMBERED, *(Variable(one, texts=("ja", "nej")) for one in headings)]
    assert is_long(variables, load(folder)) == layout_is_long


def test_labels_are_a_table_of_three_columns(folder: Path) -> None:
    """The first column of the other table names a variable, the second one holds a number."""
    answers = write_csv(folder / "forms" / "a.csv", [["Kommune", "t.1"], ["A", "ja"]])
    other = write_csv(
        folder / "forms" / "b.csv", [["t.1", "1", "Ja", "x"], ["t.1", "2", "Nej", ""]]
    )
    sent = [(answers, "forms/a.csv"), (other, "forms/b.csv")]
    made = drafts(sent, load(folder))
    assert [(one.parts.file, one.parts.layout) for one in made] == [
        ("forms/a.csv", "wide"),
        ("forms/b.csv", "wide"),
    ]


def test_a_table_with_three_of_more_columns_filled_holds_no_codes(folder: Path) -> None:
    rows = [["Kommune", "1", "t.1", ""], ["A", "2", "", "ja"]]
    path = write_csv(folder / "forms" / "a.csv", rows)
    (made,) = drafts([(path, "forms/a.csv")], load(folder))
    assert made.parts.layout == "wide"


def test_headings_below_a_title_and_names_of_groups_are_found(folder: Path) -> None:
    rows = [["Tabel 4"], ["", "", "Emne", ""], [*HEAD, "t.1", "t.2"], [*SAID, "ja", ""]]
    made = draft(folder, *rows)
    assert made.columns["unit"] == "Besvarelse fra"
    assert {"t.1", "t.2"}.isdisjoint(item.id for item in made.missing)


def test_headings_are_the_first_row_though_a_column_has_none(folder: Path) -> None:
    """Two of four cells are filled at the top, four below."""
    made = draft(folder, ["Besvarelse fra", "", "t.1", ""], ["A", "fælles", "ja", "nej"])
    assert made.columns["unit"] == "Besvarelse fra"
