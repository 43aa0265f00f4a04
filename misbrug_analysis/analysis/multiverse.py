"""Answers settled under many variants of the rules at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.forms_said import FormsSaid
from misbrug_analysis.analysis.peers import Measured, measured
from misbrug_analysis.analysis.settling import (
    NOTHING,
    Codes,
    form_counts,
    joint,
    ruled,
    settled_partly,
)


def settled_under(
    variants: pd.DataFrame, merges: Mapping[str, FormsSaid], units: pd.Index, min_peers: int
) -> Codes:
    """One answer per variant, unit and indicator: an array with these axes.

    ``variants`` is as ``variants.variants_of`` gives it for ``merges``, ``units`` are those who
    were asked. Forms of others take part as peers only. What variants share is worked out once.
    """
    indicators = next(iter(merges.values())).indicators
    settled = np.empty((len(variants), len(units), len(indicators)), dtype=np.int8)
    quantiles = sorted(variants["peer_quantile"].dropna().unique().tolist())
    for (merge, rulings_hold), among in variants.groupby(["merge", "adjudications"]):
        under = merges[str(merge)] if rulings_hold else merges[str(merge)].without_rulings()
        partly = measured(under, quantiles)
        for (rule, quantile), alike in among.groupby(["partly", "peer_quantile"], dropna=False):
            judged_by = quantiles.index(quantile) if rule == "judge" else None
            said = _form_answers(under, partly, rule, judged_by, min_peers)
            for split, answers in _joined(under, said, units, alike["split"].unique()):
                settled[alike.index[alike["split"] == split]] = answers
    return settled


def _form_answers(
    forms: FormsSaid, partly: Measured, rule: Any, quantile: int | None, min_peers: int
) -> Codes:
    """What forms say after the rule for partly answers and rulings on forms, form by form."""
    nowhere = np.zeros(len(partly.cells), dtype=bool)
    on_par = nowhere if quantile is None else partly.on_par(quantile, min_peers)
    settled = settled_partly(rule, on_par, forms.answer.ravel(), partly.cells)
    return ruled(settled, forms.on_form.ravel())


def _joined(
    forms: FormsSaid, said: Codes, units: pd.Index, splits: Iterable[Any]
) -> Iterator[tuple[Literal["no", "any", "majority"], Codes]]:
    """The answers of ``units`` by each rule for split forms, with rulings on units."""
    items = len(forms.indicators)
    shape = (len(units), items)
    unit = units.get_indexer(forms.units)
    asked = unit >= 0
    on_unit = np.full(shape, NOTHING, dtype=np.int8)
    on_unit[unit[asked]] = forms.on_unit[asked]
    form = unit[forms.unit]
    cell = form[:, None] * items + np.arange(items)
    takes_part = form >= 0
    answers = said.reshape(-1, items)[takes_part].ravel()
    counts = form_counts(answers, cell[takes_part].ravel(), len(units) * items)
    for split in splits:
        yield split, ruled(joint(counts, split).reshape(shape), on_unit)
