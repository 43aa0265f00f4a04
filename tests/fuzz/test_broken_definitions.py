"""However a study's own files are broken: they are told with their lines, or read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.errors import MisbrugError, Problem
from tests.fuzz.archives import Broken, steps_of
from tests.fuzz.broken_bytes import BYTE_BREAKERS
from tests.fuzz.broken_text import TEXT_BREAKERS
from tests.fuzz.broken_yaml import YAML_BREAKERS
from tests.fuzz.fuzzing import examples
from tests.fuzz.invariants import check_round, check_told
from tests.fuzz.kept import keep
from tests.small import cell, form_rows, load, make_project, settings, write_workbook

DECISIONS = f"""\
source;locator;found;reads_as;reason;decided_by;date
forms/a.xlsx;{cell("t.1")};måske;nej;De ringede.;A. Nielsen;2024-05-03
forms/a.xlsx;{cell("t.2")};–;blank;Ikke relevant.;A. Nielsen;2024-05-03
"""
ADJUDICATIONS = """\
unit,form,indicator,answer,reason,decided_by,date
a,joint,t.1,yes,Aftalt.,A. Nielsen,2024-05-03
b,,t.2,no,Aftalt.,A. Nielsen,2024-05-03
"""
UNITS = "id,label,team\na,A,north\nb,B,north\nc,C,south\n"
MAPPING = """\
exports:
  - file: forms/export.csv
    layout: wide
    unit: Besvarelse fra
    form_is: joint
    codes: {"1": ja, "2": nej}
    items:
      t.1: v1
      t.d2: {samtale: v2_1, brev: v2_2}
    remarks: {t.1: v1_text}
    unused: [mail]
"""


def study_file() -> str:
    return yaml.safe_dump(settings(), allow_unicode=True, sort_keys=False)


FILES: dict[str, str] = {
    "decisions.csv": DECISIONS,
    "adjudications.csv": ADJUDICATIONS,
    "units.csv": UNITS,
    "mapping.yaml": MAPPING,
    "study.yaml": study_file(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study with one form, and all files of its own."""
    place = make_project(tmp_path_factory.mktemp("defined"))
    write_workbook(place / "forms" / "a.xlsx", form_rows("a", {"t.1": "måske", "t.s1": "ja"}))
    return place


def lay(folder: Path, broken: Mapping[str, bytes]) -> None:
    """Write every file as it should be, but for those that are broken."""
    for name, text in FILES.items():
        (folder / name).write_bytes(broken.get(name, text.encode()))


@st.composite
def definitions(draw: st.DrawFn) -> tuple[str, Broken]:
    """A file of a study, broken."""
    name = draw(st.sampled_from(list(FILES)))
    text = FILES[name]
    breakers = YAML_BREAKERS if name.endswith(".yaml") else TEXT_BREAKERS
    chosen = draw(st.lists(st.sampled_from(breakers), min_size=1, max_size=3))
    for breaker in chosen:
        text = breaker(draw, text)
    content = text.encode("utf-8", "replace")
    last = draw(st.lists(st.sampled_from(BYTE_BREAKERS), max_size=1))
    for byte_breaker in last:
        content = byte_breaker(draw, content)
    return name, Broken(content, (name, *steps_of(chosen), *steps_of(last)))


@examples("definitions")
@given(file=definitions())
def test_definitions_of_a_study(folder: Path, file: tuple[str, Broken]) -> None:
    name, broken = file
    lay(folder, {name: broken.content})
    try:
        problems = faults_of(folder)
        for problem in problems or ():
            for language in ("da", "en"):
                check_told(problem, language)
        assert problems != ()
    except Exception:
        keep(name, broken.content)
        raise


def faults_of(folder: Path) -> tuple[Problem, ...] | None:
    """What is told of the definitions; None where they are read, and then the round holds."""
    try:
        study = load(folder)
    except MisbrugError as error:
        return error.problems
    check_round(collect(study), study)
    return None


def test_unbroken_definitions_are_read(folder: Path) -> None:
    """What is broken above was whole before."""
    lay(folder, {})
    study = load(folder)
    assert len(study.decisions) == 2
    assert len(study.exports) == 1
    assert len(study.organisation.units) == 3
