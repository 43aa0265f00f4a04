"""What reading the forms came to: what was read as something else or decided, and the sums."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from misbrug_analysis.intake.collect import Round
from misbrug_analysis.intake.ledger import FILE, fates_by_source
from misbrug_analysis.intake.personal import counted
from misbrug_analysis.intake.status import Standing
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.presentation.collecting.words import cell_place, file_name
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language

READ_AS = ("normalised", "ticked")
"""Reasons of the ledger for cells whose answer is not written as the instrument writes it."""

LONGEST = 80
"""Signs of what stood in a cell that a list shows."""


def read_as(standing: Standing, language: Language, reason: str) -> list[tuple[str, str, int]]:
    """What stood in cells, what it was read as, and how often, for one reason; the commonest first.

    Options that are ticked in our own rows for them stand there as they are read, and are left out.
    Answers only: what else a cell can say (a unit, a form, a date) is itself told where it is used.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for raw, value, n in _answers_for(standing.came_in, reason):
        if raw != value:
            counts[shortened(raw), _word(standing.study.instrument, value, language)] += n
    return [(raw, value, n) for (raw, value), n in sorted(counts.items(), key=_commonest_first)]


@dataclass(frozen=True)
class Decided:
    """What was decided on a place of a form: what stood there, what it is read as, and why."""

    place: str
    raw: str
    value: str
    why: str


def decided(standing: Standing, language: Language) -> list[Decided]:
    """Every decision that is in use, in the order of the file of decisions."""
    in_use: dict[str, set[str]] = {}
    for form in standing.came_in.forms:
        in_use.setdefault(form.source, set()).update(form.ledger.needed)
    ledger = standing.came_in.ledger
    spoken_of = ledger["locator"].isin({one.locator for one in standing.study.decisions})
    rows = ledger.loc[spoken_of, ["source", "locator", "raw"]].itertuples(index=False)
    stood = {(source, locator): raw for source, locator, raw in rows}
    return [
        Decided(
            f"{file_name(one.source)}, {cell_place(one.locator, language)}",
            shortened(stood.get((one.source, one.locator), "")) if one.locator != FILE else "–",
            language.text("check.no_answer") if one.is_blank else shortened(one.reads_as),
            f"{one.reason} ({one.decided_by})",
        )
        for one in standing.study.decisions
        if one.locator in in_use.get(one.source, ())
    ]


def warnings(standing: Standing) -> list[Problem]:
    """What to look at; that nothing came in is told by itself."""
    found = standing.came_in.warnings
    return [one for one in found if one.code != "no_forms" or standing.came_in.forms]


def personal(standing: Standing, language: Language) -> list[tuple[str, list[str]]]:
    """The files with personal data, and how many of each kind; never the data themselves.

    With them stands why civil registration numbers may stay, where the study says so.
    """
    return [
        (
            file_name(source),
            [
                language.plural(f"collecting.personal.{kind}", n)
                + (_acknowledged(standing, source, n, language) if kind == "cpr" else "")
                for kind, n in kinds.items()
            ],
        )
        for source, kinds in counted(standing.came_in.findings).items()
    ]


def _acknowledged(standing: Standing, source: str, found: int, language: Language) -> str:
    """How many of the numbers in a file may stay, and why."""
    known = [one for one in standing.study.settings.personal_data if one.source == source]
    places = {one.locator for one in known}
    n = sum(
        one.kinds.count("cpr")
        for one in standing.came_in.findings
        if one.source == source and one.locator in places
    )
    if not n:
        return ""
    why = "; ".join(dict.fromkeys(one.reason.rstrip(".") for one in known))
    key = "collecting.acknowledged.all" if n == found else "collecting.acknowledged.some"
    return language.text(key, n=language.number(n), why=why)


def cell_sums(standing: Standing, language: Language) -> tuple[list[tuple[str, int]], int]:
    """How many cells met each fate, in words, and how many cells there are in all."""
    totals = fates_by_source(standing.came_in.ledger).sum()
    fates = [(language.text(f"ledger.{fate}"), int(n)) for fate, n in totals.drop("cells").items()]
    return fates, int(totals["cells"])


def shortened(raw: str, longest: int = LONGEST) -> str:
    """What stood in a cell, on one line and not longer than a list can bear."""
    line = " ".join(raw.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _answers_for(came_in: Round, reason: str) -> list[tuple[str, str, int]]:
    """Raw text and value of the answers whose cells have a reason, and how many have them."""
    cells = came_in.ledger.loc[came_in.ledger["reason"] == reason, ["source", "locator"]]
    counts = came_in.answers.merge(cells).groupby(["raw", "value"]).size()
    found = counts.reset_index(name="n")
    return list(found.itertuples(index=False, name=None))


def _word(instrument: Instrument, value: str, language: Language) -> str:
    """An answer as a reader says it."""
    found = (instrument.missing | instrument.answers).get(value)
    return in_language(found.label, language.code) if found else shortened(value)


def _commonest_first(entry: tuple[tuple[str, str], int]) -> tuple[int, tuple[str, str]]:
    return -entry[1], entry[0]
