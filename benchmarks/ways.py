"""Ways from raw forms to all pages of a study; each returns the seconds that it took."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.asked import ROOT, Asked, asked, processors, write_list
from benchmarks.rmarkdown.counts import counts

BIN = Path(sys.executable).parent
SNAKEMAKE = os.environ.get("SNAKEMAKE", "snakemake")
"""The program, which may lie in an environment of its own."""

_R_PACKAGES = ("rmarkdown", "knitr", "ggplot2", "svglite", "jsonlite")


class Failed(Exception):
    """A way did not make what it should; the message says what was said."""


def call(project: Path, *command: str, **environment: str) -> str:
    """Run a command in a project, the environment's own before others, and return its output.

    Raises Failed with what the command says where it fails.
    """
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    done = subprocess.run(
        [shutil.which(command[0], path=path) or command[0], *command[1:]],
        cwd=project,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def misbrug(project: Path, study: str) -> float:
    """The command as it is, with kernels that are forked."""
    return _clocked(lambda: call(project, "misbrug", "run", study, "--force"))


def ordinary(project: Path, study: str) -> float:
    """The command with ordinary kernels, as where none can be forked."""
    forced = ("misbrug", "run", study, "--force")
    return _clocked(lambda: call(project, *forced, MISBRUG_ORDINARY_KERNELS="1"))


def shell_loop(project: Path, study: str) -> float:
    """What one would write without the pipeline: a report at a time, from raw forms."""

    def loop(pages: Sequence[Asked], folder: Path) -> None:
        for page in pages:
            executed = str(folder / f"{page.name}.ipynb")
            given = [word for pair in page.parameters.items() for word in ("-p", *pair)]
            call(project, "papermill", str(page.notebook), executed, *given)
            call(project, "jupyter", "nbconvert", "--to", "misbrug", executed)

    return _by_hand(project, study, loop)


def one_process(project: Path, study: str) -> float:
    """The same loop in Python: papermill and nbconvert are imported once."""
    return _with_list(project, study, "python", "-m", "benchmarks.one_process")


def snakemake(project: Path, study: str) -> float:
    """The same two commands as rules, as many side by side as there are processors."""
    rules = ROOT / "benchmarks" / "snakemake" / "Snakefile"
    command = [SNAKEMAKE, "--snakefile", str(rules), "--cores", str(processors()), "--quiet", "all"]
    return _with_list(project, study, *command, "--configfile")


def floor(project: Path, study: str, *options: str) -> float:
    """The least it can take (``benchmarks.floor``)."""
    of = ("--project", str(project), "--study", study, *options)
    return float(json.loads(call(project, "python", "-m", "benchmarks.floor", "--json", *of)))


def floor_once(project: Path, study: str) -> float:
    """The floor, where the study is loaded once and not by every report."""
    return floor(project, study, "--loading-once")


def rmarkdown(project: Path, study: str) -> float:
    """R Markdown with as many charts and tables as a run of ours made, a session a processor."""
    render = str(ROOT / "benchmarks" / "rmarkdown" / "render.R")
    scores = str(project / "data" / "processed" / study / "scores.csv")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = folder / "pages.json"
        pages = counts(project, study)
        listed.write_text(json.dumps(pages), encoding="utf-8")
        given = (str(listed), scores, name, str(processors()))
        seconds = _clocked(lambda: call(project, "Rscript", render, *given))
        made = {path.stem for path in folder.glob("*.html")}
        missing = [page["id"] for page in pages if page["id"].replace("/", "-") not in made]
        _fail_where("were not made", missing)
    return seconds


WAYS: Mapping[str, Callable[[Path, str], float]] = {
    "misbrug": misbrug,
    "ordinary": ordinary,
    "loop": shell_loop,
    "process": one_process,
    "snakemake": snakemake,
    "rmarkdown": rmarkdown,
    "floor": floor,
    "floor-once": floor_once,
}
SCORES = "scores"
"""What is measured of a study too large for pages: not a way, since no other one compares."""


def scores(project: Path, study: str) -> float:
    """From a study's forms to its scores, in a process of its own (``benchmarks.large``)."""
    from benchmarks.large import in_a_process, to_scores, total

    return total(in_a_process(to_scores, project)).seconds


def lacking(way: str) -> list[str]:
    """What a way needs and is not here: Snakemake and R are no part of the environment."""
    if way == "snakemake":
        return _not_found(SNAKEMAKE)
    if way != "rmarkdown":
        return []
    programs = _not_found("Rscript", "pandoc")
    return programs or [f"the R package {name}" for name in _packages_not_found()]


def _not_found(*programs: str) -> list[str]:
    return [program for program in programs if not shutil.which(program)]


def _packages_not_found() -> list[str]:
    wanted = ", ".join(f"'{name}'" for name in _R_PACKAGES)
    asking = f"cat(setdiff(c({wanted}), rownames(installed.packages())))"
    return call(ROOT, "Rscript", "-e", asking).split()


def _with_list(project: Path, study: str, *command: str) -> float:
    """The seconds of a command that is given the list of what to run, and a folder beside it."""

    def make(pages: Sequence[Asked], folder: Path) -> None:
        call(project, *command, str(folder / "pages.json"))

    return _by_hand(project, study, make)


def _by_hand(project: Path, study: str, make: Callable[[Sequence[Asked], Path], object]) -> float:
    """The seconds in which pages are made into a folder, by whom our command does not help."""
    pages = asked(project, study)
    # What settles the answers does it again.
    shutil.rmtree(project / "data" / "processed" / study, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_list(pages, folder / "pages.json")
        seconds = _clocked(lambda: make(pages, folder))
        _same_pages(folder, pages)
    return seconds


def _same_pages(folder: Path, pages: Sequence[Asked]) -> None:
    """Raise Failed where a page is missing, or is not that of the command to the byte."""
    made = {page.id: folder / f"{page.name}.html" for page in pages}
    _fail_where("were not made", [name for name, page in made.items() if not page.is_file()])
    differ = [page.id for page in pages if page.page.read_bytes() != made[page.id].read_bytes()]
    _fail_where("are not those of the command", differ)


def _fail_where(what: str, pages: Sequence[str]) -> None:
    if pages:
        raise Failed(f"these pages {what}: {', '.join(pages)}")


def _clocked(make: Callable[[], object]) -> float:
    start = time.perf_counter()
    make()
    return time.perf_counter() - start
