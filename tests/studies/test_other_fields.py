"""Published tables of another field: their totals come out exactly, with data files alone.

Countries report how far they have achieved twenty things, some of them parts of one goal; the
answers are drawn with a fixed seed. Everything published is worked out here from the words in the
table, with fractions, and knows nothing of the library.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest
import yaml

from misbrug_analysis.analysis.totals import shown
from misbrug_analysis.execution import processed
from misbrug_analysis.execution.new_study import new_study
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.execution.session import open_rounds
from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.scored_view import totals_of
from tests.several_rounds import change
from tests.small import write_csv

YEARS = (2015, 2017, 2020)
WHOLE = ("1", "2", "3", "4", "8", "9", "10", "11")
PARTS = {"5": "abcde", "6": "abc", "7": "abcd"}
GOALS = {
    str(goal): [f"{goal}{part}" for part in PARTS[str(goal)]] if str(goal) in PARTS else [str(goal)]
    for goal in range(1, 12)
}
ITEMS = [item for items in GOALS.values() for item in items]
WEIGHTS = {"1": 3, "2": 2, "10": Fraction(1, 2)}

FULL, PART, NONE = "Fully achieved", "Partially achieved", "Not achieved"
UNKNOWN, SILENT, BESIDE, BLANK = "Don't know", "No response", "n/a", ""
WORTH = {FULL: Fraction(1), PART: Fraction(1, 2), NONE: Fraction(0)}
NAMES = (
    *("Côte d'Ivoire", "São Tomé and Príncipe", "Åland", "Türkiye", "Curaçao", "Réunion"),
    *("Lao People's Democratic Republic", "Bolivia (Plurinational State of)", "Viet Nam"),
    *("Congo", "Congo, Democratic Republic of the", "Korea, Republic of", "Timor-Leste"),
    *("Guinea", "Guinea-Bissau", "Niger", "Nigeria", "Dominica", "Dominican Republic"),
    *("Saint Kitts & Nevis", "Micronesia (Federated States of)", "Ελλάδα", "Україна", "日本"),
    *("Ísland", "Österreich", "Česko", "Łódź (city)", "Øerne / ydre", 'The "Free" Isles', "Oman"),
    *(f"Territory {number}, Isle of" for number in range(1, 170)),
)

Words = dict[str, dict[str, str]]
"""What each country says to each item."""


def drawn(year: int) -> Words:
    """The answers of a year; the last country has none."""
    chance = Random(year)
    words = (FULL, PART, NONE, UNKNOWN, SILENT, BESIDE, BLANK)
    weights = (30, 20, 25, 6, 6, 6, 7)
    said = {name: dict(zip(ITEMS, chance.choices(words, weights, k=20), strict=True))
            for name in NAMES}  # fmt: skip
    return said | {NAMES[-1]: dict.fromkeys(ITEMS, BLANK)}


SAID = {year: drawn(year) for year in YEARS}


def instrument(weights: Mapping[str, Any]) -> dict[str, Any]:
    """The questionnaire as data."""

    def text(words: str) -> dict[str, str]:
        return {"en": words}

    items = [
        {
            "id": item,
            "topic": f"goal-{goal}",
            "kind": "indicator",
            "text": text(f"Has the country achieved {item}?"),
            "weight": float(weights.get(item, 1)),
        }
        for goal, parts in GOALS.items()
        for item in parts
    ]
    return {
        "id": "monitor",
        "title": text("A monitor of progress"),
        "version": "1",
        "origin": text("Made up for a test."),
        "licence": "CC0-1.0",
        "topic_noun": {
            "en": {"one": "goal", "the_one": "the goal", "many": "goals", "the_many": "the goals"}
        },
        "answers": {
            "full": {"label": text(FULL), "counts_as": "yes"},
            "part": {"label": text(PART), "counts_as": "partly"},
            "none": {"label": text(NONE), "counts_as": "no"},
        },
        "missing": {
            "dk": {"label": text(UNKNOWN), "also": ["DK"]},
            "nr": {"label": text(SILENT), "also": ["NR"]},
            "na": {"label": text(BESIDE)},
        },
        "form": {"unit": ["Country"], "form": ["Form"], "item": ["No."], "answer": ["Answer"]},
        "topics": [{"id": f"goal-{goal}", "title": text(f"Goal {goal}")} for goal in GOALS],
        "items": items,
    }


def name_of(year: int) -> str:
    return f"monitor-{year}"


def table() -> str:
    """What was published: a row a country, a column an item and year."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Country", *(f"{item} ({year})" for year in YEARS for item in ITEMS)])
    for name in NAMES:
        cells = [SAID[year][name][item] for year in YEARS for item in ITEMS]
        writer.writerow([name, *cells])
    return stream.getvalue()


