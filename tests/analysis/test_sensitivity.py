"""All variants at once are what each is by itself; and ranges, worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import count_bounds, score
from misbrug_analysis.analysis.sensitivity import Sensitivity, sensitivity
from misbrug_analysis.analysis.settling import named
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from tests.analysis.by_hand import Rulings, Sent
from tests.analysis.random_rounds import (
    INSTRUMENT,
    answers_table,
    forms_sent,
    rulings_on,
    rulings_table,
    settings,
)

UNITS = pd.DataFrame(
    {
        "unit": list("dabce"),
        "team": ["south", "north", "north", "south", "far"],
        "whole": ["all"] * 5,
    },
    dtype="str",
)
LEVELS = ["team", "whole"]
COUNTED = st.sampled_from(["out", "as_no", "as_yes"])


def in_two_topics() -> Instrument:
    """The instrument with a topic for each of its two indicators, the later one first."""
    items = list(INSTRUMENT.items)
    items[0] = items[0].model_copy(update={"topic": "later"})
    return INSTRUMENT.model_copy(update={"items": items})


def run(
    sent: Sent,
    rulings: Rulings | None = None,
    instrument: Instrument = INSTRUMENT,
    **rules: object,
) -> Sensitivity:
    chosen, table = Rules.model_validate(rules), rulings_table(rulings or {})
    return sensitivity(answers_table(sent), UNITS, LEVELS, instrument, chosen, table)


def alone(
    sent: Sent, rulings: Rulings, instrument: Instrument, rules: Rules
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Consolidated answers and scores of groups under one set of rules, by the usual way."""
    answers, table = answers_table(sent), rulings_table(rulings)
    forms = form_answers(answers, instrument, rules, table)
    settled = consolidate(forms, answers, UNITS, instrument, rules, table)
    scores = score(settled, UNITS, LEVELS, instrument, rules)
    of_groups = scores[scores["level"] != "unit"].drop(columns="study")
    return settled[["unit", "indicator", "answer"]], of_groups.reset_index(drop=True)


def under(rules: Rules, row: pd.Series) -> Rules:
    """The rules of a row of ``variants``."""
    changes = {"partly": row["partly"], "split": row["split"]}
    if row["partly"] == "judge":
        changes["peer_quantile"] = row["peer_quantile"]
    return Rules.model_validate(rules.model_dump() | changes)


def a_few_of(rows: pd.DataFrame) -> st.SearchStrategy[set[int]]:
    """Numbers of a few rows, since each by itself takes its time."""
    return st.sets(st.sampled_from(range(len(rows))), min_size=1, max_size=3)


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    sent=forms_sent,
    chosen=settings,
    absent=COUNTED,
    missing=COUNTED,
    instrument=st.sampled_from([INSTRUMENT, in_two_topics()]),
    data=st.data(),
)
def test_every_variant_is_what_its_rules_give_by_themselves(
    sent: Sent,
    chosen: dict[str, str],
    absent: str,
    missing: str,
    instrument: Instrument,
    data: st.DataObject,
) -> None:
    rulings = data.draw(rulings_on(sent))
    own = chosen | {"absent": absent, "missing": missing}
    rules = Rules.model_validate(own | {"peer_quantile": float(chosen["peer_quantile"])})
    found = run(sent, rulings, instrument, **rules.model_dump())
    first = found.variants.iloc[0]
    assert under(rules, first) == rules
    assert first["adjudications"]
    for variant in data.draw(a_few_of(found.variants)):
        row = found.variants.loc[variant]
        kept = rulings if row["adjudications"] else {}
        answers, scores = alone(sent, kept, instrument, under(rules, row))
        assert_frame_equal(found.answers_under(variant), answers)
        assert_frame_equal(found.scores_under(variant), scores, check_exact=True)


@hypothesis_settings(max_examples=15, deadline=None)
@given(sent=forms_sent, absent=COUNTED, missing=COUNTED, data=st.data())
def test_every_way_to_count_absence_is_what_its_rules_give_by_themselves(
    sent: Sent, absent: str, missing: str, data: st.DataObject
) -> None:
    rulings = data.draw(rulings_on(sent))
    found = run(sent, rulings, absent=absent, missing=missing)
    assert tuple(found.absences.iloc[0]) == (absent, missing)
    for absence in data.draw(a_few_of(found.absences)):
        rules = Rules.model_validate(found.absences.loc[absence].to_dict())
        _, scores = alone(sent, rulings, INSTRUMENT, rules)
        assert_frame_equal(found.scores_counting(absence), scores, check_exact=True)


