"""A language of the pages: its texts, and how it writes numbers, lists and dates.

Texts stand in ``locale/<code>.yaml``; a new language is a new file there. Numbers, lists, dates and
plural forms follow CLDR through Babel, which is imported when the first of them is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import yaml

from misbrug_analysis.model.errors import ParameterError, Phrase, Problem, hint, name_list
from misbrug_analysis.presentation.passages import OPENING
from misbrug_analysis.presentation.standing_words import (
    OwnWords,
    Standings,
    is_of_persons,
    lacks_partly,
    own_words,
    standings,
)

if TYPE_CHECKING:
    from babel import Locale

    from misbrug_analysis.model.instrument import Instrument

Gender = Literal["common", "neuter"]

LARGEST_WORD = 12
"""Numbers up to this one are words in running text, larger ones are figures."""


@dataclass(frozen=True, eq=False)
class Language:
    """The texts of one language by dotted key, and its ways with numbers, lists and dates.

    While a round is ``under_way``, the texts below ``under_way`` stand in for those of their keys;
    so do those below ``without_partly`` for an instrument that has no such answer, and those below
    ``of_persons`` for one that several persons of a unit answer. Answers are called by the
    instrument's ``own`` words; without them they are a plain yes and no.
    """

    code: str
    texts: Mapping[str, str] = field(repr=False)
    under_way: bool = False
    own: OwnWords = ()

    @staticmethod
    def load(code: str, *, under_way: bool = False) -> Language:
        """The language with a code (``da``); raises ParameterError with the codes there are."""
        return _load(code, under_way)

    @staticmethod
    def codes() -> list[str]:
        """The codes of all languages that have a catalogue."""
        names = (entry.name for entry in _catalogues().iterdir())
        return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))

    def speaking_of(self, instrument: Instrument, *, on_page: bool = True) -> Language:
        """The language with the words that an instrument has for its answers.

        ``on_page``, a label in another language is marked so; a file can hold no marks.
        """
        own = own_words(instrument, self.code, _plain_word, mark=on_page)
        return self if own == self.own else _speaking(self.code, self.under_way, own)

    @property
    def plainly(self) -> Language:
        """The language with its own yes, partly and no, for what no instrument asks."""
        return _load(self.code, self.under_way)

    @cached_property
    def without_partly(self) -> bool:
        """Whether it speaks of an instrument that has no answer between yes and no."""
        return lacks_partly(self.own)

    @cached_property
    def of_persons(self) -> bool:
        """Whether it speaks of an instrument that several persons of a unit answer."""
        return is_of_persons(self.own)

    @cached_property
    def standing(self) -> Standings:
        """What the answers are called: a field of every text that names it."""
        return standings(self, self.own)

    def text(self, key: str, /, **fields: object) -> str:
        """The text of a key with its fields filled in; raises KeyError for either when missing."""
        if self.under_way and (now := f"under_way.{key}") in self.texts:
            key = now
        elif self.without_partly and (other := f"without_partly.{key}") in self.texts:
            key = other
        elif self.of_persons and (merged := f"of_persons.{key}") in self.texts:
            key = merged
        if key not in self.texts:
            where = f"locale/{self.code}.yaml"
            raise KeyError(f"{where} has no text {key!r}.{hint(key, self.texts)}")
        said = self.texts[key]
        if "{standing." in said:
            fields = {"standing": self.standing, **fields}
        try:
            return said.format(**fields)
        except KeyError as missing:
            raise KeyError(f"the text {key!r} ({self.code}) needs the field {missing}") from None

    def plural(self, key: str, n: int, /, **fields: object) -> str:
        """The text ``<key>.one`` or ``<key>.other``, as n asks for; its field ``n`` is n written.

        ``fields`` may give another ``n``, for example as a numeral.
        """
        return self.text(f"{key}.{self._locale.plural_form(n)}", **{"n": self.number(n), **fields})

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """A number with its separators, halves rounded away from zero: ``3.478``, ``0,5``.

        Not for years. Raises ValueError for what is no finite number.
        """
        return _written(_rounded(value, decimals), decimals, self.text("language.locale"))

    def rounded(self, value: float | Decimal, digits: int = 2) -> str:
        """A number to so many significant digits, and never finer than whole: ``1.300``, ``7``.

        Raises ValueError for what is no finite number.
        """
        return self.number(significant(value, digits))

    def percent(self, share: float | Decimal, decimals: int = 0) -> str:
        """A share (0 to 1) in percent: ``15 %``, in Danish with a space that does not break.

        Raises ValueError for what is no finite number.
        """
        from babel.numbers import format_percent

        usual = self._locale.percent_formats[None].pattern
        pattern = usual.replace("##0", "##0" + _fraction(decimals))
        return format_percent(_rounded(share, decimals + 2), pattern, self._locale)

    def numeral(self, n: int, gender: Gender = "common") -> str:
        """A whole number in running text: a word up to twelve, figures from 13.

        One takes the gender of its noun: ``én kommune``, ``ét behandlingssted``.
        """
        if n == 1:
            return self.text(f"language.one.{gender}")
        return self.text(f"language.numeral.{n}") if 0 <= n <= LARGEST_WORD else self.number(n)

    def join(self, parts: Sequence[str]) -> str:
        """Parts as a list in running text: ``Nordby, Sydby og Vestby``; nothing for no parts."""
        from babel.lists import format_list

        return format_list(list(parts), "standard", self._locale)

    def either(self, parts: Sequence[str]) -> str:
        """Parts as alternatives in running text: ``ja, delvis eller nej``; nothing for no parts."""
        from babel.lists import format_list

        return format_list(list(parts), "or", self._locale)

    def date(self, day: date) -> str:
        """A date in running text: ``1. januar 2014``."""
        from babel.dates import format_date

        return format_date(day, "long", self._locale)

    @property
    def decimal_mark(self) -> str:
        """What stands between a number's whole part and its decimals: ``,`` in Danish."""
        from babel.numbers import get_decimal_symbol

        return get_decimal_symbol(self._locale)

    def of(self, n: int, total: int) -> str:
        """``3 af 16``: some of all, both written as numbers are."""
        return self.text("table.of", n=self.number(int(n)), total=self.number(int(total)))

    def span(self, first: object, last: object) -> str:
        """From first to last: ``2014–2016``; only the first when they are the same."""
        if first == last:
            return str(first)
        return self.text("language.span", first=first, last=last)

    def capitalise(self, text: str) -> str:
        """The text with a capital first letter; the rest, names included, stays as it is."""
        first = len(text) - len(text.lstrip(OPENING))
        return text[:first] + text[first : first + 1].upper() + text[first + 1 :]

    def name_of(self, code: str) -> str:
        """What this language calls the one with a code: ``dansk``, ``engelsk``."""
        return _babel_locale(code).get_language_name(self.text("language.locale")) or code

    @property
    def _locale(self) -> Locale:
        return _babel_locale(self.text("language.locale"))


