"""The overview of answers: a mark an answer, readable for few units and for many."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from misbrug_analysis.presentation.figures import answer_matrix
from tests.presentation.charts import LANGUAGE
from tests.presentation.drawings import marks, shape_of, size, texts, words

YES, NO = "fill: #12436d", "fill: #fde3d4"


def overview(groups: dict[str, list[str]], rows: list[list[str]]) -> str:
    columns = pd.MultiIndex.from_tuples([(g, unit) for g, of in groups.items() for unit in of])
    labels = [f"{number}.1 Spørgsmål" for number in range(1, len(rows) + 1)]
    return answer_matrix(pd.DataFrame(rows, index=labels, columns=columns), LANGUAGE)


def many(units: int) -> str:
    """Units in two groups that answer two questions, yes and no by turns."""
    half = units // 2
    groups = {
        "Nord": [f"N{n}" for n in range(half)],
        "Syd": [f"S{n}" for n in range(units - half)],
    }
    answers = ["yes" if n % 2 else "no" for n in range(units)]
    return overview(groups, [answers, answers[::-1]])


def test_a_unit_keeps_its_column_and_an_indicator_its_row() -> None:
    svg = overview({"Nord": ["a", "b"], "Syd": ["c"]}, [["yes", "no", "yes"], ["no", "yes", "yes"]])
    column = {word.text: word.x for word in words(svg) if word.text in "abc"}
    # The first mark of a look is the one in the legend.
    yes, no = marks(svg, YES)[1:], marks(svg, NO)[1:]
    assert [x for x, _ in yes] == pytest.approx([column[unit] for unit in "acbc"], abs=0.1)
    assert [x for x, _ in no] == pytest.approx([column[unit] for unit in "ba"], abs=0.1)
    above, below = yes[0][1], yes[-1][1]
    assert [y for _, y in yes] == pytest.approx([above, above, below, below])
    assert [y for _, y in no] == pytest.approx([above, below])
    assert above < below


def test_an_answer_that_is_withheld_has_a_sign_of_its_own() -> None:
    svg = overview({"Nord": ["a", "b"]}, [["unanswered", "withheld"]])
    assert {"ikke besvaret", "holdt tilbage"} <= set(texts(svg))
    assert len(marks(svg, "fill: #8c8c8c")) == 2  # in the legend and in the row


def test_every_row_stands_under_its_label() -> None:
    svg = overview({"Nord": ["a"]}, [["yes"], ["yes"]])
    first, second = [word.y for word in words(svg) if word.text.endswith("Spørgsmål")]
    (_, above), (_, below) = marks(svg, YES)[1:]
    assert first < above < second < below


def test_groups_are_named_and_set_apart() -> None:
    svg = many(16)
    xs = sorted({x for x, _ in marks(svg, YES)[1:] + marks(svg, NO)[1:]})
    steps = np.diff(xs)
    assert len(xs) == 16
    assert steps[7] == pytest.approx(steps[0] + 12, abs=0.1)
    assert {"Nord", "Syd"} <= set(texts(svg))


def test_answers_differ_by_shape_as_well_as_colour() -> None:
    answers = ["yes", "no", "unanswered", "absent"]
    svg = overview({"Nord": list("abcd")}, [answers])
    absent = "stroke-dasharray"
    shapes = [shape_of(svg, style) for style in (YES, NO, "fill: #ffffff; stroke: #595959", absent)]
    assert len(set(shapes)) == 4


def test_partly_is_half_a_disc_on_a_disc() -> None:
    svg = overview({"Nord": ["a"]}, [["partly"]])
    assert marks(svg, "fill: #d9f0ee") == marks(svg, "fill: #1d7a72")
    assert len(marks(svg, "fill: #1d7a72")) == 2


def test_only_answers_that_occur_are_in_the_legend() -> None:
    shown = texts(overview({"Nord": ["a", "b"]}, [["yes", "absent"]]))
    assert shown[:2] == ["ja", "deltog ikke"]
    assert "nej" not in shown


@pytest.mark.parametrize("units", [4, 17, 30, 98])
def test_marks_lie_inside_the_picture_and_apart(units: int) -> None:
    svg = many(units)
    across, high = size(svg)
    places = np.array(marks(svg, YES)[1:] + marks(svg, NO)[1:])
    assert len(places) == 2 * units
    assert places.min() > 0
    assert places[:, 0].max() < across
    assert places[:, 1].max() < high
    assert np.diff(np.unique(places[:, 0].round(2))).min() > 3


def test_units_are_named_where_there_is_room() -> None:
    assert "N0" in texts(many(28))
    assert "N0" not in texts(many(98))


def test_names_of_narrow_groups_do_not_run_into_each_other() -> None:
    names = [f"Region nummer {number}" for number in range(1, 6)]
    svg = overview({name: [f"{n}" for n in range(18)] for name in names}, [["yes"] * 90])
    shown = [word for word in words(svg) if word.text in names]
    assert [word.text for word in shown] == names
    by_line: dict[float, list[float]] = {}
    for word in shown:
        by_line.setdefault(word.y, []).append(word.x)
    assert all(np.diff(xs).min(initial=999) > 120 for xs in by_line.values())
