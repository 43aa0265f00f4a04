"""Why a report of a run is made or kept, in words (``misbrug run --why``).

What a report rests on is compared part by part with what its record says of the last time. The
names of the parts are those of ``rests`` and of ``presentation.reads``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from misbrug_analysis.execution.last_run import KEPT, Left
from misbrug_analysis.execution.manifest import Made, Recorded, has_failed
from misbrug_analysis.execution.tasks import Task
from misbrug_analysis.model.file_digests import file_digest
from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.reads import NEED, ROWS, TEXT, UNDER_OTHER_RULES

_PARTS = {
    "notebook": "its notebook was changed",
    "parameters": "its parameters were changed",
    "language": "its language was changed",
    "told": "a notebook whose sentences it lists was changed",
    "study": "the study's own files were changed",
    "instrument": "the instrument was changed",
    "earlier": "an earlier round was changed",
    "files": "files of the study, which its notebook gets at, were changed",
    "packages": "a package has another version",
    "page": "its page was changed",
    "neighbours": "the PDFs that it can lead to were changed",
}
"""Parts of ``rests_on``; one that is not here is told by its name."""

_OF_LIBRARY = {"code": "code", "templates": "templates", "catalogue": "texts of its language"}
"""Those of the library."""

_READ = {
    "everything": "answers",
    "answers": "answers",
    "sent": "who has sent forms",
    "form_answers": "what forms say",
    "consolidated": "settled answers",
    "scores": "counts",
    "ledger": "the account of all cells",
    "agreement": "how far respondents agree",
    "role_gaps": "gaps between roles",
    "sensitivity": "what other rules would make of the answers",
    "other rules": "the other rules that are tried",
    "other ways to count": "the ways that are tried to count who gave no answer",
    "rulings": "answers that a person settled",
    "need": "need or population",
}
"""What is read, as far as it is not of one group, one item or under other rules."""

_ROOM = 3
"""So many names stand in a list before the rest is only counted."""


@dataclass(frozen=True)
class Why:
    """Tells for each thing that a run can make why it is made or kept, by ``tell``.

    ``left`` is what the run before has left, which says which files are others since.
    """

    study: Study
    tell: Callable[[str], None]
    left: Left | None
    force: bool = False

    def of(self, task: Task, recorded: Recorded, digest_read: Callable[[str], str]) -> None:
        """Tell it of a task; ``digest_read`` is that of ``manifest.is_current``."""
        reasons = self._reasons(task, recorded.get(task.id), digest_read)
        doing = "make" if reasons else "keep"
        self.tell(f"{doing:>8}  {task.id}: {'; '.join(reasons) or KEPT}")

    def _reasons(
        self, task: Task, made: Made | None, digest_read: Callable[[str], str]
    ) -> list[str]:
        forced = ["everything is made anew (--force)"] if self.force else []
        if made is None:
            return [*forced, *(self._of_removed(task) or ["it has not been made before"])]
        failed = ["it failed last time"] if has_failed(made) else []
        read = _differing(made.get("read"), digest_read)
        return [
            *forced,
            *failed,
            *self._of_parts(task, made),
            *([self._of_read(read)] if read else []),
            *self._of_files(made),
        ]

    def _of_removed(self, task: Task) -> list[str]:
        """Why a PDF was removed that the last run left: its page is another, or it is itself."""
        made = self.left.made.get(task.id) if self.left else None
        if made is None:
            return []
        return self._of_parts(task, made) or ["it was changed in outputs, or is missing there"]

    def _of_parts(self, task: Task, made: Made) -> list[str]:
        """What it rests on and is another than when it was made."""
        parts = _differing(made.get("rests_on"), task.rests_on.get, task.rests_on)
        told = [self._of_part(name) for name in parts if name not in _OF_LIBRARY]
        return [*told, *_of_library(parts)]

    def _of_part(self, name: str) -> str:
        """What was changed of what a report rests on, with the files where they are known."""
        if name == "packages" and self.left and self.left.packages:
            pairs = self.left.packages.items()
            return _few([f"{package} went from {old} to {new}" for package, (old, new) in pairs])
        said = _PARTS.get(name, f"another part of it was changed: {name}")
        return said + self._files(name)

    def _of_read(self, names: list[str]) -> str:
        """What is another of the study's results, with the files that can have changed it."""
        texts = [name.removeprefix(TEXT) for name in names if name.startswith(TEXT)]
        tables = [name for name in names if not name.startswith(TEXT)]
        said = [f"the text {text} was changed" for text in texts]
        if tables:
            words = dict.fromkeys(map(self._slice, tables))
            # What is another is so under other rules as well.
            told = _few([one for one in words if _plain(one) == one or _plain(one) not in words])
            said.append(f"changed: {told}{self._files(NEED if tables == [NEED] else 'answers')}")
        return "; ".join(said)

    def _slice(self, name: str) -> str:
        """A part of the results in words: "counts of Nord", "answers to 4.2"."""
        found = ROWS.fullmatch(name)
        if name in _READ or not found:
            return _READ.get(name, name)
        words = _READ.get(found["table"], found["table"].replace("_", " "))
        words += f" to {found['item']}" if found["item"] else ""
        if found["level"]:
            words += f" of {self._label(found['level'], found['group'])}"
        return words + (found["varied"] or "")

    def _label(self, level: str, group: str) -> str:
        """What a group or a unit is called in the study's own language, else its id."""
        organisation = self.study.organisation
        if level == UNIT:
            return next((one.label for one in organisation.units if one.id == group), group)
        groups = [one for kind in organisation.levels if kind.id == level for one in kind.groups]
        named = {one.id: in_language(one.label, self.study.settings.language) for one in groups}
        return named.get(group, group)

    def _of_files(self, made: Made) -> list[str]:
        """Which of the files that were made are gone or others."""
        files = made.get("files")
        folder = self.study.project.outputs(self.study.id)
        expected: Mapping[str, str] = files if isinstance(files, dict) else {}
        now = {name: file_digest(folder / name) for name in expected}
        gone = [name for name, digest in now.items() if not digest]
        other = [name for name, digest in now.items() if digest and digest != expected[name]]
        return [
            *([f"missing in outputs: {_few(gone)}"] if gone else []),
            *([f"changed in outputs since it was made: {_few(other)}"] if other else []),
        ]

    def _files(self, part: str) -> str:
        """In brackets, the input files that are others since the last run and belong to a part."""
        changed = self.left.inputs.names if self.left else ()
        here = f"data/raw/{self.study.id}/"
        own = [name.removeprefix(here) for name in changed if name.startswith(here)]
        others = [name for name in changed if not name.startswith(here)]
        reference = [name for name in others if name.startswith("data/raw/reference/")]
        found = {
            "answers": [name for name in own if not name.startswith("texts/")],
            "need": [name for name in own if name == self.study.settings.need] + reference,
            "study": [name for name in own if not name.startswith(("texts/", "forms/"))],
            "instrument": [name for name in others if name.startswith("data/instruments/")],
            "files": own + reference,
            "earlier": [name for name in others if name not in reference],
        }.get(part, [])
        return f" ({_few(found)})" if found else ""


def _of_library(parts: list[str]) -> list[str]:
    """That the library was changed, and what of it."""
    changed = [words for name, words in _OF_LIBRARY.items() if name in parts]
    return [f"the library was changed ({', '.join(changed)})"] if changed else []


def _differing(
    before: object, now: Callable[[str], str | None], more: Mapping[str, str] | None = None
) -> list[str]:
    """The names whose digest is another, in order; ``more`` are names that may be new."""
    known: Mapping[str, str] = before if isinstance(before, dict) else {}
    names = sorted(known.keys() | (more or {}).keys())
    return [name for name in names if known.get(name) != now(name)]


def _plain(words: str) -> str:
    return words.removesuffix(UNDER_OTHER_RULES)


def _few(names: list[str]) -> str:
    """Some names, and how many there are more."""
    more = len(names) - _ROOM
    return ", ".join(names[:_ROOM]) + (f" and {more} more" if more > 0 else "")
