"""How many say yes in each of a few groups, in one sentence or two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import (
    DEFAULT,
    Thresholds,
    quantifier,
    several,
    short_quantifier,
    told_at,
    whole,
)
from misbrug_analysis.presentation.wording import (
    Counts,
    Predicate,
    clause,
    opened_by,
    ordered,
    says,
)


def by_group(
    language: Language,
    groups: Mapping[str, Counts],
    unit: Noun,
    group: Noun,
    *,
    predicate: Predicate | None = None,
    first: bool = True,
    thresholds: Thresholds = DEFAULT,
) -> str:
    """How many say yes in each group, by the group's label, and where someone did not answer.

    ``I Nord siger to af de fem kommuner ja, i Midt fire af de fem og i Ydre
    ingen af de seks.`` Groups that all say yes, or all none, are said in one. Who
    did not answer is said at ``first`` mention.
    """
    said = predicate or says(language)
    heard = {label: counts for label, counts in groups.items() if counts.n}
    silent = [label for label, counts in groups.items() if not counts.n]
    missing = {label: counts.missing for label, counts in heard.items() if counts.missing}
    sentences: list[str] = []
    if heard:
        together = None if silent else in_one(language, heard, unit, group, said)
        sentences.append(together or _one_by_one(language, heard, unit, said, thresholds))
    partly = {label: counts.partly for label, counts in heard.items() if counts.partly}
    if partly and predicate is None:
        sentences.append(opened_by(language, "partly", _in_groups(language, partly, heard, unit)))
    if silent:
        at = groups[silent[0]].at
        sentences.append(nobody_in(language, language.join(silent), unit, at))
    if missing and first:
        who = _in_groups(language, missing, heard, unit)
        sentences.append(opened_by(language, "missing_in_groups", who))
    return " ".join(sentences)


def nobody_in(language: Language, where: str, unit: Noun, at: str = "") -> str:
    """``Ingen steder i Nord har svaret.``; ``at`` is where it is told in full."""
    nobody = linked(language.text("quantifier.full.no_unit", many=unit.many), at)
    return language.text("sentence.nobody_in", nobody=language.capitalise(nobody), groups=where)


def in_one(
    language: Language, groups: Mapping[str, Counts], unit: Noun, group: Noun, said: Predicate
) -> str | None:
    """The sentence for several groups that all say yes, or all none; None for any others."""
    if len(groups) == 1:
        return None
    # The rows of all groups stand beside each other.
    at = next(iter(groups.values())).at
    if all(counts.yes == counts.n for counts in groups.values()):
        subject = language.text("quantifier.full.all", many=unit.many)
        if any(counts.missing for counts in groups.values()):
            subject = language.text("quantifier.answered", phrase=subject)
        subject = told_at(subject, at)
        everywhere = linked(whole(language, len(groups), group), at)
        opening = language.text("sentence.in_all_groups", groups=everywhere)
        return clause(language, subject, said, opening)
    if all(counts.yes == 0 for counts in groups.values()):
        nobody = linked(language.text("quantifier.full.no_unit", many=unit.many), at)
        rest = language.text("sentence.in_any_group", rest=said.rest, the_groups=group.the_many)
        return clause(language, nobody, replace(said, rest=rest))
    return None


def _in_groups(
    language: Language, numbers: Mapping[str, int], groups: Mapping[str, Counts], unit: Noun
) -> str:
    """How many units of each group: ``ét sted i Nord og to steder i Midt``."""
    counted = [
        language.text(
            "sentence.missing_in_group",
            count=linked(several(language, n, unit), groups[label].at),
            group=label,
        )
        for label, n in numbers.items()
    ]
    return language.join(counted)


def _one_by_one(
    language: Language,
    groups: Mapping[str, Counts],
    unit: Noun,
    said: Predicate,
    thresholds: Thresholds,
) -> str:
    parts: list[str] = []
    for label, counts in groups.items():
        where = language.text("sentence.in_group", group=label)
        if parts:
            short = short_quantifier(
                language, counts.yes, counts.n, unit, thresholds=thresholds, at=counts.at
            )
            parts.append(f"{where} {short}")
        else:
            full = quantifier(
                language, counts.yes, counts.n, unit, thresholds=thresholds, at=counts.at
            )
            parts.append(ordered(language, full, said, where))
    return f"{language.join(parts)}."
