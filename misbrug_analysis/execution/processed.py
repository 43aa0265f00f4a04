"""The processed tables of a study: made from its raw files, written, and read back when fresh."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pandas as pd

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.execution.digests import digest
from misbrug_analysis.execution.files import write_folder
from misbrug_analysis.execution.locks import locked
from misbrug_analysis.intake.collect import collect, form_paths
from misbrug_analysis.intake.sources import named
from misbrug_analysis.model.decisions import FILE_NAME as DECISIONS
from misbrug_analysis.model.errors import Problem, StaleError, name_list
from misbrug_analysis.model.mapping import FILE_NAME as MAPPING
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS, Results, read_table, write_table

INPUTS = "inputs.json"
_SETTLING_FLOORS = ("model", "intake", "analysis")


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
    tables = {f"{name}.csv": _written(getattr(results, name)) for name in COLUMNS}
    digests = (inputs(study) if made_from is None else made_from) | _digests(study, tables)
    text = json.dumps(digests, indent=1, sort_keys=True, ensure_ascii=False)
    with _saving(study):
        write_folder(folder, tables | {INPUTS: f"{text}\n".encode()})
    return folder


def load(study: Study) -> Results:
    """Read the processed tables; raises StaleError when they are missing or older than the raw."""
    try:
        return _load(study)
    except StaleError:
        if not study.project.processed(study.id).is_dir():
            raise
    with _saving(study):  # another process may be writing them
        return _load(study)


def _load(study: Study) -> Results:
    folder = study.project.processed(study.id)
    shown = study.project.shown(folder)
    try:
        made_from = json.loads((folder / INPUTS).read_text(encoding="utf-8"))
        tables = {f"{name}.csv": (folder / f"{name}.csv").read_bytes() for name in COLUMNS}
    except (OSError, ValueError):
        values: dict[str, object] = {"study": study.id, "folder": shown}
        raise StaleError([Problem("processed_missing", "", values)]) from None
    changed = changes(made_from, inputs(study) | _digests(study, tables))
    if changed:
        values = {"study": study.id, "changed": name_list(changed)}
        raise StaleError([Problem("processed_stale", shown, values)])
    return Results(**{name: read_table(name, BytesIO(tables[f"{name}.csv"])) for name in COLUMNS})


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


def _digests(study: Study, tables: Mapping[str, bytes]) -> dict[str, str]:
    folder = study.project.shown(study.project.processed(study.id))
    return {f"{folder}/{name}": digest(content) for name, content in tables.items()}


def inputs(study: Study) -> dict[str, str]:
    """SHA-256 of everything the tables rest on: raw files, instrument, and the settling code."""
    folder, settings = study.folder, study.settings
    files = [
        folder / "study.yaml",
        folder / settings.organisation,
        folder / settings.units,
        folder / "adjudications.csv",
        folder / DECISIONS,
        folder / MAPPING,
        study.project.instruments / f"{settings.instrument}.yaml",
    ]
    digests = {
        study.project.shown(path): digest(path.read_bytes()) for path in files if path.is_file()
    }
    for path, source, _ in named(form_paths(study), folder):  # names can hold personal data
        digests[f"{study.project.shown(folder)}/{source}"] = digest(path.read_bytes())
    package = Path(__file__).parent.parent
    code = hashlib.sha256()
    for floor in _SETTLING_FLOORS:
        for path in sorted((package / floor).rglob("*.py")):
            code.update(path.read_bytes())
    return digests | {"misbrug_analysis": code.hexdigest()}


def changes(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """Names whose digest differs, is new or is gone, in order."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