@cache
def _speaking(code: str, under_way: bool, own: OwnWords) -> Language:
    language = _load(code, under_way)
    return Language(code, language.texts, under_way, own) if own else language


@cache
def _plain_word(code: str, standing: str) -> str:
    """The plain word of a standing; nothing in a language without a catalogue."""
    known = code in Language.codes()
    return Language.load(code).text(f"answer.plain.{standing}") if known else ""


@cache
def _load(code: str, under_way: bool) -> Language:
    if code not in (valid := Language.codes()):
        values: dict[str, object] = {"kind": Phrase("the_language"), "name": code}
        values |= {"valid": name_list(valid)}
        raise ParameterError([Problem("unknown_name", "", values | {"hint": hint(code, valid)})])
    # The parser in C reads a catalogue about ten times as fast, where PyYAML was built with it.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = _catalogues().joinpath(f"{code}.yaml").read_text(encoding="utf-8")
    return Language(code, dict(_flat(yaml.load(text, Loader=loader))), under_way)  # noqa: S506


@lru_cache(maxsize=4096)
def _written(number: Decimal, decimals: int, locale: str) -> str:
    """A rounded number in the way of a locale; pages say few numbers, and each of them often."""
    from babel.numbers import format_decimal

    pattern = "#,##0" + _fraction(decimals)
    return format_decimal(number, pattern, _babel_locale(locale))


@cache
def _babel_locale(name: str) -> Locale:
    from babel import Locale

    return Locale.parse(name)


def _catalogues() -> Any:
    return resources.files(__package__).joinpath("locale")


def _flat(section: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in section.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _fraction(decimals: int) -> str:
    return "." + "0" * decimals if decimals else ""


def significant(value: float | Decimal, digits: int = 2) -> Decimal:
    """A number to so many significant digits and never finer than whole, halves away from zero.

    Raises ValueError for what is no finite number.
    """
    spare = Decimal(str(value)).adjusted() + 1 - digits
    return _rounded(value, min(0, -spare))


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Halves away from zero, as readers of a report round; through ``str``, so 0.145 is a half."""
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"{value} cannot be written as a number: say in words what is missing")
    # Adding zero turns a negative zero into zero.
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
