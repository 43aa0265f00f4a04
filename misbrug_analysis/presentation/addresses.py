"""Where pages and their tables lie below the folder that is published, and how they link.

The root of the folder is the edition in the study's own language; every further language has a
folder with its code, whole in itself. All addresses are relative.
"""

from __future__ import annotations

from misbrug_analysis.model.study import Study

INDEX = "index.html"
TABLES = "tables.html"
STATEMENT = "accessibility.html"


def table_anchor(name: str) -> str:
    """The place of a table on the page of all tables."""
    return f"table-{name.replace('_', '-')}"


def edition_folder(study: Study, language: str) -> str:
    """The folder of an edition below the root, with its slash; nothing for the study's own."""
    return "" if language == study.settings.language else f"{language}/"


def in_edition(study: Study, here: str, there: str, page: str) -> str:
    """The address of a page of the edition ``there``, from a page of the edition ``here``."""
    up = "../" if edition_folder(study, here) else ""
    return f"{up}{edition_folder(study, there)}{page}"


def workbook(study: Study, language: str) -> str:
    """The address of an edition's workbook, from its pages."""
    return f"tables/{study.id}-{language}.xlsx"
