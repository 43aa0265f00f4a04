"""A new study: made of an instrument and a list of units as people keep it, and it loads."""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from misbrug_analysis.execution import new_study as new_study_module
from misbrug_analysis.execution.new_study import NewStudy, new_study
from misbrug_analysis.execution.units_list import slug_of
from misbrug_analysis.model import publication
from misbrug_analysis.model import settings as study_file
from misbrug_analysis.model.earlier import Earlier, NotCompared
from misbrug_analysis.model.errors import DefinitionError, ParameterError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.totals import Totals
from misbrug_analysis.model.usual import FormName
from misbrug_analysis.model.yamlfile import Model, read_model
from tests.commanded import run_here
from tests.projects import copy_project, digests
from tests.small import faults, make_project, write_csv, write_workbook

DAY = date(2026, 3, 2)
NAME = "2026-round"
EXPLAINED: list[type[Model]] = [
    *(study_file.StudyFile, study_file.Rules, study_file.Report, FormName),
    *(study_file.Provenance, study_file.Possible, study_file.OwnWords),
    *(study_file.Acceptance, study_file.Acknowledgement),
    *(publication.Publication, publication.Contact, publication.Declaration),
    *(publication.Shortcoming, Earlier, NotCompared, Totals, study_file.ComparedBy),
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def made(
    root: Path, units: Path | None = None, *, title: str = "", language: str = "da"
) -> NewStudy:
    return new_study(
        Project.find(root), NAME, "kl12", day=DAY, units=units, title=title, language=language
    )


def loaded(root: Path) -> Study:
    return load_study(Project.find(root), NAME)


def listed(root: Path, *rows: str, encoding: str = "cp1252") -> Path:
    """A list as a Danish Excel saves it."""
    return write_csv(root / "liste.csv", [row.split(";") for row in rows], encoding=encoding)


def refused(root: Path, *rows: str) -> list[tuple[str, str]]:
    """Place and code of each fault of a list."""
    with pytest.raises(DefinitionError) as error:
        made(root, listed(root, *rows))
    assert not (root / "data" / "raw" / NAME).exists()
    return [(where.rpartition(", ")[2], code) for where, code in faults(error.value.problems)]


def test_without_a_list_two_examples_are_asked(root: Path) -> None:
    assert made(root).examples
    study = loaded(root)
    labels = [unit.label for unit in study.organisation.units]
    assert labels == ["Kommune A (eksempel)", "Kommune B (eksempel)"]
    assert [level.group_ids for level in study.organisation.levels] == [["all"]]
    assert study.settings.date == DAY
    assert study.settings.title["da"].startswith("Selvvurdering")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_as_excel_saves_it(root: Path, encoding: str) -> None:
    rows = ["Kommune;Kommunekode;Klynge", "Køge;0259;Øst", "Næstved;0370;Syd", "Ærø;0492;syd"]
    made(root, listed(root, *rows, encoding=encoding))
    organisation = loaded(root).organisation
    units = [(unit.id, unit.label, unit.code) for unit in organisation.units]
    assert units == [("koege", "Køge", "0259"), ("naestved", "Næstved", "0370"),
                     ("aeroe", "Ærø", "0492")]  # fmt: skip
    assert [unit.attributes["cluster"] for unit in organisation.units] == ["oest", "syd", "syd"]
    labels = [group.label for group in organisation.smallest.groups]
    assert labels == [{"da": "Øst"}, {"da": "Syd"}]
    assert organisation.largest.id == "region"


def test_a_workbook_with_a_title_above_and_columns_of_no_use_is_read_too(root: Path) -> None:
    rows = [["Listen"], [], [" NAVN: ", "E-mail", "Region"], ["Faxe", "x@y.dk", "Sjælland"]]
    new = made(root, write_workbook(root / "liste.xlsx", [["Andet"]], {"Ark2": rows}))
    assert new.listed.unused == ("E-mail",)
    organisation = loaded(root).organisation
    assert [level.group_ids for level in organisation.levels] == [["sjaelland"]]
    everything = "".join(
        path.read_text("utf-8") for path in new.folder.rglob("*") if path.is_file()
    )
    assert "x@y.dk" not in everything


def test_some_can_be_asked_for_certain_forms(root: Path) -> None:
    made(root, listed(root, "Kommune;Skemaer", "Faxe;alkohol og stoffer", "Greve;", "Køge;Unge"))
    forms = [unit.forms for unit in loaded(root).organisation.units]
    assert forms == [("alcohol", "drugs"), (), ("youth",)]


def test_ids_are_made_of_names_and_differ(root: Path) -> None:
    made(root, listed(root, "Enhed", "Hus A", "Hus (A)", "Hus A."))
    assert loaded(root).organisation.unit_ids == ["hus-a", "hus-a-2", "hus-a-3"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["Kommune", "Faxe", "FAXE"], [("row 3 column 1", "units_twice")]),
        (["Kommune;Klynge", "Faxe;"], [("row 2 column 2", "units_empty")]),
        (["Kommune;Klynge", ";Syd"], [("row 2 column 1", "units_empty")]),
        (["Kommune", "=1+1"], [("row 2 column 1", "units_name")]),
        (["Kommune", "Ring 12 34 56 78"], [("row 2 column 1", "units_name")]),
        (["Kommune", "x" * 121], [("row 2 column 1", "units_name")]),
        (["Kommune;Kode", "Faxe;=2"], [("row 2 column 2", "units_code")]),
        (["Kommune", "Hus A", "hus-a"], [("row 3 column 1", "units_twice")]),
        (["Kommune;Id", "Faxe;Faxe"], [("row 2 column 2", "units_id")]),
        (["Kommune;Id", "Faxe;010190-1234"], [("row 2 column 2", "units_id")]),
        (["Kommune;Kode", "Faxe;010190-1234"], [("row 2 column 2", "units_code")]),
        (["Kommune;Id", "Faxe;a", "Greve;a"], [("row 3 column 2", "units_twice")]),
        (["Kommune;Skemaer", "Faxe;alkohl"], [("row 2 column 2", "units_form")]),
        (["Kommune;Navn", "Faxe;Anna"], [("row 1 column 2", "units_headings")]),
        (["Kommune"], [("liste.csv", "units_none")]),
        (["By;Land", "Faxe;DK"], [("liste.csv", "units_no_heading")]),
        (
            ["Kommune;Kode", "Faxe;a b", "+45;1"],
            [("row 2 column 2", "units_code"), ("row 3 column 1", "units_name")],
        ),
    ],
)
def test_every_fault_of_a_list_is_told_at_its_cell(
    root: Path, monkeypatch: pytest.MonkeyPatch, rows: list[str], expected: list[tuple[str, str]]
) -> None:
    monkeypatch.chdir(root)
    assert refused(root, *rows) == expected


