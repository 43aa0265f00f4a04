"""All options of a question in all groups at once: the same counts as one by one."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.chosen_options import Chosen, chosen_by_group
from misbrug_analysis.analysis.description import choosing_by_group
from tests.analysis.test_description import given, item

UNITS = pd.DataFrame(
    {"team": ["north", "north", "south", "west"], "land": ["one"] * 4}, index=list("abcd")
)
OPTIONS = ["ASI", "test"]


def told(found: dict[tuple[str, str], Chosen]) -> dict[tuple[str, str], tuple[int, ...]]:
    """How many answered, and chose each option."""
    return {
        place: (one.answered, *(one.chose[option] for option in OPTIONS))
        for place, one in found.items()
    }


def test_each_group_of_each_level_is_counted_by_itself() -> None:
    # b differs between its forms, c says one thing in both, d answered nothing, x is in no group.
    answers = given(
        ("a", "ASI"), ("b", "ASI"), ("b", "test"), ("c", "ASI"), ("c", "ASI"), ("x", "test")
    )
    assert told(chosen_by_group(answers, item("single"), OPTIONS, UNITS)) == {
        ("team", "north"): (2, 1, 0),
        ("team", "south"): (1, 1, 0),
        ("team", "west"): (0, 0, 0),
        ("land", "one"): (3, 2, 0),
    }


def test_one_of_several_forms_is_enough_where_several_options_can_hold() -> None:
    answers = given(("a", "ASI; test"), ("b", "ASI"), ("b", "test"), ("c", "test"))
    found = told(chosen_by_group(answers, item("multiple"), OPTIONS, UNITS))
    assert found["team", "north"] == (2, 2, 2)
    assert found["land", "one"] == (3, 2, 3)


def test_persons_of_a_unit_count_each_by_themselves() -> None:
    answers = given(("a", "ASI"), ("a", "test"), ("c", "ASI")).assign(respondent=["1", "2", "1"])
    by = ["unit", "respondent"]
    found = told(chosen_by_group(answers, item("single"), OPTIONS, UNITS, by))
    assert found["team", "north"] == (2, 1, 1)
    assert found["team", "south"] == (1, 1, 0)


def test_the_counts_are_those_of_each_option_alone() -> None:
    answers = given(("a", "ASI; test"), ("b", "ASI"), ("b", "test"), ("c", "own words"))
    for kind in ("single", "multiple"):
        found = chosen_by_group(answers, item(kind), OPTIONS, UNITS)
        for option in OPTIONS:
            for level in UNITS:
                counts = choosing_by_group(answers, item(kind), option, UNITS[level])
                for group, row in counts.to_dict("index").items():
                    one = found[str(level), str(group)]
                    assert (one.chose[option], one.answered) == (row["chose"], row["answered"])
