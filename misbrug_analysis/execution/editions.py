"""An edition: a study's pages in one language, and where their files lie."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from misbrug_analysis.execution.rests import Rests, edition_rests
from misbrug_analysis.model.errors import ParameterError, Phrase, Problem, hint, name_list
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.presentation.addresses import (
    INDEX,
    STATEMENT,
    TABLES,
    edition_folder,
)
from misbrug_analysis.presentation.language import Language


@dataclass(frozen=True)
class Edition:
    """The pages of a study in one language, which has the words of its instrument."""

    study: Study
    language: Language

    def __post_init__(self) -> None:
        speaking = self.language.speaking_of(self.study.instrument)
        object.__setattr__(self, "language", speaking)  # frozen from here on

    @property
    def folder(self) -> str:
        """Where the edition lies below the folders of all editions: ``""`` or ``en/``."""
        return edition_folder(self.study, self.language.code)

    @property
    def outputs(self) -> Path:
        """The folder of all editions."""
        return self.study.project.outputs(self.study.id)

    @property
    def html(self) -> Path:
        return self.outputs / "html" / self.folder

    @property
    def index(self) -> Path:
        return self.html / INDEX

    @property
    def tables_page(self) -> Path:
        return self.html / TABLES

    @property
    def statement(self) -> Path:
        return self.html / STATEMENT

    @cached_property
    def rests_on(self) -> Rests:
        """What all reports and the tables of the edition rest on, as it was when first asked."""
        return edition_rests(self)

    def id(self, name: str) -> str:
        """A name among those of all editions: ``regional``, ``en/regional``."""
        return f"{self.folder}{name}"

    def page(self, run: Run) -> Path:
        return self.html / run.page

    def notebook(self, run: Run) -> Path:
        return self.outputs / "notebooks" / self.folder / f"{run.id}.ipynb"

    def parameters(self, run: Run) -> dict[str, str]:
        """What the notebook is run with; the study's own language goes without saying."""
        if not self.folder:
            return run.parameters
        return {**run.parameters, "language": self.language.code}


def editions_of(study: Study, asked: Sequence[str]) -> list[Edition]:
    """The editions in the languages asked for, else in those that the study names.

    Raises ParameterError for a language without a catalogue, with the place in the study file
    where it stands there.
    """
    codes, valid = dict.fromkeys(asked or study.languages), Language.codes()
    where = "" if asked else study.project.shown(study.folder / "study.yaml")
    problems = []
    for code in codes:
        if code not in valid:
            values = {"kind": Phrase("the_language"), "name": code, "valid": name_list(valid)}
            problems.append(Problem("unknown_name", where, {**values, "hint": hint(code, valid)}))
    if problems:
        raise ParameterError(problems)
    open_round = study.settings.collecting
    return [Edition(study, Language.load(code, under_way=open_round)) for code in codes]


def editions_there(study: Study, made: Collection[Edition]) -> list[Edition]:
    """The editions just made and those named of which there are pages, the study's languages first.

    Those in other languages are about to go.
    """
    editions = editions_of(study, [*study.languages, *(one.language.code for one in made)])
    return [edition for edition in editions if edition in made or edition.index.is_file()]
