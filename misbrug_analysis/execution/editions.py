"""An edition: a study's pages in one language, and where their files lie."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.presentation.addresses import (
    INDEX,
    STATEMENT,
    TABLES,
    edition_folder,
    workbook,
)
from misbrug_analysis.presentation.language import Language


@dataclass(frozen=True)
class Edition:
    """The pages of a study in one language."""

    study: Study
    language: Language

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

    @property
    def tables(self) -> Path:
        """The folder of the workbook, the CSV files and the data package."""
        return (self.html / workbook(self.study, self.language.code)).parent

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


def editions_there(study: Study, made: Collection[Edition]) -> list[Edition]:
    """The editions just made and those of which there are pages, the study's languages first."""
    codes = dict.fromkeys([*study.languages, *Language.codes()])
    editions = [Edition(study, Language.load(code)) for code in codes]
    return [edition for edition in editions if edition in made or edition.index.is_file()]
