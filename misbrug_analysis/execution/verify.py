"""Whether the outputs of a study still match its inputs and the code (``misbrug verify``).

Only light modules are imported here, as in ``digests``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from misbrug_analysis.execution.last_run import MANIFEST, Left, left_by_last_run
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.project import Project


@dataclass(frozen=True)
class Finding:
    """One kind of difference, with the ``names`` of all that has it."""

    code: str
    study: str
    names: tuple[str, ...] = ()

    def told(self, language: str) -> str:
        """The message in a language, a name a line."""
        head, *rest = Problem(self.code, "", {"study": self.study}).told(language).splitlines()
        return "\n".join([head, *(f"      {masked(name)}" for name in self.names), *rest])


def verify(project: Project, study: str) -> tuple[list[Finding], int]:
    """All that does not match, none where everything does, and how many files were looked at."""
    left = left_by_last_run(project, study)
    if left is None:
        there = (project.outputs(study) / MANIFEST).exists()
        return [Finding("manifest_unreadable" if there else "never_run", study)], 0
    if not left.has_ended:
        # It may have made files that it has not yet told of.
        differ = [one for one in _files(left) if one.code != "outputs_unknown"]
        return [Finding("run_unfinished", study), *differ], len(left.expected)
    return [*_made_from(left), *_reports(left), *_files(left)], len(left.expected)


def _made_from(left: Left) -> Iterator[Finding]:
    """What the last run read and worked with and is another now."""
    notebooks = tuple(f"notebooks/{name}.ipynb" for name in left.notebooks.names)
    packages = tuple(f"{name}: {old} → {new}" for name, (old, new) in left.packages.items())
    for code, names in {
        "inputs_changed": left.inputs.other,
        "inputs_new": left.inputs.new,
        "inputs_gone": left.inputs.gone,
        "notebooks_changed": notebooks,
        "packages_changed": packages,
    }.items():
        if names:
            yield Finding(code, left.study, names)
    if left.library:
        yield Finding("library_changed", left.study)


def _reports(left: Left) -> Iterator[Finding]:
    """Reports that the last run left failed, old or not made."""
    failed = tuple(sorted(name for name, one in left.made.items() if one.get("failed")))
    old = tuple(name for name in left.manifest.get("old", ()) if name not in failed)
    if failed:
        yield Finding("reports_failed", left.study, failed)
    if old:
        yield Finding("reports_old", left.study, old)


def _files(left: Left) -> Iterator[Finding]:
    """Files that are not as the runs left them, and those that no run made."""
    for code, names in {
        "outputs_changed": left.outputs.other,
        "outputs_gone": left.outputs.gone,
        "outputs_unknown": left.outputs.new,
    }.items():
        if names:
            yield Finding(code, left.study, names)
