"""Whom a topic is addressed to, where the instrument says so."""

from __future__ import annotations

from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.presentation.report import Report


def addressee(report: Report, topic: Topic) -> str:
    """Whom a topic is addressed to; nothing where nobody is named."""
    return report.say(topic.addressed_to) if topic.addressed_to else ""


def not_asked(report: Report, topic: Topic) -> str:
    """Whom a topic is addressed to that the units were not asked about."""
    return report.language.text(
        "section.addressed",
        who=addressee(report, topic),
        units=report.language.capitalise(report.unit_noun.the_many),
    )
