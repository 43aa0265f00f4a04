"""The processed tables of a study: made from its raw files, written, and read back when fresh."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from io import BytesIO
from pathlib import Path

import pandas as pd

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.execution.digests import digest
from misbrug_analysis.execution.files import remove_others, write_whole
from misbrug_analysis.execution.locks import locked
from misbrug_analysis.intake.collect import collect, form_paths
from misbrug_analysis.intake.sources import named
from misbrug_analysis.model.decisions import FILE_NAME as DECISIONS
from misbrug_analysis.model.errors import Problem, StaleError, name_list
from misbrug_analysis.model.mapping import FILE_NAME as MAPPING
from misbrug_analysis.model.rulings import FILE_NAME as RULINGS
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.table_files import read_table, write_table
from misbrug_analysis.model.tables import COLUMNS, Results, TableName

INPUTS = "inputs.json"
SETTLING_FLOORS = ("model", "intake", "analysis")
"""The floors of the library whose code makes the tables."""


def settle(study: Study) -> Results:
    """Read the forms and apply the rules, all in memory.

    Raises IntakeError with every rejected cell and DefinitionError for rulings that do not fit.
    """
    came_in = collect(study).accepted()
    units = study.organisation.frame()
    rulings = study.adjudications
    forms = form_answers(came_in.answers, study.instrument, study.rules, rulings)
    consolidated = consolidate(
        forms, came_in.answers, units, study.instrument, study.rules, rulings
    ).assign(study=study.id)  # a round before its first form is of this study too
    levels = [level.id for level in study.organisation.levels]
    scores = score(consolidated, units, levels, study.instrument, study.rules)
    return Results(came_in.answers, came_in.ledger, forms, consolidated, scores)


def settled(study: Study, *, anew: bool = False) -> Results:
    """The processed tables, settled and written first where they are missing or old, or ``anew``.

    Raises as ``settle``.
    """
    if not anew:
        with contextlib.suppress(StaleError):
            return load(study)
    made_from = inputs(study)  # before they are read: what changes meanwhile makes the tables old
    results = settle(study)
    save(study, results, made_from)
    return results


def save(study: Study, results: Results, made_from: dict[str, str] | None = None) -> Path:
    """Write the tables to ``data/processed/<study>/``; those that are there already are left.

    Beside them stand the digests of what they were ``made_from`` (``inputs`` as they are now when
    none are given) and their own, so that tables of which only some were written count as old.
    """
    folder = study.project.processed(study.id)
    digests = dict(inputs(study) if made_from is None else made_from)
    with _saving(study):
        for name in COLUMNS:  # one after another: all at once take much memory
            content = _written(getattr(results, name))
            digests[_named(study, name)] = digest(content)
            write_whole(folder / f"{name}.csv", content)
        text = json.dumps(digests, indent=1, sort_keys=True, ensure_ascii=False)
        write_whole(folder / INPUTS, f"{text}\n".encode())
        remove_others(folder, {INPUTS, *(f"{name}.csv" for name in COLUMNS)})
    return folder


def load(study: Study) -> Results:
    """Read the processed tables; raises StaleError when they are missing or older than the raw."""
    return _unless_written(study, lambda: _opened(study).whole())


def opened(study: Study) -> Results:
    """The processed tables, of which each is read when it is first asked for.

    Raises StaleError as ``load`` does, and later for a table that has become another one by then.
    """
    return _unless_written(study, lambda: _opened(study))


def _unless_written(study: Study, read: Callable[[], Results]) -> Results:
    """What is read of the tables; another process may be writing them, which is awaited."""
    try:
        return read()
    except StaleError:
        if not study.project.processed(study.id).is_dir():
            raise
    with _saving(study):
        return read()


def _opened(study: Study) -> Results:
    folder = study.project.processed(study.id)
    try:
        made_from = json.loads((folder / INPUTS).read_text(encoding="utf-8"))
        tables = {_named(study, name): _digest_of(folder, name) for name in COLUMNS}
    except (OSError, ValueError):
        raise _missing(study) from None
    changed = changes(made_from, inputs(study) | tables)
    if changed:
        raise _stale(study, changed)
    return Results(**{name: cache(partial(_read, study, name, tables)) for name in COLUMNS})


def _read(study: Study, name: TableName, digests: Mapping[str, str]) -> pd.DataFrame:
    """A table as it was when the digests were taken."""
    try:
        content = (study.project.processed(study.id) / f"{name}.csv").read_bytes()
    except OSError:
        raise _missing(study) from None
    file = _named(study, name)
    if digest(content) != digests[file]:
        raise _stale(study, [file])
    return read_table(name, BytesIO(content))


def _digest_of(folder: Path, name: TableName) -> str:
    with (folder / f"{name}.csv").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _named(study: Study, name: TableName) -> str:
    """The file of a table as messages and lists of digests name it."""
    return study.project.shown(study.project.processed(study.id) / f"{name}.csv")


def _missing(study: Study) -> StaleError:
    folder = study.project.shown(study.project.processed(study.id))
    return StaleError([Problem("processed_missing", "", {"study": study.id, "folder": folder})])


def _stale(study: Study, changed: list[str]) -> StaleError:
    folder = study.project.shown(study.project.processed(study.id))
    values = {"study": study.id, "changed": name_list(changed)}
    return StaleError([Problem("processed_stale", folder, values)])


@contextlib.contextmanager
def _saving(study: Study) -> Iterator[None]:
    """Nobody else writes the tables meanwhile; where nothing can be written, nobody does anyhow."""
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            stack.enter_context(locked(study.project.hidden(study.id) / "tables.lock"))
        yield


def _written(table: pd.DataFrame) -> bytes:
    text = BytesIO()
    write_table(table, text)
    return text.getvalue()


def inputs(study: Study) -> dict[str, str]:
    """SHA-256 of everything the tables rest on: raw files, instrument, and the settling code.

    What defines the study counts as it was when the study was loaded.
    """
    folder, settings = study.folder, study.settings
    files = [
        folder / "study.yaml",
        folder / settings.organisation,
        folder / settings.units,
        folder / RULINGS,
        folder / DECISIONS,
        folder / MAPPING,
        study.project.instruments / f"{settings.instrument}.yaml",
    ]
    read = {path: study.read_from.get(path, "") for path in files}
    digests = {study.project.shown(path): found for path, found in read.items() if found}
    for path, source, _ in named(form_paths(study), folder):  # names can hold personal data
        digests[f"{study.project.shown(folder)}/{source}"] = digest(path.read_bytes())
    package = Path(__file__).parent.parent
    code = hashlib.sha256()
    for floor in SETTLING_FLOORS:
        for path in sorted((package / floor).rglob("*.py")):
            code.update(path.read_bytes())
    return digests | {"misbrug_analysis": code.hexdigest()}


def changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Names whose digest differs, is new or is gone, in order."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
