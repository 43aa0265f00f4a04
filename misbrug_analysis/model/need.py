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
from pydantic import AfterValidator, Field

from misbrug_analysis.model.boundaries import Rings, read_boundaries
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, shown
from misbrug_analysis.model.instrument import FileName, Name, Text
from misbrug_analysis.model.organisation import Organisation
from misbrug_analysis.model.reference import (
    Ages,
    Estimate,
    Url,
    bands_of,
    read_estimates,
    read_population,
)
from misbrug_analysis.model.unfit import UnfitValue, bad
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated, tell


def _is_ages(text: str) -> str:
    Ages.read(text)
    return text


AgeText = Annotated[str, AfterValidator(_is_ages)]


class DataSource(Model):
    """Where reference data come from, as a page must say it, and on which terms."""

    label: Text
    url: Url
    terms: Text | None = None


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

    ``short`` heads a column and ``label`` follows a number (``adults who …``); the source and its
    year are the estimate's.
    """

    id: Name
    domain: Name
    estimate: str
    short: Text
    label: Text
    definition: Text
    ages: AgeText


class OtherEstimate(Model):
    """An estimate that is mentioned and not used, with the reason."""

    estimate: str
    label: Text
    note: Text


class NeedFile(Model):
    """``need.yaml``; ``estimates_terms`` says on which terms the national estimates are used."""

    population: FileName
    population_date: date
    population_origin: DataSource
    estimates: FileName
    estimates_terms: Text | None = None
    boundaries: FileName | None = None
    boundaries_origin: DataSource | None = None
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

    @property
    def codes(self) -> list[str]:
        """The areas of the nation."""
        return [str(code) for code in self.population.index]

    @property
    def latest_year(self) -> int | None:
        """The latest year of the estimates in use; None where one of them has no year."""
        years = [self.estimate_of(measure).year for measure in self.file.measures]
        known = [year for year in years if year is not None]
        return max(known) if len(known) == len(years) else None

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
    """Read ``need.yaml`` and the reference data it names, for a study's organisation.

    Raises DefinitionError with every fault of the first file that has any: an estimate or an age
    group that is not there, a member of the organisation without a code that the population (and
    the map, where there is one) knows.
    """
    file = read_model(path, NeedFile, _misfits)
    need = _with_data(file, reference, shown(path))
    tell(path, _data_misfits(need))
    _check_map(need, reference)
    tell(organisation_path, _member_misfits(organisation, need))
    return need


def _with_data(file: NeedFile, reference: Path, named_in: str) -> Need:
    """The file with the data it names; raises DefinitionError with the faults in them."""
    return Need(
        file,
        read_population(reference / file.population, named_in),
        read_estimates(reference / file.estimates, named_in),
        read_boundaries(reference / file.boundaries, named_in) if file.boundaries else {},
    )


def _misfits(file: NeedFile) -> Iterator[Misfit]:
    """What the file by itself has wrong."""
    names = [measure.id for measure in file.measures]
    domains = [domain.id for domain in file.domains]
    yield from repeated(("measures",), Phrase("measure"), names)
    yield from repeated(("domains",), Phrase("domain"), domains)
    yield from repeated(("chart",), Phrase("chart"), file.chart)
    for given, missing in (
        ("boundaries", "boundaries_origin"),
        ("boundaries_origin", "boundaries"),
    ):
        if getattr(file, given) and not getattr(file, missing):
            yield Misfit((given,), "missing_field", {"name": missing})
    for index, measure in enumerate(file.measures):
        if measure.domain not in domains:
            yield dangling(("measures", index, "domain"), "domain", measure.domain, domains)
    for index, name in enumerate(file.chart):
        if name not in names:
            yield dangling(("chart", index), "chart", name, names)


def _data_misfits(need: Need) -> Iterator[Misfit]:
    """What the file asks of the population and the estimates that they do not have."""
    file, estimates = need.file, list(need.estimates)
    for index, measure in enumerate(file.measures):
        yield from _ages_misfit(need, ("measures", index, "ages"), measure.ages)
    for index, group in enumerate(file.age_groups):
        yield from _ages_misfit(need, ("age_groups", index, "ages"), group.ages)
    yield from _ages_misfit(need, ("young", "ages"), file.young.ages)
    uses = [("measures", index, use.estimate) for index, use in enumerate(file.measures)]
    uses += [("others", index, other.estimate) for index, other in enumerate(file.others)]
    for field, index, estimate in uses:
        if estimate not in estimates:
            yield dangling((field, index, "estimate"), "estimate", estimate, estimates)


def _ages_misfit(need: Need, location: tuple[str | int, ...], ages: str) -> Iterator[Misfit]:
    try:
        bands = bands_of(need.population, Ages.read(ages))
        if not need.population[bands].any(axis=None):
            raise UnfitValue(
                Phrase("nobody_of_ages", {"file": need.file.population}), Phrase("ages")
            )
    except UnfitValue as error:
        yield Misfit(location, "bad_value", bad("ages", error.detail, error.expected, ages))


def _check_map(need: Need, reference: Path) -> None:
    """Raises DefinitionError with the areas on the map that the population does not know."""
    codes = need.codes
    strange = [code for code in need.boundaries if code not in codes]
    if need.file.boundaries and strange:
        where = shown(reference / need.file.boundaries)
        raise DefinitionError([_unknown_code(where, code, codes) for code in strange])


def _member_misfits(organisation: Organisation, need: Need) -> Iterator[Misfit]:
    """Members that the data do not know, at their places in ``organisation.yaml``."""
    known = [code for code in need.codes if not need.boundaries or code in need.boundaries]
    if not any(group.members for level in organisation.levels for group in level.groups):
        yield Misfit(("levels",), "missing_field", {"name": Phrase("members_for_need")})
    for at, level in enumerate(organisation.levels):
        for index, group in enumerate(level.groups):
            for place, member in enumerate(group.members):
                location = ("levels", at, "groups", index, "members", place)
                if not member.code:
                    name = Phrase("code_of", {"member": member.id})
                    yield Misfit(location, "missing_field", {"name": name})
                elif member.code not in known:
                    yield dangling((*location, "code"), "code", member.code, known)


def _unknown_code(where: str, code: str, valid: list[str]) -> Problem:
    misfit = dangling((), "code", code, valid)
    return Problem(misfit.code, f"{where}, area {code}", misfit.values)
