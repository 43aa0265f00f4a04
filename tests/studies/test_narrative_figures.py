"""Every figure of the regional narrative is the one in the table it comes from.

The tables are read as CSV and counted here; nothing of the library's scoring or wording is used.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import pytest
from playwright.sync_api import Browser

from tests.projects import STUDY
from tests.studies.reconstructed import CLUSTERS

GROUPS = {
    "Klynge Syd": "syd",
    "Klynge Øst": "oest",
    "Klynge Vest": "vest",
    "Region Sjælland": "sjaelland",
}
WHOLE = "Hele anbefalingen"
ANSWERS = {
    "Ja": "yes",
    "Delvis": "partly",
    "Nej": "no",
    "Ikke besvaret": "unanswered",
    "Deltog ikke": "absent",
}
READ = """() => {
    const text = node => node.textContent.replace(/\\s+/g, ' ').trim();
    const table = node => ({
        caption: text(node.querySelector('caption')),
        heads: [...node.querySelectorAll('thead th')].map(text),
        rows: [...node.querySelectorAll('tbody tr')].map(row => [...row.children].map(text)),
    });
    return {
        tables: Object.fromEntries([...document.querySelectorAll('.table[id]')]
            .map(node => [node.id, table(node.querySelector('table'))])),
        figures: Object.fromEntries([...document.querySelectorAll('figure.chart[id]')]
            .map(node => [node.id, {
                title: text(node.querySelector('.finding')),
                image: node.querySelector('img').getAttribute('src'),
                table: table(node.querySelector('details table')),
            }])),
        statuses: [...document.querySelectorAll('main li')].map(text),
        body: text(document.querySelector('main')),
    };
}"""


@pytest.fixture(scope="module")
def narrative(made: Path, browser: Browser) -> dict[str, Any]:
    """The page's tables and charts by anchor, and its sentences."""
    page = browser.new_page()
    page.goto((made / "outputs" / STUDY / "html" / "regional.html").as_uri())
    read: dict[str, Any] = page.evaluate(READ)
    page.close()
    return read


@pytest.fixture(scope="module")
def settled(made: Path) -> pd.DataFrame:
    """One row a unit and indicator, with the unit's cluster, from the processed table."""
    folder = made / "data" / "processed" / STUDY
    units = pd.read_csv(made / "data" / "raw" / STUDY / "units.csv", dtype="str")
    return pd.read_csv(folder / "consolidated.csv", dtype="str").merge(
        units[["id", "cluster"]], left_on="unit", right_on="id"
    )


def count(settled: pd.DataFrame, item: str, group: str, answer: str) -> int:
    """Units of a group whose settled answer to an indicator is the one named."""
    rows = settled[(settled["indicator"] == item) & (settled["answer"] == answer)]
    return len(rows if group == "sjaelland" else rows[rows["cluster"] == group])


def whole(settled: pd.DataFrame, topic: str, group: str) -> dict[str, int]:
    """Units of a group that say yes to all of a topic's indicators, no to any, or were absent."""
    rows = settled[settled["indicator"].str.startswith(f"{topic}.")]
    if group != "sjaelland":
        rows = rows[rows["cluster"] == group]
    said = [set(answers) for _, answers in rows.groupby("unit")["answer"]]
    return {
        "yes": sum(answers == {"yes"} for answers in said),
        "no": sum("no" in answers for answers in said),
        "absent": sum(answers == {"absent"} for answers in said),
    }


def answered(settled: pd.DataFrame, item: str, group: str) -> int:
    return sum(count(settled, item, group, answer) for answer in ("yes", "partly", "no"))


def number(label: str) -> str:
    """The id that an item's label begins with."""
    return label.split(" ", 1)[0]


def topic_figures(narrative: dict[str, Any]) -> dict[str, Any]:
    return {
        name: figure
        for name, figure in narrative["figures"].items()
        if re.fullmatch(r"figure-\d+", name)
    }


