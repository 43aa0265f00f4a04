"""Rounds compared: worked out by hand, and against a second way to count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from misbrug_analysis.analysis.rounds import Settled, common_answers
from misbrug_analysis.analysis.sensitivity import sensitivity
from misbrug_analysis.analysis.settling import ANSWERS, named
from misbrug_analysis.analysis.trends import Comparison, compare
from misbrug_analysis.analysis.uncompared import (
    other_rules,
    resettled,
    uncompared_items,
    uncompared_units,
)
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.settings import Rules
from tests.analysis.by_hand import ByHand, Rulings, Sent
from tests.analysis.random_rounds import (
    INSTRUMENT,
    answers_table,
    forms_sent,
    rulings_on,
    rulings_table,
    settings,
)

ASKED = ("a", "b", "c", "d")
UNITS = pd.DataFrame(
    {"unit": list(ASKED), "team": ["north", "north", "south", "south"], "whole": ["all"] * 4},
    dtype="str",
)
LEVELS = ["team", "whole"]
ITEMS = {item: item for item in INSTRUMENT.indicator_ids}
SAME = {unit: unit for unit in ASKED}

YES_4 = {"t.1": "yes", "t.s1": "yes", "t.s2": "yes", "t.s3": "yes", "t.s4": "yes"}
YES_2 = {"t.1": "yes", "t.s1": "yes", "t.s2": "yes", "t.s3": "no", "t.s4": "no"}
PARTLY_3 = {"t.1": "partly", "t.s1": "yes", "t.s2": "yes", "t.s3": "yes", "t.s4": "no"}
PARTLY_1 = {"t.1": "partly", "t.s1": "yes", "t.s2": "no", "t.s3": "no", "t.s4": "no"}


def settled(
    sent: Sent,
    rules: Rules,
    *,
    rulings: Rulings | None = None,
    instrument: Instrument = INSTRUMENT,
    items: Mapping[str, str] = ITEMS,
    units: Mapping[str, str] = SAME,
    asked: pd.DataFrame = UNITS,
) -> Settled:
    table = rulings_table(rulings or {})
    found = sensitivity(answers_table(sent), asked, LEVELS, instrument, rules, table)
    return Settled("r", instrument, found, items, units)


def said(unit: str, **answers: str) -> Sent:
    """One joint form: ``said("a", t1="yes")``."""
    return {(unit, "joint"): {f"t.{name[1:]}": answer for name, answer in answers.items()}}


def compared(*rounds: Sent, **rules: object) -> Comparison:
    chosen = Rules.model_validate(rules)
    every = [settled(sent, chosen) for sent in rounds]
    return compare(every, UNITS, LEVELS, INSTRUMENT)


def row(found: Comparison, item: str, group: str = "all", after: int = 1) -> pd.Series:
    table = found.changes
    (place,) = table.index[
        (table["item"] == item) & (table["group"] == group) & (table["after"] == after)
    ]
    return table.loc[place]


def test_gained_and_lost_are_what_a_change_is_made_of() -> None:
    before = {**said("a", t1="yes"), **said("b", t1="yes"), **said("c", t1="no")}
    before |= said("d", t1="no")
    after = {**said("a", t1="yes"), **said("b", t1="no"), **said("c", t1="yes")}
    after |= said("d", t1="yes")
    found = compared(before, after)
    told = ["n", "yes_before", "yes_after", "change", "gained", "lost"]
    assert list(row(found, "t.1")[told]) == [4, 2, 3, 1, 2, 1]
    assert list(row(found, "t.1", "north")[told]) == [2, 2, 1, -1, 0, 1]
    assert list(row(found, "t.1", "south")[told]) == [2, 0, 2, 2, 2, 0]
    moves = found.moves[found.moves["item"] == "t.1"]
    assert list(zip(moves["unit"], moves["was"], moves["became"], strict=True)) == [
        ("b", "yes", "no"),
        ("c", "no", "yes"),
        ("d", "no", "yes"),
    ]
    assert moves["firm"].all()


def test_only_who_answered_the_item_in_every_round_is_compared() -> None:
    before = {**said("a", t1="yes", t2="yes"), **said("b", t1="no", t2="no"), **said("c", t1="no")}
    after = {**said("a", t1="yes", t2="no"), **said("b", t2="yes"), **said("d", t1="yes", t2="yes")}
    found = compared(before, after)
    assert list(row(found, "t.1")[["n", "yes_before", "yes_after"]]) == [1, 1, 1]
    assert list(row(found, "t.2")[["n", "yes_before", "yes_after"]]) == [2, 1, 1]
    blanks = found.blanks[found.blanks["item"] != "t"]
    assert blanks.to_dict("records") == [{"unit": "b", "item": "t.1", "round": 1}]


def test_a_round_in_the_middle_counts_too() -> None:
    words = [("yes", "no"), ("no", "no"), ("yes", "yes")]
    rounds = [{**said("a", t1=one), **said("b", t1=other)} for one, other in words]
    found = compared(*rounds)
    first, second = row(found, "t.1", after=1), row(found, "t.1", after=2)
    assert [first["before"], second["before"]] == [0, 1]
    assert list(first[["yes_before", "yes_after", "gained", "lost"]]) == [1, 0, 0, 1]
    assert list(second[["yes_before", "yes_after", "gained", "lost"]]) == [0, 2, 2, 0]
    absent = [rounds[0], said("a", t1="no"), rounds[2]]
    assert row(compared(*absent), "t.1", after=2)["n"] == 1


def test_partly_that_is_kept_is_a_move_and_no_yes() -> None:
    before = {**said("a", t1="partly"), **said("b", t1="yes"), **said("c", t1="no")}
    after = {**said("a", t1="yes"), **said("b", t1="partly"), **said("c", t1="partly")}
    found = compared(before, after, partly="keep")
    told = ["n", "yes_before", "yes_after", "gained", "lost"]
    assert list(row(found, "t.1")[told]) == [3, 1, 1, 1, 1]
    moves = found.moves[found.moves["item"] == "t.1"]
    assert list(zip(moves["unit"], moves["was"], moves["became"], strict=True)) == [
        ("a", "partly", "yes"),
        ("b", "yes", "partly"),
        ("c", "no", "partly"),
    ]
    counts = found.counts[(found.counts["item"] == "t.1") & (found.counts["group"] == "all")]
    assert list(counts["partly"]) == [1, 2]


def test_what_the_rules_alone_could_make_of_a_change() -> None:
    """C says partly with a share of 1/4, then of 3/4; its peers have 1 and 1/2 each time.

    The thresholds are 5/8, 3/4 and 7/8 at the quarter, the middle and the three quarters. So C
    becomes yes in the first round only as ``as_yes``, in the second also at the two lower ones.
    """
    peers: Sent = {("a", "joint"): YES_4, ("b", "joint"): YES_2}
    before, after = ({**peers, ("c", "joint"): form} for form in (PARTLY_1, PARTLY_3))
    found = compared(before, after)
    told = ["yes_before", "yes_after", "change", "low", "high", "rules_alone"]
    # by variant: 2 to 3 at the two lower quantiles, 2 to 2 at the upper and as no, 3 to 3 as yes
    assert list(row(found, "t.1")[told]) == [2, 3, 1, 0, 1, 1]
    counts = found.counts[(found.counts["item"] == "t.1") & (found.counts["group"] == "all")]
    assert list(zip(counts["low"], counts["high"], strict=True)) == [(2, 3), (2, 3)]
    (move,) = found.moves[found.moves["item"] == "t.1"].to_dict("records")
    assert (move["unit"], move["firm"]) == ("c", False)
    assert len(found.variants) == 5


def test_a_rule_that_can_differ_in_one_round_alone_is_tried_in_both() -> None:
    """Two forms in the second round only: ``any`` makes a yes of them there."""
    before = {**said("a", t1="no"), **said("b", t1="yes")}
    after: Sent = {("a", "alcohol"): {"t.1": "yes"}, ("a", "drugs"): {"t.1": "no"}}
    found = compared(before, {**after, **said("b", t1="yes")})
    told = ["yes_before", "yes_after", "change", "low", "high", "rules_alone"]
    assert list(row(found, "t.1")[told]) == [1, 1, 0, 0, 1, 1]


def test_partly_without_evidence_is_a_no_in_the_round_where_it_cannot_be_judged() -> None:
    rules = Rules(partly="as_yes")
    judged: Sent = {("a", "joint"): YES_4, ("b", "joint"): YES_2, ("c", "joint"): PARTLY_3}
    bare = {**said("a", t1="partly"), **said("b", t1="yes"), **said("c", t1="no")}
    found = common_answers(INSTRUMENT, [settled(bare, rules), settled(judged, rules)])
    ways = found.variants
    judge = ways.index[(ways["partly"] == "judge") & (ways["peer_quantile"] == 0.5)][0]
    of_a = found.said[0, [0, judge], found.units.index("a"), found.items.index("t.1")]
    assert named(of_a).tolist() == ["yes", "no"]


def test_choices_that_differ_in_several_rounds_are_tried_together() -> None:
    """A ruling in the first round only, several forms in the second only.

    A says yes then by the ruling alone, and yes now by ``any`` alone. So the change is -1 by the
    study's own rules, 0 where one of the two is otherwise, and 1 where both are.
    """
    rules = Rules()
    before = settled(said("a", t1="no"), rules, rulings={("a", "", "t.1"): "yes"})
    now = settled({("a", "x"): {"t.1": "yes"}, ("a", "y"): {"t.1": "no"}}, rules)
    found = compare([before, now], UNITS, LEVELS, INSTRUMENT)
    tried = found.variants[["split", "adjudications"]].itertuples(index=False, name=None)
    assert list(tried) == [("no", True), ("no", False), ("any", True), ("any", False)]
    told = ["yes_before", "yes_after", "change", "low", "high", "rules_alone"]
    assert list(row(found, "t.1")[told]) == [1, 0, -1, -1, 1, 1]


def test_a_group_is_told_of_itself_however_units_are_ordered_in_a_round() -> None:
    """Only D, in the south, says partly then; its yes comes and goes with the rules there."""
    rules = Rules(partly="as_no")
    sent = {**said("a", t1="no"), **said("b", t1="no"), **said("c", t1="no")}
    shuffled = UNITS.iloc[[3, 1, 2, 0]]
    before = settled({**sent, **said("d", t1="partly")}, rules, asked=shuffled)
    now = settled({**sent, **said("d", t1="yes")}, rules)
    found = compare([before, now], UNITS, LEVELS, INSTRUMENT)
    told = ["change", "low", "high", "rules_alone"]
    assert list(row(found, "t.1", "north")[told]) == [0, 0, 0, 0]
    assert list(row(found, "t.1", "south")[told]) == [1, 0, 1, 1]


def test_an_indicator_is_told_of_itself_where_questions_changed_places() -> None:
    rules = Rules(partly="as_no")
    before = settled(said("a", t1="partly", t2="no"), rules, items={"t.1": "t.2", "t.2": "t.1"})
    now = settled(said("a", t1="no", t2="no"), rules)
    found = compare([before, now], UNITS, LEVELS, INSTRUMENT)
    told = ["change", "low", "high", "rules_alone"]
    assert list(row(found, "t.1")[told]) == [0, 0, 0, 0]
    assert list(row(found, "t.2")[told]) == [0, -1, 0, 1]


def test_a_round_that_leads_to_a_unit_it_does_not_have_is_refused() -> None:
    before = settled(said("a", t1="yes"), Rules(), units={"a": "z"})
    with pytest.raises(KeyError, match="z"):
        compare([before, settled(said("a", t1="yes"), Rules())], UNITS, LEVELS, INSTRUMENT)


def test_nobody_in_common_is_nothing_to_compare() -> None:
    found = compared(said("a", t1="yes"), said("b", t1="yes"))
    assert found.changes.empty
    assert found.moves.empty
    assert found.blanks.empty


def test_one_round_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two rounds"):
        compared(said("a", t1="yes"))


def renamed(changes: Mapping[str, str], *gone: str) -> Instrument:
    """The instrument as it was: indicators under other numbers, some not asked."""
    items = []
    for item in INSTRUMENT.items:
        if item.id not in gone:
            serves = [changes.get(one, one) for one in item.serves if one not in gone]
            kind = {"id": changes.get(item.id, item.id), "serves": serves}
            items.append(item.model_copy(update=kind))
    return INSTRUMENT.model_copy(update={"id": "older", "items": items})


def test_questions_and_units_go_by_their_names_of_now() -> None:
    rules = Rules()
    older = renamed({"t.1": "t.7", "t.2": "t.1"})
    asked = UNITS.assign(unit=["x", "b", "c", "gone"])
    sent: Sent = {("x", "joint"): {"t.7": "no", "t.1": "yes"}, ("b", "joint"): {"t.7": "yes"}}
    before = settled(
        sent,
        rules,
        instrument=older,
        items={"t.1": "t.7", "t.2": "t.1"},
        units={"a": "x", "b": "b", "c": "c"},
        asked=asked,
    )
    now = settled(
        {**said("a", t1="yes", t2="no"), **said("b", t1="yes"), **said("d", t1="no")}, rules
    )
    found = compare([before, now], UNITS, LEVELS, INSTRUMENT)
    assert list(row(found, "t.1")[["n", "yes_before", "yes_after"]]) == [2, 1, 2]
    assert list(row(found, "t.2")[["n", "yes_before", "yes_after"]]) == [1, 1, 0]
    assert uncompared_units(ASKED, [before, now]).to_dict("records") == [
        {"unit": "c", "round": 0, "why": "absent"},
        {"unit": "d", "round": 0, "why": "new"},
        {"unit": "gone", "round": 0, "why": "gone"},
        {"unit": "c", "round": 1, "why": "absent"},
    ]


def test_a_topic_is_compared_where_it_rests_on_the_same_questions() -> None:
    rules = Rules()
    whole = compared(said("a", t1="yes", t2="no"), said("a", t1="yes", t2="yes"))
    assert list(row(whole, "t")[["yes_before", "yes_after"]]) == [0, 1]
    for items in ({"t.1": "t.1"}, {"t.1": "t.1", "t.2": "t.2"}):
        older = renamed({}, "t.2") if "t.2" not in items else INSTRUMENT
        before = settled(said("a", t1="yes"), rules, instrument=older, items=items)
        now = settled(said("a", t1="yes", t2="yes"), rules)
        found = compare([before, now], UNITS, LEVELS, INSTRUMENT)
        assert ("t" in set(found.answers["item"])) == ("t.2" in items)
        left_out = uncompared_items(INSTRUMENT, [before], [[]]).to_dict("records")
        missing = [
            {"item": "t.2", "round": 0, "why": "new"},
            {"item": "t", "round": 0, "why": "topic"},
        ]
        assert left_out == ([] if "t.2" in items else missing)


def test_a_topic_that_rested_on_more_is_not_compared() -> None:
    fewer, rules = renamed({}, "t.2"), Rules()
    before = settled(said("a", t1="yes", t2="no"), rules, items={"t.1": "t.1"})
    now = settled(said("a", t1="yes"), rules, instrument=fewer, items={"t.1": "t.1"})
    found = compare([before, now], UNITS, LEVELS, fewer)
    assert set(found.answers["item"]) == {"t.1"}


def test_a_move_from_a_partly_answer_is_not_firm() -> None:
    before = {**said("a", t1="partly"), **said("b", t1="no")}
    found = compared(before, {**said("a", t1="yes"), **said("b", t1="yes")})
    moves = found.moves[found.moves["item"] == "t.1"]
    assert dict(zip(moves["unit"], moves["firm"], strict=True)) == {"a": False, "b": True}


def test_what_is_set_aside_is_neither_new_nor_gone() -> None:
    before = settled(said("a", t1="yes"), Rules(), items={"t.1": "t.1"})
    found = uncompared_items(INSTRUMENT, [before], [["t.2"]])
    assert found.to_dict("records") == [
        {"item": "t.2", "round": 0, "why": "aside"},
        {"item": "t", "round": 0, "why": "topic"},
    ]
    gone = uncompared_items(renamed({}, "t.2"), [before], [[]])
    assert {"item": "t.2", "round": 0, "why": "gone"} in gone.to_dict("records")


def test_other_rules_are_told_with_what_they_make_of_published_counts() -> None:
    sent = {**said("a", t1="partly", t2="no"), **said("b", t1="yes", t2="no")}
    as_yes, judge = Rules(partly="as_yes"), Rules(min_peers=3)
    assert other_rules(judge, as_yes) == {"partly": ("as_yes", "judge"), "min_peers": (2, 3)}
    published = settled(sent, as_yes).sensitivity.scores_under(0)
    (told,) = resettled(published, settled(sent, judge), "whole").to_dict("records")
    assert told == {
        "item": "t.1",
        **{"yes": 2, "partly": 0, "n": 2, "yes_now": 1, "partly_now": 0, "n_now": 2},
    }
    assert resettled(published, settled(sent, as_yes), "whole").empty


@dataclass(frozen=True)
class Then:
    """A round as it was sent, and what things of now were called and in which order they stood."""

    sent: Sent
    rulings: Rulings
    items: dict[str, str]
    units: dict[str, str]
    asked: list[str]

    def answer(self, unit: str, item: str, way: Mapping[str, Any], *, ruled: bool = True) -> str:
        """What is settled, one answer at a time, under the names of now; a topic is its worst."""
        one = ByHand(self.sent, self.rulings if ruled else {}, **way)
        asked = [self.items[item]] if item in self.items else list(self.items.values())
        answers = [one.unit(self.units[unit], name)[0] for name in asked]
        return next(said for said in ANSWERS if said in answers)


@st.composite
def rounds_then(draw: st.DrawFn) -> Then:
    sent = draw(forms_sent)
    items, units, asked = (
        draw(st.permutations(names)) for names in (list(ITEMS), list(ASKED), list(ASKED))
    )
    return Then(
        sent,
        draw(rulings_on(sent)),
        dict(zip(ITEMS, items, strict=True)),
        dict(zip(ASKED, units, strict=True)),
        asked,
    )


def as_sent(then: Then) -> Then:
    """The newest round, in which everything is called what it is called."""
    return replace(then, items=dict(ITEMS), units=dict(SAME), asked=list(ASKED))


@hypothesis_settings(max_examples=25, deadline=None)
@given(earlier=st.lists(rounds_then(), min_size=1, max_size=2), last=rounds_then(), chosen=settings)
def test_every_change_is_what_counting_unit_by_unit_gives(
    earlier: list[Then], last: Then, chosen: dict[str, str]
) -> None:
    rules = Rules.model_validate(chosen | {"peer_quantile": float(chosen["peer_quantile"])})
    rounds = [*earlier, as_sent(last)]
    every = [
        settled(
            then.sent,
            rules,
            rulings=then.rulings,
            items=then.items,
            units=then.units,
            asked=UNITS.set_index("unit").loc[then.asked].reset_index(),
        )
        for then in rounds
    ]
    found = compare(every, UNITS, LEVELS, INSTRUMENT).changes
    by_hand = {
        (item, group, after): told
        for item in (*ITEMS, "t")
        for group, members in GROUPS.items()
        for after, told in _by_hand(rounds, item, rules, members)
    }
    keys = zip(found["item"], found["group"], found["after"], strict=True)
    rows = found[list(TOLD)].itertuples(index=False, name=None)
    assert dict(zip(keys, rows, strict=True)) == by_hand


GROUPS = {"all": ASKED, "north": ("a", "b"), "south": ("c", "d")}
TOLD = (
    *("n", "yes_before", "yes_after", "change", "gained", "lost"),
    *("low", "high", "rules_alone"),
)


def _by_hand(
    rounds: list[Then], item: str, rules: Rules, members: Sequence[str]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """``TOLD`` of every change, from rules taken one answer at a time; none where nobody is."""
    own = rules.model_dump(include={"partly", "min_peers", "peer_quantile", "split"})
    units = [
        unit
        for unit in members
        if all(then.answer(unit, item, own) in ("yes", "partly", "no") for then in rounds)
    ]
    ways = [
        (own | {"partly": partly, "peer_quantile": quantile, "split": split}, hold)
        for partly, quantile in _partly_ways(rules)
        for split in ("no", "any", "majority")
        for hold in (True, False)
    ]
    for after in range(1, len(rounds)) if units else ():
        pair = rounds[after - 1 : after + 1]
        was, now = ([then.answer(unit, item, own) == "yes" for unit in units] for then in pair)
        under = [
            [
                sum(then.answer(unit, item, way, ruled=hold) == "yes" for unit in units)
                for way, hold in ways
            ]
            for then in pair
        ]
        moved = [late - soon for soon, late in zip(*under, strict=True)]
        gained = sum(yes and not before for before, yes in zip(was, now, strict=True))
        lost = sum(before and not yes for before, yes in zip(was, now, strict=True))
        counts = (len(units), sum(was), sum(now), sum(now) - sum(was), gained, lost)
        alone = max(max(yes) - min(yes) for yes in under)
        yield after, (*counts, min(moved), max(moved), alone)


def _partly_ways(rules: Rules) -> list[tuple[str, float]]:
    ways = [(rules.partly, rules.peer_quantile), ("as_yes", 0.5), ("as_no", 0.5)]
    quantiles = {0.25, 0.5, 0.75, rules.peer_quantile}
    return ways + [("judge", quantile) for quantile in sorted(quantiles)]
