"""The command in this process, with notebooks that run without a kernel."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from misbrug_analysis.cli import main
from misbrug_analysis.execution import plan, warm_start
from tests.in_process import run_in_process
from tests.short_runs import short_study
from tests.small import STUDY


def misbrug(root: Path, command: str, *arguments: str) -> Result:
    """A command on the small study of a project."""
    with without_kernels():
        result = CliRunner().invoke(main, [command, STUDY, *arguments, "--project", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def run_here(project: Path, study: str, *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of ``misbrug run``, which takes half the time of a process."""
    with without_kernels():
        done = CliRunner().invoke(main, ["run", study, *arguments, "--project", str(project)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@contextmanager
def without_kernels() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "run_job", run_in_process)
        patch.setattr(warm_start, "kernel_template", lambda: nullcontext(""))
        yield


def ran_study(root: Path) -> Path:
    """A project with the short study, which was run."""
    short_study(root)
    result = misbrug(root, "run")
    assert result.exit_code == 0, result.output
    return root


def copied(project: Path, root: Path) -> Path:
    """A copy of a project that a test may change."""
    return Path(shutil.copytree(project, root / "project"))


def everything(root: Path) -> dict[str, tuple[int, bytes]]:
    """All files and folders below a folder: when each was changed, and what is in it."""
    return {
        path.relative_to(root).as_posix(): (
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in sorted(root.rglob("*"))
    }
