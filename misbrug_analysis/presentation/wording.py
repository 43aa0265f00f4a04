"""Counts to sentences, in any language that has a catalogue.

n of N units say something. N is those who answered, unless the study counts the missing ones too.
No sentence begins with a figure; what is said of all is never a negation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import LARGEST_WORD, Language
from misbrug_analysis.presentation.passages import linked, unmarked
from misbrug_analysis.presentation.quantifiers import (
    DEFAULT,
    Thresholds,
    several,
    whole,
)
from misbrug_analysis.presentation.quantifiers import quantifier as quantifier

NAMED = 10
"""Of more units than these, sentences say how many they are instead of their names."""


@dataclass(frozen=True)
class Counts:
    """How many of the ``n`` units that count say yes, and partly where partly is kept.

    ``missing`` is how many more were asked: absent or unanswered, and not counted into ``n``.
    ``at`` is the address where the count is told in full.
    """

    yes: int
    n: int
    partly: int = 0
    missing: int = 0
    at: str = field(default="", compare=False)


def again(counts: Counts) -> Counts:
    """Counts as they are said after a first mention: who is missing only where it says all."""
    return counts if counts.yes == counts.n else replace(counts, missing=0)


@dataclass(frozen=True)
class Predicate:
    """What is said of the units: the verb and the rest (``siger``, ``ja``)."""

    verb: str
    rest: str


class RuleNote(NamedTuple):
    """A rule of consolidation for readers: a short label and a sentence."""

    label: str
    sentence: str


def says(language: Language) -> Predicate:
    """``siger ja``, in the words of the instrument."""
    return _taken_apart(language.text("sentence.says"))


def says_to(language: Language) -> Predicate:
    """``siger ja til``, before a question."""
    return _taken_apart(language.text("sentence.says_to"))


def meets(language: Language, what: str) -> Predicate:
    """``opfylder tema 2``; ``what`` is named in the words of the instrument."""
    return Predicate(language.text("sentence.meets.verb"), what)


def clause(language: Language, subject: str, predicate: Predicate, opening: str = "") -> str:
    """A sentence; after an opening phrase the order of words is the language's own.

    ``To af de fem kommuner har en strategi.`` and ``I Nord har to af de fem kommuner en
    strategi.``
    """
    return f"{ordered(language, subject, predicate, opening)}."


def status(
    language: Language,
    indicator: str,
    counts: Counts,
    unit: Noun,
    *,
    quoted: bool = False,
    across: tuple[int, Noun] | None = None,
    predicate: Predicate | None = None,
    thresholds: Thresholds = DEFAULT,
) -> str:
    """How many say yes to an indicator, and how many partly where partly is kept.

    ``indicator`` is its short label (``Opfølgning efter endt behandling: Kun få kommuner (3 af 16)
    siger ja.``), or with ``quoted`` its full text, which brings its own closing mark.
    """
    if counts.n == 0:
        if quoted:
            return language.text("sentence.quoted_nobody", many=unit.many, statement=indicator)
        nobody = language.text("sentence.nobody", many=unit.many)
        return language.text("sentence.labelled", label=indicator, clause=nobody)
    subject = quantifier(
        language,
        counts.yes,
        counts.n,
        unit,
        missing=counts.missing,
        across=across,
        thresholds=thresholds,
        at=counts.at,
    )
    usual = says_to if quoted else says
    main = ordered(language, subject, predicate or usual(language))
    if quoted:
        sentence = language.text("sentence.quoted", clause=main, statement=indicator)
    else:
        sentence = language.text("sentence.labelled", label=indicator, clause=f"{main}.")
    if counts.partly:
        partly = linked(several(language, counts.partly, unit), counts.at)
        return f"{sentence} {opened_by(language, 'partly', partly)}"
    return sentence


def answered(
    language: Language, asked: int, absent: Sequence[str] | int, unit: Noun, at: str = ""
) -> str:
    """Who answered and who took no part (names, or how many); the numbers are links to ``at``.

    ``Af de 17 kommuner svarede 16. Sydby deltog ikke.``
    """
    names = [] if isinstance(absent, int) else absent
    away = absent if isinstance(absent, int) else len(absent)
    if away == 0:
        return opened_by(language, "answered_whole", linked(whole(language, asked, unit), at))
    if away == asked:
        return language.text("sentence.nobody", many=unit.many)
    some = language.text(
        "sentence.answered_some",
        N=linked(language.numeral(asked), at),
        n=linked(language.numeral(asked - away, unit.gender), at),
        many=unit.many,
    )
    if names:
        return f"{some} {took_no_part(language, names, unit, at)}"
    return (
        f"{some} {opened_by(language, 'took_no_part', linked(several(language, away, unit), at))}"
    )


def took_no_part(language: Language, absent: Sequence[str], unit: Noun, at: str = "") -> str:
    """Who took no part, by name, or of many how many; nothing where nobody did not."""
    if not absent:
        return ""
    who = language.join(absent)
    if len(absent) > NAMED:
        who = linked(several(language, len(absent), unit), at)
    return opened_by(language, "took_no_part", who)


def bounds(language: Language, low: int, high: int, total: int, unit: Noun | None = None) -> str:
    """``mindst 12 og højst 14 af 17``; with a noun ``… af de 17 kommuner``.

    A bound that says nothing, none or all, is left out. Figures and words are not mixed: all are
    figures when total is above twelve.
    """
    gender = unit.gender if unit else "common"

    def written(n: int) -> str:
        return language.numeral(n, gender) if total <= LARGEST_WORD else language.number(n)

    of_key, many = ("of_units", unit.many) if unit else ("of", "")
    of = language.text(f"sentence.{of_key}", N=written(total), many=many)
    if low == high:
        key = "no_bounds"
    elif low == 0:
        key = "upper_bound"
    else:
        key = "lower_bound" if high == total else "bounds"
    return language.text(f"sentence.{key}", low=written(low), high=written(high), of=of)


def rule_note(language: Language, rule: str, answer: str = "no") -> RuleNote:
    """The rule that settled an answer, for readers; ``answer`` is the code of what it gave.

    Only forms that differ read otherwise when the rule of the study makes no joint no of them.
    """
    key = "split_other" if rule == "split" and answer != "no" else rule
    label = language.text(f"rule.label.{key}")
    words = language.text(f"answer.label.{answer}")
    return RuleNote(label, language.text(f"rule.sentence.{key}", answer=words))


def _taken_apart(said: str) -> Predicate:
    verb, _, rest = said.partition(" ")
    return Predicate(verb, rest)


def ordered(language: Language, subject: str, predicate: Predicate, opening: str = "") -> str:
    """Subject, verb and rest in the order of the language, without the closing mark."""
    words = {"subject": subject, "verb": predicate.verb, "rest": predicate.rest}
    key = "sentence.turned" if opening else "sentence.plain"
    return _start(language, language.text(key, opening=opening, **words))


def opened_by(language: Language, key: str, who: str) -> str:
    """A sentence of the catalogue that begins with who it is about."""
    return language.text(f"sentence.{key}", who=_start(language, who))


def _start(language: Language, text: str) -> str:
    """A text as it opens a sentence: with a capital letter, and not with a figure."""
    if unmarked(text)[:1].isdigit():
        text = language.text("sentence.in_total", count=text)
    return language.capitalise(text)
