"""What the texts of an export's cells stand for: codes, labels of codes, and lists of options."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.model.instrument import Item

_WHOLE = re.compile(r"([+-]?\d{1,9})[.,]0+")
"""A whole number as spreadsheets and statistics write it."""

_MARKS: Final = ("0", "1")
"""What systems write for an option that was not chosen, and for one that was."""

_CHOSEN: Final = ("valgt", "markeret", "afkrydset", "selected", "checked", "1")
_NOT_CHOSEN: Final = (
    *("ikke valgt", "ikke markeret", "ikke afkrydset", "not selected", "not checked"),
    *("unselected", "unchecked", "0"),
)
"""Labels of the codes for an option that was chosen, and for one that was not."""


def whole(text: str) -> str:
    """The text, as a whole number where it is one written with decimals: ``1,0`` is ``1``."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text


class Codes:
    """What codes stand for: as they are written, else without case, else as whole numbers.

    A code that stands for two things in one of these ways stands for none.
    """

    def __init__(self, meanings: Iterable[tuple[str, str]] = ()) -> None:
        self.pairs = [(code.strip(), meaning) for code, meaning in meanings]
        ways = (str, str.casefold, whole) if self.pairs else ()
        self._by = [(way, _once(way, self.pairs)) for way in ways]

    def __bool__(self) -> bool:
        return bool(self._by)

    def meaning(self, text: str) -> str | None:
        """What a text stands for; None where it is no code."""
        return next((known[way(text)] for way, known in self._by if way(text) in known), None)


def _once(way: Callable[[str], str], pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for code, meaning in pairs:
        found.setdefault(way(code), set()).add(meaning)
    return {code: meanings.pop() for code, meanings in found.items() if len(meanings) == 1}


def codes_at(item: Item, codes: Codes, missing: Collection[str]) -> Codes:
    """What codes stand for where they answer a question; ``missing`` are words for no answer.

    An option that is called like a code is no code, unless what that stands for is an option too;
    a number is none, unless it says that the question was not answered.
    """
    if item.type == "yes_no":
        return codes
    if item.type == "number":
        return Codes(pair for pair in codes.pairs if pair[1].casefold() in missing)
    if item.type != "single":
        return Codes()
    own = {label.casefold() for option in item.options for label in option.values()}
    return Codes(
        (code, meaning)
        for code, meaning in codes.pairs
        if code.casefold() not in own or meaning.casefold() in own
    )


@dataclass(frozen=True)
class Meaning:
    """What the texts of a column stand for.

    ``labels`` are those of its codes; ``codes`` what codes and labels mean. ``is_option`` says that
    the column is an option's (``marks`` are its codes as 1 and 0, where they have labels),
    ``is_list`` that its texts list options.
    """

    labels: Codes = field(default_factory=Codes)
    codes: Codes = field(default_factory=Codes)
    marks: Codes = field(default_factory=Codes)
    is_option: bool = False
    is_list: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether texts say what they are."""
        return not (self.labels or self.codes or self.is_option or self.is_list)

    def read(self, text: str) -> tuple[str, str]:
        """What a text says, and what the respondent saw of it."""
        if self.is_option and (marked := self.marks.meaning(text)) is not None:
            return marked, self.labels.meaning(text) or marked
        if self.is_option:
            mark = whole(text)
            said = mark if mark in _MARKS else self.codes.meaning(text) or text
            return said, said
        label = self.labels.meaning(text)
        if label is not None:
            return self.codes.meaning(label) or label, label
        said = self.codes.meaning(text) or text
        if self.is_list and said.endswith(";"):
            said = _listed(said)
        return said, said


def marks_of(
    labels: Codes, texts: Iterable[str], says: Callable[[str], str | None]
) -> list[tuple[str, str]] | None:
    """What the codes of an option's column mean by their labels, as 1 and 0.

    ``texts`` are those of the column; ``says`` knows further labels, as 1 and 0. None where the
    labels of codes in it say neither, or both, and where a 1 or 0 without a label could mean the
    other one than usual.
    """

    def marked(label: str) -> str | None:
        known = {"1": _CHOSEN, "0": _NOT_CHOSEN}.items()
        return says(label) or next((mark for mark, words in known if bare(label) in words), None)

    marks = {(whole(code), marked(label)) for code, label in labels.pairs}
    own = {whole(text) for text in texts}
    used = [(code, mark) for code, mark in sorted(marks, key=str) if code in own]
    coded = {code for code, _ in marks}
    usual = all(mark == code for code, mark in marks if code in _MARKS or mark in _MARKS)
    unsure = any(mark not in coded for mark in own & set(_MARKS)) and not usual
    if unsure or len(dict(used)) < len(used) or any(mark is None for _, mark in used):
        return None
    return [(code, mark) for code, mark in sorted(marks, key=str) if mark is not None]


def _listed(text: str) -> str:
    """Options with a semicolon between them, where a system writes one after each."""
    return "; ".join(part.strip() for part in text.split(";") if part.strip())


def labels_of(rows: Iterable[list[str]]) -> Mapping[str, Codes]:
    """The labels of codes by variable, from rows of variable, code and label.

    Rows without all three of them are left out.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        variable, code, label = (*row, "", "", "")[:3]
        if variable and code and label:
            found.setdefault(variable, []).append((code, " ".join(label.split())))
    return {variable: Codes(labels) for variable, labels in found.items()}
