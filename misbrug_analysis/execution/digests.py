"""Digests (SHA-256) of what a run reads, told without loading a study.

Only light modules are imported here: these are asked before anything else is, to see whether there
is anything to do at all.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType

from misbrug_analysis.intake.sources import files_in, named
from misbrug_analysis.model.file_digests import file_digest
from misbrug_analysis.model.notebooks import notebook_cells
from misbrug_analysis.model.project import Project

LIBRARY = Path(__file__).parent.parent
"""The folder of the library, with its templates and catalogues."""

_SHAPING = (
    "babel",
    "ipykernel",
    "jinja2",
    "krippendorff",
    "matplotlib",
    "mistune",
    "nbconvert",
    "nbformat",
    "numpy",
    "openpyxl",
    "pandas",
    "papermill",
    "pydantic",
    "pyyaml",
    "seaborn",
)
"""The packages that shape tables, pages and executed notebooks, or that notebooks draw with."""

PDF_PACKAGES = ("pydyf", "weasyprint")
"""The packages that PDFs are made with, which need not be installed."""


def digest(content: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of(content: object) -> str:
    """The digest of what JSON can hold."""
    return digest(json.dumps(content, sort_keys=True).encode())


def code_digests(folder: Path) -> dict[str, str]:
    """Digests of the files of a package, by their paths in it.

    What Python keeps there of its own does not count, nor what programs leave in any folder.
    """
    files = [path for path in files_in(folder)[0] if "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in files}


def notebook_digest(project: Project, name: str) -> str:
    """Of the cells' kinds, tags and sources: outputs, ids and metadata do not count.

    Raises DefinitionError for a notebook that is none.
    """
    path = project.notebooks / f"{name}.ipynb"
    cells = notebook_cells(path, project.shown(path))
    return digest_of([(cell.kind, cell.tags, cell.source) for cell in cells])


def versions(*, pdf: bool = False) -> dict[str, str]:
    """Python's version and those of the packages that shape tables and pages, or PDFs too."""
    names = (*_SHAPING, *(PDF_PACKAGES if pdf else ()))
    return {"python": platform.python_version(), **{name: package_version(name) for name in names}}


def package_version(name: str) -> str:
    """The version of an installed package, and a dash for one that is not."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def environment() -> dict[str, str]:
    """Where a run was made, as far as two runs with equal results have it in common."""
    return {
        "implementation": platform.python_implementation(),
        "machine": platform.machine(),
        "system": platform.system(),
    }


def input_digests(
    project: Project,
    folders: Iterable[str],
    files: Iterable[str] = (),
    read: Mapping[Path, str] = MappingProxyType({}),
) -> dict[str, str]:
    """Digests of all below some folders and of single files, by their paths from the project.

    What programs leave in a folder by themselves does not count, and names that hold personal data
    are masked. A file that is not there has no entry. One that was ``read`` before counts as it was
    then, by its digest, which is "" where it was not there.
    """
    found = {}
    for name in folders:
        folder = project.root / name
        for path, source, _ in named(files_in(folder)[0], folder):
            if "__pycache__" not in path.parts:
                found[f"{name}/{source}"] = file_digest(path)
    single = {name: project.root / name for name in files if name not in found}
    found |= {name: file_digest(path) for name, path in single.items() if path.is_file()}
    within = {project.root / name for name in folders} | set(single.values())
    for path, then in read.items():
        if within & {path, path.parent}:
            found[path.relative_to(project.root).as_posix()] = then
    return {name: digest for name, digest in found.items() if digest}
