"""What stands around the reports of an edition: its index and its accessibility statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.execution.plan import TABLES
from misbrug_analysis.presentation.index import Listed, State, index_page
from misbrug_analysis.presentation.statement import statement_page


def write_statement(edition: Edition, editions: Sequence[Edition]) -> None:
    """Write the accessibility statement of an edition, with links to the other ``editions``."""
    page = statement_page(edition.study, edition.language, _codes(editions))
    write_whole(edition.statement, page.encode())


def write_index(
    edition: Edition,
    editions: Sequence[Edition],
    fresh: Collection[str],
    failed: Collection[str],
    recorded: Collection[str],
) -> None:
    """Write the index of an edition, with links to the other ``editions``.

    ``fresh`` are the ids of what is up to date, ``failed`` of pages that show an error, and
    ``recorded`` of all that runs have made.
    """
    pages = {run.id: edition.page(run) for run in edition.study.runs()}
    pages[TABLES] = edition.tables_page
    listed = {}
    for name, page in pages.items():
        state: State = "missing"
        if page.is_file():
            id = edition.id(name)
            state = "current" if id in fresh else "failed" if id in failed else "old"
        pdf = page.with_suffix(".pdf")
        has_pdf = edition.id(pdf.name) in recorded and pdf.is_file()
        listed[name] = Listed(state, pdf.stat().st_size if has_pdf else None)
    index = index_page(edition.study, listed, edition.language, _codes(editions))
    write_whole(edition.index, index.encode())


def _codes(editions: Sequence[Edition]) -> list[str]:
    return [edition.language.code for edition in editions]
