"""The way to the pages on which every single answer stands."""

from __future__ import annotations

from misbrug_analysis.model.instrument import Kind, Topic
from misbrug_analysis.presentation.addresses import evidence_page
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Paragraphs
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.report import Report


def answer_by_answer(report: Report) -> list[Block]:
    """Each topic's page of answers, with what stands there; none before the first answer."""
    if report.is_empty:
        return []
    text, instrument = report.language.text, report.study.instrument
    told = "persons" if instrument.respondents else "text"
    links = [
        Link(_told(report, topic), evidence_page(report.study, topic.id))
        for topic in instrument.topics
        if instrument.items_of(topic.id)
    ]
    return [
        Heading(text("evidence.section.heading"), 2, "answers"),
        Paragraphs([text(f"evidence.section.{told}")]),
        Bullets(links),
    ]


def _told(report: Report, topic: Topic) -> str:
    """A topic with how many indicators and other questions stand on its page."""
    language = report.language
    items = report.study.instrument.items_of(topic.id)
    indicators = sum(item.kind is Kind.INDICATOR for item in items)
    numbers = {"indicators": indicators, "others": len(items) - indicators}
    counts = [
        language.plural(f"evidence.section.{kind}", number)
        for kind, number in numbers.items()
        if number
    ]
    label, joined = report.topic_label(topic), language.join(counts)
    return language.text("evidence.section.link", topic=label, counts=joined)
