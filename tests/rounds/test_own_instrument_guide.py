"""docs/own-instrument.md, followed to the letter: files, commands, and the totals it shows."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from misbrug_analysis.model.answer_words import Answer, MissingAnswer
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.model.settings import Rules
from misbrug_analysis.model.totals import Totals
from tests.projects import ROOT, command
from tests.shared import made_once

GUIDE = (ROOT / "docs" / "own-instrument.md").read_text("utf-8")
ROUND = "harbours-2024"
STEP = re.compile(
    r"`(?P<path>[\w./-]+)`:\n\n```(?:yaml|csv)\n(?P<content>.*?)^```$"
    r"|^```sh\n(?P<command>.*?)\n```$"
    r"|^```text\n(?P<output>.*?)^```$",
    re.M | re.S,
)
POINTS = {"Yes": Fraction(1), "Partly": Fraction(1, 2), "No": Fraction(0), "no reply": Fraction(0)}
"""By the council's note; ``n/a`` is out."""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project without a study in which the guide was followed; do not change it."""

    def make(project: Path) -> None:
        shutil.copytree(ROOT / "notebooks", project / "notebooks")
        for folder in ("instruments", "raw"):
            (project / "data" / folder).mkdir(parents=True)
        _follow(project)

    return made_once(tmp_path_factory, worker_id, "own-instrument", make)


def _follow(project: Path) -> None:
    """Each file written, each command typed, and what it says compared with what stands below."""
    said = ""
    for step in STEP.finditer(GUIDE):
        if step["path"]:
            (project / step["path"]).write_text(step["content"], encoding="utf-8")
        elif step["command"]:
            name, *arguments = shlex.split(step["command"])
            code, said, errors = command(name, *arguments, cwd=project)
            assert code == 0, errors
        else:
            assert step["output"] in said


@pytest.fixture(scope="module")
def published() -> dict[str, list[str]]:
    """The table of the guide: the published score, ours, and the rank."""
    rows = re.findall(r"^\| (\w+) \| ([\d.–]+) \| ([\d.–]+) \| ([\d–]+) \|$", GUIDE, re.M)
    return {name: cells for name, *cells in rows}


@pytest.fixture(scope="module")
def totals(followed: Path) -> dict[str, dict[str, str]]:
    path = followed / "outputs" / ROUND / "html" / "tables" / "data" / "totals.csv"
    assert path.relative_to(followed).as_posix() in GUIDE
    rows = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    return {
        row["group"].capitalize(): row
        for row in rows
        if (row["level"], row["item"]) == ("unit", "total")
    }


def test_the_guide_shows_every_file_and_every_command() -> None:
    steps = list(STEP.finditer(GUIDE))
    assert [step["path"] for step in steps if step["path"]] == [
        "data/instruments/harbours.yaml",
        "harbours.csv",
        f"data/raw/{ROUND}/forms/answers.csv",
        f"data/raw/{ROUND}/study.yaml",
    ]
    typed = [step["command"].split()[1] for step in steps if step["command"]]
    assert typed == ["new", "check", "run"]


def test_the_published_scores_follow_from_the_published_answers(
    published: dict[str, list[str]],
) -> None:
    (table,) = [step["content"] for step in STEP.finditer(GUIDE) if "answers" in str(step["path"])]
    assert len(published) == 10
    for row in csv.DictReader(table.splitlines()):
        name = row.pop("Harbour")
        earned = [POINTS[word] for word in row.values() if word != "n/a"]
        exact = 100 * sum(earned, Fraction(0)) / len(earned)
        shown = Decimal(exact.numerator) / Decimal(exact.denominator)
        assert published[name][0] == str(shown.quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_the_totals_equal_the_published_ones(
    published: dict[str, list[str]], totals: dict[str, dict[str, str]]
) -> None:
    assert totals.keys() == published.keys()
    for name, (council, ours, rank) in published.items():
        assert council == ours
        row = totals[name]
        if council == "–":
            assert (row["share"], row["rank"]) == ("", "")
            continue
        share = (100 * Decimal(row["share"])).quantize(Decimal("0.000001"))
        assert str(share.quantize(Decimal("0.1"), ROUND_HALF_UP)) == council
        assert Decimal(row["rank"]) == Decimal(rank)


def test_the_pages_show_the_totals_and_are_in_the_words_of_the_questionnaire(
    followed: Path,
) -> None:
    pages = followed / "outputs" / ROUND / "html"
    named = {path.name: path.read_text("utf-8") for path in pages.glob("*.html")}
    for name in ("national.html", "county-northshire.html", "county-southshire.html"):
        assert re.search(r"\bharbours\b", named[name])
        assert "are made up for a guide" in named[name]
    assert "Aldmouth" in named["county-northshire.html"]
    assert re.search(r"\b64\.3", named["county-northshire.html"])
    assert "harbours-2024-en.xlsx" in [path.name for path in (pages / "tables").iterdir()]


SETTINGS: dict[str, Any] = {
    "`missing` in the instrument": lambda given: MissingAnswer(label={"en": "-"}, **given),
    "the answer, in the instrument": lambda given: Answer(label={"en": "-"}, **given),
    "the question, in the instrument": lambda given: Item(
        id="1", topic="1", kind="indicator", text={"en": "-"}, **given
    ),
    "`study.yaml`": lambda given: Rules(**given["rules"]),
    "`totals` in `study.yaml`": lambda given: Totals(**given),
    "`totals`": lambda given: Totals(**given),
}


def test_the_settings_that_the_guide_names_are_settings() -> None:
    (table,) = re.findall(r"^\| the report says \|.*?\n\n", GUIDE, re.M | re.S)
    rows = [line.strip("| ").split(" | ") for line in table.strip().splitlines()[2:]]
    assert len(rows) == 12
    for _, setting, where in rows:
        assert SETTINGS[where](yaml.safe_load(setting.strip("`")))
