"""Copies of the project's data and notebooks that a test may run and break."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
STUDY = "2014-sjaelland"
PAGES = (
    "index.html",
    "regional.html",
    "areas.html",
    "sensitivity.html",
    "cluster-oest.html",
    "cluster-syd.html",
    "cluster-vest.html",
    "recommendations.html",
    "need.html",
    "organisation.html",
    "consolidation.html",
    "tables.html",
    "accessibility.html",
)
"""The pages of an edition, the first one and the last two beside its reports."""

EVIDENCE = tuple(f"method-{topic}.html" for topic in (1, 2, 5, 6, 7, 9, 10, 12))
"""The pages of an edition that tell every single answer."""

LOOKED_AT = (
    *(name for name in PAGES if name not in ("cluster-oest.html", "cluster-vest.html")),
    "method-1.html",
    "method-5.html",
)
"""One page of each make for what takes seconds a page: of reports of clusters the longest, of pages
of answers the longest and the one with every rule."""


def copy_project(folder: Path) -> Path:
    """The study, what it refers to and the notebooks, in a folder that becomes a project."""
    shutil.copytree(ROOT / "data" / "instruments", folder / "data" / "instruments")
    shutil.copytree(ROOT / "data" / "raw" / "reference", folder / "data" / "raw" / "reference")
    shutil.copytree(
        ROOT / "notebooks",
        folder / "notebooks",
        ignore=shutil.ignore_patterns(".ipynb_checkpoints"),
    )
    shutil.copytree(
        ROOT / "data" / "raw" / STUDY,
        folder / "data" / "raw" / STUDY,
        ignore=shutil.ignore_patterns("reconstruction"),
    )
    return folder


def change_study(project: Path, **changes: object) -> None:
    """Set entries of the study file."""
    path = project / "data" / "raw" / STUDY / "study.yaml"
    study = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    path.write_text(yaml.safe_dump(study, allow_unicode=True, sort_keys=False), encoding="utf-8")


def keep_reports(project: Path, *names: str) -> None:
    """Take all reports but those named out of the study, so that a run of it is short."""
    path = project / "data" / "raw" / STUDY / "study.yaml"
    reports = yaml.safe_load(path.read_text(encoding="utf-8"))["reports"]
    change_study(project, reports=[report for report in reports if report["id"] in names])


def command(name: str, *arguments: str, cwd: Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command of this environment, in a process of its own."""
    program = Path(sys.executable).with_name(name)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(program), *arguments],
        cwd=cwd,
        env=os.environ | {"PATH": path} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def digests(folder: Path) -> dict[str, str]:
    """Every file below a folder with the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def insert_cell(notebook: Path, position: int, source: str) -> None:
    """Put a code cell into a notebook."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "inserted",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    content["cells"].insert(position, cell)
    notebook.write_text(json.dumps(content), encoding="utf-8")


def answer(form: Path, item: str, word: str) -> None:
    """Change the answer to an item in a form that came as CSV."""
    lines = form.read_text(encoding="utf-8-sig").splitlines()
    changed = []
    for line in lines:
        cells = line.split(";")
        if cells[0].strip('"') == item:
            cells[2] = word
        changed.append(";".join(cells))
    form.write_text("\n".join(changed) + "\n", encoding="utf-8-sig")
