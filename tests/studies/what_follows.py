"""What must follow from the answers of the small round, by hand: counts, sentences, rows of pages.

Nothing here asks the library what it makes of the answers, but for the traces that rows tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from misbrug_analysis.presentation.addresses import answer_anchor, count_anchor
from tests.studies.one_change import CHOICES, INDICATORS, ITEMS, TEAMS, Answers
from tests.studies.told import Counts, Key, Row, Told

GROUPS = {
    "all": list(TEAMS),
    **{team: [one for one in TEAMS if TEAMS[one] == team] for team in ("north", "south")},
}
TOPICS = {topic: [one for one in INDICATORS if INDICATORS[one] == topic] for topic in ("1", "2")}
PRACTICE = [item for item in ITEMS if item not in INDICATORS]
FIRST_OF = ("absent", "no", "unanswered", "partly", "yes")
"""A topic is the first of these that one of its indicators is."""

ANSWERED = "answered"

AUTHORED = (
    *("tager godt imod", "i Nord og", "Modtagelsen er", "spørger", "Begge dele gør"),
    *("har ingen plan", "følger op i et år", "Brevet er", "Alt er frivilligt"),
)
"""Words that each authored sentence alone has, however it is worded."""

RESTS_ON = dict(
    zip(
        AUTHORED,
        [
            {("1.1", "all")},
            {("1.1", "north"), ("1.1", "south")},
            *({(item, "all")} for item in ("1.1", "1.2", "1", "2.1")),
            *[set[tuple[str, str]]()] * 3,  # no rule settles what they tell
        ],
        strict=True,
    )
)
"""The settled counts that each shows, or stands under a condition on: items and groups."""


def counted(answers: Mapping[Key, str]) -> dict[Key, Counts]:
    """How many units of each group say what to each indicator and topic."""
    said = dict(answers)
    for topic, items in TOPICS.items():
        for unit in TEAMS:
            said[unit, topic] = min((said[unit, one] for one in items), key=FIRST_OF.index)
    return {
        (group, item): Counter(said[unit, item] for unit in units)
        for group, units in GROUPS.items()
        for item in (*INDICATORS, *TOPICS)
    }


def chosen(sent: Answers) -> dict[Key, Counts]:
    """How many units of each group chose what in questions that are not scored, and answered."""
    return {
        (group, item): Counter(
            choice for unit in units for choice in _choices(given_by(sent, unit, item), item)
        )
        for group, units in GROUPS.items()
        for item in PRACTICE
    }


def given_by(sent: Answers, unit: str, item: str) -> dict[str, str]:
    """What each form of a unit answers, blank ones left out."""
    return {
        place.form: word
        for place, word in sent.items()
        if (place.unit, place.item) == (unit, item) and word
    }


def _choices(given: Mapping[str, str], item: str) -> list[str]:
    """What a unit counts for: of several at once what one form chose, else what all chose."""
    if not given:
        return []
    if item in CHOICES:
        return [ANSWERED, *{one for word in given.values() for one in word.split("; ")}]
    return [ANSWERED, *(set(given.values()) if len(set(given.values())) == 1 else [])]


def is_authored(text: str) -> bool:
    """Whether a sentence is one of the texts of the round."""
    return any(words in text for words in AUTHORED)


def authored(answers: Mapping[Key, str], sent: Answers) -> dict[str, object]:
    """What each authored sentence of the page says, by words that it alone has in every wording."""
    counts, practice = counted(answers), chosen(sent)

    def told(item: str, group: str = "all") -> tuple[int, int]:
        said = counts[group, item]
        return said["yes"], said["yes"] + said["no"]

    def share(item: str) -> float:
        yes, n = told(item)
        return yes / n

    letters, plans = practice["all", "2.d2"], practice["all", "2.s1"]
    says = (
        told("1.1"),
        (told("1.1", "north")[0], told("1.1", "south")[0]),
        share("1.1") > 0.5,
        (told("1.2"), share("1.2") > 0.7),
        told("1"),
        (counts["all", "2.1"]["no"], share("2.1") > 0.8),
        (plans["ja"], plans[ANSWERED]),
        letters["brev"] / letters[ANSWERED] > 0.8,
        None,
    )
    return dict(zip(AUTHORED, says, strict=True))


def rows(told: Told, sent: Answers) -> dict[str, Hashable]:
    """What each row of the evidence pages tells, by its anchor."""
    counts = counted(told.answers) | chosen(sent)
    found: dict[str, Hashable] = {
        count_anchor(item, group): _frozen(said) for (group, item), said in counts.items()
    }
    for unit in TEAMS:
        found |= {answer_anchor(one, unit): _answer(told, unit, one) for one in INDICATORS}
        found |= {answer_anchor(one, unit): _topic(told, unit, one) for one in TOPICS}
        found |= {answer_anchor(one, unit): _frozen(given_by(sent, unit, one)) for one in PRACTICE}
    return found


def _answer(told: Told, unit: str, item: str) -> Hashable:
    """The row of an answer tells its trace, and what others are measured against in its unit."""
    one = told.traces[unit, item]
    cells = [
        cell
        for other in TEAMS
        for cell in told.traces[other, item].peer_cells
        if cell["unit"] == unit != other and cell["item"] != item
    ]
    return (
        (one.answer, one.rule),
        tuple(_form(form, one.peers) for form in one.forms),
        frozenset(map(_cell, one.cells)),
        frozenset((cell["form"], _cell(cell)) for cell in cells),
        tuple(map(_frozen, one.rulings)),
    )


def _form(form: Row, peers: Sequence[Row]) -> Hashable:
    """What a form says; and, of a partly answer with a share, as much as it is measured by."""
    said = tuple(form[name] for name in ("form", "said", "answer", "rule"))
    if form["said"] != "partly" or form["share"] is None:
        return said
    if len(peers) < 2:
        return (*said, form["share"], len(peers))
    names = frozenset((peer["unit"], peer["form"]) for peer in peers)
    return (*said, form["share"], form["threshold"], names)


def _cell(row: Row) -> Hashable:
    return row["source"], row["locator"], row["stands"]


def _topic(told: Told, unit: str, topic: str) -> Hashable:
    """How the unit meets a topic, and which indicators decide it."""
    said = {one: told.answers[unit, one] for one in TOPICS[topic]}
    answer = min(said.values(), key=FIRST_OF.index)
    return answer, tuple(one for one in said if said[one] == answer)


def _frozen(mapping: Mapping[Any, object]) -> Hashable:
    return frozenset(mapping.items())


def differing(before: Mapping[Any, object], after: Mapping[Any, object]) -> set[Any]:
    """The keys of which something else is told after than before."""
    keys: Iterable[Any] = before.keys() | after.keys()
    return {key for key in keys if before.get(key) != after.get(key)}
