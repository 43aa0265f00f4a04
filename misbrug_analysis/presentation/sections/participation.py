"""Who was asked, who answered, and what those who did not could change."""

from __future__ import annotations

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import bounds_table
from misbrug_analysis.presentation.texts import prose


def asked_and_answered(report: Report) -> list[Block]:
    """What was asked, and in how many forms it was answered."""
    language, instrument = report.language, report.study.instrument
    forms = report.answers[["unit", "form"]].drop_duplicates()
    several = int((forms.groupby("unit").size() > 1).sum())
    asked = language.text(
        "section.asked",
        indicators=language.numeral(len(instrument.indicators)),
        topics=language.numeral(len(instrument.assessed_topics)),
        topics_noun=report.topic_noun.many,
    )
    sent = language.plural(
        "section.forms_sent", len(forms), n=language.numeral(len(forms), "neuter")
    )
    if not len(forms):
        sent = language.text("section.forms_none")
    sentences = [asked, language.capitalise(sent)]
    if several:
        sentences.append(
            language.plural(
                "section.several_forms",
                several,
                n=language.capitalise(language.numeral(several, report.unit_noun.gender)),
                one=report.unit_noun.one,
                many=report.unit_noun.many,
            )
        )
    heading = Heading(language.text("section.asked_heading"), 2, "asked")
    return [heading, Paragraphs([" ".join(sentences)])]


def missing(report: Report, text_name: str = "") -> list[Block]:
    """Who did not answer and what their answers could change: an authored text, or a table.

    Nothing before the first answer: any would change everything.
    """
    if report.is_empty:
        return []
    language = report.language
    table = bounds_table(report)
    text: list[Block] = [*prose(report, text_name)] if text_name else []
    if not table.rows and not text:
        return []
    return [Heading(language.text("section.missing"), 2, "missing"), *(text or [table])]
