"""From what each form says to one answer per unit and indicator.

The rules are those of design.md ("The rules, exactly"): partly within a form first, then a
person's ruling on the form, then split forms, then a ruling on the unit. The report of 2014 states
the two rules in words (regional-report-2014.txt, "Læseguide").
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.rulings import rulings_without_form
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import RULES, checked

TOLERANCE = 1e-9
"""A share reaches its threshold when it lies no more than this below it."""

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
    table = _said(answers, instrument)
    _check_rulings(table, adjudications)
    table = table.merge(_shares(answers, instrument), on=_KEY, how="left")
    ruled = _rulings(table, adjudications)
    table["adjudicated"] = ruled["form"].notna() | ruled["unit"].notna()
    table = _judge_partly(table, rules)
    by_form = ruled["form"].notna()
    table["answer"] = table["answer"].where(~by_form, ruled["form"])
    table["rule"] = table["rule"].where(~by_form, "adjudicated_form")
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
    ).to_frame(index=False)
    study = str(answers["study"].iloc[0]) if len(answers) else ""
    table = asked.merge(_joined(forms, rules), on=["unit", "indicator"], how="left")
    absent = table["answer"].isna()
    table["answer"] = table["answer"].where(~absent, "absent")
    table["rule"] = table["rule"].where(~absent, "absent")
    rulings = adjudications[adjudications["form"].isna() | (adjudications["form"] == "")]
    ruling = table.merge(
        rulings[["unit", "indicator", "answer"]].rename(columns={"answer": "ruling"}),
        on=["unit", "indicator"],
        how="left",
    )["ruling"]
    ruled = ruling.notna()
    table["answer"] = table["answer"].where(~ruled, ruling)
    table["rule"] = table["rule"].where(~ruled, "adjudicated")
    table = table.merge(_inputs(forms, answers, instrument), on=["unit", "indicator"], how="left")
    table["inputs"] = table["inputs"].fillna("")
    return checked("consolidated", table.assign(study=study))


def _said(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Every form sent by every indicator, with what it says; blank is unanswered."""
    sent = answers[["study", "unit", "form"]].drop_duplicates()
    indicators = pd.DataFrame({"indicator": instrument.indicator_ids}, dtype="str")
    said = answers.loc[answers["item"].isin(instrument.indicator_ids), [*_KEY[:2], "item", "value"]]
    said = said.rename(columns={"item": "indicator", "value": "answer"})
    table = sent.merge(indicators, how="cross").merge(said, on=_KEY, how="left")
    table["answer"] = table["answer"].fillna("unanswered")
    return table


