"""What the outputs of a study were made from, and whether they still match.

A report's key is content: its notebook (cells, not outputs), its parameters and language, the
study's and the instrument's files, those of the rounds that the study is compared with, the
reference data where the study uses them, the library, and the packages that shape a page; of a page
that lists the sentences of others, the notebooks of those too. The tables rest on the same but for
a notebook, a PDF on its page.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.execution.processed import digest
from misbrug_analysis.model.earlier import EarlierRound
from misbrug_analysis.model.notebooks import notebook_cells
from misbrug_analysis.model.study import Run, Study

MANIFEST = "manifest.json"

Made = dict[str, object]
"""What was made in one go: the key it was made from, its files, and whether it failed."""

Recorded = dict[str, Made]
"""What there is of earlier runs, by id."""

_LIBRARY = Path(__file__).parent.parent

_SHAPING = (
    "babel",
    "jinja2",
    "matplotlib",
    "mistune",
    "nbconvert",
    "openpyxl",
    "pandas",
    "papermill",
    "pydantic",
)


def versions() -> dict[str, str]:
    """Python's version and those of the packages that shape tables and pages."""
    return {"python": platform.python_version(), **{name: version(name) for name in _SHAPING}}


def report_key(edition: Edition, run: Run) -> str:
    """One digest of all that a report rests on; DefinitionError for a notebook that is none."""
    return digest(
        _json(
            {
                "notebook": _notebook_digest(edition.study, run.report.notebook),
                "told": _told_by(edition.study) if run.report.shows_variants else None,
                "parameters": run.parameters,
                "language": edition.language.code,
                **_study_parts(edition.study),
            }
        )
    )


def tables_key(edition: Edition) -> str:
    """One digest of all that the tables of an edition rest on."""
    return digest(_json({"language": edition.language.code, **_study_parts(edition.study)}))


def pdf_key(page: Path, neighbours: Iterable[str]) -> str:
    """One digest of a page, of the PDFs that it can lead to, and of what makes its own."""
    parts: dict[str, object] = {
        "page": digest(page.read_bytes()),
        "neighbours": sorted(neighbours),
        "library": _folder_digest(_LIBRARY),
        "versions": {name: version(name) for name in ("weasyprint", "pydyf")},
    }
    return digest(_json(parts))


def is_pdf(name: str) -> bool:
    """Whether the id of something made is that of a page's PDF."""
    return name.endswith(".pdf")


def _study_parts(study: Study) -> dict[str, object]:
    instrument = study.project.instruments / f"{study.settings.instrument}.yaml"
    return {
        "study": _folder_digest(study.folder),
        "instrument": digest(instrument.read_bytes()),
        "earlier": [_round_digests(one) for one in study.earlier],
        "reference": _folder_digest(study.project.reference) if study.need else None,
        "library": _folder_digest(_LIBRARY),
        "versions": versions(),
    }


def _told_by(study: Study) -> list[str]:
    """Of the notebooks of all reports: what sentences a page can list is what those show."""
    names = sorted({report.notebook for report in study.settings.reports})
    return [_notebook_digest(study, name) for name in names]


def _round_digests(one: EarlierRound) -> list[str]:
    """Of the files of an earlier round: its folder, its instrument and the versions between."""
    names = [one.study.settings.instrument, *one.through[1:]]
    files = [one.study.project.instruments / f"{name}.yaml" for name in names]
    return [_folder_digest(one.study.folder), *(digest(path.read_bytes()) for path in files)]


def read_manifest(study: Study) -> Recorded:
    """What the last run left; empty where there is no readable manifest."""
    try:
        text = (study.project.outputs(study.id) / MANIFEST).read_text(encoding="utf-8")
        return dict(json.loads(text)["made"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(study: Study, recorded: Recorded) -> None:
    """Write the manifest of a run: study, versions and, for all that was made, key and files."""
    content = {"study": study.id, "versions": versions(), "made": recorded}
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    write_whole(study.project.outputs(study.id) / MANIFEST, f"{text}\n".encode())


def entry(study: Study, key: str, files: Iterable[str], *, failed: bool) -> Made:
    """The part of the manifest for what was made in one go: its key, its files' digests.

    What ``failed`` left files that say so.
    """
    folder = study.project.outputs(study.id)
    paths = [Path(file) for file in files]
    shown = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in paths}
    return {"key": key, "files": shown, **({"failed": True} if failed else {})}


def has_failed(made: Made) -> bool:
    """Whether what is there says that it could not be made."""
    return bool(made.get("failed"))


def is_current(study: Study, made: Made | None, key: str) -> bool:
    """Whether what was made is there, unchanged, and rests on what there is now."""
    if made is None or has_failed(made) or made.get("key") != key:
        return False
    return is_whole(study, made)


def is_whole(study: Study, made: Made) -> bool:
    """Whether all files of what was made are there, and as they were left."""
    files = made.get("files")
    folder = study.project.outputs(study.id)
    if not isinstance(files, dict) or not files:
        return False
    return all(
        (folder / name).is_file() and digest((folder / name).read_bytes()) == expected
        for name, expected in files.items()
    )


def _json(parts: dict[str, object]) -> bytes:
    return json.dumps(parts, sort_keys=True).encode()


def _notebook_digest(study: Study, name: str) -> str:
    """Of the cells' kinds, tags and sources; outputs and ids do not count."""
    path = study.project.notebooks / f"{name}.ipynb"
    cells = notebook_cells(path, study.project.shown(path))
    return digest(json.dumps([(cell.kind, cell.tags, cell.source) for cell in cells]).encode())


@cache
def _folder_digest(folder: Path) -> str:
    """Of every file below a folder, by name; a process reads each folder once."""
    parts = [
        (path.relative_to(folder).as_posix(), digest(path.read_bytes()))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return digest(json.dumps(parts).encode())
