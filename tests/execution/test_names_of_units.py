"""Names of places from all over: their ids, and how exports name them."""

from __future__ import annotations

import time
from itertools import islice, product
from pathlib import Path

import pytest

from misbrug_analysis.execution.units_list import ListedUnit, read_units_list
from misbrug_analysis.intake.words import Words
from tests.small import write_csv

COLUMNS = {"label": ["country"], "region": ["region"]}


def listed(tmp_path: Path, *rows: tuple[str, str]) -> tuple[ListedUnit, ...]:
    path = write_csv(tmp_path / "units.csv", [["Country", "Region"], *rows])
    return read_units_list(path, COLUMNS, []).units


def test_a_name_becomes_an_id_of_small_letters(tmp_path: Path) -> None:
    names = {
        "Côte d'Ivoire": "cote-d-ivoire",
        "São Tomé and Príncipe": "sao-tome-and-principe",
        "Åland": "aaland",
        "Lao People's Democratic Republic": "lao-people-s-democratic-republic",
        "Łódź": "lodz",
        "Ελλάδα": "x",
        "Україна": "x-2",
        "Köln": "koln-2",
        "Koln": "koln",
    }
    found = listed(tmp_path, *((name, "West") for name in names))
    assert {unit.label: unit.id for unit in found} == names


def test_a_list_may_be_as_long_as_the_file_that_is_made_of_it(tmp_path: Path) -> None:
    names = ("".join(letters) for letters in product("αβγδεζηθικλμ", repeat=4))
    rows = [(name, "West") for name in islice(names, 12_000)]  # a form has 5,000
    begun = time.process_time()
    found = listed(tmp_path, *rows)
    assert [found[0].id, found[1].id, found[-1].id] == ["x", "x-2", "x-12000"]
    assert time.process_time() - begun < 8  # 18 where each looks for its number from 2 on
    assert len({unit.id for unit in found}) == 12_000


def test_groups_without_a_letter_of_ours_are_told_apart(tmp_path: Path) -> None:
    found = listed(tmp_path, ("A", "Αττική"), ("B", "Κρήτη"), ("C", "Αττική"), ("D", "West"))
    assert [unit.groups["region"] for unit in found] == ["x-1", "x-2", "x-1", "west"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Cote d'Ivoire", None),
        ("Co\u0302te d\u2019Ivoire", "ci"),
        ("CÔTE D'IVOIRE", "ci"),
        ("Lao People\u2019s Democratic Republic*", "la"),
        ("ΕΛΛΆΔΑ", "gr"),
    ],
)
def test_a_name_in_an_export_is_found_however_its_signs_are_made(
    written: str, meant: str | None
) -> None:
    names = {"Côte d'Ivoire": "ci", "Lao People's Democratic Republic": "la", "Ελλάδα": "gr"}
    assert Words(names).means(written) == meant
