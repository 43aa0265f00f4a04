"""Totals and ranks of units and groups, and of the chapters of the instrument."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.quantifiers import several
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.profile import profile
from misbrug_analysis.presentation.tables import NOTHING, with_source
from misbrug_analysis.presentation.total_view import TotalView, listed

_BARS = 40
"""Up to so many units have a bar each; more of them are dots on one scale."""

_ROWS = 250
"""More units than these are in the published table alone."""

_STRIPS = 12
"""Up to so many groups have a strip of dots each."""

_TOLD = 20
"""Up to so many values are told in a chart's alternative; the table behind it has them all."""


def totals(report: Report) -> list[Block]:
    """Which units and groups have most points, and where, if the study adds points up.

    Nothing before the first answer.
    """
    settings = report.study.settings.totals
    if settings is None or report.is_empty:
        return []
    view = TotalView(report, settings)
    blocks: list[Block] = [
        Heading(report.language.text("totals.heading"), 2, "totals"),
        Paragraphs([view.answer()]),
    ]
    if view.ranked.empty:
        return blocks
    blocks.append(_units(view))
    blocks += [*_groups(view), *profile(view)]
    return [*blocks, Paragraphs([_method(view)], kind="note")]


def _units(view: TotalView) -> Figure:
    """The report's units, each with a bar or, where they are many, a dot."""
    report, language = view.report, view.report.language
    few = len(view.ranked) <= _BARS
    unit = several(language, 1, report.unit_noun)
    return Figure(
        title=view.finding(),
        subtitle=language.text("totals.bars" if few else "totals.dots", unit=unit),
        alt=_alt(view),
        svg=_bars(view) if few else _dots(view),
        table=_unit_table(view),
        anchor="figure-totals",
    )


def _alt(view: TotalView) -> str:
    language = view.report.language
    parts = [language.text("totals.alt"), f"{view.finding()}."]
    if len(view.ranked) <= _TOLD:
        told = [(row["label"], view.told(row["shown"])) for _, row in view.ranked.iterrows()]
        parts.append(f"{listed(view.report, told)}.")
    return " ".join(parts)


def _bars(view: TotalView) -> str:
    rows = view.ranked
    labels = [
        view.report.language.text("totals.ranked", rank=view.rank(rank), unit=label)
        for rank, label in zip(rows["rank"], rows["label"], strict=True)
    ]
    frame = pd.DataFrame({"heading": "", "value": rows["shown"].to_numpy(), "beside": None})
    frame["told"] = [view.told(value) for value in rows["shown"]]
    return figures.value_bars(frame.set_axis(labels), _most(view), "")


def _dots(view: TotalView) -> str:
    """A strip a group, or one for all; in the report of a group with the study's other units."""
    report, language = view.report, view.report.language
    level, groups = report.subgroups
    if 1 < len(groups) <= _STRIPS:
        strips = [
            _strip(view, report.group_label(group), level.id, group.id, set(members))
            for group in groups
            if (members := _members(view, level.id, group.id))
        ]
    else:
        label = report.group_label(report.group)
        members = list(view.ranked["group"])
        strips = [_strip(view, label, report.level.id, report.group.id, set(members))]
    return figures.value_strips(
        strips,
        _scale(view),
        several(language, 1, report.unit_noun),
        language.text("totals.key.mean"),
    )


def _members(view: TotalView, level: str, group: str) -> list[str]:
    """The units of a group that have a total."""
    units = view.report.units
    return list(set(units.loc[units[level] == group, "unit"]) & set(view.ranked["group"]))


def _strip(view: TotalView, label: str, level: str, group: str, members: set[str]) -> figures.Strip:
    values = view.ranked.loc[view.ranked["group"].isin(members), "shown"].tolist()
    mean = float(view.row(level, group)["shown"])
    told = view.report.language.text("totals.mean", value=view.told(mean))
    return figures.Strip(label, told, values, mean)


def _most(view: TotalView) -> float:
    """The end of the scale: 100 percent, or the most points that anyone could have."""
    if view.settings.shown == "percent":
        return max(100.0, float(view.ranked["shown"].max()))
    return float(max(view.ranked["possible"].max(), view.ranked["shown"].max()))


