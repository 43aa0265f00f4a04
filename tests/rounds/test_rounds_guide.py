"""docs/rounds.md, followed to the letter, and its example against numbers worked out by hand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pandas as pd
import pytest
import yaml
from playwright.sync_api import Page

from misbrug_analysis.execution.processed import load
from misbrug_analysis.execution.session import open_rounds
from misbrug_analysis.model.errors import StaleError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.succession import Succeeds
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.rounds import Rounds
from tests.commanded import run_here
from tests.pages.checks import LOOKS, Look, check_page
from tests.projects import ROOT, command
from tests.shared import made_once

GUIDE = (ROOT / "docs" / "rounds.md").read_text("utf-8")
EXAMPLES = ROOT / "docs" / "examples" / "two-rounds"
NEWER, OLDER = "eksempel-2026", "eksempel-2024"

# Yes of those compared in 2024 and in 2026, how many they are, and which units gained and lost it.
# Compared are Eksempel 1 to 4; Eksempel 4 left 6.2 blank in 2024; 10.1 is set aside.
BY_HAND = {
    "1.1": (4, 4, 4, "", ""),
    "1.2": (4, 4, 4, "", ""),
    "1.3": (2, 3, 4, "1", ""),
    "2.1": (1, 3, 4, "12", ""),
    "2.2": (2, 2, 4, "2", "1"),
    "2.3": (0, 0, 4, "", ""),
    # Eksempel 3 says partly both times. 2024: it has 0 of 2, the others 1 and 1/2, so no. 2026: it
    # has 2 of 2, the others 1, 1/2 and 1, so yes.
    "5.1": (2, 4, 4, "34", ""),
    # Eksempel 2 said partly in 2024, with 0 of 1; the others had 1 and 1.
    "5.2": (1, 2, 4, "2", ""),
    "6.1": (4, 4, 4, "", ""),
    "6.2": (3, 3, 3, "", ""),
    "7.1": (4, 4, 4, "", ""),
    "7.2": (4, 3, 4, "", "4"),
    "9.1": (4, 4, 4, "", ""),
    # The two forms of Eksempel 4 differ in 2026, which makes a joint no.
    "12.1": (1, 1, 4, "3", "4"),
    # Whole topics: yes where all their indicators are. 6 lacks Eksempel 4, which left 6.2 blank.
    "1": (2, 3, 4, "1", ""),
    "2": (0, 0, 4, "", ""),
    "5": (1, 2, 4, "2", ""),
    "6": (3, 3, 3, "", ""),
    "7": (4, 3, 4, "", "4"),
    "9": (4, 4, 4, "", ""),
    "12": (1, 1, 4, "3", "4"),
}

# The smallest and largest change when both rounds are settled alike, and how far the rules alone
# move the count of a round; nothing moves elsewhere. 5.1: as_yes makes 3 and 4, as_no 2 and 3. 5.2:
# as_yes makes 2 and 2. 12.1: with any yes, 1 and 2. Topic 5: as_yes makes 2 and 2, as_no 1 and 2.
BY_OTHER_RULES = {
    "5.1": (1, 2, 1),
    "5.2": (0, 1, 1),
    "12.1": (0, 1, 1),
    "5": (0, 1, 1),
    "12": (0, 1, 1),
}


def blocks(kind: str) -> list[str]:
    """What stands in the fenced blocks of a kind, in order."""
    return re.findall(rf"^```{kind}\n(.*?)^```$", GUIDE, re.M | re.S)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A project in which the commands of the guide were typed; do not change it."""

    def make(project: Path) -> None:
        shutil.copytree(ROOT / "data" / "instruments", project / "data" / "instruments")
        shutil.copytree(ROOT / "notebooks", project / "notebooks")
        shutil.copytree(EXAMPLES, project / "docs" / "examples" / "two-rounds")
        (project / "data" / "raw").mkdir()
        for line in "".join(blocks("sh")).splitlines():
            _typed(project, *shlex.split(line))

    return made_once(tmp_path_factory, worker_id, "followed-rounds", make)


def _typed(project: Path, name: str, *arguments: str) -> None:
    if name == "cp":
        flag, source, target = arguments
        assert flag == "-r"
        shutil.copytree(project / source, project / target / Path(source).name)
        return
    assert name == "misbrug"
    code, _, errors = command(name, *arguments, cwd=project)
    assert code == 0, errors


@pytest.fixture(scope="module")
def rounds(followed: Path) -> Rounds:
    study = load_study(Project.find(followed), NEWER)
    (run,) = [run for run in study.runs() if run.report.notebook == "trends"]
    return open_rounds(Report(study, load(study), Language.load("da"), run))


def test_the_counts_are_those_worked_out_by_hand(rounds: Rounds) -> None:
    table = rounds.changes()
    columns = ["yes_before", "yes_after", "n", "gained", "lost"]
    assert {item: tuple(row) for item, row in table[columns].T.items()} == {
        item: (before, after, n, len(gained), len(lost))
        for item, (before, after, n, gained, lost) in BY_HAND.items()
    }


