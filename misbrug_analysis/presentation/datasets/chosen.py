"""Which topics come first, what groups say of themselves, and who is advised to do what."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from misbrug_analysis.analysis.areas import (
    criterion_values,
    first_count,
    groups_wishing,
    rank_intervals,
)
from misbrug_analysis.model.areas import Areas
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import Naming

TOPICS = ("topics", "topic")
RANKS = ("rank", "best", "worst", "inner_best", "inner_worst")
SHARES = ("among_first", "leads")


def priorities(naming: Naming, results: Results) -> Dataset | None:
    """What each criterion gives each topic, and its ranks, for every group of the largest level."""
    study, make = naming.study, naming.field
    if study.areas is None:
        return None
    groups = study.organisation.largest.group_ids
    frame = pd.concat([_ranked(study, study.areas, results.scores, group) for group in groups])
    fields = [
        make("group", "code", codes=naming.groups(study.organisation.largest.id)),
        make("topic", "code", codes=naming.topics, points_to=TOPICS),
        *_criteria(naming, study.areas),
        *(make(name, "number", f"rank_{name}", optional=True) for name in RANKS),
        *(make(name, "share", f"rank_{name}", optional=True, decimals=1) for name in SHARES),
    ]
    note = study.areas.ratings_statement
    return naming.table("priorities", fields, ("group", "topic"), frame, note)


def _criteria(naming: Naming, areas: Areas) -> list[Field]:
    """A column for each criterion, with the study's own words for it."""
    described = naming.field("criterion", "number", optional=True, decimals=2)
    return [
        replace(
            described,
            name=f"criterion_{criterion.id}",
            label=naming.say(criterion.label),
            about=f"{naming.say(criterion.explains)} {described.about}",
        )
        for criterion in areas.criteria
    ]


def _ranked(study: Study, areas: Areas, scores: pd.DataFrame, group: str) -> pd.DataFrame:
    """The values and ranks of the topics for a group of the largest level, as pages show them."""
    topics = [topic.id for topic in study.instrument.assessed_topics]
    cooperation = study.cooperation
    asked = len(study.organisation.level(cooperation.level).groups) if cooperation else 0
    of_group = scores[
        (scores["level"] == study.organisation.largest.id) & (scores["group"] == group)
    ]
    wishing = groups_wishing(cooperation, topics)
    values = criterion_values(areas, of_group, wishing, asked)
    ranking = rank_intervals(values, first_count(areas, len(topics)))
    table = values.add_prefix("criterion_").join(ranking)
    return table.rename_axis("topic").reset_index().assign(group=group)


def wishes(naming: Naming) -> Dataset | None:
    """The topics that groups want to work on."""
    cooperation, make = naming.study.cooperation, naming.field
    if cooperation is None or not cooperation.focus_areas:
        return None
    rows = [
        {"group": area.group, "topic": area.topic, "reason": naming.say(area.reason)}
        for area in cooperation.focus_areas
    ]
    fields = [
        make("group", "code", codes=naming.groups(cooperation.level)),
        make("topic", "code", codes=naming.topics, points_to=TOPICS),
        make("reason", key="wish_reason"),
    ]
    own = naming.study.settings.provenance.own_words
    note = own.focus_areas if own else None
    return naming.table("wishes", fields, (), pd.DataFrame(rows), note)


def feedback(naming: Naming) -> Dataset | None:
    """What groups answer to statements about the cooperation."""
    cooperation, make = naming.study.cooperation, naming.field
    if cooperation is None or not cooperation.answers:
        return None
    statements = {question.id: naming.say(question.text) for question in cooperation.questions}
    rows = [
        {
            "group": answer.group,
            "question": answer.question,
            "answer": answer.answer,
            "remark": naming.say(answer.remark) if answer.remark else "",
        }
        for answer in cooperation.answers
    ]
    labels = {answer: naming.answers[answer] for answer in ("yes", "partly", "no")}
    fields = [
        make("group", "code", codes=naming.groups(cooperation.level)),
        make("question", "code", "statement", codes=statements),
        make("answer", "code", "feedback_answer", codes=labels),
        make("remark", key="feedback_remark", optional=True),
    ]
    own = naming.study.settings.provenance.own_words
    note = own.feedback if own else None
    return naming.table("feedback", fields, ("group", "question"), pd.DataFrame(rows), note)


def actions(naming: Naming) -> Dataset | None:
    """Recommended actions, a row for each actor of each."""
    actions, make = naming.study.actions, naming.field
    if actions is None:
        return None
    rows = [
        {
            "action": number,
            "actor": actor,
            "topic": action.topic or "",
            "theme": action.theme or "",
            "text": naming.say(action.text),
            "origin": action.origin,
        }
        for number, action in enumerate(actions.actions, 1)
        for actor in action.actors
    ]
    origins = {origin: naming.say(note.label) for origin, note in actions.origins.items()}
    capital = naming.language.capitalise
    actors = {actor.id: capital(naming.say(actor.label)) for actor in actions.actors}
    themes = {theme.id: naming.say(theme.label) for theme in actions.themes}
    fields = [
        make("action", "integer"),
        make("actor", "code", codes=actors),
        make("topic", "code", codes=naming.topics, points_to=TOPICS, optional=True),
        *([make("theme", "code", codes=themes, optional=True)] if themes else []),
        make("text", key="action_text"),
        make("origin", "code", codes=origins),
    ]
    frame = pd.DataFrame(rows)
    nowhere = {name: (frame[name] == "").tolist() for name in ("topic", "theme")}
    return naming.table("actions", fields, ("action", "actor"), frame, not_applicable=nowhere)


def possible_counts(naming: Naming) -> Dataset | None:
    """The counts that the source leaves open where answers are reconstructed."""
    possible, make = naming.study.possible, naming.field
    if not possible:
        return None
    frame = pd.DataFrame([row.model_dump() for row in possible.values()])
    fields = [
        make("item", "code", "scored", codes=naming.scored),
        make("group", "code", codes=naming.all_groups),
        make("fewest", "integer", measure="units"),
        make("most", "integer", measure="units"),
    ]
    declared = naming.study.settings.provenance.possible
    note = declared.explains if declared else None
    return naming.table("possible_counts", fields, ("item", "group"), frame, note)
