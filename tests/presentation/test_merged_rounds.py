"""Two rounds in which several of a unit answer, merged in different ways when they were made."""

from __future__ import annotations

from pathlib import Path

import yaml

from misbrug_analysis.presentation.rounds import Rounds
from tests.several_respondents import ROLES, person
from tests.several_rounds import OLDER, change, opened, two_rounds
from tests.small import write_form


def rounds_merged(root: Path, then: dict[str, object], now: dict[str, object]) -> Rounds:
    """Site a of which two say yes and one no, then and now."""
    folder = two_rounds(root)
    before = folder.parent / OLDER
    file = root / "data" / "instruments" / "small.yaml"
    plain = yaml.safe_load(file.read_text("utf-8"))
    for name, asked in (("small", now), ("small-then", then)):
        declared = plain | {"id": name, "respondents": {"roles": ROLES, "smallest": 2} | asked}
        text = yaml.safe_dump(declared, allow_unicode=True, sort_keys=False)
        file.with_name(f"{name}.yaml").write_text(text, "utf-8")
    change(before, instrument="small-then", rules={"partly": "keep"})
    change(folder, rules={"partly": "keep"})
    for study in (before, folder):
        for number, said in enumerate(("ja", "ja", "nej")):
            rows = person("a", "leder", {"t.1": said})
            rows[-1] = [*rows[-1][:3], f"nr. {number}"]
            write_form(study / "forms" / f"a{number}.csv", rows)
    return opened(folder)


def test_an_earlier_round_is_merged_as_the_newest_one(tmp_path: Path) -> None:
    """By consensus site a was left open then; by a majority it says yes, then as now."""
    found = rounds_merged(tmp_path, {"merge": "consensus"}, {"merge": "majority"})
    said = [
        one.sensitivity.answers_under(0).set_index(["unit", "indicator"]) for one in found.settled
    ]
    assert [answers.loc[("a", "t.1"), "answer"] for answers in said] == ["yes", "yes"]


def test_consensus_now_is_no_way_to_count_more_then(tmp_path: Path) -> None:
    found = rounds_merged(tmp_path, {"merge": "mean", "yes_from": 0.6}, {"merge": "consensus"})
    said = [
        one.sensitivity.answers_under(0).set_index(["unit", "indicator"]) for one in found.settled
    ]
    assert [answers.loc[("a", "t.1"), "answer"] for answers in said] == ["unanswered"] * 2


def test_an_earlier_round_has_the_newest_limits(tmp_path: Path) -> None:
    """Two of three are 0.667: a yes from 0.6 and not from 0.75."""
    found = rounds_merged(tmp_path, {"yes_from": 0.75}, {"yes_from": 0.6})
    said = [
        one.sensitivity.answers_under(0).set_index(["unit", "indicator"]) for one in found.settled
    ]
    assert [answers.loc[("a", "t.1"), "answer"] for answers in said] == ["yes", "yes"]
    assert found.comparison is not None
