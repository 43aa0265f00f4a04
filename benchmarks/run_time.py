"""The whole of a study, by `misbrug run` and by a shell loop, in paired rounds."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
STUDY = "2014-sjaelland"
BIN = Path(sys.executable).parent


def call(*command: str) -> None:
    """Run one of the environment's commands; its output is only shown when it fails."""
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")


def run() -> None:
    call("misbrug", "run", STUDY, "--force")


def shell_loop() -> None:
    """What one would write without this project's pipeline: a report at a time."""
    reports = [
        ("consolidation", []),
        *(("cluster_report", ["-p", "cluster", name]) for name in ("syd", "oest", "vest")),
        ("regional_narrative", []),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for number, (notebook, parameters) in enumerate(reports):
            executed = f"{folder}/{number}.ipynb"
            call("papermill", f"notebooks/{notebook}.ipynb", executed, *parameters)
            call("jupyter", "nbconvert", "--to", "misbrug", executed)


def timed(way: object) -> float:
    start = time.perf_counter()
    assert callable(way)
    way()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    run()
    pairs = [(timed(run), timed(shell_loop)) for _ in range(rounds)]
    ours, loop = zip(*pairs, strict=True)
    ratio = statistics.median(theirs / mine for mine, theirs in pairs)
    print(f"misbrug run --force  {statistics.median(ours):6.1f} s (median of {rounds})")
    print(f"shell loop           {statistics.median(loop):6.1f} s")
    print(f"loop / run           {ratio:6.1f}")


if __name__ == "__main__":
    main()
