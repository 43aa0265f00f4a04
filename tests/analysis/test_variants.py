"""Which variants are run, and that those left out could change nothing."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from misbrug_analysis.analysis.forms_said import forms_said
from misbrug_analysis.analysis.settling import ANSWERS, form_counts, joint
from misbrug_analysis.analysis.variants import absences_of, changed_alone, variants_of
from misbrug_analysis.model.settings import Rules
from tests.analysis.by_hand import Rulings, Sent
from tests.analysis.random_rounds import INSTRUMENT, answers_table, rulings_table

PLAIN: Sent = {("a", "joint"): {"t.1": "yes"}, ("b", "joint"): {"t.1": "no"}}
PARTLY: Sent = PLAIN | {("c", "joint"): {"t.1": "partly", "t.s1": "yes"}}
UNPROVEN: Sent = PLAIN | {("c", "joint"): {"t.1": "partly"}}
TWO: Sent = PLAIN | {("a", "drugs"): {"t.1": "yes"}}
THREE: Sent = TWO | {("a", "youth"): {"t.1": "yes"}}


def choices(sent: Sent, setting: str, rulings: Rulings | None = None, **rules: object) -> list:
    """The different choices of a setting, in the order that they come."""
    forms = forms_said(answers_table(sent), INSTRUMENT, rulings_table(rulings or {}))
    table = variants_of({"": forms}, Rules.model_validate(rules))
    assert not table.duplicated().any()
    if setting != "partly":
        return list(dict.fromkeys(table[setting]))
    rows = table[["partly", "peer_quantile"]].itertuples(index=False)
    return list(dict.fromkeys((way, quantile) if way == "judge" else way for way, quantile in rows))


@pytest.mark.parametrize(
    ("sent", "rules", "expected"),
    [
        (PLAIN, {}, [("judge", 0.5)]),
        (PLAIN, {"partly": "keep"}, ["keep"]),
        (PARTLY, {}, [("judge", 0.5), ("judge", 0.25), ("judge", 0.75), "as_yes", "as_no"]),
        (
            PARTLY,
            {"peer_quantile": 0.6},
            [*(("judge", share) for share in (0.6, 0.25, 0.5, 0.75)), "as_yes", "as_no"],
        ),
        (
            PARTLY,
            {"partly": "keep"},
            ["keep", *(("judge", share) for share in (0.25, 0.5, 0.75)), "as_yes", "as_no"],
        ),
        (
            PARTLY,
            {"partly": "as_no", "peer_quantile": 0.1},
            ["as_no", *(("judge", share) for share in (0.1, 0.25, 0.5, 0.75)), "as_yes"],
        ),
        (UNPROVEN, {}, [("judge", 0.5), "as_yes"]),
        (UNPROVEN, {"partly": "as_no"}, ["as_no", "as_yes"]),
        (UNPROVEN, {"partly": "keep"}, ["keep", "as_yes", "as_no"]),
    ],
)
def test_partly_answers_are_settled_in_every_way_that_can_differ(
    sent: Sent, rules: dict[str, object], expected: list[object]
) -> None:
    assert choices(sent, "partly", **rules) == expected


@pytest.mark.parametrize(
    ("sent", "own", "expected"),
    [
        (PLAIN, "no", ["no"]),
        (PLAIN, "majority", ["majority"]),
        (TWO, "no", ["no", "any"]),
        (TWO, "majority", ["majority", "no", "any"]),
        (THREE, "no", ["no", "any", "majority"]),
        (THREE, "any", ["any", "no", "majority"]),
    ],
)
def test_split_forms_are_settled_in_every_way_that_can_differ(
    sent: Sent, own: str, expected: list[str]
) -> None:
    assert choices(sent, "split", split=own) == expected


@pytest.mark.parametrize("key", [("a", "", "t.1"), ("a", "joint", "t.1")])
def test_rulings_are_left_out_only_where_there_are_some(key: tuple[str, str, str]) -> None:
    assert choices(PLAIN, "adjudications") == [True]
    assert choices(PLAIN, "adjudications", {key: "no"}) == [True, False]


def test_variants_are_all_combinations_with_the_studys_own_first() -> None:
    sent = THREE | PARTLY
    forms = forms_said(answers_table(sent), INSTRUMENT, rulings_table({("b", "", "t.2"): "yes"}))
    table = variants_of({"": forms}, Rules.model_validate({"split": "any", "partly": "as_yes"}))
    assert len(table) == 5 * 3 * 2
    assert table.iloc[0].dropna().to_dict() == {
        "merge": "",
        "partly": "as_yes",
        "split": "any",
        "adjudications": True,
    }
    found = {name: int(flags.sum()) for name, flags in changed_alone(table).items()}
    assert found == {"merge": 0, "partly": 4, "split": 2, "adjudications": 1}
    assert not any(flags[0] for flags in changed_alone(table).values())


def test_a_majority_of_two_forms_is_never_another_than_no() -> None:
    """Whatever the two say, and whether partly is kept or not: a tie is a no."""
    for pair in product(range(1, len(ANSWERS)), repeat=2):
        counts = form_counts(np.array(pair), np.zeros(2, dtype=np.int64), 1)
        assert joint(counts, "majority") == joint(counts, "no"), pair


@pytest.mark.parametrize(
    ("absent", "unanswered", "expected"),
    [
        (False, False, [("out", "as_no")]),
        (True, False, [("out", "as_no"), ("as_no", "as_no"), ("as_yes", "as_no")]),
        (False, True, [("out", "as_no"), ("out", "out"), ("out", "as_yes")]),
    ],
)
def test_only_those_who_did_not_answer_can_be_counted_in_another_way(
    absent: bool, unanswered: bool, expected: list[tuple[str, str]]
) -> None:
    ways = absences_of(absent, unanswered, Rules(missing="as_no"))
    assert list(ways.itertuples(index=False, name=None)) == expected


def test_both_can_be_counted_in_nine_ways() -> None:
    ways = absences_of(True, True, Rules(absent="as_yes"))
    rows = list(ways.itertuples(index=False, name=None))
    assert rows[0] == ("as_yes", "out")
    assert set(rows) == set(product(("out", "as_no", "as_yes"), repeat=2))
    assert len(rows) == 9
