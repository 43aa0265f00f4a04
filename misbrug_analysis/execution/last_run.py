"""What differs between what the last run left in its manifest and what there is now.

Only light modules are imported here, as in ``digests``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any

from misbrug_analysis import __version__
from misbrug_analysis.execution.digests import (
    LIBRARY,
    code_digests,
    digest_of,
    input_digests,
    notebook_digest,
    versions,
)
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.file_digests import file_digest
from misbrug_analysis.model.project import Project

MANIFEST = "manifest.json"

KEPT = "nothing that it rests on has changed"
"""Why what a run has made is not made again (``misbrug run --why``)."""

ROUND = "round"
"""The folder of outputs that ``check`` and ``status`` write to; no run does."""

_LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""What operating systems leave in folders that somebody looks at."""

_NAMES = ("folders", "languages", "old", "pdf")
"""The parts of a manifest that are lists of names."""

_KINDS: Mapping[str, type] = {
    **dict.fromkeys(("inputs", "library", "notebooks", "processed", "site", "versions"), dict),
    **dict.fromkeys(_NAMES, list),
}
"""The kinds of the parts of a manifest."""


@dataclass(frozen=True)
class Changed:
    """Names of what is another than before, of what is new, and of what is gone."""

    other: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.other or self.new or self.gone)

    @property
    def names(self) -> tuple[str, ...]:
        """All of them, in order."""
        return tuple(sorted((*self.other, *self.new, *self.gone)))


@dataclass(frozen=True)
class Left:
    """What the last run of a study left in its manifest, beside what there is now."""

    project: Project
    study: str
    manifest: Mapping[str, Any]

    @property
    def made(self) -> Mapping[str, Any]:
        """What was made, by id, with its ``files``."""
        found: Mapping[str, Any] = self.manifest["made"]
        return found

    @property
    def has_ended(self) -> bool:
        """Whether the last run came to its end, so that the manifest tells of all of it."""
        return bool(self.manifest.get("ended"))

    @property
    def languages(self) -> list[str]:
        """The languages that the study names, its own first."""
        return list(self.manifest.get("languages", ()))

    @cached_property
    def inputs(self) -> Changed:
        """What a run reads and is no notebook."""
        before: Mapping[str, str] = self.manifest.get("inputs", {})
        now = input_digests(self.project, self.manifest.get("folders", ()), before)
        return _changed(before, now)

    @cached_property
    def notebooks(self) -> Changed:
        """The notebooks of the study, by their names."""
        before: Mapping[str, str] = self.manifest.get("notebooks", {})
        now = {name: self._notebook(name) for name in before}
        return _changed(before, {name: digest for name, digest in now.items() if digest})

    @cached_property
    def library(self) -> bool:
        """Whether code, templates or catalogues are others."""
        return bool(self.manifest.get("library") != library())

    @property
    def has_pdfs(self) -> bool:
        """Whether PDFs were made."""
        return any(map(is_pdf, self.made))

    @cached_property
    def packages(self) -> dict[str, tuple[str, str]]:
        """What has another version, with the version of before and of now."""
        before, now = self.manifest.get("versions", {}), versions(pdf=self.has_pdfs)
        names = sorted(before.keys() | now.keys())
        pairs = {name: (before.get(name, "–"), now.get(name, "–")) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @cached_property
    def outputs(self) -> Changed:
        """Files that a run made, and in the study's outputs those that no run made (``new``)."""
        folder = self.project.outputs(self.study)
        expected = self.expected
        now = {name: file_digest(self.project.root / name) for name in expected}
        there = {
            path.relative_to(self.project.root).as_posix()
            for path in folder.rglob("*")
            if path.is_file()
            and path.name not in _LEFT_BY_SYSTEMS
            and path.relative_to(folder).parts[0] not in (MANIFEST, ROUND)
        }
        found = _changed(expected, {name: digest for name, digest in now.items() if digest})
        return Changed(found.other, tuple(sorted(there - expected.keys())), found.gone)

    @property
    def expected(self) -> dict[str, str]:
        """Digests of all files that runs made, by their paths from the project."""
        outputs = self.project.outputs(self.study).relative_to(self.project.root).as_posix()
        files = dict(self.manifest.get("site", {}))
        for one in self.made.values():
            files |= one["files"]
        named = {f"{outputs}/{name}": digest for name, digest in files.items()}
        return named | dict(self.manifest.get("processed", {}))

    def _notebook(self, name: str) -> str:
        """The digest of a notebook; "" where there is none by that name any more."""
        if not (self.project.notebooks / f"{name}.ipynb").is_file():
            return ""
        try:
            return notebook_digest(self.project, name)
        except DefinitionError:
            return "unreadable"


def left_by_last_run(project: Project, study: str) -> Left | None:
    """What the last run left; None where there is no readable manifest."""
    try:
        text = (project.outputs(study) / MANIFEST).read_text(encoding="utf-8")
        manifest = json.loads(text)
        if _is_sound(manifest):
            return Left(project, study, manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None


def _is_sound(manifest: dict[str, Any]) -> bool:
    """Whether a manifest has the parts that it should, of their kinds; older ones had others.

    What was made lies in the study's outputs: runs remove files by their names in the manifest.
    """
    made = [one["files"] for one in manifest["made"].values()]
    parts = all(isinstance(manifest.get(name, kind()), kind) for name, kind in _KINDS.items())
    named = (name for part in _NAMES for name in manifest.get(part, ()))
    return (
        parts
        and all(isinstance(files, dict) and all(map(_is_below, files)) for files in made)
        and all(isinstance(name, str) for name in named)
    )


def _is_below(name: str) -> bool:
    """Whether a path leads to no place outside of the folder that it is told from."""
    path = PurePath(name)
    return not path.anchor and ".." not in path.parts


def library() -> dict[str, str]:
    """The library as it is: its version, and the digest of code, templates and catalogues."""
    return {"version": __version__, "digest": digest_of(code_digests(LIBRARY))}


def is_pdf(id: str) -> bool:
    """Whether the id of something made is that of a page's PDF."""
    return id.endswith(".pdf")


def edition_of(id: str) -> str:
    """The folder of the edition that something made belongs to: ``""`` or ``en/``."""
    folder, slash, _ = id.rpartition("/")
    return folder + slash


def folders_of(languages: Iterable[str], own: str) -> set[str]:
    """The folders of editions in some languages; that in the study's ``own`` has none."""
    return {"" if code == own else f"{code}/" for code in languages}


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Changed:
    both = before.keys() & now.keys()
    return Changed(
        tuple(sorted(name for name in both if before[name] != now[name])),
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(before.keys() - now.keys())),
    )
