"""The counts of the reconstructed study: what agrees with 2014, and which of it is chosen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from misbrug_analysis.model.study import Study
from tests.studies.reconstructed import (
    CLUSTERS,
    RECONSTRUCTION,
    STUDY,
    chosen_sets,
    counts,
    feasible_sets,
    rows_of,
)


def test_rebuilding_gives_the_committed_bytes(tmp_path: Path) -> None:
    script = RECONSTRUCTION / "build.py"
    subprocess.run([sys.executable, script, "--to", tmp_path], check=True, cwd=tmp_path)
    committed = [*(STUDY / "forms").iterdir(), *RECONSTRUCTION.glob("*.csv")]
    committed.append(STUDY / "possible_counts.csv")
    expected = {path.relative_to(STUDY).as_posix(): path.read_bytes() for path in committed}
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    built = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in files}
    assert built.keys() == expected.keys()
    assert [name for name in expected if built[name] != expected[name]] == []


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ([4, 1, 5, 0, 6, 0], [0, 0, 4, 6]),  # 1.1 with Syd 4 yes 1 no, the others all yes
        ([5, 0, 3, 2, 6, 0], [0, 0, 6]),  # 1.3 with two no in Øst
        ([1, 4, 0, 5, 2, 4], [0, 4, 4]),  # 5.2 with three yes
        ([3, 2, 2, 3, 1, 5], []),
        ([17, 10], [0, 7]),
    ],
)
def test_a_transcript_keeps_all_digits_but_1_2_3_and_5(
    code: SimpleNamespace, printed: list[int], kept: list[int]
) -> None:
    assert code.feasible.surviving_digits(printed, "1235") == kept


def test_published_digits_are_those_of_the_transcript(code: SimpleNamespace) -> None:
    facts = code.published.load_published()
    charts = {one.id: one.chart.surviving for one in facts.indicators if one.chart}
    assert charts == {
        "1.1": [0, 0, 4, 6],
        "1.3": [0, 0, 6],
        "2.1": [],
        "2.2": [],
        "2.3": [],
        "5.1": [0, 4],
        "5.2": [0, 4, 4],
        "7.2": [4, 4],
        "10.1": [4, 4],
        "12.1": [],
    }


def test_every_listed_set_prints_the_digits_it_is_said_to_print(code: SimpleNamespace) -> None:
    facts = code.published.load_published()
    charts = {one.id: one.chart.surviving for one in facts.indicators if one.chart}
    wrong = [
        row
        for row in rows_of("feasible_counts.csv")
        if row["indicator"] in charts
        and (row["digits"] == "yes")
        != (
            sorted(
                int(digit)
                for number in (*counts(row, "yes"), *counts(row, "no"))
                for digit in str(number)
                if digit in "046789"
            )
            == charts[row["indicator"]]
        )
    ]
    assert wrong == []


def test_sets_that_agree_by_default_keep_to_the_words() -> None:
    totals = {
        name: {sum(yes) for yes in feasible_sets("absent_out", name)}
        for name in ("1.2", "1.3", "5.1", "5.2", "10.1", "12.1")
    }
    assert totals["1.2"] == {16}
    assert totals["1.3"] == {13, 14}  # all but 2 or 3; the digits allow neither 1 nor 5
    assert totals["5.1"] <= set(range(9, 16))
    assert totals["5.2"] == {3}
    assert max(totals["10.1"]) <= 12
    assert max(totals["12.1"]) < 8
    assert all(min(yes) >= 1 for yes in feasible_sets("absent_out", "10.1"))


def test_1_1_agrees_only_where_the_absent_unit_counts_as_a_no() -> None:
    assert feasible_sets("absent_out", "1.1") == []
    assert feasible_sets("absent_as_no", "1.1") == [(4, 5, 6)]
    assert set(feasible_sets("absent_as_no_in_words_only", "1.1")) == {(4, 5, 6), (5, 4, 6)}


def test_sets_that_do_not_agree_are_not_listed() -> None:
    assert set(feasible_sets("absent_out", "5.2")) == {(1, 0, 2), (0, 1, 2)}
    assert (5, 5, 6) not in feasible_sets("absent_out", "5.1")
    joint = [row for row in rows_of("feasible_joint.csv") if row["setting"] == "absent_out"]
    met_by = {counts(row, "all") for row in joint}
    # About half of five is 2 or 3, of six 3; Øst is never the cluster with one.
    assert met_by == {(1, 2, 3), (1, 3, 3), (2, 2, 1), (2, 3, 1), (3, 2, 1), (3, 3, 1)}


def test_one_set_is_chosen_for_each_indicator() -> None:
    rows = [row for row in rows_of("feasible_counts.csv") if row["chosen"] == "yes"]
    assert [row["both"] for row in rows] == ["yes"] * 15
    assert {row["indicator"] for row in rows if row["setting"] != "absent_out"} == {"1.1"}
    assert len({row["indicator"] for row in rows}) == 15
    joint = [row for row in rows_of("feasible_joint.csv") if row["chosen"] == "yes"]
    assert len(joint) == 1
    assert {name: counts(joint[0], name) for name in ("2.1", "2.2", "2.3")} == {
        name: chosen_sets()[name] for name in ("2.1", "2.2", "2.3")
    }


@pytest.mark.parametrize(
    ("feasible", "sizes", "chosen"),
    [
        ([(0,), (1,), (4,)], (5,), (1,)),  # the middle of 0 to 4 is 2, and 1 is nearest
        ([(2, 0), (1, 1)], (2, 2), (1, 1)),  # the more even one
        ([(1,), (2,)], (2,), (2,)),  # as near the middle and as even: the larger total
        ([(0, 1), (1, 0)], (2, 2), (1, 0)),  # the larger yes first
    ],
)
def test_the_chosen_set_claims_least(
    code: SimpleNamespace,
    feasible: list[tuple[int, ...]],
    sizes: tuple[int, ...],
    chosen: tuple[int, ...],
) -> None:
    assert code.feasible.choose(feasible, sizes) == chosen


def test_every_chosen_count_is_among_the_possible_ones(study: Study) -> None:
    chosen = {item: (*yes, sum(yes)) for item, yes in chosen_sets().items()}
    groups = (*CLUSTERS, "sjaelland")
    outside = [
        (item, group, n)
        for item, counted in chosen.items()
        for group, n in zip(groups, counted, strict=True)
        if not study.possible[item, group].fewest <= n <= study.possible[item, group].most
    ]
    assert outside == []


@pytest.mark.parametrize(
    ("item", "region"),
    [
        ("1.2", (16, 16)),  # all are all
        ("1.1", (15, 15)),  # in no set with Stevns left out; 4, 5, 6 or 5, 4, 6 with it as a no
        ("2.1", (5, 11)),
        ("5.1", (9, 14)),
        ("5.2", (3, 3)),  # 1, 0, 2 or 0, 1, 2
        ("7.2", (3, 13)),
        ("10.1", (3, 11)),
        ("12.1", (5, 7)),
        ("2", (5, 7)),  # 1 and twice about half, as the sentence on the recommendation has it
        ("5", (0, 3)),  # the three of 5.2 may be others than those of 5.1, or among them
    ],
)
def test_what_the_report_leaves_open(study: Study, item: str, region: tuple[int, int]) -> None:
    found = study.possible[item, "sjaelland"]
    assert (found.fewest, found.most) == region


def test_a_cluster_is_left_more_open_than_its_region(study: Study) -> None:
    spans = {group: study.possible["5.2", group] for group in CLUSTERS}
    assert {group: (one.fewest, one.most) for group, one in spans.items()} == {
        "syd": (0, 1),
        "oest": (0, 1),
        "vest": (2, 2),
    }


def test_spans_are_of_each_cluster_and_of_all_together(code: SimpleNamespace) -> None:
    assert code.possible_counts.span([(1, 0, 2), (0, 1, 2)]) == [(0, 1), (0, 1), (2, 2), (3, 3)]


def test_a_span_of_several_indicators_lets_the_yes_fall_together_or_apart(
    code: SimpleNamespace,
) -> None:
    # Of 5 units 3 say yes to each: 1 to 3 to both. Of 4 units 2 and 1 do: 0 or 1 to both.
    columns = [[(3, 2)], [(3, 1)]]
    assert code.possible_counts.span_of_all(columns, (5, 4)) == [(1, 3), (0, 1), (1, 4)]


def test_units_that_meet_all_lie_between_bounds(code: SimpleNamespace) -> None:
    assert list(code.feasible_joint.joint_range((3, 3, 3), 5)) == [0, 1, 2, 3]
    assert list(code.feasible_joint.joint_range((5, 5, 3), 6)) == [1, 2, 3]
