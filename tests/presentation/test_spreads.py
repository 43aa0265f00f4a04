"""How shares lie over many groups, in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import links, unmarked
from misbrug_analysis.presentation.spreads import ONE_BY_ONE, are_many, share, spread
from misbrug_analysis.presentation.wording import Counts, meets
from tests.presentation.wordings import GROUP, UNIT

DANISH, ENGLISH = Language.load("da"), Language.load("en")
# Shares of 1, 3/4, 1/2, 1/3 and 0: two of five above half, a half in the middle.
FIVE = {
    "Nord": Counts(2, 2),
    "Øst": Counts(3, 4),
    "Midt": Counts(1, 2),
    "Vest": Counts(2, 6),
    "Syd": Counts(0, 3),
}


def told(groups: dict[str, Counts], language: Language = DANISH, **more: object) -> str:
    unit, group = UNIT[language.code], GROUP[language.code]
    return unmarked(spread(language, groups, unit, group, **more)).replace("\u00a0", " ")  # type: ignore[arg-type]


def test_groups_are_many_from_the_one_after_the_last_that_are_told_one_by_one() -> None:
    assert not are_many(range(ONE_BY_ONE))
    assert are_many(range(ONE_BY_ONE + 1))


def test_it_is_told_how_many_are_above_half_and_where_the_ends_are() -> None:
    assert told(FIVE) == (
        "I to af de fem klynger siger over halvdelen af kommunerne ja. "
        "Andelen er størst i Nord (100 %) og mindst i Syd (0 %)."
    )
    assert told(FIVE, ENGLISH) == (
        "In two of the five clusters, more than half of the municipalities said yes. "
        "The share is highest in Nord (100%) and lowest in Syd (0%)."
    )


def test_a_half_is_not_above_half() -> None:
    none = {"Nord": Counts(1, 2), "Syd": Counts(0, 2)}
    assert told(none).startswith("I ingen af de to klynger siger over halvdelen")


def test_few_groups_at_an_end_are_named_and_more_are_counted() -> None:
    three = FIVE | {"Ø1": Counts(0, 1), "Ø2": Counts(0, 4)}
    assert told(three).endswith("og mindst i Syd, Ø1 og Ø2 (0 %).")
    four = three | {"Ø3": Counts(0, 1)}
    assert told(four).endswith("og mindst i fire klynger (0 %).")


def test_who_did_not_answer_is_told_and_counted_among_nobody() -> None:
    silent = FIVE | {"Ydre": Counts(0, 0, missing=3)}
    assert told(silent).startswith("I to af de fem klynger")
    assert told(silent).endswith(" Ingen kommuner i Ydre har svaret.")
    many = {f"Ø{n}": Counts(0, 0) for n in range(4)}
    assert told(FIVE | many).endswith(" Ingen kommuner i fire klynger har svaret.")
    assert told(many) == "Ingen kommuner i fire klynger har svaret."


def test_groups_of_one_mind_are_told_in_one() -> None:
    everyone = {"Nord": Counts(2, 2), "Syd": Counts(5, 5), "Ydre": Counts(0, 0)}
    assert told(everyone) == (
        "I begge klynger siger alle kommuner ja. Ingen kommuner i Ydre har svaret."
    )
    half = {"Nord": Counts(1, 2), "Syd": Counts(3, 6)}
    assert told(half).endswith(" Andelen er 50 % i begge klynger.")


def test_a_chart_tells_the_middle_and_leaves_the_silent_to_its_table() -> None:
    silent = FIVE | {"Ydre": Counts(0, 0)}
    assert told(silent, of_chart=True).endswith(
        " og mindst i Syd (0 %). I midten ligger den på 50 %."
    )
    assert told({"Ydre": Counts(0, 0)}, of_chart=True) == "Ingen kommuner i Ydre har svaret."


def test_a_predicate_takes_the_place_of_yes() -> None:
    said = told(FIVE, predicate=meets(DANISH, "anbefaling 2"))
    assert said.startswith(
        "I to af de fem klynger opfylder over halvdelen af kommunerne anbefaling 2."
    )


def test_numbers_lead_to_where_they_are_told_in_full() -> None:
    at = {label: Counts(c.yes, c.n, at=f"m.html#{n}") for n, (label, c) in enumerate(FIVE.items())}
    text = spread(DANISH, at, UNIT["da"], GROUP["da"])
    assert links(text) == [
        ("to af de fem klynger", "m.html#0"),
        ("over halvdelen af kommunerne", "m.html#0"),
        ("100\u00a0%", "m.html#0"),
        ("0\u00a0%", "m.html#4"),
    ]


def test_how_many_groups_there_are_leads_to_their_rows_as_a_share_does() -> None:
    zero = {f"Ø{n}": Counts(0, 1, at=f"m.html#{n}") for n in range(4)}
    silent = {f"Å{n}": Counts(0, 0, at=f"n.html#{n}") for n in range(4)}
    groups = {"Nord": Counts(1, 1, at="m.html#north")} | zero | silent
    text = spread(DANISH, groups, UNIT["da"], GROUP["da"])
    assert links(text)[-4:] == [
        ("fire klynger", "m.html#0"),
        ("0\u00a0%", "m.html#0"),
        ("Ingen kommuner", "n.html#0"),
        ("fire klynger", "n.html#0"),
    ]


def test_a_share_is_of_those_who_answered() -> None:
    assert share(Counts(2, 6, missing=3)) == Fraction(1, 3)
    with pytest.raises(ZeroDivisionError):
        share(Counts(0, 0))
