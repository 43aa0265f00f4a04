"""Topic by topic: why it matters, how it stands, what is recommended."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from misbrug_analysis.model.instrument import REMARK, Topic
from misbrug_analysis.presentation import figures, tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Paragraphs, Quotes
from misbrug_analysis.presentation.chapters import under_headings
from misbrug_analysis.presentation.judging import said, spoken
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import item_anchor, slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.actions import topic_actions, topic_links
from misbrug_analysis.presentation.sections.addressees import not_asked
from misbrug_analysis.presentation.sections.provenance import own_words
from misbrug_analysis.presentation.sections.topic_sentences import (
    finding,
    group_topic_sentences,
    groups_meeting,
    region_topic_sentences,
    statuses,
    topic_named,
    topic_place,
)
from misbrug_analysis.presentation.sections.topic_spread import topic_spread
from misbrug_analysis.presentation.spreads import are_many
from misbrug_analysis.presentation.statements import tells
from misbrug_analysis.presentation.texts import prose, untranslated
from misbrug_analysis.presentation.wording import Predicate, meets, took_no_part
from misbrug_analysis.presentation.wording_by_group import by_group

Place = tuple[str, str, str]
"""A group as a chart shows it: its label, level and id."""


@tells(group_topic_sentences)
def group_topics(report: Report) -> list[Block]:
    """For one group: each assessed topic with its chart beside the whole study's, and remarks.

    Nothing before the group's first answer.
    """
    if report.is_empty:
        return []
    largest = report.study.organisation.largest
    places = [
        (report.group_label(report.group), report.level.id, report.group.id),
        *((report.group_label(group), largest.id, group.id) for group in largest.groups),
    ]
    blocks: list[Block] = []
    for heading, topics in _chapters(report, report.study.instrument.assessed_topics):
        blocks.append(heading)
        for topic in topics:
            blocks.append(Heading(report.topic_label(topic), 3, slug("topic", topic.id)))
            blocks += [_figure(report, topic, places), _statuses(report, topic)]
            blocks += [*_rulings(report, topic), *_remarks(report, topic)]
    return blocks


@tells(region_topic_sentences)
def region_topics(report: Report) -> list[Block]:
    """For the whole study: each topic with why, chart, status and what is advised.

    Topics that are not assessed are described and say who acts on them. Nothing before the first
    answer.
    """
    if report.is_empty:
        return []
    blocks: list[Block] = []
    for heading, topics in _chapters(report, report.study.instrument.topics):
        blocks.append(heading)
        for topic in topics:
            anchor = slug("topic", topic.id)
            blocks.append(Heading(report.topic_label(topic), 3, anchor, muted=not topic.assessed))
            blocks += _assessed(report, topic) if topic.assessed else _other(report, topic)
    return blocks


def _chapters(report: Report, topics: list[Topic]) -> Iterator[tuple[Heading, list[Topic]]]:
    title = report.language.text("section.topics", topics=report.topic_noun.the_many)
    return under_headings(report, title, "topics", topics)


def _assessed(report: Report, topic: Topic) -> list[Block]:
    return [
        *_part(report, topic, "why"),
        _across(report, topic),
        Heading(
            report.language.text("section.status", topic=report.topic_noun.the_one),
            4,
            slug("topic", topic.id, "status"),
        ),
        _statuses(report, topic, "status"),
        *_by_group(report, topic),
        *prose(report, f"topics/{topic.id}/status", topic_place(report, topic, "status")),
        *topic_actions(report, topic),
        *topic_links(report, topic),
    ]


def _other(report: Report, topic: Topic) -> list[Block]:
    """A topic that is addressed to others: who acts, what the text says, what is recommended."""
    return [
        Paragraphs([not_asked(report, topic)], kind="note"),
        *prose(report, f"topics/{topic.id}/status", topic_place(report, topic)),
        *topic_actions(report, topic),
        *topic_links(report, topic),
    ]


def _part(report: Report, topic: Topic, part: str) -> list[Block]:
    text = prose(report, f"topics/{topic.id}/{part}", topic_place(report, topic, part))
    if not text:
        return []
    heading = report.language.text(f"section.{part}")
    return [Heading(heading, 4, slug("topic", topic.id, part)), *text]


def _statuses(report: Report, topic: Topic, part: str = "") -> Bullets:
    """One sentence an indicator, with the indicator's anchor."""
    sentences = statuses(report, topic, topic_place(report, topic, part))
    items = report.study.instrument.indicators_of(topic.id)
    return Bullets(
        [said(report, sentence) for sentence in sentences],
        anchors=[item_anchor(item) for item in items],
    )


def _by_group(report: Report, topic: Topic) -> list[Block]:
    """How many in each group meet all of the topic's indicators; the chart tells it of one."""
    return [Paragraphs([said(report, one)]) for one in groups_meeting(report, topic)]


def _across(report: Report, topic: Topic) -> Figure:
    """The topic over the groups that the report compares: a bar each, or of many how they lie."""
    _, groups = report.subgroups
    if are_many(groups):
        return topic_spread(report, topic, _labels(report, topic))
    return _figure(report, topic, report.places)