def _scale(view: TotalView) -> list[tuple[float, str]]:
    """Five marks from nothing to the most."""
    most = _most(view)
    places = [most * quarter / 4 for quarter in range(5)]
    if view.settings.shown == "percent":
        return [(place, view.report.language.percent(place / 100)) for place in places]
    return [(place, view.report.language.number(place, _fine(most))) for place in places]


def _fine(most: float) -> int:
    return 0 if most % 4 == 0 else 1


def _unit_table(view: TotalView) -> Table:
    """Rank, total, points and how much was answered, a row a unit."""
    report, language = view.report, view.report.language
    rows: list[list[Cell]] = []
    for _, row in view.units.head(_ROWS).iterrows():
        known = pd.notna(row["shown"])
        rows.append(
            [
                str(row["label"]),
                _placed(view, row) if known else NOTHING,
                view.percent(row["share"]) if known else NOTHING,
                _points(view, row["points"]) if known else NOTHING,
                _points(view, row["possible"]) if known else NOTHING,
                language.of(row["answered"], row["asked"]),
            ]
        )
    columns = [Column(language.capitalise(report.unit_noun.one))]
    columns += [
        Column(language.text(f"totals.column.{name}"), "number")
        for name in ("rank", "share", "points", "possible", "answered")
    ]
    note = language.text("totals.first_rows", n=_ROWS) if len(view.units) > _ROWS else None
    group = report.group_label(report.group)
    title = language.text("totals.table", group=group)
    return Table(title, columns, rows, with_source(report, note, "totals"), anchor="totals-units")


def _placed(view: TotalView, row: pd.Series) -> str:
    """A rank among all of the level, and whether others share it."""
    rank = view.rank(row["rank"])
    return view.report.language.text("totals.shared", rank=rank) if row["tied"] else rank


def _points(view: TotalView, points: float) -> str:
    """Points with the decimals they need, at most two."""
    language: Language = view.report.language
    decimals = next((n for n in (0, 1) if round(points, n) == round(points, 2)), 2)
    return language.number(points, decimals)


def _groups(view: TotalView) -> list[Block]:
    """The groups that the report compares, with their means and ranks; nothing of a single one."""
    report, language = view.report, view.report.language
    places = [place for place in _places(view) if view.has(*place[1:])]
    if len(places) < 2:
        return []
    rows: list[list[Cell]] = []
    for label, level, group in places:
        row = view.row(level, group)
        alone = len(report.study.organisation.level(level).groups) == 1
        rank = NOTHING if alone else _placed(view, row)
        rows.append([label, int(row["units"]), view.told(row["shown"]), rank])
    columns = [Column(language.text("table.group"))]
    columns.append(Column(language.capitalise(report.unit_noun.many), "number"))
    columns += [
        Column(language.text(f"totals.column.{name}"), "number") for name in ("mean", "rank")
    ]
    title = language.text("totals.groups", the_many=report.unit_noun.the_many)
    note = with_source(report, language.text("totals.groups_note"), "totals")
    return [Table(title, columns, rows, note, anchor="totals-groups")]


def _places(view: TotalView) -> list[tuple[str, str, str]]:
    """Groups inside the report's own, its own, and the whole study's where that is another one."""
    report, largest = view.report, view.report.study.organisation.largest
    places = list(report.places)
    for group in largest.groups:
        whole = (report.group_label(group), largest.id, group.id)
        if whole not in places and not view.is_whole:
            places.append(whole)
    return places


def _method(view: TotalView) -> str:
    """How totals are made, and that they follow the study's own rules only."""
    language, settings = view.report.language, view.settings
    instrument = view.report.study.instrument
    sentences = [
        language.text(f"totals.method.{settings.adds}"),
        language.text(f"totals.method.{settings.out_of}"),
    ]
    weights = {one.weight for one in instrument.indicators}
    if weights | {one.weight for one in instrument.topics} != {1}:
        sentences.append(language.text("totals.method.weights"))
    if settings.least:
        least = language.percent(settings.least)
        sentences.append(language.text("totals.method.least", share=least))
    if any(report.shows_variants for report in view.report.study.settings.reports):
        sentences.append(language.text("totals.method.rules"))
    return " ".join(sentences)
