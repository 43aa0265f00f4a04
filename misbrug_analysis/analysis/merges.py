"""Other ways to make one answer of those of several respondents, that could have been chosen."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.forms_said import FormsSaid, forms_said
from misbrug_analysis.analysis.respondents import TOO_FEW, merged
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.respondents import Merge
from misbrug_analysis.model.settings import Rules

ONE_ANSWERS = ""
"""What ``merge`` is where one answers for each unit and form."""

MERGES: tuple[Merge, ...] = ("mean", "median", "share", "majority")
"""Beside the study's own. Consensus is none: it leaves open nearly all, until persons rule."""

_STEPS = 3
"""A scale with more steps than yes, partly and no has a middle of its own."""


def merges_of(
    answers: pd.DataFrame, instrument: Instrument, adjudications: pd.DataFrame
) -> dict[str, FormsSaid]:
    """The forms by each way to merge respondents that can differ, the instrument's own first.

    Arguments and errors are those of ``forms_said``. Left out are, since they can change nothing:

    - all others, where no answer is merged of two or more;
    - the median, where none is merged of three: of two it is the mean;
    - the share of yes beside the mean, where only a yes earns points and all earn the best.
    """
    own = forms_said(answers, instrument, adjudications)
    if instrument.respondents is None:
        return {ONE_ANSWERS: own}
    found: dict[str, FormsSaid] = {instrument.respondents.merge: own}
    for merge in _others(answers, instrument, instrument.respondents.merge):
        found[merge] = forms_said(answers, instrument.merging_by(merge), adjudications)
    return found


def keeps_partly(instrument: Instrument, rules: Rules) -> bool:
    """Whether partly answers stand by themselves under all variants.

    They do where the study keeps them and they are the middle of a longer scale, or lie between two
    limits for what respondents say together. Nobody would settle these as a yes or a no.
    """
    is_middle = len(set(instrument.points_of.values())) > _STEPS
    return rules.partly == "keep" and (is_middle or instrument.respondents is not None)


def _others(answers: pd.DataFrame, instrument: Instrument, own: Merge) -> list[Merge]:
    table = merged(answers, instrument)
    most = max(table.loc[table["rule"] != TOO_FEW, "respondents"], default=0)
    if most < 2:
        return []
    left_out: set[Merge] = {own}
    # Of two answers the median is the mean.
    if most == 2:
        left_out.add("mean" if own == "median" else "median")
    if _is_share_of_yes(instrument):
        left_out.add("mean" if own == "share" else "share")
    return [merge for merge in MERGES if merge not in left_out]


def _is_share_of_yes(instrument: Instrument) -> bool:
    """Whether the mean of points is the share of yes, times the best points."""
    best, standings = instrument.best_points, instrument.standings
    return all(
        points == (best if standings[code] == "yes" else 0)
        for code, points in instrument.points_of.items()
    )
