"""Who is compared, and the answers behind every count of the page about several rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.analysis.rounds import SAID
from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.presentation.addresses import count_anchor
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Definitions, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Lines
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.rounds import COMPARED, Rounds
from misbrug_analysis.presentation.tables import NOTHING


def changes_compared(rounds: Rounds) -> list[Block]:
    """Everyone who is compared, then what they answered: a table for each topic.

    A row for each indicator (or whole topic) and group has an anchor, which the counts of the
    page lead to; each name leads on to how the newest round's answer was settled.
    """
    if not rounds.compared or rounds.changes().empty:
        return []
    report, language = rounds.report, rounds.report.language
    level, groups = report.subgroups
    names = {
        report.group_label(group): [
            report.unit_labels[unit] for unit in _units(rounds, level.id, group.id)
        ]
        for group in groups
    }
    entries = [(group, [language.join(units)]) for group, units in names.items() if units]
    told = language.text(
        "changes.answers.text",
        many=report.unit_noun.many,
        level_many=report.say(level.noun).many,
        label=rounds.labels[-1],
    )
    blocks: list[Block] = [
        Heading(language.text("changes.answers.heading"), 2, "answers-compared"),
        Heading(language.text("changes.answers.who"), 3, COMPARED),
        Definitions(entries),
        Heading(language.text("changes.answers.what"), 3, "who-said-what"),
        Paragraphs([told]),
    ]
    tables = (_topic(rounds, topic) for topic in report.study.instrument.assessed_topics)
    return [*blocks, *filter(None, tables)]


def _units(rounds: Rounds, level: str, group: str) -> list[str]:
    """The units of a group that are compared, in the study's order."""
    units = rounds.report.units
    inside = set(units.loc[units[level] == group, "unit"])
    return [unit for unit in rounds.compared if unit in inside]


def _topic(rounds: Rounds, topic: Topic) -> Table | None:
    report, language = rounds.report, rounds.report.language
    labels = rounds.labels_of(topic)
    rows: list[tuple[Cell, ...]] = []
    anchors: list[str] = []
    totals: list[int] = []
    for item, label in labels.items():
        totals.append(len(rows))
        for name, group, cells in _rows(rounds, item, label):
            anchors.append(count_anchor(item, group))
            rows.append((name, *cells))
    if not rows:
        return None
    columns = [
        Column(language.text("changes.answers.of_what")),
        *(Column(label, "number") for label in rounds.labels),
        Column(language.text("changes.answers.path", rounds=_path(rounds.labels))),
    ]
    title = language.text("changes.answers.table", topic=report.topic_label(topic))
    anchor = slug("compared", topic.id)
    return Table(
        title, columns, rows, anchor=anchor, totals=totals, row_anchors=anchors, stacked=True
    )


def _rows(rounds: Rounds, item: str, label: str) -> Iterator[tuple[str, str, list[Cell]]]:
    """The row of everyone, and where they stand in several groups a row for each of those."""
    report, language = rounds.report, rounds.report.language
    level, groups = report.subgroups
    inside = [(group, _units(rounds, level.id, group.id)) for group in groups]
    inside = [(group, units) for group, units in inside if units]
    alone = len(inside) == 1
    own = report.group.id
    yield label, own, _cells(rounds, item, report.level.id, own, rounds.compared, named=alone)
    if alone and inside[0][0].id == own:
        return
    for group, units in inside:
        name = language.text("changes.answers.group", id=item, group=report.group_label(group))
        yield name, group.id, _cells(rounds, item, level.id, group.id, units, named=True)


def _cells(
    rounds: Rounds, item: str, level: str, group: str, units: Sequence[str], *, named: bool
) -> list[Cell]:
    """How many said yes in each round, and who or how many answered what from round to round."""
    language = rounds.report.language
    counts = rounds.counts(item, level, group)
    yes: list[Cell] = [language.of(row["yes"], row["n"]) for row in counts.to_dict("records")]
    paths = _paths(rounds, item, units)
    lines = [
        language.text(
            "changes.answers.said" if set(path) <= set(SAID) else "changes.answers.not_counted",
            path=_path([language.text(f"answer.label.{answer}") for answer in path]),
            who=_names(rounds, item, who) if named else language.number(len(who)),
        )
        for path, who in paths.items()
    ]
    return [*(yes or [NOTHING] * len(rounds.labels)), Lines(tuple(lines))]


def _paths(rounds: Rounds, item: str, units: Sequence[str]) -> dict[tuple[str, ...], list[str]]:
    """Who answered what from round to round; those who changed first, then by the answers."""
    found: dict[tuple[str, ...], list[str]] = {}
    for unit in units:
        found.setdefault(rounds.said[item, unit], []).append(unit)
    order = [*SAID, "unanswered"]
    return dict(
        sorted(
            found.items(),
            key=lambda one: (len(set(one[0])) == 1, [order.index(answer) for answer in one[0]]),
        )
    )


def _names(rounds: Rounds, item: str, units: Sequence[str]) -> str:
    report = rounds.report
    return report.language.join(
        [linked(report.unit_labels[unit], report.answer_at(item, unit)) for unit in units]
    )


def _path(steps: Sequence[str]) -> str:
    return " → ".join(steps)
