"""Text alternatives of charts say at their end where their figures depend on the rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import answer_matrix, region_topics, standing
from tests.presentation.varied_reports import FORMS, varied_report

DEPENDS = " Nogle af tallene afhænger af reglerne."

Section = Callable[[Report], list[Block]]


def alternative(report: Report, section: Section) -> str:
    (figure,) = (block for block in section(report) if isinstance(block, Figure))
    return figure.alt


@pytest.mark.parametrize("section", [region_topics, standing, answer_matrix])
def test_an_alternative_whose_figures_depend_on_the_rules_ends_by_saying_so(
    tmp_path: Path, section: Section
) -> None:
    told = alternative(varied_report(tmp_path / "with", forms=MOVING), section)
    plain = varied_report(tmp_path / "without", forms=MOVING, variants_page=False)
    assert told == alternative(plain, section) + DEPENDS


MOVING = FORMS | {"a": {"t.1": "delvis", "t.2": "ja"}}
"""A and B say partly to t.1. With a no of that everyone says yes to one indicator, else to one or
two."""


@pytest.mark.parametrize("section", [region_topics, standing, answer_matrix])
def test_an_alternative_that_tells_no_such_figure_does_not(
    tmp_path: Path, section: Section
) -> None:
    forms = {unit: {"t.2": "ja"} for unit in FORMS}
    report = varied_report(tmp_path, forms=forms)
    assert "afhænger" not in alternative(report, section)


def test_the_matrix_tells_only_from_the_fewest_to_the_most(tmp_path: Path) -> None:
    """As in ``FORMS`` B may come to say yes to both; A does so anyhow, and C and D to one."""
    report = varied_report(tmp_path)
    assert "afhænger" not in alternative(report, answer_matrix)
    assert alternative(report, standing).endswith(DEPENDS)


def test_an_alternative_in_english(tmp_path: Path) -> None:
    report = varied_report(tmp_path, language="en")
    assert alternative(report, region_topics).endswith("Some of the numbers depend on the rules.")
