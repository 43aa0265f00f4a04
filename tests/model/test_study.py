"""A study: its file, its rulings, what names a unit or a form, and which reports it asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.rulings import RULING_COLUMNS
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.model.spoiled import at, problems_of, spoil
from tests.small import STUDY, load, make_project

HEAD = ",".join(RULING_COLUMNS)
REPORT = {"notebook": "n", "title": {"da": "Titel"}, "summary": {"da": "S"}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def rulings(folder: Path, *lines: str) -> Path:
    path = folder / "adjudications.csv"
    path.write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return path


def test_the_rules_are_those_of_the_design_unless_the_study_says_otherwise(folder: Path) -> None:
    assert load(folder).rules.model_dump() == {
        "partly": "judge",
        "min_peers": 2,
        "peer_quantile": 0.5,
        "split": "no",
        "absent": "out",
        "missing": "out",
        "codes": {},
    }


def test_the_rule_for_split_forms_may_be_written_without_quotes(folder: Path) -> None:
    path = folder / "study.yaml"
    text = path.read_text(encoding="utf-8") + "rules:\n  split: no\n"
    path.write_text(text, encoding="utf-8")
    assert load(folder).rules.split == "no"


def test_a_study_can_be_taken_under_other_rules(folder: Path) -> None:
    study = load(folder)
    other = study.with_rules(split="any", min_peers=3)
    assert (other.rules.split, other.rules.min_peers) == ("any", 3)
    assert study.rules == Rules()
    with pytest.raises(ValidationError):
        study.with_rules(split="sometimes")


def test_units_and_forms_are_known_by_id_label_and_other_words(folder: Path) -> None:
    spoil(folder / "study.yaml", "    da: stoffer\n", "    da: stoffer\n  also: [Stof]\n")
    study = load(folder)
    assert study.unit_words == {"a": "a", "b": "b", "c": "c"}
    assert study.form_words["stof"] == study.form_words["stoffer"] == "drugs"


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "study.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("changes", "code", "near", "told"),
    [
        ({"id": "other"}, "dangling", "id: other", "one of: small-study"),
        ({"date": "2024-02-30"}, "bad_value", "date:", "2024-02-30"),
        ({"language": "danish"}, "bad_value", "language:", "“danish”"),
        ({"provenance": {"kind": "reconstructed"}}, "missing_field", "provenance:", "statement"),
        ({"provenance": {"kind": "guessed"}}, "bad_value", "kind: guessed", "“guessed”"),
        ({"provenance": {"kind": "collected", "own_words": {"remarks": {"da": "Vores."}}}},
         "bad_value", "own_words:", "kind: reconstructed"),
        ({"rules": {"split": "maybe"}}, "bad_value", "split:", "majority"),
        ({"rules": {"min_peers": 0}}, "bad_value", "min_peers:", "rules.min_peers"),
        ({"rules": {"peer_quantile": 1.5}}, "bad_value", "peer_quantile:", "1.5"),
        ({"rules": {"min_peer": 3}}, "unknown_field", "min_peer:", "Did you mean min_peers?"),
        ({"rules": {"codes": {"blanc": "no"}}}, "dangling", "blanc", "Did you mean blank?"),
        ({"accept": [{"source": "forms/a.csv", "locator": "row 1 column 1", "reason": ""}]},
         "bad_value", "reason:", "reason"),
        ({"reports": []}, "bad_value", "reports:", "at least 1"),
        ({"reports": [{"id": "r", "per": "teams", **REPORT}]}, "dangling", "per: teams",
         "Did you mean team?"),
        ({"reports": [{"id": "r", **REPORT}, {"id": "r", **REPORT}]}, "repeated", None, "report r"),
        ({"reports": [{"id": "tables", **REPORT}]}, "bad_value", "id: tables", "tables.html"),
        ({"reports": [{"id": "method", "per": "team", **REPORT}]}, "bad_value", "id: method",
         "begin with method-"),
        ({"reports": [{"id": "r-north", **REPORT}, {"id": "r", "per": "team", **REPORT}]},
         "bad_value", None, "there is a page called r-north.html already"),
        ({"reports": [{"id": "r", "tables": ["score"], **REPORT}]}, "dangling", "score",
         "Did you mean scores?"),
        ({"also_in": ["en", "da"]}, "repeated", "also_in:", "language da"),
        ({"forms": [{"id": "x", "label": {"da": "a"}}, {"id": "x", "label": {"da": "b"}}]},
         "repeated", None, "form x"),
        ({"forms": [{"id": "x", "label": {"da": "a"}}, {"id": "y", "label": {"da": "A"}}]},
         "repeated", None, "a form's word a"),
    ],
)  # fmt: skip
def test_a_fault_of_the_study_file_is_told_with_its_line(
    tmp_path: Path, changes: dict[str, Any], code: str, near: str | None, told: str
) -> None:
    folder = make_project(tmp_path, **changes)
    path = folder / "study.yaml"
    problem = next(one for one in problems_of(lambda: load(folder)) if told in str(one))
    assert problem.code == code
    if near is not None:
        assert problem.where == at(path, line_of(folder, near))
    else:
        assert problem.where.startswith(at(path, 0).removesuffix("0"))


def test_rulings_are_read(folder: Path) -> None:
    rulings(
        folder,
        'a,joint,t.1,yes,"Hørt, og set",Tovholder,2024-05-02',
        "b,,t.2,no,Aftalt,Tovholder,2024-05-02",
    )
    study = load(folder)
    assert [ruling.reason for ruling in study.rulings] == ["Hørt, og set", "Aftalt"]
    table = study.adjudications
    assert list(table.columns) == RULING_COLUMNS
    assert table["form"].tolist()[0] == "joint"
    assert pd.isna(table["form"].tolist()[1])


def test_personal_data_in_rulings_are_masked_when_they_are_loaded(folder: Path) -> None:
    rulings(folder, "a,,t.1,yes,Ring til jens@kl.dk 010190-1234,Jens 12 34 56 78,2024-05-02")
    (ruling,) = load(folder).rulings
    assert ruling.reason == "Ring til [e-mail] [cpr]"
    assert ruling.decided_by == "Jens [tlf.]"


def test_a_study_needs_no_rulings(folder: Path) -> None:
    assert list(load(folder).adjudications.columns) == RULING_COLUMNS
    rulings(folder)
    assert len(load(folder).adjudications) == 0


@pytest.mark.parametrize(
    ("line", "column", "code", "told"),
    [
        ("d,,t.1,yes,r,T,2024-05-02", "unit", "dangling", "one of: a, b, c"),
        ("a,join,t.1,yes,r,T,2024-05-02", "form", "dangling", "Did you mean joint?"),
        ("a,,t.s1,yes,r,T,2024-05-02", "indicator", "dangling", "one of: t.1, t.2"),
        ("a,,t.1,partly,r,T,2024-05-02", "answer", "bad_value", "one of: yes, no"),
        ("a,,t.1,ja,r,T,2024-05-02", "answer", "bad_value", "“ja”"),
        ("a,,t.1,yes,,T,2024-05-02", "reason", "missing_field", "reason is missing"),
        ("a,,t.1,yes,r,,2024-05-02", "decided_by", "missing_field", "decided_by is missing"),
        ("a,,t.1,yes,r,T,2024-15-02", "date", "bad_value", "“2024-15-02”"),
        ("a,,t.1,yes,r,T,", "date", "missing_field", "date is missing"),
        ("a,,t.1,yes,Hørt, og set,T,2024-05-02", "", "bad_value", "stands in quotes"),
    ],
)
def test_a_fault_of_a_ruling_is_told_with_line_and_column(
    folder: Path, line: str, column: str, code: str, told: str
) -> None:
    path = rulings(folder, "b,,t.1,yes,r,T,2024-05-02", line)
    (problem,) = problems_of(lambda: load(folder))
    assert (problem.code, problem.where) == (code, at(path, 3, column))
    assert told in str(problem)


@pytest.mark.parametrize("form", ["", "joint"])
def test_two_rulings_on_one_key_are_a_fault(folder: Path, form: str) -> None:
    path = rulings(folder, f"a,{form},t.1,yes,r,T,2024-05-02", f"a,{form},t.1,yes,r,T,2024-05-03")
    (problem,) = problems_of(lambda: load(folder))
    assert (problem.code, problem.where) == ("ruling_twice", at(path, 3))
    assert f"a, {form or 'the whole unit'}, t.1" in str(problem)


def test_rulings_on_a_form_and_on_its_unit_are_two_keys(folder: Path) -> None:
    rulings(folder, "a,,t.1,yes,r,T,2024-05-02", "a,joint,t.1,yes,r,T,2024-05-02")
    assert len(load(folder).rulings) == 2


def test_a_report_runs_once_or_for_each_group(tmp_path: Path) -> None:
    study = load(
        make_project(
            tmp_path,
            reports=[
                {"id": "all", **REPORT},
                {"id": "teams", "per": "team", **REPORT},
                {"id": "area", "per": "whole", **REPORT},
            ],
        )
    )
    assert [(run.id, run.parameters, run.title("da")) for run in study.runs()] == [
        ("all", {"study": STUDY}, "Titel"),
        ("teams-north", {"study": STUDY, "team": "north"}, "Titel: Nord"),
        ("teams-south", {"study": STUDY, "team": "south"}, "Titel: Syd"),
        ("area", {"study": STUDY, "whole": "all"}, "Titel"),
    ]
    assert study.runs()[1].page == "teams-north.html"


def test_a_group_without_units_has_no_report(tmp_path: Path) -> None:
    reports = [{"id": "teams", "per": "team", **REPORT}]
    study = load(make_project(tmp_path, {"a": "south"}, reports=reports))
    assert [run.id for run in study.runs()] == ["teams-south"]


def test_an_unknown_instrument_is_told_with_those_there_are(tmp_path: Path) -> None:
    folder = make_project(tmp_path, instrument="smal")
    (problem,) = problems_of(lambda: load(folder))
    assert "no instrument called “smal”. Did you mean small?" in str(problem)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        (("d", "joint"), "no unit called “d”"),
        (("a", "t.9"), "no indicator called “t.9”"),
    ],
)
def test_what_is_asked_for_by_name_is_told_with_what_there_is(
    folder: Path, named: tuple[str, str], told: str
) -> None:
    study: Study = load(folder)

    def ask() -> None:
        study.organisation.unit(named[0])
        study.instrument.indicator(named[1])

    (problem,) = problems_of(ask)
    assert told in str(problem).casefold()


def test_cooperation_is_checked_against_groups_and_topics(tmp_path: Path) -> None:
    folder = make_project(tmp_path, cooperation="cooperation.yaml")
    path = folder / "cooperation.yaml"
    sound = """\
