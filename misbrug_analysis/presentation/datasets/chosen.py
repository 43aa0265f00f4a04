"""Which topics come first, what groups say of themselves, and who is advised to do what."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from misbrug_analysis.analysis.areas import (
    criterion_values,
    first_count,
    groups_wishing,
    rank_intervals,
    weightings,
)
from misbrug_analysis.model.areas import HIGHEST, LOWEST, Areas, Criterion, Published
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import Naming

TOPICS = ("topics", "topic")
GROUPS = ("groups", "group")
RANKS = ("best", "worst", "inner_best", "inner_worst")


def priorities(naming: Naming, results: Results) -> Dataset | None:
    """What each criterion gives each topic, and its ranks, for every group of the largest level."""
    study, make = naming.study, naming.field
    if study.areas is None:
        return None
    areas, groups = study.areas, study.organisation.largest.group_ids
    frame = pd.concat([_ranked(study, areas, results.scores, group) for group in groups])
    first = first_count(areas, len(study.instrument.assessed_topics))
    words = {
        "among": naming.language.plural("areas.among", first, n=naming.language.numeral(first)),
        "count": naming.language.number(len(weightings(len(areas.criteria)))),
    }
    fields = [
        make("group", "code", codes=naming.groups(study.organisation.largest.id), points_to=GROUPS),
        make("topic", "code", codes=naming.topics, points_to=TOPICS),
        *_criteria(naming, areas),
        make("rank", "number", "rank_rank", optional=True, decimals=1),
        *(make(name, "integer", f"rank_{name}", optional=True) for name in RANKS),
        make("among_first", "share", "rank_among_first", words, optional=True, decimals=1),
        make("leads", "share", "rank_leads", words, optional=True, decimals=1),
    ]
    nowhere: dict[str, list[bool]] = {}
    if areas.published:
        frame["chosen_as"] = [_chosen(areas.published, topic) for topic in frame["topic"]]
        nowhere["chosen_as"] = (frame["chosen_as"] == "").tolist()
        codes = {part: naming.language.text(f"areas.{part}") for part in ("foundation", "other")}
        words = {"source": naming.say(areas.published.source)}
        fields.append(make("chosen_as", "code", words=words, codes=codes, optional=True))
    return naming.table(
        "priorities",
        fields,
        ("group", "topic"),
        frame,
        areas.ratings_statement,
        naming.chosen_counts,
        not_applicable=nowhere,
    )


def _chosen(published: Published, topic: str) -> str:
    """What the study itself picked a topic out as, if anything."""
    if topic in published.foundation:
        return "foundation"
    return "other" if topic in published.others else ""


def ratings(naming: Naming) -> Dataset | None:
    """How each topic is rated by each criterion that is a rating, with the reason."""
    areas, make = naming.study.areas, naming.field
    if areas is None or not areas.rated:
        return None
    rows = [
        {
            "topic": rating.topic,
            **{f"rating_{criterion}": rating.scores[criterion] for criterion in areas.rated},
            "reason": naming.say(rating.reason),
        }
        for rating in areas.ratings
    ]
    described = make("rating", "integer", words={"lowest": LOWEST, "highest": HIGHEST})
    rated = [criterion for criterion in areas.criteria if criterion.id in areas.rated]
    fields = [
        make("topic", "code", codes=naming.topics, points_to=TOPICS),
        *(_of_criterion(naming, described, criterion, "rating") for criterion in rated),
        make("reason", key="rating_reason"),
    ]
    frame, note = pd.DataFrame(rows), areas.ratings_statement
    return naming.table("ratings", fields, ("topic",), frame, note, of_answers=False)


def cooperation_areas(naming: Naming) -> Dataset | None:
    """The study's areas to cooperate on, a row for each topic of each."""
    areas, make = naming.study.areas, naming.field
    if areas is None or not areas.areas:
        return None
    rows = [
        {"area": area.id, "label": naming.say(area.label), "topic": topic}
        for area in areas.areas
        for topic in area.topics
    ]
    fields = [
        make("area", key="area_letter"),
        make("label", key="area_label"),
        make("topic", "code", codes=naming.topics, points_to=TOPICS),
    ]
    frame, note, key = pd.DataFrame(rows), areas.areas_statement, ("area", "topic")
    return naming.table("cooperation_areas", fields, key, frame, note, of_answers=False)