def mapping(year: int) -> dict[str, Any]:
    """The columns of a year; those of the others answer nothing in its round."""
    others = [f"{item} ({other})" for other in YEARS if other != year for item in ITEMS]
    export = {"file": "forms/published.csv", "layout": "wide", "unit": "Country", "unused": others}
    return {"exports": [export | {"items": {item: f"{item} ({year})" for item in ITEMS}}]}


def write_yaml(path: Path, content: object) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Three rounds of one questionnaire, made as a person would: list, table, settings."""
    root = tmp_path_factory.mktemp("monitor")
    for folder in ("data/instruments", "data/raw", "notebooks"):
        (root / folder).mkdir(parents=True)
    for notebook in ("regional_narrative", "sensitivity", "recommendations", "consolidation"):
        (root / "notebooks" / f"{notebook}.ipynb").write_text('{"cells": []}', encoding="utf-8")
    write_yaml(root / "data" / "instruments" / "monitor.yaml", instrument({}))
    write_csv(root / "countries.csv", [["Name"], *([name] for name in NAMES)], separator=",")
    project = Project(root)
    for year in YEARS:
        made = new_study(
            project,
            name_of(year),
            "monitor",
            day=date(year, 1, 1),
            units=root / "countries.csv",
            language="en",
        )
        (made.folder / "forms" / "published.csv").write_text(table(), encoding="utf-8")
        write_yaml(made.folder / "mapping.yaml", mapping(year))
    return project


@pytest.fixture(scope="module", autouse=True)
def _each_year_is_read_once() -> Iterator[None]:
    """Rules and totals change from test to test, the table does not."""
    seen: dict[str, Round] = {}

    def once(study: Study) -> Round:
        key = f"{study.id} {study.rules.codes}"
        if key not in seen:
            seen[key] = collect(study)
        return seen[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processed, "collect", once)
        yield


def scored(project: Project, year: int, rules: Any, settings: Any) -> tuple[Study, pd.DataFrame]:
    """The totals of the countries under settings, with their names and what is shown."""
    earlier = [{"study": name_of(other)} for other in YEARS if other < year]
    folder = project.raw(name_of(year))
    change(folder, rules={"partly": "keep"} | rules, totals=settings, earlier=earlier)
    study = load_study(project, name_of(year))
    found = totals_of(study, settle(study))
    found = found[(found["level"] == "unit") & (found["item"] == "total")]
    assert study.settings.totals is not None
    names = {unit.id: unit.label for unit in study.organisation.units}
    found = found.assign(shown=shown(found, study.settings.totals))
    return study, found.set_index(found["group"].map(names))


def rounded(number: Fraction) -> Decimal:
    """To one decimal, halves up, as people round by hand."""
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(
        Decimal("0.1"), ROUND_HALF_UP
    )


Published = Callable[[dict[str, str]], Fraction | None]
"""From what a country says to its score."""


def sum_of_points(said: dict[str, str]) -> Fraction:
    return sum((WORTH.get(word, Fraction(0)) for word in said.values()), Fraction(0))


def percent_of_answered(said: dict[str, str]) -> Fraction | None:
    known = [WORTH[word] for word in said.values() if word in WORTH]
    return 100 * sum(known) / Fraction(len(known)) if known else None


def silence_is_no(said: dict[str, str]) -> Fraction | None:
    known = [WORTH.get(word, Fraction(0)) for word in said.values() if word in (*WORTH, SILENT)]
    return 100 * sum(known) / Fraction(len(known)) if known else None


def all_but_beside_the_point(said: dict[str, str]) -> Fraction | None:
    """Of what applies; whatever else is missing, blanks too, earns nothing."""
    known = [WORTH.get(word, Fraction(0)) for word in said.values() if word != BESIDE]
    return 100 * sum(known) / Fraction(len(known)) if set(said.values()) - {BLANK} else None


def percent_of_all(said: dict[str, str]) -> Fraction:
    return 100 * sum_of_points(said) / 20


def sum_of_goals(said: dict[str, str]) -> Fraction:
    """Parts of a goal are averaged, so that it is worth one point at most."""
    means = [
        sum((WORTH.get(said[item], Fraction(0)) for item in parts), Fraction(0)) / len(parts)
        for parts in GOALS.values()
    ]
    return sum(means, Fraction(0))


def mean_of_known_goals(said: dict[str, str]) -> Fraction | None:
    """Over what is known of each goal, and over the goals of which something is."""
    of_goals = [[WORTH[said[item]] for item in parts if said[item] in WORTH]
                for parts in GOALS.values()]  # fmt: skip
    means = [sum(known, Fraction(0)) / len(known) for known in of_goals if known]
    return 100 * sum(means, Fraction(0)) / len(means) if means else None


def most_answered(said: dict[str, str]) -> Fraction | None:
    known = [word for word in said.values() if word in WORTH]
    return percent_of_answered(said) if Fraction(len(known), 20) >= Fraction(4, 5) else None


def weighted(said: dict[str, str]) -> Fraction | None:
    weight = {item: Fraction(WEIGHTS.get(item, 1)) for item in ITEMS}
    known = [item for item in ITEMS if said[item] in WORTH]
    best = sum((weight[item] for item in known), Fraction(0))
    earned = sum((weight[item] * WORTH[said[item]] for item in known), Fraction(0))
    return 100 * earned / best if best else None


NOTHING = {"missing": "as_no", "absent": "as_no"}
CONVENTIONS: dict[str, tuple[Published, dict[str, Any], dict[str, Any]]] = {
    "the points, with nothing for what is missing": (
        sum_of_points,
        NOTHING,
        {"adds": "items", "shown": "points"},
    ),
    "percent of all, with nothing for what is missing": (
        percent_of_all,
        NOTHING,
        {"adds": "items", "out_of": "asked"},
    ),
    "percent of what was answered": (percent_of_answered, {}, {"adds": "items"}),
    "no response as no": (silence_is_no, {"codes": {"nr": "no"}}, {"adds": "items"}),
    "all but what does not apply": (
        all_but_beside_the_point,
        {"codes": {"dk": "no", "nr": "no", "blank": "no"}},
        {"adds": "items"},
    ),
    "the sum of the goals": (sum_of_goals, NOTHING, {"adds": "topics", "shown": "points"}),
    "the mean of the goals of which something is known": (
        mean_of_known_goals,
        {},
        {"adds": "topics"},
    ),
    "where at least four fifths are answered": (
        most_answered,
        {},
        {"adds": "items", "least": 0.8},
    ),
}


@pytest.mark.parametrize("convention", CONVENTIONS)
@pytest.mark.parametrize("year", YEARS)
def test_published_totals_and_ranks_come_out_exactly(
    project: Project, convention: str, year: int
) -> None:
    published, rules, settings = CONVENTIONS[convention]
    _, found = scored(project, year, rules, settings | {"decimals": 1, "ranks": "min"})
    _compare({name: published(said) for name, said in SAID[year].items()}, found)


def test_weighted_totals_come_out_exactly(project: Project) -> None:
    path = project.instruments / "monitor.yaml"
    plain = path.read_text("utf-8")
    write_yaml(path, instrument(WEIGHTS))
    try:
        _, found = scored(project, 2017, {}, {"adds": "items", "decimals": 1, "ranks": "min"})
    finally:
        path.write_text(plain, encoding="utf-8")
    _compare({name: weighted(said) for name, said in SAID[2017].items()}, found)


def _compare(published: Mapping[str, Fraction | None], found: pd.DataFrame) -> None:
    """Names, scores to the decimal, ranks, and who shares one."""
    assert list(found.index) == list(published)
    scores = {name: None if exact is None else rounded(exact) for name, exact in published.items()}
    assert {
        name: None if pd.isna(value) else Decimal(str(value)).quantize(Decimal("0.1"))
        for name, value in found["shown"].items()
    } == scores
    known = [score for score in scores.values() if score is not None]
    assert len(set(known)) > 15
    ranks = {
        name: None if score is None else 1 + sum(other > score for other in known)
        for name, score in scores.items()
    }
    assert {
        name: None if pd.isna(rank) else int(rank) for name, rank in found["rank"].items()
    } == ranks
    assert found["tied"].to_dict() == {
        name: 0 if score is None else known.count(score) - 1 for name, score in scores.items()
    }


def test_points_in_halves_are_equal_to_the_last_digit(project: Project) -> None:
    settings = {"adds": "items", "shown": "points", "decimals": 1}
    _, found = scored(project, 2020, NOTHING, settings)
    assert found["points"].to_dict() == {
        name: float(sum_of_points(said)) for name, said in SAID[2020].items()
    }


def test_a_column_of_years_gives_the_same_answers(project: Project) -> None:
    """A row a country and year, and ``only`` for the year that counts."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["Year", "Country", *ITEMS])
    writer.writerows(
        [year, name, *said.values()] for year in YEARS for name, said in SAID[year].items()
    )
    made = new_study(
        project,
        "monitor-rows",
        "monitor",
        day=date(2017, 1, 1),
        units=project.root / "countries.csv",
        language="en",
    )
    (made.folder / "forms" / "published.csv").write_text(stream.getvalue(), encoding="utf-8")
    export = {"file": "forms/published.csv", "layout": "wide", "unit": "Country"}
    tied = export | {"items": {item: item for item in ITEMS}, "only": {"Year": "2017"}}
    write_yaml(made.folder / "mapping.yaml", {"exports": [tied]})
    rows, columns = (
        collect(load_study(project, name)).accepted().answers[["unit", "item", "value"]]
        for name in ("monitor-rows", name_of(2017))
    )
    assert len(rows) > 200 * 10
    assert rows.to_numpy().tolist() == columns.to_numpy().tolist()


def test_three_rounds_of_it_are_compared(project: Project) -> None:
    """Of each item, those who fully achieved it in the last two, where all three have an answer."""
    study, _ = scored(project, 2020, {}, {"adds": "items"})
    report = Report(study, settle(study), Language.load("en"), study.runs()[0])
    rounds = open_rounds(report)
    assert [one.study.id for one in study.earlier] == [name_of(2015), name_of(2017)]
    changes = rounds.changes()
    for item in ITEMS:
        said = [[SAID[year][name][item] for year in YEARS] for name in NAMES]
        known = [words for words in said if all(word in WORTH for word in words)]
        row = changes.loc[item]
        assert (row["n"], row["yes_before"], row["yes_after"]) == (
            len(known),
            sum(words[-2] == FULL for words in known),
            sum(words[-1] == FULL for words in known),
        ), item


def test_a_partly_stays_one_in_a_new_study_where_nothing_could_judge_it(project: Project) -> None:
    """Other instruments have supplementary questions for that; this one has none."""
    made = new_study(project, "monitor-new", "monitor", day=date(2026, 1, 1), language="en")
    assert load_study(project, made.folder.name).rules.partly == "keep"
