"""What answers were read as: only what is written otherwise than it is read is listed."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.intake.status import standing
from misbrug_analysis.presentation.collecting.tally import read_as
from misbrug_analysis.presentation.language import Language
from tests.small import load, make_project, write_form


def test_options_ticked_in_their_rows_are_not_listed_and_other_ticks_are(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    rows = [["Besvarelse fra", "A"], ["Skema", "fælles"], ["Nr.", "Svar", "Ja", "Nej"]]
    rows += [["t.1", None, None, "x"], ["t.d2/1", "x"], ["t.d2/2", "x"]]
    write_form(folder / "forms" / "a.xlsx", rows)
    study = load(folder)
    came_in = collect(study).accepted()
    assert "samtale; brev" in set(came_in.answers["value"])
    listed = read_as(standing(study, came_in), Language.load("da"), "ticked")
    assert listed == [("x", "nej", 1)]
