"""The rules themselves, each once, on small integers: one round or many variants of it.

They are those of design.md ("The rules, exactly"). An answer is its place in ``ANSWERS``. Tables
of answers are arrays whose last axis goes over the answers, so that a rule settles them all.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int8]
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]
Shares = NDArray[np.float64]

ANSWERS = ("absent", "no", "unanswered", "partly", "yes")
"""What can be said, in the order in which a topic takes the first that it has."""

ABSENT, NO, UNANSWERED, PARTLY, YES = range(len(ANSWERS))
NOTHING = -1
"""Where there is no ruling."""

_NAMES = np.array(ANSWERS, dtype=object)


def coded(answers: pd.Series) -> Codes:
    """The place of each answer in ``ANSWERS``; raises ValueError for what is no answer."""
    codes = pd.Index(ANSWERS).get_indexer(pd.Index(answers)).astype(np.int8)
    if (codes < 0).any():
        raise ValueError("there are answers that no rule knows")
    return codes


def named(codes: Codes) -> NDArray[np.object_]:
    """The answers that codes stand for."""
    names: NDArray[np.object_] = _NAMES[codes]
    return names


def settled_partly(
    rule: Literal["judge", "keep", "as_yes", "as_no"], on_par: Flags, answers: Codes, cells: Counts
) -> Codes:
    """What forms say when those at ``cells``, that say partly, are settled by a rule.

    ``on_par`` tells of each of them whether it is on a par with its peers, for ``judge``.
    """
    settled = answers.copy()
    if rule == "judge":
        settled[cells] = np.where(on_par, YES, NO)
    elif rule != "keep":
        settled[cells] = YES if rule == "as_yes" else NO
    return settled


def ruled(answers: Codes, rulings: Codes) -> Codes:
    """The answers with a person's rulings in their place."""
    return np.where(rulings == NOTHING, answers, rulings)


def form_counts(answers: Codes, cell: Counts, cells: int) -> Counts:
    """How many forms say what: a row an answer, a column a cell (a unit and an indicator).

    ``cell`` is the cell of each of ``answers``.
    """
    place = answers.astype(np.int64) * cells + cell
    return np.bincount(place, minlength=len(ANSWERS) * cells).reshape(len(ANSWERS), cells)


def is_split(counts: Counts) -> Flags:
    """Whether the forms of a cell that answered differ."""
    differ: Flags = (counts[[YES, PARTLY, NO]] > 0).sum(axis=0) > 1
    return differ


def joint(counts: Counts, split: Literal["no", "any", "majority"]) -> Codes:
    """One answer per cell from what its forms say (``form_counts``).

    A form that left it blank does not take part. ``majority`` is what more than half of those that
    answered say, else no; ``any`` is the best that one of them says.
    """
    said = counts[[YES, PARTLY, NO]]
    best = np.select([said[0] > 0, said[1] > 0, said[2] > 0], [YES, PARTLY, NO], ABSENT)
    answer = np.where((best == ABSENT) & (counts[UNANSWERED] > 0), UNANSWERED, best)
    if split == "no":
        answer = np.where(is_split(counts), NO, answer)
    elif split == "majority":
        top = np.array([YES, PARTLY, NO])[said.argmax(axis=0)]
        most = np.where(2 * said.max(axis=0) > said.sum(axis=0), top, NO)
        answer = np.where(is_split(counts), most, answer)
    return answer.astype(np.int8)


def by_topic(answers: Codes, topics: Counts) -> Codes:
    """What units say to topics: the first of ``ANSWERS`` that one of its indicators has.

    So one no is a no, else unanswered, else partly, else yes. The last axis of ``answers`` goes
    over indicators, ``topics`` has the number of the topic of each; that of the result over topics.
    """
    order = np.argsort(topics, kind="stable")
    starts = np.searchsorted(topics[order], np.arange(len(np.unique(topics))))
    if not len(starts):
        return answers
    return np.minimum.reduceat(answers[..., order], starts, axis=-1)
