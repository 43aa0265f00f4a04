"""Indicators and topics: how many, who says what, by which rule, and from which cells."""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.analysis.respondents import TOO_FEW
from misbrug_analysis.model.instrument import Item, Topic
from misbrug_analysis.presentation.blocks import Table
from misbrug_analysis.presentation.cells import Cell
from misbrug_analysis.presentation.datasets.naming import RESPONDENTS_RULES
from misbrug_analysis.presentation.evidence.gathered import Gathered, Row
from misbrug_analysis.presentation.evidence.measured import all_peers, compared, measured
from misbrug_analysis.presentation.evidence.persons import persons_behind
from misbrug_analysis.presentation.evidence.sources import told_cells, way_to_answer
from misbrug_analysis.presentation.evidence.tables import Two, lines, rows_of_all, share_of
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.tables import ANSWERS, WITHHELD, mark
from misbrug_analysis.presentation.wording import rule_note

_AS_GIVEN = ("agreed", "unanswered", "absent")
"""What settles an answer where no rule had to."""


def indicator_notes(gathered: Gathered, item: Item) -> list[str]:
    """The rules that settled answers to an indicator, in words, and whom was measured against."""
    used: dict[str, str] = {}
    for unit in gathered.naming.units:
        row = gathered.settled[unit, item.id]
        if row["rule"] not in _AS_GIVEN:
            note = rule_note(gathered.language, row["rule"], row["answer"])
            used.setdefault(note.label, f"{note.label}: {note.sentence}")
    return [*used.values(), *filter(None, [all_peers(gathered, item.id)])]


def indicator_table(gathered: Gathered, item: Item, title: str) -> Table:
    """Every answer to an indicator, with what each form says and where it says so."""
    return rows_of_all(
        gathered,
        item.id,
        title,
        _heads(gathered),
        lambda level, group: _counted(gathered, item.id, level, group),
        lambda unit: _indicator(gathered, item.id, unit),
    )


def topic_table(gathered: Gathered, topic: Topic, title: str) -> Table:
    """How each unit meets a topic, with the indicators that decide it."""
    return rows_of_all(
        gathered,
        topic.id,
        title,
        _heads(gathered),
        lambda level, group: _counted(gathered, topic.id, level, group),
        lambda unit: _topic(gathered, topic, unit),
    )


def _heads(gathered: Gathered) -> list[str]:
    text = gathered.language.text
    return [text("evidence.who"), text("evidence.answer"), text("evidence.rests_on")]


def _counted(gathered: Gathered, item: str, level: str, group: str) -> Two:
    """How many of a group's units say yes, of how many, and how many give each other answer."""
    language, row = gathered.language, gathered.scores[level, group, item]
    said = share_of(language, row["yes"], row["n"])
    counted = _counted_as(gathered)
    told = [
        language.text(
            "evidence.counted", n=language.number(row[answer]), answer=_label(gathered, answer)
        )
        for answer in ANSWERS
        if row[answer] and answer not in counted
    ]
    among = [
        language.text(
            "evidence.counted_as",
            n=language.number(row[answer]),
            answer=_label(gathered, answer),
            other=_label(gathered, other),
        )
        for answer, other in counted.items()
        if row[answer]
    ]
    return said, lines([*filter(None, [" · ".join(told)]), *among])


def _counted_as(gathered: Gathered) -> dict[str, str]:
    """What the study counts as another answer: who was absent, and what was left blank."""
    rules = gathered.study.rules
    settings = {"unanswered": rules.missing, "absent": rules.absent}
    as_what = {"as_no": "no", "as_yes": "yes"}
    return {name: as_what[how] for name, how in settings.items() if how in as_what}


