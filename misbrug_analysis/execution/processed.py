"""The processed tables of a study: made from its raw files, written, and read back when fresh."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.execution.files import new_folder
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


def save(study: Study, results: Results) -> Path:
    """Write the tables to ``data/processed/<study>/``, all of them or none."""
    folder = study.project.processed(study.id)
    with new_folder(folder) as beside:
        for name in COLUMNS:
            write_table(getattr(results, name), beside / f"{name}.csv")
        text = json.dumps(inputs(study), indent=1, sort_keys=True, ensure_ascii=False)
        (beside / INPUTS).write_text(text + "\n", encoding="utf-8")
    return folder


def load(study: Study) -> Results:
    """Read the processed tables; raises StaleError when they are missing or older than the raw."""
    folder = study.project.processed(study.id)
    shown = study.project.shown(folder)
    files = {name: folder / f"{name}.csv" for name in COLUMNS}
    try:
        made_from = json.loads((folder / INPUTS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        made_from = None
    if made_from is None or not all(path.is_file() for path in files.values()):
        values: dict[str, object] = {"study": study.id, "folder": shown}
        raise StaleError([Problem("processed_missing", "", values)])
    changed = changes(made_from, inputs(study))
    if changed:
        values = {"study": study.id, "changed": name_list(changed)}
        raise StaleError([Problem("processed_stale", shown, values)])
    return Results(**{name: read_table(name, path) for name, path in files.items()})


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


def digest(content: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