level: team
questions:
  - {id: gain, text: {da: "Får I noget ud af det?"}}
focus_areas:
  - {group: north, topic: t, reason: {da: "Det haster"}}
answers:
  - {group: south, question: gain, answer: yes}
"""
    path.write_text(sound, encoding="utf-8")
    cooperation = load(folder).cooperation
    assert cooperation is not None
    assert [area.topic for area in cooperation.focus_of("north")] == ["t"]
    assert [answer.answer for answer in cooperation.answers_of("south")] == ["yes"]
    spoiled = sound.replace("topic: t,", "topic: u,").replace("group: south", "group: syd")
    path.write_text(spoiled.replace("question: gain", "question: gains"), encoding="utf-8")
    problems = problems_of(lambda: load(folder))
    assert [(problem.code, problem.where) for problem in problems] == [
        ("dangling", at(path, 5)),
        ("dangling", at(path, 7)),
        ("dangling", at(path, 7)),
    ]
    path.write_text(sound.replace("level: team", "level: teams"), encoding="utf-8")
    (problem,) = problems_of(lambda: load(folder))
    assert "Did you mean team?" in str(problem)


def test_a_project_is_found_upwards(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder.parent.parent.parent
    deep = folder / "forms" / "2024"
    deep.mkdir()
    assert Project.find(deep).root == Project.find(str(root)).root == root.resolve()
    monkeypatch.chdir(deep)
    project = Project.find()
    assert project.raw(STUDY) == root.resolve() / "data" / "raw" / STUDY
    assert project.shown(folder / "study.yaml") == f"data/raw/{STUDY}/study.yaml"


def test_where_no_project_is_the_message_says_what_one_holds(tmp_path: Path) -> None:
    (problem,) = problems_of(lambda: Project.find(tmp_path))
    assert problem.code == "no_project"
    assert str(tmp_path) in str(problem)
    assert "data/instruments and data/raw" in str(problem)


@pytest.mark.parametrize("name", ["small-studdy", "Small-study", "2014", "", "/etc"])
def test_an_unknown_study_is_told_with_those_there_are(folder: Path, name: str) -> None:
    (problem,) = problems_of(lambda: load_study(Project.find(folder), name))
    assert problem.code == "unknown_study"
    assert f"one of: {STUDY}" in str(problem)
    assert ("Did you mean small-study?" in str(problem)) == name.casefold().startswith("small")


def test_a_folder_without_a_study_file_is_no_study(folder: Path) -> None:
    (folder.parent / "reference").mkdir()
    assert Project.find(folder).studies() == [STUDY]


def test_annexes_order_the_groups_of_a_report(tmp_path: Path) -> None:
    folder = make_project(
        tmp_path,
        reports=[
            {"id": "team", "per": "team", "annex": {"north": "B", "south": "A"}, **REPORT},
            {"id": "about", "annex": "C", **REPORT},
            {"id": "main", **REPORT},
        ],
    )
    assert [(run.id, run.annex) for run in load(folder).runs()] == [
        ("team-south", "A"),
        ("team-north", "B"),
        ("about", "C"),
        ("main", None),
    ]


@pytest.mark.parametrize(
    ("annexes", "code"),
    [
        (["A", "A"], "repeated"),
        ([{"north": "A", "south": "A"}], "repeated"),
        ([{"nrth": "A"}], "dangling"),
        (["a"], "bad_value"),
        ([("team", "A")], "bad_value"),
    ],
)
def test_a_letter_stands_for_one_page_of_the_study(
    tmp_path: Path, annexes: list[Any], code: str
) -> None:
    reports = [
        {"id": f"r{place}", "annex": annex, **REPORT}
        | ({"per": "team"} if isinstance(annex, dict) else {})
        | ({"per": annex[0], "annex": annex[1]} if isinstance(annex, tuple) else {})
        for place, annex in enumerate(annexes)
    ]
    problems = problems_of(lambda: load(make_project(tmp_path, reports=reports)))
    assert code in {problem.code for problem in problems}