def test_a_code_of_eight_digits_is_no_phone_number(root: Path) -> None:
    made(root, listed(root, "Enhed;Kode", "Hus A;29188459"))
    assert [unit.code for unit in loaded(root).organisation.units] == ["29188459"]


def test_headings_far_below_the_top_are_found(root: Path) -> None:
    made(root, listed(root, *["Note"] * 29, "Kommune", "Faxe"))
    assert loaded(root).organisation.unit_ids == ["faxe"]


def test_ids_of_long_names_that_are_alike_differ_and_are_not_too_long(root: Path) -> None:
    name = "hus " * 20
    made(root, listed(root, "Enhed", f"{name}A", f"{name}B"))
    first, second = loaded(root).organisation.unit_ids
    assert first != second == f"{first[:55]}-2"
    assert len(second) <= 60


def test_regions_are_compared_in_a_report_of_the_whole(root: Path) -> None:
    made(root, listed(root, "Kommune;Region", "Faxe;Øst", "Greve;Vest"))
    study = loaded(root)
    assert [level.id for level in study.organisation.levels] == ["region", "whole"]
    assert [run.id for run in study.runs()][:3] == ["regional", "cluster-oest", "cluster-vest"]
    assert [report.id for report in study.settings.reports] == [
        "regional",
        "cluster",
        "sensitivity",
        "recommendations",
        "consolidation",
    ]


def test_titles_are_in_the_languages_that_have_the_words_for_it(root: Path) -> None:
    path = root / "data" / "instruments" / "kl12.yaml"
    text = path.read_text("utf-8")
    cut = re.sub(r"(?m)^(topic_noun:\n)  da: .*\n", r"\1", text)
    assert cut != text
    path.write_text(cut, "utf-8")
    made(root, language="en")
    assert {tuple(report.title) for report in loaded(root).settings.reports} == {("en",)}


def test_the_column_of_forms_is_there_to_be_filled_in(root: Path) -> None:
    new = made(root, listed(root, "Kommune", "Faxe"))
    assert (new.folder / "units.csv").read_text("utf-8-sig").splitlines()[0] == "id;label;forms"


