"""From consolidated answers back to the cells they rest on: their own, and those of their peers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from misbrug_analysis.analysis.consolidation import peers_of
from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.tables import Results

_FORM = ["unit", "form"]
_ANSWER = ["unit", "indicator"]
_SAID = ["form", "said", "answer", "rule", "share", "threshold", "peers"]
_WHO = ["respondent", "role"]
_CELL = [*_WHO, "source", "locator", "item", "raw", "value", "stands", "reason"]
_RULING = ["form", "answer", "reason", "decided_by", "date"]


@dataclass(frozen=True)
class Trace:
    """An answer with its evidence.

    - ``forms``: a row a form: what it ``said`` (``unanswered`` where it left the item blank), the
      ``answer`` that the rules made of it, ``rule, share, threshold, peers``.
    - ``cells``: a row a cell of the unit: ``form, respondent, role, source, locator, item, raw,
      value``, the text that ``stands`` in it (a code, where ``raw`` is what it stands for) and the
      ``reason`` why it was read so; ``role`` is empty where none is known. They are the answers to
      the indicator and, of a form that said partly, those to the supplementary questions that serve
      it.
    - ``peers``: ``unit, form, share``, a row a form that a partly answer was measured against.
    - ``peer_cells``: ``unit`` and the columns of ``cells``: the yes of each peer and its answers to
      the supplementary questions.
    - ``rulings``: ``form, answer, reason, decided_by, date``; no ``form`` for the joint answer.
    """

    unit: str
    indicator: str
    answer: str
    rule: str
    forms: pd.DataFrame
    cells: pd.DataFrame
    peers: pd.DataFrame
    peer_cells: pd.DataFrame
    rulings: pd.DataFrame


@dataclass(frozen=True)
class Traces:
    """The evidence of every answer of a study, each kind in one table.

    ``answers`` are the consolidated ones. The others have the columns that ``Trace`` names, and
    ``unit`` and ``indicator``. ``peers`` and ``peer_cells`` are of every form that partly answers
    to an indicator are measured against; an answer's peers are those of other units.
    """

    answers: pd.DataFrame
    forms: pd.DataFrame
    cells: pd.DataFrame
    peers: pd.DataFrame
    peer_cells: pd.DataFrame
    rulings: pd.DataFrame

    def of(self, unit: str, indicator: str) -> Trace:
        """The trace of one answer; raises KeyError where the unit or indicator has none."""
        found = self._about("answers", unit, indicator)
        if found.empty:
            raise KeyError(f"{unit}, {indicator}")
        forms = self._about("forms", unit, indicator)
        measured = indicator if (forms["said"] == "partly").any() else ""
        peers, peer_cells = (
            table[(table["indicator"] == measured) & (table["unit"] != unit)]
            for table in (self.peers, self.peer_cells)
        )
        return Trace(
            unit,
            indicator,
            str(found["answer"].iloc[0]),
            str(found["rule"].iloc[0]),
            forms[_SAID].reset_index(drop=True),
            self._about("cells", unit, indicator)[["form", *_CELL]].reset_index(drop=True),
            peers[[*_FORM, "share"]].reset_index(drop=True),
            peer_cells[[*_FORM, *_CELL]].reset_index(drop=True),
            self._about("rulings", unit, indicator)[_RULING].reset_index(drop=True),
        )

    def _about(self, table: str, unit: str, indicator: str) -> pd.DataFrame:
        rows: pd.DataFrame = getattr(self, table)
        found: pd.DataFrame = rows.iloc[self._places[table].get((unit, indicator), [])]
        return found

    @cached_property
    def _places(self) -> dict[str, dict[Any, Any]]:
        """The places of the rows on each unit and indicator, of the tables that are looked up."""
        tables = ("answers", "forms", "cells", "rulings")
        return {name: getattr(self, name).groupby(_ANSWER).indices for name in tables}


def traces(results: Results, instrument: Instrument, adjudications: pd.DataFrame) -> Traces:
    """The traces of all answers; ``adjudications`` are those by which ``results`` were settled.

    A trace names every cell that can change the answer, or a share, threshold or number of peers
    of its forms, while all other cells stay as they are and no further form becomes a peer.
    """
    given = results.answers
    said = merged(given, instrument)
    said = said.loc[said["item"].isin(instrument.indicator_ids), [*_FORM, "item", "value"]]
    said = said.rename(columns={"item": "indicator", "value": "said"})
    said["said"] = said["said"].map(instrument.standings)
    forms = results.form_answers.merge(said, "left", on=[*_FORM, "indicator"])
    forms["said"] = forms["said"].fillna("unanswered")
    peers = peers_of(given, instrument, adjudications)
    partly = forms.loc[forms["said"] == "partly", [*_FORM, "indicator"]]
    cells = _with_what_stands(given, results.ledger)
    own = cells[cells["item"].isin(instrument.indicator_ids)]
    own = own.assign(indicator=own["item"])
    serving = pd.DataFrame(instrument.serving(), columns=["item", "indicator"], dtype="str")
    served = cells.merge(serving, on="item")
    rulings = adjudications.assign(form=adjudications["form"].fillna(""))
    return Traces(
        results.consolidated,
        forms,
        _together(own, served.merge(partly)),
        peers,
        _together(own.merge(peers[[*_FORM, "indicator"]]), served.merge(peers)),
        rulings,
    )


def trace(
    results: Results,
    instrument: Instrument,
    adjudications: pd.DataFrame,
    unit: str,
    indicator: str,
) -> Trace:
    """The trace of one answer; raises KeyError where the unit or indicator has none."""
    return traces(results, instrument, adjudications).of(unit, indicator)


def _with_what_stands(answers: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """The answers with what the ledger says of their cells; of a place without one, their own."""
    told = ledger[["source", "locator", "raw", "reason"]].rename(columns={"raw": "stands"})
    roles = answers.loc[answers["item"] == ROLE, [*_FORM, "respondent", "value"]]
    cells = answers.merge(told, "left", on=["source", "locator"])
    cells = cells.merge(roles.rename(columns={"value": "role"}), "left", [*_FORM, "respondent"])
    cells["role"] = cells["role"].fillna("")
    return cells.assign(
        stands=cells["stands"].fillna(cells["raw"]), reason=cells["reason"].fillna("")
    )


def _together(answers: pd.DataFrame, served: pd.DataFrame) -> pd.DataFrame:
    """Cells of answers to indicators and then those to the questions that serve them."""
    table = pd.concat([answers, served], ignore_index=True)
    return table[[*_FORM, "indicator", *_CELL]]
