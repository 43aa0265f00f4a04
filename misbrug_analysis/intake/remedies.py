"""What a study says of places that would be rejected: accepted as blank, or decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.days import as_day
from misbrug_analysis.model.decisions import FILE_NAME, NOTHING, unguarded
from misbrug_analysis.model.errors import Problem, Whereabouts
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.study import Study


@dataclass(frozen=True)
class Remedy:
    """How one place is read; ``reads_as`` is None where it counts as blank.

    ``reason`` is that of the ledger. A remedy holds only where ``found`` still stands.
    """

    reason: Literal["accepted", "decided"]
    reads_as: str | None = None
    found: str | None = None

    def holds(self, raw: str) -> bool:
        """Whether what stands there is what was decided on, as it is or as messages show it.

        A day is the same however it is written: a spreadsheet rewrites it when it saves.
        """
        if self.found is None:
            return True
        if not raw:
            return self.found.casefold() in NOTHING
        found, day = _line(self.found), as_day(self.found)
        return found in (_line(raw), excerpt(raw)) or (day is not None and day == as_day(raw))

    def found_of(self, owner: str) -> Remedy | None:
        """The same without the name of whose answer was found (``A: måske``).

        None where it names somebody else or nobody.
        """
        if not owner or self.found is None:
            return self
        name, said = f"{owner}: ".casefold(), self.found
        return replace(self, found=said[len(name) :]) if said.casefold().startswith(name) else None


def remedies_of(study: Study, source: str) -> dict[str, Remedy]:
    """The remedies for one file by place."""
    missing = study.instrument.missing_codes()
    found = {
        entry.locator: Remedy("accepted")
        for entry in study.settings.accept
        if entry.source == source
    }
    for decision in study.decisions:
        if decision.source == source:
            blank = decision.is_blank or decision.reads_as.strip().casefold() in missing
            reads_as = None if blank else decision.reads_as
            found[decision.locator] = Remedy("decided", reads_as, decision.found)
    return found


def misplaced_remedies(study: Study, needed: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """A fault for every remedy of what would not be rejected, and for two on one place.

    ``needed`` has the places of each file that would be rejected.
    """
    accepted = [(entry.source, entry.locator) for entry in study.settings.accept]
    decided = {(entry.source, entry.locator): entry.line for entry in study.decisions}
    settings = study.project.shown(study.folder / "study.yaml")
    for index, (source, locator) in enumerate(accepted, 1):
        values: dict[str, object] = {"source": source, "locator": Whereabouts((locator,))}
        where = f"{settings}, accept, entry {index}"
        if (source, locator) in decided:
            yield Problem("accepted_and_decided", where, values)
        elif locator not in needed.get(source, ()):
            yield Problem("stray_acceptance", where, values)
    decisions = study.project.shown(study.folder / FILE_NAME)
    for (source, locator), line in decided.items():
        values = {"source": source, "locator": Whereabouts((locator,))}
        if locator not in needed.get(source, ()):
            yield Problem("stray_decision", f"{decisions}, line {line}", values)


def _line(text: str) -> str:
    return " ".join(unguarded(masked(text)).split())