@pytest.mark.parametrize("value", ["=A1", "#N/A"])
def test_a_formula_or_an_error_in_a_list_is_a_fault(root: Path, value: str) -> None:
    rows = [["Kommune", "Kode"], ["Faxe", value]]
    with pytest.raises(DefinitionError) as error:
        made(root, write_workbook(root / "liste.xlsx", rows))
    codes = [code for _, code in faults(error.value.problems)]
    assert "units_formula" in codes
    assert not (root / "data" / "raw" / NAME).exists()


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("ingen.csv", "file_missing"),
        ("liste.txt", "units_format"),
        ("liste.xlsx", "not_a_workbook"),
    ],
)
def test_what_is_no_list_is_told(root: Path, file: str, code: str) -> None:
    for name in ("liste.txt", "liste.xlsx"):
        (root / name).write_bytes(b"Kommune\n")
    with pytest.raises(DefinitionError) as error:
        made(root, root / file)
    assert [found for _, found in faults(error.value.problems)] == [code]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sjælland 2026", "sjaelland-2026"),
        ("ÅRHUS", "aarhus"),
        (" Café – Ø ", "cafe-oe"),
        ("../x", "x"),
        ("–", ""),
    ],
)
def test_a_text_as_an_id(text: str, slug: str) -> None:
    assert slug_of(text) == slug


@pytest.mark.parametrize(
    "name",
    ["Sjælland 2026", "", "../x", "a/b", "-a", "x" * 70, "con", "aux", "com1", "010190-1234"],
)
def test_a_name_that_cannot_be_a_folder_is_refused_with_one_that_can(root: Path, name: str) -> None:
    before = digests(root)
    with pytest.raises(ParameterError) as error:
        new_study(Project.find(root), name, "kl12", day=DAY)
    (problem,) = error.value.problems
    assert problem.code == "study_name"
    assert slug_of(str(problem.values["near"])) == problem.values["near"] != ""
    assert digests(root) == before


def test_a_folder_that_exists_stays_as_it_is(root: Path) -> None:
    made(root)
    before = digests(root)
    with pytest.raises(ParameterError) as error:
        made(root, title="En anden")
    assert [code for _, code in faults(error.value.problems)] == ["study_exists"]
    assert digests(root) == before


def test_the_second_of_two_who_start_a_round_at_once_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = new_study_module.read_units_list
    path = listed(root, "Kommune", "Faxe")

    def slowly(*arguments: Any) -> Any:
        monkeypatch.undo()
        made(root, title="Den første")
        return listing(*arguments)

    monkeypatch.setattr(new_study_module, "read_units_list", slowly)
    with pytest.raises(ParameterError) as error:
        made(root, path, title="Den anden")
    assert [code for _, code in faults(error.value.problems)] == ["study_exists"]
    assert loaded(root).settings.title == {"da": "Den første"}


@pytest.mark.parametrize("title", ["x" * 201, "Sag 010190-1234", "Ring 12 34 56 78"])
def test_a_title_is_short_and_holds_no_personal_data(root: Path, title: str) -> None:
    with pytest.raises(ParameterError) as error:
        made(root, title=title)
    assert [code for _, code in faults(error.value.problems)] == ["study_title"]
    assert not (root / "data" / "raw" / NAME).exists()


def test_a_title_stands_on_one_line(root: Path) -> None:
    made(root, title="En \n  runde")
    assert loaded(root).settings.title == {"da": "En runde"}


@pytest.mark.parametrize("name", ["../instruments/kl12", "./kl12", "KL12", "{folder}/kl12"])
def test_an_instrument_is_one_of_those_listed(root: Path, name: str) -> None:
    given = name.format(folder=root / "data" / "instruments")
    with pytest.raises(ParameterError) as error:
        new_study(Project.find(root), NAME, given, day=DAY)
    assert [code for _, code in faults(error.value.problems)] == ["unknown_name"]


def test_a_round_on_the_last_day_of_all_has_a_deadline(root: Path) -> None:
    folder = new_study(Project.find(root), NAME, "kl12", day=date.max).folder
    assert "deadline: 9999-12-31" in (folder / "study.yaml").read_text("utf-8")


def test_a_topic_cannot_end_the_comment_that_names_it(root: Path) -> None:
    path = root / "data" / "instruments" / "kl12.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"Nationale retningslinjer"', '"Retning #} {{ 1 }}"'), "utf-8")
    hint = (made(root).folder / "texts" / "topics" / "3" / "status.md").read_text("utf-8")
    assert Environment(autoescape=True).from_string(hint).render().strip() == ""


def test_the_same_round_is_the_same_to_the_byte(root: Path, tmp_path: Path) -> None:
    other = copy_project(tmp_path / "other")
    rows = ["Kommune;Klynge", "Faxe;Syd", "Greve;Øst"]
    made(root, listed(root, *rows))
    made(other, listed(other, *rows))
    assert digests(root) == digests(other)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("model", EXPLAINED, ids=lambda model: model.__name__)
