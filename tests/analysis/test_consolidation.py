"""What holds of consolidation whatever is sent, and its agreement with the rules taken by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.settings import Rules
from tests.analysis.by_hand import SERVES, ByHand, Rulings, Sent
from tests.analysis.random_rounds import (
    INSTRUMENT,
    UNITS,
    answers_table,
    forms_sent,
    rulings_on,
    rulings_table,
    settings,
    words,
)


def settle(
    answers: pd.DataFrame, rules: Rules, rulings: Rulings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``form_answers`` and ``consolidated``."""
    table = rulings_table(rulings)
    units = pd.DataFrame({"unit": list(UNITS)}, dtype="str")
    forms = form_answers(answers, INSTRUMENT, rules, table)
    return forms, consolidate(forms, answers, units, INSTRUMENT, rules, table)


@hypothesis_settings(max_examples=50, deadline=None)
@given(sent=forms_sent, chosen=settings, data=st.data())
def test_every_answer_is_what_the_rules_taken_by_hand_say(
    sent: Sent, chosen: dict[str, str], data: st.DataObject
) -> None:
    rulings = data.draw(rulings_on(sent))
    rules = Rules.model_validate(chosen | {"peer_quantile": float(chosen["peer_quantile"])})
    exact = {**chosen, "peer_quantile": Fraction(chosen["peer_quantile"])}
    by_hand = ByHand(sent, rulings, **exact)  # type: ignore[arg-type]
    forms, consolidated = settle(answers_table(sent), rules, rulings)
    assert {
        (row.unit, row.form, row.indicator): (row.answer, row.rule) for row in forms.itertuples()
    } == {(*key, item): by_hand.form(key, item) for key in sent for item in SERVES}
    assert {
        (row.unit, row.indicator): (row.answer, row.rule) for row in consolidated.itertuples()
    } == {(unit, item): by_hand.unit(unit, item) for unit in UNITS for item in SERVES}


@hypothesis_settings(max_examples=12, deadline=None)
@given(sent=forms_sent, data=st.data())
def test_the_order_of_answers_does_not_matter(sent: Sent, data: st.DataObject) -> None:
    rulings = data.draw(rulings_on(sent))
    table = answers_table(sent)
    order = data.draw(st.permutations(range(len(table))))
    forms, consolidated = settle(table, Rules(), rulings)
    other_forms, other = settle(table.iloc[order].reset_index(drop=True), Rules(), rulings)
    key = ["unit", "form", "indicator"]
    assert_frame_equal(
        forms.sort_values(key, ignore_index=True), other_forms.sort_values(key, ignore_index=True)
    )
    for one in (consolidated, other):
        one["inputs"] = [sorted(cells.split("; ")) for cells in one["inputs"]]
    assert_frame_equal(consolidated, other)


@hypothesis_settings(max_examples=12, deadline=None)
@given(sent=forms_sent, data=st.data())
def test_a_form_that_says_no_changes_no_other_units_judgement(
    sent: Sent, data: st.DataObject
) -> None:
    rulings = data.draw(rulings_on(sent))
    supplementary = data.draw(st.dictionaries(st.sampled_from(["t.s1", "t.s4"]), words))
    more = sent | {("new", "joint"): {"t.1": "no", "t.2": "no", **supplementary}}
    before, _ = settle(answers_table(sent), Rules(), rulings)
    after, _ = settle(answers_table(more), Rules(), rulings)
    assert_frame_equal(before, after[after["unit"] != "new"].reset_index(drop=True))


def test_inputs_are_the_units_answers_and_what_a_partly_was_judged_by() -> None:
    sent = {
        ("a", "alcohol"): {"t.1": "partly", "t.s1": "yes", "t.s4": "no"},
        ("a", "drugs"): {"t.1": "no", "t.s1": "yes"},
        ("b", "joint"): {"t.1": "yes", "t.s1": "yes"},
        ("c", "joint"): {"t.1": "yes", "t.s1": "yes"},
    }
    _, consolidated = settle(answers_table(sent), Rules(), {})
    inputs = consolidated.set_index(["unit", "indicator"])["inputs"]
    assert inputs["a", "t.1"].split("; ") == [
        "alcohol/1/t.1",
        "drugs/1/t.1",
        "alcohol/1/t.s1",
        "alcohol/1/t.s4",
    ]
    assert inputs["b", "t.1"] == "joint/1/t.1"
    assert inputs["a", "t.2"] == inputs["d", "t.1"] == ""


@pytest.mark.parametrize(
    ("ruled", "key"),
    [
        (("a", "drugs", "t.1"), "a, drugs, t.1"),
        (("d", "", "t.1"), "d, t.1"),
        (("d", "alcohol", "t.2"), "d, alcohol, t.2"),
    ],
)
def test_a_ruling_where_no_form_was_sent_is_a_fault(ruled: tuple[str, str, str], key: str) -> None:
    with pytest.raises(DefinitionError) as error:
        settle(answers_table({("a", "alcohol"): {"t.1": "yes"}}), Rules(), {ruled: "yes"})
    assert [problem.code for problem in error.value.problems] == ["ruling_without_answer"]
    assert key in str(error.value)


@pytest.mark.parametrize("forms", [("joint",), ("alcohol", "drugs")])
def test_two_thousand_units_and_fifteen_indicators_are_settled(forms: tuple[str, ...]) -> None:
    instrument = load_instrument(Project.find(Path(__file__)).instruments, "kl12")
    items = [*instrument.indicator_ids, *sorted({item for item, _ in instrument.serving()})]
    assert len(instrument.indicator_ids) == 15
    units = pd.DataFrame({"unit": [f"u{number}" for number in range(2000)]}, dtype="str")
    answers = (
        units.merge(pd.DataFrame({"form": forms}, dtype="str"), how="cross")
        .merge(pd.DataFrame({"item": items}, dtype="str"), how="cross")
        .assign(study="large", respondent="1", source="forms", locator="")
    )
    chosen = np.random.default_rng(1).choice(["yes", "partly", "no"], len(answers))
    answers = answers.assign(value=chosen, raw=chosen)
    answers["locator"] = answers.index.astype("str")
    none = rulings_table({})
    settled = form_answers(answers, instrument, Rules(), none)
    consolidated = consolidate(settled, answers, units, instrument, Rules(), none)
    assert len(settled) == 2000 * 15 * len(forms)
    assert len(consolidated) == 2000 * 15
    partly = settled[settled["rule"].str.startswith("partly")]
    assert (
        len(partly) == (answers["item"].isin(instrument.indicator_ids) & (chosen == "partly")).sum()
    )
    assert partly["peers"].min() > 300 * len(forms)
