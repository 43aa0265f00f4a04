"""What every form sent says to every indicator, with its evidence and rulings, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.analysis.respondents import NO_VALUE, merged
from misbrug_analysis.analysis.settling import (
    NOTHING,
    UNANSWERED,
    Codes,
    Counts,
    Flags,
    Shares,
    coded,
)
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.rulings import rulings_without_form


@dataclass(frozen=True, eq=False)
class FormsSaid:
    """Forms as rows, indicators as columns, in the order they were sent and are asked.

    ``sent`` has the columns ``study, unit, form``; ``units`` are those that sent something and
    ``unit`` the place of each form's among them. ``answer`` is as it came, blank as unanswered, and
    ``rule`` the word of ``RULES`` for that (``agreed``, ``unanswered``; of several respondents
    ``merged``, ``left_open``, ``too_few``);
    ``share`` (0 to 1) is that of supplementary answers that are yes, missing without any;
    ``on_form`` are rulings on forms, ``on_unit`` those on units, a row for each of ``units``.
    """

    sent: pd.DataFrame
    indicators: list[str]
    units: pd.Index
    unit: Counts
    answer: Codes
    rule: NDArray[np.object_]
    share: Shares
    on_form: Codes
    on_unit: Codes

    @cached_property
    def adjudicated(self) -> Flags:
        """Whether a person ruled on the form's answer or on its unit's."""
        either: Flags = (self.on_form != NOTHING) | (self.on_unit != NOTHING)[self.unit]
        return either

    def without_rulings(self) -> FormsSaid:
        """The same forms, had nobody ruled on them."""
        nothing = np.full_like(self.on_form, NOTHING), np.full_like(self.on_unit, NOTHING)
        return replace(self, on_form=nothing[0], on_unit=nothing[1])


def forms_said(
    answers: pd.DataFrame, instrument: Instrument, adjudications: pd.DataFrame
) -> FormsSaid:
    """Read the tidy table ``answers`` and the rulings, in the columns of ``adjudications.csv``.

    Raises DefinitionError for a ruling on a form that was not sent, or on a unit that sent none,
    and ValueError where a form answers an indicator twice.
    """
    sent = answers.loc[~answers.duplicated(["unit", "form"]), ["study", "unit", "form"]]
    sent = sent.reset_index(drop=True)
    answers = merged(answers, instrument)
    form = _places(answers, sent)
    _check_rulings(sent, adjudications)
    number, units = pd.factorize(sent["unit"])
    indicators = instrument.indicator_ids
    on_form, on_unit = _rulings(sent, units, indicators, adjudications)
    said, rule = _as_sent(answers, form, len(sent), instrument)
    return FormsSaid(
        sent,
        indicators,
        pd.Index(units),
        number.astype(np.int64),
        said,
        rule,
        _shares(answers, form, len(sent), instrument),
        on_form,
        on_unit,
    )


def _places(answers: pd.DataFrame, sent: pd.DataFrame) -> Counts:
    """The place of each answer's form among those sent, which stand in the same order."""
    keys = ["unit", "form"]
    together = pd.concat([sent[keys], answers[keys]], ignore_index=True)
    places = together.groupby(keys, sort=False).ngroup().to_numpy().astype(np.int64)
    return places[len(sent) :]


def _as_sent(
    answers: pd.DataFrame, form: Counts, forms: int, instrument: Instrument
) -> tuple[Codes, NDArray[np.object_]]:
    """What each form says to each indicator, and what that is called in ``RULES``."""
    indicators = instrument.indicator_ids
    column = pd.Index(indicators).get_indexer(pd.Index(answers["item"]))
    said = np.full((forms, len(indicators)), UNANSWERED, dtype=np.int8)
    rule = np.full(said.shape, "unanswered", dtype=object)
    rows = column >= 0
    if np.bincount(form[rows] * len(indicators) + column[rows]).max(initial=0) > 1:
        raise ValueError("a form answers an indicator more than once")
    cells = form[rows], column[rows]
    standings = instrument.standings | {NO_VALUE: "unanswered"}
    said[cells] = coded(answers.loc[rows, "value"].map(standings))
    rule[cells] = answers.loc[rows, "rule"] if "rule" in answers else "agreed"
    return said, rule


def _shares(answers: pd.DataFrame, form: Counts, forms: int, instrument: Instrument) -> Shares:
    """Positive share of the answered supplementary questions that serve each indicator."""
    items, indicators = _serving(instrument)
    serves = np.zeros((len(items), len(instrument.indicator_ids)))
    np.add.at(serves, (indicators[0], indicators[1]), 1)
    column = items.get_indexer(pd.Index(answers["item"]))
    column[answers["value"] == NO_VALUE] = -1
    positive = (answers["value"].map(instrument.standings) == "yes").to_numpy()

    def served(rows: Flags) -> Shares:
        place = form[rows] * len(items) + column[rows]
        counts = np.bincount(place, minlength=forms * len(items)).reshape(forms, len(items))
        told: Shares = counts @ serves
        return told

    answered = served(column >= 0)
    shares = np.full(answered.shape, np.nan)
    np.divide(served((column >= 0) & positive), answered, out=shares, where=answered > 0)
    return shares


def _serving(instrument: Instrument) -> tuple[pd.Index, tuple[Counts, Counts]]:
    """Supplementary items; and pairs of the place of one and of the indicator that it serves."""
    pairs = instrument.serving()
    items = pd.Index(list(dict.fromkeys(item for item, _ in pairs)), dtype="str")
    places = pd.Index(instrument.indicator_ids, dtype="str")
    return items, (
        items.get_indexer(pd.Index([item for item, _ in pairs], dtype="str")),
        places.get_indexer(pd.Index([indicator for _, indicator in pairs], dtype="str")),
    )


def _check_rulings(sent: pd.DataFrame, adjudications: pd.DataFrame) -> None:
    keys = set(zip(sent["unit"], sent["form"], strict=True)) if len(adjudications) else set()
    problems = list(rulings_without_form(adjudications, keys))
    if problems:
        raise DefinitionError(problems)


def _rulings(
    sent: pd.DataFrame, units: pd.Index, indicators: list[str], adjudications: pd.DataFrame
) -> tuple[Codes, Codes]:
    """Rulings on each form and indicator, and on each unit and indicator."""
    rulings = adjudications[adjudications["indicator"].isin(indicators)]
    whole = (rulings["form"].fillna("") == "").to_numpy()
    column = pd.Index(indicators).get_indexer(pd.Index(rulings["indicator"]))
    answer = coded(rulings["answer"])
    on_form = np.full((len(sent), len(indicators)), NOTHING, dtype=np.int8)
    on_unit = np.full((len(units), len(indicators)), NOTHING, dtype=np.int8)
    if len(rulings):
        forms = pd.MultiIndex.from_frame(sent[["unit", "form"]])
        form = forms.get_indexer(pd.MultiIndex.from_frame(rulings.loc[~whole, ["unit", "form"]]))
        on_form[form, column[~whole]] = answer[~whole]
        unit = pd.Index(units).get_indexer(pd.Index(rulings.loc[whole, "unit"]))
        on_unit[unit, column[whole]] = answer[whole]
    return on_form, on_unit
