"""The sentences of a page that rest on settled answers, and whether they hold under other rules.

A statement is a sentence that reads a settled count, in its words or in the condition under which
it stands; a sentence on anything else cannot be moved by rules and is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from inspect import BoundArguments, signature
from typing import Literal, Protocol, TypeVar

from misbrug_analysis.model.notebooks import notebook_cells
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.shown_sections import (
    SECTIONS,
    SectionCall,
    ShownSections,
    shown_sections,
)

Verdict = Literal["robust", "number", "words"]


@dataclass(frozen=True)
class Statement:
    """A sentence as it is published, without links; what is in another language says so.

    ``place`` is the heading under which it stands and ``address`` leads there; ``rests_on`` are the
    items (indicators or topics) and groups whose counts it shows or depends on. ``anchor`` is the
    same from run to run and language to language, and no two of a study have the same: the page
    that lists statements gives it to the statement's row, for the mark at the sentence leads there.
    One that ``is_conditional`` shows no count itself: it stands only because of what others are.
    """

    text: str
    place: str
    address: str
    rests_on: tuple[tuple[str, str], ...]
    anchor: str = ""
    is_conditional: bool = False


@dataclass(frozen=True)
class Judged:
    """A statement held against every variant of the rules.

    ``verdict`` is ``robust`` where it is the same to the letter in all of them, ``number`` where
    only figures in digits change, and ``words`` where it would read otherwise or not be there.
    ``changes_in`` are the variants in which it is not the same. Where words change, the rest is of
    the variants in which they do: ``moved_by`` are the settings that change it alone (of
    ``sensitivity.SETTINGS``; none when only several together do), and ``otherwise`` is what stands
    in its place in the first variant that changes one setting alone, else in the first ("" where
    nothing does).
    """

    statement: Statement
    verdict: Verdict
    changes_in: tuple[int, ...] = ()
    moved_by: tuple[str, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True)
class Place:
    """The heading under which a sentence stands, and its anchor on the page."""

    heading: str
    anchor: str

    def address(self, report: Report) -> str:
        return f"{report.run.page}#{self.anchor}"

    def statement_anchor(self, report: Report, key: str) -> str:
        """The anchor of a statement of the place, named by its page, place and key."""
        page = report.run.page.removesuffix(".html")
        return slug("statement", page, self.anchor, key)


class Passage(Protocol):
    """Sentences that a section shows together, and that can be judged without the section."""

    @property
    def place(self) -> Place: ...

    def judged(self, report: Report, *, absence: bool = False) -> list[Judged]: ...


Passages = Callable[..., Iterator[Passage]]
_Section = TypeVar("_Section", bound=Callable[..., object])


def tells(passages: Passages) -> Callable[[_Section], _Section]:
    """Say of a section function which passages it shows; they take the same arguments."""

    def told(section: _Section) -> _Section:
        section.passages = passages  # type: ignore[attr-defined]
        return section

    return told


def judged_statements(report: Report, *, absence: bool = False) -> list[Judged]:
    """Every statement of a report's page, in the order of the page.

    Which sections the page shows is read from the report's notebook. With ``absence`` the
    statements are held against every way to count who did not answer (``Sensitivity.absences``),
    under the study's own rules: ``changes_in`` are then rows of that table, and that fewer are
    left out is no change. Nothing before the first answer.
    """
    if report.is_empty:
        return []
    found: dict[str, Judged] = {}
    for passage in _passages(report):
        for judged in passage.judged(report, absence=absence):
            found.setdefault(judged.statement.anchor, judged)  # what stands twice is one statement
    return list(found.values())


def reports_with_statements(report: Report) -> list[Report]:
    """The study's reports whose pages show statements, in the order of the study file."""
    runs = [replace(report, run=run) for run in report.study.runs()]
    return [one for one in runs if next(_passages(one), None) is not None and not one.is_empty]


def listed_places(report: Report) -> frozenset[str]:
    """The anchors of the places of a report's page whose statements are judged."""
    return frozenset(passage.place.anchor for passage in _passages(report))


def unread_cells(report: Report) -> tuple[int, ...]:
    """The cells of a report's notebook that show sentences in a way that cannot be read from it.

    Numbered from 1, those of text included. Their sentences are not among the statements.
    """
    shown, tellings = _shown(report), _tellings()
    wrong = [one.cell for one in shown.calls if _given(tellings[one.section], report, one) is None]
    return tuple(sorted({*shown.unread, *wrong}))


def _passages(report: Report) -> Iterator[Passage]:
    tellings = _tellings()
    for call in _shown(report).calls:
        given = _given(tellings[call.section], report, call)
        if given is not None:
            yield from tellings[call.section](*given.args, **given.kwargs)


def _tellings() -> dict[str, Passages]:
    """For each section that shows sentences, what tells them."""
    sections = vars(import_module(SECTIONS))
    return {name: one.passages for name, one in sections.items() if hasattr(one, "passages")}


def _shown(report: Report) -> ShownSections:
    path = report.study.project.notebooks / f"{report.run.report.notebook}.ipynb"
    cells = notebook_cells(path, report.study.project.shown(path))
    return shown_sections(cells, path.stem, frozenset(_tellings()))


def _given(telling: Passages, report: Report, call: SectionCall) -> BoundArguments | None:
    """The arguments of a call; None where the section does not take them."""
    takes = signature(telling)
    try:
        given = takes.bind(report, *call.args, **dict(call.kwargs))
    except TypeError:
        return None
    fits = (
        isinstance(value, str)
        for name, value in given.arguments.items()
        if takes.parameters[name].annotation == "str"
    )
    return given if all(fits) else None
