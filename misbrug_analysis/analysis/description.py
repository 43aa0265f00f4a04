"""What units, or their respondents, answer to questions that are not scored.

``by`` names the columns of ``answers`` that tell who answers: units, or where several of one answer
``disclosure.counted_by``. What is said here of a unit holds for a respondent then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from misbrug_analysis.model.instrument import Instrument, Item

UNITS = ("unit",)


def in_standings(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """The answers, of which those that are no options or words are what they count as.

    ``yes``, ``partly`` and ``no`` stand in place of the codes of the instrument then.
    """
    codes = instrument.standings
    counted = {code: standing for code, standing in codes.items() if standing != "unanswered"}
    if all(code == standing for code, standing in counted.items()):
        return answers
    asked = [item.id for item in instrument.items if item.type == "yes_no"]
    said = answers["value"].map(counted).where(answers["item"].isin(asked), answers["value"])
    return answers.assign(value=said)


def choosing(
    answers: pd.DataFrame, item: Item, option: str, by: Sequence[str] = UNITS
) -> tuple[int, int]:
    """How many units chose an option of a question, and how many answered it.

    ``option`` is an answer code, or a label as it is stored. Where a unit's forms differ, the unit
    counts for an option of several that can hold at once (``multiple``) when one form chose it, and
    for any other only when all of its forms that answered did: as with split answers, what holds
    for a part of the unit does not hold for the unit.
    """
    chose = _chose(answers, item, option, by)
    return sum(chose.values()), len(chose)


def choosing_by_group(
    answers: pd.DataFrame,
    item: Item,
    option: str,
    groups: pd.Series,
    by: Sequence[str] = UNITS,
) -> pd.DataFrame:
    """``choosing`` for each group: a row a group, columns ``chose`` and ``answered``.

    ``groups`` has the group of each unit, by unit; a group in which nobody answered is there too.
    Answers of units that stand in no group do not count.
    """
    unit, group_of = list(by).index("unit"), groups.to_dict()
    chosen, answered = Counter[object](), Counter[object]()
    for who, chose in _chose(answers, item, option, by).items():
        group = group_of.get(who[unit])
        chosen[group] += chose
        answered[group] += 1
    every = pd.Index(groups.unique(), name="group")
    counts = {
        "chose": [chosen[group] for group in every],
        "answered": [answered[group] for group in every],
    }
    return pd.DataFrame(counts, index=every, dtype="int64")


def differing(answers: pd.DataFrame, item: Item, by: Sequence[str] = UNITS) -> int:
    """How many units count for none of the answers to a question of one, as their forms differ.

    With those that ``choosing`` counts for each answer they make up all that answered. Raises
    ValueError for a question of several answers, where a unit counts for what any form chose.
    """
    if item.type == "multiple":
        raise ValueError(f"{item.id} takes several answers; a unit's forms count together")
    given = answers[answers["item"] == item.id]
    return int((given.groupby(list(by))["value"].nunique() > 1).sum())


def _chose(
    answers: pd.DataFrame, item: Item, option: str, by: Sequence[str]
) -> dict[tuple[str, ...], bool]:
    """Whether each that answered the question chose the option, by the columns ``by``."""
    given = answers[answers["item"] == item.id]
    said: dict[tuple[str, ...], list[bool]] = {}
    for *who, value in zip(*(given[name] for name in (*by, "value")), strict=True):
        said.setdefault(tuple(who), []).append(option in value.split("; "))
    holds = any if item.type == "multiple" else all
    return {who: holds(forms) for who, forms in said.items()}
