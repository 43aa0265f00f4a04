"""Faults in the middle of a run: told in words, nothing half-made, and the next run completes."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from misbrug_analysis.execution import plan, warm_start
from misbrug_analysis.execution.digests import digest
from misbrug_analysis.execution.making import Summary
from misbrug_analysis.execution.manifest import read_manifest
from misbrug_analysis.execution.pipeline import run_study
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.in_process import run_in_process
from tests.processes import ended
from tests.projects import command, digests
from tests.short_runs import answer, short_study, write_cells
from tests.small import STUDY

OUTPUTS = Path("outputs") / STUDY
CELL = "show(*sections.who_answered(report))"

needs_forks = pytest.mark.skipif(
    not warm_start.can_fork(), reason="neither kernels nor what a test patches can be forked here"
)


def run(project: Path, *options: str, **environment: str) -> tuple[int, str, str]:
    return command("misbrug", "run", STUDY, *options, cwd=project, **environment)


def page(project: Path, name: str) -> str:
    return (project / OUTPUTS / "html" / f"{name}.html").read_text("utf-8")


def test_a_cell_that_hangs_is_stopped_and_the_other_reports_are_made(tmp_path: Path) -> None:
    hang = "if team == 'north':\n    import os; open('kernel', 'w').write(str(os.getpid()))"
    write_hanging = f"{hang}\n    __import__('time').sleep(3600)"
    project = short_study(tmp_path)
    write_cells(project, "each", CELL, write_hanging)
    code, output, errors = run(project, "--time-limit", "0.15")

    assert code == 1
    assert "failed  team-north" in output
    assert "made  team-south" in output
    assert "team-north stopped in cell 5: The cell was stopped" in errors
    assert "the time limit of 9 seconds" in errors
    assert "--time-limit MINUTES" in errors
    assert "Traceback" not in errors
    assert "The cell was stopped" in page(project, "team-north")
    assert "sleep(3600)" in page(project, "team-north")
    assert ended((project / "kernel").read_text("ascii"))


@pytest.mark.parametrize("kernels", ["", "1"])
def test_a_kernel_that_is_killed_is_told_with_its_cell(tmp_path: Path, kernels: str) -> None:
    project = short_study(tmp_path)
    kill = "if team == 'south':\n    import os; os.kill(os.getpid(), 9)"
    write_cells(project, "each", CELL, kill)
    code, output, errors = run(project, **{warm_start.ORDINARY: kernels})

    assert code == 1
    assert "failed  team-south" in output
    assert "made  team-north" in output
    assert "team-south stopped in cell 5: The process that ran the notebook ended" in errors
    assert "os.kill(os.getpid(), 9)" in page(project, "team-south")


@pytest.mark.parametrize(
    ("part", "other", "told"),
    [
        ('"python3"', '"of-my-own"', "No such kernel named of-my-own."),
        ('"outputs": []', '"outputs": 7', "7 is not of type 'array'."),
    ],
)
def test_a_notebook_that_cannot_be_begun_is_told_and_the_other_reports_are_made(
    tmp_path: Path, part: str, other: str, told: str
) -> None:
    project = short_study(tmp_path)
    notebook = project / "notebooks" / "each.ipynb"
    notebook.write_text(notebook.read_text("utf-8").replace(part, other), "utf-8")
    code, output, errors = run(project)
    assert code == 1
    assert "made  whole" in output
    assert output.count("failed  team-") == 2
    assert f"each.ipynb: the notebook cannot be run: {told}" in errors
    assert "Traceback" not in errors


@pytest.mark.skipif(not Path("/proc").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("kernels", ["", "1"])
def test_an_interrupt_ends_a_run_and_its_kernels_without_a_word_of_a_program(
    tmp_path: Path, kernels: str
) -> None:
    project = short_study(tmp_path)
    hang = "import os, time; open(team, 'w').write(str(os.getpid())); time.sleep(3600)"
    write_cells(project, "each", CELL, hang)
    started = [str(Path(sys.executable).with_name("misbrug")), "run", STUDY]
    with subprocess.Popen(
        started,
        cwd=project,
        env=os.environ | {warm_start.ORDINARY: kernels},
        stderr=subprocess.PIPE,
    ) as process:
        names = [project / "north", project / "south"]
        while not all(name.exists() and name.read_text("ascii") for name in names):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.decode().split() == ["Aborted!"]
    assert all(ended(name.read_text("ascii")) for name in names)


@needs_forks
def test_when_the_template_dies_reports_are_made_with_ordinary_kernels(tmp_path: Path) -> None:
    project = short_study(tmp_path)
    kill = (
        "import os, pathlib, time\nmark = pathlib.Path('killed')\n"
        "if not mark.exists():\n    mark.touch(); os.kill(os.getppid(), 9); time.sleep(60)"
    )
    write_cells(project, "each", kill, CELL)
    assert run(project)[0] == 0  # the parent of a forked kernel is the template
    assert (project / "killed").exists()
    made = digests(project / "outputs")
    assert run(project, "--force")[0] == 0
    assert digests(project / "outputs") == made


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """No file of a name can be written any more; it gets half of what it was to hold."""
    write = Path.write_bytes

    def fail(path: Path, content: bytes) -> int:
        if not path.name.endswith(f"-{name}"):
            return write(path, content)
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fail)


def in_process(project: Path, monkeypatch: pytest.MonkeyPatch) -> Summary:
    """Run the study without kernels."""
    monkeypatch.setattr(plan, "run_job", run_in_process)
    return run_study(load_study(Project.find(project), STUDY))


def whole(project: Path) -> None:
    """Nothing stands there but what the manifest, where there is one, tells of, and no half."""
    assert not list((project / "outputs").rglob(".*"))
    made = read_manifest(load_study(Project.find(project), STUDY))
    for record in made.values():
        files = record["files"]
        assert isinstance(files, dict)
        for name, told in files.items():
            assert digest((project / OUTPUTS / name).read_bytes()) == told


@needs_forks
@pytest.mark.parametrize("name", ["tables.html", "datapackage.json", "method-t.html"])
def test_a_disk_that_is_full_fails_what_did_not_fit_and_is_told_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    project = short_study(tmp_path)
    with monkeypatch.context() as patch:
        fill_the_disk(patch, name)
        summary = in_process(project, patch)
    assert summary.states["tables"] == "failed"
    assert summary.states["team-north"] == "made"
    [problem] = summary.problems
    assert problem.where.endswith(f"/{name}")
    assert "there is no room on the disk" in str(problem)
    whole(project)

    assert not in_process(project, monkeypatch).problems
    whole(project)


@pytest.mark.parametrize("name", ["scores.csv", "inputs.json", "index.html", "manifest.json"])
def test_a_disk_that_is_full_ends_a_run_that_cannot_do_without_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    project = short_study(tmp_path)
    with monkeypatch.context() as patch:
        fill_the_disk(patch, name)
        with pytest.raises(OSError, match=f"No space left on device: '.*/{name}'"):
            in_process(project, patch)
    whole(project)
    assert not in_process(project, monkeypatch).problems
    whole(project)


def test_outputs_that_cannot_be_written_are_one_message(tmp_path: Path) -> None:
    project = short_study(tmp_path)
    (project / "outputs").write_text("a file where a folder is to be", "utf-8")
    code, _, errors = run(project)
    assert code == 1
    assert "outputs/small-study" in errors
    assert "a file stands where a folder is needed" in errors
    assert "Traceback" not in errors

    (project / "outputs").unlink()
    assert run(project)[0] == 0


@needs_forks
def test_a_file_that_another_program_holds_is_told_and_the_rest_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = short_study(tmp_path)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target.suffix == ".xlsx":  # as Windows does while Excel has it open
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refuse)
        summary = in_process(project, patch)
    [problem] = summary.problems
    assert problem.where.endswith(".xlsx")
    assert "Close the file where it is open" in str(problem)
    assert summary.states["whole"] == "made"
    whole(project)


def test_a_page_that_goes_is_led_to_until_then_by_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = short_study(tmp_path)
    in_process(project, monkeypatch)
    assert "team-north.html" in page(project, "index")
    settings = project / "data" / "raw" / STUDY / "study.yaml"
    listed = yaml.safe_load(settings.read_text("utf-8"))
    listed["reports"] = [report for report in listed["reports"] if report["id"] != "team"]
    settings.write_text(yaml.safe_dump(listed), "utf-8")
    unlink, led_to = Path.unlink, dict[str, bool]()

    def look(path: Path, missing_ok: bool = False) -> None:
        led_to[path.name] = path.name in page(project, "index")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", look)
    assert in_process(project, monkeypatch).states["team-north"] == "removed"
    assert led_to["team-north.html"] is False


def test_two_runs_at_once_do_the_work_once_and_the_second_says_that_it_waits(
    tmp_path: Path,
) -> None:
    project = short_study(tmp_path)
    with ThreadPoolExecutor() as threads:
        both = [threads.submit(run, project) for _ in range(2)]
        ended = [one.result() for one in both]
    assert [code for code, _, _ in ended] == [0, 0]
    told = sorted((errors, output.count("made ")) for _, output, errors in ended)
    assert [made for _, made in told] == [4, 0]
    assert told[0][0] == ""
    assert re.fullmatch(
        r"Process \d+ runs small-study already; this run waits for it to end\.\n", told[1][0]
    )


def test_a_clock_that_was_set_back_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = short_study(tmp_path)
    in_process(project, monkeypatch)
    for path in project.rglob("*"):  # as if all of it were made long before its inputs, or after
        os.utime(path, (10**9, 10**9 + 10**8 * (path.suffix == ".csv")))
    assert set(in_process(project, monkeypatch).states.values()) == {"kept"}

    answer(project, "a", "nej")
    os.utime(project / "data" / "raw" / STUDY / "forms" / "a.csv", (10**8, 10**8))
    monkeypatch.setattr("time.time", lambda: 10.0**8)
    assert "made" in in_process(project, monkeypatch).states.values()
