"""From what each form says to one answer per unit and indicator.

The rules are those of design.md ("The rules, exactly"): partly within a form first, then a
person's ruling on the form, then split forms, then a ruling on the unit. The report of 2014 states
the two rules in words (regional-report-2014.txt, "Læseguide").
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from misbrug_analysis.analysis.forms_said import FormsSaid, forms_said
from misbrug_analysis.analysis.peers import Measured, are_peers, measured
from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.analysis.settling import (
    ABSENT,
    NOTHING,
    UNANSWERED,
    Codes,
    Counts,
    Flags,
    coded,
    form_counts,
    is_split,
    joint,
    named,
    ruled,
    settled_partly,
)
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import RULES, checked

_KEY = ["unit", "form", "indicator"]


def form_answers(
    answers: pd.DataFrame, instrument: Instrument, rules: Rules, adjudications: pd.DataFrame
) -> pd.DataFrame:
    """What each form says after the partly rule and rulings on forms.

    ``answers`` is the tidy table, ``adjudications`` has the columns of ``adjudications.csv``.
    Returns the table ``form_answers``: a row for every form sent and every indicator; ``share``
    and ``threshold`` are shares (0 to 1) of supplementary questions answered yes, ``peers`` a
    number of forms; both are given for partly answers only. Raises DefinitionError for a ruling
    on a form that was not sent, or on a unit that sent none.
    """
    forms = forms_said(answers, instrument, adjudications)
    partly = measured(forms, [rules.peer_quantile])
    on_par = partly.on_par(0, rules.min_peers)
    said, on_form = forms.answer.ravel(), forms.on_form.ravel()
    answer = ruled(settled_partly(rules.partly, on_par, said, partly.cells), on_form)
    rule = forms.rule.flatten()
    rule[partly.cells] = _partly_rule(partly, on_par, rules)
    table = _rows(forms).assign(
        answer=named(answer), rule=np.where(on_form == NOTHING, rule, "adjudicated_form")
    )
    evidence = np.full((2, len(said)), np.nan)
    evidence[:, partly.cells] = partly.share, partly.thresholds[0]
    peers = np.zeros(len(said), dtype=np.int64)
    peers[partly.cells] = partly.peers
    table = table.assign(share=evidence[0], threshold=evidence[1], peers=peers)
    return checked("form_answers", table)


def consolidate(
    forms: pd.DataFrame,
    answers: pd.DataFrame,
    units: pd.DataFrame,
    instrument: Instrument,
    rules: Rules,
    adjudications: pd.DataFrame,
) -> pd.DataFrame:
    """One answer per unit asked and indicator: the table ``consolidated``.

    ``forms`` is what ``form_answers`` returned; ``units`` has a column ``unit`` with everyone who
    was asked.
    """
    asked = pd.MultiIndex.from_product(
        [units["unit"], instrument.indicator_ids], names=["unit", "indicator"]
    )
    forms_of = _places(asked, forms)
    known = forms_of >= 0
    counts = form_counts(coded(forms.loc[known, "answer"]), forms_of[known], len(asked))
    first = np.full(len(asked), RULES.index("absent"))
    order = pd.Index(RULES).get_indexer(pd.Index(forms.loc[known, "rule"]))
    np.minimum.at(first, forms_of[known], order)
    answer = joint(counts, rules.split)
    on_unit = _unit_rulings(asked, adjudications)
    names = np.array(RULES)[first]
    incomplete = (counts[UNANSWERED] > 0) & np.isin(names, ["agreed", "merged"])
    rule = np.select(
        [
            on_unit != NOTHING,
            answer == ABSENT,
            answer == UNANSWERED,
            is_split(counts),
            incomplete,
        ],
        ["adjudicated", "absent", names, "split", "incomplete"],
        names,
    )
    study = str(answers["study"].iloc[0]) if len(answers) else ""
    table = asked.to_frame(index=False).assign(
        study=study,
        answer=named(ruled(answer, on_unit)),
        rule=rule,
        inputs=_inputs(asked, forms, answers, instrument),
    )
    return checked("consolidated", table)


def peers_of(
    answers: pd.DataFrame, instrument: Instrument, adjudications: pd.DataFrame
) -> pd.DataFrame:
    """The forms that partly answers of other units are measured against, and their shares.

    Arguments as of ``form_answers``. Returns ``unit, form, indicator, share``, a row a form and
    indicator; ``share`` (0 to 1) is that of supplementary questions answered yes.
    """
    forms = forms_said(answers, instrument, adjudications)
    table = _rows(forms).assign(share=forms.share.ravel())
    peers = table[are_peers(forms).ravel()]
    return peers[[*_KEY, "share"]].reset_index(drop=True)


def _rows(forms: FormsSaid) -> pd.DataFrame:
    """A row for every form and indicator: ``study, unit, form, indicator``."""
    indicators = pd.DataFrame({"indicator": forms.indicators}, dtype="str")
    return forms.sent.merge(indicators, how="cross")


def _partly_rule(partly: Measured, on_par: Flags, rules: Rules) -> np.ndarray:
    """What settles each partly answer, in a word of ``RULES``."""
    if rules.partly != "judge":
        word = "kept" if rules.partly == "keep" else "partly_set"
        return np.full(len(partly.cells), word, dtype=object)
    decided = partly.decided(rules.min_peers)
    return np.select([on_par, decided], ["partly_on_par", "partly_below"], "partly_undecided")


def _unit_rulings(asked: pd.MultiIndex, adjudications: pd.DataFrame) -> Codes:
    """The ruling on each unit and indicator that was asked."""
    rulings = np.full(len(asked), NOTHING, dtype=np.int8)
    on_unit = adjudications[adjudications["form"].fillna("") == ""]
    if len(on_unit):
        place = _places(asked, on_unit)
        rulings[place[place >= 0]] = coded(on_unit["answer"])[place >= 0]
    return rulings


def answer_names(answers: pd.DataFrame) -> pd.Series[str]:
    """What each row of ``answers`` is called among those of its unit: ``joint/1/1.1``.

    That is its form, respondent and item; ``joint/1.1`` where the answers of several respondents
    are merged. The file and cell are not in it, since the same answers can come in another file.
    """
    respondent = (answers["respondent"] + "/").where(answers["respondent"] != "", "")
    return answers["form"] + "/" + respondent + answers["item"]


def _places(asked: pd.MultiIndex, rows: pd.DataFrame) -> Counts:
    """The place of each row's unit and indicator among all that was asked, -1 for none."""
    found: Counts = asked.get_indexer(pd.MultiIndex.from_frame(rows[["unit", "indicator"]]))
    return found


