"""A study as large as five countries: 10,000 places, 156 questions, and one file of answers.

Places, questions and answers are invented. The file is ``wide`` (a row a place, as survey systems
export it) or ``long`` (a row an answer, as a statistics office sends it), with the same answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from benchmarks.asked import ROOT
from benchmarks.nation.answers import BLANK, SEED
from benchmarks.nation.project import dump, read, write_shared

STUDY: Final = "large"
INSTRUMENT: Final = "invented156"
CLUSTERS, PLACES = 500, 10_000
TOPICS, INDICATORS, SUPPLEMENTARY = 13, 4, 2
"""Topics; indicators of each topic; supplementary questions that serve each indicator."""

Layout = Literal["wide", "long"]
LAYOUTS: Final[tuple[Layout, ...]] = ("wide", "long")

_WORDS = np.array(["", "nej", "delvis", "ja"], dtype=object)
_NO, _PARTLY, _YES = range(1, len(_WORDS))
_KL12 = ROOT / "data" / "instruments" / "kl12.yaml"
_NATION = Path(__file__).parent / "study.yaml"

_STATEMENT = {
    "da": "Alle svar er opdigtet: Hverken stederne eller spørgsmålene findes. "
    "De er lavet for at prøve, hvor meget der kan gøres op.",
    "en": "All answers are invented: neither the places nor the questions exist. "
    "They were made to try how much can be handled.",
}

Answers = NDArray[np.int64]


def write_large(
    project: Path, layout: Layout = "wide", clusters: int = CLUSTERS, places: int = PLACES
) -> str:
    """Write a project whose only study is the large one; returns the id of the study."""
    write_shared(project)
    folder = project / "data" / "raw" / STUDY
    (folder / "forms").mkdir(parents=True)
    items = questions()
    dump(project / "data" / "instruments" / f"{INSTRUMENT}.yaml", _instrument(items))
    dump(folder / "study.yaml", _settings())
    dump(folder / "organisation.yaml", _organisation(clusters))
    dump(folder / "mapping.yaml", {"exports": [_mapping(layout, [one["id"] for one in items])]})
    labels = [f"Sted {number:05}" for number in range(1, places + 1)]
    rows = (
        f"sted-{number:05},{label},{_cluster(number % clusters)}"
        for number, label in enumerate(labels, 1)
    )
    _write(folder / "units.csv", ["id,label,cluster", *rows])
    lines = _wide if layout == "wide" else _long
    _write(folder / "forms" / f"{layout}.csv", lines(labels, items, answers(places, items)))
    return STUDY


def questions() -> list[dict[str, Any]]:
    """The 156 questions: of each topic the indicators, then the questions that serve them."""
    found = []
    for topic in range(1, TOPICS + 1):
        ids = [f"{topic}.{number}" for number in range(1, INDICATORS + 1)]
        found += [_question(one, topic, "indicator") for one in ids]
        found += [
            _question(f"{one}.s{number}", topic, "supplementary") | {"serves": [one]}
            for one in ids
            for number in range(1, SUPPLEMENTARY + 1)
        ]
    return found


def answers(places: int, items: Sequence[dict[str, Any]]) -> Answers:
    """What stands at each question (a column) of each place (a row): a number of a word, or 0.

    As in the nation, a place has a level and a question is hard or easy.
    """
    chance = np.random.default_rng(SEED)
    level = chance.normal(0, 0.7, (places, 1))
    hard = chance.normal(0.4, 0.9, len(items))
    drawn = level + hard + chance.normal(0, 0.85, (places, len(items)))
    scored = np.array([item["kind"] == "indicator" for item in items])
    said = np.where(drawn > 0, _YES, _NO)
    said[scored & (drawn > -0.35) & (drawn < 0.15)] = _PARTLY
    said[chance.random(said.shape) < BLANK] = 0
    return said


def _wide(labels: list[str], items: list[dict[str, Any]], said: Answers) -> Iterator[str]:
    yield ";".join(["Besvarelse fra", *(item["id"] for item in items)])
    for label, row in zip(labels, said, strict=True):
        yield ";".join([label, *_WORDS[row]])


def _long(labels: list[str], items: list[dict[str, Any]], said: Answers) -> Iterator[str]:
    yield "Besvarelse fra;Nr.;Svar"
    for label, row in zip(labels, said, strict=True):
        for place in np.flatnonzero(row):
            yield f"{label};{items[place]['id']};{_WORDS[row[place]]}"


def _mapping(layout: Layout, ids: list[str]) -> dict[str, Any]:
    found = {"file": f"forms/{layout}.csv", "layout": layout, "unit": "Besvarelse fra"}
    if layout == "long":
        return found | {"item": "Nr.", "answer": "Svar"}
    return found | {"items": {one: one for one in ids}}


def _instrument(items: list[dict[str, Any]]) -> dict[str, Any]:
    """An instrument with the words of the one that ships, and questions of its own."""
    words = ("topic_noun", "answers", "missing", "points", "form", "licence")
    made = {name: found for name, found in read(_KL12).items() if name in words}
    title = {"da": "Opdigtet skema med 156 spørgsmål", "en": "Invented form of 156 questions"}
    topics = [
        {
            "id": str(topic),
            "title": {"da": f"Opdigtet emne {topic}", "en": f"Invented topic {topic}"},
        }
        for topic in range(1, TOPICS + 1)
    ]
    named = {"id": INSTRUMENT, "title": title, "version": "1", "origin": _STATEMENT}
    return named | made | {"topics": topics, "items": items}


def _question(name: str, topic: int, kind: str) -> dict[str, Any]:
    text = {"da": f"Opdigtet spørgsmål {name}?", "en": f"Invented question {name}?"}
    return {"id": name, "topic": str(topic), "kind": kind, "text": text}


def _settings() -> dict[str, Any]:
    """The settings of the invented nation, with one form and without regions and need."""
    nation = read(_NATION)
    kept = ("date", "language", "licence", "organisation", "units", "rules")
    reports = [one for one in nation["reports"] if one["id"] in ("national", "cluster")]
    return {name: nation[name] for name in kept} | {
        "id": STUDY,
        "title": {"da": "Fem lande (opdigtede svar)", "en": "Five countries (invented answers)"},
        "instrument": INSTRUMENT,
        "provenance": nation["provenance"] | {"statement": _STATEMENT},
        "forms": [one for one in nation["forms"] if one["id"] == "joint"],
        "reports": [*reports, *(one for one in nation["reports"] if one["id"] == "consolidation")],
    }


def _organisation(clusters: int) -> dict[str, Any]:
    """The levels of the nation, with groups of its own; places have no attributes."""
    nation = read(_NATION.with_name("organisation.yaml")) | {"unit_attributes": []}
    nation["unit_noun"] = {
        "da": {
            "one": "sted",
            "the_one": "stedet",
            "many": "steder",
            "the_many": "stederne",
            "gender": "neuter",
        },
        "en": {"one": "place", "the_one": "the place", "many": "places", "the_many": "the places"},
    }
    nation["levels"][0]["groups"] = [
        {
            "id": _cluster(number),
            "label": {"da": f"Klynge {number + 1}", "en": f"Cluster {number + 1}"},
        }
        for number in range(clusters)
    ]
    return nation


def _cluster(number: int) -> str:
    return f"k{number + 1:03}"


def _write(path: Path, lines: Sequence[str] | Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in lines)
