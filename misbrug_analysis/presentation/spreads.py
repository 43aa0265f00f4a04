"""How shares lie over many groups, in words: how many are above half, the ends and the middle.

Few groups are told one by one (``wording_by_group.by_group``); of many that is a list nobody reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from fractions import Fraction
from statistics import median

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import exactly, several, whole
from misbrug_analysis.presentation.wording import Counts, Predicate, clause, says
from misbrug_analysis.presentation.wording_by_group import in_one, nobody_in

ONE_BY_ONE = 8
"""Up to so many groups are told, and drawn, one by one; of more it is shown how they lie."""

_NAMED = 3
"""Of more groups than these with the same share, it is said how many they are."""


def are_many(groups: Sized) -> bool:
    """Whether groups are too many to be told one by one."""
    return len(groups) > ONE_BY_ONE


def spread(
    language: Language,
    groups: Mapping[str, Counts],
    unit: Noun,
    group: Noun,
    *,
    predicate: Predicate | None = None,
    of_chart: bool = False,
) -> str:
    """In how many groups over half say yes, where the share is highest and lowest, who is silent.

    ``I 14 af de 21 områder siger over halvdelen af stederne ja. Andelen er størst i Nord (100 %) og
    mindst i fem områder (0 %). Ingen steder i Ydre har svaret.`` Shares are of those who answered.
    What tells ``of_chart`` has the median too, and leaves out who is silent: the chart does.
    """
    said = predicate or says(language)
    heard = {label: counts for label, counts in groups.items() if counts.n}
    silent = [label for label, counts in groups.items() if not counts.n]
    sentences: list[str] = []
    if heard:
        sentences.append(
            in_one(language, heard, unit, group, said)
            or _lying(language, heard, unit, group, said, with_middle=of_chart)
        )
    if silent and (not of_chart or not heard):
        at = groups[silent[0]].at
        where = _named(language, silent, group, at)
        sentences.append(nobody_in(language, where, unit, at))
    return " ".join(sentences)


def share(counts: Counts) -> Fraction:
    """The part (0 to 1) of those who answered that say yes; raises ZeroDivisionError if none."""
    return Fraction(counts.yes, counts.n)


def _lying(
    language: Language,
    groups: Mapping[str, Counts],
    unit: Noun,
    group: Noun,
    said: Predicate,
    *,
    with_middle: bool,
) -> str:
    """The sentences on groups that all have a share."""
    shares = {label: share(counts) for label, counts in groups.items()}
    at = next(iter(groups.values())).at  # the rows of all groups stand beside each other
    above = sum(one > Fraction(1, 2) for one in shares.values())
    where = linked(exactly(language, above, len(shares), group), at)
    opening = language.text("sentence.in_all_groups", groups=where)
    over_half = linked(language.text("quantifier.full.above_half", the_many=unit.the_many), at)
    sentences = [clause(language, over_half, said, opening)]
    highest, lowest = max(shares.values()), min(shares.values())
    if highest == lowest:
        everywhere = whole(language, len(shares), group)
        percent = linked(language.percent(float(highest)), at)
        sentences.append(language.text("spread.same", share=percent, groups=everywhere))
    else:
        ends = {
            name: _end(language, groups, [label for label in shares if shares[label] == end], group)
            for name, end in (("highest", highest), ("lowest", lowest))
        }
        sentences.append(language.text("spread.ends", **ends))
    if with_middle and highest != lowest:
        middle = language.percent(float(median(shares.values())))
        sentences.append(language.text("spread.middle", share=middle))
    return " ".join(sentences)


def _end(
    language: Language, groups: Mapping[str, Counts], labels: Sequence[str], group: Noun
) -> str:
    """The groups that share an end of the scale, with their share: ``Nord og Ydre (100 %)``."""
    counts = groups[labels[0]]
    percent = linked(language.percent(float(share(counts))), counts.at)
    named = _named(language, labels, group, counts.at)
    return language.text("spread.end", groups=named, share=percent)


def _named(language: Language, labels: Sequence[str], group: Noun, at: str) -> str:
    """Few groups by their names, more of them by their number, which leads to their rows."""
    if len(labels) <= _NAMED:
        return language.join(labels)
    return linked(several(language, len(labels), group), at)
