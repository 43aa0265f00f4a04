"""The tables of an edition on disk, the page about them, and the pages of every single answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from misbrug_analysis.execution.files import write_folder, write_whole
from misbrug_analysis.model.study import EVIDENCE_PAGES, Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.addresses import TABLES, workbook
from misbrug_analysis.presentation.data_files import excel_csv, machine_csv
from misbrug_analysis.presentation.datapackage import datapackage, excel_path, machine_path
from misbrug_analysis.presentation.datasets import Dataset, datasets
from misbrug_analysis.presentation.evidence import evidence_pages
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.readme import README, readme
from misbrug_analysis.presentation.tables_page import FOLDER, PACKAGE, tables_page


def write_data_files(
    study: Study, results: Results, language: Language, folder: Path
) -> list[Path]:
    """Write ``tables/``, ``tables.html`` and the evidence pages into the folder of an edition.

    Returns all files. Of what was in ``tables/`` before nothing else stays; nor do evidence pages
    that are made no more.
    """
    tables = datasets(study, results, language)
    page = tables_page(study, tables, language)
    name = Path(workbook(study, language.code)).name
    files = _contents(study, tables, language, name)
    write_folder(folder / FOLDER, files)
    write_whole(folder / TABLES, page.encode())
    evidence = evidence_pages(study, results, language)
    _write_evidence(folder, evidence)
    pages = [folder / name for name in (TABLES, *evidence)]
    return [*(folder / FOLDER / path for path in files), *pages]


def replaced_in(folder: str) -> tuple[str, ...]:
    """Patterns of all that ``write_data_files`` makes or removes in the folder of an edition."""
    return f"{folder}/{FOLDER}/**/*", f"{folder}/{EVIDENCE_PAGES}*.html"


def _write_evidence(folder: Path, pages: Mapping[str, str]) -> None:
    """Write the evidence pages of an edition and remove those of topics that are gone."""
    for name, page in pages.items():
        write_whole(folder / name, page.encode())
    for old in folder.glob(f"{EVIDENCE_PAGES}*.html"):
        if old.name not in pages:
            old.unlink()


def _contents(
    study: Study, tables: Sequence[Dataset], language: Language, name: str
) -> dict[str, bytes]:
    """Every file of the folder by its path, the data package last."""
    # openpyxl takes a while to import, and only this needs it.
    from misbrug_analysis.presentation.workbook import workbook_bytes

    files = {name: workbook_bytes(study, tables, language)}
    files |= {machine_path(table): machine_csv(table) for table in tables}
    files |= {excel_path(table): excel_csv(table, language) for table in tables}
    files[README] = readme(study, tables, language, name)
    files[PACKAGE] = datapackage(study, tables, language, files, name)
    return files
