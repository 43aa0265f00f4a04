"""Charts of counts: what is drawn, in which marks, the same bytes each time."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import Panel, count_bars
from misbrug_analysis.presentation.language import Language

LANGUAGE = Language.load("da")


def bars(**counts: list[int]) -> str:
    labels = ["Nord", "Syd"][: len(next(iter(counts.values())))]
    return count_bars([Panel("Et spørgsmål", pd.DataFrame(counts, index=labels))], LANGUAGE)


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_every_segment_has_its_number_and_every_bar_its_label() -> None:
    shown = texts(bars(yes=[4, 5], no=[1, 0]))
    assert [text for text in shown if text.isdigit()] == ["4", "5", "1"]
    assert {"Nord", "Syd", "Et spørgsmål"} <= set(shown)


def test_the_legend_names_only_the_answers_that_occur() -> None:
    shown = texts(bars(yes=[4, 5], no=[1, 0], absent=[0, 0]))
    assert "ja" in shown
    assert "nej" in shown
    assert "deltog ikke" not in shown


def test_bars_are_as_long_as_all_who_were_asked() -> None:
    svg = bars(yes=[4, 3], no=[1, 0])
    widths = [
        round(float(right) - float(left), 1)
        for left, right in re.findall(r'<path d="M ([\d.]+) [\d.]+\nL ([\d.]+) [\d.]+\nL', svg)
    ]
    whole = max(width for width in widths if width < 300)
    assert widths.count(whole) == 1
    assert any(abs(width - whole * 4 / 5) < 0.2 for width in widths)
    assert any(abs(width - whole * 1 / 5) < 0.2 for width in widths)


def test_answers_differ_by_more_than_colour() -> None:
    svg = bars(yes=[1], no=[1], partly=[1], unanswered=[1], absent=[1])
    assert len(set(re.findall(r"fill: url\(#(\w+)\)", svg))) == 2  # hatched no, ruled partly
    assert "stroke-dasharray" in svg  # absent


def test_the_same_counts_give_the_same_bytes() -> None:
    assert bars(yes=[4, 5], no=[1, 0]) == bars(yes=[4, 5], no=[1, 0])


def test_labels_are_text_and_never_markup_or_mathematics() -> None:
    panel = Panel(
        "$x$ <script>alert(1)</script>", pd.DataFrame({"yes": [1]}, index=["&lt; 1.2345"])
    )
    svg = count_bars([panel], LANGUAGE)
    assert "<script>" not in svg
    assert "$x$ &lt;script&gt;" in svg
    assert "&amp;lt; 1.2345" in svg


def test_a_chart_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one bar"):
        count_bars([], LANGUAGE)
