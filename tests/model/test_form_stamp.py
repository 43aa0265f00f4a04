"""The stamp of a form: what changes its digest, and what it can be read from."""

from __future__ import annotations

from misbrug_analysis.model.answer_words import Answer
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.stamp import FormStamp, digest_of
from tests.small import CASES

STAMP = FormStamp("1", "round", "small", "1", "0123456789ab", "a", "joint")


def test_another_answer_to_choose_makes_other_questions() -> None:
    instrument = load_instrument(CASES, "instrument")
    more = instrument.answers | {"often": Answer(label={"da": "ofte"})}
    changed = instrument.model_copy(update={"answers": more})
    assert digest_of(changed) != digest_of(instrument)


def test_a_row_more_does_not_damage_a_stamp_and_a_row_less_does() -> None:
    rows = dict(STAMP.rows())
    assert FormStamp.read(rows | {"note": "x"}) == STAMP
    del rows["unit"]
    assert FormStamp.read(rows) is None