def test_who_moved_is_who_was_found_by_hand(rounds: Rounds) -> None:
    moves = rounds.comparison.moves
    for item, (*_, gained, lost) in BY_HAND.items():
        of_item = moves[moves["item"] == item]
        for answer, units in (("yes", gained), ("no", lost)):
            became = of_item.loc[of_item["became"] == answer, "unit"]
            assert sorted(became) == [f"eksempel-{unit}" for unit in units], item
    unsure = moves[~moves["firm"] & moves["item"].str.contains(".", regex=False)]
    assert set(zip(unsure["unit"], unsure["item"], strict=True)) == {
        ("eksempel-2", "5.2"),
        ("eksempel-3", "5.1"),
        ("eksempel-4", "12.1"),
    }


def test_what_other_rules_give_is_what_was_found_by_hand(rounds: Rounds) -> None:
    table = rounds.changes()
    columns = ["low", "high", "rules_alone"]
    assert {item: tuple(row) for item, row in table[columns].T.items()} == {
        item: BY_OTHER_RULES.get(item, (after - before, after - before, 0))
        for item, (before, after, *_) in BY_HAND.items()
    }


def test_groups_add_up_and_are_those_of_the_newer_round(rounds: Rounds) -> None:
    first, second = (rounds.changes("cluster", group) for group in ("a", "b"))
    assert list(first.loc["2.1", ["yes_before", "yes_after", "n"]]) == [0, 2, 2]  # Eksempel 1, 2
    assert list(second.loc["2.1", ["yes_before", "yes_after", "n"]]) == [1, 1, 2]  # Eksempel 3, 4
    assert list(second.loc["6.2", ["yes_before", "yes_after", "n"]]) == [1, 1, 1]  # not Eksempel 4
    columns = ["yes_before", "yes_after", "n", "gained", "lost"]
    pd.testing.assert_frame_equal(
        (first[columns] + second[columns]).sort_index(), rounds.changes()[columns].sort_index()
    )


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("da", [
            "Fire af de seks kommuner kan sammenlignes, for der er svar fra både 2024 og 2026.",
            "Ved fire af de 14 indikatorer, der kan sammenlignes, siger flere ja end i 2024, ved én"
            " siger færre ja og ved ni siger lige så mange ja.",
            "2.1 Skriftlig strategi for synlighed: To flere kommuner siger ja end i 2024"
            " (fra 1 til 3 af 4).",
            "Flere siger ja end i 2024 ved begge indikatorer",
            "Ved én af de fem indikatorer, hvor antallet har flyttet sig, er ændringen ikke større"
            " end det udsving, andre regler alene kunne give. Det gælder 5.2.",
            "har vi gjort svarene op på ti måder",
            "Lige så mange siger ja som i 2024, men ikke de samme",
            "Delvise svar: I 2024 talte de som ja. I 2026 bliver de vurderet ud fra de supplerende"
            " svar.",
            "Eksempel 6 var ikke blandt dem, der blev spurgt i 2024.",
            "Eksempel 5 svarede ikke i 2026.",
            "Eksempel 4 lod 6.2 stå tomt i 2024.",
            "I 2024 blev spørgsmålet forstået på flere måder (opdigtet).",
        ]),
        ("en", [
            "Four of the six municipalities can be compared",
            "2.1 Written strategy for visibility: Two more municipalities say yes than in 2024"
            " (from 1 to 3 of 4).",
            "Partly answers: In 2024 they counted as yes. In 2026 they are judged",
            "Eksempel 6 had not been asked in 2024.",
            "In 2024 the question was understood in several ways (invented).",
        ]),
    ],
)  # fmt: skip
def test_the_page_says_it_in_words(
    followed: Path, page: Page, language: str, sentences: list[str]
) -> None:
    page.goto(_trends(followed, language).as_uri())
    text = " ".join(page.evaluate("document.querySelector('main').textContent").split())
    for sentence in sentences:
        assert sentence in text


def test_counts_published_then_stand_beside_those_of_the_rules_now(
    followed: Path, page: Page
) -> None:
    """Of the five asked in 2024: on 5.1 two say yes, one partly; on 5.2 two yes, one partly."""
    page.goto(_trends(followed, "da").as_uri())
    rows = page.locator("#resettled-1 tbody tr").all_inner_texts()
    assert [row.split("\t")[-2:] for row in rows] == [
        ["3 af 5", "2 af 5"],
        ["3 af 5", "2 af 5"],
        ["2 af 5", "1 af 5"],
    ]


