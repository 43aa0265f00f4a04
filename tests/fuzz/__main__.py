"""``make fuzz``: thousands of broken files on all cores, by a seed that repeats what it finds."""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time

import pytest

from tests.fuzz.kept import EXAMPLES, KEPT
from tests.projects import ROOT


class Failures:
    """The tests that failed, by their names, wherever they ran."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.rpartition("::")[2]
        if report.failed and name not in self.names:
            self.names.append(name)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=5_000, help="how many in all")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**9))
    parser.add_argument("--only", default="", help="a part of the names of the tests to run")
    asked = parser.parse_args()
    print(f"{asked.examples} broken files by seed {asked.seed}", flush=True)
    shutil.rmtree(KEPT, ignore_errors=True)
    os.environ[EXAMPLES] = str(asked.examples)
    failures = Failures()
    begun = time.monotonic()
    arguments = [
        *("-q", "-n", "auto", "--dist", "worksteal", "-p", "no:cacheprovider", "--tb", "short"),
        *(f"--hypothesis-seed={asked.seed}", "-k", asked.only, str(ROOT / "tests" / "fuzz")),
    ]
    code = pytest.main(arguments, plugins=[failures])
    print(f"{time.monotonic() - begun:.0f} seconds by seed {asked.seed}")
    for name in failures.names:
        repeated = f"EXAMPLES={asked.examples} SEED={asked.seed} ONLY={name}"
        print(f"{name} failed. To repeat exactly this: make fuzz {repeated}")
    if KEPT.exists():
        print(f"The files that made tests fail are in {KEPT.relative_to(ROOT).as_posix()}/")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
