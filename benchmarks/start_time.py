"""How long commands take that make nothing: `misbrug --help`, `check`, and a run with no change."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import time

from benchmarks.asked import ROOT, STUDY
from benchmarks.ways import BIN, call


def taken(*arguments: str) -> tuple[float, float]:
    """Seconds of the clock and of the processor that a command takes, whatever it says."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(BIN / "misbrug"), *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--study", default=STUDY)
    given = parser.parse_args()
    call(ROOT, "misbrug", "run", given.study)
    print(f"{'command':16}{'seconds':>9}{'processor':>11}   (medians of {given.rounds})")
    commands = [("--help",), ("check", given.study), ("run", given.study)]
    for command in commands:
        times = [taken(*command) for _ in range(given.rounds)]
        clock, processor = (statistics.median(one) for one in zip(*times, strict=True))
        print(f"{command[0]:16}{clock:9.2f}{processor:11.2f}")


if __name__ == "__main__":
    main()
