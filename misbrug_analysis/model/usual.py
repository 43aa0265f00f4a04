"""What a new study begins with: its forms, what its units are called, and how they are grouped.

An instrument says it of those that it is meant for; what a study then says of itself stands in its
own folder.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from misbrug_analysis.model.basics import Nouns, ParameterName, Slug, Text
from misbrug_analysis.model.yamlfile import Model

Headings = Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)]
"""What a column is called in the lists that people keep, compared without case."""


class FormName(Model):
    """A form that a unit can send, with the words that name it in a returned form.

    ``covers_all`` marks the form of a unit that answers for all its areas at once.
    """

    id: Slug
    label: Text
    also: list[str] = []
    covers_all: bool = False

    def words(self) -> list[str]:
        return [word.casefold() for word in (self.id, *self.label.values(), *self.also)]


class UsualLevel(Model):
    """A level above the unit. ``whole`` names its one group where a list names none.

    ``report`` is the title of a page about one of its groups.
    """

    id: ParameterName
    headings: Headings
    noun: Nouns
    whole: Text
    report: Text


class Usual(Model):
    """What a new study begins with; ``headings`` are those of the units' names.

    ``levels`` stand with the smallest first. A study has those that its list of units has a column
    for, and the largest in any case.
    """

    unit_noun: Nouns
    headings: Headings
    levels: Annotated[list[UsualLevel], Field(min_length=1)]
    forms: Annotated[list[FormName], Field(min_length=1)]
