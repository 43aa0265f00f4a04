"""Several respondents of one unit and form: their answers merged, and how far they agree."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.instrument import Instrument


def merged(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """One answer per unit, form and item, from all respondents of the form.

    ``answers`` is the tidy table. The same table where the instrument has no respondents; else its
    columns, with ``respondent`` empty, for indicators and supplementary items a code that counts as
    the merged value does in ``value``, and more: ``points`` (the merged points, missing without),
    ``respondents`` (how many answered) and ``rule`` (``merged``, ``left_open``, ``too_few``).
    What is left open or said by too few has no row but for one whose ``value`` is empty.
    """
    if instrument.respondents is None:
        return answers
    raise NotImplementedError


def agreement(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """How far the respondents agree: Krippendorff's alpha, for the whole round and for each unit.

    Returns ``level, group, measure, alpha, respondents, items, all_equal, hidden``.
    """
    raise NotImplementedError


def role_gaps(answers: pd.DataFrame, instrument: Instrument, units: pd.DataFrame) -> pd.DataFrame:
    """The mean points of each role and the gap between the first two, per item and per group."""
    raise NotImplementedError
