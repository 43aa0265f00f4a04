"""The chapters and topics of the instrument by the mean points that a group has in them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Figure, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.chapters import by_chapter, chapter_label, topic_short
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.tables import with_source
from misbrug_analysis.presentation.total_view import TotalView, listed

_TOLD = 20
"""Up to so many topics are told in the chart's alternative; the table behind it has them all."""


def profile(view: TotalView) -> list[Block]:
    """Topics by chapter with the mean share of the report's group, beside the whole study's."""
    report, language = view.report, view.report.language
    rows = _profile_rows(view)
    topics = rows[rows["is_topic"]]
    if len(topics) < 2:
        return []
    group, whole = report.group_label(report.group), _whole(view)
    best, least = topics.iloc[topics["value"].argmax()], topics.iloc[topics["value"].argmin()]
    ends = {
        name: linked(view.percent(row["value"] / 100), view.at)
        for name, row in (("high", best), ("low", least))
    }
    title = language.text("totals.profile", best=best["label"], least=least["label"], **ends)
    told = [(str(row["label"]), str(row["told"])) for _, row in topics.iterrows()]
    alt = [language.text("totals.profile_alt"), f"{title}.", f"{listed(report, told[:_TOLD])}."]
    subtitle = language.text(
        "totals.profile_subtitle", n=language.numeral(len(topics)), many=report.topic_noun.many
    )
    drawn = topics.set_index("label")[["heading", "value", "beside", "told"]]
    svg = figures.value_bars(drawn, 100.0, group, whole[0] if whole else "")
    table = _profile_table(view, rows, group, whole)
    return [Figure(title, subtitle, " ".join(alt), svg, table, "figure-profile")]


def _whole(view: TotalView) -> tuple[str, str, str] | None:
    """The group of all units, where the report is of some of them."""
    report = view.report
    largest = report.study.organisation.largest
    if view.is_whole or len(largest.groups) > 1:
        return None
    (group,) = largest.groups
    return report.group_label(group), largest.id, group.id


def _profile_rows(view: TotalView) -> pd.DataFrame:
    """A row a topic, and a chapter before its topics: ``label, heading, value, beside, told``."""
    report, whole = view.report, _whole(view)
    at = (report.level.id, report.group.id)
    rows = []
    topics = [topic for topic in report.study.instrument.topics if view.has(*at, topic.id)]
    for chapter, of in by_chapter(report, topics):
        heading = chapter_label(report, chapter) if chapter else ""
        scopes = [(chapter.id, heading, False)] if chapter and view.has(*at, chapter.id) else []
        scopes += [(topic.id, topic_short(report, topic), True) for topic in of]
        for item, label, is_topic in scopes:
            share = float(view.row(*at, item)["share"])
            beside = float(view.row(*whole[1:], item)["share"]) * 100 if whole else None
            told = view.percent(share)
            rows.append((label, heading, share * 100, beside, told, is_topic))
    columns = ["label", "heading", "value", "beside", "told", "is_topic"]
    return pd.DataFrame(rows, columns=columns)


def _profile_table(
    view: TotalView, rows: pd.DataFrame, group: str, whole: Sequence[str] | None
) -> Table:
    report, language = view.report, view.report.language
    cells: list[list[Cell]] = []
    for row in rows.to_dict("records"):
        line: list[Cell] = [str(row["label"]), str(row["told"])]
        cells.append([*line, view.percent(row["beside"] / 100)] if whole else line)
    columns = [Column(language.capitalise(report.topic_noun.one)), Column(group, "number")]
    columns += [Column(whole[0], "number")] if whole else []
    title = language.text("totals.profile_table")
    sums = [place for place, is_topic in enumerate(rows["is_topic"]) if not is_topic]
    note = with_source(report, None, "totals")
    return Table(title, columns, cells, note, anchor="totals-topics", totals=sums)
