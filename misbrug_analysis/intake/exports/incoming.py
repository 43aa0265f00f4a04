"""Which of the files that came in are exports, and what each of them holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from misbrug_analysis.intake.bounds import UnreadableFile, check_size
from misbrug_analysis.intake.cleaning import near
from misbrug_analysis.intake.exports.cells import LEDGER
from misbrug_analysis.intake.exports.exported import Exported, UnreadableExport
from misbrug_analysis.intake.exports.given import ANSWERS
from misbrug_analysis.intake.exports.layouts import read_export, read_recognised
from misbrug_analysis.intake.exports.reading import ReadExport, read_responses
from misbrug_analysis.intake.exports.recognising import recognised
from misbrug_analysis.intake.forms import READERS, Form
from misbrug_analysis.intake.ledger import FILE, FileLedger
from misbrug_analysis.intake.remedies import remedies_of
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.mapping import FILE_NAME, MappedExport
from misbrug_analysis.model.reading import unusable
from misbrug_analysis.model.study import Study


@dataclass
class Incoming:
    """The exports of a round by their first file, which files they are, and what is missing."""

    exports: dict[str, ReadExport] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


def read_exports(files: Iterable[tuple[Path, str, str]], study: Study) -> Incoming:
    """The exports that ``mapping.yaml`` names, and the files that are exports by their headings.

    ``files`` are the paths with their names from the study's folder as they are shown, and the
    fault of a name under which nothing can be used. What cannot be read is a problem of its file
    and never an exception.
    """
    found = Incoming()
    known = {
        path.relative_to(study.folder).as_posix(): (source, misnamed)
        for path, source, misnamed in files
    }
    for export in study.exports:
        _read_mapped(found, export, known, study)
    for name, (source, misnamed) in known.items():
        if source in found.taken or misnamed:  # a name nobody may see is told of as a form's
            continue
        export_found = recognised(study.folder / name, source, study)
        if large := export_found is None and _larger_than_a_form(study.folder / name):
            found.taken.add(source)
            _add(found, _unusable(study, [source], "export_needs_mapping", large))
        if export_found is not None:
            found.taken.add(source)
            _add(found, _read(export_found, study, read_recognised))
    return found


def _larger_than_a_form(path: Path) -> dict[str, object]:
    """What is told of a file that no form is as large as; nothing of another one."""
    if path.suffix.lower() in READERS:
        with suppress(OSError):
            try:
                check_size(path)
            except UnreadableFile as error:
                return error.values if error.code == "file_too_large" else {}
    return {}


def _read_mapped(
    found: Incoming, export: MappedExport, known: dict[str, tuple[str, str]], study: Study
) -> None:
    there = [known[name] for name in export.files if name in known]
    sources = [source for source, _ in there]
    found.taken.update(sources)
    missing = [name for name in export.files if name not in known]
    where = study.project.shown(study.folder / FILE_NAME)
    for name in missing:
        values: dict[str, object] = {"file": name, "hint": near(name, known)}
        found.problems.append(Problem("export_missing", where, values))
    if missing and sources:
        _add(found, _unusable(study, sources, "export_incomplete", {"file": missing[0]}))
    elif misnamed := next((code for _, code in there if code), ""):
        _add(found, _unusable(study, sources, misnamed, {}))
    elif not missing:
        _add(found, _read(export, study))


def _add(found: Incoming, export: ReadExport) -> None:
    found.exports[export.source] = export


def _read(
    export: MappedExport,
    study: Study,
    read: Callable[[MappedExport, Study], Exported] = read_export,
) -> ReadExport:
    try:
        return read_responses(read(export, study), export, study)
    except UnreadableExport as error:
        others = [name for name in export.files if name != error.source]
        return _unusable(study, [error.source, *others], error.code, error.values)
    except UnreadableFile as error:
        return _unusable(study, list(export.files), error.code, error.values)
    except OSError as error:
        problem = unusable(error)
        return _unusable(study, list(export.files), problem.code, dict(problem.values))


def _unusable(study: Study, sources: list[str], code: str, values: dict[str, object]) -> ReadExport:
    """Files of an export of which nothing can be used; the fault is in the first of them."""
    form = Form(FileLedger(sources[0], [], remedies_of(study, sources[0])))
    form.ledger.reject_form(code, FILE, **values)
    form.ledger.leave_out()
    beside = [(source, FILE, source.rpartition("/")[2], "used", FILE, 0) for source in sources[1:]]
    answers = pd.DataFrame([], columns=list(ANSWERS))
    return ReadExport(sources[0], [form], answers, pd.DataFrame(beside, columns=list(LEDGER)))
