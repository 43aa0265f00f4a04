"""A study with one unbroken form, and what must hold for whatever is put beside it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from tests.fuzz.invariants import check_nothing_lost, check_round, show_all
from tests.fuzz.kept import asked, keep
from tests.ledger_sum import watched
from tests.projects import STUDY, copy_project
from tests.several_respondents import make_several, person
from tests.small import form_rows, load, make_project, write_csv

SOURCE = "forms/"

LONGEST = 10.0
"""Seconds of the processor for two readings, in ``make fuzz`` only; other programs count not."""


class Bed:
    """A study, its unbroken form, and the round when nothing else came in."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.forms = study.folder / "forms"
        self.alone = collect(study)
        assert self.alone.problems == ()
        assert len(self.alone.answers)

    def read(self, name: str, content: bytes, *, shown: bool = False) -> Round:
        """The round with a broken file in it, which must hold; ``shown`` makes its pages, too."""
        return self.read_all({name: content}, shown=shown)

    def read_all(
        self,
        files: Mapping[str, bytes],
        *,
        mapping: MappedExport | None = None,
        shown: bool = False,
    ) -> Round:
        """The same with several files, of which a mapping can say how they are read."""
        study = replace(self.study, exports=(mapping,)) if mapping else self.study
        for name, content in files.items():
            (self.forms / name).write_bytes(content)
        try:
            came_in = self._read_twice(study)
            check_round(came_in, study)
            self._check_unbroken(came_in)
            for name, content in files.items():
                check_nothing_lost(came_in, study, SOURCE + name, content)
            if shown:
                show_all(study, came_in)
        except Exception:
            for name, content in files.items():
                keep(name, content)
            raise
        finally:
            for name in files:
                (self.forms / name).unlink()
        return came_in

    def _read_twice(self, study: Study) -> Round:
        begun = time.process_time()
        with watched(pytest.MonkeyPatch()):
            came_in = collect(study)
        again = collect(study)
        assert not asked() or time.process_time() - begun <= LONGEST, "took too long"
        pd.testing.assert_frame_equal(again.answers, came_in.answers)
        pd.testing.assert_frame_equal(again.ledger, came_in.ledger)
        assert (again.problems, again.warnings) == (came_in.problems, came_in.warnings)
        return came_in

    def _check_unbroken(self, came_in: Round) -> None:
        """The unbroken form is read as if alone, unless the other one says that it is the same."""
        (form,) = self.alone.forms
        others = [one for one in came_in.forms if one.source != form.source]
        if any((one.unit, one.name) == (form.unit, form.name) for one in others):
            return
        for mixed, alone in (
            (came_in.answers, self.alone.answers),
            (came_in.ledger, self.alone.ledger),
        ):
            of_form = mixed[mixed["source"] == form.source].reset_index(drop=True)
            pd.testing.assert_frame_equal(of_form, alone)
        assert not [one for one in came_in.problems if one.source == form.source]


def small_bed(folder: Path) -> Bed:
    """The small study; the unbroken form is that of ``c``."""
    place = make_project(folder)
    answers = {"t.1": "ja", "t.2": "Nej", "t.s1": "delvis", "t.d1": "et år", "t.d3": "Tiden"}
    write_csv(place / "forms" / "c.csv", form_rows("c", answers, remarks={"t.1": "Snart."}))
    return Bed(load(place))


def several_bed(folder: Path) -> Bed:
    """The small study where several of each unit answer; the unbroken form is one's of ``c``."""
    place = make_several(folder)
    write_csv(place / "forms" / "c.csv", person("c", "leder", {"t.1": "ja", "t.d3": "Tiden"}))
    return Bed(load(place))


def real_bed(folder: Path) -> Bed:
    """The study of 2014; the unbroken form is a workbook."""
    project = copy_project(folder / "project")
    place = project / "data" / "raw" / STUDY
    (place / "adjudications.csv").unlink()
    for form in (place / "forms").iterdir():
        if form.name != "oest-2_faelles.xlsx":
            form.unlink()
    return Bed(load_study(Project.find(project), STUDY))