def test_the_study_file_names_every_setting(root: Path, language: str, model: type[Model]) -> None:
    text = (made(root, language=language).folder / "study.yaml").read_text("utf-8")
    missing = [name for name in model.model_fields if not re.search(rf"\b{name}:", text)]
    if model is study_file.Report:
        assert re.search(r"\bannex: A\b", text)
    assert missing == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_examples_in_the_study_file_can_be_used_as_they_stand(
    root: Path, language: str
) -> None:
    path = made(root, language=language).folder / "study.yaml"
    comment = re.compile(r"^( *)# ( *(?:[a-z_]+:|- [{a-z]).*)$")
    lines = [comment.sub(r"\1\2", line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("\n".join(lines), encoding="utf-8")
    file = read_model(path, study_file.StudyFile)
    assert file.deadline == date(2026, 4, 13)
    assert file.publication is not None
    assert file.publication.lacks == []
    assert file.provenance.own_words is not None
    assert (len(file.accept), len(file.personal_data)) == (1, 1)
    assert [entry.units for entry in file.earlier] == [{"nordby": "nord-by"}]


def test_texts_are_empty_and_say_what_they_can_hold(root: Path) -> None:
    texts = sorted((made(root).folder / "texts").rglob("*.md"))
    names = {path.relative_to(root / "data" / "raw" / NAME / "texts").as_posix() for path in texts}
    assert {"preface.md", "topics/1/why.md", "topics/3/status.md"} <= names
    assert "topics/3/why.md" not in names  # it is addressed to others, and the page has no why
    for path in texts:
        text = path.read_text("utf-8")
        assert text.startswith("{# ")
        assert Environment(autoescape=True).from_string(text).render().strip() == ""


@pytest.mark.parametrize(("language", "word"), [("da", "Udskift"), ("en", "Put the right")])
def test_the_readme_is_in_the_language_of_the_study(root: Path, language: str, word: str) -> None:
    folder = made(root, language=language).folder
    assert word in (folder / "README.md").read_text("utf-8")
    assert loaded(root).settings.language == language


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_readme_says_where_answers_of_a_survey_system_go(root: Path, language: str) -> None:
    folder = made(root, language=language).folder
    text = (folder / "README.md").read_text("utf-8")
    assert f"`misbrug map {NAME} " in text
    assert "| `mapping.yaml` |" in text
    assert "mapping.yaml" in (folder / "study.yaml").read_text("utf-8")


def test_an_instrument_that_says_nothing_of_its_studies_will_do(tmp_path: Path) -> None:
    make_project(tmp_path)
    folder = new_study(Project.find(tmp_path), NAME, "small", day=DAY).folder
    assert "Enhed A (eksempel)" in (folder / "units.csv").read_text("utf-8")


NAMES = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=130), max_size=4)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(NAMES, NAMES)
@example(['"; x: [', "a: b # c"], ["{{ 1 }}", "}"])
def test_whatever_stands_in_a_list_it_is_refused_or_makes_a_study(
    labels: list[str], groups: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make_project(root)
        for name in (
            *("regional_narrative", "cluster_report", "sensitivity"),
            *("recommendations", "consolidation"),
        ):
            (root / "notebooks" / f"{name}.ipynb").write_text("{}", encoding="utf-8")
        rows = [["Navn", "Gruppe"], *(list(pair) for pair in zip(labels, groups, strict=False))]
        path = write_csv(root / "liste.csv", rows, encoding="utf-8")
        project = Project.find(root)
        try:
            listing = new_study(project, NAME, "small", day=DAY, units=path).listed
        except DefinitionError as error:
            told = faults(error.problems)
        else:
            told = []
        if told:
            assert not project.raw(NAME).exists()
            return
        organisation = load_study(project, NAME).organisation
        assert [unit.label for unit in organisation.units] == [unit.label for unit in listing.units]


def test_a_round_before_its_first_form_has_whole_pages_that_say_so(root: Path) -> None:
    made(root, listed(root, "Kommune;Klynge", "Faxe;Syd", "Greve;Øst"))
    code, output, errors = run_here(root, NAME)
    assert (code, errors) == (0, "")
    pages = root / "outputs" / NAME / "html"
    assert output.endswith(f"Open outputs/{NAME}/html/index.html\n")
    for name in ("regional", "cluster-syd", "cluster-oest"):
        page = (pages / f"{name}.html").read_text("utf-8")
        assert "Siden bliver fyldt ud, når det første skema er kommet." in page
        assert "0 af 0" not in page
        assert "nul skemaer" not in page
    for page in pages.glob("*.html"):
        text = page.read_text("utf-8")
        for link, anchor in re.findall(r'href="([a-z-]*\.html)?#([^"]+)"', text):
            target = (pages / link).read_text("utf-8") if link else text
            assert f'id="{anchor}"' in target, f"{page.name}: {link}#{anchor}"
