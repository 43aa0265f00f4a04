"""Options whose labels differ in a sign alone are told apart."""

from __future__ import annotations

import pytest

from misbrug_analysis.intake.questions import options_labelled
from misbrug_analysis.model.instrument import Item, Kind

HOURS = Item(
    id="t.d9",
    topic="t",
    kind=Kind.DESCRIPTIVE,
    text={"da": "Hvor længe?"},
    type="single",
    options=[{"da": "<10 timer"}, {"da": ">10 timer", "en": "more"}, {"da": "Ved ikke."}],
)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (" <10 Timer", {1}),
        (">10 timer", {2}),
        ("More", {2}),
        ("ved ikke", {3}),
        ("10 timer", {1, 2}),
        ("11 timer", set()),
    ],
)
def test_a_label_as_it_is_written_is_meant_before_one_that_is_alike(
    text: str, options: set[int]
) -> None:
    assert options_labelled(HOURS, text) == options
