"""Ways from raw forms to all pages of a study; each returns the seconds that it took."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.asked import ROOT, asked
from benchmarks.rmarkdown.counts import counts

BIN = Path(sys.executable).parent


def call(*command: str, **environment: str) -> str:
    """Run a command in the project, the environment's own before others, and return its output.

    Ends the benchmark with what the command says where it fails.
    """
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    done = subprocess.run(
        [shutil.which(command[0], path=path) or command[0], *command[1:]],
        cwd=ROOT,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def misbrug(study: str) -> float:
    """The command as it is, with kernels that are forked."""
    return _clocked(lambda: call("misbrug", "run", study, "--force"))


def ordinary(study: str) -> float:
    """The command with ordinary kernels, as where none can be forked."""
    forced = ("misbrug", "run", study, "--force")
    return _clocked(lambda: call(*forced, MISBRUG_ORDINARY_KERNELS="1"))


def shell_loop(study: str) -> float:
    """What one would write without the pipeline: a report at a time, from raw forms."""
    pages = asked(study)
    processed = ROOT / "data" / "processed" / study
    shutil.rmtree(processed, ignore_errors=True)  # what settles answers does it again
    with tempfile.TemporaryDirectory() as folder:

        def loop() -> None:
            for page in pages:
                executed = f"{folder}/{page.id.replace('/', '-')}.ipynb"
                given = [word for pair in page.parameters.items() for word in ("-p", *pair)]
                call("papermill", str(page.notebook), executed, *given)
                call("jupyter", "nbconvert", "--to", "misbrug", executed)

        return _clocked(loop)


def floor(study: str) -> float:
    """The least it can take (``benchmarks.floor``)."""
    return float(json.loads(call("python", "-m", "benchmarks.floor", "--json", "--study", study)))


def rmarkdown(study: str) -> float:
    """R Markdown with as many charts and tables, from the processed tables, in two sessions."""
    render = ROOT / "benchmarks" / "rmarkdown" / "render.R"
    scores = ROOT / "data" / "processed" / study / "scores.csv"
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "pages.json")
        listed.write_text(json.dumps(counts(study)), encoding="utf-8")
        return _clocked(lambda: call("Rscript", str(render), str(listed), str(scores), folder))


WAYS: Mapping[str, Callable[[str], float]] = {
    "misbrug": misbrug,
    "ordinary": ordinary,
    "loop": shell_loop,
    "floor": floor,
    "rmarkdown": rmarkdown,
}


def there() -> list[str]:
    """The ways that can be gone here: R is no part of the environment."""
    return [way for way in WAYS if way != "rmarkdown" or shutil.which("Rscript")]


def _clocked(make: Callable[[], object]) -> float:
    start = time.perf_counter()
    make()
    return time.perf_counter() - start
