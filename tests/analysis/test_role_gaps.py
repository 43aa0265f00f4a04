"""What roles say on average, and that no one person's answer can be worked out from it."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.role_gaps import role_gaps
from tests.analysis.staff import answers_of, five, instrument

UNITS = pd.DataFrame(
    {"unit": list("abcd"), "team": list("nnss"), "whole": list("wwww")}, dtype="str"
)
LEVELS = ["team", "whole"]


def gaps(units: dict[str, tuple[str, str]], **respondents: object) -> pd.DataFrame:
    """Of units whose respondents have given points to t.1 and roles: ``{"a": ("4430", "llls")}``.

    Roles are leader (l), staff (s) and none (a space).
    """
    answers = answers_of(
        {(unit, "joint"): {"t.1": five(points)} for unit, (points, _) in units.items()},
        {
            unit: [{"l": "leader", "s": "staff"}.get(role, "") for role in roles]
            for unit, (_, roles) in units.items()
        },
    )
    table = role_gaps(answers, instrument(**respondents), UNITS, LEVELS)
    return table.set_index(["level", "group", "item"])


def test_a_gap_is_the_mean_of_one_role_less_that_of_the_other() -> None:
    row = gaps({"a": ("443" + "3210", "lllssss")}).loc[("unit", "a", "t.1")]
    assert row[["role", "other", "role_n", "other_n"]].tolist() == ["leader", "staff", 3, 4]
    assert row["role_mean"] == pytest.approx(11 / 3)
    assert row["other_mean"] == pytest.approx(6 / 4)
    assert row["gap"] == pytest.approx(11 / 3 - 1.5)
    assert not row["hidden"]


def test_respondents_of_a_group_count_alike() -> None:
    table = gaps({"a": ("443" + "001", "lllsss"), "b": ("222222" + "001", "llllllsss")})
    row = table.loc[("team", "n", "t.1")]
    assert (row["role_n"], row["other_n"]) == (9, 6)
    assert row["role_mean"] == pytest.approx(23 / 9)


def test_in_all_a_respondent_counts_with_the_mean_of_what_was_answered() -> None:
    said = {("a", "joint"): {"t.1": five("444000"), "t.2": five("0  001")}}
    roles = {"a": ["leader"] * 3 + ["staff"] * 3}
    table = role_gaps(answers_of(said, roles), instrument(), UNITS, LEVELS)
    row = table.set_index(["level", "group", "item"]).loc[("unit", "a", "total")]
    assert row["role_mean"] == pytest.approx((2 + 4 + 4) / 3)
    assert row["other_mean"] == pytest.approx((0 + 0 + 0.5) / 3)


def test_few_of_a_role_are_hidden_with_both_means_and_numbers() -> None:
    row = gaps({"a": ("44" + "3210", "llssss")}).loc[("unit", "a", "t.1")]
    assert row["hidden"]
    assert row[["role_n", "other_n", "role_mean", "other_mean", "gap"]].isna().all()


@pytest.mark.parametrize(
    ("points", "roles"),
    [("444" + "3210", "lllssss"), ("000" + "3210", "lllssss"), ("3210" + "444", "llllsss")],
)
def test_a_mean_at_the_end_of_the_scale_is_hidden_since_it_tells_what_each_said(
    points: str, roles: str
) -> None:
    table = gaps({"a": (points, roles)})
    assert table.loc[("unit", "a", "t.1"), "hidden"]
    assert table.loc[("whole", "w", "t.1"), "hidden"]


def test_a_group_is_hidden_where_what_is_left_of_it_is_at_the_end_of_the_scale() -> None:
    """All leaders of b say 4; the mean of the group less that of a would tell."""
    table = gaps({"a": ("321" + "3210", "lllssss"), "b": ("444" + "3210", "lllssss")})
    assert not table.loc[("unit", "a", "t.1"), "hidden"]
    assert table.loc[("unit", "b", "t.1"), "hidden"]
    assert table.loc[("team", "n", "t.1"), "hidden"]
    assert table.loc[("whole", "w", "t.1"), "hidden"]


def test_leaders_who_are_few_in_each_unit_are_shown_together() -> None:
    table = gaps(dict.fromkeys("abc", ("3" + "3210", "lssss")))
    assert table.loc[("unit", "a", "t.1"), "hidden"]
    assert table.loc[("team", "n", "t.1"), "hidden"]  # two units have two leaders
    assert table.loc[("whole", "w", "t.1"), "role_n"] == 3


def test_a_group_is_hidden_where_taking_its_units_from_it_would_leave_one_person() -> None:
    """b has one leader; the three of a are shown, and four less three is that one."""
    table = gaps({"a": ("443001", "lllsss"), "b": ("1001", "lsss")})
    assert not table.loc[("unit", "a", "t.1"), "hidden"]
    assert table.loc[("team", "n", "t.1"), "hidden"]


def test_a_unit_is_hidden_where_both_roles_taken_from_all_would_leave_one_person() -> None:
    """The mean of all seven is shown among the answers, and one of them gave no role."""
    table = gaps({"a": ("443" + "001" + "2", "lllsss ")})
    assert table.loc[("unit", "a", "t.1"), "hidden"]


def test_levels_whose_groups_lie_across_each_other_are_not_shown_beside_each_other() -> None:
    units = pd.DataFrame(
        {"unit": list("abcd"), "team": list("nnss"), "kind": list("xyxy")}, dtype="str"
    )
    said = {(unit, "joint"): {"t.1": five("443001")} for unit in "abcd"}
    roles = {unit: ["leader"] * 3 + ["staff"] * 3 for unit in "abcd"}
    table = role_gaps(answers_of(said, roles), instrument(), units, ["team", "kind"])
    shown = table[table["item"] == "t.1"].groupby("level")["hidden"].agg(list)
    assert shown["team"] == [False, False]
    assert shown["kind"] == [True, True]


def test_one_who_fills_in_two_forms_of_a_unit_counts_once() -> None:
    said = {("a", form): {"t.1": five("440441")} for form in ("alcohol", "drugs")}
    roles = {"a": ["leader"] * 3 + ["staff"] * 3}
    table = role_gaps(answers_of(said, roles), instrument(), UNITS, LEVELS)
    row = table.set_index(["level", "group", "item"]).loc[("unit", "a", "t.1")]
    assert (row["role_n"], row["other_n"]) == (3, 3)


def test_three_roles_are_compared_in_pairs() -> None:
    roles = [{"id": one, "label": {"da": one}} for one in ("x", "y", "z")]
    said = {("a", "joint"): {"t.1": five("443222001")}}
    answers = answers_of(said, {"a": ["x"] * 3 + ["y"] * 3 + ["z"] * 3})
    table = role_gaps(answers, instrument(roles=roles), UNITS, LEVELS)
    of_unit = table[(table["level"] == "unit") & (table["item"] == "t.1")]
    assert of_unit[["role", "other", "gap"]].to_numpy().tolist() == [
        ["x", "y", pytest.approx(11 / 3 - 2)],
        ["x", "z", pytest.approx(10 / 3)],
        ["y", "z", pytest.approx(2 - 1 / 3)],
    ]


def test_without_two_roles_there_are_no_gaps() -> None:
    answers = answers_of({("a", "joint"): {"t.1": five("444")}})
    assert role_gaps(answers, instrument(roles=[]), UNITS, LEVELS).empty


people = st.lists(st.sampled_from("lls s"), max_size=9)


@hypothesis_settings(max_examples=150, deadline=None)
@given(units=st.fixed_dictionaries(dict.fromkeys("abcd", people)), smallest=st.integers(2, 4))
def test_no_sum_over_fewer_than_the_smallest_number_follows_from_what_is_shown(
    units: dict[str, list[str]], smallest: int
) -> None:
    """What is shown are sums over respondents: a row each, 1 for those that it is over.

    A sum over a few of them follows when what is shown, and their answers besides, has fewer
    dimensions than the two have apart.
    """
    known = {unit: roles for unit, roles in units.items() if roles}
    if not known:
        return
    table = gaps({u: ("1" * len(r), "".join(r)) for u, r in known.items()}, smallest=smallest)
    everyone = [(unit, role) for unit, roles in known.items() for role in roles]
    shown = [
        [one == unit for one, _ in everyone]
        for unit, roles in known.items()
        if len(roles) >= smallest
    ]
    groups = UNITS.set_index("unit").assign(unit=list("abcd"))
    for (level, group, item), row in table.iterrows():
        if item != "t.1" or row["hidden"]:
            continue
        for letter in "ls":
            inside = [
                role == letter and groups.loc[unit, level] == group for unit, role in everyone
            ]
            assert sum(inside) >= smallest
            shown.append(inside)
    if not shown:
        return
    sums = np.array(shown, dtype=float)
    rank = np.linalg.matrix_rank(sums)
    for size in range(1, smallest):
        for few in combinations(range(len(everyone)), size):
            rest = np.delete(sums, list(few), axis=1)
            assert np.linalg.matrix_rank(rest) == rank if rest.size else rank == 0, few
