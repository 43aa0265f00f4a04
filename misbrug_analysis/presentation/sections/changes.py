"""What has changed since the round before: the short answer, and a chart for each topic."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Figure,
    Heading,
    KeyFigures,
    Notice,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.change_wording import (
    change_in_words,
    direction,
    directions,
    finding,
    signed,
    told_short,
)
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.passages import in_language, linked, unmarked
from misbrug_analysis.presentation.quantifiers import quantifier, several
from misbrug_analysis.presentation.rounds import COMPARED, Rounds
from misbrug_analysis.presentation.sections.change_details import CHANGES
from misbrug_analysis.presentation.sections.change_rules import rules_in_short

_NAMED = 4
"""So many indicators that have moved most are named; where there are more, they are counted."""


def changes_provenance(rounds: Rounds) -> list[Block]:
    """What earlier rounds say of answers that nobody gave, where the banner does not say it."""
    language = rounds.report.language
    own = rounds.report.study.settings.provenance.statement
    said = [
        (place, one.study.settings.provenance.statement) for place, one in enumerate(rounds.earlier)
    ]
    return [
        Notice(
            language.text(
                "changes.about_answers",
                when=rounds.when(place),
                statement=in_language(statement, language.code),
            ),
        )
        for place, statement in said
        if statement and statement != own  # which the banner has
    ]


def changes_answer(rounds: Rounds) -> list[Block]:
    """The answer first: who can be compared, what moved, and how much the rules alone could do."""
    report, language = rounds.report, rounds.report.language
    heading = Heading(language.text("changes.heading"), 2, "main")
    changes = _indicators(rounds)
    if changes.empty:
        nobody = language.text("changes.nobody", many=report.unit_noun.many)
        return [heading, Paragraphs([nobody], kind="lead")]
    lead = [_compared(rounds), directions(rounds, changes)]
    return [
        heading,
        Paragraphs([" ".join(lead)], kind="lead"),
        KeyFigures(_figures(rounds, changes)),
        *_most(rounds, changes),
        Paragraphs([" ".join(rules_in_short(rounds, changes))]),
    ]


def changes_charts(rounds: Rounds) -> list[Block]:
    """A chart for each topic: how many said yes then, and how many say yes now."""
    if _indicators(rounds).empty:
        return []
    report, language = rounds.report, rounds.report.language
    title = language.text("changes.charts", one=report.topic_noun.one)
    reading = language.plural(
        "changes.charts_read", rounds.last, many=report.unit_noun.many, when=rounds.when(0)
    )
    blocks: list[Block] = [Heading(title, 2, "charts"), Paragraphs([reading], kind="note")]
    for topic in report.study.instrument.assessed_topics:
        blocks += _topic(rounds, topic)
    return blocks


def _indicators(rounds: Rounds) -> pd.DataFrame:
    """The changes of indicators since the round before, in the order of the instrument."""
    return rounds.changes().loc[rounds.counted]


def _compared(rounds: Rounds) -> str:
    report, language = rounds.report, rounds.report.language
    who = quantifier(
        language,
        len(rounds.compared),
        len(report.units),
        report.unit_noun,
        at=f"#{COMPARED}",
    )
    return language.plural(
        "changes.compared",
        rounds.last,
        who=language.capitalise(who),
        first=rounds.labels[0],
        last=rounds.labels[-1],
        rounds=language.numeral(len(rounds.labels)),
        labels=language.join(rounds.labels),
    )


def _figures(rounds: Rounds, changes: pd.DataFrame) -> list[tuple[str, str]]:
    report, language = rounds.report, rounds.report.language

    units = language.text("changes.figure.units", many=report.unit_noun.many)
    told = [(linked(language.of(len(rounds.compared), len(report.units)), f"#{COMPARED}"), units)]
    ways = [direction(row) for row in changes.to_dict("records")]
    for way in ("more", "fewer"):
        says = language.text(f"changes.figure.{way}", when=rounds.when(rounds.last - 1))
        told.append((linked(language.of(ways.count(way), len(changes)), f"#{CHANGES}"), says))
    return told


def _most(rounds: Rounds, changes: pd.DataFrame) -> list[Block]:
    """The indicators that have moved most, each with how far; nothing where none has."""
    report, language = rounds.report, rounds.report.language
    far = changes["change"].abs()
    most = changes[(far == far.max()) & (far > 0)]
    if most.empty:
        return []
    if len(most) > _NAMED:
        count = several(language, int(far.max()), report.unit_noun)
        items = language.capitalise(language.numeral(len(most)))
        return [Paragraphs([language.text("changes.many_most", items=items, count=count)])]
    told = [
        language.text(
            "changes.item", item=report.item_label(str(item)), change=_sentence(rounds, str(item))
        )
        for item in most.index
    ]
    return [Paragraphs([language.plural("changes.most", len(most))]), Bullets(told)]


def _sentence(rounds: Rounds, item: str) -> str:
    return rounds.report.language.capitalise(change_in_words(rounds, item))


def _topic(rounds: Rounds, topic: Topic) -> list[Block]:
    report, language, changes = rounds.report, rounds.report.language, rounds.changes()
    labels = rounds.labels_of(topic)
    if not labels:
        return []
    heading = Heading(report.topic_label(topic), 3, slug("change", topic.id))
    title = finding(rounds, [item for item in labels if item != topic.id])
    rows = changes.loc[list(labels)].to_dict("index")
    spoken = [f"{label}: {told_short(rounds, rows[item])}" for item, label in labels.items()]
    figure = Figure(
        title=title,
        subtitle=language.text("changes.subtitle", many=report.unit_noun.many),
        alt=" ".join([language.text("changes.alt"), f"{'; '.join(spoken)}."]),
        svg=_chart(rounds, labels),
        table=_numbers(rounds, labels, language.text("changes.numbers", title=unmarked(title))),
        anchor=slug("figure-change", topic.id),
    )
    return [heading, figure]


def _chart(rounds: Rounds, labels: dict[str, str]) -> str:
    language = rounds.report.language
    rows = rounds.changes().loc[list(labels)]
    told = [told_short(rounds, row) for row in rows.to_dict("records")]
    if rounds.last == 1:
        table = pd.DataFrame(
            {"before": rows["yes_before"], "after": rows["yes_after"], "n": rows["n"]}
        )
        draw = figures.change_dumbbells
    else:
        table = pd.DataFrame([rounds.counts(item)["yes"] for item in labels], index=list(labels))
        table["n"] = rows["n"]
        draw = figures.change_slopes
    return draw(table.set_axis(list(labels.values())).assign(told=told), rounds.labels, language)


def _numbers(rounds: Rounds, labels: dict[str, str], title: str) -> Table:
    """The rows of a chart: yes in every round, and what the last change is made of."""
    language, changes = rounds.report.language, rounds.changes()
    rows: list[list[Cell]] = []
    for item, label in labels.items():
        change = changes.loc[item].to_dict()
        counts = [
            linked(language.of(row["yes"], row["n"]), rounds.count_at(item))
            for row in rounds.counts(item).to_dict("records")
        ]
        rows.append(
            [
                label,
                *counts,
                signed(language, int(change["change"])),
                int(change["gained"]),
                int(change["lost"]),
            ]
        )
    columns = [Column(language.text("table.indicator"))]
    columns += [Column(label, "number") for label in rounds.labels]
    columns += [
        Column(language.text(key), "number")
        for key in ("changes.rules.change", "changes.gained", "changes.lost")
    ]
    return Table(title, columns, rows)