def test_every_page_says_that_the_answers_are_invented(followed: Path) -> None:
    pages = sorted((followed / "outputs" / NEWER / "html").rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        said = "The answers are invented" if "en" in path.parts else "Svarene er opdigtet"
        times = path.read_text("utf-8").count(said)
        assert times == 1 if path.name == "trends.html" else times, path


@pytest.mark.parametrize(
    ("language", "width", "looks"), [("da", 1280, LOOKS), ("en", 375, ("light",))]
)
def test_the_page_is_readable_for_everyone(
    followed: Path, page: Page, language: str, width: int, looks: tuple[Look, ...]
) -> None:
    check_page(page, _trends(followed, language), width, lang=language, looks=looks)


def test_every_link_of_the_page_leads_somewhere(followed: Path) -> None:
    for language in ("da", "en"):
        path = _trends(followed, language)
        hrefs = set(re.findall(r'<a [^>]*href="([^"]+)"', path.read_text("utf-8")))
        assert sum(href.startswith("#count-") for href in hrefs) > 20
        assert sum(".html#answer-" in href for href in hrefs) > 20
        for href in hrefs:
            name, _, anchor = href.partition("#")
            target = path.parent / name if name else path
            assert target.is_file(), href
            assert not anchor or f'id="{anchor}"' in target.read_text("utf-8"), href


def test_a_count_leads_to_the_row_that_tells_the_same(followed: Path, page: Page) -> None:
    page.goto(_trends(followed, "da").as_uri())
    page.locator("#changes tbody tr", has_text="2.1 Skriftlig").get_by_role("link").last.click()
    row = page.locator("tr:target")
    assert row.inner_text().split("\t")[1:3] == ["1 af 4", "3 af 4"]
    group = page.locator("#count-2-1-a").inner_text()
    cells = [cell.strip() for cell in group.split("\t")[1:]]
    assert cells == ["0 af 2", "2 af 2", "nej → ja: Eksempel 1 og Eksempel 2"]
    link = page.locator("#count-2-1-a").get_by_role("link", name="Eksempel 2")
    assert link.get_attribute("href") == "method-2.html#answer-2-1-eksempel-2"
    assert "Eksempel 1 og Eksempel 2" in page.locator("#compared + dl").inner_text()


def test_the_earlier_round_is_settled_in_memory_and_stays_unmade(followed: Path) -> None:
    assert not (followed / "outputs" / OLDER).exists()
    with pytest.raises(StaleError):
        load(load_study(Project.find(followed), OLDER))


def test_a_change_of_the_earlier_round_makes_the_page_anew(followed: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(followed, project)
    code, output, errors = run_here(project, NEWER, "--only", "trends")
    assert (code, " made " in output) == (0, False), errors
    path = project / "data" / "raw" / OLDER / "forms" / "svar.csv"
    first = "Eksempel 1;fælles;01-04-2024;ja;ja;nej;nej"
    text = path.read_text("utf-8")
    assert first in text
    path.write_text(text.replace(first, f"{first[:-3]}ja"), encoding="utf-8")
    code, output, errors = run_here(project, NEWER, "--only", "trends")
    assert (code, " made " in output) == (0, True), errors
    assert "fra 2 til" in _trends(project, "da").read_text("utf-8")


def test_a_study_without_earlier_rounds_is_told_what_to_add(followed: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(followed, project)
    path = project / "data" / "raw" / NEWER / "study.yaml"
    content = yaml.safe_load(path.read_text("utf-8"))
    del content["earlier"]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    code, _, errors = command("misbrug", "run", NEWER, "--only", "trends", cwd=project)
    assert code == 1
    assert "names no earlier rounds" in errors or "nævner ingen tidligere runder" in errors
    page = _trends(project, "da").read_text("utf-8")
    assert re.search("names no earlier rounds|nævner ingen tidligere runder", page)


def test_what_the_guide_shows_can_be_declared(followed: Path) -> None:
    declared, version, report = (yaml.safe_load(text) for text in blocks("yaml"))
    assert Succeeds.model_validate(version["succeeds"]).new == ["5.2"]
    example = yaml.safe_load((EXAMPLES / NEWER / "study.yaml").read_text("utf-8"))
    (entry,) = declared["earlier"]
    assert entry.keys() >= example["earlier"][0].keys()
    shown = {**report["reports"][0]}
    (listed,) = [one for one in example["reports"] if one["id"] == "trends"]
    assert {name: shown[name] for name in ("id", "notebook", "tables")} == {
        name: listed[name] for name in ("id", "notebook", "tables")
    }


def test_every_file_of_the_example_says_that_it_is_invented() -> None:
    files = [path for path in EXAMPLES.rglob("*") if path.is_file()]
    assert len(files) == 10
    for path in files:
        assert re.search(r"invented|opdigte", path.read_text("utf-8"), re.I), path


def _trends(project: Path, language: str) -> Path:
    folder = project / "outputs" / NEWER / "html"
    return (folder / "en" if language == "en" else folder) / "trends.html"
