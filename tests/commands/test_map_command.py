"""``misbrug map``: what it writes and says, and what keeps it from writing."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from misbrug_analysis.cli import main
from tests.small import STUDY, load, make_project, settings, write_csv

ROWS = [
    ["Besvarelse fra", "t.1", "Skriver I det ned", "id"],
    ["A", "Y", "nej", "1"],
    ["B", "ja", "nej", "2"],
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_project(tmp_path)
    write_csv(folder / "forms" / "svar.csv", ROWS)
    return folder


def misbrug_map(folder: Path, *arguments: str) -> Result:
    project = folder.parents[2]
    return CliRunner().invoke(main, ["map", STUDY, *arguments, "--project", str(project)])


def test_it_says_what_it_tied_what_it_did_not_and_what_to_do_next(folder: Path) -> None:
    done = misbrug_map(folder, "svar.csv", "--form", "fælles")
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "forms/svar.csv (en række for hver besvarelse)",
        "  1 af 9 spørgsmål har fået en kolonne.",
        "  1 kolonne skal I se på.",
        "  8 spørgsmål er ikke fundet.",
        "  1 kode skal I skrive betydningen af.",
        "  1 kolonne er ikke svar.",
        f"Udkastet står i data/raw/{STUDY}/mapping.yaml. Se det igennem, og kør: "
        f"misbrug check {STUDY}",
    ]
    (export,) = load(folder).exports
    assert (export.unit, export.form_is, export.items) == (
        "Besvarelse fra",
        "joint",
        {"t.1": "t.1"},
    )


def test_it_says_which_fields_are_for_a_person(folder: Path) -> None:
    done = misbrug_map(folder, "svar.csv", "--language", "en")
    assert "  Write yourself before the file can be read: form_is." in done.output.splitlines()
    told = CliRunner().invoke(main, ["check", STUDY, "--project", str(folder.parents[2])])
    assert told.exit_code == 1
    assert "form_is (forms/svar.csv)" in told.output
    beside = folder / "andet.yaml"
    again = misbrug_map(folder, "svar.csv", "--to", str(beside))
    assert again.exit_code == 0, again.output  # a draft that is not filled in is no hindrance
    assert beside.exists()


def test_the_only_form_of_a_study_needs_no_word(tmp_path: Path) -> None:
    form = settings()["forms"][0]  # type: ignore[index]
    folder = make_project(tmp_path, forms=[form])
    write_csv(folder / "forms" / "svar.csv", ROWS)
    assert misbrug_map(folder, "svar.csv").exit_code == 0
    assert load(folder).exports[0].form_is == "joint"


@pytest.mark.parametrize("name", ["svar.csv", "forms/svar.csv", "{folder}/forms/svar.csv"])
def test_a_file_is_named_from_where_one_is_or_from_the_study(folder: Path, name: str) -> None:
    assert misbrug_map(folder, name.format(folder=folder)).exit_code == 0
    assert 'file: "forms/svar.csv"' in (folder / "mapping.yaml").read_text("utf-8")


def test_a_file_among_the_forms_comes_before_one_of_the_same_name_elsewhere(folder: Path) -> None:
    project = folder.parents[2]
    (project / "svar.csv").write_text("noget andet", encoding="utf-8")
    with chdir(project):
        assert misbrug_map(folder, "svar.csv").exit_code == 0


def test_several_files_are_several_exports(folder: Path) -> None:
    write_csv(folder / "forms" / "flere.csv", ROWS)
    done = misbrug_map(folder, "svar.csv", "flere.csv", "svar.csv", "--form", "joint")
    assert done.exit_code == 0
    files = [export.file for export in load(folder).exports]
    assert files == ["forms/svar.csv", "forms/flere.csv"]


def test_a_mapping_that_is_there_is_never_written_over(folder: Path) -> None:
    assert misbrug_map(folder, "svar.csv", "--form", "joint").exit_code == 0
    before = (folder / "mapping.yaml").read_bytes()
    again = misbrug_map(folder, "svar.csv", "--form", "joint")
    assert again.exit_code == 1
    assert "`--to udkast.yaml`" in again.output
    assert (folder / "mapping.yaml").read_bytes() == before
    beside = folder / "udkast.yaml"
    done = misbrug_map(folder, "svar.csv", "--form", "joint", "--to", str(beside))
    assert done.exit_code == 0
    assert "flyt det, der står under exports, til mapping.yaml" in done.output
    assert beside.read_bytes() == before
    assert misbrug_map(folder, "svar.csv", "--to", str(beside)).exit_code == 1


def test_the_same_files_give_the_same_draft(folder: Path, tmp_path: Path) -> None:
    drafts = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for path in drafts:
        assert misbrug_map(folder, "svar.csv", "--to", str(path)).exit_code == 0
    assert drafts[0].read_bytes() == drafts[1].read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["andet.csv"], "filen findes ikke"),
        (["../units.csv"], "filen ligger ikke blandt det, der er kommet ind"),
        (["svar.csv", "--form", "joit"], "Mente du joint?"),
        (["gammel.xls"], "vælg Gem som"),
        (["tom.csv"], "en række med overskrifter"),
    ],
)
def test_what_cannot_be_drafted_is_told_and_nothing_is_written(
    folder: Path, arguments: list[str], told: str
) -> None:
    for name in ("gammel.xls", "tom.csv"):
        (folder / "forms" / name).write_bytes(b"")
    done = misbrug_map(folder, *arguments)
    assert done.exit_code == 1
    assert told in done.output
    assert not (folder / "mapping.yaml").exists()
