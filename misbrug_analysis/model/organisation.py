"""Who is asked: units, the levels that group them, and who leads and coordinates.

``organisation.yaml`` of a study declares the levels above the unit, smallest first (a cluster, a
region), with their groups; ``units.csv`` lists the units that were asked, with a column a level.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from keyword import kwlist
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import BeforeValidator, Field

from misbrug_analysis.model.anchors import sharing
from misbrug_analysis.model.basics import UNNUMBERED, Label, ParameterName
from misbrug_analysis.model.csvfile import read_models
from misbrug_analysis.model.errors import (
    DefinitionError,
    ParameterError,
    Phrase,
    Problem,
    hint,
    name_list,
    shown,
)
from misbrug_analysis.model.instrument import Name, Nouns, Slug, Text
from misbrug_analysis.model.unfit import Words, bad
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated

UNIT = "unit"
"""The lowest level; every study has it."""

_TAKEN = (
    *(UNIT, "id", "label", "code", "forms", "attributes", "study", "language"),
    *("level", "group", "item", "answer", "degree"),
    *kwlist,
)
"""Names that no level or attribute can have: of columns, of parameters, and Python's own."""


class Member(Model):
    """A body that belongs to a group by name, whether or not it is a unit that answered."""

    id: Slug
    label: str
    code: str = ""


class Group(Model):
    """One group of a level. ``lead`` is the id of the member that leads it."""

    id: Slug
    label: Text
    members: list[Member] = []
    lead: Slug | None = None


class Level(Model):
    """A level above the unit, with its noun and its groups in the order they are shown."""

    id: ParameterName
    noun: Nouns
    groups: Annotated[list[Group], Field(min_length=1)]

    @property
    def group_ids(self) -> list[str]:
        return [group.id for group in self.groups]


class Body(Model):
    """A body that coordinates: a project group, a steering group. ``role`` is what it does.

    ``members`` are members of groups; a body that is made up otherwise has none here.
    """

    id: Slug
    label: Text
    role: Text | None = None
    appointed_by: Text | None = None
    members: list[Slug] = []


def _names(value: object) -> object:
    """Names in one cell of a table, separated by spaces or semicolons."""
    return tuple(value.replace(";", " ").split()) if isinstance(value, str) else value


class Unit(Model):
    """Whoever fills in a form. ``attributes`` are what the study says of its units.

    Id, label and code stand on every page, so they hold no personal data.

    ``forms`` are those it is asked to fill in, where the study does not ask all units for the same.
    """

    id: Annotated[Slug, UNNUMBERED]
    label: Label
    code: Annotated[str, UNNUMBERED] = ""
    forms: Annotated[tuple[Slug, ...], BeforeValidator(_names)] = ()
    attributes: dict[str, str] = {}


class OrganisationFile(Model):
    """``organisation.yaml``."""

    unit_noun: Nouns
    levels: Annotated[list[Level], Field(min_length=1)]
    unit_attributes: list[Name] = []
    bodies: list[Body] = []


class Organisation(Model):
    """Levels, bodies and units of a study, checked against each other."""

    unit_noun: Nouns
    levels: list[Level]
    bodies: list[Body]
    units: list[Unit]

    @property
    def unit_ids(self) -> list[str]:
        return [unit.id for unit in self.units]

    @property
    def attributes(self) -> list[str]:
        """What the study says of its units beside their groups."""
        levels = {level.id for level in self.levels}
        return [name for unit in self.units[:1] for name in unit.attributes if name not in levels]

    @property
    def smallest(self) -> Level:
        """The level right above the unit."""
        return self.levels[0]

    @property
    def largest(self) -> Level:
        return self.levels[-1]

    def level(self, level_id: str) -> Level:
        """The level with an id; raises ParameterError with the valid ids."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise _unknown(Phrase("the_level"), level_id, [level.id for level in self.levels])

    def group(self, level_id: str, group_id: str) -> Group:
        """The group of a level with an id; raises ParameterError with the near and valid ids."""
        level = self.level(level_id)
        for group in level.groups:
            if group.id == group_id:
                return group
        raise _unknown(level_id, group_id, level.group_ids)

    def unit(self, unit_id: str) -> Unit:
        """The unit with an id; raises ParameterError with the near and the valid ids."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise _unknown(Phrase("the_unit"), unit_id, self.unit_ids)

    def frame(self) -> pd.DataFrame:
        """One row a unit: ``unit, label, code``, a column a level, a column an attribute."""
        columns = ["unit", "label", "code"]
        rows = [
            {"unit": unit.id, "label": unit.label, "code": unit.code, **unit.attributes}
            for unit in self.units
        ]
        return pd.DataFrame(rows, columns=[*columns, *self.units[0].attributes], dtype="str")


