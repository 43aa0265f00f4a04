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
from openpyxl import load_workbook

from misbrug_analysis.cli import main
from misbrug_analysis.model.instrument_file import load_instrument
from tests.projects import ROOT, command, copy_project
from tests.rounds.returned import Returned, a_date, inserted, renamed
from tests.shared import made_once
from tests.small import write_csv

GUIDE = (ROOT / "docs" / "collecting.md").read_text("utf-8")
ROUND = "2026-runde"
FORMS = Path("data/raw") / ROUND / "forms"
LATER = date(2026, 3, 27)
CLUSTERS = {
    "Syd": ["Fjordby", "Guldlund", "Lundby", "Nordby", "Stenby", "Vesterby"],
    "Øst": ["Grønby", "Kærby", "Lindby", "Rosenby", "Solby"],
    "Vest": ["Havby", "Klitby", "Østerlund", "Ravnby", "Slotsby", "Sønderby"],
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
    """Sønderby is asked for two forms in place of the joint one."""
    path = project / FORMS.parent / "units.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    for row in rows:
        if row["label"] == "Sønderby":
            row["forms"] = "alcohol drugs"
    write_csv(path, [list(rows[0]), *(list(row.values()) for row in rows)], encoding="cp1252")
    (project / "skemaer" / "soenderby_faelles.xlsx").unlink()


def come_back_with_mistakes(project: Path) -> None:
    """All but Sønderby answer, and a lot goes wrong."""
    came = Returned(project / "skemaer", project / FORMS, answers())
    for unit in (
        *("fjordby", "guldlund", "lundby", "nordby", "stenby", "vesterby", "groenby"),
        *("kaerby", "lindby", "rosenby", "solby", "havby", "oesterlund", "ravnby"),
        "slotsby",
    ):
        came.come_back(unit)
    came.write("fjordby", "1.1", "JA ")  # 1, in four ways
    came.write("nordby", "1.1", "Nej*")
    came.write("lundby", "1.1", "delvist")
    came.write("vesterby", "1.1", "Ved ikke")
    came.write("guldlund", "1.1", "ja, men kun for voksne")  # 2
    came.write("stenby", "1.1", "x")  # 3
    came.write("groenby", "1.1", 1)  # 4
    came.write("kaerby", "1.1", a_date())  # 5
    came.merge("lindby", "1.1", "1.2")  # 6
    came.change("rosenby", inserted)  # 7
    came.change("solby", renamed)  # 8
    came.write("havby", "1.1", "nej")  # 9
    came.come_back("havby", "havby igen", LATER)
    typed(project, "misbrug new 2025-runde --instrument kl12 --units kommuner.csv")  # 10
    typed(project, "misbrug forms 2025-runde --to gamle --unit klitby")
    Returned(project / "gamle", project / FORMS, answers()).come_back("klitby")
    came.name("oesterlund", "Østerlund", "Østterlund")  # 11
    came.remark("ravnby", "1.1", f"Borgeren med CPR {CPR} er glad.")  # 12, and one that is none
    came.remark("slotsby", "1.1", "Sagen har nummer 0101801234.")


def mended(project: Path) -> None:
    """What the guide says to do: in the file, by the municipality, or by a decision."""
    came = Returned(project / "skemaer", project / FORMS, answers())
    came.write("stenby", "1.1", "ja")
    came.come_back("groenby", "groenby igen", LATER)
    came.split("lindby", "1.1", "1.2")
    came.write("lindby", "1.2", "nej")
    came.path("klitby").unlink()
    came.come_back("klitby")
    came.name("oesterlund", "Østterlund", "Østerlund")
    came.remark("ravnby", "1.1", "Borgeren er glad.")
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

    def make(project: Path) -> None:
        copy_project(project)
        log = []
        for place, line in enumerate(COMMANDS):
            BEFORE.get(place, lambda _: None)(project)
            log.append(typed(project, line))
        (project / "log.json").write_text(json.dumps(log), encoding="utf-8")

    return made_once(tmp_path_factory, worker_id, "guide", make)


@pytest.fixture(scope="session")
def said(followed: Path) -> list[tuple[int, str]]:
    return json.loads((followed / "log.json").read_text("utf-8"))


def test_the_guide_leads_from_a_list_to_the_next_round(said: list[tuple[int, str]]) -> None:
    commands = [line.split()[1] for line in COMMANDS]
    steps = ["new", "forms", "forms", "status", "check", "check", "check", "run", "new", "forms"]
    assert commands == steps
    assert [code for code, _ in said] == [0, 0, 0, 0, 1, 1, 0, 0, 0, 0], said


def test_one_that_runs_two_things_apart_gets_two_forms(followed: Path) -> None:
    sent = sorted(path.name for path in (followed / "skemaer-soenderby").iterdir())
    assert sent == ["soenderby_alkohol.xlsx", "soenderby_stoffer.xlsx"]


def test_the_status_says_who_is_missing(said: list[tuple[int, str]]) -> None:
    assert "16 af 17 kommuner har sendt skemaer." in said[3][1]
    assert "den skal sendes til:\n  Sønderby)" in said[3][1]


TOLD = [
    ("guldlund.xlsx", "Svar!C10", "Svaret på 1.1 begynder med »ja«, men der står mere"),
    ("stenby.xlsx", "Svar!C10", "»x« er ikke et svar på 1.1"),
    ("groenby.xlsx", "Svar!C10", "Der står et tal, 1, hvor svaret på 1.1 skal stå"),
    ("kaerby.xlsx", "Svar!C10", "Der står en dato"),
    ("lindby.xlsx", "Svar!C10", "Svaret på 1.1 og 1.2 står i flettede celler"),
    ("klitby.xlsx", "Hele filen", "Skemaet hører til en anden runde"),
    ("oesterlund.xlsx", "Svar!B4", "Mente du Østerlund?"),
    ("ravnby.xlsx", "Svar!D10", "noget, der ligner et CPR-nummer"),
    ("slotsby.xlsx", "Svar!D10", "noget, der ligner et CPR-nummer"),
    ("havby.xlsx", "Hele filen", "Denne besvarelse bliver ikke brugt"),
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


@pytest.mark.parametrize("unit", ["fjordby", "lundby", "nordby", "vesterby", "rosenby", "solby"])
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
    assert "Guldlund" in said[6][1]


def test_a_figure_on_the_page_is_what_was_filled_in(followed: Path) -> None:
    """1.1 by hand: of 16 forms Vesterby's and Kærby's have no answer; two say no.

    Syd: Fjordby, Lundby (partly, and all its supplementary answers are yes, as those of its peers
    are) and Stenby yes, Guldlund and Nordby no. Øst: Grønby, Lindby, Rosenby and Solby yes.
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
    form = load_workbook(followed / "skemaer-2027" / "stenby_faelles.xlsx").worksheets[1]
    texts = [str(cell.value) for row in form.iter_rows() for cell in row if cell.value]
    assert "ja" in texts
    assert any("Selvvurdering 2026" in text for text in texts)


def _words(cell: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())
