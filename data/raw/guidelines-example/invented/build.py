"""Make the invented answers of the example anew.

    python data/raw/guidelines-example/invented/build.py [--to FOLDER]

Reads the study's ``units.csv`` and its instrument, writes ``forms/svar.csv``; see README.md. The
bytes are the same every time.
"""

from __future__ import annotations

import argparse
import csv
import io
from pathlib import Path
from random import Random

from misbrug_analysis.model.instrument import Instrument, Item
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.project import Project

HERE = Path(__file__).resolve().parent
STUDY = HERE.parent
INSTRUMENT = "national-guidelines-2020"
SEED = 2020
LANGUAGE = "da"

PERSONS = {
    "engby-center": (2, 9),
    "engby-dag": (0, 2),
    "engby-nord": (1, 1),
    "engby-ung": (2, 6),
    "fjordby-center": (2, 12),
    "fjordby-dag": (1, 4),
    "fjordby-havn": (1, 6),
    "fjordby-ung": (1, 7),
    "skovby-center": (2, 10),
    "skovby-dag": (3, 9),
    "skovby-syd": (0, 0),
    "skovby-ung": (2, 8),
}
"""Leaders and staff of each site who answered."""

GAP = {"2.7.1": 1.4, "2.7.2": 1.1, "2.2.2": 1.0}
"""How many points more leaders give; with all other statements ``USUAL_GAP``."""

USUAL_GAP = 0.3
SAME = ("fjordby-dag", "3.4.1")
CALM = {"fjordby-havn": 0.2, "skovby-ung": 0.35}
"""How far persons of a site spread, in points; at all other sites ``SPREAD``."""

SPREAD = 0.6
TEXTS = (
    "Mere tid til den enkelte borger.",
    "At vi ser på vores resultater sammen.",
    "Fast supervision hele året.",
    "Flere kolleger.",
    "En fælles plan med psykiatrien.",
)


def rows(instrument: Instrument, sites: list[tuple[str, str]]) -> list[list[str]]:
    """The headings and a row a person, the sites one after another."""
    chance = Random(SEED)
    hard = {item.id: chance.gauss(0, 0.6) for item in instrument.indicators}
    asked = [f"{item.id} {item.text[LANGUAGE]}" for item in instrument.items]
    made = [["Person", "Behandlingssted", "Rolle", *asked]]
    for site, label in sites:
        level = chance.gauss(2.9, 0.5)
        own = {item: hard[item] + chance.gauss(0, 0.5) for item in hard}
        leaders, staff = PERSONS[site]
        for role in ["leder"] * leaders + ["medarbejder"] * staff:
            person = level + chance.gauss(0, CALM.get(site, SPREAD) / 2)
            cells = [
                _scored(chance, instrument, item, site, role, person + own[item.id])
                if item.id in own
                else _described(chance, item)
                for item in instrument.items
            ]
            made.append([str(len(made)), label, role, *cells])
    return made


def _scored(
    chance: Random, instrument: Instrument, item: Item, site: str, role: str, mean: float
) -> str:
    """One of the five points, now and then "ved ikke" or nothing."""
    drawn = mean + chance.gauss(0, CALM.get(site, SPREAD))
    drawn += GAP.get(item.id, USUAL_GAP) if role == "leder" else 0
    luck = chance.random()
    if (site, item.id) == SAME:
        drawn, luck = 4, 1
    if luck < 0.02:
        return ""
    if luck < 0.06:
        return instrument.missing["dont-know"].label[LANGUAGE]
    points = min(max(round(drawn), 0), 4)
    codes = {int(earned): code for code, earned in instrument.points_of.items()}
    return instrument.answers[codes[points]].label[LANGUAGE]


def _described(chance: Random, item: Item) -> str:
    if item.type == "number":
        return str(chance.choice((0, 1, 2, 2, 3, 3, 5, 8, "1,5"))) if chance.random() < 0.9 else ""
    if item.type == "text":
        return chance.choice(TEXTS) if chance.random() < 0.3 else ""
    labels = [option[LANGUAGE] for option in item.options]
    if item.type == "single":
        return chance.choice(labels)
    return "; ".join(label for label in labels if chance.random() < 0.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=STUDY, help="the folder to write below")
    target: Path = parser.parse_args().to
    instrument = load_instrument(Project.find(HERE).instruments, INSTRUMENT)
    with (STUDY / "units.csv").open(encoding="utf-8", newline="") as file:
        sites = [(row["id"], row["label"]) for row in csv.DictReader(file)]
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows(instrument, sites))
    (target / "forms").mkdir(parents=True, exist_ok=True)
    (target / "forms" / "svar.csv").write_bytes(stream.getvalue().encode("utf-8-sig"))


if __name__ == "__main__":
    main()