def _shares(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Positive share of the answered supplementary questions that serve each indicator."""
    serving = pd.DataFrame(instrument.serving(), columns=["item", "indicator"], dtype="str")
    served = answers.merge(serving, on="item")
    served["positive"] = (served["value"] == "yes").astype("float64")
    shares = served.groupby(_KEY, sort=False)["positive"].mean()
    return shares.rename("share").reset_index()


def _check_rulings(table: pd.DataFrame, adjudications: pd.DataFrame) -> None:
    sent = set(zip(table["unit"], table["form"], strict=True))
    problems = list(rulings_without_form(adjudications, sent))
    if problems:
        raise DefinitionError(problems)


def _rulings(table: pd.DataFrame, adjudications: pd.DataFrame) -> pd.DataFrame:
    """For each row of ``table``: the ruling on its form and on its unit, if any."""
    rulings = adjudications[[*_KEY, "answer"]].copy()
    rulings["form"] = rulings["form"].fillna("")
    on_form = rulings[rulings["form"] != ""].rename(columns={"answer": "ruling"})
    on_unit = rulings[rulings["form"] == ""].drop(columns="form")
    on_unit = on_unit.rename(columns={"answer": "ruling"})
    keys = table[_KEY]
    return pd.DataFrame(
        {
            "form": keys.merge(on_form, on=_KEY, how="left")["ruling"].to_numpy(),
            "unit": keys.merge(on_unit, on=["unit", "indicator"], how="left")["ruling"].to_numpy(),
        },
        index=table.index,
    )


def _judge_partly(table: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Partly answers become yes or no (or are kept), with threshold, peers and rule."""
    partly = table["answer"] == "partly"
    evidence = _peer_evidence(table, partly, rules.peer_quantile)
    table = table.assign(threshold=evidence["threshold"], peers=evidence["peers"])
    decided = partly & (table["peers"] >= rules.min_peers) & table["share"].notna()
    on_par = decided & (table["share"] >= table["threshold"] - TOLERANCE)
    outcomes: dict[str, tuple[Any, Any]] = {
        "judge": (
            np.select([on_par, partly], ["yes", "no"], table["answer"]),
            np.select(
                [on_par, decided, partly], ["partly_on_par", "partly_below", "partly_undecided"], ""
            ),
        ),
        "keep": (table["answer"], np.where(partly, "kept", "")),
        "as_yes": (table["answer"].where(~partly, "yes"), np.where(partly, "partly_set", "")),
        "as_no": (table["answer"].where(~partly, "no"), np.where(partly, "partly_set", "")),
    }
    answer, rule = outcomes[rules.partly]
    plain = np.where(table["answer"] == "unanswered", "unanswered", "agreed")
    table = table.assign(answer=answer, rule=np.where(partly, rule, plain))
    table["share"] = table["share"].where(partly)
    return table


def _peer_evidence(table: pd.DataFrame, partly: pd.Series, quantile: float) -> pd.DataFrame:
    """Number of peers and the quantile of their shares, for each row that is partly.

    Peers of a row are the forms of *other* units that say a plain yes, are not adjudicated and
    have a share. All rows of an indicator look into the same sorted shares and step over those of
    their own unit, so the work grows with the forms and not with their square.
    """
    is_peer = (table["answer"] == "yes") & ~table["adjudicated"] & table["share"].notna()
    peers = table.loc[is_peer, ["unit", "indicator", "share"]]
    peers = peers.sort_values(["indicator", "share"], ignore_index=True)
    sizes = peers.groupby("indicator").size()
    peers["nth"] = peers.groupby(["unit", "indicator"]).cumcount()
    peers["others_below"] = peers.groupby("indicator").cumcount() - peers["nth"]
    own = peers.pivot(index=["unit", "indicator"], columns="nth", values="others_below")

    rows = table.loc[partly, ["unit", "indicator"]]
    own_below = own.reindex(pd.MultiIndex.from_frame(rows)).to_numpy(dtype="float64")
    first = rows["indicator"].map(sizes.cumsum() - sizes).fillna(0).to_numpy(dtype="int64")
    number = rows["indicator"].map(sizes).fillna(0).to_numpy(dtype="int64")
    number = number - np.isfinite(own_below).sum(axis=1)
    shares = np.append(peers["share"].to_numpy(dtype="float64"), np.nan)

    def nth_share(place: np.ndarray) -> np.ndarray:
        stepped_over = (own_below <= place[:, None]).sum(axis=1)
        return shares[np.where(number > 0, first + place + stepped_over, -1)]

    position = quantile * np.maximum(number - 1, 0)
    below = position.astype("int64")
    low = nth_share(below)
    high = nth_share(np.minimum(below + 1, np.maximum(number - 1, 0)))
    evidence = pd.DataFrame({"threshold": np.nan, "peers": 0}, index=table.index)
    evidence.loc[partly, "threshold"] = low + (position - below) * (high - low)
    evidence.loc[partly, "peers"] = number
    return evidence


def _joined(forms: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """One answer per unit and indicator from its forms, with the first rule that applies."""
    grouped = forms.assign(
        yes=forms["answer"] == "yes",
        partly=forms["answer"] == "partly",
        no=forms["answer"] == "no",
        order=forms["rule"].map({rule: place for place, rule in enumerate(RULES)}),
    ).groupby(["unit", "indicator"], sort=False)
    counts = grouped[["yes", "partly", "no"]].sum()
    said = counts.sum(axis=1)
    split = (counts > 0).sum(axis=1) > 1
    single = np.select([counts["yes"] > 0, counts["partly"] > 0], ["yes", "partly"], "no")
    top = counts.max(axis=1) > said / 2
    majority = np.where(top, counts.idxmax(axis=1), "no")
    merged = {"no": np.full(len(counts), "no"), "any": single, "majority": majority}[rules.split]
    answer = np.where(split, merged, single)
    order = grouped["order"].min()
    blank_beside = (grouped.size() > said) & (said > 0)
    rule = order.map(dict(enumerate(RULES)))
    rule = rule.where(~(blank_beside & (rule == "agreed")), "incomplete")
    table = pd.DataFrame(
        {
            "answer": np.where(said == 0, "unanswered", answer),
            "rule": np.select([said == 0, split], ["unanswered", "split"], rule),
        },
        index=counts.index,
    )
    return table.reset_index()


def answer_names(answers: pd.DataFrame) -> pd.Series[str]:
    """What each row of ``answers`` is called among those of its unit: ``joint/1/1.1``.

    That is its form, respondent and item. The file and cell are not in it, since the same answers
    can come in another file.
    """
    return answers["form"] + "/" + answers["respondent"] + "/" + answers["item"]


def _inputs(forms: pd.DataFrame, answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """The answers that each consolidated answer rests on (``answer_names``), joined by ``; ``.

    They are the unit's own answers to the indicator and, for a form whose partly was judged, its
    answers to the supplementary questions that serve the indicator.
    """
    cells = answers.assign(cell=answer_names(answers))
    own = cells[cells["item"].isin(instrument.indicator_ids)]
    own = own.rename(columns={"item": "indicator"})[[*_KEY, "cell"]]
    serving = pd.DataFrame(instrument.serving(), columns=["item", "indicator"], dtype="str")
    judged = forms.loc[forms["rule"].isin(["partly_on_par", "partly_below"]), _KEY]
    served = cells.merge(serving, on="item").merge(judged, on=_KEY)[[*_KEY, "cell"]]
    every = pd.concat([own, served])
    joined = every.groupby(["unit", "indicator"], sort=False)["cell"].agg("; ".join)
    return joined.rename("inputs").reset_index()
