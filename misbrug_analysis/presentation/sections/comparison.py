"""Units compared by what the study says of them."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.settings import ComparedBy
from misbrug_analysis.model.study import Run
from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import NOTHING, with_source
from misbrug_analysis.presentation.total_view import listed

_FEWEST = 3
"""Of fewer units than these a difference is not told in words."""

_SMALL = 10
"""Where a group has fewer units than these, one answer moves its share by over a tenth."""

_NAMED = 3
"""So many of the largest differences are told."""

_DRAWN = 40
"""More indicators than these are in the table alone, but for those with the largest differences."""


def comparison(report: Report) -> list[Block]:
    """How many count as yes among units of each kind, if the study compares them.

    It is told of all units; a report of some of them leaves it to the one of all, if there is one.
    Nothing before the first answer.
    """
    compared = report.study.settings.compare_by
    if not compared or report.is_empty or not _is_told(report):
        return []
    language, noun = report.language, report.unit_noun
    heading = language.capitalise(language.text("comparison.heading", the_many=noun.the_many))
    blocks: list[Block] = [Heading(heading, 2, "comparison")]
    if not _is_whole(report, report.run):
        blocks.append(Paragraphs([language.text("comparison.of_all", many=noun.many)], kind="note"))
    for one in compared:
        blocks += _compared(report, one)
    return blocks


def _is_told(report: Report) -> bool:
    runs = [run for run in report.study.runs() if run.report.per or run == report.run]
    return _is_whole(report, report.run) or not any(_is_whole(report, run) for run in runs)


def _is_whole(report: Report, run: Run) -> bool:
    """Whether a run is of all units."""
    per, units = run.report.per, report.study.organisation.units
    return run.group is None or all(unit.attributes[str(per)] == run.group.id for unit in units)


def _compared(report: Report, by: ComparedBy) -> list[Block]:
    language = report.language
    rows = _rows(report, by)
    told = _with_answers(rows)
    anchor = slug("compared", by.attribute)
    blocks: list[Block] = [
        Heading(report.say(by.label), 3, anchor),
        Paragraphs([_who(report, by, rows)]),
    ]
    found = _differences(rows[rows["group"].isin(told)])
    if len(told) < 2 or found.empty:
        key = "comparison.too_few" if len(told) < 2 else "comparison.alike"
        return [*blocks, Paragraphs([language.text(key)]), _table(report, by, rows)]
    blocks += [
        Paragraphs([language.text("comparison.largest")]),
        Bullets([_difference(report, by, row) for _, row in found.head(_NAMED).iterrows()]),
        Paragraphs([_caution(report, rows[rows["group"].isin(told)])], kind="note"),
    ]
    if len(told) > len(figures.SIGNS):
        return [*blocks, _table(report, by, rows)]
    return [*blocks, _figure(report, by, rows, told)]


def _rows(report: Report, by: ComparedBy) -> pd.DataFrame:
    """The scores of indicators by the values of an attribute, with the share that counts as yes."""
    table = report.comparisons
    items = report.study.instrument.indicator_ids
    rows = table[(table["level"] == by.attribute) & table["item"].isin(items)]
    return rows.assign(says=(rows["yes"] / rows["n"]).where(rows["n"] > 0))


def _with_answers(rows: pd.DataFrame) -> list[str]:
    """The values of which enough units answered to compare them; not where nothing is said."""
    most = rows.groupby("group", sort=False)["n"].max()
    return [str(value) for value, n in most.items() if value and n >= _FEWEST]


def _differences(rows: pd.DataFrame) -> pd.DataFrame:
    """A row an indicator with the values that differ most: ``item, high, low``, largest first."""
    enough = rows[rows["n"] >= _FEWEST].reset_index(drop=True)
    found = []
    for item, of in enough.groupby("item", sort=False):
        high, low = of.iloc[of["says"].argmax()], of.iloc[of["says"].argmin()]
        if high["says"] > low["says"]:
            found.append((item, high, low, high["says"] - low["says"]))
    table = pd.DataFrame(found, columns=["item", "high", "low", "gap"])
    return table.sort_values("gap", ascending=False, kind="stable")


def _who(report: Report, by: ComparedBy, rows: pd.DataFrame) -> str:
    """How many of the units of each kind answered."""
    language, at = report.language, report.table_at("comparisons")
    first = rows[rows["item"] == rows["item"].iloc[0]]
    counted = []
    for _, row in first.iterrows():
        asked = int(row[["yes", "partly", "no", "unanswered", "absent"]].sum())
        count = linked(language.of(asked - int(row["absent"]), asked), at)
        label = _label(report, by, str(row["group"]))
        counted.append(language.text("comparison.counted", label=label, count=count))
    return language.text(
        "comparison.who", the_many=report.unit_noun.the_many, counted="; ".join(counted)
    )


def _label(report: Report, by: ComparedBy, value: str) -> str:
    if not value:
        return report.language.text("comparison.unsaid")
    return report.say(by.values[value]) if value in by.values else value


def _difference(report: Report, by: ComparedBy, row: pd.Series) -> str:
    """``3.2 Faste åbningstider: 9 af 12 (Kommunale) mod 5 af 20 (Private).``"""
    language, at = report.language, report.table_at("comparisons")
    fields = {"item": report.item_label(str(row["item"]))}
    for end in ("high", "low"):
        one = row[end]
        fields[f"{end}_count"] = linked(language.of(int(one["yes"]), int(one["n"])), at)
        fields[end] = _label(report, by, str(one["group"]))
    return language.text("comparison.difference", **fields)


def _caution(report: Report, rows: pd.DataFrame) -> str:
    small = rows.groupby("group")["n"].max().min() < _SMALL
    language = report.language
    why = language.text("comparison.why")
    return f"{language.text('comparison.small')} {why}" if small else why


def _figure(report: Report, by: ComparedBy, rows: pd.DataFrame, told: list[str]) -> Figure:
    """Every indicator with a sign a kind of unit, at the share that counts as yes."""
    language = report.language
    wide = rows.pivot(index="item", columns="group", values="says")
    items = report.study.instrument.indicator_ids
    if len(items) > _DRAWN:
        items = list(_differences(rows[rows["group"].isin(told)])["item"].head(_DRAWN))
    drawn = wide.loc[items, told]
    drawn.index = pd.Index([report.item_label(item) for item in items])
    drawn.columns = pd.Index([_label(report, by, value) for value in told])
    first = _differences(rows[rows["group"].isin(told)]).iloc[0]
    title = language.text("comparison.found", item=report.item_label(str(first["item"])))
    subtitle = language.text("comparison.subtitle", many=report.unit_noun.many)
    spoken = [(str(label), _spoken(report, of)) for label, of in drawn.head(20).iterrows()]
    alt = " ".join([language.text("comparison.alt"), f"{title}.", f"{listed(report, spoken)}."])
    scale = [(quarter / 4, language.percent(quarter / 4)) for quarter in range(5)]
    anchor = slug("figure", "compared", by.attribute)
    svg = figures.value_dots(drawn, scale)
    return Figure(title, subtitle, alt, svg, _table(report, by, rows), anchor)


def _spoken(report: Report, shares: pd.Series) -> str:
    known = shares.dropna()
    language = report.language
    return language.join([f"{name} {language.percent(share)}" for name, share in known.items()])


def _table(report: Report, by: ComparedBy, rows: pd.DataFrame) -> Table:
    """Counts by indicator and value, with percent where no group is small."""
    language = report.language
    values = [str(value) for value in rows["group"].unique()]
    percent = int(rows["n"].min()) >= _SMALL
    at = {(row["item"], row["group"]): row for _, row in rows.iterrows()}
    cells: list[list[Cell]] = []
    for item in report.study.instrument.indicator_ids:
        line: list[Cell] = [report.item_label(item)]
        for value in values:
            row = at[item, value]
            count = language.of(int(row["yes"]), int(row["n"])) if row["n"] else NOTHING
            line.append(f"{count} ({language.percent(row['says'])})" if percent else count)
        cells.append(line)
    columns = [Column(language.text("table.indicator"))]
    columns += [Column(_label(report, by, value), "number") for value in values]
    title = language.text(
        "comparison.table", label=report.say(by.label), many=report.unit_noun.many
    )
    note = with_source(report, None, "comparisons")
    return Table(title, columns, cells, note, anchor=slug("table", "compared", by.attribute))
