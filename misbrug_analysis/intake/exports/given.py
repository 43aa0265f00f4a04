"""From cells that are understood to the answers and remarks of each form."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from misbrug_analysis.intake.exports.understanding import ANSWER, REMARK_PART, Numbers, Said
from misbrug_analysis.model.instrument import REMARK, Instrument

ANSWERS: Final = ("form", "item", "value", "raw", "locator")
"""The columns of the answers of an export; ``form`` is the number of the form."""


@dataclass(frozen=True)
class Clash:
    """Answers to one question that exclude each other: the form, the item, and the cells."""

    code: str
    form: int
    item: str
    rows: tuple[int, ...]


def answers_given(
    given: pd.DataFrame, said: Said, form_of: Numbers, instrument: Instrument
) -> tuple[pd.DataFrame, list[Clash]]:
    """A row an answer or a remark, and the questions that are answered twice by options."""
    part = given["part"].to_numpy(dtype=object)
    says = (said.misread < 0) & (said.value != "")
    typed = np.flatnonzero(says & (part == ANSWER))
    remarks = np.flatnonzero(says & (part == REMARK_PART))
    options = np.flatnonzero(says & (part != ANSWER) & (part != REMARK_PART))
    together = _together(given, form_of, options)
    written = _beside(given, form_of, typed, together) if together else {}
    clashes = list(_clashes(said, together, written, instrument))
    clashing = {(clash.form, clash.item) for clash in clashes}
    chosen = [
        _joined(given, said, key, rows)
        for key, rows in together.items()
        if key not in clashing and key not in written
    ]
    dropped = [row for key, row in written.items() if key in clashing]
    found = [
        _rows(given, said, form_of, np.setdiff1d(typed, dropped) if dropped else typed),
        _remarks(given, said, form_of, remarks),
        pd.DataFrame(chosen, columns=list(ANSWERS)),
    ]
    return pd.concat(found, ignore_index=True), clashes


def item_sets(
    given: pd.DataFrame, form_of: Numbers, forms: int, instrument: Instrument
) -> np.ndarray:
    """Which items each form has a cell for: a row a form, a column an item, true or false."""
    asked = [item.id for item in instrument.items]
    items = pd.Index(asked).get_indexer(pd.Index(given["item"]))  # -1 for what is no question
    found = np.zeros((forms + 1, len(asked) + 1), dtype=bool)
    is_answer = given["part"].to_numpy(dtype=object) != REMARK_PART
    response = given["response"].to_numpy(dtype="int64")
    found[form_of[response[is_answer]], items[is_answer]] = True
    return found[:-1, :-1]


def _rows(given: pd.DataFrame, said: Said, form_of: Numbers, rows: Numbers) -> pd.DataFrame:
    response = given["response"].to_numpy(dtype="int64")[rows]
    return pd.DataFrame(
        {
            "form": form_of[response],
            "item": given["item"].to_numpy(dtype=object)[rows],
            "value": said.value[rows],
            "raw": said.raw[rows],
            "locator": given["locator"].to_numpy(dtype=object)[rows],
        }
    )


def _remarks(given: pd.DataFrame, said: Said, form_of: Numbers, rows: Numbers) -> pd.DataFrame:
    """The remarks, each one of a question joined with the others on it."""
    found = _rows(given, said, form_of, rows)
    key = ["form", "item"]
    if found.duplicated(key).any():
        groups = found.groupby(key, sort=False)
        joined = groups.agg({"value": "\n".join, "locator": "first"}).reset_index()
        found = joined.assign(raw=joined["value"])
    return found.assign(item=found["item"] + REMARK, raw=found["value"])[list(ANSWERS)]


def _together(
    given: pd.DataFrame, form_of: Numbers, rows: Numbers
) -> dict[tuple[int, str], list[int]]:
    """The rows of the options that are chosen by form and item, in the order of the options."""
    columns = (given[name].to_numpy(dtype=object)[rows] for name in ("response", "item", "part"))
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for row, response, item, part in zip(rows.tolist(), *columns, strict=True):
        found.setdefault((int(form_of[response]), item), []).append((int(part), row))
    return {key: [row for _, row in sorted(places)] for key, places in found.items()}


def _beside(
    given: pd.DataFrame, form_of: Numbers, typed: Numbers, together: Container[tuple[int, str]]
) -> dict[tuple[int, str], int]:
    """The row of the answer in words to each question that options are chosen of as well."""
    columns = (given[name].to_numpy(dtype=object)[typed] for name in ("response", "item"))
    keys = ((int(form_of[response]), item) for response, item in zip(*columns, strict=True))
    return {key: row for key, row in zip(keys, typed.tolist(), strict=True) if key in together}


def _clashes(
    said: Said,
    together: Mapping[tuple[int, str], list[int]],
    written: Mapping[tuple[int, str], int],
    instrument: Instrument,
) -> Iterator[Clash]:
    """Two options where one can be chosen, and words that say otherwise than the options."""
    several = {item.id for item in instrument.items if item.type == "multiple"}
    for (form, item), rows in together.items():
        row = written.get((form, item))
        if row is not None and set(said.value[row].split("; ")) != set(said.value[rows]):
            yield Clash("marks_differ", form, item, (row, *rows))
        elif item not in several and len(rows) > 1:
            yield Clash("two_marks", form, item, tuple(rows))


def _joined(
    given: pd.DataFrame, said: Said, key: tuple[int, str], rows: list[int]
) -> tuple[int, str, str, str, str]:
    """Options that are chosen as one answer, as if they had been written in one cell."""
    value = "; ".join(said.value[row] for row in rows)
    return (*key, value, value, str(given["locator"].iat[rows[0]]))
