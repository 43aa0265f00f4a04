"""What one needs to read the answers: topics, questions, units, groups, members and rulings."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from misbrug_analysis.model.instrument import Kind
from misbrug_analysis.presentation.datasets.description import Dataset
from misbrug_analysis.presentation.datasets.naming import Naming, stored

GROUPS = ("groups", "group")
TYPES = ("yes_no", "single", "multiple", "text", "number")

LIMITS = ("minimum", "maximum")
"""Between which a number is asked for."""

SEVERAL = "; "
"""Between the values of a cell that holds several."""


def topics(naming: Naming) -> Dataset:
    """The topics of the instrument."""
    make, say = naming.field, naming.say
    instrument = naming.study.instrument
    rows = [
        {
            "topic": topic.id,
            "title": say(topic.title),
            "text": say(topic.text) if topic.text else "",
            "addressed_to": stored(topic.addressed_to) if topic.addressed_to else "",
            "assessed": _truth(topic.assessed),
            "character": stored(topic.character) if topic.character else "",
        }
        for topic in instrument.topics
    ]
    addressees = {
        stored(topic.addressed_to): say(topic.addressed_to)
        for topic in instrument.topics
        if topic.addressed_to
    }
    characters = {
        stored(topic.character): say(topic.character)
        for topic in instrument.topics
        if topic.character
    }
    fields = [
        make("topic", key="topic_id"),
        make("title", key="topic_title"),
        make("text", key="topic_text", optional=True),
        make("addressed_to", "code", codes=addressees),
        make("assessed", "boolean", codes=naming.true_false()),
        make("character", "code", codes=characters, optional=True),
    ]
    return naming.table(
        "topics",
        fields,
        ("topic",),
        pd.DataFrame(rows),
        instrument.origin,
        not_applicable={"character": [not topic.assessed for topic in instrument.topics]},
        of_answers=False,
        sources=naming.sources(instrument.sources),
        licence=instrument.licence,
    )


def items(naming: Naming) -> Dataset:
    """The questions of the instrument, in the order they are asked."""
    make, say = naming.field, naming.say
    instrument = naming.study.instrument
    rows = [
        {
            "item": item.id,
            "topic": item.topic,
            "kind": item.kind.value,
            "type": item.type,
            "label": say(item.label) if item.label else "",
            "text": say(item.text),
            "serves": SEVERAL.join(item.serves),
            "options": SEVERAL.join(naming.options(item)),
            "minimum": item.minimum,
            "maximum": item.maximum,
            "measure": say(item.measure) if item.measure else "",
        }
        for item in instrument.items
    ]
    numeric = any(item.type == "number" for item in instrument.items)
    types = TYPES if numeric else TYPES[:-1]
    no_number = [item.type != "number" for item in instrument.items]
    fields = [
        make("item", key="item_id"),
        make("topic", "code", codes=naming.topics, points_to=("topics", "topic")),
        make("kind", "code", codes={kind.value: naming.text(f"kind.{kind}") for kind in Kind}),
        make("type", "code", codes={name: naming.text(f"type.{name}") for name in types}),
        make("label", key="item_label", optional=True),
        make("text", key="item_text"),
        make("serves", optional=True),
        make("options", optional=True),
        *(make(name, "number", optional=True, decimals=2) for name in LIMITS if numeric),
        *([make("measure", key="item_measure", optional=True)] if numeric else []),
    ]
    return naming.table(
        "items",
        fields,
        ("item",),
        pd.DataFrame(rows),
        instrument.origin,
        not_applicable={
            "label": [
                item.kind is not Kind.INDICATOR and not item.label for item in instrument.items
            ],
            "serves": [item.kind is not Kind.SUPPLEMENTARY for item in instrument.items],
            "options": [not item.options for item in instrument.items],
            **dict.fromkeys((*LIMITS, "measure"), no_number if numeric else []),
        },
        shown={
            "options": [SEVERAL.join(naming.options(item).values()) for item in instrument.items]
        },
        of_answers=False,
        sources=naming.sources(instrument.sources),
        licence=instrument.licence,
    )


def units(naming: Naming) -> Dataset:
    """Who was asked, with the group of each at every level."""
    make, levels = naming.field, naming.study.organisation.levels
    frame = naming.study.organisation.frame()
    made_up = naming.study.settings.provenance.is_made
    fields = [
        make("unit", key="unit_id", readers=False),
        make("label", key="unit_label"),
        make("code", optional=True),
    ]
    for level in levels:
        codes = naming.groups(level.id)
        described = make(level.id, "code", "level_of_unit", codes=codes, points_to=GROUPS)
        fields.append(replace(described, label=naming.levels[level.id]))
    # A unit under a made-up name is no place that could have a code.
    nameless = [made_up and not code for code in frame["code"]]
    return naming.table(
        "units",
        fields,
        ("unit",),
        frame,
        naming.own_words.units,
        not_applicable={"code": nameless},
    )


def groups(naming: Naming) -> Dataset:
    """The groups of every level, with the member that leads each."""
    make = naming.field
    organisation = naming.study.organisation
    every = [group for level in organisation.levels for group in level.groups]
    labels = {member.id: member.label for group in every for member in group.members}
    found = [(level.id, group) for level in organisation.levels for group in level.groups]
    rows = [
        {
            "level": level,
            "group": group.id,
            "label": naming.say(group.label),
            "lead": group.lead or "",
        }
        for level, group in found
    ]
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", key="group_id", readers=False),
        make("label", key="group_label"),
        make("lead", "code", codes=labels, points_to=("members", "member"), optional=True),
    ]
    alone = [not group.members for _, group in found]
    frame = pd.DataFrame(rows)
    return naming.table(
        "groups",
        fields,
        ("level", "group"),
        frame,
        not_applicable={"lead": alone},
        of_answers=False,
    )


def members(naming: Naming) -> Dataset | None:
    """Who belongs to each group by name, whether or not they are a unit that was asked."""
    make = naming.field
    rows = [
        {
            "level": level.id,
            "group": group.id,
            "member": member.id,
            "label": member.label,
            "code": member.code,
            "leads": _truth(member.id == group.lead),
        }
        for level in naming.study.organisation.levels
        for group in level.groups
        for member in group.members
    ]
    if not rows:
        return None
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.all_groups, points_to=GROUPS),
        make("member", key="member_id", readers=False),
        make("label", key="member_label"),
        make("code", optional=True),
        make("leads", "boolean", codes=naming.true_false()),
    ]
    shown = naming.grouped([str(row["level"]) for row in rows], [str(row["group"]) for row in rows])
    key = ("level", "group", "member")
    frame = pd.DataFrame(rows)
    return naming.table("members", fields, key, frame, shown={"group": shown}, of_answers=False)


def rulings(naming: Naming) -> Dataset | None:
    """Answers that a person settled, with the reasons."""
    make, study = naming.field, naming.study
    if not study.rulings:
        return None
    frame = study.adjudications.fillna("")
    frame["date"] = [ruling.date for ruling in study.rulings]
    fields = [
        make("unit", "code", codes=naming.units, points_to=("units", "unit")),
        make("form", "code", codes=naming.forms, optional=True),
        make("indicator", "code", codes=naming.indicators, points_to=("items", "item")),
        make("answer", "code", "ruled_answer", codes=naming.yes_no()),
        make("reason", key="ruling_reason"),
        make("decided_by"),
        make("date", "date", "ruling_date"),
    ]
    everywhere = {"form": [ruling.form is None for ruling in study.rulings]}
    key = ("unit", "form", "indicator")
    own = naming.own_words.units
    return naming.table("rulings", fields, key, frame, own, not_applicable=everywhere)


def _truth(holds: bool) -> str:
    return "true" if holds else "false"