def _criteria(naming: Naming, areas: Areas) -> list[Field]:
    """A column for each criterion, with the study's own words for it."""
    described = naming.field("criterion", "number", optional=True, decimals=2, measure="scale")
    return [
        _of_criterion(naming, described, criterion, "criterion") for criterion in areas.criteria
    ]


def _of_criterion(naming: Naming, described: Field, criterion: Criterion, prefix: str) -> Field:
    return replace(
        described,
        name=f"{prefix}_{criterion.id}",
        label=naming.say(criterion.label),
        about=f"{naming.say(criterion.explains)} {described.about}",
    )


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
    # A topic without a value has no rank, and whole numbers are to stay whole beside it.
    whole = ranking.astype(dict.fromkeys(RANKS, "Int64"))
    table = values.add_prefix("criterion_").join(whole)
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
        make("group", "code", codes=naming.groups(cooperation.level), points_to=GROUPS),
        make("topic", "code", codes=naming.topics, points_to=TOPICS),
        make("reason", key="wish_reason"),
    ]
    frame, key = pd.DataFrame(rows), ("group", "topic")
    # A group may wish for a topic twice, for two reasons.
    unique = () if frame.duplicated(list(key)).any() else key
    return naming.table("wishes", fields, unique, frame, naming.own_words.focus_areas)


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
    plain = naming.language.plainly
    labels = {answer: plain.text(f"answer.label.{answer}") for answer in ("yes", "partly", "no")}
    fields = [
        make("group", "code", codes=naming.groups(cooperation.level), points_to=GROUPS),
        make("question", "code", "statement", codes=statements),
        make("answer", "code", "feedback_answer", codes=labels),
        make("remark", key="feedback_remark", optional=True),
    ]
    own, frame = naming.own_words, pd.DataFrame(rows)
    remarks = own.remarks if frame["remark"].any() else None
    return naming.table("feedback", fields, ("group", "question"), frame, own.feedback, remarks)


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
    explained = {origin: naming.say(note.explains) for origin, note in actions.origins.items()}
    capital = naming.language.capitalise
    actors = {actor.id: capital(naming.say(actor.label)) for actor in actions.actors}
    themes = {theme.id: naming.say(theme.label) for theme in actions.themes}
    fields = [
        make("action", "integer"),
        make("actor", "code", codes=actors),
        make("topic", "code", codes=naming.topics, points_to=TOPICS, optional=True),
        *([make("theme", "code", codes=themes, optional=True)] if themes else []),
        make("text", key="action_text"),
        make("origin", "code", codes=origins, explained=explained),
    ]
    frame = pd.DataFrame(rows)
    nowhere = {name: (frame[name] == "").tolist() for name in ("topic", "theme")}
    return naming.table(
        "actions",
        fields,
        ("action", "actor"),
        frame,
        not_applicable=nowhere,
        of_answers=False,
    )


def possible_counts(naming: Naming) -> Dataset | None:
    """The counts that the source leaves open where answers are reconstructed."""
    possible, make = naming.study.possible, naming.field
    if not possible:
        return None
    frame = pd.DataFrame([row.model_dump() for row in possible.values()])
    fields = [
        make("item", "code", "scored", codes=naming.scored, points_to=("scores", "item")),
        make("group", "code", codes=naming.all_groups, points_to=GROUPS),
        make("fewest", "integer", measure="units"),
        make("most", "integer", measure="units"),
    ]
    declared = naming.study.settings.provenance.possible
    note = declared.explains if declared else None
    return naming.table("possible_counts", fields, ("item", "group"), frame, note)
