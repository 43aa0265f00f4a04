"""docs/collecting.md, followed to the letter: a round of 17 with the twelve commonest mistakes."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections import Counter
from contextlib import chdir
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock
from openpyxl import load_workbook

from misbrug_analysis.cli import main
from misbrug_analysis.model.instrument import load_instrument
from tests.projects import ROOT, command, copy_project
from tests.rounds.returned import Returned, a_date, inserted, renamed
from tests.small import write_csv

GUIDE = (ROOT / "docs" / "collecting.md").read_text("utf-8")
ROUND = "2026-runde"
FORMS = Path("data/raw") / ROUND / "forms"
LATER = date(2026, 3, 27)
CLUSTERS = {
    "Syd": ["Faxe", "Guldborgsund", "Lolland", "Næstved", "Stevns", "Vordingborg"],
    "Øst": ["Greve", "Køge", "Lejre", "Roskilde", "Solrød"],
    "Vest": ["Holbæk", "Kalundborg", "Odsherred", "Ringsted", "Slagelse", "Sorø"],
}
CPR = "120385-1234"


def blocks(kind: str) -> list[str]:
    """What stands in the fenced blocks of a kind, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.M | re.S)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines()]


def answers() -> dict[str, object]:
    """Yes to everything but 1.2, before anything goes wrong."""
    instrument = load_instrument(ROOT / "data" / "instruments", "kl12")
    asked = [item.id for item in instrument.items if item.type == "yes_no"]
    return dict.fromkeys(asked, "ja") | {"1.2": "nej"}


def typed(project: Path, line: str) -> tuple[int, str]:
    """Exit code and output of a command of the guide, typed in the project's folder."""
    name, *arguments = shlex.split(line)
    assert name == "misbrug"
    if arguments[0] == "run":  # its notebooks need a process of their own
        code, output, errors = command(name, *arguments, cwd=project)
        return code, output + errors
    with chdir(project):
        result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output


def listed(project: Path) -> None:
    """The list of units as a Danish Excel saves it as CSV."""
    rows = [["Kommune", "Klynge", "Kontakt"]]
    rows += [[unit, cluster, "Anna"] for cluster, units in CLUSTERS.items() for unit in units]
    write_csv(project / "kommuner.csv", rows, encoding="cp1252")


def asks_for_two(project: Path) -> None:
    """Sorø is asked for two forms in place of the joint one."""
    path = project / FORMS.parent / "units.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        if row["label"] == "Sorø":
            row["forms"] = "alcohol drugs"
    write_csv(path, [list(rows[0]), *(list(row.values()) for row in rows)], encoding="cp1252")
    (project / "skemaer" / "soroe_faelles.xlsx").unlink()


def come_back_with_mistakes(project: Path) -> None:
    """All but Sorø answer, and a lot goes wrong."""
    came = Returned(project / "skemaer", project / FORMS, answers())
    for unit in (
        *("faxe", "guldborgsund", "lolland", "naestved", "stevns", "vordingborg", "greve"),
        *("koege", "lejre", "roskilde", "solroed", "holbaek", "odsherred", "ringsted"),
        "slagelse",
    ):
        came.come_back(unit)
    came.write("faxe", "1.1", "JA ")  # 1, in four ways
    came.write("naestved", "1.1", "Nej*")
    came.write("lolland", "1.1", "delvist")
    came.write("vordingborg", "1.1", "Ved ikke")
    came.write("guldborgsund", "1.1", "ja, men kun for voksne")  # 2
    came.write("stevns", "1.1", "x")  # 3
    came.write("greve", "1.1", 1)  # 4
    came.write("koege", "1.1", a_date())  # 5
    came.merge("lejre", "1.1", "1.2")  # 6
    came.change("roskilde", inserted)  # 7
    came.change("solroed", renamed)  # 8
    came.write("holbaek", "1.1", "nej")  # 9
    came.come_back("holbaek", "holbaek igen", LATER)
    typed(project, "misbrug new 2025-runde --instrument kl12 --units kommuner.csv")  # 10
    typed(project, "misbrug forms 2025-runde --to gamle --unit kalundborg")
    Returned(project / "gamle", project / FORMS, answers()).come_back("kalundborg")
    came.name("odsherred", "Odsherred", "Odsherrred")  # 11
    came.remark("ringsted", "1.1", f"Borgeren med CPR {CPR} er glad.")  # 12, and one that is none
    came.remark("slagelse", "1.1", "Sagen har nummer 0101801234.")