@hypothesis_settings(max_examples=15, deadline=None)
@given(sent=forms_sent, chosen=settings, absent=COUNTED, missing=COUNTED, data=st.data())
def test_ranges_are_those_of_the_scores_of_all_variants(
    sent: Sent, chosen: dict[str, str], absent: str, missing: str, data: st.DataObject
) -> None:
    """Taken from the table of scores, a count at a time."""
    rules = Rules.model_validate(
        chosen
        | {"peer_quantile": float(chosen["peer_quantile"]), "absent": absent, "missing": missing}
    )
    found = run(sent, data.draw(rulings_on(sent)), **rules.model_dump())
    by_key = found.scores.groupby(["level", "group", "item"], sort=False)
    assert len(found.ranges) == len(by_key) == (3 + 1) * (2 + 1)
    for row in found.ranges.to_dict("records"):
        scores = by_key.get_group((row["level"], row["group"], row["item"]))
        counts = [tuple(one) for one in scores[["yes", "partly", "n"]].to_numpy().tolist()]
        bounds = [count_bounds(one, rules) for _, one in scores.iterrows()]
        assert (row["yes"], row["n"]) == (counts[0][0], counts[0][2])
        assert (row["low"], row["high"]) == (min(counts)[0], max(counts)[0])
        moving = [number for number, one in enumerate(counts) if one != counts[0]]
        assert row["varies"] == len(moving)
        assert row["moved_by"] == told(found.variants, moving)
        assert (row["absent_low"], row["absent_high"], row["asked"]) == bounds[0]
        assert row["lowest"] == min(low for low, _, _ in bounds)
        assert row["highest"] == max(high for _, high, _ in bounds)
        outcomes = found.outcomes(row["level"], row["group"], row["item"])
        assert next(iter(outcomes)) == counts[0]
        assert {n: one for one, ns in outcomes.items() for n in ns} == dict(enumerate(counts))


@hypothesis_settings(max_examples=15, deadline=None)
@given(sent=forms_sent, absent=COUNTED, missing=COUNTED, data=st.data())
def test_counts_are_those_of_the_scores_of_all_variants(
    sent: Sent, absent: str, missing: str, data: st.DataObject
) -> None:
    found = run(sent, data.draw(rulings_on(sent)), absent=absent, missing=missing)
    tables = ((found.counts, found.scores), (found.absence_counts, found.absence_scores))
    for counts, scores in tables:
        of_each: dict[object, list[tuple[int, ...]]] = {}
        for row in scores.to_dict("records"):
            one = tuple(row[name] for name in ("yes", "partly", "no", "unanswered", "absent", "n"))
            of_each.setdefault((row["level"], row["group"], row["item"]), []).append(one)
        assert counts == of_each


def told(variants: pd.DataFrame, moving: list[int]) -> str:
    """What moves a count, by looking at each variant that differs from the first."""
    texts = variants.fillna({"peer_quantile": -1}).to_numpy().tolist()
    differing = []
    for number in moving:
        pairs = zip(variants.columns, texts[number], texts[0], strict=True)
        columns = {name for name, one, other in pairs if one != other}
        differing.append({"partly" if name == "peer_quantile" else name for name in columns})
    names = ["partly", "split", "adjudications"]
    return "; ".join(name for name in names if {name} in differing) or (
        "together" if moving else ""
    )


def ranges(found: Sensitivity, item: str, group: str = "all") -> dict[str, object]:
    rows = found.ranges[(found.ranges["item"] == item) & (found.ranges["group"] == group)]
    (row,) = rows.drop(columns=["level", "group", "item"]).to_dict("records")
    return {str(name): value for name, value in row.items()}


