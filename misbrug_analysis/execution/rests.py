"""What a page, the tables or a PDF rest on: digests of content by name.

A report rests on its notebook's cells, its parameters, what defines its study, the instrument, the
rounds that the study is compared with, the library's code and templates, the catalogues of its
language, and the packages that shape a page; of a page that lists the sentences of others, on the
notebooks of those too. What it reads of the study's results, texts, rulings and need is noted while
it runs (``noting``), unless its notebook gets at the study itself: then it rests on all files. The
tables rest on the same but for a notebook, a PDF on its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from misbrug_analysis.execution.digests import (
    LIBRARY,
    PDF_PACKAGES,
    code_digests,
    digest_of,
    input_digests,
    notebook_digest,
    package_version,
    versions,
)
from misbrug_analysis.intake.collect import FORMS
from misbrug_analysis.model.earlier import EarlierRound
from misbrug_analysis.model.file_digests import file_digest
from misbrug_analysis.model.notebooks import notebook_cells
from misbrug_analysis.model.rulings import FILE_NAME as RULINGS
from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.tables import PUBLISHED
from misbrug_analysis.presentation.addresses import table_address
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.reads import TEXTS

if TYPE_CHECKING:
    from misbrug_analysis.execution.editions import Edition

Rests = dict[str, str]
"""Digests by the names of what is rested on."""

_CATALOGUES = ("presentation/locale", "model/messages")
"""The folders of the library with a file a language."""

_SCAFFOLD = "execution/scaffold"
"""The folder of the library from which new studies are made, and no page."""

_OF_NO_PAGE = (".md", ".py")
"""How files end that tell of a study's folder, or that made what is in it; texts are noted."""

_STUDY = re.compile(r"\.study\b|\bload_study\b")
"""In the code of a notebook: it reads the study itself."""

_OF_OTHERS = ("language.name", "language.locale", "answer.plain.")
"""What a page can hold of other languages: how they call themselves, their months, a plain yes."""


def report_rests(edition: Edition, run: Run) -> Rests:
    """What a report rests on; DefinitionError for a notebook that is none."""
    study = edition.study
    told = {"told": _notebooks(study)} if run.report.shows_variants else {}
    if _gets_at_study(study, run.report.notebook):
        told["files"] = digest_of([_files(study, study.folder), need_digest(study)])
    return {
        "notebook": notebook_digest(study.project, run.report.notebook),
        "parameters": digest_of(run.parameters),
        **told,
        **edition.rests_on,
    }


def pdf_rests(edition: Edition, page: Path, neighbours: Iterable[str]) -> Rests:
    """A page, the PDFs that its own can lead to, and what makes it."""
    return {
        "page": file_digest(page),
        "neighbours": digest_of(sorted(neighbours)),
        **_library_parts(edition),
        "packages": digest_of({name: package_version(name) for name in PDF_PACKAGES}),
    }


def edition_rests(edition: Edition) -> Rests:
    """What all reports and the tables of an edition rest on."""
    study = edition.study
    return {
        "language": digest_of(edition.language.code),
        "study": digest_of([_study_files(study), _tables_there(study)]),
        "instrument": _instrument(study),
        "earlier": digest_of([_round_digests(one) for one in study.earlier]),
        "packages": digest_of(versions()),
        **_library_parts(edition),
    }


def _library_parts(edition: Edition) -> Rests:
    """Its code, its templates, and the catalogues of an edition's language and the study's own.

    A page in a translation can hold what is told in the study's own language. Of the others it
    can hold what ``_OF_OTHERS`` names.
    """
    codes = {edition.language.code, edition.study.settings.language}
    names = [f"{folder}/{code}.yaml" for folder in _CATALOGUES for code in sorted(codes)]
    own = [file_digest(LIBRARY / name) for name in names]
    others = [_of_language(code) for code in Language.codes()]
    return {"code": _code(), "templates": _templates(), "catalogue": digest_of([own, others])}


@cache
def _of_language(code: str) -> list[str]:
    """What pages in other languages can hold of one."""
    texts = Language.load(code).texts
    return [code, *(texts[key] for key in sorted(texts) if key.startswith(_OF_OTHERS))]


@cache
def _code() -> str:
    return digest_of({name: one for name, one in _library().items() if _is_code(name)})


@cache
def _templates() -> str:
    """Of all that pages can be made with and is neither code nor a catalogue."""
    rest = (*_CATALOGUES, _SCAFFOLD)
    files = _library().items()
    return digest_of(
        {name: one for name, one in files if not (_is_code(name) or name.startswith(rest))}
    )


@cache
def _library() -> Rests:
    return code_digests(LIBRARY)


def _is_code(name: str) -> bool:
    return name.endswith(".py")


def _study_files(study: Study) -> Rests:
    """Of what defines the study, but for what reports note and what no page is made from."""
    folder = _shown(study, study.folder)
    left_out = tuple(f"{folder}/{name}/" for name in (FORMS, TEXTS))
    noted = {f"{folder}/{name}" for name in (RULINGS, study.settings.need)}
    return {
        name: found
        for name, found in _files(study, study.folder).items()
        if name not in noted and not (name.startswith(left_out) or name.endswith(_OF_NO_PAGE))
    }


def _tables_there(study: Study) -> list[str]:
    """Where tables are to be had: pages lead to those that there are."""
    return [table_address(study, name) for name in PUBLISHED]


def need_digest(study: Study) -> str:
    """Of ``need.yaml`` and the reference data that it names."""
    if study.need is None or study.settings.need is None:
        return digest_of({})
    file = study.need.file
    named = filter(None, [file.population, file.estimates, file.boundaries])
    paths = [study.folder / study.settings.need, *(study.project.reference / one for one in named)]
    names = [_shown(study, path) for path in paths]
    return digest_of(input_digests(study.project, (), names, study.read_from))


def _instrument(study: Study) -> str:
    path = study.project.instruments / f"{study.settings.instrument}.yaml"
    return study.read_from.get(path) or file_digest(path)


def _gets_at_study(study: Study, notebook: str) -> bool:
    """Whether code of a notebook reads what ``report.study`` has, which nobody notes."""
    path = study.project.notebooks / f"{notebook}.ipynb"
    cells = notebook_cells(path, study.project.shown(path))
    return any(cell.kind == "code" and _STUDY.search(cell.source) for cell in cells)


def _files(study: Study, folder: Path) -> Rests:
    return input_digests(study.project, [_shown(study, folder)], read=study.read_from)


def _shown(study: Study, path: Path) -> str:
    return path.relative_to(study.project.root).as_posix()


def _notebooks(study: Study) -> str:
    """Of the notebooks of all reports: what sentences a page can list is what those show."""
    names = sorted({report.notebook for report in study.settings.reports})
    return digest_of([notebook_digest(study.project, name) for name in names])


def _round_digests(one: EarlierRound) -> list[object]:
    """Of the files of an earlier round: its folder, its instrument and the versions between."""
    names = [one.study.settings.instrument, *one.through[1:]]
    files = [one.study.project.instruments / f"{name}.yaml" for name in names]
    return [_files(one.study, one.study.folder), need_digest(one.study), *map(file_digest, files)]
