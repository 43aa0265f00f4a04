"""Several respondents of one unit and form: their answers to each question become one.

Answers are counted by their code, so that nothing here goes through the respondents one by one.
docs/respondents.md says the rules in words, with an example by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.model.answer_words import STANDINGS
from misbrug_analysis.model.instrument import Instrument, Kind
from misbrug_analysis.model.respondents import Respondents

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]

TOLERANCE = 1e-9
"""So that 0.75 of the best points reaches 0.75, however it was added up."""

NO_VALUE = ""
"""The value of an answer that is left open, or that too few gave."""

MERGED, LEFT_OPEN, TOO_FEW = "merged", "left_open", "too_few"

MERGED_COLUMNS = ("points", "respondents", "rule")
"""What a merged answer has beside the columns of ``answers``."""


def merged(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """One answer per unit, form and scored item, from all respondents of the form.

    ``answers`` is the tidy table; it comes back as it is where the instrument has no respondents,
    and where it is merged already. Else rows for indicators and supplementary items only, in the
    table's columns (``respondent``, ``raw``, ``source`` and ``locator`` empty): ``value`` is a code
    that counts as the merged answer does, and more columns are ``points`` (the merged points,
    missing without), ``respondents`` (how many answered) and ``rule`` (``merged``, ``left_open``,
    ``too_few``). ``value`` is empty where the answer is left open or too few gave one.
    """
    if instrument.respondents is None or "rule" in answers:
        return answers
    given = _Given.of(answers, instrument)
    if not len(given.counts):
        return answers.iloc[:0].assign(points=0.0, respondents=0, rule="")
    points, standing = _Merging(given, instrument, instrument.respondents).settled()
    few = given.n < instrument.respondents.smallest
    value = np.where(few | (standing < 0), NO_VALUE, given.nearest(points, standing))
    rule = np.select([few, standing < 0], [TOO_FEW, LEFT_OPEN], MERGED)
    empty = dict.fromkeys(("respondent", "raw", "source", "locator"), "")
    table = given.cells.assign(**empty, value=value)[list(answers.columns)]
    kinds = {column: answers[column].dtype for column in answers.columns}
    return table.astype(kinds).assign(
        points=np.where(value == NO_VALUE, np.nan, points), respondents=given.n, rule=rule
    )


def scored(instrument: Instrument) -> list[str]:
    """The items that are answered in the words of the instrument and count: all but descriptive."""
    return [item.id for item in instrument.items if item.kind is not Kind.DESCRIPTIVE]


@dataclass(frozen=True, eq=False)
class _Given:
    """How many respondents gave each answer: cells (a unit's form and an item) by codes.

    ``codes`` stand from the fewest points to the most; ``points`` and ``standing`` (a place in
    ``STANDINGS``) are theirs. ``cells`` has ``study, unit, form, item``.
    """

    cells: pd.DataFrame
    counts: Counts
    codes: list[str]
    points: Numbers
    standing: Counts

    @classmethod
    def of(cls, answers: pd.DataFrame, instrument: Instrument) -> _Given:
        earned = instrument.points_of
        # Of codes with equal points the poorer standing is first, as it is last among the answers.
        order = list(earned)[::-1]
        codes = sorted(order, key=lambda code: earned[code])
        items = pd.Index(scored(instrument))
        item = items.get_indexer(pd.Index(answers["item"]))
        code = pd.Index(codes).get_indexer(pd.Index(answers["value"]))
        rows = (item >= 0) & (code >= 0)
        form = answers.groupby(["unit", "form"], sort=False).ngroup().to_numpy()
        place = form[rows].astype(np.int64) * len(items) + item[rows]
        used, cell = np.unique(place, return_inverse=True)
        counts = np.bincount(cell * len(codes) + code[rows], minlength=len(used) * len(codes))
        sent = answers.loc[~answers.duplicated(["unit", "form"]), ["study", "unit", "form"]]
        cells = sent.iloc[used // len(items)].reset_index(drop=True)
        cells["item"] = items.to_numpy()[used % len(items)]
        places: dict[str, int] = {standing: at for at, standing in enumerate(STANDINGS)}
        return cls(
            cells,
            counts.reshape(len(used), len(codes)),
            codes,
            np.array([earned[one] for one in codes]),
            np.array([places[instrument.standings[one]] for one in codes]),
        )

    @cached_property
    def n(self) -> Counts:
        """How many answered."""
        n: Counts = self.counts.sum(axis=1)
        return n

    def median(self) -> Numbers:
        """The median of the points; the mean of the two in the middle where they are even."""
        below = self.counts.cumsum(axis=1)
        around = (self.n - 1) // 2, self.n // 2
        low, high = ((below > at[:, None]).argmax(axis=1) for at in around)
        middle: Numbers = (self.points[low] + self.points[high]) / 2
        return middle

    def counting_as(self) -> Counts:
        """How many gave an answer of each of ``STANDINGS``."""
        columns = [self.counts[:, self.standing == at].sum(axis=1) for at in range(len(STANDINGS))]
        return np.stack(columns, axis=1)

    def commonest(self, standing: Counts) -> Counts:
        """The code that most gave among those of a standing; of equally common ones the poorest."""
        among = np.where(self.standing == standing[:, None], self.counts, -1)
        found: Counts = among.argmax(axis=1)
        return found

    def nearest(self, points: Numbers, standing: Counts) -> NDArray[np.object_]:
        """The code of a standing whose points are nearest; of two equally near the poorer."""
        away = np.abs(self.points - points[:, None])
        away = np.where(self.standing == standing[:, None], away, np.inf)
        # Rounding must not choose between two that are equally near.
        first = (away <= away.min(axis=1, keepdims=True) + TOLERANCE).argmax(axis=1)
        found: NDArray[np.object_] = np.array(self.codes, dtype=object)[first]
        return found


@dataclass(frozen=True, eq=False)
class _Merging:
    """The merged points and standing of every cell; -1 where it is left open."""

    given: _Given
    instrument: Instrument
    rules: Respondents

    def settled(self) -> tuple[Numbers, Counts]:
        """By the rule that the instrument names."""
        given, best = self.given, self.instrument.best_points
        if self.rules.merge == "majority":
            return self._majority()
        if self.rules.merge == "consensus":
            return self._consensus()
        if self.rules.merge == "mean":
            points = given.counts @ given.points / given.n
        elif self.rules.merge == "median":
            points = given.median()
        else:
            points = given.counting_as()[:, 0] / given.n * best
        return points, self._by_limits(points / best)

    def _majority(self) -> tuple[Numbers, Counts]:
        """What more than half of those who answered count as; without such, it is left open."""
        counted = self.given.counting_as()
        most: Counts = counted.argmax(axis=1)
        holds = 2 * counted.max(axis=1) > self.given.n
        points = self.given.points[self.given.commonest(most)]
        return points, np.where(holds, most, -1)

    def _consensus(self) -> tuple[Numbers, Counts]:
        """What all who answered say; left open where two differ."""
        code = self.given.counts.argmax(axis=1)
        equal = self.given.counts.max(axis=1) == self.given.n
        return self.given.points[code], np.where(equal, self.given.standing[code], -1)

    def _by_limits(self, shares: Numbers) -> Counts:
        """What shares count as; where the instrument has no answer of the kind, the next poorer."""
        limits = [self.rules.yes_from, self.rules.partly_from]
        reached = [shares >= limit - TOLERANCE for limit in limits]
        return np.select(reached, [self._known(0), self._known(1)], self._known(2))

    def _known(self, standing: int) -> int:
        """The standing itself, else the next poorer one that an answer has, else the poorest."""
        had: list[int] = sorted(set(self.given.standing.tolist()))
        return next((one for one in had if one >= standing), had[-1])
