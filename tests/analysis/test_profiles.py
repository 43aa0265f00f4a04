"""How much each unit says yes to."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.profiles import yes_per_unit


def answers(**units: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"unit": unit, "indicator": str(number), "answer": answer}
            for unit, given in units.items()
            for number, answer in enumerate(given)
        ]
    )


def profiles(table: pd.DataFrame) -> list[tuple[str, int, int]]:
    return list(yes_per_unit(table).itertuples(index=False, name=None))


def test_yes_and_answers_are_counted_per_unit() -> None:
    table = answers(b=["yes", "no", "yes"], a=["partly", "unanswered", "yes"])
    assert profiles(table) == [("b", 2, 3), ("a", 1, 2)]


def test_a_unit_that_answered_nothing_is_left_out() -> None:
    table = answers(a=["no", "no"], b=["absent", "absent"], c=["unanswered", "unanswered"])
    assert profiles(table) == [("a", 0, 2)]


def test_nobody_leaves_no_rows() -> None:
    table = yes_per_unit(answers(a=["absent"]))
    assert table.empty
    assert list(table.columns) == ["unit", "yes", "answered"]
