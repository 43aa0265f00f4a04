"""A report under other rules: told once for all variants in which what is read is the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from misbrug_analysis.presentation.alternatives import Alternatives, Observed
from misbrug_analysis.presentation.reads import Reads
from tests.presentation.varied_reports import FORMS, varied_report

RULING = {"unit": "c", "form": "joint", "indicator": "t.2", "answer": "no"}


@pytest.fixture
def alternatives(tmp_path: Path) -> Alternatives:
    # B's partly decides t.1, C's ruling t.2.
    return varied_report(tmp_path, adjudications=[RULING]).under_other_rules


def yes(report: Observed, item: str) -> int:
    return report.counts(item).yes


def test_each_variant_gives_what_its_rules_make(alternatives: Alternatives) -> None:
    table = alternatives.under(0).sensitivity.variants
    outcomes = alternatives.told(lambda report: (yes(report, "t.1"), yes(report, "t.2")))
    assert outcomes.own == (1, 3)
    assert list(outcomes.by_variant) == [
        (2 if row["partly"] == "as_yes" else 1, 3 if row["adjudications"] else 4)
        for row in table.to_dict("records")
    ]
    assert outcomes.rests_on == (("t.1", "all"), ("t.2", "all"))


def test_no_variant_asks_anew_who_was_asked(alternatives: Alternatives) -> None:
    assert alternatives.under(1).units is alternatives.under(0).units


def test_it_is_told_once_for_all_in_which_it_reads_the_same(alternatives: Alternatives) -> None:
    told: list[int] = []

    def tell(report: Observed) -> int:
        told.append(yes(report, "t.1"))
        return told[-1]

    outcomes = alternatives.told(tell)
    assert told == [1, 2]
    assert len(outcomes.by_variant) == alternatives.count > len(told)


def test_what_is_read_in_one_variant_only_counts_too(alternatives: Alternatives) -> None:
    def tell(report: Observed) -> int:
        return 0 if yes(report, "t.1") == 1 else yes(report, "t.2")

    assert set(alternatives.told(tell).by_variant) == {0, 3, 4}


def test_a_named_telling_is_remembered(alternatives: Alternatives) -> None:
    first = alternatives.told(lambda report: yes(report, "t.1"), "name")
    assert alternatives.told(lambda _: 0, "name") is first


def test_what_reads_nothing_rests_on_nothing(alternatives: Alternatives) -> None:
    assert alternatives.told(lambda report: len(report.units)).rests_on == ()


def test_a_whole_table_is_a_read_of_all_that_stands_in_it(alternatives: Alternatives) -> None:
    scores = alternatives.told(lambda report: int(report.group_scores["yes"].sum()))
    answers = alternatives.told(lambda report: int((report.consolidated["answer"] == "yes").sum()))
    assert scores.rests_on == (("t.1", "all"), ("t.2", "all"), ("t", "all"))
    assert answers.rests_on == (("t.1", "all"), ("t.2", "all"))
    # Follow-ups and written ones, then the sites that do both.
    assert set(scores.by_variant) == {1 + 3 + 1, 2 + 3 + 2, 1 + 4 + 1, 2 + 4 + 2}
    assert set(answers.by_variant) == {4, 5, 6}


def test_a_setting_moves_what_changes_with_it_alone(alternatives: Alternatives) -> None:
    table = alternatives.under(0).sensitivity.variants
    as_yes = table.index[(table["partly"] == "as_yes") & table["adjudications"]]
    unruled = table.index[(table["partly"] == "judge") & ~table["adjudications"]]
    both = table.index[(table["partly"] == "as_yes") & ~table["adjudications"]]
    assert alternatives.moved_by(as_yes) == ("partly",)
    assert alternatives.moved_by([*as_yes, *unruled]) == ("partly", "adjudications")
    assert alternatives.moved_by(both) == alternatives.moved_by([]) == ()


def test_ways_to_count_who_did_not_answer(tmp_path: Path) -> None:
    forms = {key: value for key, value in FORMS.items() if key != "d"}
    ways = Alternatives(varied_report(tmp_path, forms=forms), "absence")
    found = ways.told(lambda report: (report.counts("t.2").yes, report.counts("t.2").n))
    absent = ways.under(0).sensitivity.absences["absent"]
    assert dict(zip(absent, found.by_variant, strict=True)) == {
        "out": (3, 3),
        "as_no": (3, 4),
        "as_yes": (4, 4),
    }
    assert ways.moved_by(range(ways.count)) == ()
    assert ways.under(0).counts("t.2").missing == 0


def ways(*rows: tuple[str, float | None, str, bool]) -> Alternatives:
    """Alternatives of which nothing is known but the table of variants."""
    columns = ["partly", "peer_quantile", "split", "adjudications"]
    variants = pd.DataFrame(rows, columns=columns).astype({"peer_quantile": "float64"})
    variants.insert(0, "merge", "")
    known = SimpleNamespace(variants=variants)
    report: Any = SimpleNamespace(known_sensitivity=known, reads=Reads())
    return Alternatives(report)


def test_another_threshold_is_another_way_with_partly_answers() -> None:
    found = ways(
        ("judge", 0.5, "no", True), ("judge", 0.25, "no", True), ("judge", 0.25, "any", True)
    )
    assert found.moved_by([1]) == ("partly",)
    assert found.moved_by([2]) == ()


def test_a_threshold_that_there_is_none_of_is_no_change() -> None:
    found = ways(("as_no", None, "no", True), ("as_no", None, "no", False))
    assert found.moved_by([1]) == ("adjudications",)


def test_the_answers_of_a_group_are_those_of_its_own_units(tmp_path: Path) -> None:
    # B of Nord is the only one whose answer the rules decide.
    report = varied_report(tmp_path)
    level = report.study.organisation.levels[0]
    per_team = report.run.report.model_copy(update={"per": level.id})
    told: dict[str, int] = {}

    def tell(of: Observed) -> int:
        told[of.group.id] = told.get(of.group.id, 0) + 1
        return len(of.consolidated)

    for group in level.groups:
        Alternatives(replace(report, run=replace(report.run, report=per_team, group=group))).told(
            tell
        )
    assert told == {"north": 2, "south": 1}
