"""Statements of what a notebook shows: calls that cannot be read are told, none stops a run."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.judged_pages import judged_pages
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import robustness_answer
from misbrug_analysis.presentation.statements import (
    judged_statements,
    reports_with_statements,
    unread_cells,
)
from tests.presentation.varied_reports import varied_report

TEXT = "{{ Quantifier('t.1') }} følger op."


def report_of(root: Path, *shows: str, text: str = TEXT) -> Report:
    return varied_report(root, text, shows=shows)


def told(report: Report) -> list[tuple[str, str, str]]:
    found = judged_statements(report)
    return [(one.statement.text, one.verdict, one.otherwise) for one in found]


@pytest.mark.parametrize(
    "call",
    [
        'sections.text_section(*[report, "text"])',
        "sections.text_section(report)",
        'sections.text_section(report, "text", 3)',
        "sections.text_section(report, 7)",
        'sections.text_section(report, title="text")',
    ],
)
def test_a_call_that_cannot_be_read_stops_nothing_and_is_told(tmp_path: Path, call: str) -> None:
    report = report_of(tmp_path, "sections.page(report)", call)
    assert judged_statements(report) == reports_with_statements(report) == []
    assert unread_cells(report) == (2,)
    (note,) = [
        block for block in robustness_answer(report, []) if getattr(block, "kind", "") == "note"
    ]
    assert list(note.texts) == [
        "Notebooken »n« viser sætninger, som ikke er talt med her, fordi de ikke kan læses ud af"
        " dens celle nummer 2."
    ]


def test_several_cells_are_named_together(tmp_path: Path) -> None:
    report = report_of(tmp_path, *["sections.text_section(report, x)"] * 2)
    *_, note = robustness_answer(report, judged_pages(report))
    assert str(note).count("dens celler nummer 1 og 2.") == 1


def test_nothing_is_noted_where_all_can_be_read(tmp_path: Path) -> None:
    report = report_of(tmp_path, 'sections.text_section(report, "text")')
    assert unread_cells(report) == ()
    assert "notebook" not in str(robustness_answer(report, judged_pages(report))).lower()


def test_what_two_cells_show_is_one_statement(tmp_path: Path) -> None:
    report = report_of(tmp_path, *['sections.text_section(report, "text")'] * 2)
    assert len(judged_statements(report)) == 1


def test_a_section_and_what_tells_its_sentences_take_the_same_arguments() -> None:
    for section in vars(sections).values():
        if hasattr(section, "passages"):
            both = inspect.signature(section), inspect.signature(section.passages)
            taken = [[str(one) for one in signed.parameters.values()] for signed in both]
            assert taken[0] == taken[1]


def test_arguments_by_name_are_given_on(tmp_path: Path) -> None:
    report = report_of(tmp_path, 'sections.text_section(name="text", report=report)')
    assert told(report) == [
        ("Ét af de fire steder følger op.", "words", "To af de fire steder følger op.")
    ]


def test_a_text_without_a_heading_is_under_that_of_its_page(tmp_path: Path) -> None:
    report = report_of(tmp_path, 'sections.text_section(report, "text")')
    (page,) = judged_pages(report)
    assert [place.name for place in page.places] == ["Rapport"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('{\n "cells": [\n<<<<<<< HEAD\n', ", line 3"),
        ("\ufeff{}", ", line 1"),
        ('{"worksheets": []}', ""),
        ('{"cells": [{"cell_type": "code"}]}', ""),
        ('{"cells": [{"cell_type": "code", "source": 7}]}', ""),
        ("[]", ""),
    ],
)
def test_a_file_that_is_no_notebook_is_named(tmp_path: Path, content: str, line: str) -> None:
    report = report_of(tmp_path)
    (tmp_path / "notebooks" / "n.ipynb").write_text(content, "utf-8")
    with pytest.raises(DefinitionError) as error:
        judged_statements(report)
    (problem,) = error.value.problems
    assert (problem.code, problem.where) == ("notebook_unreadable", f"notebooks/n.ipynb{line}")


def test_each_time_of_a_loop_is_held_against_the_same_one(tmp_path: Path) -> None:
    # With B's partly a yes, half follow up.
    text = (
        "{% for x in ['t.1', 't.2'] %}{% if share(x) >= 0.5 %}Mange gør {{ x }}."
        "{% else %}Få gør {{ x }}.{% endif %}\n\n{% endfor %}"
    )
    report = report_of(tmp_path, 'sections.text_section(report, "text")', text=text)
    found = judged_statements(report)
    assert [(one.statement.text, one.verdict, one.otherwise) for one in found] == [
        ("Få gør t.1.", "words", "Mange gør t.1."),
        ("Mange gør t.2.", "robust", ""),
    ]
    assert [one.statement.rests_on for one in found] == [(("t.1", "all"),), (("t.2", "all"),)]


def test_a_filter_over_sentences_is_one_part(tmp_path: Path) -> None:
    text = (
        "{% filter upper %}{{ Quantifier('t.1') }} følger op. {{ Quantifier('t.2') }} skriver."
        "{% endfilter %}"
    )
    report = report_of(tmp_path, 'sections.text_section(report, "text")', text=text)
    assert [(text, verdict) for text, verdict, _ in told(report)] == [
        ("ÉT AF DE FIRE STEDER FØLGER OP.", "words"),
        ("ALLE FIRE STEDER SKRIVER.", "robust"),
    ]


def test_a_count_under_a_name_decides_a_sentence(tmp_path: Path) -> None:
    text = "{% set a = share('t.2') %}{% if a > 0.5 %}Mange skriver.{% endif %}"
    report = report_of(tmp_path, 'sections.text_section(report, "text")', text=text)
    (one,) = judged_statements(report)
    assert (one.verdict, one.statement.rests_on) == ("robust", (("t.2", "all"),))


def test_noncharacters_in_a_text_are_not_taken_for_marks(tmp_path: Path) -> None:
    text = f"\ufdd4 \ufdd3v7\ufdd5 {TEXT}\ufdd6"
    report = report_of(tmp_path, 'sections.text_section(report, "text")', text=text)
    assert told(report) == [
        ("v7 Ét af de fire steder følger op.", "words", "v7 To af de fire steder følger op.")
    ]


def test_rows_of_a_table_are_held_one_by_one(tmp_path: Path) -> None:
    text = "| Følger op | {{ count('t.1') }} |\n|---|---|\n| Skriver | {{ count('t.2') }} |"
    report = report_of(tmp_path, 'sections.text_section(report, "text")', text=text)
    assert [verdict for _, verdict, _ in told(report)] == ["words", "robust"]


def test_a_loop_with_nothing_to_repeat_leaves_nothing(tmp_path: Path) -> None:
    text = "{% for x in ['t.1'] if share(x) < 0.5 %}Få gør det.{% endfor %}"
    report = report_of(tmp_path, 'sections.text_section(report, "text")', text=text)
    assert told(report) == [("Få gør det.", "words", "")]
