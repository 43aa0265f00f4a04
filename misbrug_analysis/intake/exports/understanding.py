"""What the cells of an export say, each different one understood once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from misbrug_analysis.intake.answers import AnswerWords, Misread, Understood
from misbrug_analysis.intake.cleaning import excerpt, near
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.marks import Marks
from misbrug_analysis.model.instrument import Instrument, Item
from misbrug_analysis.model.privacy import masked

ANSWER, REMARK_PART = "answer", "remark"
"""Parts of an item (``exported.GIVEN``) that are no option."""

Texts = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]

_MOST_HINTS = 1_000
"""After so many different texts that nothing is known of, the nearest word is not looked for."""

_MARKED = {"1": Understood("1", "ticked"), "0": Understood("", "no_answer")}
"""How survey systems say that an option is chosen or not."""


@dataclass(frozen=True)
class Said:
    """What each cell of ``Exported.given`` says, in the order of that table.

    ``value`` is the answer, the remark or, for an option that is chosen, its label; empty where
    nothing is said. ``misread`` is the number of a fault in ``faults``, or -1.
    """

    value: Texts
    raw: Texts
    reason: Texts
    misread: Numbers
    faults: list[Misread]


def understand(given: pd.DataFrame, instrument: Instrument, words: AnswerWords) -> Said:
    """What every cell says that answers something."""
    reader = _Reader(instrument, words)
    alike, first = _alike(given, reader.way)
    columns = [
        given[name].to_numpy(dtype=object)[first] for name in ("item", "part", "text", "kind")
    ]
    faults: list[Misread] = []
    value, reason, misread = (
        np.empty(len(first), dtype=kind) for kind in (object, object, "int64")
    )
    for place, (item, part, text, kind) in enumerate(zip(*columns, strict=True)):
        read = reader.read(item, part, Cell(0, 0, text, "", kind))
        if isinstance(read, Misread):
            value[place], reason[place], misread[place] = "", read.code, len(faults)
            faults.append(read)
        else:
            value[place], reason[place], misread[place] = read.value, read.reason, -1
    raw = mapped(given["raw"], masked)
    return Said(value[alike], raw, reason[alike], misread[alike], faults)


def mapped(texts: pd.Series[str], make: Callable[[str], Any]) -> Texts:
    """What a function makes of each text, called once for each different one."""
    codes, different = pd.factorize(texts)
    made = np.empty(len(different), dtype=object)
    for place, text in enumerate(different):
        made[place] = make(text)
    found: Texts = made[codes]
    return found


def _alike(given: pd.DataFrame, way: Callable[[str, str], object]) -> tuple[Numbers, Numbers]:
    """Numbers of the cells that say the same in the same way, and the first cell of each."""
    if given.empty:
        nothing = np.zeros(0, dtype="int64")
        return nothing, nothing
    items, item_names = pd.factorize(given["item"])
    parts, part_names = pd.factorize(given["part"])
    texts, different = pd.factorize(given["text"])
    kinds, kind_names = pd.factorize(given["kind"])
    ways: dict[object, int] = {}
    of_pair = np.array(
        [
            [ways.setdefault(way(item, part), len(ways)) for part in part_names]
            for item in item_names
        ]
    )
    key = (of_pair[items, parts] * len(kind_names) + kinds) * len(different) + texts
    _, first, alike = np.unique(key, return_index=True, return_inverse=True)
    return alike, first


class _Reader:
    """Reads single cells; what they are of is known by the item's number and the part."""

    def __init__(self, instrument: Instrument, words: AnswerWords) -> None:
        self._instrument = instrument
        self._items = {item.id: item for item in instrument.items}
        self._words = words
        self._options = OptionMarks(words, instrument)
        self._misread = 0

    def way(self, item: str, part: str) -> object:
        """Cells of one way of reading say the same where their texts are the same."""
        if item not in self._items:
            return item
        if part == REMARK_PART:
            return part
        return "yes_no" if self._items[item].type == "yes_no" and part == ANSWER else (item, part)

    def read(self, item: str, part: str, cell: Cell) -> Understood | Misread:
        found = self._read(item, part, cell)
        self._misread += isinstance(found, Misread)
        return found

    def _read(self, item: str, part: str, cell: Cell) -> Understood | Misread:
        if item not in self._items:
            return self._unknown(item)
        if part == REMARK_PART:
            return self._remark(item, cell)
        if part == ANSWER:
            few = self._misread < _MOST_HINTS
            return self._words.read(self._items[item], cell, with_hint=few)
        return self._options.read(self._items[item], int(part), cell)

    def _unknown(self, item: str) -> Misread:
        """What is answered is no question of the instrument."""
        told: dict[str, object] = {"value": excerpt(item), "instrument": self._instrument.id}
        return Misread("unknown_item", told | {"hint": near(item, self._items), "valid": "–"})

    def _remark(self, item: str, cell: Cell) -> Understood | Misread:
        """A formula is no remark: what it shows is not in the file."""
        if cell.kind in ("formula", "error"):
            told: dict[str, object] = {"item": item, "value": excerpt(cell.text), "valid": "–"}
            return Misread("remark_formula", told)
        return Understood(masked(cell.text), "remark")


class OptionMarks:
    """Reads the cells that stand for one option of a question each."""

    def __init__(self, words: AnswerWords, instrument: Instrument) -> None:
        signs = instrument.form.mark
        self._marks = Marks(FileLedger("", []), words, signs)
        self._shown = " / ".join([*signs, "1", "0"])

    def read(self, item: Item, place: int, cell: Cell) -> Understood | Misread:
        """The option's label where it is chosen, nothing where it is not."""
        option = item.options[place - 1]
        label = next(iter(option.values()))
        found = _MARKED.get(cell.text.strip())
        if found is None:
            for one in dict.fromkeys(option.values()):
                is_set, reason = self._marks.as_choice(cell, one)
                if is_set is not None:
                    found = Understood("1" if is_set else "", reason if is_set else "no_answer")
                    break
        if found is None:
            told: dict[str, object] = {"value": excerpt(cell.text), "item": item.id}
            return Misread("bad_mark", told | {"mark": self._shown, "valid": self._shown})
        return Understood(label if found.value else "", found.reason)

    def decided(self, item: Item, place: int) -> Callable[[str], Understood | None]:
        """How a decision on the cell of an option is read."""
        return partial(self._decided, item, place)

    def _decided(self, item: Item, place: int, text: str) -> Understood | None:
        read = self.read(item, place, Cell(0, 0, text, ""))
        return None if isinstance(read, Misread) else read
