"""What a run made, what it rests on, and whether it still stands."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.digests import (
    digest,
    environment,
    input_digests,
    notebook_digest,
    versions,
)
from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.execution.last_run import MANIFEST, is_pdf, left_by_last_run, library
from misbrug_analysis.model.file_digests import file_digest
from misbrug_analysis.model.study import Study

Made = dict[str, object]
"""What was made in one go: what it rests on and what it read, its files, and whether it failed."""

Recorded = dict[str, Made]
"""What there is of earlier runs, by id."""


@dataclass(frozen=True)
class Settings:
    """What a run was asked for; nothing named is all."""

    languages: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    group: str | None = None
    pdf: bool = False


@dataclass(frozen=True)
class Standing:
    """How a study stands at the end of a run.

    ``old`` are the ids of what is not up to date or not there, ``pdf`` the languages in which every
    page has its PDF, and ``site`` the files that stand around reports, which each run writes.
    """

    old: Collection[str]
    pdf: Collection[str]
    site: Iterable[Path]


def read_manifest(study: Study) -> Recorded:
    """What the last run left; empty where there is no readable manifest."""
    left = left_by_last_run(study.project, study.id)
    return dict(left.made) if left else {}


def write_manifest(study: Study, recorded: Recorded) -> None:
    """Record what was made while a run is not at its end; the rest is told of the run before."""
    left = left_by_last_run(study.project, study.id)
    before = dict(left.manifest) if left else {"study": study.id}
    _write(study, before | {"made": recorded, "ended": False})


def sources_of(study: Study) -> dict[str, Any]:
    """What a run of a study reads and is made with, as it is now: files, notebooks, library."""
    notebooks = {report.notebook for report in study.settings.reports}
    rounds = [*(one.study for one in study.earlier), study]
    read = {path: digest for one in rounds for path, digest in one.read_from.items()}
    return {
        "folders": read_whole(study),
        "inputs": input_digests(study.project, read_whole(study), instrument_files(study), read),
        "notebooks": {name: notebook_digest(study.project, name) for name in notebooks},
        "library": library(),
        "environment": environment(),
    }


def write_ended(
    study: Study,
    recorded: Recorded,
    sources: Mapping[str, Any],
    settings: Settings,
    standing: Standing,
    *,
    made_any: bool,
) -> None:
    """Write the manifest of a run that has come to its end; ``sources`` are those of its beginning.

    Where it has not ``made_any`` thing, the settings stay those of the run that did.
    """
    left = left_by_last_run(study.project, study.id)
    earlier = left.manifest.get("settings") if left and not made_any else None
    outputs = study.project.outputs(study.id)
    processed = sorted(study.project.processed(study.id).glob("[!.]*"))
    content = {
        **sources,
        "study": study.id,
        "languages": study.languages,
        "settings": earlier or asdict(settings),
        "versions": versions(pdf=any(map(is_pdf, recorded))),
        "processed": {_from_root(study, path): file_digest(path) for path in processed},
        "made": recorded,
        "site": {path.relative_to(outputs).as_posix(): file_digest(path) for path in standing.site},
        "old": sorted(standing.old),
        "pdf": sorted(standing.pdf),
        "ended": True,
    }
    _write(study, content)


def _write(study: Study, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False)
    write_whole(study.project.outputs(study.id) / MANIFEST, f"{text}\n".encode())


def read_whole(study: Study) -> list[str]:
    """The folders that a run reads whole: the study's, those of earlier rounds, reference data."""
    studies = [study, *(one.study for one in study.earlier)]
    uses_reference = any(one.need or one.law for one in studies)
    reference = [study.project.reference] if uses_reference else []
    return [_from_root(study, path) for path in [*(one.folder for one in studies), *reference]]


def instrument_files(study: Study) -> list[str]:
    """The files of the instruments of a study and of earlier rounds, and of versions between."""
    names = {study.settings.instrument}
    for one in study.earlier:
        names |= {one.study.settings.instrument, *one.through}
    files = [study.project.instruments / f"{name}.yaml" for name in sorted(names)]
    return [_from_root(study, path) for path in files]


def _from_root(study: Study, path: Path) -> str:
    return path.relative_to(study.project.root).as_posix()


def entry(
    study: Study,
    rests_on: Mapping[str, str],
    read: Mapping[str, str],
    files: Iterable[str],
    *,
    failed: bool,
) -> Made:
    """The part of the manifest for what was made in one go, with digests of its files.

    What ``failed`` left files that say so.
    """
    folder = study.project.outputs(study.id)
    paths = [Path(file) for file in files]
    shown = {path.relative_to(folder).as_posix(): digest(path.read_bytes()) for path in paths}
    made: Made = {"rests_on": dict(rests_on), "read": dict(read), "files": shown}
    return made | ({"failed": True} if failed else {})


def has_failed(made: Made) -> bool:
    """Whether what is there says that it could not be made."""
    return bool(made.get("failed"))


def is_current(
    study: Study,
    made: Made | None,
    rests_on: Mapping[str, str],
    digest_read: Callable[[str], str],
) -> bool:
    """Whether what was made is there, unchanged, and rests on what there is now.

    ``digest_read`` gives the digest of what is read of the study's results under a name.
    """
    if made is None or has_failed(made) or made.get("rests_on") != rests_on:
        return False
    read = made.get("read")
    if not isinstance(read, dict) or any(digest_read(name) != old for name, old in read.items()):
        return False
    return is_whole(study, made)


def is_whole(study: Study, made: Made) -> bool:
    """Whether all files of what was made are there, and as they were left."""
    files = made.get("files")
    folder = study.project.outputs(study.id)
    if not isinstance(files, dict) or not files:
        return False
    return all(file_digest(folder / name) == expected for name, expected in files.items())
