"""Who is recommended to do what in the study of 2014: nothing is missing, nobody is singled out."""

from __future__ import annotations

import re

import pytest

from misbrug_analysis.model.actions import Actions
from misbrug_analysis.model.study import Study

LINKS = {("1", "12"), ("2", "12"), ("7", "8"), ("10", "11"), ("11", "12"), ("1", "6"), ("6", "10")}
"""As domain.md lists them: 1-12, 2-12, 7-8, 10-11, 11-12, and 1 and 10 to 6."""


@pytest.fixture
def actions(study: Study) -> Actions:
    assert study.actions is not None
    return study.actions


def test_every_recommendation_says_what_is_to_be_done(study: Study, actions: Actions) -> None:
    without = [topic.id for topic in study.instrument.topics if not actions.about_topic(topic.id)]
    assert without == []


def test_only_9_rests_on_proposals_of_ours_alone(study: Study, actions: Actions) -> None:
    ours = [
        topic.id
        for topic in study.instrument.topics
        if {action.origin for action in actions.about_topic(topic.id)} == {"ours"}
    ]
    assert ours == ["9"]


def test_the_steps_for_the_cooperation_are_the_reports_where_it_says_who_takes_them(
    actions: Actions,
) -> None:
    """The third and the fourth, on KL's recommendations and on KL, it asks of nobody."""
    origins = [action.origin for action in actions.about_cooperation()]
    assert origins == ["report", "report", "adapted", "adapted", "report"]


def test_everyone_who_can_act_is_told_what_to_do(actions: Actions) -> None:
    assert [actor.id for actor in actions.actors if not actions.of_actor(actor.id)] == []
    assert [actor.id for actor in actions.actors if actor.partner] == ["kl", "region"]


def test_those_who_act_on_what_is_not_assessed_are_told_so_first(
    study: Study, actions: Actions
) -> None:
    first = {
        topic.id: actions.about_topic(topic.id)[0].actors
        for topic in study.instrument.topics
        if not topic.assessed
    }
    assert first == {"3": ["kl"], "4": ["kl"], "8": ["kl"], "11": ["region"]}


def test_the_recommendations_hang_together_as_the_report_says(actions: Actions) -> None:
    pairs = {tuple(sorted(link.topics, key=int)) for link in actions.links}
    assert pairs == LINKS


def test_no_action_names_a_municipality_or_a_cluster(study: Study, actions: Actions) -> None:
    groups = study.organisation.smallest.groups
    names = [member.label for group in groups for member in group.members]
    names += [group.label["da"] for group in groups]
    texts = [text for action in actions.actions for text in action.text.values()]
    assert [text for text in texts for name in names if name in text] == []


def test_a_recommendation_that_a_text_refers_to_exists_and_is_another(actions: Actions) -> None:
    said = re.compile(r"(?:anbefaling|recommendation) (\d+)")
    for action in actions.actions:
        for text in action.text.values():
            for number in said.findall(text):
                assert 1 <= int(number) <= 12, text
                assert number != action.topic, text


def test_every_text_is_in_danish_and_in_english(study: Study, actions: Actions) -> None:
    texts = [action.text for action in actions.actions] + [link.reason for link in actions.links]
    texts += [topic.text for topic in study.instrument.topics if topic.text]
    texts += [body.role for body in study.organisation.bodies if body.role]
    assert len(texts) > 70
    assert [text for text in texts if set(text) != {"da", "en"}] == []
