"""Peers and thresholds of partly answers, against the rules taken one answer at a time."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.consolidation import peers_of
from misbrug_analysis.analysis.forms_said import forms_said
from misbrug_analysis.analysis.peers import Measured, measured
from tests.analysis.by_hand import SERVES, ByHand, Rulings, Sent
from tests.analysis.random_rounds import INSTRUMENT, answers_table, rulings_on, rulings_table

QUANTILES = [Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(4, 5), Fraction(1)]

yes_or_no = st.sampled_from(["yes", "no"])
full_forms = st.fixed_dictionaries(
    {"t.1": st.sampled_from(["yes", "yes", "partly"]), "t.2": st.sampled_from(["yes", "partly"])},
    optional=dict.fromkeys(("t.s1", "t.s2", "t.s3", "t.s4"), yes_or_no),
)
many_forms = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["alcohol", "drugs", "youth", "joint"])),
    full_forms,
    min_size=6,
    max_size=12,
)


def measure(
    sent: Sent, rulings: Rulings, quantiles: list[Fraction]
) -> tuple[Measured, list[tuple[str, str, str]]]:
    """The partly answers measured, and the unit, form and indicator of each."""
    forms = forms_said(answers_table(sent), INSTRUMENT, rulings_table(rulings))
    found = measured(forms, [float(quantile) for quantile in quantiles])
    keys = list(sent)
    items = len(forms.indicators)
    return found, [
        (*keys[cell // items], forms.indicators[cell % items]) for cell in found.cells.tolist()
    ]


@hypothesis_settings(max_examples=60, deadline=None)
@given(sent=many_forms, data=st.data())
def test_every_partly_answer_is_measured_as_by_hand(sent: Sent, data: st.DataObject) -> None:
    rulings = data.draw(rulings_on(sent))
    found, keys = measure(sent, rulings, QUANTILES)
    assert set(keys) == {
        (*key, item) for key, said in sent.items() for item in SERVES if said.get(item) == "partly"
    }
    for nth, (unit, form, indicator) in enumerate(keys):
        by_hand = ByHand(sent, rulings)
        peers, own = by_hand.peers(unit, indicator), by_hand.share((unit, form), indicator)
        assert found.peers[nth] == len(peers)
        assert np.isnan(found.share[nth]) == (own is None)
        for place, quantile in enumerate(QUANTILES):
            threshold = found.thresholds[place, nth]
            assert np.isnan(threshold) == (not peers)
            if peers:
                expected = ByHand(sent, rulings, peer_quantile=quantile).threshold(peers)
                assert threshold == pytest.approx(float(expected), abs=1e-12)
            enough = own is not None and len(peers) >= 2
            assert found.decided(2)[nth] == enough
            assert found.on_par(place, 2)[nth] == (enough and own >= expected)


@hypothesis_settings(max_examples=20, deadline=None)
@given(sent=many_forms, data=st.data())
def test_peers_of_a_round_are_those_that_answers_are_measured_against(
    sent: Sent, data: st.DataObject
) -> None:
    rulings = data.draw(rulings_on(sent))
    found, keys = measure(sent, rulings, [Fraction(0)])
    table = peers_of(answers_table(sent), INSTRUMENT, rulings_table(rulings))
    for nth, (unit, _, indicator) in enumerate(keys):
        others = table[(table["unit"] != unit) & (table["indicator"] == indicator)]
        assert len(others) == found.peers[nth]
        shares = ByHand(sent, rulings).peers(unit, indicator)
        assert sorted(others["share"]) == pytest.approx([float(share) for share in shares])


def test_a_share_that_a_rounding_error_keeps_below_its_threshold_reaches_it() -> None:
    """0.1 + 0.2 is a little more than 0.3 to a computer."""
    cells, shares = np.array([0, 1]), np.array([0.3, 0.299])
    found = Measured(cells, shares, np.array([2, 2]), np.array([[0.1 + 0.2, 0.1 + 0.2]]))
    assert shares[0] < found.thresholds[0, 0]
    assert found.on_par(0, 2).tolist() == [True, False]
    assert found.on_par(0, 3).tolist() == [False, False]
