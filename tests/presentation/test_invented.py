"""Invented answers say what they are wherever a table goes."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.reuse import citation, years
from tests.small import load, make_project

STATEMENT = {"da": "Svarene er opdigtet til et kursus.", "en": "The answers are invented."}


def study(folder: Path, **provenance: object) -> Study:
    return load(make_project(folder, provenance={"statement": STATEMENT, **provenance}))


def test_a_citation_says_that_the_answers_are_invented(tmp_path: Path) -> None:
    said = citation(study(tmp_path, kind="invented"), Language.load("da"))
    assert said.endswith("Svarene er opdigtet til et kursus.")


def test_the_year_in_which_answers_were_made_is_told_in_its_words(tmp_path: Path) -> None:
    invented = study(tmp_path / "a", kind="invented", year=2026)
    assert years(invented, Language.load("da")).endswith("Svarene er opdigtet i 2026.")
    assert years(invented, Language.load("en")).endswith("The answers were invented in 2026.")
    rebuilt = study(tmp_path / "b", kind="reconstructed", year=2026)
    assert years(rebuilt, Language.load("da")).endswith("Svarene er rekonstrueret i 2026.")


def test_without_a_year_only_that_of_the_study_is_told(tmp_path: Path) -> None:
    assert years(study(tmp_path, kind="invented"), Language.load("da")) == (
        "Undersøgelsen gælder 2024."
    )
