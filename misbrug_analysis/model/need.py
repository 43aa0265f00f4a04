"""What a population is estimated to need: which measures, from which sources, for which ages.

``need.yaml`` of a study chooses among the reference data and says in words what they measure. The
rates are the nation's: what is estimated for an area is its share of the nation's people in the
measure's age group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import AfterValidator, Field, StringConstraints

from misbrug_analysis.model.errors import DefinitionError, Problem, shown
from misbrug_analysis.model.instrument import Name, Text
from misbrug_analysis.model.organisation import Organisation, OrganisationFile
from misbrug_analysis.model.reference import (
    Ages,
    Estimate,
    Rings,
    Url,
    bands_of,
    read_boundaries,
    read_estimates,
    read_population,
)
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated


def _is_ages(text: str) -> str:
    Ages.read(text)
    return text


FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")]
AgeText = Annotated[str, AfterValidator(_is_ages)]


class Origin(Model):
    """Where reference data come from, as a page must say it."""

    label: Text
    url: Url


class AgeGroup(Model):
    """An age group (``15-24``, ``65+``) with its label."""

    ages: AgeText
    label: Text


class Domain(Model):
    """A heading that measures stand under."""

    id: Name
    label: Text


class Measure(Model):
    """A measure of need: a national estimate, in words, and the age group that it is spread over.

    ``short`` heads a column, ``label`` follows a number (``adults who …``) and ``cite`` is the
    source in brief; its year is the estimate's.
    """

    id: Name
    domain: Name
    estimate: str
    short: Text
    label: Text
    cite: Text
    definition: Text
    ages: AgeText


class OtherEstimate(Model):
    """An estimate that is mentioned and not used, with the reason."""

    estimate: str
    label: Text
    note: Text


class NeedFile(Model):
    """``need.yaml``."""

    population: FileName
    population_date: date
    population_origin: Origin
    estimates: FileName
    boundaries: FileName | None = None
    boundaries_origin: Origin | None = None
    age_groups: Annotated[list[AgeGroup], Field(min_length=1, max_length=8)]
    young: AgeGroup
    domains: Annotated[list[Domain], Field(min_length=1, max_length=6)]
    measures: Annotated[list[Measure], Field(min_length=1, max_length=20)]
    chart: Annotated[list[Name], Field(min_length=1, max_length=3)]
    others: list[OtherEstimate] = []


@dataclass(frozen=True, eq=False)
class Need:
    """``need.yaml`` with the reference data it names: people by area, estimates, boundaries."""

    file: NeedFile
    population: pd.DataFrame
    estimates: dict[str, Estimate]
    boundaries: dict[str, Rings]

    @property
    def measure_ids(self) -> list[str]:
        return [measure.id for measure in self.file.measures]

    def measure(self, measure_id: str) -> Measure:
        """The measure with an id; raises ValueError with the valid ids."""
        for measure in self.file.measures:
            if measure.id == measure_id:
                return measure
        valid = ", ".join(self.measure_ids)
        raise ValueError(f"there is no measure {measure_id!r}; there are {valid}")

    def estimate_of(self, measure: Measure | OtherEstimate) -> Estimate:
        return self.estimates[measure.estimate]

    def measure_table(self) -> pd.DataFrame:
        """The measures as ``analysis.need`` takes them: index ``measure``, columns ``bands``
        (lists of columns of the population), ``value``, ``low``, ``high`` (people, national; not
        a number where the source gives none)."""
        rows = []
        for measure in self.file.measures:
            found = self.estimate_of(measure)
            bands = bands_of(self.population, Ages.read(measure.ages))
            rows.append((bands, found.estimate, found.low, found.high))
        table = pd.DataFrame(
            rows,
            columns=["bands", "value", "low", "high"],
            index=pd.Index(self.measure_ids, name="measure"),
        )
        return table.astype({"value": "float64", "low": "float64", "high": "float64"})

    def bands(self, group: AgeGroup) -> list[int]:
        """The columns of the population that make up an age group."""
        return bands_of(self.population, Ages.read(group.ages))


def load_need(
    path: Path, reference: Path, organisation: Organisation, organisation_path: Path
) -> Need:
    """Read ``need.yaml`` and the reference data it names.

    Raises DefinitionError with every fault of the first file that has any: an estimate or an age
    group that is not there, a member of the organisation without a code that the population (and
    the map, where there is one) knows.
    """
    file = read_model(path, NeedFile)
    population = read_population(reference / file.population)
    estimates = read_estimates(reference / file.estimates)
    boundaries = read_boundaries(reference / file.boundaries) if file.boundaries else {}
    read_model(path, NeedFile, lambda read: _misfits(read, population, estimates))
    strange = [code for code in boundaries if code not in population.index]
    if file.boundaries and strange:
        where = shown(reference / file.boundaries)
        codes = list(map(str, population.index))
        raise DefinitionError([_unknown_code(where, code, codes) for code in strange])
    known = {str(code) for code in population.index}
    read_model(
        organisation_path,
        OrganisationFile,
        lambda read: _member_misfits(read, known & set(boundaries) if boundaries else known),
    )
    return Need(file, population, estimates, boundaries)


def _misfits(
    file: NeedFile, population: pd.DataFrame, estimates: dict[str, Estimate]
) -> Iterator[Misfit]:
    names = [measure.id for measure in file.measures]
    domains = [domain.id for domain in file.domains]
    yield from repeated(("measures",), "measure", names)
    yield from repeated(("domains",), "domain", domains)
    if file.boundaries and not file.boundaries_origin:
        yield Misfit(("boundaries",), "missing_field", {"name": "boundaries_origin"})
    for index, measure in enumerate(file.measures):
        if measure.domain not in domains:
            yield dangling(("measures", index, "domain"), "domain", measure.domain, domains)
        yield from _ages_misfit(population, ("measures", index, "ages"), measure.ages)
    for index, group in enumerate(file.age_groups):
        yield from _ages_misfit(population, ("age_groups", index, "ages"), group.ages)
    yield from _ages_misfit(population, ("young", "ages"), file.young.ages)
    for index, name in enumerate(file.chart):
        if name not in names:
            yield dangling(("chart", index), "chart", name, names)
    uses = [("measures", index, use.estimate) for index, use in enumerate(file.measures)]
    uses += [("others", index, other.estimate) for index, other in enumerate(file.others)]
    for field, index, estimate in uses:
        if estimate not in estimates:
            yield dangling((field, index, "estimate"), "estimate", estimate, list(estimates))


def _ages_misfit(
    population: pd.DataFrame, location: tuple[str | int, ...], ages: str
) -> Iterator[Misfit]:
    try:
        bands_of(population, Ages.read(ages))
    except ValueError as error:
        values: dict[str, object] = {"name": "ages", "given": f" {ages!r}", "detail": str(error)}
        yield Misfit(location, "bad_value", values | {"expected": "ages such as 15-24 or 65+"})


def _member_misfits(file: OrganisationFile, known: set[str]) -> Iterator[Misfit]:
    if not any(group.members for level in file.levels for group in level.groups):
        yield Misfit(("levels",), "missing_field", {"name": "members, whose need is estimated,"})
    for at, level in enumerate(file.levels):
        for index, group in enumerate(level.groups):
            for place, member in enumerate(group.members):
                location = ("levels", at, "groups", index, "members", place)
                if not member.code:
                    name = f"the code of {member.id}"
                    yield Misfit(location, "missing_field", {"name": name})
                elif member.code not in known:
                    yield dangling((*location, "code"), "code", member.code, sorted(known))


def _unknown_code(where: str, code: str, valid: list[str]) -> Problem:
    misfit = dangling((), "code", code, valid)
    return Problem(misfit.code, f"{where}, area {code}", misfit.values)
