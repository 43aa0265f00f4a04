"""What the evidence pages of a study tell from, each kind looked up by what it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.analysis.scoring import topic_answers
from misbrug_analysis.analysis.tracing import traces
from misbrug_analysis.model.organisation import Group
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import marked

Row = dict[Any, Any]
"""A row of a table by its columns."""

Key = tuple[Any, ...]


class Gathered:
    """A study's results in a language, grouped once for all of its evidence pages."""

    def __init__(self, study: Study, results: Results, language: Language) -> None:
        self.study = study
        self.results = results
        self.language = language
        self.naming = Naming(study, language, on_page=True)
        self._traces = traces(results, study.instrument, study.adjudications)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has sent anything yet."""
        return self.results.answers.empty

    @property
    def of_persons(self) -> bool:
        """Whether several persons of a unit answer, whose own answers no page shows."""
        return self.study.instrument.respondents is not None

    def verbatim(self, text: str) -> str:
        """What a person wrote in a form or a ruling, marked where it is in another language."""
        own = self.study.settings.language
        return text if own == self.language.code else marked(text, own)

    def form(self, form: str) -> str:
        return self.naming.forms.get(form, form)

    @cached_property
    def only_sheet(self) -> str:
        """The sheet that all answers stand in, where they do; it need not be named each time."""
        if self.of_persons:
            return ""
        places = self.results.answers["locator"].drop_duplicates()
        sheets = {str(place).rpartition("!")[0] for place in places}
        return sheets.pop() if len(sheets) == 1 else ""

    @cached_property
    def units_of(self) -> dict[str, list[str]]:
        """The units of each group of the smallest level, in the order the study lists them."""
        found: dict[str, list[str]] = defaultdict(list)
        level = self.study.organisation.smallest.id
        for unit in self.study.organisation.units:
            found[unit.attributes[level]].append(unit.id)
        return found

    @cached_property
    def groups(self) -> pd.DataFrame:
        """The groups of each unit (its index), a column a level."""
        organisation = self.study.organisation
        levels = [level.id for level in organisation.levels]
        return organisation.frame().set_index("unit")[levels]

    @cached_property
    def places(self) -> list[tuple[str, Group]]:
        """Every group of any unit with its level: the largest level first, the smallest last."""
        organisation = self.study.organisation
        inside = set(self.group_of.values())
        levels = reversed(organisation.levels)
        return [
            (level.id, group) for level in levels for group in level.groups if group.id in inside
        ]

    @cached_property
    def forms_sent(self) -> dict[str, list[str]]:
        """The forms that each unit sent."""
        sent = self.results.answers[["unit", "form"]].drop_duplicates()
        found: dict[str, list[str]] = defaultdict(list)
        for unit, form in sent.itertuples(index=False, name=None):
            found[unit].append(form)
        return found

    @cached_property
    def settled(self) -> dict[Key, Row]:
        """The consolidated answer of a unit to an indicator."""
        return {key: rows[0] for key, rows in _by(self._traces.answers, _ANSWER).items()}

    @cached_property
    def forms(self) -> dict[Key, list[Row]]:
        """What each form of a unit says to an indicator."""
        return _by(self._traces.forms, _ANSWER)

    @cached_property
    def cells(self) -> dict[Key, list[Row]]:
        """The cells of a unit that its answer to an indicator rests on; none of persons."""
        return _by(self._without_persons(self._traces.cells), _ANSWER)

    @cached_property
    def rulings(self) -> dict[Key, list[Row]]:
        """Rulings on a unit's answer to an indicator or on one of its forms."""
        return _by(self._traces.rulings, _ANSWER)

    @cached_property
    def peers(self) -> dict[Key, list[Row]]:
        """The forms that partly answers to an indicator are measured against."""
        return _by(self._traces.peers, ["indicator"])

    @cached_property
    def peer_cells(self) -> dict[Key, list[Row]]:
        """The cells of a unit that partly answers of others to an indicator rest on."""
        return _by(self._without_persons(self._traces.peer_cells), _ANSWER)

    @cached_property
    def measured(self) -> dict[str, set[str]]:
        """The units of which a form said partly to an indicator, so that it was measured."""
        partly = self._traces.forms[self._traces.forms["said"] == "partly"]
        units = partly.groupby("indicator")["unit"].agg(set)
        return {str(indicator): said for indicator, said in units.items()}

    @cached_property
    def merged(self) -> dict[Key, Row]:
        """What is merged from several persons: by unit, form and item; nothing without them."""
        if not self.of_persons:
            return {}
        table = merged(self.results.answers, self.study.instrument)
        return {key: rows[0] for key, rows in _by(table, ["unit", "form", "item"]).items()}

    @cached_property
    def given(self) -> dict[Key, list[Row]]:
        """What a unit's forms answer to a question, with the text that stands in the cell."""
        told = self.results.ledger[["source", "locator", "raw", "reason"]]
        told = told.rename(columns={"raw": "stands"})
        table = self.results.answers.merge(told, "left", on=["source", "locator"])
        table["stands"] = table["stands"].fillna(table["raw"])
        return _by(self._without_persons(table), ["unit", "item"])

    def _without_persons(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.iloc[:0] if self.of_persons else table

    @cached_property
    def scores(self) -> dict[Key, Row]:
        """The counts of an item (indicator or topic) in a group of a level."""
        rows = _by(self.results.scores, ["level", "group", "item"])
        return {key: found[0] for key, found in rows.items()}

    @cached_property
    def topics(self) -> dict[Key, str]:
        """How each unit meets each topic that has indicators."""
        study = self.study
        table = topic_answers(self.results.consolidated, study.instrument, study.rules)
        rows = table[["unit", "item", "answer"]].itertuples(index=False, name=None)
        return {(unit, item): answer for unit, item, answer in rows}

    @cached_property
    def group_of(self) -> dict[Key, str]:
        """The group of a unit at a level."""
        organisation = self.study.organisation
        return {
            (unit.id, level.id): unit.attributes[level.id]
            for unit in organisation.units
            for level in organisation.levels
        }


_ANSWER = ["unit", "indicator"]


def _by(table: pd.DataFrame, columns: Sequence[str]) -> dict[Key, list[Row]]:
    """The rows of a table by the values of some columns, in their order."""
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in table.to_dict("records"):
        found[tuple(row[column] for column in columns)].append(row)
    return found
