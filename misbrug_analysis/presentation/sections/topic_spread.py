"""A topic's indicators over many groups: how they lie, where a bar a group would be too long."""

from __future__ import annotations

from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.presentation import figures, tables
from misbrug_analysis.presentation.blocks import Figure
from misbrug_analysis.presentation.judging import said, spoken
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.quantifiers import several
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.topic_sentences import finding, topic_named
from misbrug_analysis.presentation.spreads import share, spread
from misbrug_analysis.presentation.wording import meets, took_no_part


def topic_spread(report: Report, topic: Topic, labels: dict[str, str]) -> Figure:
    """A strip a label, a dot a group at the share that says yes, and a line for all of them.

    ``labels`` are of indicators and the whole topic, by id.
    """
    language, (level, _) = report.language, report.subgroups
    noun = report.say(level.noun)
    return Figure(
        title=said(report, finding(report, topic)),
        subtitle=language.text(
            "spread.subtitle",
            the_units=report.unit_noun.the_many,
            group=noun.one,
        ),
        alt=spoken(report, lambda one: _alt(one, topic, labels)),
        svg=figures.value_strips(
            [_strip(report, item, label) for item, label in labels.items()],
            _scale(language),
            several(language, 1, noun),
            report.group_label(report.group),
        ),
        table=tables.yes_by_place(
            report, language.text("chart.numbers", title=report.topic_label(topic)), labels
        ),
        anchor=slug("figure", topic.id),
    )


def _strip(report: Report, item: str, label: str) -> figures.Strip:
    level, groups = report.subgroups
    every = [report.counts(item, level.id, group.id) for group in groups]
    whole = report.counts(item)
    return figures.Strip(
        label,
        report.language.of(whole.yes, whole.n) if whole.n else tables.NOTHING,
        [float(share(counts)) for counts in every if counts.n],
        float(share(whole)) if whole.n else None,
    )


def _scale(language: Language) -> list[tuple[float, str]]:
    return [(part, language.percent(part)) for part in (0.0, 0.5, 1.0)]


def _alt(report: Report, topic: Topic, labels: dict[str, str]) -> str:
    """The chart in words: of every strip how many groups are above half, its ends and middle."""
    language, (level, groups) = report.language, report.subgroups
    noun = report.say(level.noun)
    told = [language.text("spread.alt", group=several(language, 1, noun))]
    for item, label in labels.items():
        counts = {
            report.group_label(group): report.counts(item, level.id, group.id) for group in groups
        }
        is_topic = item == topic.id
        sentences = spread(
            language,
            counts,
            report.unit_noun,
            noun,
            predicate=meets(language, topic_named(report, topic)) if is_topic else None,
            of_chart=True,
        )
        told.append(f"{label if is_topic else report.item_name(item)}: {sentences}")
    told.append(took_no_part(language, report.absent, report.unit_noun))
    return " ".join(filter(None, told))
