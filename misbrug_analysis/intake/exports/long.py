"""Long exports: a row an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from misbrug_analysis.intake.answers import Words
from misbrug_analysis.intake.cleaning import bare, plain
from misbrug_analysis.intake.days import as_moment
from misbrug_analysis.intake.exports.columns import Columns, Spot
from misbrug_analysis.intake.exports.exported import CELLS, GIVEN, RESPONSES
from misbrug_analysis.intake.exports.meanings import Codes, Meaning
from misbrug_analysis.intake.exports.tables import Numbers, Objects, frame
from misbrug_analysis.intake.questions import Questions
from misbrug_analysis.model.instrument import REMARK, Instrument
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study

FIELDS: Final = ("unit", "form", "date", "item", "answer", "remark")
"""What a column of a long file can hold."""


class Asked:
    """Which question, or which part of one, the texts of a long file's rows name."""

    def __init__(self, instrument: Instrument, called: Mapping[str, str]) -> None:
        """``called`` are the items by what the file calls them, where it has its own names."""
        self._items = {item.id for item in instrument.items}
        self._questions = Questions(instrument)
        self._called = dict(called)
        plainly = [(plain(name).casefold(), item) for name, item in called.items()]
        counts = Counter(name for name, _ in plainly)
        self._plainly = {name: item for name, item in plainly if counts[name] == 1}

    def named(self, text: str) -> tuple[str, str] | None:
        """The item that a text names and the part of it; None where it names none.

        Of names that differ in case only, the one that is written so is meant. A number may be
        written with a comma; a remark is ``1.1.remark``, an option ``1.3/2``.
        """
        called = self._called.get(text) or self._plainly.get(plain(text).casefold())
        if called is not None:
            return called, "answer"
        if text in self._items:
            return text, "answer"
        number, remark = text, ""
        if text.casefold().endswith(REMARK):
            number, remark = text[: -len(REMARK)], "remark"
        found = self._questions.named(number) or self._questions.named(number.replace(",", "."))
        if found is None or (remark and found.option):
            return None
        return found.item.id, remark or str(found.option or "answer")


