"""What the outputs of a study were made from, and whether they still match.

A report's key is content: its notebook (cells, not outputs), its parameters, the study's and the
instrument's files, the reference data where the study uses them, the library, and the packages
that shape a page.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from misbrug_analysis.execution.processed import digest
from misbrug_analysis.model.study import Run, Study

MANIFEST = "manifest.json"

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


def report_key(study: Study, run: Run, language: str) -> str:
    """One digest of all that a report rests on."""
    parts = {
        "notebook": _notebook_digest(study.project.notebooks / f"{run.report.notebook}.ipynb"),
        "parameters": run.parameters,
        "language": language,
        "study": _folder_digest(study.folder),
        "instrument": digest(
            (study.project.instruments / f"{study.settings.instrument}.yaml").read_bytes()
        ),
        "reference": _folder_digest(study.project.reference) if study.need else None,
        "library": _folder_digest(Path(__file__).parent.parent),
        "versions": versions(),
    }
    return digest(json.dumps(parts, sort_keys=True).encode())


def read_manifest(study: Study) -> dict[str, dict[str, object]]:
    """The reports of the last run, by id; empty where there is no readable manifest."""
    try:
        text = (study.project.outputs(study.id) / MANIFEST).read_text(encoding="utf-8")
        return dict(json.loads(text)["reports"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(study: Study, reports: dict[str, dict[str, object]]) -> None:
    """Write the manifest of a run: study, versions and, per report, its key and files."""
    content = {"study": study.id, "versions": versions(), "reports": reports}
    path = study.project.outputs(study.id) / MANIFEST
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    staged = path.with_name(f".{MANIFEST}")
    staged.write_text(text + "\n", encoding="utf-8", newline="\n")
    staged.replace(path)


def entry(study: Study, key: str, files: Iterable[Path]) -> dict[str, object]:
    """A report's part of the manifest: its key and the digests of its files."""
    folder = study.project.outputs(study.id)
    shown = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in files}
    return {"key": key, "files": shown}


def is_current(study: Study, recorded: dict[str, object] | None, key: str) -> bool:
    """Whether a report's files are there, unchanged, and made from what there is now."""
    if not recorded or recorded.get("key") != key:
        return False
    files = recorded.get("files")
    folder = study.project.outputs(study.id)
    if not isinstance(files, dict) or not files:
        return False
    return all(
        (folder / name).is_file() and digest((folder / name).read_bytes()) == expected
        for name, expected in files.items()
    )


def _notebook_digest(path: Path) -> str:
    """Of the cells' kinds, tags and sources; outputs and ids do not count."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts = [
        (cell["cell_type"], cell["metadata"].get("tags", []), "".join(cell["source"]))
        for cell in cells
    ]
    return digest(json.dumps(parts).encode())


@cache
def _folder_digest(folder: Path) -> str:
    """Of every file below a folder, by name; a process reads each folder once."""
    parts = [
        (path.relative_to(folder).as_posix(), digest(path.read_bytes()))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    ]
    return digest(json.dumps(parts).encode())
