"""Which other rules a round could have been settled by: those that can make a difference.

What can differ is read from the structure of a round (what was sent, and what was ruled on), not
from whether the outcome happens to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.forms_said import FormsSaid
from misbrug_analysis.analysis.settling import NOTHING, PARTLY, Flags
from misbrug_analysis.model.settings import Rules

SETTINGS = ("merge", "partly", "split", "adjudications")
"""The choices that variants differ in, as columns of ``Sensitivity.variants``."""

QUANTILES = (0.25, 0.5, 0.75)
"""The shares of peers that a partly answer is measured by, beside the study's own."""

COUNTED = ("out", "as_no", "as_yes")


def variants_of(
    merges: Mapping[str, FormsSaid], rules: Rules, *, is_kept: bool = False
) -> pd.DataFrame:
    """Every combination of choices that can differ, the study's own first.

    ``merges`` are the forms by how the answers of respondents are merged, the study's own first
    (``merges.merges_of``). Columns are those of ``Sensitivity.variants``. ``min_peers`` stays the
    study's own. Other ways with partly answers are left out where these are kept as they are
    (``merges.keeps_partly``). Left out are, since they can change nothing:

    - other ways with partly answers, where no form says partly; ``judge`` beside ``as_no``, where
      none that says partly has answered a supplementary question, so that all become no; and
      ``keep``, unless it is the study's own: it is for instruments that give points for it;
    - other ways with split answers, where no unit sent several forms; and ``majority``, where none
      sent three: of two that differ neither is a majority, and then it is no;
    - to do without rulings, where there are none.
    """
    own = next(iter(merges.values()))
    ways = [_partly_of_own(rules)] if is_kept else _partly(list(merges.values()), rules)
    choices = product(merges, ways, _splits(own, rules), _rulings(own))
    rows = [(merge, *partly, split, ruled) for merge, partly, split, ruled in choices]
    columns = ["merge", "partly", "peer_quantile", "split", "adjudications"]
    table = pd.DataFrame(rows, columns=columns)
    types = {"merge": "str", "partly": "str", "peer_quantile": "float64", "split": "str"}
    return table.astype(types).rename_axis("variant")


def absences_of(absent: bool, unanswered: bool, rules: Rules) -> pd.DataFrame:
    """Every way to count those who are absent or left it blank, the study's own first.

    ``absent`` and ``unanswered`` tell whether there are any; what nobody is stays as it is.
    Columns: ``absent, missing``.
    """
    own = (rules.absent, rules.missing)
    ways = product(
        COUNTED if absent else own[:1],
        COUNTED if unanswered else own[1:],
    )
    rows = [own, *(way for way in ways if way != own)]
    return pd.DataFrame(rows, columns=["absent", "missing"], dtype="str").rename_axis("absence")


def changed_alone(variants: pd.DataFrame) -> dict[str, Flags]:
    """For each of ``SETTINGS``: the variants in which it alone is another than the study's own."""
    columns = {setting: [setting] for setting in SETTINGS}
    columns["partly"] = ["partly", "peer_quantile"]
    own = variants.eq(variants.iloc[0]) | variants.isna() & variants.iloc[0].isna()
    return {
        setting: (~own[mine].all(axis=1) & own.drop(columns=mine).all(axis=1)).to_numpy()
        for setting, mine in columns.items()
    }


def _partly_of_own(rules: Rules) -> tuple[str, float]:
    """The study's own way with partly answers, as one of ``_partly``."""
    return rules.partly, rules.peer_quantile if rules.partly == "judge" else np.nan


def _partly(merges: list[FormsSaid], rules: Rules) -> list[tuple[str, float]]:
    """Ways with partly answers: the rule, and the quantile where it judges (else missing)."""
    own = _partly_of_own(rules)
    partly = [forms.answer == PARTLY for forms in merges]
    others: list[tuple[str, float]] = [("as_yes", np.nan), ("as_no", np.nan)]
    if not any(some.any() for some in partly):
        return [own]
    told = zip(merges, partly, strict=True)
    if not all(np.isnan(forms.share[some]).all() for forms, some in told):
        quantiles = sorted({*QUANTILES, rules.peer_quantile})
        others = [("judge", quantile) for quantile in quantiles] + others
    elif rules.partly == "judge":
        others.remove(("as_no", np.nan))
    return [own, *(way for way in others if not _same(way, own))]


def _same(one: tuple[str, float], other: tuple[str, float]) -> bool:
    return one[0] == other[0] and (one[0] != "judge" or one[1] == other[1])


def _splits(forms: FormsSaid, rules: Rules) -> Iterator[str]:
    most = np.bincount(forms.unit).max(initial=0)
    yield rules.split
    for split, least in (("no", 2), ("any", 2), ("majority", 3)):
        if most >= least and split != rules.split:
            yield split


def _rulings(forms: FormsSaid) -> list[bool]:
    some = (forms.on_form != NOTHING).any() or (forms.on_unit != NOTHING).any()
    return [True, False] if some else [True]
