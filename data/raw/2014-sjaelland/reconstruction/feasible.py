"""Which counts of yes and no agree with what 2014 publishes, and which of them is chosen.

Counts are yes per cluster, in the order of ``published.yaml``; whoever answered and did not say yes
said no.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

from published import Published, PublishedIndicator, Reading

Yes = tuple[int, ...]
"""Units that say yes, a number per cluster."""


@dataclass(frozen=True)
class Setting:
    """Whether a unit that sent nothing is counted as a no, in the charts and in the words."""

    id: str
    chart_counts_absent: bool
    words_count_absent: bool


SETTINGS = (
    Setting("absent_out", False, False),
    Setting("absent_as_no", True, True),
    Setting("absent_as_no_in_words_only", False, True),
)
"""Sets are chosen under the first setting that has any; the third one is listed for the record."""

CHOICE_SETTINGS = SETTINGS[:2]


@dataclass(frozen=True)
class CountSet:
    """One way to answer an indicator, and whether the words and the digits agree with it."""

    yes: Yes
    words: bool
    digits: bool

    @property
    def both(self) -> bool:
        return self.words and self.digits


def sizes(published: Published, absent_counted: bool) -> tuple[int, ...]:
    """Units per cluster: all that were asked, or those that answered."""
    return tuple(c.asked if absent_counted else c.answered for c in published.clusters)


def surviving_digits(numbers: Sequence[int], lost: str) -> list[int]:
    """The digits that a transcript keeps of printed numbers, in ascending order."""
    return sorted(int(digit) for number in numbers for digit in str(number) if digit not in lost)


def digits_hold(
    published: Published, indicator: PublishedIndicator, yes: Yes, setting: Setting
) -> bool:
    """Whether a chart of these counts (yes and no per cluster, zeros too) keeps those digits."""
    if indicator.chart is None:
        return True
    printed = [
        number
        for count, size in zip(yes, sizes(published, setting.chart_counts_absent), strict=True)
        for number in (count, size - count)
    ]
    kept = surviving_digits(printed, published.lost_digits)
    return kept == sorted(indicator.chart.surviving)


def words_hold(reading: Reading | None, yes: Yes, size: int) -> bool:
    """Whether the counts are within our reading of the words; ``size`` is the region's."""
    if reading is None:
        return True
    total, share = sum(yes), Fraction(sum(yes), size)
    no = size - total
    return (
        total >= reading.yes_min
        and no >= reading.no_min
        and min(yes) >= reading.yes_min_in_every_cluster
        and (reading.yes_above is None or share > Fraction(reading.yes_above))
        and (reading.yes_at_most is None or share <= Fraction(reading.yes_at_most))
        and (reading.yes_below is None or share < Fraction(reading.yes_below))
        and (reading.no_max is None or no <= reading.no_max)
        and (reading.no_one_of is None or no in reading.no_one_of)
    )


def count_sets(
    published: Published, indicator: PublishedIndicator, setting: Setting
) -> list[CountSet]:
    """Every way to answer an indicator by itself, checked against its words and its digits."""
    region = sum(sizes(published, setting.words_count_absent))
    ways = product(*(range(size, -1, -1) for size in sizes(published, absent_counted=False)))
    return [
        CountSet(
            yes,
            words_hold(indicator.reading, yes, region),
            digits_hold(published, indicator, yes, setting),
        )
        for yes in ways
    ]


def unevenness(yes: Yes, in_cluster: Sequence[int]) -> Fraction:
    """The sum of squared differences between the clusters' shares of yes."""
    shares = [Fraction(count, size) for count, size in zip(yes, in_cluster, strict=True)]
    return sum(((a - b) ** 2 for a, b in combinations(shares, 2)), Fraction(0))


def middle(values: Sequence[int]) -> Fraction:
    """The middle of a range of values."""
    return Fraction(min(values) + max(values), 2)


def choose(feasible: Sequence[Yes], in_cluster: Sequence[int]) -> Yes:
    """The set that claims least: its total is nearest the middle of the feasible totals.

    Ties: the most even between clusters, then the larger total, then the larger yes in the
    clusters' order. The ties are arbitrary.
    """
    centre = middle([sum(yes) for yes in feasible])

    def rank(yes: Yes) -> tuple[Fraction, Fraction, int, list[int]]:
        distance = abs(sum(yes) - centre)
        return distance, unevenness(yes, in_cluster), -sum(yes), [-count for count in yes]

    return min(feasible, key=rank)


def choice_of(published: Published, indicator: PublishedIndicator) -> tuple[Setting, Yes]:
    """The setting and the set that are chosen for an indicator.

    Raises ValueError when no set agrees with words and digits under either setting.
    """
    for setting in CHOICE_SETTINGS:
        feasible = [found.yes for found in count_sets(published, indicator, setting) if found.both]
        if feasible:
            return setting, choose(feasible, sizes(published, setting.chart_counts_absent))
    raise ValueError(f"indicator {indicator.id}: no counts agree with both words and digits")


def listed(indicator: PublishedIndicator, found: list[CountSet]) -> Iterator[CountSet]:
    """What a reader needs to see: the sets that agree with the digits; those that agree with the
    words alone where there is no chart, or where no set agrees with both."""
    if indicator.chart is None:
        return (one for one in found if one.words)
    conflict = not any(one.both for one in found)
    return (one for one in found if one.digits or (conflict and one.words))
