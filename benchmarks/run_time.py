"""A study from raw forms to all pages in several ways, in rounds, each way once in every round.

Machines drift, so the ratios within a round are what counts. The order of the ways changes from
round to round. Nothing else should run meanwhile: all but the floor are measured by the clock.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from importlib.metadata import version

from benchmarks.asked import STUDY
from benchmarks.ways import WAYS, there

Round = dict[str, float]


def order(ways: Sequence[str], number: int) -> list[str]:
    """The ways in the order of a round: every round begins with another one."""
    first = number % len(ways)
    return [*ways[first:], *ways[:first]]


def ratio(rounds: Sequence[Round], way: str, to: str) -> float:
    """The median of the ratios of two ways within rounds."""
    return statistics.median(one[way] / one[to] for one in rounds)


def table(rounds: Sequence[Round], ways: Sequence[str]) -> list[str]:
    """A line for every way: its median, and its ratio to the command and to the floor."""
    compared = [way for way in ("misbrug", "floor") if way in ways]
    lines = [f"{'way':12}{'seconds':>9}" + "".join(f"{'/ ' + to:>12}" for to in compared)]
    for way in ways:
        seconds = statistics.median(one[way] for one in rounds)
        ratios = "".join(f"{ratio(rounds, way, to):12.2f}" for to in compared)
        lines.append(f"{way:12}{seconds:9.1f}{ratios}")
    return lines


def versions() -> str:
    """What was measured with."""
    packages = ("papermill", "nbconvert", "pandas", "matplotlib")
    told = [f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in packages)]
    script = "cat(R.version.string, paste('rmarkdown', packageVersion('rmarkdown')), sep = ', ')"
    if shutil.which("Rscript"):
        command = ["Rscript", "-e", script]
        told.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return ", ".join(told)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--study", default=STUDY)
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=there(), metavar="WAY")
    given = parser.parse_args()
    print(versions())
    print(f"{os.cpu_count()} processors, at work before it began: {os.getloadavg()[0]:.1f}")
    WAYS["misbrug"](given.study)  # so that every way finds files read and modules compiled
    rounds: list[Round] = []
    for number in range(given.rounds):
        rounds.append({way: WAYS[way](given.study) for way in order(given.ways, number)})
        print(", ".join(f"{way} {rounds[-1][way]:.1f}" for way in given.ways), flush=True)
    print(*table(rounds, given.ways), sep="\n")


if __name__ == "__main__":
    main()