def _inputs(
    asked: pd.MultiIndex, forms: pd.DataFrame, answers: pd.DataFrame, instrument: Instrument
) -> list[str]:
    """The answers that each consolidated answer rests on (``answer_names``), joined by ``; ``.

    They are the unit's own answers to the indicator and, for a form whose partly was judged, its
    answers to the supplementary questions that serve the indicator. Those of several respondents
    are named as the one that they are merged to.
    """
    answers = merged(answers, instrument).reset_index(drop=True)
    cells = answers[["unit", "form", "item"]].assign(row=np.arange(len(answers)))
    own = cells[cells["item"].isin(instrument.indicator_ids)].rename(columns={"item": "indicator"})
    serving = pd.DataFrame(instrument.serving(), columns=["item", "indicator"], dtype="str")
    judged = forms.loc[forms["rule"].isin(["partly_on_par", "partly_below"]), _KEY]
    served = cells[cells["item"].isin(serving["item"])].merge(serving, on="item")
    every = pd.concat([own, served.merge(judged, on=_KEY)])
    place = _places(asked, every)
    order = np.argsort(place, kind="stable")
    named = answers[["form", "respondent", "item"]]
    names = answer_names(named.iloc[every["row"].to_numpy()[order]]).tolist()
    starts = np.searchsorted(place[order], np.arange(len(asked) + 1)).tolist()
    return ["; ".join(names[start:end]) for start, end in pairwise(starts)]
