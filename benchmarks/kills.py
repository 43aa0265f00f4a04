"""Kills runs of a study at moments drawn at random, and looks at what they leave.

What is looked at, and how: `Kills`. `tests/execution/test_killed_runs.py` does it with a small
study.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 20.0
"""Seconds within which the processes of a killed run have to be gone."""

Files = dict[str, bytes]


def files_below(folder: Path) -> Files:
    """Every file below a folder by its path: the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).digest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@dataclass
class Kills:
    """Runs of a study of a project that are killed.

    The files that runs make are told to be whole by those of an undisturbed run and of one before
    a form changed (``known``); a run has a mark in its environment, and files for the time of a
    run lie in a folder of ours, so that we find what it leaves.
    """

    project: Path
    study: str
    known: list[Files] = field(default_factory=list)
    seconds: float = 0.0
    mark: str = field(default_factory=lambda: f"KILLED={uuid.uuid4()}")
    temporary: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="k-")))

    def made(self) -> Files:
        """What runs made, by the path from the project."""
        folders = ("outputs", "data/processed")
        return {
            f"{folder}/{name}": digest
            for folder in folders
            for name, digest in files_below(self.project / folder).items()
        }

    def undisturbed(self) -> None:
        """Run to the end; what was made is known from now on, and how long that takes."""
        began = time.monotonic()
        assert self._started().wait() == 0
        self.seconds = time.monotonic() - began
        self.known.append(self.made())
        assert not self._left()

    def moment(self, chance: random.Random) -> float:
        """Seconds after which to kill a run; not all runs are as fast as the undisturbed one."""
        return chance.uniform(0, 1.2 * self.seconds)

    def kill(self, after: float, whole_group: bool) -> list[str]:
        """Kill a run after some seconds, alone or with its group; says what was wrong then."""
        raw = files_below(self.project / "data" / "raw")
        run = self._started()
        time.sleep(after)
        (os.killpg if whole_group else os.kill)(run.pid, signal.SIGKILL)
        run.wait()
        wrong = [f"process {one} is left" for one in self._left()]
        if files_below(self.project / "data" / "raw") != raw:
            wrong.append("data/raw changed")
        return wrong + [f"{name} is not whole" for name in self._broken()]

    def complete(self) -> list[str]:
        """Run to the end; says what is not as after an undisturbed run."""
        code = self._started().wait()
        wrong = [f"the next run ended with {code}"] if code else []
        made, expected = self.made(), self.known[-1]
        names = made.keys() | expected.keys()
        wrong += [f"{name} differs" for name in names if made.get(name) != expected.get(name)]
        return wrong + [f"{path} is left" for path in sorted(self.temporary.iterdir())]

    def processes(self) -> list[int]:
        """The processes that have the mark in their environment."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (folder / "environ").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def close(self) -> None:
        """Remove the folder for temporary files."""
        shutil.rmtree(self.temporary, ignore_errors=True)

    def _started(self) -> subprocess.Popen[bytes]:
        name, _, value = self.mark.partition("=")
        return subprocess.Popen(
            [Path(sys.executable).with_name("misbrug"), "run", self.study],
            cwd=self.project,
            env=os.environ | {name: value, "TMPDIR": str(self.temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _left(self) -> list[int]:
        """The processes that have not ended when patience has."""
        until = time.monotonic() + PATIENCE
        while (left := self.processes()) and time.monotonic() < until:
            time.sleep(0.05)
        return left

    def _broken(self) -> list[str]:
        """The files of which no run made all that stands there.

        A file that is being written has a hidden name. What a run says of itself, in the index and
        the manifest, and which digests stand beside tables, depends on when it is killed.
        """
        told = ("index.html", "manifest.json", "inputs.json")
        broken = []
        for name, digest in self.made().items():
            file = name.rpartition("/")[2]
            if not file.startswith(".") and file not in told:
                if digest not in {files.get(name) for files in self.known}:
                    broken.append(name)
            elif file in told:
                end = (self.project / name).read_text("utf-8").rstrip()[-7:]
                if not end.endswith("</html>" if file == "index.html" else "}"):
                    broken.append(name)
        return broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--study", default="2014-sjaelland")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}")
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(ROOT / "data", project / "data", ignore=shutil.ignore_patterns("processed"))
        shutil.copytree(ROOT / "notebooks", project / "notebooks")
        kills = Kills(project, asked.study)
        kills.undisturbed()
        print(f"undisturbed: {kills.seconds:.1f} s")
        wrong = []
        for number in range(1, asked.kills + 1):
            if number % 5 == 1:  # several in succession, then from the start
                shutil.rmtree(project / "outputs")
                shutil.rmtree(project / "data" / "processed")
            after, whole_group = kills.moment(chance), chance.random() < 0.5
            wrong += kills.kill(after, whole_group)
            if number % 5 == 0 or number == asked.kills:
                wrong += kills.complete()
            print(f"{number:4} after {after:5.2f} s, {'all of it' if whole_group else 'alone'}")
        kills.close()
    print("\n".join(wrong) or f"{asked.kills} kills, nothing wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
