"""The pages of every single answer: its rule, its forms, its peers, its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.addresses import (
    answer_address,
    answer_anchor,
    count_address,
    count_anchor,
)
from misbrug_analysis.presentation.evidence import evidence_pages
from misbrug_analysis.presentation.language import Language
from tests.presentation.evidence_rows import Rows
from tests.small import ITEMS, form_rows, load, make_project, write_csv, write_form

# B and one form of C are what partly answers to t.1 are measured against: 100 % and 50 %.
UNITS = {
    **dict.fromkeys(("a", "b", "c"), "north"),
    **dict.fromkeys(("d", "e", "f", "g", "h", "i", "j"), "south"),
}
SENT = {
    ("a", "joint"): {"t.1": "delvis", "t.s1": "ja", "t.s2": "nej", "t.s3": "nej", "t.2": "nej"},
    ("b", "joint"): {"t.1": "ja", "t.s1": "ja", "t.s2": "ja", "t.2": "ja", "t.d1": "et år"},
    ("c", "alcohol"): {"t.1": "ja", "t.s1": "ja", "t.s2": "nej", "t.d1": "et år", "t.d2": "brev"},
    ("c", "drugs"): {"t.1": "nej", "t.d1": "længere", "t.d2": "samtale; brev"},
    ("d", "joint"): {"t.1": "delvis", "t.s1": "ja", "t.d3": "At <b>alle</b> er med"},
    ("e", "joint"): {"t.1": "nej"},
    ("g", "alcohol"): {"t.1": "ja"},
    ("g", "drugs"): {"t.2": "ja"},
    ("h", "drugs"): {"t.1": "delvis", "t.s1": "ja", "t.s2": "ja"},
    ("i", "joint"): {"t.1": "delvis"},
}
RULINGS = [
    {"unit": "e", "indicator": "t.1", "answer": "yes", "reason": "De gør det <i>nu</i>."},
    {"unit": "h", "form": "drugs", "indicator": "t.1", "answer": "no", "reason": "Kun lidt."},
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = make_project(tmp_path_factory.mktemp("evidence"), UNITS, RULINGS)
    for (unit, form), answers in SENT.items():
        rows = form_rows(unit, answers, form=form)
        end = "xlsx" if unit == "b" else "csv"
        write_form(folder / "forms" / f"{unit}_{form}.{end}", rows)
    write_csv(
        folder / "forms" / "export.csv",
        [["Besvarelse fra", "Skema", "t.1", "t.s1", "t.d2"], ["J", "fælles", "nej", "ja", "brev"]],
    )
    return load(folder)


@pytest.fixture(scope="module")
def page(study: Study) -> str:
    pages = evidence_pages(study, settle(study), Language.load("da"))
    assert list(pages) == ["method-t.html"]  # nobody is asked about the other topic
    return pages["method-t.html"]


@pytest.fixture(scope="module")
def rows(page: str) -> Rows:
    return Rows(page)


def test_every_count_and_every_answer_has_one_row(study: Study, rows: Rows) -> None:
    groups = ("all", "north", "south")
    wanted = [count_anchor(item, group) for item in ("t", *ITEMS) for group in groups]
    wanted += [answer_anchor(item, unit) for item in ("t", *ITEMS) for unit in UNITS]
    assert sorted(set(rows.found) - {""}) == sorted(wanted)
    assert len(rows.ids) == len(set(rows.ids))
    assert count_address(study, "t.s1", "all") == "method-t.html#count-t-s1-all"
    assert answer_address(study, "t", "c") == "method-t.html#answer-t-c"


def test_a_group_stands_above_its_units(rows: Rows) -> None:
    answers = [row for row in rows.found if row.startswith(("count-t-2-", "answer-t-2-"))]
    assert answers == [
        "count-t-2-all",
        *("count-t-2-north", "answer-t-2-a", "answer-t-2-b", "answer-t-2-c"),
        *("count-t-2-south", *(f"answer-t-2-{unit}" for unit in "defghij")),
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        # B, D, E and G say yes; A, C, H, I and J no; F sent nothing.
        ("count-t-1-all", [["Alle"], ["4 af 9"], ["4 ja · 5 nej · 1 deltog ikke"]]),
        ("count-t-1-north", [["Nord"], ["1 af 3"], ["1 ja · 2 nej"]]),
        ("count-t-2-south", [["Syd"], ["1 af 1"], ["1 ja · 5 ikke besvaret · 1 deltog ikke"]]),
        # B and G say yes to both, D and E left t.2 blank.
        (
            "count-t-south",
            [["Syd"], ["1 af 4"], ["1 ja · 3 nej · 2 ikke besvaret · 1 deltog ikke"]],
        ),
        # Of those that were asked how long, C's forms differ.
        (
            "count-t-d1-all",
            [
                ["Alle"],
                ["et år: 1 af 2", "længere: 0 af 2"],
                ["1 tæller ikke med i noget svar, fordi skemaerne svarer forskelligt."],
            ],
        ),
        ("count-t-d2-all", [["Alle"], ["samtale: 1 af 2", "brev: 2 af 2"], [""]]),
        ("count-t-d3-all", [["Alle"], ["1 har svaret"], [""]]),
        ("count-t-s2-north", [["Nord"], ["ja: 1 af 3", "nej: 2 af 3"], [""]]),
        ("count-t-s4-north", [["Nord"], ["–"], [""]]),
    ],
)
def test_the_row_of_a_count_says_how_many_say_what(
    rows: Rows, row: str, expected: list[list[str]]
) -> None:
    assert rows.cells(row) == expected


@pytest.mark.parametrize(
    ("unit", "answer", "told"),
    [
        (
            "a",
            "○nej",
            [
                "Delvis, ikke på linje med andre",
                "Fælles: delvis, bliver til nej. 33 % af de supplerende svar er ja. "
                "Grænsen er 75 %: medianen hos B og C, alkohol.",
                "a_joint.csv: række 9, kolonne 3 »delvis«; t.s1 i række 11, kolonne 3 »ja«; "
                "t.s2 i række 12, kolonne 3 »nej«; t.s3 i række 13, kolonne 3 »nej«",
            ],
        ),
        (
            "b",
            "●ja",
            [
                "Svaret som givet",
                "b_joint.xlsx, arket »Svar«: C9 »ja«",
                "Andres delvise svar er målt mod dette: 100 % (b_joint.xlsx, arket »Svar«: "
                "t.s1 i C11 »ja«; t.s2 i C12 »ja«)",
            ],
        ),
        (
            "c",
            "○nej",
            [
                "Fælles nej",
                "Alkohol: ja · Stoffer: nej",
                "c_alcohol.csv: række 9, kolonne 3 »ja«",
                "c_drugs.csv: række 9, kolonne 3 »nej«",
                "Andres delvise svar er målt mod dette: 50 % (c_alcohol.csv: "
                "t.s1 i række 11, kolonne 3 »ja«; t.s2 i række 12, kolonne 3 »nej«)",
            ],
        ),
        (
            "d",
            "●ja",
            [
                "Delvis, på linje med andre",
                "Fælles: delvis, bliver til ja. 100 % af de supplerende svar er ja. "
                "Grænsen er 75 %: medianen hos B og C, alkohol.",
                "d_joint.csv: række 9, kolonne 3 »delvis«; t.s1 i række 11, kolonne 3 »ja«",
            ],
        ),
        (
            "e",
            "●ja",
            [
                "Afgjort ved en vurdering",
                "Fælles: nej",
                "Vurdering af det samlede svar: ja. De gør det <i>nu</i>. (T, 2. maj 2024)",
                "e_joint.csv: række 9, kolonne 3 »nej«",
            ],
        ),
        ("f", "·deltog ikke", [""]),
        (
            "g",
            "●ja",
            [
                "Ikke alle skemaer svarede",
                "Alkohol: ja · Stoffer: ikke besvaret",
                "g_alcohol.csv: række 9, kolonne 3 »ja«",
            ],
        ),
        (
            "h",
            "○nej",
            [
                "Ét skema afgjort ved en vurdering",
                "Stoffer: delvis. 100 % af de supplerende svar er ja. "
                "Grænsen er 75 %: medianen hos B og C, alkohol.",
                "Vurdering af stoffer: nej. Kun lidt. (T, 2. maj 2024)",
                "h_drugs.csv: række 9, kolonne 3 »delvis«; t.s1 i række 11, kolonne 3 »ja«; "
                "t.s2 i række 12, kolonne 3 »ja«",
            ],
        ),
        (
            "i",
            "○nej",
            [
                "Delvis, endnu ikke afgjort",
                "Fælles: delvis, bliver til nej. Skemaet har ingen supplerende svar at måle på.",
                "i_joint.csv: række 9, kolonne 3 »delvis«",
            ],
        ),
        ("j", "○nej", ["Svaret som givet", "export.csv: række 2, kolonne 3 »nej«"]),
    ],
)
def test_the_row_of_a_unit_says_how_its_answer_came_about(
    rows: Rows, unit: str, answer: str, told: list[str]
) -> None:
    assert rows.cells(f"answer-t-1-{unit}") == [[unit.upper()], [answer], told]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("answer-t-c", [["C"], ["○nej"], ["Nej: t.1"]]),
        ("answer-t-g", [["G"], ["●ja"], ["Ja: t.1 og t.2"]]),
        ("answer-t-e", [["E"], ["–ikke besvaret"], ["Ikke besvaret: t.2"]]),
        ("answer-t-f", [["F"], ["·deltog ikke"], [""]]),
    ],
)
def test_the_row_of_a_topic_names_what_decides_it(
    rows: Rows, row: str, expected: list[list[str]]
) -> None:
    assert rows.cells(row) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("answer-t-s1-j", [["J"], ["ja"], ["export.csv: række 2, kolonne 4"]]),
        (
            "answer-t-d2-c",
            [
                ["C"],
                ["Alkohol: brev", "Stoffer: samtale; brev"],
                ["c_alcohol.csv: række 16, kolonne 3", "c_drugs.csv: række 16, kolonne 3"],
            ],
        ),
        ("answer-t-d3-d", [["D"], ["At <b>alle</b> er med"], ["d_joint.csv: række 17, kolonne 3"]]),
        ("answer-t-d3-e", [["E"], ["ikke besvaret"], [""]]),
        ("answer-t-d3-f", [["F"], ["deltog ikke"], [""]]),
    ],
)
def test_the_row_of_a_question_that_is_not_scored_says_what_was_answered_and_where(
    rows: Rows, row: str, expected: list[list[str]]
) -> None:
    assert rows.cells(row) == expected


def test_rows_lead_to_what_they_rest_on(rows: Rows) -> None:
    assert rows.links["answer-t-c"] == ["#answer-t-1-c"]
    assert rows.links["answer-t-1-a"] == [
        *("#answer-t-1-b", "#answer-t-1-c"),
        *("#answer-t-s1-a", "#answer-t-s2-a", "#answer-t-s3-a"),
    ]
    targets = {href for links in rows.links.values() for href in links}
    assert {href.removeprefix("#") for href in targets} <= set(rows.ids)


def test_the_rules_that_were_applied_and_all_peers_stand_above_the_table(page: str) -> None:
    above = page[page.index('id="indicator-t-1"') : page.index('id="count-t-1-all"')]
    for label in (
        "Delvis, ikke på linje med andre: ",
        "Delvis, på linje med andre: ",
        "Delvis, endnu ikke afgjort: ",
        "Fælles nej: ",
        "Afgjort ved en vurdering: ",
        "Ét skema afgjort ved en vurdering: ",
        "Ikke alle skemaer svarede: ",
    ):
        assert above.count(f'<p class="note">{label}') == 1
    assert '<a href="#answer-t-1-b">B</a> (100\xa0%)' in above
    assert '<a href="#answer-t-1-c">C, alkohol</a> (50\xa0%)' in above
    above = page[page.index('id="indicator-t-2"') : page.index('id="count-t-2-all"')]
    assert above.count('<p class="note">') == 1  # of blank answers alone


def test_what_people_wrote_is_text(page: str) -> None:
    assert "<i>nu</i>" not in page
    assert "<b>alle</b>" not in page


def test_an_answer_without_enough_to_measure_by_says_so(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    answers = {"t.1": "delvis", "t.s1": "ja"}
    write_form(folder / "forms" / "a.csv", form_rows("a", answers))
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "ja", "t.s1": "ja"}))
    made = load(folder)
    page = Rows(evidence_pages(made, settle(made), Language.load("da"))["method-t.html"])
    assert page.cells("answer-t-1-a")[2][1] == (
        "Fælles: delvis, bliver til nej. 100 % af de supplerende svar er ja. "
        "Der er kun ét skema at sammenligne med, og der skal mindst to til."
    )


@pytest.mark.parametrize(
    ("rules", "told", "measures"),
    [
        ({"partly": "keep"}, "Fælles: delvis", False),
        ({"partly": "as_yes"}, "Fælles: delvis, bliver til ja.", False),
        ({"peer_quantile": 0.0}, "den laveste andel hos B og C, alkohol.", True),
        ({"peer_quantile": 0.25}, "25 %-fraktilen hos B og C, alkohol.", True),
    ],
)
def test_partly_answers_are_told_as_the_study_settles_them(
    study: Study, rules: dict[str, object], told: str, measures: bool
) -> None:
    other = study.with_rules(**rules)
    page = evidence_pages(other, settle(other), Language.load("da"))["method-t.html"]
    assert Rows(page).cells("answer-t-1-a")[2][1].endswith(told)
    assert ("Andres delvise svar er målt mod dette" in page) == measures


def test_who_did_not_answer_is_told_apart_where_the_study_counts_them(study: Study) -> None:
    other = study.with_rules(absent="as_no")
    page = evidence_pages(other, settle(other), Language.load("da"))["method-t.html"]
    assert Rows(page).cells("count-t-1-south") == [
        ["Syd"],
        ["3 af 7"],
        ["3 ja · 4 nej", "Heraf 1 deltog ikke, talt med som nej"],
    ]


@pytest.fixture(scope="module")
def of_many(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, dict[str, str]]:
    """32 units of Nord: the first says partly to t.1, all others yes, and are its measure."""
    units = [f"u{n}" for n in range(32)]
    folder = make_project(tmp_path_factory.mktemp("many"), dict.fromkeys(units, "north"))
    for unit in units:
        given = {"t.1": "delvis" if unit == "u0" else "ja", "t.s1": "ja"}
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, given))
    study = load(folder)
    return study, evidence_pages(study, settle(study), Language.load("da"))


def test_of_many_units_each_question_has_a_page_that_the_topic_s_leads_to(
    of_many: tuple[Study, dict[str, str]],
) -> None:
    study, pages = of_many
    each = [f"method-{item.replace('.', '-')}.html" for item in ITEMS]
    assert list(pages) == ["method-t.html", *each]
    topic = pages["method-t.html"]
    assert all(f'<li><a href="{name}">' in topic for name in each)
    assert "answer-t-u0" in Rows(topic).ids
    assert not any(one.startswith("answer-t-1") for one in Rows(topic).ids)
    assert Rows(topic).links["answer-t-u0"] == ["method-t-2.html#answer-t-2-u0"]
    assert answer_address(study, "t.1", "u0") == "method-t-1.html#answer-t-1-u0"
    assert count_address(study, "t.1", "north") == "method-t-1.html#count-t-1-north"
    assert {"answer-t-1-u0", "count-t-1-north"} <= set(Rows(pages["method-t-1.html"]).ids)
    assert '<a href="method-t.html">' in pages["method-t-1.html"]


def test_answers_of_many_lead_to_one_another_across_pages(
    of_many: tuple[Study, dict[str, str]],
) -> None:
    _, pages = of_many
    other = Rows(pages["method-t-1.html"]).links["answer-t-1-u0"]
    assert "method-t-s1.html#answer-t-s1-u0" in other


def test_many_forms_that_others_are_measured_against_are_counted_not_listed(
    of_many: tuple[Study, dict[str, str]],
) -> None:
    _, pages = of_many
    note = pages["method-t-1.html"].split('<p class="note">')[-1].split("</p>")[0]
    assert "Det er 31 skemaer." in note
    assert "U30" not in note


def test_a_study_without_answers_says_so(tmp_path: Path) -> None:
    made = load(make_project(tmp_path))
    page = evidence_pages(made, settle(made), Language.load("da"))["method-t.html"]
    assert "Siden bliver fyldt ud, når det første skema er kommet." in page
    assert "<table>" not in page


def test_another_language_marks_what_people_wrote(study: Study) -> None:
    page = evidence_pages(study, settle(study), Language.load("en"))["method-t.html"]
    assert '<span lang="da">delvis</span>' in page
    assert Rows(page).cells("answer-t-1-e")[2][1:3] == [
        "Fælles: no",
        "Ruling on the joint answer: yes. De gør det <i>nu</i>. (T, 2 May 2024)",
    ]


def test_a_sheet_that_holds_every_answer_is_named_once_and_a_file_once_a_row(
    tmp_path: Path,
) -> None:
    folder = make_project(tmp_path)
    said = {"t.1": "ja", "t.s1": "ja", "t.s2": "nej"}
    write_form(folder / "forms" / "a.xlsx", form_rows("a", {**said, "t.1": "delvis"}))
    write_form(folder / "forms" / "b.xlsx", form_rows("b", said))
    study = load(folder)
    page = evidence_pages(study, settle(study), Language.load("da"))["method-t.html"]
    assert "Hvor der kun står en celle, er den i arket »Svar«." in page
    assert page.count("arket »Svar«") == 1
    told = Rows(page).cells("answer-t-1-b")[-1]
    assert told[-1].startswith("Andres delvise svar er målt mod dette: 50 % (t.s1 i C11 »ja«")
    assert " ".join(told).count("b.xlsx") == 1
    assert Rows(page).cells("answer-t-s1-b")[-1] == ["b.xlsx: C11"]
