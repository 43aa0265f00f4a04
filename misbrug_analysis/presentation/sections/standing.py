"""Where all stand, on one picture: by indicator, and unit by unit."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from misbrug_analysis.analysis.profiles import yes_per_unit
from misbrug_analysis.analysis.scoring import count_bounds
from misbrug_analysis.presentation import figures, tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.judging import Said, said, spoken
from misbrug_analysis.presentation.language import LARGEST_WORD
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import several, told_at, whole
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.tables_by_group import answers_by_group
from misbrug_analysis.presentation.wording import Counts, bounds, took_no_part

# More than these in one sentence are named by their numbers alone.
_NAMED_IN_FULL = 2

_LISTED = 120
"""A table of all answers of more units than these is too long to look through."""


def standing_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``standing``."""
    yield _standing_found(report)


@tells(standing_sentences)
def standing(report: Report) -> list[Block]:
    """Every indicator with the fewest and the most of the report's units that can say yes.

    Nothing before the first answer.
    """
    if report.is_empty:
        return []
    language, noun = report.language, report.unit_noun
    rows = _bounds(report)
    # Everyone was asked everything, so any row tells how many.
    total = int(rows["asked"].iloc[0])
    found = _standing_found(report)
    figure = Figure(
        title=said(report, found),
        subtitle=language.text(
            "standing.subtitle",
            units=noun.many,
            whole=linked(whole(language, total, noun), report.units_at),
        ),
        alt=spoken(report, _standing_alt),
        svg=figures.standing_bars(rows.set_index("label"), total, language),
        table=_table(report, rows),
        anchor="figure-standing",
    )
    return [Heading(found.place.heading, 2, found.place.anchor), figure]


def matrix_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``answer_matrix``."""
    yield _matrix_found(report)


@tells(matrix_sentences)
def answer_matrix(report: Report) -> list[Block]:
    """Every unit's answer to every indicator as a picture, the same as a table behind it.

    Of many units as a table, group by group; of more than one can look through, only how many they
    say yes to is told. Nothing before the first answer.
    """
    if report.is_empty:
        return []
    language = report.language
    unit = several(language, 1, report.unit_noun)
    found = _matrix_found(report)
    heading = Heading(found.place.heading, 2, found.place.anchor)
    if len(report.units) > _LISTED:
        all_of_them = linked(language.text("standing.all_answers"), report.table_at("consolidated"))
        return [heading, Paragraphs([f"{said(report, found)}.", all_of_them])]
    if len(report.units) > tables.ACROSS:
        told = Paragraphs([f"{said(report, found)}."])
        return [heading, told, *_where(report), answers_by_group(report)]
    figure = Figure(
        title=said(report, found),
        subtitle=language.text("standing.marks", unit=unit),
        alt=spoken(report, _matrix_alt),
        svg=figures.answer_matrix(_answers(report), language),
        table=tables.overview(report),
        anchor="figure-answers",
    )
    return [heading, figure]


def _where(report: Report) -> list[Block]:
    """In which order the units of a long table stand, and how one of them is found."""
    language, group = report.language, report.say(report.subgroups[0].noun).one
    the_many = language.capitalise(report.unit_noun.the_many)
    order = language.text("standing.order", the_many=the_many, group=group)
    return [
        Paragraphs([order], kind="note"),
        Paragraphs([language.text("standing.find")], kind="screen"),
    ]


def _standing_found(report: Report) -> Said:
    title = report.language.text("standing.heading", the_many=report.unit_noun.the_many)
    return Said(Place(title, "standing"), "figure", lambda one: _finding(one).rstrip("."))


def _matrix_found(report: Report) -> Said:
    place = Place(report.language.text("section.overview"), "all-answers")
    return Said(place, "figure", lambda one: _each(one).rstrip("."))


def _standing_alt(report: Report) -> str:
    rows = _bounds(report)
    bars = _bars(report, rows, int(rows["asked"].iloc[0]))
    parts = [report.language.text("standing.alt"), _finding(report), bars, *_away(report)]
    return " ".join(parts)


def _matrix_alt(report: Report) -> str:
    parts = [report.language.text("standing.marks_alt"), _each(report), *_away(report)]
    return " ".join(parts)


def _bounds(report: Report) -> pd.DataFrame:
    """A row an indicator: ``item, label, heading, yes, partly, n, low, high, asked``."""
    headings = {
        topic.id: report.topic_label(topic) for topic in report.study.instrument.assessed_topics
    }
    rows = []
    for item in report.study.instrument.indicators:
        score = report.score_row(item.id)
        low, high, asked = count_bounds(score, report.study.rules)
        said = {name: int(score[name]) for name in ("yes", "partly", "n")}
        named = {"label": report.item_label(item.id), "heading": headings[item.topic]}
        rows.append({"item": item.id, **named, **said, "low": low, "high": high, "asked": asked})
    return pd.DataFrame(rows)


def _finding(report: Report) -> str:
    """How many indicators all say yes to, and which ones fewest do."""
    language = report.language
    ids = report.study.instrument.indicator_ids
    counts = {item: found for item in ids if (found := report.counts(item)).n}
    if not counts:
        return language.text("sentence.nobody", many=report.unit_noun.many)
    alike = [item for item, found in counts.items() if found.yes == found.n]
    missing = any(found.missing for found in counts.values()) or len(counts) < len(ids)
    sentences = [_everyone(report, len(alike), missing=missing)]
    rest = {item: found for item, found in counts.items() if item not in alike}
    if rest:
        sentences.append(_fewest(report, rest))
    return " ".join(sentences)


def _everyone(report: Report, number: int, *, missing: bool) -> str:
    language = report.language
    subject = language.text("quantifier.full.all", many=report.unit_noun.many)
    if missing:
        subject = language.text("quantifier.answered", phrase=subject)
    subject = told_at(subject, report.table_at("scores"))
    if not number:
        return language.text("standing.not_one", subject=subject)
    return _says_yes_to(report, subject, number)


def _says_yes_to(report: Report, subject: str, number: int) -> str:
    language = report.language
    return language.plural(
        "section.everyone",
        number,
        subject=language.capitalise(subject),
        n=linked(language.numeral(number), report.table_at("scores")),
        total=language.numeral(len(report.study.instrument.indicators)),
    )


def _fewest(report: Report, counts: dict[str, Counts]) -> str:
    """The indicators with the smallest share of yes, with the count where they share it."""
    language = report.language
    least = min(found.yes / found.n for found in counts.values())
    items = [item for item, found in counts.items() if found.yes / found.n == least]
    named = [report.item_label(item) for item in items] if len(items) <= _NAMED_IN_FULL else items
    ways = {(counts[item].yes, counts[item].n) for item in items}
    if not least or len(ways) > 1:
        # There is no count to press, so the indicators lead to theirs.
        named = [linked(name, counts[item].at) for name, item in zip(named, items, strict=True)]
    fields = {"items": language.join(named), "many": report.unit_noun.many}
    if not least:
        return language.text("standing.nobody", **fields)
    if len(ways) > 1:
        return language.text("standing.fewest", **fields)
    ((yes, n),) = ways
    count = language.text("quantifier.count", n=language.number(yes), N=language.number(n))
    count = linked(count, counts[items[0]].at)
    return language.text("standing.fewest_count", count=count, **fields)


def _each(report: Report) -> str:
    """How many indicators a unit says yes to, from the one with fewest to the one with most."""
    language, noun = report.language, report.unit_noun
    settled = report.consolidated  # asked for every time, for whoever notes what is read
    profiles = report.remembered("yes per unit", lambda: yes_per_unit(settled))
    if profiles.empty:
        return language.text("sentence.nobody", many=noun.many)
    low, high = int(profiles["yes"].min()), int(profiles["yes"].max())
    subject = whole(language, 1, noun) if len(profiles) == 1 else noun.the_many
    if len(profiles) < len(report.units):
        subject = language.text("quantifier.answered", phrase=subject)
    if len(profiles) == 1:
        return _says_yes_to(report, subject, high)
    total = len(report.study.instrument.indicators)
    written = language.numeral if total <= LARGEST_WORD else language.number
    at = report.table_at("consolidated")
    return language.text(
        "standing.each" if low == high else "standing.between",
        subject=language.capitalise(subject),
        low=linked(written(low), at),
        high=linked(written(high), at),
        total=written(total),
    )


def _bars(report: Report, rows: pd.DataFrame, total: int) -> str:
    """Every bar by its indicator's number: ``1.1: 15–16; 1.2: 16–17``."""
    language = report.language
    bars = [
        f"{row['item']}: {language.span(row['low'], row['high'])}"
        for row in rows.to_dict("records")
    ]
    key = "standing.spoken_bounds" if (rows["low"] < rows["high"]).any() else "standing.spoken"
    told = [language.text(key, total=language.number(total), items="; ".join(bars))]
    partly = rows[rows["partly"] > 0]
    if len(partly):
        counted = "; ".join(
            f"{item}: {language.number(n)}"
            for item, n in zip(partly["item"], partly["partly"], strict=True)
        )
        told.append(language.text("standing.spoken_partly", items=counted))
    return " ".join(told)


