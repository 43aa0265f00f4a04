"""What a cell says as the answer to a question, or what keeps it from being an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from misbrug_analysis.intake.cleaning import bare, excerpt, near, plain
from misbrug_analysis.intake.grid import Cell, CellKind
from misbrug_analysis.intake.number_answers import number_meant, number_within, why_no_number
from misbrug_analysis.intake.words import Words
from misbrug_analysis.model.instrument import Instrument, Item, in_language
from misbrug_analysis.model.privacy import masked


@dataclass(frozen=True)
class Understood:
    """An answer as it is stored, and why it was read so; no ``value`` leaves it unanswered."""

    value: str
    reason: str


@dataclass(frozen=True)
class Misread:
    """The code of a fault, with what its message says."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


_BY_KIND: dict[CellKind, str] = {
    "formula": "answer_formula",
    "error": "answer_error",
    "truth": "answer_truth",
    "date": "answer_date",
    "number": "answer_number",
}
"""What is told of a cell that a spreadsheet took for something else than words."""

_LOOKS_LIKE: tuple[tuple[CellKind, re.Pattern[str]], ...] = (
    ("error", re.compile(r"#[A-ZÆØÅ/0-9]+[!?]?")),
    ("truth", re.compile(r"(?i:sand|falsk|true|false)")),
    ("date", re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}[-.][a-zæøå]{3}\.?")),
    ("number", re.compile(r"[-+]?\d+(?:[.,]\d+)*\s?%?")),
)
"""The same in a file that keeps texts only."""

_TRUTH = re.compile(r"(?i)=?(?:(sand|true)|falsk|false)(?:\(\))?")
"""A truth value, also as the formula that LibreOffice makes of one."""

MAX_ANSWER = 300
"""Letters of a text that may still be an answer in words."""


def kind_of(cell: Cell) -> CellKind:
    """What the program that wrote a cell took it for, as far as the cell tells."""
    if cell.kind == "formula" and _TRUTH.fullmatch(cell.text):
        return "truth"
    if cell.kind == "text":
        for kind, pattern in _LOOKS_LIKE:
            if pattern.fullmatch(plain(cell.text)):
                return kind
    return cell.kind


def is_true(cell: Cell) -> bool:
    """What a truth value says."""
    found = _TRUTH.fullmatch(cell.text.strip())
    return found is not None and found[1] is not None


