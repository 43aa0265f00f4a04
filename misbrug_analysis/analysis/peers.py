"""Partly answers measured against the forms of other units that say yes (design.md, rule 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from misbrug_analysis.analysis.forms_said import FormsSaid
from misbrug_analysis.analysis.settling import PARTLY, YES, Counts, Flags, Shares

TOLERANCE = 1e-9
"""A share reaches its threshold when it lies no more than this below it."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Every partly answer with its peers and thresholds.

    ``cells`` are their places among the answers of all forms, form by form; ``share`` is a form's
    own, ``peers`` a number of forms, ``thresholds`` the quantiles of the peers' shares, a row for
    each quantile that was asked for. Shares go from 0 to 1 and can be missing.
    """

    cells: Counts
    share: Shares
    peers: Counts
    thresholds: Shares

    def decided(self, min_peers: int) -> Flags:
        """Whether there is enough to judge by: a share of its own and as many peers."""
        enough: Flags = (self.peers >= min_peers) & ~np.isnan(self.share)
        return enough

    def on_par(self, quantile: int, min_peers: int) -> Flags:
        """Whether the share reaches the quantile with that place among those asked for."""
        reached: Flags = self.share >= self.thresholds[quantile] - TOLERANCE
        return self.decided(min_peers) & reached


def are_peers(forms: FormsSaid) -> Flags:
    """Which forms others are measured against, by indicator.

    They say a plain yes, have a share, and nobody ruled on them or on their unit.
    """
    say_yes: Flags = (forms.answer == YES) & ~np.isnan(forms.share)
    return say_yes & ~forms.adjudicated


def measured(forms: FormsSaid, quantiles: Sequence[float]) -> Measured:
    """Measure every partly answer by several quantiles (0 to 1) of its peers' shares at once.

    Peers of an answer are the forms of *other* units that ``are_peers``; a quantile is linear
    between two of them. All answers to an indicator look into the same sorted shares and step over
    those of their own unit, so the work grows with the forms and not with their square.
    """
    items = len(forms.indicators)
    share = forms.share.ravel()
    peers = np.flatnonzero(are_peers(forms))
    peers = peers[np.lexsort((share[peers], peers % items))]
    sizes = np.bincount(peers % items, minlength=items)
    first = np.cumsum(sizes) - sizes

    cells = np.flatnonzero(forms.answer == PARTLY)
    indicator = cells % items
    own_below = _own_below(forms, peers, first, cells)
    number = sizes[indicator] - np.isfinite(own_below).sum(axis=1)
    shares = np.append(share[peers], np.nan)
    last = np.maximum(number - 1, 0)

    def nth_share(place: Counts) -> Shares:
        stepped_over = (own_below <= place[:, None]).sum(axis=1)
        found: Shares = shares[np.where(number > 0, first[indicator] + place + stepped_over, -1)]
        return found

    def threshold(quantile: float) -> Shares:
        position = quantile * last
        below = position.astype(np.int64)
        low, high = nth_share(below), nth_share(np.minimum(below + 1, last))
        between: Shares = low + (position - below) * (high - low)
        return between

    thresholds = [threshold(quantile) for quantile in quantiles]
    return Measured(
        cells, share[cells], number, np.reshape(thresholds, (len(quantiles), len(cells)))
    )


def _own_below(forms: FormsSaid, peers: Counts, first: Counts, cells: Counts) -> Shares:
    """For each of ``cells``: how many shares of others lie before each share of its own unit.

    A column for each share of the unit that has most; infinite where there is none. ``peers`` are
    sorted by indicator and share, ``first`` is where each indicator begins among them.
    """
    items = len(forms.indicators)
    key = forms.unit[peers // items] * items + peers % items
    by_key = np.argsort(key, kind="stable")
    keys, start, count = np.unique(key[by_key], return_index=True, return_counts=True)
    nth = np.arange(len(peers)) - np.repeat(start, count)
    place = np.arange(len(peers)) - first[peers % items]
    table = np.full((len(keys) + 1, count.max(initial=0)), np.inf)
    table[np.repeat(np.arange(len(keys)), count), nth] = place[by_key] - nth
    wanted = forms.unit[cells // items] * items + cells % items
    row = np.searchsorted(keys, wanted)
    known = np.append(keys, -1)[row] == wanted
    return table[np.where(known, row, len(keys))]