def test_split_forms_alone_can_move_a_count() -> None:
    """A's two forms differ: a no, or with ``any`` a yes. B says yes, C no; D and E sent nothing."""
    found = run(
        {
            ("a", "alcohol"): {"t.1": "yes", "t.2": "no"},
            ("a", "drugs"): {"t.1": "no", "t.2": "no"},
            ("b", "joint"): {"t.1": "yes", "t.2": "no"},
            ("c", "joint"): {"t.1": "no", "t.2": "no"},
        }
    )
    assert ranges(found, "t.1") == {
        "yes": 1,
        "n": 3,
        "low": 1,
        "high": 2,
        "varies": 1,
        "moved_by": "split",
        "absent_low": 1,
        "absent_high": 3,
        "asked": 5,
        "lowest": 1,
        "highest": 4,
    }
    assert ranges(found, "t.1", "north")["high"] == 2
    still = ranges(found, "t.2")
    assert (still["varies"], still["moved_by"], still["low"], still["high"]) == (0, "", 0, 0)
    assert (still["lowest"], still["highest"]) == (0, 2)


def test_two_settings_can_move_a_count_only_together() -> None:
    """Partly beside no: it takes both partly as yes and any yes to make A's answer a yes."""
    found = run({("a", "alcohol"): {"t.1": "partly"}, ("a", "drugs"): {"t.1": "no"}})
    row = ranges(found, "t.1")
    assert len(found.variants) == 4
    assert (row["yes"], row["low"], row["high"]) == (0, 0, 1)
    assert (row["varies"], row["moved_by"]) == (1, "together")
    together = found.variants.iloc[found.outcomes("whole", "all", "t.1")[1, 0, 1][0]]
    assert (together["partly"], together["split"]) == ("as_yes", "any")


def test_settings_that_each_move_a_count_are_all_named() -> None:
    """B's partly has no evidence and is a no; A's no is a yes by ruling, and its forms differ."""
    found = run(
        {
            ("a", "alcohol"): {"t.1": "no"},
            ("a", "drugs"): {"t.1": "no"},
            ("b", "joint"): {"t.1": "partly"},
            ("c", "alcohol"): {"t.1": "no"},
            ("c", "drugs"): {"t.1": "yes"},
        },
        {("a", "", "t.1"): "yes"},
    )
    row = ranges(found, "t.1")
    assert row["moved_by"] == "partly; split; adjudications"
    assert (row["yes"], row["low"], row["high"], row["n"]) == (1, 0, 3, 3)


def test_a_partly_answer_is_measured_by_each_quantile() -> None:
    """Peers' shares are 1/4, 2/4, 3/4 and 1, A's own is 2/4.

    The quartiles are 0.4375, 0.625 and 0.8125, so A is on a par by the lowest alone.
    """
    supplementary = ("t.s1", "t.s2", "t.s3", "t.s4")

    def form(said: str, positive: int) -> dict[str, str]:
        words = ["yes"] * positive + ["no"] * (4 - positive)
        return {"t.1": said} | dict(zip(supplementary, words, strict=True))

    sent = {(unit, "joint"): form("yes", n) for n, unit in enumerate("bcde", 1)}
    found = run(sent | {("a", "joint"): form("partly", 2)})
    assert found.variants["partly"].tolist() == ["judge", "judge", "judge", "as_yes", "as_no"]
    assert found.variants["peer_quantile"].dropna().tolist() == [0.5, 0.25, 0.75]
    assert found.outcomes("whole", "all", "t.1") == {(4, 0, 5): [0, 2, 4], (5, 0, 5): [1, 3]}
    assert ranges(found, "t.1")["moved_by"] == "partly"


def test_kept_partly_answers_move_a_count_though_yes_stays() -> None:
    """Kept or a no: the number of yes is the same, the number of partly is not."""
    found = run({("a", "joint"): {"t.1": "partly"}}, partly="keep")
    assert found.variants["partly"].tolist() == ["keep", "as_yes", "as_no"]
    row = ranges(found, "t.1")
    assert (row["low"], row["high"], row["varies"], row["moved_by"]) == (0, 1, 2, "partly")


def test_an_answer_without_its_ruling_can_be_unanswered() -> None:
    """B's blank is a yes by ruling: without it nobody answers, but anybody could have said yes."""
    found = run({("b", "joint"): {"t.2": "yes"}}, {("b", "", "t.1"): "yes"})
    row = ranges(found, "t.1")
    assert (row["yes"], row["n"], row["absent_low"], row["absent_high"]) == (1, 1, 1, 5)
    assert (row["low"], row["high"], row["lowest"], row["highest"]) == (0, 1, 0, 5)
    assert row["moved_by"] == "adjudications"
    assert found.outcomes("whole", "all", "t.1") == {(1, 0, 1): [0], (0, 0, 0): [1]}
    assert set(found.absences["missing"]) == {"out"}  # as published, nothing is unanswered


