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
from misbrug_analysis.intake.exports.spelling import (
    FIRST_WORD,
    parted,
    readings,
    tokens_of,
    wordings_in,
)
from misbrug_analysis.intake.questions import Questions, options_labelled
from misbrug_analysis.model.instrument import Instrument, Item

Part = str | int
"""``answer``, ``remark``, or the number of an option."""

REMARKS: Final = ("bemærkning", "kommentar", "uddyb", "begrund", "remark", "comment")
"""How headings of remarks begin, beside those of the instrument."""

ABBREVIATED: Final = ("bem", "bemærk", "kom", "komm")
"""How names of remarks begin that have a number after them (``Bem. 1.1``, ``kom1_1``)."""

_IN_BRACKETS: Final = ("other", "andet")
"""How systems name the field beside the options of a question (``Q5[other]``)."""

NEAR: Final = 0.9
"""How alike two wordings are, at least, that may be the same (``difflib``)."""

_LONGEST = 500
"""Letters of a wording that are compared by likeness."""

_GLUED = re.compile(rf"({'|'.join(ABBREVIATED)})0*(\d+)")
_CODE = re.compile(r"(?P<code>\w+)\[(?P<mark>[^\[\]]*)\]")
"""A name with something in brackets: ``Q1[comment]``."""

_NUMBER_LIKE = re.compile(r"[\w.\-/\[\]() ]{1,80}")
_OPTION_MARKS = " [](){}:;–—-/|"
"""What stands between the wording of a question and the text of an option."""


class Names:
    """The questions of an instrument, by how systems name them."""

    def __init__(self, instrument: Instrument) -> None:
        self._items = {item.id: item for item in instrument.items}
        self._ids = {item.id.casefold(): item.id for item in instrument.items}
        self._questions = Questions(instrument)
        self._numbered: dict[tuple[str, ...], set[str]] = {}
        for item in instrument.items:
            self._numbered.setdefault(tokens_of(item.id), set()).add(item.id)
        self._wordings = {
            sentence(text)[:_LONGEST]: item.id
            for item in instrument.items
            for text in item.text.values()
        }
        self._labels: dict[str, set[str]] = {}
        for item in instrument.items:
            for label in (item.label or {}).values():
                self._labels.setdefault(sentence(label), set()).add(item.id)
        self._remarks = tuple(map(bare, (*instrument.form.remark, *REMARKS)))

    def numbered(self, text: str) -> tuple[str, Part] | None:
        """The question, option or remark that a text is the number of, and nothing else."""
        if not _NUMBER_LIKE.fullmatch(plain(text)):
            return None
        tokens = tokens_of(text)
        if not self._of(tokens) and (of := self._remarked_name(tokens)):
            found = self._counted(of)
            return (found[0], "remark") if found and found[1] == "answer" else None
        return self._counted(tokens)

    def is_exactly(self, text: str, item: str) -> bool:
        """Whether a text is the number of a question as the instrument writes it."""
        return sentence(text).rstrip(".:)") == item.casefold()

    def _remarked_name(self, tokens: tuple[str, ...]) -> tuple[str, ...]:
        """The rest of a name that a word for remarks stands in, at one end; else nothing."""
        if len(tokens) > 1 and tokens[-1] in (*self._remarks, *_IN_BRACKETS):
            return tokens[:-1]
        glued = _GLUED.fullmatch(tokens[0]) if tokens else None
        words = (*glued.groups(), *tokens[1:]) if glued else tokens
        return words[1:] if words and words[0] in (*self._remarks, *ABBREVIATED) else ()

    def _counted(self, tokens: tuple[str, ...]) -> tuple[str, Part] | None:
        for said in readings(tokens):
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
            found = FIRST_WORD.match(said)
            named = self.numbered(found["word"].rstrip(".):")) if found else None
            if found and named:
                return (*named, found["rest"])
        return None

    def worded(self, text: str, *, whole: bool = False) -> tuple[str, Part] | None:
        """The one question that a text is the wording of, or with the text of one of its options.

        The short name of a question is a wording of it too. Unless the text is to be so as a
        ``whole``, what stands before the wording is left out.
        """
        for said in wordings_in(text)[: 1 if whole else None]:
            found = self._questions.worded(said)
            items = [self._items[one] for one in found] if len(found) == 1 else []
            if items and sentence(said) in map(sentence, items[0].text.values()):
                return items[0].id, "answer"
            for item, rest in self._begun(said):
                if option := self.option(item.id, rest):
                    return item.id, option
        labelled = self._labels.get(sentence(text), set())
        return (next(iter(labelled)), "answer") if len(labelled) == 1 else None

    def part_named(self, item: str, rest: str) -> Part | None:
        """What of a question is named by the words after its number.

        None is an option, in brackets at the end, that the question does not have.
        """
        worded = self.worded(rest)
        if worded and worded[0] == item:
            return worded[1]
        mark = parted(rest)[1]
        if option := self.option(item, rest) or self.option(item, mark):
            return option
        if not mark or not self._options(item):
            return "answer"
        return "remark" if bare(mark) in _IN_BRACKETS else None

    def unmarked(self, text: str) -> str | None:
        """A text without the brackets that say that it is a remark; None where there are none.

        ``Q1[comment]. Følger I op? [Kommentar]`` is on ``Q1. Følger I op?``
        """
        said = plain(text)
        code = _CODE.match(said)
        is_marked = code is not None and self._is_mark(code["mark"])
        if code and is_marked:
            said = code["code"] + said[code.end() :]
        before, mark = parted(said)
        if mark and bare(mark).startswith((*self._remarks, "bem.")):
            return before
        return said if is_marked else None

    def _is_mark(self, mark: str) -> bool:
        """Whether what stands in the brackets of a system's name says that it is a remark."""
        said = bare(mark)
        return said.startswith(self._remarks) or said in _IN_BRACKETS or said.endswith("comment")

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
        """Whether a text begins as the heading of a remark does, and is no question itself.

        A system's own name can stand before it: ``G01Q03. Bemærkning til 1.1``.
        """
        begins = any(bare(said).startswith(self._remarks) for said in wordings_in(text))
        return (begins or self._abbreviates(text)) and self.worded(text) is None

    def _abbreviates(self, text: str) -> bool:
        """Whether a text begins with a short word for remarks and a number."""
        words = plain(text).casefold().split()
        is_short = len(words) > 1 and words[0].rstrip(".:") in ABBREVIATED
        return is_short and self.numbered(words[1].rstrip(".,:;)")) is not None

    def remarked(self, text: str) -> str | None:
        """The question whose number stands in the heading of a remark."""
        words = plain(text).split()
        named = [self.numbered(word.strip(".,:;()[]")) for word in words[1:]]
        found = {one[0] for one in named if one and one[1] == "answer"}
        return found.pop() if len(found) == 1 else None

    def mentioned(self, text: str) -> str | None:
        """The first question whose number stands among the words of a text.

        A whole number can count anything, so that it names no question here.
        """
        words = (word.strip(".,:;()[]") for word in sentence(text).split())
        found = (self._ids.get(word) for word in words if not word.isdigit())
        return next(filter(None, found), None)

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
