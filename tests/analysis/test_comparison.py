"""Units counted by what a study says of them."""

from __future__ import annotations

import pandas as pd
from pandas.testing import assert_frame_equal

from misbrug_analysis.analysis.comparison import UNSAID, compared_by
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.tables import COLUMNS
from tests.analysis.scored import answers_of, instrument, settled

ASKED = instrument([{"id": "q", "items": ["q1"]}])
SAID = {"a": {"q1": "yes"}, "b": {"q1": "no"}, "c": {"q1": "yes"}, "d": {"q1": "yes"}}
UNITS = pd.DataFrame(
    {
        "unit": list("abcde"),
        "size": ["small", "large", "small", "", "large"],
        "joint": ["yes", "yes", "no", "no", "yes"],
    },
    dtype="str",
)
RULES = Rules()
CONSOLIDATED = settled(answers_of(SAID), UNITS["unit"], ASKED, RULES)


def rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    found = found[found["item"] == "q1"]
    columns = ["level", "group", "yes", "no", "absent", "n"]
    return list(found[columns].itertuples(index=False, name=None))


def test_units_are_counted_by_each_value_and_those_without_one_by_themselves() -> None:
    """E, which is large and joint, sent nothing; of D it is not said how large it is."""
    found = compared_by(CONSOLIDATED, UNITS, ["size", "joint"], ASKED, RULES)
    assert rows(found) == [
        ("size", "large", 0, 1, 1, 1),
        ("size", "small", 2, 0, 0, 2),
        ("size", UNSAID, 1, 0, 0, 1),
        ("joint", "no", 2, 0, 0, 2),
        ("joint", "yes", 1, 1, 1, 2),
    ]
    assert list(found.columns) == list(COLUMNS["scores"])


def test_a_missing_value_is_no_value() -> None:
    units = UNITS.assign(size=UNITS["size"].replace("", None))
    expected = compared_by(CONSOLIDATED, UNITS, ["size"], ASKED, RULES)
    assert_frame_equal(compared_by(CONSOLIDATED, units, ["size"], ASKED, RULES), expected)


def test_the_order_of_units_does_not_tell() -> None:
    expected = compared_by(CONSOLIDATED, UNITS, ["size", "joint"], ASKED, RULES)
    turned = CONSOLIDATED.iloc[::-1].reset_index(drop=True)
    found = compared_by(turned, UNITS.iloc[::-1], ["size", "joint"], ASKED, RULES)
    assert_frame_equal(found, expected)


def test_an_attribute_is_counted_as_a_level_is() -> None:
    levelled = score(CONSOLIDATED, UNITS, ["joint"], ASKED, RULES)
    levelled = levelled[levelled["level"] == "joint"].sort_values("group", kind="stable")
    found = compared_by(CONSOLIDATED, UNITS, ["joint"], ASKED, RULES)
    assert_frame_equal(found, levelled.reset_index(drop=True))
