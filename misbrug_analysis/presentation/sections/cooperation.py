"""What groups say of themselves: the topics they choose, their feedback on working together."""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Quotes, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.actions import cooperation_actions
from misbrug_analysis.presentation.sections.opening import section_text, text_section
from misbrug_analysis.presentation.sections.provenance import own_words
from misbrug_analysis.presentation.statements import Passage, tells
from misbrug_analysis.presentation.texts import untranslated


def focus_areas(report: Report) -> list[Block]:
    """The topics that the report's group wants to work on, with its reasons."""
    cooperation, language = report.study.cooperation, report.language
    areas = cooperation.focus_of(report.group.id) if cooperation else []
    if not areas:
        return []
    topics = {topic.id: topic for topic in report.study.instrument.topics}
    rows: list[list[Cell]] = [
        [report.topic_label(topics[area.topic]), report.say(area.reason)] for area in areas
    ]
    columns = [
        Column(language.capitalise(report.topic_noun.one)),
        Column(language.text("table.reason")),
    ]
    noun = report.say(report.level.noun).the_one
    title = language.text("table.focus", group=report.group_label(report.group))
    return [
        Heading(language.text("section.focus", group=noun), 2, "focus"),
        *untranslated(report, "reasons", [report.say(area.reason) for area in areas]),
        Table(title, columns, rows, anchor="focus-areas"),
        *own_words(report, "focus_areas"),
    ]


def feedback(report: Report) -> list[Block]:
    """What the report's group answered about the cooperation, and its remarks."""
    cooperation, language = report.study.cooperation, report.language
    answers = cooperation.answers_of(report.group.id) if cooperation else []
    if cooperation is None or not answers:
        return []
    at = report.table_at("feedback")
    questions = {question.id: report.say(question.text) for question in cooperation.questions}
    rows: list[list[Cell]] = [
        [questions[answer.question], tables.mark(language.plainly, answer.answer, at)]
        for answer in answers
    ]
    columns = [
        Column(language.text("table.statement")),
        Column(report.group_label(report.group), "centre"),
    ]
    title = language.text("table.feedback", group=report.group_label(report.group))
    blocks: list[Block] = [
        Heading(language.text("section.cooperation"), 2, "cooperation"),
        Table(title, columns, rows, anchor="feedback"),
        *own_words(report, "feedback"),
    ]
    remarks = [
        (report.say(answer.remark), questions[answer.question])
        for answer in answers
        if answer.remark
    ]
    if not remarks:
        return blocks
    note = untranslated(report, "remarks", [remark for remark, _ in remarks])
    return [*blocks, *own_words(report, "remarks"), *note, Quotes(remarks)]


def cooperation_text(report: Report) -> Iterator[Passage]:
    """The sentences of the authored status."""
    return section_text(report, "cooperation")


@tells(cooperation_text)
def cooperation_status(report: Report) -> list[Block]:
    """The authored status, every group's answers side by side, and what is recommended."""
    return [
        *text_section(report, "cooperation"),
        *_all_feedback(report),
        *cooperation_actions(report),
    ]


def _all_feedback(report: Report) -> list[Block]:
    cooperation, language = report.study.cooperation, report.language
    if cooperation is None or not cooperation.answers:
        return []
    level, at = report.study.organisation.level(cooperation.level), report.table_at("feedback")
    groups, noun = level.groups, report.say(level.noun)
    given = {(answer.question, answer.group): answer.answer for answer in cooperation.answers}
    rows: list[list[Cell]] = [
        [
            report.say(question.text),
            *(
                tables.mark(language.plainly, given.get((question.id, group.id), "unanswered"), at)
                for group in groups
            ),
        ]
        for question in cooperation.questions
    ]
    columns = [Column(language.text("table.statement"))]
    columns += [Column(report.group_label(group), "centre") for group in groups]
    title = language.text("table.feedback_all", groups=noun.the_many)
    return [
        Table(title, columns, rows, anchor="feedback"),
        Paragraphs([language.text("section.feedback_source", group=noun.one)], kind="note"),
        *own_words(report, "feedback"),
    ]
