"""Questions that are not scored: what each form answers, and how many chose what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from misbrug_analysis.analysis.chosen_options import Chosen, chosen_by_group
from misbrug_analysis.analysis.description import in_standings
from misbrug_analysis.analysis.disclosure import counted_by
from misbrug_analysis.analysis.numbers import numbers_given, summarised
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.collecting.tally import shortened
from misbrug_analysis.presentation.evidence.gathered import Gathered, Row
from misbrug_analysis.presentation.evidence.sources import told_cells
from misbrug_analysis.presentation.evidence.tables import Two, lines, rows_of_all, share_of
from misbrug_analysis.presentation.number_words import measured_number
from misbrug_analysis.presentation.tables import NOTHING

_LONGEST = 120
"""Signs of an answer in one's own words; the table of answers has the whole."""


def practice_table(gathered: Gathered, item: Item, title: str) -> Table:
    """Every answer to a question that is not scored, with the cell it stands in."""
    text = gathered.language.text
    counted = (_summed if item.type == "number" else _chosen)(gathered, item)
    return rows_of_all(
        gathered,
        item.id,
        title,
        [text("evidence.who"), text("evidence.answer"), text("evidence.stands_in")],
        counted,
        lambda unit: _given(gathered, item, unit),
    )


def _chosen(gathered: Gathered, item: Item) -> Callable[[str, str], Two]:
    """How many of a group chose each answer."""
    answers = in_standings(gathered.results.answers, gathered.study.instrument)
    options = list(gathered.naming.choices(item))
    counts = chosen_by_group(answers, item, options, gathered.groups)
    return lambda level, group: _counted(gathered, item, counts[level, group])


def _summed(gathered: Gathered, item: Item) -> Callable[[str, str], Two]:
    """What a group's numbers come to: how many gave one, the middle one, and the ends."""
    language, study = gathered.language, gathered.study
    numbers = numbers_given(gathered.results.answers, item, counted_by(study.instrument))
    groups = gathered.groups
    found = {level: summarised(numbers, groups[level]).to_dict("index") for level in groups}
    key = "evidence.numbers" if study.instrument.respondents is None else "evidence.median"

    def counted(level: str, group: str) -> Two:
        row = found[level][group]
        told = []
        if row["answered"]:
            values = {
                name: measured_number(language, item, row[name], gathered.naming.say)
                for name in ("median", "lowest", "highest")
            }
            told = [language.plural("evidence.answered", row["answered"])]
            told.append(language.text(key, **values))
        n = row["differing"]
        differing = language.plural("evidence.differing_numbers", n) if n else ""
        return (lines(told) if told else NOTHING), differing

    return counted


def _counted(gathered: Gathered, item: Item, counts: Chosen) -> Two:
    """How many of a group's units chose each answer, of those that answered."""
    language, labels = gathered.language, gathered.naming.choices(item)
    answered, chose = counts.answered, counts.chose
    if not answered:
        return NOTHING, ""
    if not labels:
        return language.plural("evidence.answered", answered), ""
    told = [
        language.text(
            "evidence.chose",
            option=label,
            count=share_of(language, chose[option], answered),
        )
        for option, label in labels.items()
        if chose[option] or option != "partly"
    ]
    uncounted = answered - sum(chose[option] for option in labels)
    if item.type == "multiple" or not uncounted:
        return lines(told), ""
    return lines(told), language.plural("evidence.differing", uncounted)


def _given(gathered: Gathered, item: Item, unit: str) -> Two:
    """What a unit's forms answer, and where."""
    given = gathered.given[unit, item.id]
    if not given:
        sent = gathered.forms_sent[unit]
        return gathered.naming.answers["unanswered" if sent else "absent"], ""
    cells = told_cells(gathered, given, item.id, quoted=False)
    return lines(list(_answers(gathered, item, given, unit))), lines(cells)


def _answers(gathered: Gathered, item: Item, given: list[Row], unit: str) -> Iterator[str]:
    labels = gathered.naming.words(item)
    for row in given:
        chosen = row["value"].split("; ") if labels else [row["value"]]
        known = [labels.get(one) or _own_words(gathered, item, one) for one in chosen]
        said = "; ".join(known)
        if len(gathered.forms_sent[unit]) > 1:
            form = gathered.language.capitalise(gathered.form(row["form"]))
            said = gathered.language.text("evidence.form", form=form, said=said)
        yield said


def _own_words(gathered: Gathered, item: Item, value: str) -> str:
    """An answer that is no option: a number with its measure, or words of one's own."""
    if item.type == "number":
        return measured_number(gathered.language, item, float(value), gathered.naming.say)
    return gathered.verbatim(shortened(value, _LONGEST))
