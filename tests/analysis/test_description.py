"""What units answer to questions that are not scored, where their forms differ."""

from __future__ import annotations

import pandas as pd
import pytest

from misbrug_analysis.analysis.description import choosing, choosing_by_group, differing
from misbrug_analysis.model.instrument import Item


def item(kind: str) -> Item:
    options = [{"da": "ASI"}, {"da": "test"}] if kind in ("single", "multiple") else []
    return Item.model_validate(
        {
            "id": "d",
            "topic": "t",
            "kind": "descriptive",
            "text": {"da": "Hvad?"},
            "type": kind,
            "options": options,
        }
    )


def given(*rows: tuple[str, str]) -> pd.DataFrame:
    """Answers to the question, a row a form: (unit, value)."""
    table = pd.DataFrame(rows, columns=["unit", "value"])
    return table.assign(item="d")


@pytest.mark.parametrize(
    ("kind", "option", "expected"),
    [
        # a says one thing in both forms, b differs between its forms, c has one form: of three.
        ("single", "ASI", (1, 3)),
        ("single", "test", (1, 3)),
        ("multiple", "ASI", (2, 3)),
        ("multiple", "test", (2, 3)),
    ],
)
def test_a_unit_whose_forms_differ(kind: str, option: str, expected: tuple[int, int]) -> None:
    answers = given(("a", "ASI"), ("a", "ASI"), ("b", "ASI"), ("b", "test"), ("c", "test"))
    assert choosing(answers, item(kind), option) == expected


def test_a_form_can_choose_several_options() -> None:
    answers = given(("a", "ASI; test"), ("b", "test"))
    assert choosing(answers, item("multiple"), "ASI") == (1, 2)
    assert choosing(answers, item("multiple"), "test") == (2, 2)


def test_groups_are_counted_each_by_itself() -> None:
    answers = given(("a", "ASI"), ("b", "test"), ("c", "ASI"), ("c", "ASI"), ("x", "ASI"))
    groups = pd.Series({"a": "north", "b": "north", "c": "south", "d": "west"})
    # x is in no group, d answered nothing; c sent two forms and is one unit.
    counts = choosing_by_group(answers, item("single"), "ASI", groups)
    assert counts.to_dict("index") == {
        "north": {"chose": 1, "answered": 2},
        "south": {"chose": 1, "answered": 1},
        "west": {"chose": 0, "answered": 0},
    }


def test_nobody_answered() -> None:
    assert choosing(given(), item("single"), "ASI") == (0, 0)


def test_units_whose_forms_differ_make_up_the_rest_of_those_that_answered() -> None:
    # a says one thing in both forms, b and d differ, c has one form.
    answers = given(
        ("a", "ASI"), ("a", "ASI"), ("b", "ASI"), ("b", "test"), ("c", "test"),
        ("d", "test"), ("d", "ASI"),
    )  # fmt: skip
    asked = item("single")
    assert differing(answers, asked) == 2
    assert choosing(answers, asked, "ASI") == (1, 4)
    assert choosing(answers, asked, "test") == (1, 4)
    assert differing(given(), asked) == 0


def test_forms_of_a_unit_count_together_where_several_answers_can_hold() -> None:
    with pytest.raises(ValueError, match="several answers"):
        differing(given(("a", "ASI"), ("a", "test")), item("multiple"))
