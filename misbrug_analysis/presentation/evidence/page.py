"""A page for each topic that has questions, or for each question, made without a notebook."""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.model.instrument import Item, Kind, Topic
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.addresses import (
    TABLES,
    evidence_page,
    has_page_an_item,
    table_anchor,
)
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Notice, Paragraphs
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
    (``answer_anchor``), but before the first answer. Of many units the page of a topic leads to a
    page for each of its items.
    """
    gathered = Gathered(study, results, language)
    pages: dict[str, str] = {}
    for topic in study.instrument.topics:
        items = study.instrument.items_of(topic.id)
        if not items:
            continue
        pages[evidence_page(study, topic.id)] = _page(gathered, topic, items)
        for item in items if has_page_an_item(study) else ():
            pages[evidence_page(study, item.id)] = _page_of_item(gathered, topic, item)
    return pages


def _page(gathered: Gathered, topic: Topic, items: list[Item]) -> str:
    blocks = _of_topic(gathered, topic, items)
    return _rendered(gathered, topic, topic.id, _name(gathered, topic), items, blocks)


def _page_of_item(gathered: Gathered, topic: Topic, item: Item) -> str:
    title = gathered.language.text("evidence.title", topic=_name(gathered, topic))
    up = Link(title, evidence_page(gathered.study, topic.id))
    name = gathered.naming.items[item.id]
    return _rendered(gathered, topic, item.id, name, [item], _of_item(gathered, item), up)


def _rendered(
    gathered: Gathered,
    topic: Topic,
    about: str,
    name: str,
    items: list[Item],
    blocks: Iterator[Block],
    *up: Link,
) -> str:
    """The page on an item or topic (``about``): head, how to read it, notes, and its blocks."""
    study, language, naming = gathered.study, gathered.language, gathered.naming
    answers = Link(
        language.text("page.table", name=naming.sheet("answers")),
        f"{TABLES}#{table_anchor('answers')}",
    )
    key = "evidence.description_persons" if gathered.of_persons else "evidence.description"
    head = page_head(
        study,
        language,
        evidence_page(study, about),
        language.text("evidence.title", topic=name),
        language.text(key, title=naming.say(topic.title)),
        rests_on=[*up, *method_links(study, language), answers],
    )
    if gathered.is_empty:
        return render_page(head, [Notice(language.text("section.waiting"))], language)
    return render_page(head, [*_opening(gathered, items), *blocks], language)


def _name(gathered: Gathered, topic: Topic) -> str:
    """A topic's name as a title says it: ``Topic 5``."""
    language, naming = gathered.language, gathered.naming
    noun = naming.say(gathered.study.instrument.topic_noun)
    return language.capitalise(
        topic_in_sentence(language, noun.one, topic.id, naming.say(topic.title))
    )


def _opening(gathered: Gathered, items: list[Item]) -> Iterator[Block]:
    """How the tables are read, and whose words they are in."""
    unit = gathered.naming.say(gathered.study.organisation.unit_noun)
    key = "evidence.reading_persons" if gathered.of_persons else "evidence.reading"
    yield Paragraphs([gathered.language.text(key, units=unit.many)])
    notes = _notes(gathered, items)
    if notes:
        yield Paragraphs(notes, kind="note")


def _of_topic(gathered: Gathered, topic: Topic, items: list[Item]) -> Iterator[Block]:
    """The topic as a whole, then its items; or first the ways to their pages."""
    apart = has_page_an_item(gathered.study)
    if apart:
        yield from _ways(gathered, items)
    if gathered.study.instrument.indicators_of(topic.id):
        yield from _as_a_whole(gathered, topic)
    for item in items if not apart else ():
        yield Heading(gathered.naming.items[item.id], 2, item_anchor(item))
        yield from _of_item(gathered, item)


def _ways(gathered: Gathered, items: list[Item]) -> Iterator[Block]:
    """The page of each item."""
    names = gathered.naming.items
    yield Heading(gathered.language.text("evidence.each"), 2, "questions")
    yield Bullets([Link(names[item.id], evidence_page(gathered.study, item.id)) for item in items])


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
