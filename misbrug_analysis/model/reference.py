"""Reference data that any study can use: population by age and national estimates.

The files stand in ``data/raw/reference``; each fault is told at its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import pandas as pd
from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from misbrug_analysis.model.basics import WebLink
from misbrug_analysis.model.csvfile import read_models, read_rows
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, shown
from misbrug_analysis.model.instrument import Name, Slug
from misbrug_analysis.model.unfit import UnfitValue, bad_value, matching
from misbrug_analysis.model.yamlfile import Model

AREA = "code"
"""The index of tables by area: the code that members of an organisation carry."""


def _digits(given: object) -> object:
    """A number in digits alone: Python would read 33.000 as 33 and 3_3 as 33."""
    if isinstance(given, str) and not re.fullmatch(r"[0-9]+", given):
        raise UnfitValue(Phrase("no_whole_number"), Phrase("digits_alone"))
    return given


Code = Annotated[
    str, StringConstraints(max_length=20), matching(r"[A-Za-z0-9-]+", "letters_digits_hyphens")
]
Count = Annotated[int, BeforeValidator(_digits), Field(le=2_000_000_000)]
"""A number of people."""

Year = Annotated[int, BeforeValidator(_digits), Field(ge=1900, le=2100)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Url = WebLink

Confidence = Literal[
    "official", "official_secondary", "abstract", "association", "news", "secondary"
]
"""What was read: the authority's own page, its page about another's study, a study's abstract, a
page of an association, a newspaper that quotes the authority, another's page."""

_BAND = re.compile(r"age_(\d{1,3})_(?:(\d{1,3})|plus)")


class Ages(NamedTuple):
    """An age group from ``first`` to ``last`` year; ``last`` None is without an upper limit."""

    first: int
    last: int | None

    @classmethod
    def read(cls, text: str) -> Ages:
        """The ages that ``15-24`` or ``18+`` says; raises ValueError for anything else."""
        found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3})|\+)", text)
        if not found or (found[2] and int(found[2]) < int(found[1])):
            raise UnfitValue(Phrase("no_age_group"), Phrase("ages"))
        return cls(int(found[1]), int(found[2]) if found[2] else None)


class Inhabitants(Model):
    """A row of a population file; ``attributes`` are its age bands."""

    code: Code
    name: Line
    region: str = ""
    total: Count
    attributes: dict[str, Count]

    @model_validator(mode="after")
    def _adds_up(self) -> Inhabitants:
        if self.total == 0:
            raise UnfitValue(Phrase("no_people"))
        found = sum(self.attributes.values())
        if found != self.total:
            sums = {"found": found, "total": self.total}
            raise UnfitValue(Phrase("bands_sum", sums), Phrase("bands_that_add_up"))
        return self


class Estimate(Model):
    """A national estimate of a number of people: a point, an interval, or both.

    ``year`` is the year that the figure is of, or the one it was published in (``year_is``).
    ``source`` says whose figure it is, ``cite`` the same in brief; ``source_en`` and ``cite_en``
    are these in English, where that differs.
    """

    id: Slug
    domain: Name
    measure: Annotated[
        str, StringConstraints(max_length=80), matching(r"\w+", "letters_digits_underscores")
    ]
    estimate: Count | None = None
    low: Count | None = None
    high: Count | None = None
    year: Year | None = None
    year_is: Literal["reference", "publication"] | None = None
    definition_note: Line
    source: Line
    source_en: Line | None = None
    cite: Line
    cite_en: Line | None = None
    url: Url
    confidence: Confidence

    @model_validator(mode="after")
    def _orderly(self) -> Estimate:
        if (self.low is None) != (self.high is None):
            raise UnfitValue(Phrase("half_interval"), Phrase("both_or_none"))
        known = [value for value in (self.low, self.estimate, self.high) if value is not None]
        if not known:
            raise UnfitValue(Phrase("no_estimate"), Phrase("some_estimate"))
        if known != sorted(known):
            raise UnfitValue(Phrase("wrong_order"), Phrase("rising_order"))
        if (self.year is None) != (self.year_is is None):
            raise UnfitValue(Phrase("half_year"), Phrase("both_or_none"))
        return self


def read_population(path: Path, named_in: str) -> pd.DataFrame:
    """People by area and age band: index ``code``, a column a band, named by its first age (int).

    The bands follow each other from age 0; the last has no upper limit. ``named_in`` is the file
    that names this one. Raises DefinitionError with every fault, each at its row.
    """
    header, _ = read_rows(path, named_in=named_in)
    bands = [name for name in header if _BAND.fullmatch(name)]
    rows = read_models(path, Inhabitants, tuple(bands))
    where = f"{shown(path)}, line 1"
    problems = list(_repeated_codes(path, [(line, row.code) for line, row in rows]))
    if not rows:
        problems.append(Problem("missing_field", where, {"name": Phrase("row_with_area")}))
    if not _follow(bands):
        words = Phrase("the_bands"), Phrase("bands_gap"), Phrase("bands_such_as")
        problems.append(bad_value(where, *words, ", ".join(bands)))
    if problems:
        raise DefinitionError(problems)
    return pd.DataFrame(
        [list(row.attributes.values()) for _, row in rows],
        index=pd.Index([row.code for _, row in rows], name=AREA),
        columns=[_ages(band).first for band in bands],
        dtype="int64",
    )


def bands_of(population: pd.DataFrame, ages: Ages) -> list[int]:
    """The bands (columns) that make up an age group.

    Raises ValueError, listing the limits there are, where the bands do not fit it.
    """
    starts = [int(column) for column in population.columns]
    end = ages.last + 1 if ages.last is not None else None
    if ages.first not in starts or (end is not None and end not in starts):
        limits = ", ".join(map(str, starts))
        raise UnfitValue(Phrase("bands_begin", {"limits": limits}), Phrase("ages"))
    return [start for start in starts if start >= ages.first and (end is None or start < end)]


def read_estimates(path: Path, named_in: str) -> dict[str, Estimate]:
    """National estimates by id; ``named_in`` is the file that names this one.

    Raises DefinitionError with every fault at its row.
    """
    rows = read_models(path, Estimate, named_in=named_in)
    problems = list(_repeated_codes(path, [(line, row.id) for line, row in rows]))
    if problems:
        raise DefinitionError(problems)
    return {row.id: row for _, row in rows}


def _repeated_codes(path: Path, codes: list[tuple[int, str]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for line, code in codes:
        if code in seen:
            values: dict[str, object] = {"name": Phrase("row"), "value": code}
            yield Problem("repeated", f"{shown(path)}, line {line}", values)
        seen.add(code)


def _ages(band: str) -> Ages:
    found = _BAND.fullmatch(band)
    assert found is not None, band
    return Ages(int(found[1]), int(found[2]) if found[2] else None)


def _follow(bands: list[str]) -> bool:
    ages = [_ages(band) for band in bands]
    firsts = [0, *(band.last + 1 for band in ages[:-1] if band.last is not None)]
    return bool(ages) and ages[-1].last is None and firsts == [band.first for band in ages]
