"""Changes of one cell, and every kind of thing that can follow from one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.studies.one_change import INDICATORS, SERVES, Answers, Flip, locator, source
from tests.studies.told import Key, Told
from tests.studies.what_follows import differing


@dataclass(frozen=True)
class Change:
    """The round with one cell changed, as it is sent and as it is told."""

    flip: Flip
    sent: Answers
    told: Told

    @property
    def cell(self) -> Key:
        """The file and the place in it."""
        place = self.flip.place
        return source(place.unit, place.form), locator(place)


def said_with(words: str, told: Told) -> list[str]:
    """The sentences with some words."""
    return sorted(one.text for one in told.sentences.elements() if words in one.text)


def others_of(change: Change, pairs: set[Key]) -> set[Key]:
    """Those of other units than the one whose cell it is."""
    return {pair for pair in pairs if pair[0] != change.flip.place.unit}


def peers_of(told: Told) -> set[tuple[str, ...]]:
    """Every form that some answer is measured against: the indicator, whose, and which."""
    return {
        (item, str(peer["unit"]), str(peer["form"]))
        for (_, item), trace in told.traces.items()
        for peer in trace.peers
    }


def stands(base: Told, change: Change, unit: str, form: str) -> bool:
    """Whether a unit says as before to 1.2, although its form now says something else."""
    before, after = base.answers[unit, "1.2"], change.told.answers[unit, "1.2"]
    return change.flip.place == (unit, form, "1.2") and before == after


KINDS: dict[str, Callable[[Told, Change], object]] = {
    "a supplementary cell turns the answer of another unit": lambda base, change: (
        change.flip.place.item in SERVES
        and others_of(change, differing(base.answers, change.told.answers))
    ),
    "a supplementary cell moves a threshold and no answer": lambda base, change: (
        change.flip.place.item in SERVES
        and base.answers == change.told.answers
        and others_of(change, differing(base.traces, change.told.traces))
    ),
    "a cell of a question that is scored changes no answer": lambda base, change: (
        change.flip.place.item in INDICATORS and base.answers == change.told.answers
    ),
    "a cell has no part in any answer": lambda base, change: (
        change.flip.place.item in SERVES and not differing(base.traces, change.told.traces)
    ),
    "a form is a peer no more": lambda base, change: peers_of(base) > peers_of(change.told),
    "a form becomes a peer": lambda base, change: peers_of(base) < peers_of(change.told),
    "too few peers are left": lambda base, change: any(
        base.traces[pair].rule == "partly_on_par" and trace.rule == "partly_undecided"
        for pair, trace in change.told.traces.items()
        if pair[0] != change.flip.place.unit
    ),
    "forms differ no more": lambda base, change: any(
        base.traces[pair].rule == "split" and trace.rule == "agreed"
        for pair, trace in change.told.traces.items()
    ),
    "a ruling on a form stands": lambda base, change: stands(base, change, "b", "drugs"),
    "a ruling on a unit stands": lambda base, change: stands(base, change, "c", "joint"),
    "a count changes and not that of its topic": lambda base, change: (
        {item for _, item in differing(base.counts, change.told.counts)} == {"1.2"}
    ),
    "a condition turns": lambda base, change: (
        said_with("Modtagelsen er", base) != said_with("Modtagelsen er", change.told)
    ),
    "a condition on a question that is not scored turns": lambda base, change: (
        said_with("Brevet er", base) != said_with("Brevet er", change.told)
    ),
    "a condition on a changed count stands": lambda base, change: (
        said_with("tager godt imod", base) != said_with("tager godt imod", change.told)
        and said_with("Modtagelsen er", base) == said_with("Modtagelsen er", change.told)
    ),
}
"""What happens in the round, each told of the round as it is and as one change makes it."""
