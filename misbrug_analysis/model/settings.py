"""``study.yaml``: what a round is, how its answers are settled, and which reports it makes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from misbrug_analysis.model.answer_words import AnswerCode
from misbrug_analysis.model.basics import MaskedLine
from misbrug_analysis.model.earlier import Earlier
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import FileName, LanguageCode, Name, Origin, Slug, Text
from misbrug_analysis.model.places import Locator
from misbrug_analysis.model.publication import Publication
from misbrug_analysis.model.totals import Totals
from misbrug_analysis.model.unfit import bad, matching
from misbrug_analysis.model.usual import FormName
from misbrug_analysis.model.yamlfile import Misfit, Model

Day = date
"""The type under another name than the field ``date``."""

Letter = Annotated[str, matching(r"[A-Z]", "a_capital")]
LicenceId = Annotated[
    str, StringConstraints(max_length=60), matching(r"[A-Za-z0-9.+-]+", "a_licence")
]
"""An identifier of the SPDX list of licences."""


class Possible(Model):
    """The counts that the source leaves open: the CSV file, and what a page says of them."""

    counts: str
    title: Text
    explains: Text


class OwnWords(Model):
    """What pages say where not the answers alone but words were made: one sentence a place.

    ``practice`` is of the counts of questions that are not scored; ``units`` says what units under
    made-up names are not.
    """

    focus_areas: Text | None = None
    feedback: Text | None = None
    remarks: Text | None = None
    practice: Text | None = None
    units: Text | None = None


class Provenance(Model):
    """Whether the answers were collected, reconstructed from a source, or invented.

    Answers that nobody gave have the ``statement`` that every page carries. Reconstructed ones may
    say which counts the source leaves open and which words are not the respondents'. ``year`` is
    the one in which they were made, ``sources`` what the study rests on.
    """

    kind: Literal["collected", "reconstructed", "invented"]
    statement: Text | None = None
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    sources: list[Origin] = []
    possible: Possible | None = None
    own_words: OwnWords | None = None

    @property
    def is_made(self) -> bool:
        """Whether nobody gave the answers, so that a unit can stand for no place there is."""
        return self.kind != "collected"


class Rules(Model):
    """How answers are settled; every field is a named choice (design.md, "The rules, exactly").

    ``peer_quantile`` is a share of the peers (0 to 1), linear between two of them; ``min_peers`` a
    number of forms. ``codes`` says of words that leave a question unanswered ("don't know"), and of
    cells that are empty (``blank``), what they count as, where the study differs from its
    instrument.
    """

    partly: Literal["judge", "keep", "as_yes", "as_no"] = "judge"
    min_peers: Annotated[int, Field(ge=1)] = 2
    peer_quantile: Annotated[float, Field(ge=0, le=1)] = 0.5
    split: Literal["no", "any", "majority"] = "no"
    absent: Literal["out", "as_no", "as_yes"] = "out"
    missing: Literal["out", "as_no", "as_yes"] = "out"
    codes: dict[AnswerCode, Literal["out", "no"]] = {}


class Report(Model):
    """A notebook to run, once or for each group of a level (``per``).

    ``summary`` says in a sentence what the page is for. ``annex`` is the letter of an annex, or
    letters by group. ``tables`` are the published tables that the page rests on; one report can be
    where all questions are (``shows_questions``), one settles the answers (``makes_tables``), one
    tells what other rules would have made of them (``shows_variants``).
    """

    id: Slug
    notebook: Name
    title: Text
    summary: Text
    per: Name | None = None
    annex: Letter | dict[Slug, Letter] | None = None
    tables: list[Name] = []
    shows_questions: bool = False
    makes_tables: bool = False
    shows_variants: bool = False

    @property
    def annex_letters(self) -> list[str]:
        if isinstance(self.annex, dict):
            return list(self.annex.values())
        return [self.annex] if self.annex else []


class ComparedBy(Model):
    """An attribute of units to compare them by, with what it and its values are called."""

    attribute: Name
    label: Text
    values: dict[str, Text] = {}


class Acceptance(Model):
    """A rejected cell that the study accepts as blank, with the reason."""

    source: str
    locator: Locator
    reason: MaskedLine


class Acknowledgement(Model):
    """A finding of personal data that stays in a file of ``forms``, with the reason."""

    source: str
    locator: Locator
    reason: MaskedLine


class StudyFile(Model):
    """``study.yaml``.

    ``language`` is that of the forms, the rulings and the authored texts, and of the pages;
    ``also_in`` names further languages in which the pages are made; ``licence`` is that of the
    published tables; ``deadline`` is the day by which forms are wanted back; ``collecting`` is true
    while they still come in, so that pages say who has not answered yet; ``totals`` is how points
    are added up, where they are; ``compare_by`` are attributes of units to compare them by;
    ``earlier`` are the rounds that it is compared with, the oldest first.
    """

    id: Slug
    title: Text
    date: date
    deadline: Day | None = None
    collecting: bool = False
    language: LanguageCode = "da"
    also_in: list[LanguageCode] = []
    instrument: Slug
    organisation: FileName = "organisation.yaml"
    units: FileName = "units.csv"
    cooperation: FileName | None = None
    areas: FileName | None = None
    actions: FileName | None = None
    need: FileName | None = None
    provenance: Provenance
    forms: Annotated[list[FormName], Field(min_length=1)]
    rules: Rules = Rules()
    totals: Totals | None = None
    compare_by: list[ComparedBy] = []
    accept: list[Acceptance] = []
    personal_data: list[Acknowledgement] = []
    publication: Publication | None = None
    licence: LicenceId | None = None
    earlier: list[Earlier] = []
    reports: Annotated[list[Report], Field(min_length=1)]


def provenance_misfits(provenance: Provenance) -> Iterator[Misfit]:
    """What is missing where nobody gave the answers, and entries that only some can have."""
    if provenance.is_made and provenance.statement is None:
        yield Misfit(("provenance",), "missing_field", {"name": "provenance.statement"})
    if provenance.kind == "reconstructed":
        return
    for name in ("possible", "own_words"):
        if getattr(provenance, name) is not None:
            values = bad(f"provenance.{name}", Phrase("only_reconstructed"), "kind: reconstructed")
            yield Misfit(("provenance", name), "bad_value", values)
