"""How many say yes in each of a few groups, in words."""

from __future__ import annotations

from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import links
from misbrug_analysis.presentation.wording import Counts, meets
from misbrug_analysis.presentation.wording_by_group import by_group, nobody_in
from tests.presentation.wordings import GROUP, UNIT

DANISH = Language.load("da")
KOMMUNE, KLYNGE = UNIT["da"], GROUP["da"]


def test_groups_are_told_one_by_one() -> None:
    groups = {"Klynge Syd": Counts(2, 5), "Klynge Øst": Counts(4, 5), "Klynge Vest": Counts(0, 6)}
    assert by_group(DANISH, groups, KOMMUNE, KLYNGE) == (
        "I Klynge Syd siger to af de fem kommuner ja, i Klynge Øst fire af de fem og i Klynge Vest "
        "ingen af de seks."
    )


def test_groups_of_one_mind_are_told_in_one() -> None:
    all_yes = {"Klynge Syd": Counts(5, 5), "Klynge Øst": Counts(5, 5), "Klynge Vest": Counts(6, 6)}
    everyone = by_group(DANISH, all_yes, KOMMUNE, KLYNGE)
    assert everyone == "I alle tre klynger siger alle kommuner ja."
    no_yes = {"Klynge Syd": Counts(0, 5), "Klynge Øst": Counts(0, 5)}
    said = by_group(DANISH, no_yes, KOMMUNE, KLYNGE, predicate=meets(DANISH, "anbefaling 2"))
    assert said == "Ingen kommuner opfylder anbefaling 2 i nogen af klyngerne."


def test_one_group_is_told_with_its_count() -> None:
    only = by_group(DANISH, {"Klynge Syd": Counts(5, 5)}, KOMMUNE, KLYNGE)
    assert only == "I Klynge Syd siger alle fem kommuner ja."


def test_groups_say_who_did_not_answer() -> None:
    groups = {
        "Klynge Syd": Counts(5, 5, missing=1),
        "Klynge Øst": Counts(4, 4, missing=2),
        "Klynge Vest": Counts(0, 0, missing=6),
    }
    assert by_group(DANISH, groups, KOMMUNE, KLYNGE) == (
        "I Klynge Syd siger alle fem kommuner ja og i Klynge Øst alle fire. Ingen kommuner i "
        "Klynge Vest har svaret. Én kommune i Klynge Syd og to kommuner i Klynge Øst har ikke "
        "svaret."
    )
    del groups["Klynge Vest"]
    assert by_group(DANISH, groups, KOMMUNE, KLYNGE).startswith(
        "I begge klynger siger alle kommuner, der svarede, ja. Én kommune"
    )


def test_where_nobody_answered_leads_to_where_that_is_told() -> None:
    said = nobody_in(DANISH, "Klynge Syd", KOMMUNE, "m.html#count-1")
    assert links(said) == [("Ingen kommuner", "m.html#count-1")]
    assert nobody_in(DANISH, "Klynge Syd", KOMMUNE) == "Ingen kommuner i Klynge Syd har svaret."
