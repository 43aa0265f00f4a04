"""Counts for several indicators at once, where a sentence says how many units meet them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product

from feasible import CHOICE_SETTINGS, Setting, Yes, count_sets, middle, sizes, unevenness
from published import Published, PublishedIndicator, PublishedJoint


@dataclass(frozen=True)
class JointSet:
    """Yes per cluster for each indicator, and the units that say yes to all of them (``joint``).

    ``orders`` is the number of sets this one stands for: the same columns in another order of the
    indicators, whose digits and words do not tell them apart.
    """

    yes: tuple[Yes, ...]
    joint: Yes
    orders: int

    @property
    def total(self) -> int:
        return sum(map(sum, self.yes))


def joint_range(yes: Sequence[int], answered: int) -> range:
    """How many of a cluster's units can say yes to all, given the yes to each (Fréchet bounds)."""
    lowest = max(0, sum(yes) - (len(yes) - 1) * answered)
    return range(lowest, min(yes) + 1)


def words_allow(published: Published, joint: PublishedJoint, counts: Yes, setting: Setting) -> bool:
    """Whether the units that meet all, per cluster, agree with the sentence."""
    in_cluster = sizes(published, setting.words_count_absent)
    ids = [cluster.id for cluster in published.clusters]
    within = Fraction(joint.within)
    return any(
        all(
            count == 1 if case[name] == "one" else abs(count - Fraction(size, 2)) <= within
            for name, count, size in zip(ids, counts, in_cluster, strict=True)
        )
        for case in joint.cases
    )


def joint_sets(published: Published, joint: PublishedJoint, setting: Setting) -> list[JointSet]:
    """Every joint set that agrees with the charts of its indicators and with the sentence.

    Of sets that are equal up to the order of the indicators only one is listed: the indicator with
    the larger total first.
    """
    by_id = {indicator.id: indicator for indicator in published.indicators}
    columns = [_columns(published, by_id[name], setting) for name in joint.indicators]
    answered = sizes(published, absent_counted=False)
    found = []
    for yes in product(*columns):
        if list(yes) != sorted(yes, key=_rank):
            continue
        orders = len({order for order in permutations(yes) if _fits(order, columns)})
        ranges = [joint_range(x, n) for x, n in zip(zip(*yes, strict=True), answered, strict=True)]
        found += [
            JointSet(yes, counts, orders)
            for counts in product(*ranges)
            if words_allow(published, joint, counts, setting)
        ]
    return found


def joint_choice(published: Published, joint: PublishedJoint) -> tuple[Setting, JointSet]:
    """The setting and the joint set that are chosen: the one that claims least.

    Nearest the middle of the range of feasible totals (the yes to all indicators together), then
    of the range of units that meet them all; ties as for a single indicator. Raises ValueError
    when no set agrees under either setting.
    """
    for setting in CHOICE_SETTINGS:
        feasible = joint_sets(published, joint, setting)
        if feasible:
            return setting, _choose(feasible, sizes(published, setting.chart_counts_absent))
    raise ValueError(f"{joint.id}: no counts agree with both words and digits")


def _choose(feasible: Sequence[JointSet], in_cluster: Sequence[int]) -> JointSet:
    centre = middle([one.total for one in feasible])
    joint_centre = middle([sum(one.joint) for one in feasible])

    def rank(one: JointSet) -> tuple[object, ...]:
        uneven = sum((unevenness(yes, in_cluster) for yes in one.yes), Fraction(0))
        order = [[-count for count in yes] for yes in (*one.yes, one.joint)]
        distances = abs(one.total - centre), abs(sum(one.joint) - joint_centre)
        return *distances, uneven, -one.total, -sum(one.joint), order

    return min(feasible, key=rank)


def _columns(published: Published, indicator: PublishedIndicator, setting: Setting) -> list[Yes]:
    return [one.yes for one in count_sets(published, indicator, setting) if one.both]


def _rank(yes: Yes) -> tuple[int, list[int]]:
    return -sum(yes), [-count for count in yes]


def _fits(order: tuple[Yes, ...], columns: list[list[Yes]]) -> bool:
    return all(yes in column for yes, column in zip(order, columns, strict=True))


def seen_in(found: Sequence[JointSet]) -> set[Yes]:
    """The counts that some indicator has in some joint set; the order of indicators is free."""
    return {yes for one in found for yes in one.yes}
