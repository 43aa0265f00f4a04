"""What can be shown of persons' answers: merged ones, and counts over enough of them.

docs/respondents.md, "Small groups", says the rules in words.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.analysis.respondents import NO_VALUE, merged, scored
from misbrug_analysis.model.instrument import REMARK, Instrument
from misbrug_analysis.model.organisation import UNIT

Counts = NDArray[np.int64]

_CELL = ["unit", "form", "item"]


def disclosed(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """The tidy table ``answers`` without what any one person said.

    The same table where the instrument has no respondents. Else what ``merged`` returns; after it a
    row for each unit, form and descriptive item, with the number of ``respondents`` and no value,
    since these are counted over persons; and last the remarks on items that at least the smallest
    number of the form answered, without a respondent and in the order of their words. Roles are in
    no row.
    """
    asked = instrument.respondents
    if asked is None:
        return answers
    known = [item.id for item in instrument.items if item.id not in scored(instrument)]
    settled = merged(answers, instrument)
    counted = answers[answers["item"].isin(known)]
    people = counted.groupby(_CELL, sort=False)["respondent"].nunique()
    told = counted.drop_duplicates(_CELL).assign(
        value=NO_VALUE, points=np.nan, respondents=people.to_numpy(), rule=""
    )
    remarks = answers[answers["item"].str.endswith(REMARK)]
    of_form = answers[["unit", "form"]].assign(item=answers["item"] + REMARK)
    n = of_form.join(answers["respondent"]).groupby(_CELL)["respondent"].nunique()
    enough = n[n >= asked.smallest].index
    remarks = remarks[pd.MultiIndex.from_frame(remarks[_CELL]).isin(enough)]
    remarks = remarks.sort_values([*_CELL, "value"]).assign(points=np.nan, respondents=0, rule="")
    nobody = dict.fromkeys(("respondent", "raw", "source", "locator"), "")
    more = pd.concat([told, remarks]).assign(**nobody).astype(settled.dtypes.to_dict())
    return pd.concat([settled, more], ignore_index=True)


def counted_by(instrument: Instrument) -> list[str]:
    """Who answers the questions that are not scored: columns of ``answers``, units or persons."""
    return ["unit"] if instrument.respondents is None else ["unit", "respondent"]


def shown_groups(
    answers: pd.DataFrame, instrument: Instrument, item: str, units: pd.DataFrame, levels: list[str]
) -> set[tuple[str, str]]:
    """The units and groups (level and id) of which what is answered to an item can be counted.

    All of them where the instrument has no respondents. Else those in which nobody answered or at
    least the smallest number, and in which as many are left when the units and groups inside that
    are shown are taken away. ``units`` has a row a unit with its group in a column a level; groups
    of a level that do not each lie within one of the next are not shown beside them.
    """
    names = [(UNIT, name) for name in units["unit"]]
    names += [(level, name) for level in levels for name in units[level].unique()]
    if instrument.respondents is None:
        return set(names)
    said = answers[answers["item"] == item]
    people = said.groupby("unit")["respondent"].nunique()
    n = people.reindex(units["unit"], fill_value=0).to_numpy().astype(np.int64)
    return enough_left(n, units, levels, instrument.respondents.smallest)


def enough_left(
    n: Counts, units: pd.DataFrame, levels: list[str], smallest: int
) -> set[tuple[str, str]]:
    """What ``shown_groups`` says where ``n`` persons of each unit are counted."""
    shown: set[tuple[str, str]] = set()
    covered = np.zeros(len(units), dtype=bool)
    before: list[pd.Series] = []
    for level in ("unit", *levels):
        if not all(_nests(finer, units[level]) for finer in before):
            continue
        before.append(units[level])
        held = pd.Series(n).groupby(units[level].to_numpy()).sum()
        left = pd.Series(np.where(covered, 0, n)).groupby(units[level].to_numpy()).sum()
        fine = _enough(held, smallest) & _enough(left, smallest)
        shown |= {(UNIT if level == "unit" else level, str(name)) for name in held.index[fine]}
        covered |= units[level].map(fine).to_numpy(dtype=bool)
    return shown


def _enough(people: pd.Series, smallest: int) -> pd.Series:
    return (people == 0) | (people >= smallest)


def _nests(finer: pd.Series, coarser: pd.Series) -> bool:
    """Whether each group of the finer level lies within one of the coarser."""
    return bool((coarser.groupby(finer.to_numpy()).nunique() == 1).all())
