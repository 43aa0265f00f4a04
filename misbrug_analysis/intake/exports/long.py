"""Long exports: a row an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from misbrug_analysis.intake.cleaning import bare, plain
from misbrug_analysis.intake.days import as_moment
from misbrug_analysis.intake.exports.columns import Columns, Spot
from misbrug_analysis.intake.exports.exported import CELLS, GIVEN, RESPONSES
from misbrug_analysis.intake.exports.meanings import Codes, Meaning, codes_at
from misbrug_analysis.intake.exports.tables import Numbers, Objects, frame, repeated
from misbrug_analysis.intake.questions import Questions
from misbrug_analysis.intake.words import Words
from misbrug_analysis.model.instrument import REMARK, Instrument
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.study import Study

FIELDS: Final = ("unit", "form", "date", "respondent", "role", "item", "answer", "remark")
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
        codes, missing = Codes(export.codes.items()), study.instrument.missing_codes()
        self._sorts = _sorts(study.instrument)
        self._meanings = {"": Meaning(), "option": Meaning(codes=codes, is_option=True)}
        for item in study.instrument.items:
            here, is_list = codes_at(item, codes, missing), item.type == "multiple"
            self._meanings[self._sorts[item.id]] = Meaning(codes=here, is_list=is_list)
        named = {name: item for item, name in export.items.items() if isinstance(name, str)}
        self._asked = Asked(study.instrument, named)
        asked = study.instrument.respondents
        of_role = self._texts("item") == ROLE  # as in the table ``answers``
        self._roles = of_role & bool(asked and asked.roles and "role" not in self._fields)
        # One response is one unit, form and respondent, however their rows are mixed.
        units = _numbered(self._texts("unit"), Words(study.unit_words, study.unit_titles))
        forms = _numbered(self._texts("form"), Words(study.form_words))
        people, called = pd.factorize(self._texts("respondent"))
        people = pd.factorize(np.array([*map(respondent_key, called), ""], dtype=object))[0][people]
        pairs = (units * (int(forms.max(initial=0)) + 1) + forms) * (people.max(initial=0) + 1)
        pairs += people
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
            parts[f"{name}_at"] = np.where(texts != "", self._locators(name, first), "")
        parts["date"], parts["date_at"] = self._dates()
        parts["respondent"] = self._texts("respondent")[first]
        parts["role"], parts["role_at"] = self._first_roles()
        return frame(
            RESPONSES,
            at=self._columns.wholes(first),
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
        joined: pd.DataFrame = pd.concat([answers, remarks]) if len(remarks) else answers
        if self._roles.any():
            joined = joined[~self._roles[joined.index]]
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
        if len(of_role := np.flatnonzero(self._roles)):
            made.loc[made["locator"].isin(self._locators("answer", of_role)), "role"] = "role"
        return made[list(CELLS)]

    def untied(self, known: set[str]) -> tuple[str, ...]:
        """The columns with something in them that nothing is said of; some are known to be none."""
        said = self.spots | self._columns.named(known)
        return tuple(name for name, spot in self._columns.filled() if spot not in said)

    def _texts(self, name: str) -> Objects:
        spot = self._fields.get(name)
        if spot is None:
            return repeated("", len(self._columns.numbers))
        return self._columns.texts(spot)

    def _locators(self, name: str, rows: Numbers) -> Objects:
        spot = self._fields.get(name)
        if spot is None:
            return repeated("", len(rows))
        return self._columns.locators(spot, rows)

    def _first_roles(self) -> tuple[Objects, Objects]:
        """The first role of each response, with its place; of a column, that of an empty cell."""
        name = "answer" if self._roles.any() else "role"
        texts = self._texts(name)
        said = (texts != "") & (self._roles if name == "answer" else True)
        row = self._first.copy()
        responses, firsts = np.unique(self._response[said], return_index=True)
        row[responses] = np.flatnonzero(said)[firsts]
        here, at = said[row], self._locators(name, row)
        return np.where(here, texts[row], ""), np.where(here | (name == "role"), at, "")

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
        return found, np.where(found != "", self._locators("date", last), "")

    def _given(self, name: str, items: Objects, parts: Objects) -> pd.DataFrame:
        """What stands in a column, by row (the index)."""
        texts = self._texts(name)
        filled = np.nonzero(texts != "")[0]
        said, seen = self._read(texts[filled], items[filled], parts[filled])
        kinds = at = np.full(0, "", dtype=object)
        if name in self._fields:
            column = self._fields[name].column
            kinds = self._table.kinds[self._table.column(column)[filled]]
            at = self._table.locators[self._table.positions[filled + self._table.head + 1, column]]
        made = frame(
            GIVEN,
            response=self._response[filled],
            item=items[filled],
            part=parts[filled],
            text=said,
            raw=seen,
            kind=kinds,
            locator=at,
        )
        return made.set_index(filled)

    def _read(self, texts: Objects, items: Objects, parts: Objects) -> tuple[Objects, Objects]:
        """What texts say and what was seen; one of a kind of item and part is read once."""
        item, item_names = pd.factorize(items)
        part, part_names = pd.factorize(parts)
        text, different = pd.factorize(texts)
        sorts = [[self._sort(one, name) for name in part_names] for one in item_names]
        sort, sort_names = pd.factorize(np.array(sorts, dtype=object).ravel())
        sort = sort[item * len(part_names) + part]
        codes, pairs = pd.factorize(sort.astype(np.int64) * len(different) + text)
        read = [
            self._meanings[sort_names[pair // len(different)]].read(
                different[pair % len(different)]
            )
            for pair in pairs.tolist()
        ]
        said, seen = (np.array([pair[side] for pair in read], dtype=object) for side in (0, 1))
        return said[codes], seen[codes]

    def _sort(self, item: str, part: str) -> str:
        """The sort of question that an item is, or a part of it (a name of ``_meanings``)."""
        if part == "answer":
            return self._sorts.get(item, "")
        return "option" if part.isdigit() else ""


def _sorts(instrument: Instrument) -> dict[str, str]:
    """The questions by what their answers mean: the same for all that are of the same sort."""
    alike = ("yes_no", "multiple", "text")
    return {one.id: one.type if one.type in alike else f"of {one.id}" for one in instrument.items}


def respondent_key(text: str) -> str:
    """What tells a respondent apart from others of the unit; it is compared and kept nowhere."""
    return plain(text).casefold()


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
