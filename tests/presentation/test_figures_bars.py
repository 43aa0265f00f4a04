"""Stacked bars of counts: how long the pieces are, and which numbers they bear."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import Panel, count_bars
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import boxes, texts, words

YES, NO = "fill: #12436d", "stroke: #b3430a"


def bars(**counts: list[int]) -> str:
    labels = ["Nord", "Syd"][: len(next(iter(counts.values())))]
    return count_bars([Panel("Et spørgsmål", pd.DataFrame(counts, index=labels))], LANGUAGE)


def test_every_piece_has_its_number_and_every_bar_its_label() -> None:
    shown = texts(bars(yes=[4, 5], no=[1, 0]))
    assert [text for text in shown if text.isdigit()] == ["4", "1", "5"]
    assert {"Nord", "Syd", "Et spørgsmål"} <= set(shown)


def test_the_legend_names_only_the_answers_that_occur() -> None:
    shown = texts(bars(yes=[4, 5], no=[1, 0], absent=[0, 0]))
    assert shown[:2] == ["ja", "nej"]
    assert "deltog ikke" not in shown


def test_bars_are_as_long_as_all_who_were_asked() -> None:
    svg = bars(yes=[4, 3], no=[1, 0])
    legend, four, three = boxes(svg, YES)
    _, one = boxes(svg, NO)
    assert legend.width < 20
    assert four.width == pytest.approx(three.width * 4 / 5, abs=0.1)
    assert one.width == pytest.approx(three.width / 5, abs=0.1)
    assert one.x == pytest.approx(four.x + four.width, abs=0.1)


def test_a_number_that_does_not_fit_its_piece_is_left_out() -> None:
    shown = texts(bars(yes=[97], no=[1]))
    assert [text for text in shown if text.isdigit()] == ["97"]


def test_a_number_stands_in_the_middle_of_its_piece() -> None:
    svg = bars(yes=[4], no=[1])
    _, piece = boxes(svg, YES)
    (number,) = [word for word in words(svg) if word.text == "4"]
    assert number.x == pytest.approx(piece.x + piece.width / 2, abs=0.1)
    assert piece.y < number.y < piece.y + piece.height


def test_answers_differ_by_more_than_colour() -> None:
    svg = bars(yes=[1], no=[1], partly=[1], unanswered=[1], absent=[1])
    assert len(set(re.findall(r"fill: url\(#(\w+)\)", svg))) == 2  # hatched no, ruled partly
    assert svg.count("stroke-dasharray") == 2  # absent, in the legend and in the bar


def test_a_long_label_is_wrapped_and_the_bars_make_room() -> None:
    label = "Et meget langt navn på en gruppe af kommuner i landet"
    svg = count_bars([Panel("Spørgsmål", pd.DataFrame({"yes": [1]}, index=[label]))], LANGUAGE)
    shown = [word for word in words(svg) if word.text in label]
    assert " ".join(word.text for word in shown) == label
    assert len(shown) > 1
    assert boxes(svg, YES)[1].x == pytest.approx(165, abs=0.1)


@pytest.mark.parametrize("label", ["Nordby Municipality", "Fjordby Municipality"])
def test_a_label_that_the_bars_make_room_for_stands_on_one_line(label: str) -> None:
    svg = count_bars([Panel("Et spørgsmål", pd.DataFrame({"yes": [1]}, index=[label]))], LANGUAGE)
    assert label in texts(svg)
