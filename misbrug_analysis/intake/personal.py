"""Personal data in returned forms: where they stand, and what they keep a run from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.model.errors import Problem, Whereabouts
from misbrug_analysis.model.privacy import KINDS, PersonalKind, kinds_in
from misbrug_analysis.model.study import Study


@dataclass(frozen=True)
class Finding:
    """Personal data in one cell: ``kinds`` names each that was found, as often as it was."""

    source: str
    locator: str
    kinds: tuple[PersonalKind, ...]


def findings_in(source: str, cells: Iterable[Cell]) -> tuple[Finding, ...]:
    """The cells of a file that hold personal data."""
    found = [Finding(source, cell.locator, kinds_in(cell.text)) for cell in cells]
    return tuple(one for one in found if one.kinds)


def counted(findings: Iterable[Finding]) -> dict[str, dict[PersonalKind, int]]:
    """How often each kind was found in each file, the gravest kind first; never what was found."""
    counts: dict[str, Counter[PersonalKind]] = {}
    for one in findings:
        counts.setdefault(one.source, Counter()).update(one.kinds)
    return {
        source: {kind: found[kind] for kind in KINDS if found[kind]}
        for source, found in counts.items()
    }


def unacknowledged(study: Study, findings: Iterable[Finding]) -> Iterator[Problem]:
    """A fault for every cell with a civil registration number that nobody answers for.

    Also one for every acknowledgement in the study file of what is not there.
    """
    numbers = dict.fromkeys((one.source, one.locator) for one in findings if "cpr" in one.kinds)
    known = {(one.source, one.locator) for one in study.settings.personal_data}
    for source, locator in numbers:
        if (source, locator) not in known:
            yield Problem("cpr_found", f"{source}, {locator}", {}, source, locator)
    for index, entry in enumerate(study.settings.personal_data):
        if (entry.source, entry.locator) not in numbers:
            file = study.project.shown(study.folder / "study.yaml")
            where = f"{file}, personal_data, entry {index + 1}"
            values = {"source": entry.source, "locator": Whereabouts((entry.locator,))}
            yield Problem("stray_acknowledgement", where, values)