def _away(report: Report) -> list[str]:
    """Who sent nothing, as a sentence, if there is anyone."""
    away = took_no_part(report.language, report.absent, report.unit_noun)
    return [away] if away else []


def _table(report: Report, rows: pd.DataFrame) -> Table:
    language = report.language
    keeps = bool(rows["partly"].any())
    cells: list[list[Cell]] = [
        [
            row["label"],
            *(
                linked(words, report.count_at(row["item"]))
                for words in (
                    str(row["yes"]),
                    *([str(row["partly"])] if keeps else []),
                    str(row["n"]),
                    bounds(language, row["low"], row["high"], row["asked"]),
                )
            ),
        ]
        for row in rows.to_dict("records")
    ]
    columns = [
        Column(language.text("table.indicator")),
        Column(language.text("table.said_yes"), "number"),
        *([Column(language.text("table.said_partly"), "number")] if keeps else []),
        Column(language.text("standing.answered"), "number"),
        Column(language.text("table.possible")),
    ]
    return Table(language.text("standing.numbers", units=report.unit_noun.many), columns, cells)


def _answers(report: Report) -> pd.DataFrame:
    """Answer codes, indicators by (group, unit), units in the order of their groups."""
    level, groups = report.subgroups
    wide = tables.answers_shown(report)
    placed = [
        (report.group_label(group), unit)
        for group in groups
        for unit in report.units.loc[report.units[level.id] == group.id, "unit"]
    ]
    items = report.study.instrument.indicator_ids
    table = wide.loc[items, [unit for _, unit in placed]]
    table.index = pd.Index([report.item_label(item) for item in items])
    table.columns = pd.MultiIndex.from_tuples(
        [(group, report.unit_labels[unit]) for group, unit in placed]
    )
    return table
