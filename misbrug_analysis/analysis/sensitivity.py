"""What other rules would have made of the same answers: every justified variant, run at once.

The choices are those made when data are constructed, varied together as a multiverse analysis
does (Steegen, Tuerlinckx, Gelman and Vanpaemel, 2016); only variants that can differ are run
(Simonsohn, Simmons and Nelson, 2020). Who did not answer is no choice of rule: what absence could
change is kept apart, as bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules

SETTINGS = ("partly", "split", "adjudications")
"""The choices that variants differ in, as columns of ``Sensitivity.variants``."""


@dataclass(frozen=True)
class Sensitivity:
    """A round under every variant of its rules; variant 0 is the study's own.

    - ``variants``: a row a variant, its number as index: ``partly`` (``judge``, ``keep``,
      ``as_yes``, ``as_no``), ``peer_quantile`` (a share, missing unless partly is judged),
      ``split`` (``no``, ``any``, ``majority``), ``adjudications`` (bool: rulings hold).
    - ``answers``: ``variant, unit, indicator, answer``.
    - ``scores``: ``variant`` and the columns of the table ``scores`` but for ``study``, for groups
      of every level (not for single units), with the study's own settings for who is absent and
      what is unanswered.
    - ``ranges``: a row a level, group and item (indicator or topic); see ``ranges_of``.
    """

    variants: pd.DataFrame
    answers: pd.DataFrame
    scores: pd.DataFrame
    ranges: pd.DataFrame


def sensitivity(
    answers: pd.DataFrame,
    units: pd.DataFrame,
    levels: list[str],
    instrument: Instrument,
    rules: Rules,
    adjudications: pd.DataFrame,
) -> Sensitivity:
    """Settle the answers under every variant of the rules; arguments as of ``consolidate``."""
    raise NotImplementedError
