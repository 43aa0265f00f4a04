"""The small study with a round before it, in a folder of a test's own."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.execution.session import open_rounds
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.rounds import Rounds
from tests.small import Plain, form_rows, load, make_project, write_csv, write_form

OLDER = "older-study"


def two_rounds(root: Path, then: dict[str, str] | None = None, **entry: Any) -> Path:
    """The small study of 2024 with one of 2022 before it; returns the newer one's folder."""
    folder = make_project(root, earlier=[{"study": OLDER, **entry}])
    before = folder.parent / OLDER
    shutil.copytree(folder, before)
    change(before, id=OLDER, date=date(2022, 5, 1), earlier=[])
    if then is not None:
        rows = [[unit, label, "north"] for unit, label in then.items()]
        write_csv(before / "units.csv", [["id", "label", "team"], *rows], separator=",")
    return folder


def change(folder: Path, **changes: object) -> None:
    path = folder / "study.yaml"
    content = yaml.safe_load(path.read_text("utf-8")) | changes
    text = yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


Said = Mapping[str, Mapping[str, str]]
"""Answers by item, of every unit that sent a form."""


def send(folder: Path, said: Said) -> None:
    """Write a form of every unit into a study's folder."""
    for unit, answers in said.items():
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, answers))


def rounds_of(folder: Path, before: Said, now: Said, language: str = "da") -> Rounds:
    """The two rounds of a folder of ``two_rounds``, in which units said these things."""
    send(folder.parent / OLDER, before)
    send(folder, now)
    return opened(folder, language)


def opened(folder: Path, language: str = "da") -> Rounds:
    """The rounds of a study as a notebook opens them."""
    study = load(folder)
    return open_rounds(Report(study, settle(study), Language.load(language), study.runs()[0]))
