"""n of N as words: one table of rows, its thresholds, and the phrases that fill it in.

The rows are the same in every language; their words stand in the catalogues, under
``quantifier``. The nouns come from the study and the instrument.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import linked


@dataclass(frozen=True)
class Thresholds:
    """Where one wording gives way to the next; distances are in units, shares are of N.

    Up to ``plain_up_to`` units the count is said as it is. ``near_half_wide`` takes the place of
    ``near_half`` from ``wide_from`` units.
    """

    plain_up_to: int = 6
    few_share: Fraction = Fraction(1, 5)
    near_half: Fraction = Fraction(1, 2)
    near_half_wide: Fraction = Fraction(1)
    wide_from: int = 12
    most_share: Fraction = Fraction(2, 3)


DEFAULT = Thresholds()


def quantifier_row(n: int, total: int, thresholds: Thresholds = DEFAULT) -> str:
    """The row of the table for n of total: the first that fits, by its key in the catalogue.

    Raises ValueError when n is not between 0 and total, or total is 0.
    """
    if not 0 <= n <= total or total == 0:
        raise ValueError(f"{n} of {total} cannot be worded: expected 0 <= n <= total and total > 0")
    if total <= thresholds.plain_up_to:
        return _plain_row(n, total)
    # Of two that fit, the later entry is the one that the table has first.
    at_the_ends = {total - 2: "all_but_two", total - 1: "all_but_one", total: "all", 0: "none"}
    if n in at_the_ends:
        return at_the_ends[n]
    if n == 1:
        return "one"
    if n <= thresholds.few_share * total:
        return "few"
    off_half = n - Fraction(total, 2)
    wide = total >= thresholds.wide_from
    if off_half == 0:
        return "half"
    if abs(off_half) <= (thresholds.near_half_wide if wide else thresholds.near_half):
        return "about_half"
    if off_half < 0:
        return "below_half"
    return "most" if n >= thresholds.most_share * total else "above_half"


def quantifier(
    language: Language,
    n: int,
    total: int,
    unit: Noun,
    *,
    missing: int = 0,
    across: tuple[int, Noun] | None = None,
    first: bool = True,
    at_end: bool = False,
    thresholds: Thresholds = DEFAULT,
    at: str = "",
) -> str:
    """n of total as a noun phrase: ``kun få kommuner (3 af 16)``, ``tre af de fem kommuner``.

    At ``first`` mention the exact count stands in brackets, and a word on who answered where
    ``missing`` is not 0: ``alle 16 kommuner, der svarede,``. The last comma is for a sentence that
    goes on; ``at_end`` leaves it out. ``across`` is the number of groups that the units stand in,
    and their noun: ``alle kommuner i alle tre områder``. The phrase is a link to ``at``, where the
    count is told in full. Raises ValueError as quantifier_row does.
    """
    phrase = _quantifier(language, n, total, unit, missing, across, first, at_end, thresholds)
    return told_at(phrase, at)


def told_at(phrase: str, at: str) -> str:
    """A count in words as a link to where it is told in full, without the comma of its sentence."""
    words = phrase.rstrip(",")
    return linked(words, at) + phrase[len(words) :]


def _quantifier(
    language: Language,
    n: int,
    total: int,
    unit: Noun,
    missing: int,
    across: tuple[int, Noun] | None,
    first: bool,
    at_end: bool,
    thresholds: Thresholds,
) -> str:
    row = quantifier_row(n, total, thresholds)
    plain = _plain_row(n, total)
    everywhere = across is not None and across[0] > 1 and n == total
    phrase = _phrase(language, "full", "all" if everywhere and missing else row, n, total, unit)
    if across and everywhere:
        phrase = language.text("quantifier.across", phrase=phrase, groups=whole(language, *across))
    if not first:
        return phrase
    if missing == 0:
        return phrase + _count(language, row, n, total)
    if everywhere:
        everyone = _phrase(language, "short", plain, n, total, unit)
        return f"{phrase} {language.text('quantifier.count_all_answered', all=everyone)}"
    if plain != "no_unit" and (row == plain or n in (0, total)):
        # All and none with their figure need no bracket: "alle 16 kommuner, der svarede".
        phrase = _phrase(language, "full", plain, n, total, unit)
        key = "quantifier.answered_at_end" if at_end else "quantifier.answered"
        return language.text(key, phrase=phrase)
    the = language.text(f"language.the.{unit.gender}")
    figures = {"n": language.number(n), "N": language.number(total)}
    return f"{phrase} {language.plural('quantifier.count_answered', total, the=the, **figures)}"


def short_quantifier(
    language: Language,
    n: int,
    total: int,
    unit: Noun,
    *,
    thresholds: Thresholds = DEFAULT,
    at: str = "",
) -> str:
    """n of total where the noun was just said: ``fire af de fem``, ``kun få (3 af 16)``.

    The phrase is a link to ``at``, as in ``quantifier``.
    """
    row = quantifier_row(n, total, thresholds)
    if n in (0, total):
        # With the figure in the words: "alle 16" rather than "alle (16 af 16)".
        row = _plain_row(n, total)
    phrase = _phrase(language, "short", row, n, total, unit) + _count(language, row, n, total)
    return linked(phrase, at)


def whole(language: Language, total: int, noun: Noun) -> str:
    """All of them with their number: ``alle tre områder``, ``begge områder``."""
    return _phrase(language, "full", _plain_row(total, total), total, total, noun)


def exactly(language: Language, n: int, total: int, noun: Noun) -> str:
    """n of total as it is counted, whatever the numbers: ``otte af de 21 områder``."""
    return _phrase(language, "full", _plain_row(n, total), n, total, noun)


def several(language: Language, n: int, unit: Noun) -> str:
    """A number of them: ``én kommune``, ``13 kommuner``."""
    numeral = language.numeral(n, unit.gender)
    return language.text("sentence.several", n=numeral, many=unit.one if n == 1 else unit.many)


def _plain_row(n: int, total: int) -> str:
    """The row of a count that is said as it is."""
    if total == 1:
        return "sole" if n else "no_unit"
    if n == 0:
        return "neither" if total == 2 else "none_of"
    if n == total:
        return "both" if total == 2 else "every"
    return "some_of"


def _phrase(language: Language, form: str, row: str, n: int, total: int, unit: Noun) -> str:
    return language.text(
        f"quantifier.{form}.{row}",
        n=language.numeral(n, unit.gender),
        N=language.numeral(total),
        rest=language.numeral(total - n, unit.gender),
        the=language.text(f"language.the.{unit.gender}"),
        one=unit.one,
        many=unit.many,
        the_many=unit.the_many,
    )


def _count(language: Language, row: str, n: int, total: int) -> str:
    """The exact count in brackets after a blank, where the words do not say it themselves."""
    if row == "no_unit" or row != _plain_row(n, total):
        figures = {"n": language.number(n), "N": language.number(total)}
        return " " + language.text("quantifier.count", **figures)
    return ""
