"""What a benchmark found: round by round and with what, as it lies in `benchmarks/results/`."""

from __future__ import annotations

import json
import platform
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.asked import ROOT, processors
from benchmarks.watched import Taken
from benchmarks.ways import SNAKEMAKE

RESULTS = ROOT / "benchmarks" / "results"
PACKAGES = ("papermill", "nbconvert", "ipykernel", "pandas", "matplotlib")
_VERSIONS_OF_R = (
    "cat(paste(R.version$major, R.version$minor, sep = '.'), "
    "as.character(packageVersion('rmarkdown')), as.character(packageVersion('ggplot2')))"
)


@dataclass(frozen=True)
class Size:
    """How large a study is: its places, the clusters that they are in, and its pages."""

    clusters: int
    units: int
    pages: int


@dataclass(frozen=True)
class Measured:
    """What a way took with a study in a round."""

    study: str
    way: str
    taken: Taken


@dataclass
class Result:
    """One benchmark: the study, others of other sizes, the machine, and all rounds in order."""

    study: str
    provenance: str
    began: str
    languages: list[str]
    sizes: dict[str, Size]
    machine: dict[str, float | str]
    versions: dict[str, str]
    rounds: list[list[Measured]] = field(default_factory=list)

    def ways(self, study: str) -> list[str]:
        """The ways in which a study was made, in the order of the first round."""
        return [one.way for one in self.rounds[0] if one.study == study]

    def each(self, study: str, way: str) -> list[Taken]:
        """What a way took in every round."""
        return [
            one.taken
            for measured in self.rounds
            for one in measured
            if (one.study, one.way) == (study, way)
        ]

    def seconds(self, study: str, way: str) -> float:
        """The median of the seconds of a way."""
        return statistics.median(one.seconds for one in self.each(study, way))

    def ratio(self, study: str, way: str, to: str) -> float:
        """The median of the ratios of the seconds of two ways within rounds."""
        both = zip(self.each(study, way), self.each(study, to), strict=True)
        return statistics.median(one.seconds / other.seconds for one, other in both)


def save(result: Result, folder: Path) -> Path:
    """Write a result; another of the same day and study is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.began[:10]}-{result.study}.json"
    path.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Result:
    """A result as saved."""
    found = json.loads(path.read_text("utf-8"))
    sizes = {study: Size(**size) for study, size in found.pop("sizes").items()}
    rounds = [
        [Measured(one["study"], one["way"], Taken(**one["taken"])) for one in measured]
        for measured in found.pop("rounds")
    ]
    return Result(**found, sizes=sizes, rounds=rounds)


def newest(study: str, folder: Path = RESULTS) -> Result | None:
    """The newest result of a study; None where there is none."""
    found = [one for one in map(load, sorted(folder.glob("*.json"))) if one.study == study]
    return max(found, key=lambda result: result.began, default=None)


def now() -> str:
    """The time, as a result has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def machine() -> dict[str, float | str]:
    """What is measured on; nothing that tells whose machine it is."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "processors": processors(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "load_before": round(psutil.getloadavg()[0], 2),
    }


def versions(ways: Sequence[str]) -> dict[str, str]:
    """What is measured with: the project by its commit, and the programs of the ways."""
    return dict(_versions(ways))


def _versions(ways: Sequence[str]) -> Iterator[tuple[str, str]]:
    if commit := _said("git", "-C", str(ROOT), "describe", "--always", "--dirty"):
        yield "commit", commit
    yield "Python", platform.python_version()
    for package in PACKAGES:
        yield package, version(package)
    if "snakemake" in ways:
        yield "Snakemake", _said(SNAKEMAKE, "--version")
    if "rmarkdown" in ways:
        names = ("R", "rmarkdown", "ggplot2")
        yield from zip(names, _said("Rscript", "-e", _VERSIONS_OF_R).split(), strict=True)


def _processor() -> str:
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text("utf-8").splitlines() if listed.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _said(*command: str) -> str:
    """What a program says; nothing where it is not there or fails."""
    if not shutil.which(command[0]):
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""