def test_before_the_first_form_there_is_one_variant_and_nothing_is_known() -> None:
    found = run({})
    assert found.variants.to_dict("records") == [
        {
            "merge": "",
            "partly": "judge",
            "peer_quantile": 0.5,
            "split": "no",
            "adjudications": True,
        }
    ]
    row = ranges(found, "t.1")
    assert (row["n"], row["low"], row["high"], row["lowest"], row["highest"]) == (0, 0, 0, 0, 5)
    assert np.isnan(found.scores["share"]).all()


def test_tables_of_all_variants_hold_each_of_them() -> None:
    found = run({("a", "alcohol"): {"t.1": "yes"}, ("a", "drugs"): {"t.1": "no"}})
    assert found.variants["split"].tolist() == ["no", "any"]
    for variant in (0, 1):
        for table, part in (
            (found.answers, found.answers_under(variant)),
            (found.scores, found.scores_under(variant)),
        ):
            rows = table[table["variant"] == variant].drop(columns="variant")
            assert_frame_equal(rows.reset_index(drop=True), part)
    ways = found.absence_scores
    assert ways["absence"].unique().tolist() == list(found.absences.index)
    last = found.absences.index[-1]
    rows = ways[ways["absence"] == last].drop(columns="absence").reset_index(drop=True)
    assert_frame_equal(rows, found.scores_counting(last))


def test_variants_that_settle_every_answer_alike_are_one_outcome() -> None:
    """A's partly is measured by 5/8, 3/4 and 7/8 at the three quantiles; it has 3/4.

    So it becomes yes at the two lower ones and by ``as_yes``, else no. B's two forms differ on t.2,
    which is a yes by ``any`` and else a no. Two answers of A and two of B make four sets.
    """
    rest = {f"t.s{n}": "yes" for n in range(1, 5)}
    found = run(
        {
            ("a", "joint"): {**rest, "t.1": "partly", "t.s4": "no"},
            ("b", "joint"): {**rest, "t.1": "yes", "t.2": "yes"},
            ("b", "youth"): {"t.1": "yes", "t.2": "no"},
            ("c", "joint"): {**rest, "t.1": "yes", "t.s3": "no", "t.s4": "no"},
        }
    )
    assert (len(found.variants), found.distinct) == (10, 4)


def test_one_variant_is_one_outcome() -> None:
    assert run({("a", "joint"): {"t.1": "yes"}}).distinct == 1


def test_answers_as_codes_are_those_of_the_tables() -> None:
    found = run({("a", "alcohol"): {"t.1": "yes"}, ("a", "drugs"): {"t.1": "no", "t.2": "yes"}})
    assert found.codes.shape == (2, len(found.units), 2)
    for variant, codes in enumerate(found.codes):
        told = found.answers_under(variant).pivot(
            index="unit", columns="indicator", values="answer"
        )
        assert named(codes).tolist() == told.loc[found.units, ["t.1", "t.2"]].to_numpy().tolist()


def test_forms_of_units_that_were_not_asked_count_nowhere() -> None:
    sent = {("a", "joint"): {"t.1": "yes"}, ("stranger", "joint"): {"t.1": "yes"}}
    found = run(sent)
    assert ranges(found, "t.1")["n"] == 1
    assert "stranger" not in set(found.answers["unit"])


@pytest.mark.parametrize("number", [-1, 1])
def test_a_variant_that_there_is_not_is_an_error(number: int) -> None:
    found = run({("a", "joint"): {"t.1": "yes", "t.2": "yes"}})
    with pytest.raises(KeyError):
        found.answers_under(number)
    with pytest.raises(KeyError):
        found.scores_under(number)
    with pytest.raises(KeyError):
        found.scores_counting(3)
    with pytest.raises(KeyError):
        found.outcomes("whole", "all", "t.9")


def test_a_ruling_on_a_form_that_was_not_sent_is_an_error() -> None:
    with pytest.raises(DefinitionError):
        run({("a", "joint"): {"t.1": "yes"}}, {("a", "drugs", "t.1"): "no"})
