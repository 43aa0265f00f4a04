"""Wide exports: a row a respondent, a column a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.cleaning import bare, excerpt
from misbrug_analysis.intake.exports.columns import Columns, Spot
from misbrug_analysis.intake.exports.exported import GIVEN, RESPONSES, UnreadableExport
from misbrug_analysis.intake.exports.meanings import Codes, Meaning, codes_at, marks_of
from misbrug_analysis.intake.exports.tables import Numbers, Objects, cells_joined, frame, repeated
from misbrug_analysis.intake.questions import options_labelled
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study

FIELDS: Final = ("unit", "form", "date", "respondent", "role")
"""What stands in a column and says whose the answers are, which form, when, and who gave them."""

_WITHOUT = Codes()


@dataclass(frozen=True)
class Tied:
    """A column that answers a question: ``part`` of the item as in ``GIVEN``."""

    spot: Spot
    item: str
    part: str
    meaning: Meaning

    @property
    def role(self) -> str:
        return "remark" if self.part == "remark" else "answer"


@dataclass(frozen=True)
class Wide:
    """The columns of a wide export: ``fields`` by name, and those that answer something."""

    columns: Columns
    fields: Mapping[str, Spot]
    tied: tuple[Tied, ...]
    labels: Mapping[str, Codes]

    @property
    def spots(self) -> set[Spot]:
        """The columns that say something of a response."""
        return {*self.fields.values(), *(tied.spot for tied in self.tied)}

    def responses(self) -> pd.DataFrame:
        """The responses in the columns of ``RESPONSES``, all of them begun."""
        columns = self.columns
        parts: dict[str, Objects] = {}
        for name in FIELDS:
            spot = self.fields.get(name)
            texts = np.full(len(columns.numbers), "", dtype=object)
            parts[name], parts[f"{name}_at"] = texts, texts
            if spot is not None:
                texts = columns.texts(spot)
                labels = self.labels.get(columns.tables[spot.table].headings[spot.column], _WITHOUT)
                parts[name] = _each(texts, Meaning(labels))[0]
                here = (texts != "") | (name == "role")
                parts[f"{name}_at"] = np.where(here, columns.locators(spot), "")
        begun = np.full(len(columns.numbers), True)
        known = {name: part for name, part in parts.items() if name in RESPONSES}
        return frame(RESPONSES, at=columns.wholes(), row=columns.numbers, begun=begun, **known)

    def given(self) -> pd.DataFrame:
        """What is answered in the columns of ``GIVEN``, by response and column."""
        parts: dict[str, list[NDArray[Any]]] = {name: [] for name in GIVEN}
        order: list[Numbers] = []
        for tied in self.tied:
            table = self.columns.tables[tied.spot.table]
            codes = table.column(tied.spot.column)
            filled = np.nonzero(codes)[0]
            text, raw = _each(table.texts[codes[filled]], tied.meaning)
            size = len(filled)
            parts["response"].append(self.columns.rows(tied.spot.table)[table.head + 1 :][filled])
            parts["item"].append(repeated(tied.item, size))
            parts["part"].append(repeated(tied.part, size))
            parts["text"].append(text)
            parts["raw"].append(raw)
            parts["kind"].append(table.kinds[codes[filled]])
            at = table.positions[filled + table.head + 1, tied.spot.column]
            parts["locator"].append(table.locators[at])
            order.append(np.full(size, tied.spot.table * 1_000_000 + tied.spot.column))
        if not order:
            return frame(GIVEN, **{name: np.zeros(0, dtype=object) for name in GIVEN})
        joined = {name: np.concatenate(arrays) for name, arrays in parts.items()}
        sorting = np.lexsort((np.concatenate(order), joined["response"]))
        return frame(GIVEN, **{name: array[sorting] for name, array in joined.items()})

    def cells(self, known: set[str]) -> pd.DataFrame:
        """The cells of the sheets with answers in the columns ``CELLS``.

        Some columns are known to answer nothing.
        """
        roles = dict.fromkeys(self.columns.named(known), "unused")
        roles |= {spot: name for name, spot in self.fields.items()}
        roles |= {tied.spot: tied.role for tied in self.tied}
        return cells_joined(
            [
                table.cells(
                    [
                        roles.get(Spot(index, place), "untied")
                        for place in range(len(table.headings))
                    ],
                    self.columns.rows(index),
                    "heading",
                )
                for index, table in enumerate(self.columns.tables)
            ]
        )

    def asked(self) -> frozenset[str]:
        """The items that have a column."""
        return frozenset(tied.item for tied in self.tied if tied.part != "remark")

    def places(self) -> dict[str, tuple[str, str]]:
        """The places of the items' answers as in ``Exported``."""
        found: dict[str, tuple[str, str]] = {}
        for tied in self.tied:
            if tied.part != "remark":
                table = self.columns.tables[tied.spot.table]
                found.setdefault(tied.item, table.place(tied.spot.column))
        return found

    def untied(self, known: set[str]) -> tuple[str, ...]:
        """The columns with something in them that nothing is said of; some are known to be none."""
        said = self.spots | self.columns.named(known)
        return tuple(name for name, spot in self.columns.filled() if spot not in said)