def load_organisation(
    organisation_path: Path, units_path: Path, forms: Sequence[str] | None = None
) -> Organisation:
    """Read the organisation and its units; ``forms`` are the ids of those that a unit can send.

    Raises DefinitionError with every fault: unknown groups and forms, units that stand twice, leads
    that are not members.
    """
    declared = read_model(organisation_path, OrganisationFile, _misfits)
    needed = [level for level in declared.levels if len(level.groups) > 1]
    columns = (*(level.id for level in needed), *declared.unit_attributes)
    rows = read_models(units_path, Unit, columns)
    problems = list(_unit_problems(units_path, rows, needed, forms))
    if not rows:
        problems.append(Problem("missing_field", shown(units_path), {"name": Phrase("a_unit")}))
    if problems:
        raise DefinitionError(problems)
    single = {level.id: level.groups[0].id for level in declared.levels if level not in needed}
    units = [unit.model_copy(update={"attributes": single | unit.attributes}) for _, unit in rows]
    return Organisation(
        unit_noun=declared.unit_noun, levels=declared.levels, bodies=declared.bodies, units=units
    )


def _unit_problems(
    path: Path, rows: list[tuple[int, Unit]], levels: list[Level], forms: Sequence[str] | None
) -> Iterator[Problem]:
    for misfit in sharing([((line,), unit.id) for line, unit in rows]):
        where = f"{shown(path)}, line {misfit.location[0]}, column id"
        yield Problem(misfit.code, where, misfit.values)
    seen: set[str] = set()
    for line, unit in rows:
        for name in sorted({unit.id, unit.label.casefold()} & seen)[:1]:
            values: dict[str, object] = {"name": Phrase("unit"), "value": name}
            yield Problem("repeated", f"{shown(path)}, line {line}", values)
        seen |= {unit.id, unit.label.casefold()}
        named = [(level.id, unit.attributes[level.id], level.group_ids) for level in levels]
        if forms is not None:
            named += [("forms", form, list(forms)) for form in unit.forms]
        for column, name, valid in named:
            if name not in valid:
                misfit = dangling((), column, name, valid)
                where = f"{shown(path)}, line {line}, column {column}"
                yield Problem(misfit.code, where, misfit.values)


def _misfits(declared: OrganisationFile) -> Iterator[Misfit]:
    names = [level.id for level in declared.levels]
    yield from repeated(("levels",), Phrase("level"), names)
    yield from _taken("levels", names, _TAKEN)
    yield from repeated(("unit_attributes",), Phrase("attribute"), declared.unit_attributes)
    yield from _taken("unit_attributes", declared.unit_attributes, (*_TAKEN, *names))
    yield from _sharing(declared.levels)
    members: list[str] = []
    for at, level in enumerate(declared.levels):
        yield from repeated(("levels", at, "groups"), level.id, level.group_ids)
        for index, group in enumerate(level.groups):
            ids = [member.id for member in group.members]
            members += ids
            yield from repeated(("levels", at, "groups", index, "members"), Phrase("member"), ids)
            if group.lead is not None and group.lead not in ids:
                yield dangling(("levels", at, "groups", index, "lead"), "lead", group.lead, ids)
    yield from repeated(("bodies",), Phrase("body"), [body.id for body in declared.bodies])
    for at, body in enumerate(declared.bodies):
        yield from repeated(("bodies", at, "members"), Phrase("member"), body.members)
        for index, member in enumerate(body.members):
            if member not in members:
                yield dangling(("bodies", at, "members", index), "member", member, members)


def _sharing(levels: list[Level]) -> Iterator[Misfit]:
    """Groups whose rows could not be told apart: of two levels, or with the same address."""
    groups = [
        (level.id, ("levels", at, "groups", index), name)
        for at, level in enumerate(levels)
        for index, name in enumerate(level.group_ids)
    ]
    yield from sharing([(where, name) for _, where, name in groups])
    first: dict[str, str] = {}
    for level_id, where, name in groups:
        if (other := first.setdefault(name, level_id)) != level_id:
            words = Phrase("group_of_another", {"other": other}), Phrase("another_name")
            yield Misfit(where, "bad_value", bad("id", *words, name))


def _taken(field: str, names: list[str], taken: tuple[str, ...]) -> Iterator[Misfit]:
    for index, name in enumerate(names):
        if name in taken:
            values = bad(field, Phrase("taken"), Phrase("another_name"), name)
            yield Misfit((field, index), "bad_value", values)


def _unknown(kind: Words, name: str, valid: list[str]) -> ParameterError:
    values = {"kind": kind, "name": name, "hint": hint(name, valid), "valid": name_list(valid)}
    return ParameterError([Problem("unknown_name", "", values)])
