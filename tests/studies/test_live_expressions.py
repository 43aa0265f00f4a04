"""Every live expression of every text says what a count from the processed CSV files gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live.figures import LiveFigures
from misbrug_analysis.presentation.report import Report
from tests.projects import STUDY
from tests.studies import authored
from tests.studies.authored import Call
from tests.studies.needed import Needed
from tests.studies.reconstructed import feasible_sets

WORDS = {"én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "syv": 7, "otte": 8, "ni": 9}
WORDS |= {"ti": 10, "elleve": 11, "tolv": 12}

CALLS = sorted({call for name in authored.names() for call in authored.calls(name)}, key=repr)


def figures(phrase: str) -> tuple[int, int]:
    """How many of how many a phrase says: ``kun få kommuner (3 af 16)``, ``alle tre klynger``."""
    if bracket := re.search(r"\((\d+) af (?:de )?(\d+)", phrase):
        return int(bracket[1]), int(bracket[2])
    if everyone := re.match(r"alle (\w+)\b", phrase, re.IGNORECASE):
        return (_number(everyone[1]),) * 2
    if phrase.casefold().startswith("begge"):
        return 2, 2
    part = re.match(r"(\w+) af de (\w+)", phrase, re.IGNORECASE)
    assert part, phrase
    n = 0 if part[1].casefold() == "ingen" else _number(part[1])
    return n, _number(part[2])


def _number(word: str) -> int:
    return int(word) if word.isdigit() else WORDS[word.casefold()]


class Counted:
    """The study counted anew from its files, each way in a few lines."""

    def __init__(self, project: Path) -> None:
        raw, made = project / "data/raw" / STUDY, project / "data/processed" / STUDY
        self.answers = pd.read_csv(made / "answers.csv", dtype="str", keep_default_na=False)
        self.settled = pd.read_csv(made / "consolidated.csv", dtype="str", keep_default_na=False)
        self.units = pd.read_csv(raw / "units.csv", dtype="str", keep_default_na=False)
        self.cooperation = yaml.safe_load((raw / "cooperation.yaml").read_text("utf-8"))
        self.rules = yaml.safe_load((raw / "study.yaml").read_text("utf-8"))["rules"]
        instrument = yaml.safe_load((project / "data/instruments/kl12.yaml").read_text("utf-8"))
        self.items = {item["id"]: item for item in instrument["items"]}
        self.needed = Needed(project)

    @cached_property
    def sent(self) -> set[str]:
        return set(self.answers["unit"])

    def asked(self, group: str | None = None, where: Mapping[str, str] | None = None) -> set[str]:
        meant = self.units if group is None else self.units[self.units["cluster"] == group]
        for name, value in (where or {}).items():
            meant = meant[meant[name] == value]
        return set(meant["id"])

    def met(self, item: str, answer: str = "yes", group: str | None = None) -> tuple[int, int]:
        """Units with an answer to an indicator, or to all indicators of a topic; of those in."""
        mine = [i for i, one in self.items.items() if one["kind"] == "indicator"]
        mine = [item] if item in mine else [i for i in mine if self.items[i]["topic"] == item]
        rows = self.settled[self.settled["indicator"].isin(mine)]
        rows = rows[rows["unit"].isin(self.asked(group) & self.sent)]
        given = rows.groupby("unit")["answer"].agg(lambda x: "yes" if set(x) == {"yes"} else "no")
        return int((given == answer).sum()), len(given)

    def said(
        self,
        item: str,
        option: str,
        group: str | None = None,
        where: Mapping[str, str] | None = None,
    ) -> tuple[int, int]:
        units = self.asked(group, where)
        rows = self.answers[(self.answers["item"] == item) & self.answers["unit"].isin(units)]
        several = self.items[item].get("type") == "multiple"
        count = 0
        for _, forms in rows.groupby("unit")["value"]:
            chosen = [option in form.split("; ") for form in forms]
            count += any(chosen) if several else all(chosen)
        return count, rows["unit"].nunique()

    def options(self, item: str, last: str | None = None) -> list[tuple[str, int, int]]:
        """Each option with how many of how many, most first, those of as many as they stand."""
        labels = [option["da"] for option in self.items[item]["options"]]
        rows = [(label, *self.said(item, label)) for label in labels]
        return sorted(rows, key=lambda row: (row[0] == last, -row[1]))

    def differ(self, item: str) -> int:
        """Units whose forms say different things: as many as no option counts, of one answer."""
        rows = self.options(item)
        return rows[0][2] - sum(n for _, n, _ in rows)

    def clusters(self) -> list[str]:
        return list(dict.fromkeys(self.units["cluster"]))

    def wish(self, topic: str) -> tuple[int, int]:
        areas = self.cooperation["focus_areas"]
        return len({a["group"] for a in areas if a["topic"] == topic}), len(self.clusters())

    def agree(self, question: str) -> tuple[int, int]:
        given = [a["answer"] for a in self.cooperation["answers"] if a["question"] == question]
        return given.count("yes"), len(given)

    def places(self, item: str, least: int = 1) -> tuple[int, int]:
        indicator = self.items[item]["kind"] == "indicator"
        count = self.met if indicator else self.said
        reached = [count(item, "yes", group)[0] >= least for group in self.clusters()]
        return sum(reached), len(reached)

    def told(self, attribute: str, value: str) -> tuple[int, int]:
        known = self.units[self.units[attribute] != ""]
        return int((known[attribute] == value).sum()), len(known)


def _share(counted: Counted, *args: Any, **kwargs: Any) -> float:
    n, total = counted.said(*args, **kwargs) if len(args) > 1 else counted.met(*args, **kwargs)
    return n / total


def _quantifier(counted: Counted, item: str, absent: str | None = None) -> tuple[int, int]:
    n, total = counted.met(item)
    return (n, len(counted.asked())) if absent == "as_no" else (n, total)


def _bounds(counted: Counted, item: str) -> str:
    n, total = counted.met(item)
    return f"mindst {n} og højst {n + len(counted.asked()) - total} af {len(counted.asked())}"


def _possible(_: Counted, item: str) -> str:
    """Fewest and most yes of the sets that the enumeration lists as agreeing."""
    totals = [sum(yes) for yes in feasible_sets("absent_out", item)]
    ends = [min(totals), max(totals)]
    words = {n: word for word, n in WORDS.items()} if ends[1] <= max(WORDS.values()) else {}
    return "fra {} til {}".format(*(words.get(n, n) for n in ends))


def _mixed(counted: Counted, item: str) -> str:
    n = counted.differ(item)
    if n < 2:
        return "Den sidste kommune svarer forskelligt i sine skemaer." if n else ""
    return f"De sidste {_word(n)} kommuner svarer forskelligt i deres skemaer."


def _word(n: int) -> str:
    return next((word for word, number in WORDS.items() if number == n), str(n))


def _listed(given: str) -> list[tuple[str, int, int]]:
    """The lines of a list as label, how many, of how many."""
    rows = [line.removeprefix("- ").split(": ", 1) for line in given.splitlines()]
    return [(label.casefold(), *figures(phrase)) for label, phrase in rows]


def _absent(counted: Counted) -> str:
    away = counted.units[~counted.units["id"].isin(counted.sent)]
    return " og ".join(away["label"])


EXPECTED: dict[str, Callable[..., object]] = {
    "quantifier": _quantifier,
    "topic_quantifier": Counted.met,
    "describes": Counted.said,
    "options": lambda counted, *args, **kwargs: [
        (label.casefold(), *count) for label, *count in counted.options(*args, **kwargs)
    ],
    "mixed": _mixed,
    "respondents": lambda counted, item: f"{_word(counted.said(item, '')[1])} kommuner",
    "share": _share,
    "bounds": _bounds,
    "possible": _possible,
    "absent": _absent,
    "asked": lambda counted, *group: len(counted.asked(*group)),
    "total": lambda counted, *group: len(counted.asked(*group) & counted.sent),
    "answered": lambda counted, item: counted.said(item, "")[1],
    "groups": lambda _: "Klynge Syd, Klynge Øst og Klynge Vest",
    "groups_where": Counted.places,
    "wishes": Counted.wish,
    "agrees": Counted.agree,
    "agreeing": lambda counted, question: counted.agree(question)[0] / counted.agree(question)[1],
    "with_attribute": Counted.told,
    "rule": lambda counted, name: counted.rules[name],
    "need": lambda counted, *of: counted.needed.need(*of),
    "need_range": lambda counted, *of: counted.needed.need_range(*of),
    "need_source": lambda counted, *of: counted.needed.need_source(*of),
    "population": lambda counted, *of, **how: counted.needed.population(*of, **how),
}


@pytest.fixture(scope="module")
def counted(settled: Path) -> Counted:
    return Counted(settled)


@pytest.fixture(scope="module")
def live(settled: Path) -> dict[str, Callable[..., object]]:
    study = load_study(Project.find(settled), STUDY)
    run = next(run for run in study.runs() if run.id == "regional")
    return LiveFigures(Report(study, load(study), Language.load("da"), run)).expressions()


def test_the_texts_call_expressions() -> None:
    told = [call.name.casefold() for call in CALLS]
    assert told.count("describes") > 20
    assert told.count("options") > 5
    assert told.count("mixed") > 3


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call.name}{call.args}")
def test_an_expression_says_what_the_files_say(
    counted: Counted, live: dict[str, Callable[..., object]], call: Call
) -> None:
    named = {name: dict(value) if name == "where" else value for name, value in call.kwargs}
    given = live[call.name](*call.args, **named)
    for wording in ("short", "first"):
        named.pop(wording, None)
    expected = EXPECTED[call.name.casefold()](counted, *call.args, **named)
    if isinstance(expected, tuple):
        assert figures(str(given)) == expected
    elif isinstance(expected, list):
        assert _listed(str(given)) == expected
    elif isinstance(expected, int) and isinstance(given, str):
        assert _number(given) == expected
    else:
        assert given == expected
