"""What a report needs of a project, as bytes that make a project of their own elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from misbrug_analysis.execution.manifest import instrument_files, read_whole
from misbrug_analysis.intake.sources import files_in
from misbrug_analysis.model.study import Study

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""Of compression: more takes four times as long, and saves a tenth."""


def bundle_of(study: Study) -> bytes:
    """A ZIP archive of all that the reports and tables of a study are made from.

    It holds the study's folder, forms too, its processed tables, the instruments, its notebooks,
    and the same of earlier rounds, with reference data where they are used. Equal files make equal
    bytes.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(set(_files(study))):
            name = path.relative_to(study.project.root).as_posix()
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes(), compresslevel=_LEVEL)
    return stream.getvalue()


def unpack(bundle: bytes, folder: Path) -> None:
    """Make the project of a bundle in an empty folder."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(folder)


def _files(study: Study) -> Iterator[Path]:
    project = study.project
    for name in read_whole(study):
        yield from (path for path in files_in(project.root / name)[0] if path.is_file())
    for name in instrument_files(study):
        yield project.root / name
    for name in {report.notebook for report in study.settings.reports}:
        yield project.notebooks / f"{name}.ipynb"
    for one in (study, *(earlier.study for earlier in study.earlier)):
        yield from (path for path in project.processed(one.id).glob("[!.]*") if path.is_file())
