"""A round of five places, small enough to follow in the head, and whatever else a cell can say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from misbrug_analysis.model.study import Study
from tests.small import CASES, FORM_LABELS, load, make_project, write_form

# E was asked and sent nothing. A person ruled that what B's form on drugs says to 1.2 is a yes, and
# that what C says to it is a no. A, D and B's form on drugs say partly to 1.1: A is on a par with
# B's form on alcohol and with C, D is below them, and the form on drugs has nothing to measure by.
TEAMS = {**dict.fromkeys(("a", "b"), "north"), **dict.fromkeys(("c", "d", "e"), "south")}
ROUND = """
item | a:joint | b:alcohol | b:drugs       | c:joint | d:joint
1.1  | delvis  | ja        | delvis        | ja      | delvis
1.2  | ja      | ja        | delvis        | ja      | ja
2.1  | ja      | ja        | ja            | nej     |
1.s1 | ja      | ja        |               | nej     | nej
1.s2 | nej     | nej       |               | ja      | nej
2.s1 | ja      | ja        | nej           | delvis  | ja
2.d2 | brev    | samtale   | samtale; brev |         | brev
"""
RULINGS = [
    {"unit": "b", "form": "drugs", "indicator": "1.2", "answer": "yes"},
    {"unit": "c", "form": "", "indicator": "1.2", "answer": "no"},
]
INDICATORS = {"1.1": "1", "1.2": "1", "2.1": "2"}
"""Each indicator with its topic."""

SERVES = {"1.s1": ["1.1"], "1.s2": ["1.1", "1.2"], "2.s1": ["2.1"]}
CHOICES = {"2.d2": ["samtale", "brev"]}
WORDS = ["ja", "delvis", "nej"]

TEXTS = {
    "conclusions": """\
# Konklusion

{{ Quantifier("1.1") }} tager godt imod. Det er {{ count("1.1", group="north") }} i Nord og
{{ count("1.1", group="south") }} i Syd.

{% if share("1.1") > 0.5 %}Modtagelsen er god.{% else %}Modtagelsen er dårlig.{% endif %}

{{ Quantifier("1.2") }} spørger{% if share("1.2") > 0.7 %}, og det er mange{% endif %}.
Begge dele gør {{ topic_quantifier("1") }}.

{{ Describes("2.s1", "yes") }} følger op i et år.
{% if share("2.d2", "brev") > 0.8 %}Brevet er det mest brugte.{% endif %}
Alt er frivilligt.
""",
    "topics/2/why": """\
{{ Count("2.1", "no") }} har ingen plan{% if share("2.1") > 0.8 %}, men de fleste har{% endif %}.
""",
}
PAGES = {
    "story": [
        "sections.page(report), *sections.key_figures(report)",
        "sections.regional_overview(report)",
        "sections.standing(report)",
        "sections.region_topics(report)",
    ],
    "team_story": [
        "sections.page(report), *sections.key_figures(report)",
        "sections.conclusions(report)",
        "sections.group_topics(report)",
    ],
}
"""The notebooks, a cell an entry."""


class Place(NamedTuple):
    """Where one answer of one form is asked for."""

    unit: str
    form: str
    item: str


Answers = dict[Place, str]


class Flip(NamedTuple):
    """One cell with another answer in it, or with none."""

    place: Place
    word: str


def sent() -> Answers:
    """What stands in the cells of the forms, the empty ones too."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in ROUND.split("\n") if line]
    return {
        Place(*form.split(":"), row[0]): word
        for row in rows
        for form, word in zip(head[1:], row[1:], strict=True)
    }


def flips() -> Iterator[Flip]:
    """Every cell with each thing that could stand in it instead."""
    for place, word in sent().items():
        choices = CHOICES.get(place.item, WORDS)
        several = ["; ".join(choices)] if place.item in CHOICES else []
        for other in [*choices, *several, ""]:
            if other != word:
                yield Flip(place, other)


def write_round(root: Path) -> Study:
    """The round in a folder that becomes a project."""
    reports = [
        {"id": "all", "notebook": "story", "title": {"da": "Alle"}, "summary": {"da": "S"}},
        {
            "id": "team",
            "notebook": "team_story",
            "title": {"da": "Hold"},
            "summary": {"da": "S"},
            "per": "team",
        },
    ]
    folder = make_project(root, TEAMS, RULINGS, reports=reports)
    (root / "data" / "instruments" / "small.yaml").write_text(
        yaml.safe_dump(_instrument(), allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    for name, cells in PAGES.items():
        code = [{"cell_type": "code", "source": [f"show(*{cell})"]} for cell in cells]
        path = root / "notebooks" / f"{name}.ipynb"
        path.write_text(json.dumps({"cells": code}), encoding="utf-8")
    for name, text in TEXTS.items():
        path = folder / "texts" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    answers = sent()
    for unit, form in dict.fromkeys((place.unit, place.form) for place in answers):
        write_one(folder, answers, unit, form)
    return load(folder)


def write_one(folder: Path, answers: Answers, unit: str, form: str) -> None:
    """Write a form as the one who filled it in."""
    write_form(folder / source(unit, form), _rows(answers, unit, form))


def source(unit: str, form: str) -> str:
    """The file of a form: C answers in a workbook."""
    return f"forms/{unit}_{form}.{'xlsx' if unit == 'c' else 'csv'}"


def locator(place: Place) -> str:
    """Where the ledger says that the cell is."""
    row = FIRST + ITEMS.index(place.item)
    return f"Svar!C{row}" if place.unit == "c" else f"row {row} column 3"


ITEMS = list(dict.fromkeys(place.item for place in sent()))
FIRST = 4
"""The row of the first question in a form."""


def _rows(answers: Answers, unit: str, form: str) -> list[list[str]]:
    return [
        ["Besvarelse fra", unit.upper()],
        ["Skema", FORM_LABELS[form]],
        ["Nr.", "Spørgsmål", "Svar"],
        *([item, f"Spørgsmål {item}?", answers[Place(unit, form, item)]] for item in ITEMS),
    ]


def _instrument() -> dict[str, object]:
    """The questionnaire of the cases with the questions of this round."""
    read = yaml.safe_load((CASES / "instrument.yaml").read_text(encoding="utf-8"))
    topics = [
        {"id": topic, "title": {"da": title}, "addressed_to": {"da": "stedet"}}
        for topic, title in (("1", "Mødet"), ("2", "Planen"))
    ]
    return read | {"topics": topics, "items": [_item(item) for item in ITEMS]}


def _item(item: str) -> dict[str, object]:
    asked = {"id": item, "topic": item[0], "text": {"da": f"Spørgsmål {item}?"}}
    if item in INDICATORS:
        return asked | {"kind": "indicator"}
    if item in SERVES:
        return asked | {"kind": "supplementary", "serves": SERVES[item]}
    options = [{"da": option} for option in CHOICES[item]]
    return asked | {"kind": "descriptive", "type": "multiple", "options": options}
