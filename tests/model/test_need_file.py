"""The need file of a study: what it names is there, and faults stand at their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.errors import shown
from misbrug_analysis.model.need import Need
from misbrug_analysis.model.project import Project
from tests.model.spoiled import at, problems_of, spoil
from tests.needs import NEED, make_need_project, write_yaml
from tests.small import load, make_project


def need_of(folder: Path) -> Need:
    need = load(folder).need
    assert need is not None
    return need


def test_a_study_without_a_need_file_has_no_need(tmp_path: Path) -> None:
    assert load(make_project(tmp_path)).need is None


def test_measures_come_with_their_bands_and_national_figures(tmp_path: Path) -> None:
    table = need_of(make_need_project(tmp_path)).measure_table()
    assert table["bands"].tolist() == [[18, 25], [18, 25], [18]]
    assert table.loc["m_both", ["value", "low", "high"]].tolist() == [90, 45, 180]
    assert table["value"].isna().tolist() == [False, False, True]
    assert table["low"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("old", "new", "code", "told"),
    [
        ("estimate: span", "estimate: spann", "dangling", "Did you mean span?"),
        ("estimate: later", "estimate: gone", "dangling", "estimate points to gone"),
        ("- m_span", "- m_spam", "dangling", "Did you mean m_span?"),
        ("domain: b\n", "domain: c\n", "dangling", "domain points to c"),
        ("ages: 0-17", "ages: 0-16", "bad_value", "bands begin at 0, 18, 25"),
        ("ages: 0-17", "ages: minors", "bad_value", "is no age group"),
        ("- m_span\n", "- m_both\n", "repeated", "chart m_both stands more than once"),
        ("- id: b\n", "- id: a\n", "repeated", "domain a stands more than once"),
        ("- id: m_span\n", "- id: m_both\n", "repeated", "measure m_both stands more than once"),
        ("short:\n    da: Kort span\n", "cite: x\n  short: {da: K}\n", "unknown_field", "cite"),
        (
            "population: people.csv",
            "population: ../people.csv",
            "bad_value",
            "not written in the way",
        ),
        ("https://map.example/", "javascript:alert(1)", "bad_value", "not written in the way"),
        (
            "label:\n    da: borgere med span\n",
            "labels: x\n",
            "unknown_field",
            "Did you mean label?",
        ),
    ],
)
def test_a_fault_names_the_file_and_what_is_wrong(
    tmp_path: Path, old: str, new: str, code: str, told: str
) -> None:
    path = make_need_project(tmp_path) / "need.yaml"
    line = spoil(path, old, new)
    problems = problems_of(lambda: load(path.parent))
    found = [problem for problem in problems if problem.code == code and told in problem.what]
    assert [problem.where for problem in found] == [at(path, line)], problems


def test_a_member_whose_code_is_unknown_is_a_fault_at_its_line(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    line = spoil(folder / "organisation.yaml", "code: '02'", "code: '99'")
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where == at(folder / "organisation.yaml", line)
    assert "code points to 99" in problem.what


def test_a_member_without_a_code_cannot_be_counted(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    spoil(folder / "organisation.yaml", "      code: '02'\n", "")
    (problem,) = problems_of(lambda: load(folder))
    assert problem.what == "the code of boeg is missing."


def test_a_study_with_need_names_its_members(tmp_path: Path) -> None:
    folder = make_project(tmp_path / "bare")
    full = make_need_project(tmp_path / "full")
    (full / "organisation.yaml").write_bytes((folder / "organisation.yaml").read_bytes())
    (problem,) = problems_of(lambda: load(full))
    assert problem.code == "missing_field"
    assert "members" in problem.what


def test_the_map_shows_only_known_areas_and_all_members(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    drawn = Project.find(folder).reference / "map.geojson"
    spoil(drawn, '"code": "02"', '"code": "77"')
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where.endswith("map.geojson, area 77")
    spoil(drawn, '"code": "77"', '"code": "04"')
    (problem,) = problems_of(lambda: load(folder))
    assert "code points to 02" in problem.what


@pytest.mark.parametrize("missing", ["boundaries", "boundaries_origin"])
def test_a_map_and_its_origin_go_together(tmp_path: Path, missing: str) -> None:
    folder = make_need_project(tmp_path)
    write_yaml(folder / "need.yaml", {k: v for k, v in NEED.items() if k != missing})
    (problem,) = problems_of(lambda: load(folder))
    assert problem.what == f"{missing} is missing."


def test_a_map_without_areas_is_a_fault(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    drawn = Project.find(folder).reference / "map.geojson"
    drawn.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where.endswith("map.geojson")
    assert "it holds no area" in problem.what


@pytest.mark.parametrize("name", ["people.csv", "estimates.csv", "map.geojson"])
def test_a_missing_reference_file_sends_the_reader_to_the_need_file(
    tmp_path: Path, name: str
) -> None:
    folder = make_need_project(tmp_path)
    (Project.find(folder).reference / name).unlink()
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where.endswith(name)
    assert problem.next_step.endswith(f"correct the name in {shown(folder / 'need.yaml')}.")


def test_ages_in_which_nobody_lives_are_told_with_the_population_file(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    people = Project.find(folder).reference / "people.csv"
    text = people.read_text("utf-8")
    for old, new in [
        ("10,70", "0,80"),
        ("30,130", "0,160"),
        ("12,448", "0,460"),
        ("48,152", "0,200"),
    ]:
        text = text.replace(old, new)
    people.write_text(text, "utf-8")
    problems = problems_of(lambda: load(folder))
    # The measure of those ages, and the young.
    assert [problem.where.startswith(shown(folder / "need.yaml")) for problem in problems] == [
        True, True,
    ]  # fmt: skip
    assert all("people.csv has nobody of these ages" in problem.what for problem in problems)


def test_the_latest_year_of_the_estimates_in_use_is_known(tmp_path: Path) -> None:
    assert need_of(make_need_project(tmp_path)).latest_year == 2012


def test_an_estimate_without_a_year_leaves_the_latest_unknown(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    spoil(Project.find(folder).reference / "estimates.csv", "2009,reference", ",")
    assert need_of(folder).latest_year is None


def test_no_map_is_fine(tmp_path: Path) -> None:
    folder = make_need_project(tmp_path)
    left_out = ("boundaries", "boundaries_origin")
    write_yaml(folder / "need.yaml", {k: v for k, v in NEED.items() if k not in left_out})
    assert need_of(folder).boundaries == {}


def test_an_unknown_measure_lists_the_valid_ones(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there are m_both, m_point, m_span"):
        need_of(make_need_project(tmp_path)).measure("both")
