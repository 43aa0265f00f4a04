"""Every file that is made to do harm, at its full size, read by `misbrug check` in a process each.

`.venv/bin/python -m benchmarks.hostile` prints seconds, processor seconds, peak memory and the
first line of what is told; it ends with 1 where one takes more than is allowed, which is more for
exports that `mapping.yaml` names. Seconds depend on what else the machine does, so processor
seconds decide, and a process that waits is ended. Words after it choose files by name.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

ALLOWED, ALLOWED_MAPPED, PATIENCE = (5.0, 300.0), (30.0, 2000.0), 90.0
"""Processor seconds and megabytes, and seconds after which a process is ended."""

ENDS = (".xlsx", ".csv", ".yaml")
MISBRUG = Path(sys.executable).parent / "misbrug"


def prepare(folder: str, name: str) -> list[str]:
    """In a process of its own, since what makes large files needs much memory itself."""
    from tests.hostile import contents, many, packages, stretched, texts
    from tests.small import make_project

    workbooks = (*packages.CASES, *contents.CASES, *stretched.CASES)
    cases = (*workbooks, *texts.FORMS, *texts.DEFINITIONS, *many.CASES)
    cases = (*cases, *many.FAULTY, *many.MAPPED)
    if not name:
        return [case.name for case in cases]
    case = next(case for case in cases if case.name == name)
    study = make_project(Path(folder))
    (study / case.place).write_bytes(case.make(case.large))
    mapping = many.MAPPING.get(name, "")
    if mapping:
        (study / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return [case.code, mapping]


def in_a_process(*arguments: str) -> list[str]:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(prepare, arguments)


@dataclass(frozen=True)
class Ended:
    """What a run of `misbrug check` took, and what it said."""

    seconds: float
    processor: float
    megabytes: float
    code: int
    told: str

    def breaks(self, fault: str, allowed: tuple[float, float]) -> bool:
        """Whether it took too much, or did anything but tell the fault that is expected."""
        return (
            self.processor > allowed[0]
            or self.megabytes > allowed[1]
            or self.code != bool(fault)
            or "Traceback" in self.told
        )

    def first_line(self) -> str:
        """The line that tells of a file, with the place and the message below it."""
        lines = [line.strip() for line in self.told.splitlines()]
        for number, line in enumerate(lines):
            if any(end in line for end in ENDS):
                return line if ": " in line else ": ".join(lines[number + 1 : number + 3])
        return ""


def checked(folder: str) -> Ended:
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        command = [str(MISBRUG), "check", "small-study", "--language", "en"]
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        end = threading.Timer(PATIENCE, process.kill)
        end.start()
        _, status, used = os.wait4(process.pid, 0)
        end.cancel()
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        told = output.read().decode()
    processor = used.ru_utime + used.ru_stime
    return Ended(seconds, processor, used.ru_maxrss / 1024, process.returncode, told)


def main() -> None:
    chosen = sys.argv[1:]
    broken = 0
    print(f" {'file':34} {'seconds':>7} {'CPU':>5} {'MB':>4}  told")
    for name in in_a_process("", ""):
        if chosen and name not in chosen:
            continue
        with tempfile.TemporaryDirectory() as folder:
            fault, mapping = in_a_process(folder, name)
            run = checked(folder)
        breaks = run.breaks(fault, ALLOWED_MAPPED if mapping else ALLOWED)
        broken += breaks
        mark = "!" if breaks else " "
        numbers = f"{run.seconds:7.2f} {run.processor:5.2f} {run.megabytes:4.0f}"
        print(f"{mark}{name:34} {numbers}  {run.first_line()[:110]}", flush=True)
    print(f"{broken} of them break a bound.")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