def tie(export: MappedExport, columns: Columns, study: Study, labels: Mapping[str, Codes]) -> Wide:
    """The columns of a wide export by what its mapping says of them.

    ``labels`` are those of the codes of each column. Raises UnreadableExport where a column is not
    there.
    """
    fields = {name: heading for name in FIELDS if (heading := getattr(export, name))}
    items = {item.id: item for item in study.instrument.items}
    codes, missing = Codes(export.codes.items()), study.instrument.missing_codes()
    wanted: list[tuple[str, str, str]] = []
    for item_id, tied in export.items.items():
        item = items[item_id]
        if isinstance(tied, str):
            wanted.append((tied, item_id, "answer"))
        else:
            options = sorted((option_of(item, name), column) for name, column in tied.items())
            wanted += [(column, item_id, str(option)) for option, column in options]
    wanted += [(column, item_id, "remark") for item_id, column in export.remarks.items()]
    found = columns.require([*fields.values(), *(column for column, _, _ in wanted)])

    def meaning(spot: Spot, item: Item, part: str) -> Meaning:
        if part == "remark":
            return Meaning()
        heading = columns.tables[spot.table].headings[spot.column]
        if part != "answer":
            said = labels.get(heading, _WITHOUT)
            marks = _marks(columns, spot, said, _OptionWords(study, item, int(part), codes))
            return Meaning(said, codes, marks, is_option=True)
        replaced = codes_at(item, codes, missing)
        return Meaning(labels.get(heading, _WITHOUT), replaced, is_list=item.type == "multiple")

    return Wide(
        columns,
        {name: found[heading] for name, heading in fields.items()},
        tuple(
            Tied(found[column], item, part, meaning(found[column], items[item], part))
            for column, item, part in wanted
        ),
        labels,
    )


class _OptionWords:
    """The labels that say whether an option was chosen: its own, yes and no, and what is mapped."""

    def __init__(self, study: Study, item: Item, option: int, codes: Codes) -> None:
        self._words = AnswerWords(study.instrument, study.settings.language)
        self._own = {bare(text) for text in item.options[option - 1].values()}
        self._codes = codes

    def says(self, label: str) -> str | None:
        """1 or 0; None where the label says neither."""
        said = bare(self._codes.meaning(label) or label)
        if said in self._own:
            return "1"
        return {True: "1", False: "0", None: None}[self._words.says_yes(said)]


def _marks(columns: Columns, spot: Spot, labels: Codes, words: _OptionWords) -> Codes:
    """What the codes of an option's column mean, where they have labels.

    Raises UnreadableExport where the labels do not say it.
    """
    if not labels:
        return _WITHOUT
    table = columns.tables[spot.table]
    marks = marks_of(labels, table.distinct(spot.column), words.says)
    if marks is None:
        told = name_list(f"{excerpt(code)} = {excerpt(text)}" for code, text in labels.pairs[:5])
        column = excerpt(table.headings[spot.column])
        raise UnreadableExport(table.source, "option_labels_unfit", column=column, labels=told)
    return Codes(marks)


def option_of(item: Item, name: str) -> int:
    """The option (from 1) that a mapping names by its label in any language, or by its number."""
    labelled = sorted(options_labelled(item, name))
    return labelled[0] if labelled else int(name)


def _each(texts: Objects, meaning: Meaning) -> tuple[Objects, Objects]:
    """What each of many texts says, and what was seen of it; each distinct one is read once."""
    if meaning.is_plain:
        return texts, texts
    codes, distinct = pd.factorize(texts)
    read = [meaning.read(text) if text else ("", "") for text in distinct]
    said, seen = (np.array([pair[side] for pair in read], dtype=object) for side in (0, 1))
    return said[codes], seen[codes]
