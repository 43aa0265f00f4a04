"""Texts with live figures: filled in, escaped, and wrong only with a line."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import render
from tests.projects import STUDY


@pytest.fixture(scope="module")
def region(made: Path) -> Report:
    study = load_study(Project.find(made), STUDY)
    run = next(run for run in study.runs() if run.id == "regional")
    return Report(study, load(study), Language.load("da"), run)


@pytest.fixture
def text(tmp_path: Path, region: Report):
    """Fill in a text for the region."""

    def fill(source: str) -> str:
        path = tmp_path / "text.md"
        path.write_text(source, "utf-8")
        return render(region, path)

    return fill


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ('count("5.2")', "tre"),
        ('count("5.2", "no")', "13"),
        ('count("5.2", group="vest")', "to"),
        ("total()", "16"),
        ('total("syd")', "fem"),
        ("asked()", "17"),
        ('quantifier("5.2")', "kun få kommuner (3 af 16)"),
        ('Quantifier("5.2", group="syd")', "Én af de fem kommuner"),
        ('quantifier("1.2")', "alle 16 kommuner, der svarede,"),
        ('quantifier("1.1", absent="as_no")', "alle kommuner på nær to (15 af 17)"),
        ('topic_quantifier("2", group="oest")', "to af de fem kommuner"),
        ('Describes("7.d1", "yes")', "Ingen af de 16 kommuner, der svarede,"),
        ('bounds("5.2")', "mindst 3 og højst 4 af 17"),
        ("absent()", "Stevns"),
        ("groups()", "Klynge Syd, Klynge Øst og Klynge Vest"),
    ],
)
def test_an_expression_gives_its_figure(text, expression: str, shown: str) -> None:
    assert text("{{ " + expression + " }}") == shown


def test_a_share_decides_what_is_said(text) -> None:
    assert text('{% if share("5.2") < 0.5 %}få{% else %}mange{% endif %}') == "få"


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ("\n{{ quantifer('5.2') }}", "'quantifer' is undefined"),
        ("\n{{ count('5.9') }}", "there is no question called 5.9"),
        ("\n{{ count('5.2', group='nord') }}", "there is no group 'nord'"),
        ("\n{{ describes('10.d1', 'måske') }}", "has no option 'måske'"),
        ("\n{{ count.__globals__ }}", "unsafe"),
        ("\n{% if %}", "Expected an expression"),
    ],
)
def test_a_fault_names_the_line_and_what_is_wrong(text, source: str, detail: str) -> None:
    with pytest.raises(DefinitionError) as error:
        text(source)
    assert "text.md, line 2: " in str(error.value)
    assert detail in str(error.value)


def test_a_label_cannot_become_markdown(text) -> None:
    assert text('{{ "*x* [y](z) <b> # `c`" }}') == r"\*x\* \[y\](z) \<b\> \# \`c\`"


def test_every_text_of_the_study_can_be_filled_in_for_every_report(made: Path) -> None:
    study = load_study(Project.find(made), STUDY)
    results = load(study)
    texts = [path for path in (study.folder / "texts").rglob("*.md") if path.name != "README.md"]
    assert len(texts) > 25
    for run in study.runs():
        report = Report(study, results, Language.load("da"), run)
        for path in texts:
            assert "{{" not in render(report, path)
