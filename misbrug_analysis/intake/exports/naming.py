"""Which question a variable of an export names: by its number, else by its wording.

Systems name variables in their own ways (``q1_1``, ``s_1.1``, ``Q5[SQ001]. Hvordan? [brev]``), so
more is understood here than in a form. It only makes a draft, which a person looks through.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Final

from misbrug_analysis.intake.cleaning import bare, plain, sentence
from misbrug_analysis.intake.questions import Questions, options_labelled
from misbrug_analysis.model.instrument import Instrument, Item

Part = str | int
"""``answer``, ``remark``, or the number of an option."""

REMARKS: Final = ("bemærkning", "kommentar", "uddyb", "begrund", "remark", "comment")
"""How headings of remarks begin, beside those of the instrument."""

_IN_BRACKETS: Final = ("other", "andet")
"""How systems name the field beside the options of a question (``Q5[other]``)."""

NEAR: Final = 0.9
"""How alike two wordings are, at least, that may be the same (``difflib``)."""

_LONGEST = 500
"""Letters of a wording that are compared by likeness."""

_PREFIX = re.compile(r"[^\W\d_]{1,3}|spørgsmål|question|item|variable")
"""What stands before the number in the name of a variable: ``q``, ``s_``, ``Spm.``."""

_NUMBER_LIKE = re.compile(r"[\w.\-/\[\]() ]{1,80}")
_FIRST_WORD = re.compile(r"\W*(?P<word>[^\s:]+)[\s:]+(?P<rest>.+)", re.DOTALL)
_NAME_LIKE = re.compile(r"\d|[.)\]]$")
_TOKEN = re.compile(r"[^\W_]+")
_OPTION_MARKS = " [](){}:;–—-/|"
"""What stands between the wording of a question and the text of an option."""


class Names:
    """The questions of an instrument, by how systems name them."""

    def __init__(self, instrument: Instrument) -> None:
        self._items = {item.id: item for item in instrument.items}
        self._questions = Questions(instrument)
        self._numbered: dict[tuple[str, ...], set[str]] = {}
        for item in instrument.items:
            self._numbered.setdefault(_tokens(item.id), set()).add(item.id)
        self._wordings = {
            sentence(text)[:_LONGEST]: item.id
            for item in instrument.items
            for text in item.text.values()
        }
        self._remarks = tuple(map(bare, (*instrument.form.remark, *REMARKS)))

    def numbered(self, text: str) -> tuple[str, Part] | None:
        """The question, option or remark that a text is the number of, and nothing else."""
        if not _NUMBER_LIKE.fullmatch(plain(text)):
            return None
        tokens = _tokens(text)
        if len(tokens) > 1 and tokens[-1] in (*self._remarks, *_IN_BRACKETS):
            found = self._counted(tokens[:-1])
            return (found[0], "remark") if found and found[1] == "answer" else None
        return self._counted(tokens)

    def _counted(self, tokens: tuple[str, ...]) -> tuple[str, Part] | None:
        for said in _readings(tokens):
            meant: set[tuple[str, Part]] = {(item, "answer") for item in self._of(said)}
            meant |= {
                (item, int(said[-1]))
                for item in self._of(said[:-1])
                if said[-1].isdigit() and 0 < int(said[-1]) <= self._options(item)
            }
            if meant:
                return meant.pop() if len(meant) == 1 else None
        return None

    def beginning(self, text: str) -> tuple[str, Part, str] | None:
        """The question whose number a text begins with, and the rest of the text."""
        for said in wordings_in(text):
            found = _FIRST_WORD.match(said)
            named = self.numbered(found["word"].rstrip(".):")) if found else None
            if found and named:
                return (*named, found["rest"])
        return None

    def worded(self, text: str, *, whole: bool = False) -> tuple[str, Part] | None:
        """The one question that a text is the wording of, or with the text of one of its options.

        Unless the text is to be so as a ``whole``, what stands before the wording is left out.
        """
        for said in wordings_in(text)[: 1 if whole else None]:
            found = self._questions.worded(said)
            items = [self._items[one] for one in found] if len(found) == 1 else []
            if items and sentence(said) in map(sentence, items[0].text.values()):
                return items[0].id, "answer"
            for item, rest in self._begun(said):
                if option := self.option(item.id, rest):
                    return item.id, option
        return None

    def unknown_option(self, text: str) -> str | None:
        """The question of several answers whose wording a text goes on after, in its own way."""
        begun = [item.id for said in wordings_in(text) for item, _ in self._begun(said)]
        return begun[0] if begun and self.worded(text) is None else None

    def _begun(self, said: str) -> Iterator[tuple[Item, str]]:
        """Questions of several answers whose wording a text begins with, and the rest of it."""
        whole = sentence(said)
        for item in self._items.values():
            for wording in map(sentence, item.text.values()) if self._options(item.id) else ():
                rest = whole[len(wording) :].strip(_OPTION_MARKS)
                if rest and whole.startswith(wording):
                    yield item, rest

    def is_question(self, text: str) -> bool:
        """Whether a text is the number or the wording of a question."""
        return self.numbered(text) is not None or self.worded(text) is not None

    def option(self, item: str, text: str) -> int:
        """The option of a question of several answers (from 1) that a text is, or 0."""
        options = options_labelled(self._items[item], text) if self._options(item) else set()
        return options.pop() if len(options) == 1 else 0

    def is_remark(self, text: str) -> bool:
        """Whether a text begins as the heading of a remark does, and is no question itself."""
        return bare(text).startswith(self._remarks) and self.worded(text) is None

    def remarked(self, text: str) -> str | None:
        """The question whose number stands in the heading of a remark."""
        words = plain(text).split()
        named = [self.numbered(word.strip(".,:;()[]")) for word in words[1:]]
        found = {one[0] for one in named if one and one[1] == "answer"}
        return found.pop() if len(found) == 1 else None

    def near(self, text: str) -> str | None:
        """The question whose wording a text is nearly."""
        for said in wordings_in(text):
            compared = sentence(said)[:_LONGEST]
            found = difflib.get_close_matches(compared, self._wordings, n=1, cutoff=NEAR)
            if found:
                return self._wordings[found[0]]
        return None

    def is_like(self, item: str, text: str, ratio: float) -> bool:
        """Whether a text is like the wording of a question."""
        said = sentence(text)[:_LONGEST]
        wordings = (sentence(one)[:_LONGEST] for one in self._items[item].text.values())
        return any(difflib.SequenceMatcher(None, one, said).ratio() >= ratio for one in wordings)

    def _of(self, tokens: tuple[str, ...]) -> set[str]:
        return self._numbered.get(tokens, set())

    def _options(self, item: str) -> int:
        found = self._items[item]
        return len(found.options) if found.type == "multiple" else 0


def _tokens(text: str) -> tuple[str, ...]:
    """The letters and digits of a number, without zeros before it: ``Q01_1`` is ``q01``, ``1``."""
    words = _TOKEN.findall(plain(text).casefold())
    return tuple(word.lstrip("0") or "0" if word.isdigit() else word for word in words)


def _readings(tokens: tuple[str, ...]) -> list[tuple[str, ...]]:
    """A name as it stands, and without what systems write before the number."""
    readings = [tokens]
    if len(tokens) > 1 and _PREFIX.fullmatch(tokens[0]):
        readings.append(tokens[1:])
    found = re.fullmatch(rf"(?:{_PREFIX.pattern})(\d+)", tokens[0]) if tokens else None
    if found:
        readings.append((found[1].lstrip("0") or "0", *tokens[1:]))
    return readings


def wordings_in(text: str) -> list[str]:
    """What can be a heading or the wording of a question in a label: all of it, and the ends of it.

    A system's own name can stand before it, and what is asked of all rows of a grid.
    """
    said = plain(text)
    parts = [said]
    if (first := _FIRST_WORD.match(said)) and _NAME_LIKE.search(first["word"]):
        parts.append(first["rest"])
    if " - " in said:
        parts.append(said.rpartition(" - ")[2])
    return parts
