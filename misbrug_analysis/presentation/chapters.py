"""Topics by the chapters of their instrument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.model.instrument import Chapter, Topic
from misbrug_analysis.presentation.blocks import Heading
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.topic_names import numbered


def by_chapter(report: Report, topics: Sequence[Topic]) -> list[tuple[Chapter | None, list[Topic]]]:
    """Topics by their chapter, chapters in the order in which the instrument lists them.

    Topics of no chapter stand last, under None; all do where the instrument has no chapters.
    """
    chapters = report.study.instrument.chapters
    found: list[tuple[Chapter | None, list[Topic]]] = [
        (chapter, [topic for topic in topics if topic.chapter == chapter.id])
        for chapter in chapters
    ]
    found.append((None, [topic for topic in topics if topic.chapter is None]))
    return [(chapter, of) for chapter, of in found if of]


def under_headings(
    report: Report, title: str, anchor: str, topics: Sequence[Topic]
) -> Iterator[tuple[Heading, list[Topic]]]:
    """Topics under a heading of the page, which is the title alone or with each chapter's."""
    for chapter, of in by_chapter(report, topics):
        if chapter is None:
            yield Heading(title, 2, anchor), of
            continue
        named = report.language.text(
            "section.of_chapter", title=title, chapter=chapter_label(report, chapter)
        )
        yield Heading(named, 2, slug(anchor, "chapter", chapter.id)), of


def chapter_label(report: Report, chapter: Chapter) -> str:
    """A chapter's number and title, after those that it lies within."""
    chapters = {one.id: one for one in report.study.instrument.chapters}
    label = numbered(chapter.id, report.say(chapter.title))
    if chapter.within is None:
        return label
    outer = chapter_label(report, chapters[chapter.within])
    return report.language.text("section.within", outer=outer, inner=label)


def topic_short(report: Report, topic: Topic) -> str:
    """A topic's number and title, without what the instrument calls it."""
    return numbered(topic.id, report.say(topic.title))