class Long:
    """A long export: its columns, which of them hold what, and the response of each row."""

    def __init__(self, export: MappedExport, columns: Columns, study: Study) -> None:
        """Raises UnreadableExport where a column is not there."""
        headings = {name: heading for name in FIELDS if (heading := getattr(export, name))}
        found = columns.require(headings.values())
        self._fields: dict[str, Spot] = {name: found[one] for name, one in headings.items()}
        self._columns = columns
        self._table = columns.tables[0]
        self._study = study
        self._codes = Codes(export.codes.items())
        named = {name: item for item, name in export.items.items() if isinstance(name, str)}
        self._asked = Asked(study.instrument, named)
        # One response is one unit and form, however their rows are mixed.
        units = _numbered(self._texts("unit"), Words(study.unit_words, study.unit_titles))
        forms = _numbered(self._texts("form"), Words(study.form_words))
        pairs = units * (int(forms.max(initial=0)) + 1) + forms
        # Rows that do not say whose they are can be anybody's.
        nobody = np.flatnonzero(self._texts("unit") == "")
        pairs[nobody] = -1 - nobody
        self._response, _ = pd.factorize(pairs)
        _, self._first = np.unique(self._response, return_index=True)

    @property
    def spots(self) -> set[Spot]:
        """The columns that say something of a response."""
        return set(self._fields.values())

    def responses(self) -> pd.DataFrame:
        """The responses in the columns of ``RESPONSES``, at their first rows; all are begun."""
        first = self._first
        parts = {}
        for name in ("unit", "form"):
            texts = self._texts(name)[first]
            parts[name] = texts
            parts[f"{name}_at"] = np.where(texts != "", self._locators(name)[first], "")
        parts["date"], parts["date_at"] = self._dates()
        return frame(
            RESPONSES,
            at=self._columns.wholes()[first],
            row=self._columns.numbers[first],
            begun=np.full(len(first), True),
            **parts,
        )

    def given(self) -> pd.DataFrame:
        """What is answered in the columns of ``GIVEN``, row by row."""
        texts = self._texts("item")
        codes, distinct = pd.factorize(texts)
        asked = [self._asked.named(text) or (text, "answer") for text in distinct]
        items, parts = (
            np.array([pair[side] for pair in asked], dtype=object)[codes] for side in (0, 1)
        )
        answers = self._given("answer", items, parts)
        remarks = self._given("remark", items, np.full(len(items), "remark", dtype=object))
        joined = pd.concat([answers, remarks])
        return joined.sort_index(kind="stable").reset_index(drop=True)

    def cells(self, known: set[str]) -> pd.DataFrame:
        """The cells of the file in the columns ``CELLS``; some columns are known to be unused."""
        roles = dict.fromkeys(self._columns.named(known), "unused")
        roles |= {spot: name for name, spot in self._fields.items()}
        width = len(self._table.headings)
        above = np.full(self._table.head + 1, -1)
        rows: Numbers = np.concatenate([above, self._response])
        made = self._table.cells(
            [roles.get(Spot(0, place), "untied") for place in range(width)],
            rows[: len(self._table.numbers)],
            "heading",
        )
        return made[list(CELLS)]

    def untied(self, known: set[str]) -> tuple[str, ...]:
        """The columns with something in them that nothing is said of; some are known to be none."""
        said = self.spots | self._columns.named(known)
        return tuple(name for name, spot in self._columns.filled() if spot not in said)

    def _texts(self, name: str) -> Objects:
        spot = self._fields.get(name)
        if spot is None:
            return np.full(len(self._columns.numbers), "", dtype=object)
        return self._columns.texts(spot)

    def _locators(self, name: str) -> Objects:
        spot = self._fields.get(name)
        if spot is None:
            return np.full(len(self._columns.numbers), "", dtype=object)
        return self._columns.locators(spot)

    def _dates(self) -> tuple[Objects, Objects]:
        """The latest date of each response, with its place; one that is none comes before all."""
        texts = self._texts("date")
        codes, distinct = pd.factorize(texts)
        ranks = {text: rank for rank, text in enumerate(sorted(distinct, key=_lateness))}
        rank = np.array([ranks[text] for text in distinct], dtype=np.int64)[codes]
        order = np.lexsort((-np.arange(len(rank)), rank, self._response))
        ends = np.r_[np.nonzero(np.diff(self._response[order]))[0], len(order) - 1]
        last = order[ends] if len(order) else order
        found = texts[last]
        return found, np.where(found != "", self._locators("date")[last], "")

    def _given(self, name: str, items: Objects, parts: Objects) -> pd.DataFrame:
        """What stands in a column, by row (the index)."""
        texts = self._texts(name)
        filled = np.nonzero(texts != "")[0]
        said, seen = self._read(texts[filled], items[filled], parts[filled])
        kinds = np.full(0, "", dtype=object)
        if name in self._fields:
            kinds = self._table.kinds[self._table.column(self._fields[name].column)][filled]
        made = frame(
            GIVEN,
            response=self._response[filled],
            item=items[filled],
            part=parts[filled],
            text=said,
            raw=seen,
            kind=kinds,
            locator=self._locators(name)[filled],
        )
        return made.set_index(filled)

    def _read(self, texts: Objects, items: Objects, parts: Objects) -> tuple[Objects, Objects]:
        """What texts say and what was seen; one of a kind of item and part is read once."""
        types = {item.id: item.type for item in self._study.instrument.items}
        sorts = [
            types.get(item, "") if part == "answer" else part
            for item, part in zip(items, parts, strict=True)
        ]
        codes, distinct = pd.factorize(pd.MultiIndex.from_arrays([sorts, texts]))
        read = [self._meaning(sort).read(text) for sort, text in distinct]
        said, seen = (np.array([pair[side] for pair in read], dtype=object) for side in (0, 1))
        return said[codes], seen[codes]

    def _meaning(self, sort: str) -> Meaning:
        if sort.isdigit():
            return Meaning(codes=self._codes, is_option=True)
        codes = self._codes if sort in ("yes_no", "single") else Codes()
        return Meaning(codes=codes, is_list=sort == "multiple")


def _numbered(texts: Objects, words: Words) -> Numbers:
    """A number for each text, the same for those that mean the same.

    Of those that nothing is known of, these are texts that differ in case, spaces and marks only.
    """
    codes, distinct = pd.factorize(texts)
    meant = [
        (True, known) if (known := words.means(text)) else (False, bare(text)) for text in distinct
    ]
    numbers: dict[tuple[bool, str], int] = {}
    of_text = np.array([numbers.setdefault(one, len(numbers)) for one in meant], dtype=np.int64)
    found: Numbers = of_text[codes]
    return found


def _lateness(text: str) -> tuple[bool, str, str]:
    """By what dates are compared: what is none of them is the last, so that it is told of."""
    found = as_moment(text)
    if found is None:
        return text != "", "", text
    return False, found.day.isoformat(), found.time.isoformat() if found.time else ""