def mended(project: Path) -> None:
    """What the guide says to do: in the file, by the municipality, or by a decision."""
    came = Returned(project / "skemaer", project / FORMS, answers())
    came.write("stevns", "1.1", "ja")
    came.come_back("greve", "greve igen", LATER)
    came.split("lejre", "1.1", "1.2")
    came.write("lejre", "1.2", "nej")
    came.path("kalundborg").unlink()
    came.come_back("kalundborg")
    came.name("odsherred", "Odsherrred", "Odsherred")
    came.remark("ringsted", "1.1", "Borgeren er glad.")
    (decisions,) = blocks("csv")
    (project / FORMS.parent / "decisions.csv").write_text(decisions, encoding="utf-8-sig")
    (acknowledged,) = blocks("yaml")
    with (project / FORMS.parent / "study.yaml").open("a", encoding="utf-8") as study:
        study.write(acknowledged)


BEFORE = {0: listed, 2: asks_for_two, 3: come_back_with_mistakes, 6: mended}
"""What people do before the command at a place is typed."""


@pytest.fixture(scope="session")
def followed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the guide was followed; ``log.json`` has what each command said."""
    base = tmp_path_factory.getbasetemp()
    project = (base if worker_id == "master" else base.parent) / "guide"
    with FileLock(project.with_suffix(".lock")):
        if not (project / "log.json").exists():
            copy_project(project)
            log = []
            for place, line in enumerate(COMMANDS):
                BEFORE.get(place, lambda _: None)(project)
                log.append(typed(project, line))
            (project / "log.json").write_text(json.dumps(log), encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def said(followed: Path) -> list[tuple[int, str]]:
    return json.loads((followed / "log.json").read_text("utf-8"))


def test_the_guide_leads_from_a_list_to_the_next_round(said: list[tuple[int, str]]) -> None:
    commands = [line.split()[1] for line in COMMANDS]
    steps = ["new", "forms", "forms", "status", "check", "check", "check", "run", "new", "forms"]
    assert commands == steps
    assert [code for code, _ in said] == [0, 0, 0, 0, 1, 1, 0, 0, 0, 0], said


def test_one_that_runs_two_things_apart_gets_two_forms(followed: Path) -> None:
    sent = sorted(path.name for path in (followed / "skemaer-soroe").iterdir())
    assert sent == ["soroe_alkohol.xlsx", "soroe_stoffer.xlsx"]


def test_the_status_says_who_is_missing(said: list[tuple[int, str]]) -> None:
    assert "16 af 17 kommuner har sendt skemaer." in said[3][1]
    assert "den skal sendes til:\n  Sorø)" in said[3][1]


TOLD = [
    ("guldborgsund.xlsx", "Svar!C10", "Svaret på 1.1 begynder med »ja«, men der står mere"),
    ("stevns.xlsx", "Svar!C10", "»x« er ikke et svar på 1.1"),
    ("greve.xlsx", "Svar!C10", "Der står et tal, 1, hvor svaret på 1.1 skal stå"),
    ("koege.xlsx", "Svar!C10", "Der står en dato"),
    ("lejre.xlsx", "Svar!C10", "Svaret på 1.1 og 1.2 står i flettede celler"),
    ("kalundborg.xlsx", "Hele filen", "Skemaet hører til en anden runde"),
    ("odsherred.xlsx", "Svar!B4", "Mente du Odsherred?"),
    ("ringsted.xlsx", "Svar!D10", "noget, der ligner et CPR-nummer"),
    ("slagelse.xlsx", "Svar!D10", "noget, der ligner et CPR-nummer"),
    ("holbaek.xlsx", "Hele filen", "Filen bliver ikke brugt"),
]


@pytest.mark.parametrize(("file", "place", "words"), TOLD)
def test_a_mistake_is_told_at_its_cell_in_the_words_of_the_guide(
    said: list[tuple[int, str]], file: str, place: str, words: str
) -> None:
    output = said[4][1]
    told = re.split(r"\n  (?=\S)", output.partition(f"forms/{file}\n")[2])[0]
    assert place in told
    assert words in " ".join(told.split())
    assert words in GUIDE


@pytest.mark.parametrize(
    "unit", ["faxe", "lolland", "naestved", "vordingborg", "roskilde", "solroed"]
)
def test_what_is_plain_is_read_without_a_word(said: list[tuple[int, str]], unit: str) -> None:
    assert f"forms/{unit}.xlsx\n" not in said[4][1]


def test_every_municipality_with_a_mistake_has_a_page_to_send_back(followed: Path) -> None:
    page = (followed / "outputs" / ROUND / "round" / "check.html").read_text("utf-8")
    assert all(file in page for file, _, _ in TOLD)


def test_the_rejected_cells_are_written_as_decisions_to_make(followed: Path) -> None:
    text = (followed / "afgoerelser.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(), delimiter=";"))
    places = {(row["source"], row["locator"]) for row in rows}
    (decided,) = blocks("csv")
    for row in csv.DictReader(decided.splitlines(), delimiter=";"):
        assert (row["source"], row["locator"]) in places


def test_nothing_is_left_to_mend(said: list[tuple[int, str]]) -> None:
    assert "Det skal rettes" not in said[6][1]
    assert "Guldborgsund" in said[6][1]


def test_a_figure_on_the_page_is_what_was_filled_in(followed: Path) -> None:
    """1.1 by hand: of 16 forms Vordingborg's and Køge's have no answer; two say no.

    Syd: Faxe, Lolland (partly, and all its supplementary answers are yes, as those of its peers
    are) and Stevns yes, Guldborgsund and Næstved no. Øst: Greve, Lejre, Roskilde and Solrød yes.
    Vest: all five.
    """
    page = (followed / "outputs" / ROUND / "html" / "regional.html").read_text("utf-8")
    table = page[page.index('id="yes-by-group"') :].partition("</table>")[0]
    rows = {
        cells[0].split()[0]: cells[1:]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)
        if (cells := [_words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)])
    }
    assert rows["1.1"] == ["3 af 5", "4 af 4", "5 af 5", "12 af 14"]
    assert rows["1.2"] == ["0 af 6", "0 af 5", "0 af 5", "0 af 16"]
    assert rows["2.1"] == ["6 af 6", "5 af 5", "5 af 5", "16 af 16"]


def test_the_account_of_all_cells_adds_up(followed: Path) -> None:
    """Every cell of every file that came in stands in the ledger once."""
    ledger = followed / "data" / "processed" / ROUND / "ledger.csv"
    rows = list(csv.DictReader(ledger.read_text("utf-8").splitlines()))
    places = Counter((row["source"], row["locator"]) for row in rows)
    assert set(places.values()) == {1}
    assert Counter(row["fate"] for row in rows)["rejected"] == 0
    files = sorted((followed / FORMS).glob("*.xlsx"))
    assert len(files) == 18  # 16 units, two of them twice
    for path in files:
        book = load_workbook(path)
        filled = {
            (f"forms/{path.name}", f"{sheet.title}!{cell.coordinate}")
            for sheet in book.worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        }
        assert len(filled) > 100
        assert filled - places.keys() == set()


def test_a_masked_number_is_nowhere(followed: Path, said: list[tuple[int, str]]) -> None:
    assert not any(CPR in output for _, output in said)
    for folder in ("outputs", "data/processed"):
        for path in (followed / folder).rglob("*"):
            if path.is_file():
                assert CPR.encode() not in path.read_bytes(), path


def test_the_next_round_shows_the_answers_of_this_one(followed: Path) -> None:
    form = load_workbook(followed / "skemaer-2027" / "stevns_faelles.xlsx").worksheets[1]
    texts = [str(cell.value) for row in form.iter_rows() for cell in row if cell.value]
    assert "ja" in texts
    assert any("Selvvurdering 2026" in text for text in texts)


def _words(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())
