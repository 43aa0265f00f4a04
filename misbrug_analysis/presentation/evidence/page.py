"""A page for each topic that has questions, made without a notebook."""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.model.instrument import Item, Kind, Topic
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.addresses import TABLES, evidence_page, table_anchor
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Notice, Paragraphs
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.evidence.gathered import Gathered
from misbrug_analysis.presentation.evidence.persons import persons_note, persons_table
from misbrug_analysis.presentation.evidence.practice import practice_table
from misbrug_analysis.presentation.evidence.scored import (
    indicator_notes,
    indicator_table,
    topic_table,
)
from misbrug_analysis.presentation.evidence.sources import note_on_sheet
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import method_links, page_head
from misbrug_analysis.presentation.outline import item_anchor, slug
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.topic_names import topic_in_sentence


def evidence_pages(study: Study, results: Results, language: Language) -> dict[str, str]:
    """The pages of an edition that tell every answer in full, by their names: ``method-5.html``.

    Every item and assessed topic has a row for each group (``count_anchor``) and for each unit
    (``answer_anchor``), but before the first answer.
    """
    gathered = Gathered(study, results, language)
    return {
        evidence_page(topic.id): _page(gathered, topic, items)
        for topic in study.instrument.topics
        if (items := study.instrument.items_of(topic.id))
    }


def _page(gathered: Gathered, topic: Topic, items: list[Item]) -> str:
    study, language, naming = gathered.study, gathered.language, gathered.naming
    noun = naming.say(study.instrument.topic_noun)
    name = language.capitalise(
        topic_in_sentence(language, noun.one, topic.id, naming.say(topic.title))
    )
    answers = Link(
        language.text("page.table", name=naming.sheet("answers")),
        f"{TABLES}#{table_anchor('answers')}",
    )
    key = "evidence.description_persons" if gathered.of_persons else "evidence.description"
    head = page_head(
        study,
        language,
        evidence_page(topic.id),
        language.text("evidence.title", topic=name),
        language.text(key, title=naming.say(topic.title)),
        rests_on=[*method_links(study, language), answers],
    )
    return render_page(head, list(_blocks(gathered, topic, items)), language)


def _blocks(gathered: Gathered, topic: Topic, items: list[Item]) -> Iterator[Block]:
    language = gathered.language
    if gathered.is_empty:
        yield Notice(language.text("section.waiting"))
        return
    unit = gathered.naming.say(gathered.study.organisation.unit_noun)
    key = "evidence.reading_persons" if gathered.of_persons else "evidence.reading"
    reading = language.text(key, units=unit.many)
    yield Paragraphs([reading])
    notes = _notes(gathered, items)
    if notes:
        yield Paragraphs(notes, kind="note")
    if gathered.study.instrument.indicators_of(topic.id):
        yield from _as_a_whole(gathered, topic)
    for item in items:
        yield from _of_item(gathered, item)


def _notes(gathered: Gathered, items: list[Item]) -> list[str]:
    """Whose words and whose choice the answers are, where they are not the respondents'."""
    own, naming = gathered.naming.own_words, gathered.naming
    practice = own.practice if any(item.kind is not Kind.INDICATOR for item in items) else None
    chosen = naming.chosen_counts if any(item.kind is Kind.INDICATOR for item in items) else None
    told = [naming.say(text) for text in (own.units, practice) if text]
    return [*told, *filter(None, [chosen, note_on_sheet(gathered), persons_note(gathered)])]


def _as_a_whole(gathered: Gathered, topic: Topic) -> Iterator[Block]:
    """How each unit meets the topic."""
    language, naming = gathered.language, gathered.naming
    noun = naming.say(gathered.study.instrument.topic_noun)
    unit = naming.say(gathered.study.organisation.unit_noun)
    named = topic_in_sentence(language, noun.one, topic.id, naming.say(topic.title))
    title = language.text("possible.whole", topic=language.capitalise(named))
    yield Heading(title, 2, slug("topic", topic.id))
    rule = language.text("evidence.topic_rule", the_topic=noun.the_one, the_unit=unit.the_one)
    yield Paragraphs([rule])
    yield topic_table(gathered, topic, title)


def _of_item(gathered: Gathered, item: Item) -> Iterator[Block]:
    """The question in full, the rules in words, and every answer."""
    label, naming = gathered.naming.items[item.id], gathered.naming
    yield Heading(label, 2, item_anchor(item))
    if item.label:
        yield Paragraphs([naming.say(item.text)])
    if item.kind is not Kind.INDICATOR:
        table = persons_table if gathered.of_persons else practice_table
        yield table(gathered, item, label)
        return
    notes = indicator_notes(gathered, item)
    if notes:
        yield Paragraphs(notes, kind="note")
    yield indicator_table(gathered, item, label)