def _indicator(gathered: Gathered, item: str, unit: str) -> Two:
    """A unit's answer: the rule, what its forms say, rulings, the cells, and who is measured."""
    row = gathered.settled[unit, item]
    shown = WITHHELD if row["rule"] == TOO_FEW else row["answer"]
    answer = mark(gathered.language, shown)
    if row["rule"] == "absent":
        return answer, ""
    forms, cells = gathered.forms[unit, item], gathered.cells[unit, item]
    told = [rule_note(gathered.language, row["rule"], row["answer"]).label]
    # What a single form says as given is what the cell says.
    plain = row["rule"] in (*_AS_GIVEN, *RESPONDENTS_RULES) and len(forms) == 1
    told += [] if plain else _forms(gathered, forms)
    told += persons_behind(gathered, item, forms)
    told += _rulings(gathered, unit, item)
    told += told_cells(gathered, cells, item, quoted=True)
    told += _compared(gathered, unit, item)
    return answer, lines(told)


def _forms(gathered: Gathered, forms: list[Row]) -> list[str]:
    """What each form says: together where no rule made anything of it, else a line each."""
    told = [_form(gathered, form) for form in forms]
    as_given = all(form["said"] == form["answer"] for form in forms)
    return [" · ".join(told)] if as_given else told


def _form(gathered: Gathered, form: Row) -> str:
    """What a form says to an indicator, and what a rule made of it."""
    language = gathered.language
    name = language.capitalise(gathered.form(form["form"]))
    key = "form" if form["said"] == form["answer"] else "form_becomes"
    if form["rule"] == "adjudicated_form":  # what it becomes is told with the ruling
        key = "form_ruled"
    said = language.text(
        f"evidence.{key}",
        form=name,
        said=_label(gathered, form["said"]),
        answer=_label(gathered, form["answer"]),
    )
    return " ".join(filter(None, [said, measured(gathered, form)]))


def _rulings(gathered: Gathered, unit: str, item: str) -> Iterator[str]:
    """Who settled an answer, and why."""
    rulings = {(one.unit, one.indicator, one.form or ""): one for one in gathered.study.rulings}
    for row in gathered.rulings[unit, item]:
        ruling = rulings[unit, item, row["form"]]
        yield gathered.language.text(
            "evidence.ruling",
            what=gathered.form(row["form"])
            if row["form"]
            else gathered.language.text("evidence.joint"),
            answer=_label(gathered, ruling.answer),
            reason=gathered.verbatim(ruling.reason),
            who=gathered.verbatim(ruling.decided_by),
            date=gathered.language.date(ruling.date),
        )


def _compared(gathered: Gathered, unit: str, item: str) -> Iterator[str]:
    """What partly answers of other units were measured against here: each form with its cells.

    Its yes stands among the cells of the unit's own answer already.
    """
    sources = {cell["source"] for cell in gathered.cells[unit, item]}
    named = sources.pop() if len(sources) == 1 else ""
    for peer in compared(gathered, unit, item):
        cells = [
            cell
            for cell in gathered.peer_cells[unit, item]
            if cell["form"] == peer["form"] and cell["item"] != item
        ]
        share = gathered.language.percent(peer["share"])
        told = "; ".join(told_cells(gathered, cells, item, quoted=True, named=named))
        yield gathered.language.text("evidence.compared", share=share, cells=told)


def _topic(gathered: Gathered, topic: Topic, unit: str) -> Two:
    """How a unit meets a topic, and the indicators that decide it as ways to their rows."""
    answer = gathered.topics[unit, topic.id]
    deciding = [
        item
        for item in gathered.study.instrument.indicators_of(topic.id)
        if gathered.settled[unit, item.id]["answer"] == answer
    ]
    told: Cell = ""
    if answer != "absent":
        names = [
            linked(item.id, way_to_answer(gathered, item.id, unit, topic.id)) for item in deciding
        ]
        label = gathered.language.capitalise(_label(gathered, answer))
        told = gathered.language.text(
            "evidence.decides", answer=label, items=gathered.language.join(names)
        )
    return mark(gathered.language, answer), told


def _label(gathered: Gathered, answer: str) -> str:
    return gathered.naming.answers[answer]
