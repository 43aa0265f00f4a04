"""The study of 2014 with other answers than it has, and what a text must then say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results

Answers = pd.DataFrame
Change = Callable[[Study, Answers], Answers]


def settle_anew(study: Study, before: Results, answers: Answers) -> Results:
    """The tables as they would be with these answers, under the study's rules, no rulings."""
    units = study.organisation.frame()
    none = study.adjudications.iloc[:0]
    forms = form_answers(answers, study.instrument, study.rules, none)
    table = consolidate(forms, answers, units, study.instrument, study.rules, none)
    levels = [level.id for level in study.organisation.levels]
    scores = score(table, units, levels, study.instrument, study.rules)
    return Results(answers, before.ledger, forms, table, scores)


def everyone_says(word: str) -> Change:
    """All yes, or all no; with choices, all of them or the first, or the last."""

    def change(study: Study, answers: Answers) -> Answers:
        return answers.assign(value=_said(study, answers, word))

    return change


def half_says_yes(study: Study, answers: Answers) -> Answers:
    """Every other unit says yes to everything, the others no."""
    yes, no = _said(study, answers, "yes"), _said(study, answers, "no")
    place = answers["unit"].map({unit: n for n, unit in enumerate(sorted(set(answers["unit"])))})
    return answers.assign(value=yes.where(place % 2 == 0, no))


def nobody_absent(study: Study, answers: Answers) -> Answers:
    """Who sent nothing sends what another unit sent."""
    sent = set(answers["unit"])
    copies = [
        answers[answers["unit"] == "syd-1"].assign(unit=unit)
        for unit in study.organisation.unit_ids
        if unit not in sent
    ]
    return pd.concat([answers, *copies], ignore_index=True)


def _said(study: Study, answers: Answers, word: str) -> pd.Series:
    said = {}
    for item in study.instrument.items:
        options = [next(iter(texts.values())) for texts in item.options]
        if not options:
            said[item.id] = word
        elif word == "no":
            said[item.id] = options[-1]
        else:
            said[item.id] = "; ".join(options) if item.type == "multiple" else options[0]
    return answers["item"].map(said).fillna(answers["value"])


@dataclass(frozen=True)
class Facts:
    """What is so, counted from the tables by hand and not by what the texts call."""

    study: Study
    results: Results

    def units(self, cluster: str | None = None) -> set[str]:
        declared = self.study.organisation.units
        return {one.id for one in declared if cluster in (None, one.attributes["cluster"])}

    @cached_property
    def sent(self) -> set[str]:
        return set(self.results.answers["unit"])

    def took_part(self, cluster: str | None = None) -> bool:
        return self.units(cluster) <= self.sent

    def settled(self, indicator: str, answer: str = "yes") -> int:
        table = self.results.consolidated
        return int(((table["indicator"] == indicator) & (table["answer"] == answer)).sum())

    def share(self, *indicators: str) -> float:
        """The share of those that answered which says yes to all of them."""
        table = self.results.consolidated
        rows = table[table["indicator"].isin(indicators) & table["unit"].isin(self.sent)]
        return float((rows["answer"] == "yes").groupby(rows["unit"]).all().mean())

    def said(self, item: str, value: str, **told: str) -> float:
        """The share, of the units that answered, all of whose forms say it."""
        answers = self.results.answers
        rows = answers[answers["item"] == item]
        meant = {
            one.id
            for one in self.study.organisation.units
            if all(one.attributes[name] == wanted for name, wanted in told.items())
        }
        rows = rows[rows["unit"].isin(meant)]
        return float((rows["value"] == value).groupby(rows["unit"]).all().mean())

    def answered(self, item: str) -> bool:
        return bool((self.results.answers["item"] == item).any())

    def agree(self, question: str) -> bool:
        """Whether every group that answered agrees with a statement."""
        assert self.study.cooperation is not None
        given = [one for one in self.study.cooperation.answers if one.question == question]
        return all(one.answer == "yes" for one in given)


def with_wishes(study: Study, group: str) -> Study:
    """The study in which a group wishes nothing."""
    assert study.cooperation is not None
    kept = [area for area in study.cooperation.focus_areas if area.group != group]
    return replace(study, cooperation=study.cooperation.model_copy(update={"focus_areas": kept}))


def with_feedback(
    study: Study, answer: str, questions: tuple[str, ...], group: str | None = None
) -> Study:
    """The study in which all groups, or one, answer so to some statements of the feedback."""
    assert study.cooperation is not None
    given = [
        one.model_copy(update={"answer": answer})
        if one.question in questions and group in (None, one.group)
        else one
        for one in study.cooperation.answers
    ]
    return replace(study, cooperation=study.cooperation.model_copy(update={"answers": given}))


ANSWERS: dict[str, Change] = {
    "as they are": lambda _, answers: answers,
    "all yes": everyone_says("yes"),
    "all no": everyone_says("no"),
    "half yes": half_says_yes,
    "nobody absent": nobody_absent,
    "no word of doctors": lambda _, answers: answers[answers["item"] != "10.d3"],
}
STUDIES: dict[str, Callable[[Study], Study]] = {
    "as they are": lambda study: study,
    "a group without wishes": lambda study: with_wishes(study, "vest"),
    "no new weight": lambda study: with_feedback(study, "no", ("agenda",)),
    "one group no faster": lambda study: with_feedback(study, "no", ("speed",), group="syd"),
    "other rules": lambda study: study.with_rules(
        split="majority", partly="as_no", absent="as_no", missing="as_no"
    ),
    "a stricter comparison": lambda study: study.with_rules(peer_quantile=0.75),
    "more to compare with": lambda study: study.with_rules(min_peers=3),
}
VARIANTS = [(answers, "as they are") for answers in ANSWERS]
VARIANTS += [("as they are", study) for study in STUDIES if study != "as they are"]
"""Other answers, and the study declared otherwise: what a text has to follow."""


def vary(study: Study, results: Results, answers: str, as_declared: str) -> Facts:
    """What is so in a variant, settled anew."""
    varied = STUDIES[as_declared](study)
    return Facts(varied, settle_anew(varied, results, ANSWERS[answers](varied, results.answers)))
