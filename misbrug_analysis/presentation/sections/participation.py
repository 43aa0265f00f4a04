"""Who was asked, who answered, and what those who did not could change."""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.tables import bounds_table
from misbrug_analysis.presentation.texts import prose, written


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
        "section.forms_sent",
        len(forms),
        n=linked(language.numeral(len(forms), "neuter"), report.units_at),
    )
    if instrument.respondents is not None:
        people = len(report.given[["unit", "form", "respondent"]].drop_duplicates())
        said = linked(language.numeral(people), report.units_at)
        sent = language.plural("section.responses_sent", people, n=said)
    if not len(forms):
        sent = language.text("section.forms_none")
    sentences = [asked, language.capitalise(sent)]
    if several:
        sentences.append(
            language.plural(
                "section.several_forms",
                several,
                n=linked(
                    language.capitalise(language.numeral(several, report.unit_noun.gender)),
                    report.units_at,
                ),
                one=report.unit_noun.one,
                many=report.unit_noun.many,
            )
        )
    heading = Heading(language.text("section.asked_heading"), 2, "asked")
    return [heading, Paragraphs([" ".join(sentences)])]


def missing_text(report: Report, text_name: str = "") -> Iterator[Passage]:
    """The sentences of the authored text of ``missing``."""
    text = written(report, text_name, _missing_place(report)) if text_name else None
    if text is not None:
        yield text


@tells(missing_text)
def missing(report: Report, text_name: str = "") -> list[Block]:
    """Who did not answer and what their answers could change: an authored text, or a table.

    Nothing before the first answer: any would change everything.
    """
    if report.is_empty:
        return []
    table = bounds_table(report)
    place = _missing_place(report)
    text: list[Block] = [*prose(report, text_name, place)] if text_name else []
    if not table.rows and not text:
        return []
    return [Heading(place.heading, 2, place.anchor), *(text or [table])]


def _missing_place(report: Report) -> Place:
    return Place(report.language.text("section.missing"), "missing")