def test_the_numbers_behind_every_chart_are_those_of_the_table(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    figures = topic_figures(narrative)
    assert set(figures) == {f"figure-{topic}" for topic in (1, 2, 5, 6, 7, 9, 10, 12)}
    shown = []
    for name, figure in figures.items():
        answers = [ANSWERS[head] for head in figure["table"]["heads"][2:]]
        for label, group, *numbers in figure["table"]["rows"]:
            topic = name.removeprefix("figure-")
            item = topic if label == WHOLE else number(label)
            shown.append((item, GROUPS[group]))
            if item == topic:
                counts = whole(settled, topic, GROUPS[group])
                expected = [counts[answer] for answer in answers]
            else:
                expected = [count(settled, item, GROUPS[group], answer) for answer in answers]
            assert [int(text) for text in numbers] == expected, (label, group)
    # Five of the recommendations have more than one indicator.
    assert len(shown) == len(set(shown)) == (15 + 5) * 4


def test_the_number_in_a_chart_s_title_stands_in_the_table_behind_it(
    narrative: dict[str, Any],
) -> None:
    for figure in topic_figures(narrative).values():
        (region,) = [row for row in figure["table"]["rows"][-4:] if GROUPS[row[1]] == "sjaelland"]
        found = re.search(r"\((\d+) af de 16, der svarede\)", figure["title"])
        assert region[2] == (found[1] if found else "16")
        assert found or figure["title"].startswith("Alle 16 kommuner, der svarede, ")


def test_the_bars_carry_the_numbers_of_the_table_behind_them(narrative: dict[str, Any]) -> None:
    for figure in topic_figures(narrative).values():
        svg = unquote(figure["image"].partition(",")[2])
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
        drawn = sorted(int(text) for text in texts if text.strip().isdigit())
        behind = sorted(
            int(text) for row in figure["table"]["rows"] for text in row[2:] if text != "0"
        )
        assert drawn == behind


def test_the_table_of_groups_counts_those_who_say_yes_of_those_who_answered(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    table = narrative["tables"]["yes-by-group"]
    groups = [GROUPS[head] for head in table["heads"][1:]]
    assert groups == [*CLUSTERS, "sjaelland"]
    assert len(table["rows"]) == 15
    for label, *cells in table["rows"]:
        item = number(label)
        assert cells == [
            f"{count(settled, item, group, 'yes')} af {answered(settled, item, group)}"
            for group in groups
        ]


def test_every_status_line_counts_as_the_table_does(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    """With the count in brackets, as in ``Kun få kommuner (3 af 16)``, where not all say yes."""
    mark = re.compile(r" \((tallet )?afhænger af reglerne\)")
    said = [mark.sub("", one) for one in narrative["statuses"]]
    lines = [line for line in said if re.match(r"\d+\.\d+ .*siger ja\.$", line)]
    assert len(lines) == 15
    for line in lines:
        item = number(line)
        yes, total = count(settled, item, "sjaelland", "yes"), answered(settled, item, "sjaelland")
        if yes == total:
            assert "alle kommuner" in line.lower()
        else:
            assert f"({yes} af {total})" in line


def test_the_limits_are_the_count_with_all_who_are_missing_as_no_and_as_yes(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    table = narrative["figures"]["figure-standing"]["table"]
    assert len(table["rows"]) == 15
    for label, said_yes, of_all, possible in table["rows"]:
        item = number(label)
        yes, total = count(settled, item, "sjaelland", "yes"), answered(settled, item, "sjaelland")
        missing = 17 - total
        assert missing > 0
        assert (int(said_yes), int(of_all)) == (yes, total)
        high = yes + missing
        expected = f"mindst {yes} og højst {high} af 17" if high < 17 else f"mindst {yes} af 17"
        assert possible == expected


def test_where_they_stand_is_drawn_from_the_fewest_to_the_most(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    figure = narrative["figures"]["figure-standing"]
    svg = unquote(figure["image"].partition(",")[2])
    drawn = re.findall(r">(\d+)–(\d+) af 17</text>", svg)
    yes = [
        count(settled, item, "sjaelland", "yes") for item in settled["indicator"].drop_duplicates()
    ]
    assert [(int(low), int(high)) for low, high in drawn] == [(n, n + 1) for n in yes]
    behind = {number(row[0]): row[1:] for row in figure["table"]["rows"]}
    assert len(behind) == 15
    for item, cells in behind.items():
        assert cells[0] == str(count(settled, item, "sjaelland", "yes"))


def test_every_answer_of_the_picture_stands_in_the_table_behind_it(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    figure = narrative["figures"]["figure-answers"]
    units = figure["table"]["heads"][1:]
    labels = dict(zip(settled["unit"].drop_duplicates(), units, strict=True))
    answers = settled.set_index(["indicator", "unit"])["answer"]
    words = {"yes": "ja", "no": "nej", "absent": "deltog ikke"}
    for label, *cells in figure["table"]["rows"]:
        expected = [words[answers[number(label), unit]] for unit in labels]
        assert [cell.lstrip("●○◐–· ") for cell in cells] == expected


def test_the_areas_count_who_meets_and_who_wants_each_topic(
    narrative: dict[str, Any], settled: pd.DataFrame
) -> None:
    table = narrative["tables"]["cooperation-areas"]
    topic = settled["indicator"].str.partition(".")[0]
    said = settled[settled["answer"] != "absent"]
    meets = (said["answer"] == "yes").groupby([topic[said.index], said["unit"]]).all()
    wishes = {"1": 3, "10": 3}  # counted by hand in cooperation.yaml
    rows = {number(row[1]): row[2:4] for row in table["rows"]}
    assert sorted(rows, key=int) == ["1", "2", "5", "6", "7", "8", "10", "12"]
    assert rows.pop("8") == ["ikke spurgt", "–"]
    for name, cells in rows.items():
        wished = f"{wishes[name]} af 3" if name in wishes else "ikke nævnt"
        assert cells == [f"{int(meets[name].sum())} af 16", wished]
