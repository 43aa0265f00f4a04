"""What is shown of persons' answers: merged ones, and counts over enough of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.description import choosing, choosing_by_group
from misbrug_analysis.analysis.disclosure import counted_by, disclosed, shown_groups
from misbrug_analysis.analysis.respondents import merged
from tests.analysis.staff import answers_of, five, instrument

UNITS = pd.DataFrame(
    {"unit": list("abcd"), "team": list("nnss"), "whole": list("wwww")}, dtype="str"
)
LEVELS = ["team", "whole"]


def test_no_row_tells_of_one_person() -> None:
    said = {
        ("a", "joint"): {
            "t.1": five("440"),
            "t.d1": ["et år", "længere", "et år"],
            "t.1.remark": ["secret", "", ""],
            "t.2": five("44"),
            "t.2.remark": ["hidden", "", ""],
        }
    }
    answers = answers_of(said, {"a": ["leader", "staff", "staff"]})
    table = disclosed(answers, instrument())
    assert table[["item", "value", "respondents"]].to_numpy().tolist() == [
        ["t.1", "neither", 3],
        ["t.2", "", 2],
        ["t.d1", "", 3],
        ["t.1.remark", "secret", 0],  # three answered t.1, and two t.2
    ]
    assert (table[["respondent", "raw", "source", "locator"]] == "").all(axis=None)


def test_remarks_stand_in_the_order_of_their_words_and_not_of_the_persons() -> None:
    said = {"t.1": five("444"), "t.1.remark": ["c", "a", "b"]}
    table = disclosed(answers_of({("a", "joint"): said}), instrument())
    assert table["value"].tolist()[1:] == ["a", "b", "c"]


def test_what_is_disclosed_is_merged_once() -> None:
    asked = instrument()
    table = disclosed(answers_of({("a", "joint"): {"t.1": five("444")}}), asked)
    assert merged(table, asked) is table


def test_without_respondents_all_is_as_it_came() -> None:
    asked = instrument().model_copy(update={"respondents": None})
    answers = answers_of({("a", "joint"): {"t.1": ["agree"]}})
    assert disclosed(answers, asked) is answers
    assert counted_by(asked) == ["unit"]
    assert ("unit", "a") in shown_groups(answers, asked, "t.1", UNITS, LEVELS)


def test_persons_are_counted_where_several_answer_for_a_unit() -> None:
    asked = instrument()
    answers = answers_of({("a", "joint"): {"t.d1": ["et år", "længere", "et år"]}})
    item = asked.item("t.d1")
    assert choosing(answers, item, "et år", counted_by(asked)) == (2, 3)
    assert choosing(answers, item, "et år") == (0, 1)
    teams = UNITS.set_index("unit")["team"]
    counts = choosing_by_group(answers, item, "et år", teams, counted_by(asked))
    assert counts.to_dict("index") == {
        "n": {"chose": 2, "answered": 3},
        "s": {"chose": 0, "answered": 0},
    }


def shown(persons: dict[str, int], smallest: int = 3) -> set[tuple[str, str]]:
    said = {(unit, "joint"): {"t.d1": ["et år"] * n} for unit, n in persons.items() if n}
    asked = instrument(smallest=smallest)
    return shown_groups(answers_of(said), asked, "t.d1", UNITS, LEVELS)


def test_groups_of_few_are_not_counted() -> None:
    assert shown({"a": 3, "b": 3, "c": 1, "d": 1}) >= {("unit", "a"), ("team", "n")}
    assert not shown({"a": 3, "b": 3, "c": 1, "d": 1}) & {("unit", "c"), ("team", "s")}


def test_a_group_is_not_counted_where_its_units_taken_from_it_leave_few() -> None:
    """In team n three of a are shown, so that the one of b would be four less three."""
    found = shown({"a": 3, "b": 1, "c": 3, "d": 3})
    assert ("team", "n") not in found
    assert ("team", "s") in found
    assert ("whole", "w") not in found  # less team s and a, it leaves the one of b, too


@hypothesis_settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries({unit: st.integers(0, 5) for unit in "abcd"}).filter(
        lambda persons: any(persons.values())
    ),
    st.integers(2, 4),
)
def test_no_count_over_fewer_than_the_smallest_number_follows_from_those_shown(
    persons: dict[str, int], smallest: int
) -> None:
    everyone = [unit for unit, n in persons.items() for _ in range(n)]
    groups = UNITS.set_index("unit").assign(unit=list("abcd"))
    rows = [
        [groups.loc[unit, level] == group for unit in everyone]
        for level, group in shown(persons, smallest)
    ]
    if not rows:
        return
    sums = np.array(rows, dtype=float)
    rank = np.linalg.matrix_rank(sums)
    for size in range(1, smallest):
        for few in combinations(range(len(everyone)), size):
            rest = np.delete(sums, list(few), axis=1)
            assert (np.linalg.matrix_rank(rest) if rest.size else 0) == rank