class AnswerWords:
    """The answers to the questions of an instrument, as people write them."""

    def __init__(self, instrument: Instrument, language: str) -> None:
        self._instrument = instrument
        self._language = language
        self._of_item: dict[str, Words] = {}
        self._valid: dict[str, str] = {}

    @cached_property
    def yes_no(self) -> Words:
        """The words for the answers that count as yes, partly and no."""
        return self._among(self._instrument.answer_codes(), self._instrument.missing_codes())

    @cached_property
    def missing(self) -> Words:
        """The words that leave a question unanswered, or count as a no."""
        return self._among(self._instrument.missing_codes(), self._instrument.answer_codes())

    def answer(self, word: str) -> str:
        """The code that a word is stored as; empty where it leaves a question unanswered."""
        return self.yes_no.means(word) or self.unanswered(word) or ""

    def unanswered(self, text: str) -> str | None:
        """What a word that leaves a question unanswered is stored as: its code where it is a no."""
        code = self.missing.means(text)
        return code if code is None or self._instrument.missing[code].is_no else ""

    def says_yes(self, text: str) -> bool | None:
        """Whether a word counts as a yes or a no; None where it does neither, or is a number.

        Beside an option a number is no word: 1 marks it, whatever answer is called so.
        """
        if bare(text).isnumeric():
            return None
        standing = self._instrument.standings.get(self.yes_no.means(text) or "")
        return {"yes": True, "no": False}.get(standing or "")

    def valid(self, item: Item) -> str:
        """The answers to a question as a message lists them."""
        if item.id not in self._valid:
            self._valid[item.id] = " / ".join(self._labels(item)) or "–"
        return self._valid[item.id]

    def read(self, item: Item, cell: Cell, *, with_hint: bool = True) -> Understood | Misread:
        """The answer that a cell gives to a question, or what is wrong with it.

        The word that is nearest to an unknown one is looked for only ``with_hint``.
        """
        if item.type == "text":
            if cell.kind in ("formula", "error"):
                return Misread(_BY_KIND[cell.kind], self._told(item, cell))
            return Understood(masked(cell.text), "answer")
        kind = kind_of(cell)
        if kind in ("formula", "error"):
            understood = self._exactly(item, cell.text) if kind == "error" else None
        else:
            understood = self._understood(item, cell.text, stored=cell.kind == "number")
        if understood is None and item.type == "number" and kind != "formula":
            code = why_no_number(item, cell.text, stored=cell.kind == "number")
            return Misread(code, self._told(item, cell))
        return understood or self._misread(item, cell, kind, with_hint)

    def is_word(self, text: str) -> bool:
        """Whether a text is one of the words for yes, partly and no, or leaves a question open."""
        words = (self.yes_no, self.missing)
        return len(text) <= MAX_ANSWER and any(one.means(text) is not None for one in words)

    def stands_for(self, item: Item, text: str, *, marked: bool = False) -> bool:
        """Whether a text reads as an answer to a question wherever it stands.

        Where options are ``marked``, a mark is one too.
        """
        if len(text) > MAX_ANSWER:
            return False
        own = item.type != "text" and self._understood(item, text)
        mark = marked and bare(text) in map(bare, self._instrument.form.mark)
        # A stroke for nothing may stand anywhere.
        shows = bare(text) != "" or self.missing.means(text) is None
        return shows and (bool(own) or mark or self.is_word(text))

    def decided(self, item: Item, text: str) -> str | None:
        """The answer that a decision gives to a question, if it is one."""
        if item.type == "text":
            return masked(text)
        understood = self._understood(item, text)
        return understood.value or None if understood else None

    def _understood(self, item: Item, text: str, *, stored: bool = False) -> Understood | None:
        exactly = self._exactly(item, text)
        if exactly is not None:
            return exactly
        words = self._words(item)
        found = words.cleaned(text)
        if found is not None:
            return Understood(found, "normalised")
        if self.missing.means(text) is not None:
            return self._missing(item, text)
        if item.type == "number":
            return self._as_number(item, text, stored=stored)
        return _several(words, text) if item.type == "multiple" else None

    def _exactly(self, item: Item, text: str) -> Understood | None:
        """What a text says as it is written."""
        found = self._words(item).exact(text)
        if found is not None:
            return Understood(found, "answer")
        return self._missing(item, text) if self.missing.exact(text) is not None else None

    def _missing(self, item: Item, text: str) -> Understood:
        """A word that leaves a question unanswered; it can count as a no where yes was asked."""
        code = self.unanswered(text) if item.type == "yes_no" else ""
        return Understood(code, "missing_as_no") if code else Understood("", "missing_word")

    def _as_number(self, item: Item, text: str, *, stored: bool) -> Understood | None:
        """The one number within the limits of a question that a text can be."""
        value = number_meant(item, text, stored=stored)
        if value is None:
            return None
        return Understood(value, "answer" if value == text.strip() else "normalised")

    def _misread(self, item: Item, cell: Cell, kind: CellKind, with_hint: bool) -> Misread:
        told = self._told(item, cell)
        if kind in _BY_KIND:
            return Misread(_BY_KIND[kind], told)
        words = self._words(item)
        alone = item.type != "multiple"
        word = (alone and words.beginning(cell.text)) or self.missing.beginning(cell.text)
        if word:
            return Misread("answer_with_more", told | {"word": word})
        hint = near(cell.text, [*words.spelt, *self.missing.spelt]) if with_hint else ""
        return Misread("unknown_answer", told | {"hint": hint})

    def _words(self, item: Item) -> Words:
        if item.type == "yes_no":
            return self.yes_no
        if item.id not in self._of_item:
            labels = {
                label: next(iter(option.values()))
                for option in item.options
                for label in option.values()
            }
            self._of_item[item.id] = self._among(labels, self._instrument.missing_codes())
        return self._of_item[item.id]

    def _among(self, words: Mapping[str, str], others: Iterable[str]) -> Words:
        return Words(words, apart=others, numbers=True)

    def _told(self, item: Item, cell: Cell) -> dict[str, object]:
        valid = number_within(item, self._language) if item.type == "number" else self.valid(item)
        return {"value": excerpt(cell.text), "item": item.id, "valid": valid}

    def _labels(self, item: Item) -> list[str]:
        if item.type == "yes_no":
            return self._instrument.answer_labels(self._language)
        return [in_language(option, self._language) for option in item.options]


def _several(words: Words, text: str) -> Understood | None:
    """Options with a semicolon or on lines of their own; each once."""
    parts = [part for part in re.split(r"[;\n]", text) if part.strip()]
    chosen = [words.means(part) for part in parts]
    known = list(dict.fromkeys(option for option in chosen if option is not None))
    if not known or None in chosen:
        return None
    as_written = "\n" not in text and len(known) == len(parts)
    exact = as_written and all(words.exact(part) for part in parts)
    return Understood("; ".join(known), "answer" if exact else "normalised")