def _labels(report: Report, topic: Topic) -> dict[str, str]:
    """What a topic's chart shows: its indicators and, of several, all in one too."""
    items = [item.id for item in report.study.instrument.indicators_of(topic.id)]
    labels = {item: report.item_label(item) for item in items}
    if len(items) > 1:
        the_one = report.topic_noun.the_one
        labels[topic.id] = report.language.text("chart.whole_topic", the_one=the_one)
    return labels


def _figure(report: Report, topic: Topic, places: list[Place]) -> Figure:
    """The topic's indicators as bars of yes and no, a bar a group; of several, all in one too."""
    language, labels = report.language, _labels(report, topic)
    title = language.text("chart.numbers", title=report.topic_label(topic))
    panels = [figures.Panel(label, _bars(report, item, places)) for item, label in labels.items()]
    return Figure(
        title=said(report, finding(report, topic)),
        subtitle=language.text("chart.subtitle", units=report.unit_noun.many),
        alt=spoken(report, lambda one: _alt(one, topic, labels, places)),
        svg=figures.count_bars(panels, language),
        table=tables.count_table(report, title, labels, places),
        anchor=slug("figure", topic.id),
    )


def _alt(report: Report, topic: Topic, labels: dict[str, str], places: list[Place]) -> str:
    """The chart in words: what its ``labels`` (by indicator, or the whole topic) show."""
    language = report.language
    keeps = any(report.score_row(item)["partly"] for item in labels)
    told = [language.text("chart.alt_partly" if keeps else "chart.alt")]
    for item, label in labels.items():
        if item == topic.id:
            predicate = meets(language, topic_named(report, topic))
            told.append(f"{label}: {_bars_told(report, item, places, predicate=predicate)}")
        else:
            told.append(f"{report.item_name(item)}: {_bars_told(report, item, places)}")
    told.append(took_no_part(language, report.absent, report.unit_noun))
    return " ".join(filter(None, told))


def _bars_told(
    report: Report, item: str, places: list[Place], predicate: Predicate | None = None
) -> str:
    """What the bars of an indicator or a topic show, the groups of each level by themselves."""
    sentences = []
    for level_id in dict.fromkeys(level for _, level, _ in places):
        counts = {
            _amid(report.language, label): report.counts(item, level, group)
            for label, level, group in places
            if level == level_id
        }
        noun = report.say(report.study.organisation.level(level_id).noun)
        sentences.append(
            by_group(
                report.language, counts, report.unit_noun, noun, predicate=predicate, first=False
            )
        )
    return " ".join(sentences)


def _amid(language: Language, label: str) -> str:
    """A group's label amid a sentence: ``Hele landet`` is no name and begins small there."""
    first, _, rest = label.partition(" ")
    is_whole = rest and first in language.text("sentence.whole_begins").split()
    return f"{first.lower()} {rest}" if is_whole else label


def _bars(report: Report, item: str, places: list[Place]) -> pd.DataFrame:
    rows = [report.score_row(item, level, group) for _, level, group in places]
    labels = [label for label, _, _ in places]
    return pd.DataFrame(rows, index=labels, columns=list(figures.ANSWERS), dtype="int64")


def _rulings(report: Report, topic: Topic) -> list[Block]:
    """Answers of the topic that a person settled, with the reason."""
    language = report.language
    items = [item.id for item in report.study.instrument.indicators_of(topic.id)]
    made = [ruling for ruling in report.rulings if ruling.indicator in items]
    if not made:
        return []
    texts = [
        language.text(
            f"section.ruling.{'form' if ruling.form else 'unit'}",
            unit=report.unit_labels[ruling.unit],
            item=report.item_label(ruling.indicator),
            answer=language.text(f"answer.label.{ruling.answer}"),
            by=report.verbatim(ruling.decided_by),
            date=language.date(ruling.date),
            reason=report.verbatim(ruling.reason),
        )
        for ruling in made
    ]
    written = [report.verbatim(ruling.reason) for ruling in made]
    return [
        Heading(language.text("section.rulings"), 4, slug("topic", topic.id, "rulings")),
        *untranslated(report, "rulings", written),
        Bullets(texts),
    ]


def _remarks(report: Report, topic: Topic) -> list[Block]:
    """What the units wrote about the topic's questions, in their words."""
    items = {
        item.id + REMARK: item for item in report.study.instrument.items if item.topic == topic.id
    }
    rows = report.answers[report.answers["item"].isin(items)]
    if rows.empty:
        return []
    several = report.answers.groupby("unit")["form"].nunique()
    quotes = []
    for row in rows.to_dict("records"):
        form = f", {report.form_label(row['form'])}" if several[row["unit"]] > 1 else ""
        item = items[row["item"]]
        name = report.say(item.label or item.text)
        quotes.append(
            (report.verbatim(row["value"]), f"{report.unit_labels[row['unit']]}{form}: {name}")
        )
    heading = report.language.text("section.remarks", units=report.unit_noun.many)
    return [
        Heading(heading, 4, slug("topic", topic.id, "remarks")),
        *own_words(report, "remarks"),
        *untranslated(report, "remarks", [remark for remark, _ in quotes]),
        Quotes(quotes),
    ]
