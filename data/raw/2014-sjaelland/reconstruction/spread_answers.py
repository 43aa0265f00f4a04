"""Which pseudonymous unit says yes: the chosen counts, dealt out by a fixed and blind draw.

A place in the draw is the SHA-256 of the seed and of what is drawn for. It is the same on every
machine and in every version of Python, and nobody has picked it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import combinations, product

from feasible import Yes

SEED = "2014-sjaelland"


def draw(*names: str) -> float:
    """A number from 0 up to 1 that belongs to these names, drawn by the seed."""
    digest = hashlib.sha256("|".join((SEED, *names)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def drawn_order(names: Sequence[str], purpose: str) -> list[str]:
    """The names in the order of the draw for a purpose."""
    return sorted(names, key=lambda name: draw(purpose, name))


def spread(
    chosen: Mapping[str, Yes],
    joint: Mapping[str, Sequence[str]],
    units: Mapping[str, Sequence[str]],
) -> dict[tuple[str, str], bool]:
    """Each unit's settled answer to each indicator: (unit, indicator) to whether it is yes.

    ``chosen`` holds yes per cluster by indicator, and by joint sentence; ``joint`` the indicators
    of each joint sentence; ``units`` the answering units per cluster, in the order of the counts.
    """
    answers: dict[tuple[str, str], bool] = {}
    together = {indicator for indicators in joint.values() for indicator in indicators}
    for position, (cluster, names) in enumerate(units.items()):
        for indicator, yes in chosen.items():
            if indicator in joint or indicator in together:
                continue
            first = drawn_order(names, f"{cluster} {indicator}")[: yes[position]]
            answers |= {(name, indicator): name in first for name in names}
        for name, indicators in joint.items():
            counts = [chosen[indicator][position] for indicator in indicators]
            order = drawn_order(names, f"{cluster} {name}")
            sets = _joint_draw(order, counts, chosen[name][position])
            for indicator, yes_units in zip(indicators, sets, strict=True):
                answers |= {(unit, indicator): unit in yes_units for unit in names}
    return answers


def _joint_draw(
    order: Sequence[str], counts: Sequence[int], met_by: int
) -> tuple[tuple[str, ...], ...]:
    """The first choice of units, in the drawn order, of which so many are in every set."""
    for sets in product(*(combinations(order, count) for count in counts)):
        if len(set.intersection(*map(set, sets))) == met_by:
            return sets
    raise ValueError(f"no {met_by} of {len(order)} units can be in sets of {list(counts)}")
