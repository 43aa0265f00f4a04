"""The population, the national estimates, and the need derived from them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from misbrug_analysis.analysis.need import estimated_need, people_by_group
from misbrug_analysis.model.need import AgeGroup, Measure, Need
from misbrug_analysis.model.reference import Ages, Confidence, Estimate
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import Naming

CONFIDENCES: tuple[Confidence, ...] = (
    "official",
    "official_secondary",
    "abstract",
    "association",
    "news",
    "secondary",
)


def population(naming: Naming) -> Dataset | None:
    """People of each member by age group."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    groups: dict[Hashable, Sequence[int]] = {
        group.ages: need.bands(group) for group in need.file.age_groups
    }
    people = people_by_group(need.population, groups)
    members = _members(naming)
    tidy = (
        people.loc[list(members)]
        .rename_axis("area")
        .melt(ignore_index=False, var_name="ages", value_name="people")
        .reset_index()
    )
    labels = {group.ages: naming.say(group.label) for group in need.file.age_groups}
    fields = [
        _area(naming, members),
        make("ages", "code", "age_group", codes=labels),
        make("people", "integer", measure="people"),
    ]
    origin = need.file.population_origin
    source = (naming.say(origin.label), origin.url)
    return naming.table("population", fields, ("area", "ages"), tidy, sources=[source])


def estimates(naming: Naming) -> Dataset | None:
    """The national estimates that the need rests on."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    rows = [_estimate(naming, measure, need.estimate_of(measure)) for measure in need.file.measures]
    frame = pd.DataFrame(rows).astype(dict.fromkeys(("value", "low", "high", "year"), "Int64"))
    language = naming.language
    confidences = {code: language.text(f"need.confidence.{code}") for code in CONFIDENCES}
    domains = {domain.id: naming.say(domain.label) for domain in need.file.domains}
    years = {code: naming.text(f"year_is.{code}") for code in ("reference", "publication")}
    fields = [
        make("measure", "code", codes=_measures(naming, need)),
        make("domain", "code", codes=domains),
        make("definition"),
        make("ages", "code", codes=_ages(naming, need)),
        *(
            make(name, "integer", f"national_{name}", measure="people", optional=True)
            for name in ("value", "low", "high")
        ),
        make("year", "year", optional=True),
        make("year_is", "code", codes=years, optional=True),
        make("source", key="estimate_source"),
        make("url"),
        make("confidence", "code", codes=confidences),
    ]
    sources = list(
        {str(row["url"]): (str(row["source"]), str(row["url"])) for row in rows}.values()
    )
    return naming.table("estimates", fields, ("measure",), frame, sources=sources)


def estimated(naming: Naming) -> Dataset | None:
    """The estimated need of each member, by measure."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    members = _members(naming)
    everywhere = estimated_need(need.population, need.measure_table())
    frame = everywhere[everywhere["code"].isin(members)].rename(columns={"code": "area"})
    fields = [
        _area(naming, members),
        make("measure", "code", codes=_measures(naming, need), points_to=("estimates", "measure")),
        make("people", "integer", "people_of_ages", measure="people"),
        make("share", "share", "share_of_nation", decimals=2),
        *(
            make(name, "estimate", f"need_{name}", measure="people", optional=True)
            for name in ("value", "low", "high")
        ),
    ]
    units = naming.say(naming.study.organisation.unit_noun).many
    note = naming.language.text("need.caution", units=units)
    return naming.table("need", fields, ("area", "measure"), frame, note)


def _members(naming: Naming) -> dict[str, str]:
    """The members of the groups by their codes."""
    levels = naming.study.organisation.levels
    groups = [group for level in levels for group in level.groups]
    return {member.code: member.label for group in groups for member in group.members}


def _area(naming: Naming, members: dict[str, str]) -> Field:
    return naming.field("area", "code", codes=members)


def _measures(naming: Naming, need: Need) -> dict[str, str]:
    return {measure.id: naming.say(measure.short) for measure in need.file.measures}


def _ages(naming: Naming, need: Need) -> dict[str, str]:
    """The ages that measures are spread over, in words."""
    return {measure.ages: _in_words(naming, measure) for measure in need.file.measures}


def _in_words(naming: Naming, group: Measure | AgeGroup) -> str:
    ages = Ages.read(group.ages)
    key = "need.ages.from" if ages.last is None else "need.ages.between"
    return naming.language.text(key, first=ages.first, last=ages.last)


def _estimate(naming: Naming, measure: Measure, estimate: Estimate) -> dict[str, object]:
    translated = estimate.source_en if naming.language.code == "en" else None
    return {
        "measure": measure.id,
        "domain": measure.domain,
        "definition": naming.say(measure.definition),
        "ages": measure.ages,
        "value": estimate.estimate,
        "low": estimate.low,
        "high": estimate.high,
        "year": estimate.year,
        "year_is": estimate.year_is or "",
        "source": translated or estimate.source,
        "url": estimate.url,
        "confidence": estimate.confidence,
    }
