"""Recommended actions: who, about what, from where; and every fault at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.actions import Actions
from misbrug_analysis.model.study import Study
from tests.model.spoiled import at, problems_of, spoil
from tests.small import load, make_project
from tests.small_actions import ACTIONS, with_actions


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_actions(tmp_path)


@pytest.fixture
def study(folder: Path) -> Study:
    return load(folder)


@pytest.fixture
def actions(study: Study) -> Actions:
    assert study.actions is not None
    return study.actions


def test_an_action_is_about_a_topic_a_theme_or_the_cooperation(actions: Actions) -> None:
    assert [action.text["da"] for action in actions.about_topic("t")] == ["Følg op.", "Mål det."]
    assert [action.text["da"] for action in actions.about_theme("young")] == ["Spørg de unge."]
    assert [action.text["da"] for action in actions.about_cooperation()] == ["Mødes."]


def test_an_actor_has_what_it_does_alone_and_with_others(actions: Actions) -> None:
    assert [action.text["da"] for action in actions.of_actor("board")] == ["Mål det.", "Mødes."]


def test_a_link_is_found_from_either_end(actions: Actions) -> None:
    assert [link.other("t") for link in actions.links_of("t")] == ["later"]
    assert [link.other("later") for link in actions.links_of("later")] == ["t"]


def test_an_actor_that_is_a_body_has_the_bodys_role(study: Study, actions: Actions) -> None:
    bodies = study.organisation.bodies
    roles = [actions.role_of(actor, bodies)["da"] for actor in actions.actors]
    assert roles == ["Behandler.", "Bestemmer.", "Betaler."]


def test_a_study_without_the_file_has_no_actions(tmp_path: Path) -> None:
    assert load(make_project(tmp_path)).actions is None


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("{topic: later, actors", "{topic: last, actors", "dangling", "topic points to last"),
        ("{theme: young,", "{theme: yong,", "dangling", "Did you mean young?"),
        ("actors: [state]", "actors: [stat]", "dangling", "Did you mean state?"),
        ("actors: [state]", "actors: []", "bad_value", "actors"),
        ("[sites, board]", "[sites, sites]", "repeated", "actor sites"),
        ("{theme: young,", "{theme: young, topic: t,", "bad_value", "a topic or a theme, not both"),
        ("Giv penge.}, origin: report", "Giv penge.}, origin: adapted", "dangling", "report, ours"),
        ("Giv penge.}, origin: report", "Giv penge.}, origin: theirs", "bad_value", "“theirs”"),
        ("body: council", "body: concil", "dangling", "Did you mean council?"),
        (", role: {da: Betaler.}", "", "missing_field", "the role of state"),
        ("id: state", "id: sites", "repeated", "actor sites"),
        ("[t, later]", "[t, t]", "bad_value", "cannot be linked to itself"),
        ("[t, later]", "[t, last]", "dangling", "topic points to last"),
        ("[t, later]", "[t]", "bad_value", "topics"),
        ("  - {id: young, label: {da: Unge}}\n", "  - {id: young, labl: {da: Unge}}\n",
         "unknown_field", "Did you mean label?"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(
    folder: Path, old: str, new: str, code: str, told: str
) -> None:
    path = folder / "actions.yaml"
    line = spoil(path, old, new)
    problem = next(found for found in problems_of(lambda: load(folder)) if told in str(found))
    assert (problem.code, problem.where) == (code, at(path, line))


def test_a_link_stands_once_whichever_way_it_is_written(folder: Path) -> None:
    path = folder / "actions.yaml"
    path.write_text(ACTIONS + "  - {topics: [later, t], reason: {da: Igen.}}\n", encoding="utf-8")
    (problem,) = problems_of(lambda: load(folder))
    assert (problem.code, problem.where) == ("repeated", at(path, ACTIONS.count("\n") + 1))


def test_all_faults_are_told_at_once(folder: Path) -> None:
    path = folder / "actions.yaml"
    lines = [spoil(path, "{theme: young,", "{theme: old,"), spoil(path, "[t, later]", "[t, last]")]
    assert [problem.where for problem in problems_of(lambda: load(folder))] == [
        at(path, line) for line in lines
    ]
