"""The population, and the need derived from it and from national estimates."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import pandas as pd

from misbrug_analysis.analysis.need import estimated_need, need_of, people_by_group, typical_need
from misbrug_analysis.model.need import Need
from misbrug_analysis.model.reference import Ages, bands_of
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.estimates import cited, measures, national
from misbrug_analysis.presentation.datasets.naming import Naming

EVERYBODY = "0+"
"""The age group that leaves nobody out."""


def population(naming: Naming) -> Dataset | None:
    """People of each member by age group, and in all."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    members = _members(naming)
    people = people_by_group(need.population, _bands(need))
    fields = [
        _area(naming, members),
        make("ages", "code", "age_group", codes=_age_labels(naming, need)),
        make("people", "integer", measure="people"),
    ]
    frame = _tidy(people.loc[list(members)], "area")
    return naming.table("population", fields, ("area", "ages"), frame, **_of_population(naming))


def population_of_groups(naming: Naming) -> Dataset | None:
    """People of each group of members, of all members and of the nation, by age group."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    members = _members(naming)
    places = {("group", group): codes for group, codes in _groups(naming).items()}
    places |= {("all", ""): list(members), ("nation", ""): need.codes}
    people = people_by_group(need.population, _bands(need))
    sums = {place: people.loc[codes].sum() for place, codes in places.items()}
    together = pd.DataFrame(list(sums.values()), index=pd.Index([*sums], tupleize_cols=False))
    frame = _tidy(together, "place")
    frame[["scope", "group"]] = frame["place"].tolist()
    fields = [
        *_place(naming, ("group", "all", "nation")),
        make("ages", "code", "age_group", codes=_age_labels(naming, need)),
        make("people", "integer", measure="people"),
    ]
    return naming.table(
        "population_groups",
        fields,
        ("scope", "group", "ages"),
        frame,
        not_applicable={"group": (frame["scope"] != "group").tolist()},
        **_of_population(naming),
    )


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
        make("measure", "code", codes=measures(naming, need), points_to=("estimates", "measure")),
        make("people", "integer", "people_of_ages", measure="people"),
        make("share", "share", "share_of_nation", decimals=2),
        *(
            make(name, "estimate", f"need_{name}", measure="people", optional=True)
            for name in ("value", "low", "high")
        ),
    ]
    return naming.table(
        "need", fields, ("area", "measure"), frame, _caution(naming), **_of_need(naming, need)
    )


def estimated_of_groups(naming: Naming) -> Dataset | None:
    """The estimated need of each group of members, of all of them and of a typical one."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    members = list(_members(naming))
    everywhere = estimated_need(need.population, need.measure_table())
    found = {
        ("group", group): need_of(everywhere, codes) for group, codes in _groups(naming).items()
    }
    found["all", ""] = need_of(everywhere, members)
    found["typical", ""] = typical_need(everywhere, members)
    frame = pd.concat(
        [
            table.reset_index().assign(scope=scope, group=group)
            for (scope, group), table in found.items()
        ],
        ignore_index=True,
    )
    fields = [
        *_place(naming, ("group", "all", "typical")),
        make("measure", "code", codes=measures(naming, need), points_to=("estimates", "measure")),
        *(
            make(name, "estimate", f"need_{name}", measure="people", optional=True)
            for name in ("value", "low", "high")
        ),
    ]
    return naming.table(
        "need_groups",
        fields,
        ("scope", "group", "measure"),
        frame,
        _caution(naming),
        not_applicable={"group": (frame["scope"] != "group").tolist()},
        **_of_need(naming, need),
    )


def _members(naming: Naming) -> dict[str, str]:
    """The members of the groups by their codes."""
    levels = naming.study.organisation.levels
    groups = [group for level in levels for group in level.groups]
    return {member.code: member.label for group in groups for member in group.members}


def _groups(naming: Naming) -> dict[str, list[str]]:
    """The codes of the members of each group of the smallest level that names any."""
    for level in naming.study.organisation.levels:
        found = {group.id: [member.code for member in group.members] for group in level.groups}
        if any(found.values()):
            return {group: codes for group, codes in found.items() if codes}
    return {}


def _area(naming: Naming, members: dict[str, str]) -> Field:
    return naming.field("area", "code", codes=members, points_to=("members", "code"))


def _place(naming: Naming, scopes: Sequence[str]) -> list[Field]:
    """What a row is a figure of: a group, or all members, or another whole."""
    codes = {scope: naming.language.capitalise(naming.text(f"scope.{scope}")) for scope in scopes}
    group = naming.field(
        "group", "code", codes=naming.all_groups, points_to=("groups", "group"), optional=True
    )
    return [naming.field("scope", "code", codes=codes), group]


def _bands(need: Need) -> dict[Hashable, list[int]]:
    """The bands of each age group, of the young and of everybody, by the ages."""
    file = need.file
    groups = (*file.age_groups, file.young)
    bands: dict[Hashable, list[int]] = {group.ages: need.bands(group) for group in groups}
    return {**bands, EVERYBODY: bands_of(need.population, Ages.read(EVERYBODY))}


def _age_labels(naming: Naming, need: Need) -> dict[str, str]:
    file = need.file
    labels = {group.ages: naming.say(group.label) for group in (*file.age_groups, file.young)}
    return {**labels, EVERYBODY: naming.text("all_ages")}


def _tidy(people: pd.DataFrame, place: str) -> pd.DataFrame:
    """A row for each place and age group, of a table with a row a place."""
    named = people.rename_axis(place)
    return named.melt(ignore_index=False, var_name="ages", value_name="people").reset_index()


def _of_population(naming: Naming) -> dict[str, Any]:
    """Whose figures of inhabitants these are, and on which terms."""
    assert naming.study.need is not None
    origin = naming.study.need.file.population_origin
    return {
        "of_answers": False,
        "sources": [(naming.say(origin.label), origin.url)],
        "licence": None,
        "terms": [naming.say(origin.terms)] if origin.terms else [],
    }


def _of_need(naming: Naming, need: Need) -> dict[str, Any]:
    """What the need is derived from: the study's own work on the figures of others."""
    used = [national(naming, need.estimate_of(measure)) for measure in need.file.measures]
    people, figures = _of_population(naming), cited(naming, used)
    return {
        "of_answers": False,
        "sources": [*people["sources"], *figures["sources"]],
        "terms": [*people["terms"], *figures["terms"]],
    }


def _caution(naming: Naming) -> str:
    units = naming.say(naming.study.organisation.unit_noun).the_many
    return naming.language.text("need.caution", units=units)
