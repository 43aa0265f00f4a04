"""Answers of several persons of a unit, told without what any one of them said."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from misbrug_analysis.analysis.description import choosing_by_group, in_standings
from misbrug_analysis.analysis.disclosure import counted_by
from misbrug_analysis.analysis.numbers import numbers_given, summarised
from misbrug_analysis.analysis.respondents import MERGED, TOO_FEW
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.datasets import SUPPRESSED
from misbrug_analysis.presentation.evidence.gathered import Gathered, Row
from misbrug_analysis.presentation.evidence.tables import Two, lines, rows_of_all, share_of
from misbrug_analysis.presentation.number_words import measured_number
from misbrug_analysis.presentation.respondents_view import countable
from misbrug_analysis.presentation.tables import NOTHING


def persons_note(gathered: Gathered) -> str:
    """That no one person's answers are shown, and what the shorthand means; else nothing."""
    asked = gathered.study.instrument.respondents
    if asked is None:
        return ""
    smallest = gathered.language.numeral(asked.smallest)
    return gathered.language.text("evidence.persons_note", mark=SUPPRESSED, smallest=smallest)


def persons_behind(gathered: Gathered, item: str, forms: list[Row]) -> Iterator[str]:
    """How many persons a form's answer is merged from, and its points, a line a form.

    Nothing where one answers for a unit.
    """
    language = gathered.language
    for form in forms:
        row = gathered.merged.get((form["unit"], form["form"], item))
        if row is None:
            continue
        said = language.text("evidence.persons_few", mark=SUPPRESSED)
        if row["rule"] != TOO_FEW:
            n = int(row["respondents"])
            said = language.plural("evidence.persons", n, n=language.number(n))
        if row["rule"] == MERGED:
            points = language.number(row["points"], 2)
            best = language.number(gathered.study.instrument.best_points)
            said = language.text("evidence.persons_points", said=said, points=points, best=best)
        if len(forms) > 1:
            name = language.capitalise(gathered.form(form["form"]))
            said = language.text("evidence.form", form=name, said=said)
        yield said


def persons_table(gathered: Gathered, item: Item, title: str) -> Table:
    """How many persons of each group and unit gave each answer, where they are enough to tell."""
    text = gathered.language.text
    shown = countable(gathered.study, gathered.results, item.id)
    counts = {level: _counts(gathered, item, level) for level in (UNIT, *_levels(gathered))}
    medians = {level: _medians(gathered, item, level) for level in counts}

    def told(level: str, group: str) -> Two:
        of_group = {option: found[group] for option, found in counts[level].items()}
        answered = of_group[""]["answered"]
        if not answered:
            return NOTHING, ""
        if (level, group) not in shown:
            return SUPPRESSED, SUPPRESSED
        labels = gathered.naming.choices(item)
        chose = [
            text(
                "evidence.chose",
                option=label,
                count=share_of(gathered.language, of_group[option]["chose"], answered),
            )
            for option, label in labels.items()
        ]
        persons = gathered.language.plural("evidence.answered", answered)
        if item.type == "number":
            middle = measured_number(
                gathered.language, item, medians[level][group], gathered.naming.say
            )
            chose = [text("evidence.median", median=middle)]
        return lines(chose) if chose else persons, persons

    heads = [text("evidence.who"), text("evidence.answer"), text("evidence.persons_head")]
    return rows_of_all(gathered, item.id, title, heads, told, lambda unit: told(UNIT, unit))


def _levels(gathered: Gathered) -> list[str]:
    return [level.id for level in gathered.study.organisation.levels]


def _counts(gathered: Gathered, item: Item, level: str) -> dict[str, dict[str, dict[str, int]]]:
    """Who chose each option and how many answered, by group; ``""`` is no option."""
    instrument = gathered.study.instrument
    groups = _groups(gathered, level)
    answers, by = in_standings(gathered.results.answers, instrument), counted_by(instrument)
    return {
        option: _by_group(choosing_by_group(answers, item, option, groups, by))
        for option in ("", *gathered.naming.choices(item))
    }


def _medians(gathered: Gathered, item: Item, level: str) -> dict[str, float]:
    """The middle number of each group; nothing for other questions."""
    if item.type != "number":
        return {}
    by = counted_by(gathered.study.instrument)
    numbers = numbers_given(gathered.results.answers, item, by)
    found = summarised(numbers, _groups(gathered, level))["median"]
    return {str(group): float(value) for group, value in found.items()}


def _groups(gathered: Gathered, level: str) -> pd.Series:
    """The group of each unit, by unit; the unit itself at its own level."""
    units = gathered.study.organisation.frame().set_index("unit", drop=False)
    return units["unit" if level == UNIT else level]


def _by_group(counts: pd.DataFrame) -> dict[str, dict[str, int]]:
    columns = ("chose", "answered")
    return {
        str(group): {name: int(counts.loc[group, name]) for name in columns}
        for group in counts.index
    }
