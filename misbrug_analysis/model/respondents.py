"""Several respondents of one unit and form: their roles, and how their answers become one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from misbrug_analysis.model.basics import Slug, Text, in_language
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Misfit, Model, repeated

ROLE = "role"
"""The role of a respondent is an item too; no question can have its id."""

Share = Annotated[float, Field(ge=0, le=1)]
Merge = Literal["mean", "median", "majority", "share", "consensus"]


class Role(Model):
    """What a respondent is in the unit (leader, staff), with the words that name it in a form."""

    id: Slug
    label: Text
    also: list[str] = []

    def words(self) -> list[str]:
        return [word.casefold() for word in (self.id, *self.label.values(), *self.also)]


class Respondents(Model):
    """How the answers of the respondents of one unit and form become one (docs/respondents.md).

    ``merge``: ``mean`` and ``median`` of their points, ``majority`` (what more than half say),
    ``share`` (of those whose answer counts as yes), or ``consensus``, which leaves open where they
    differ until a person rules. A merged value counts as yes from ``yes_from`` and as partly from
    ``partly_from``, shares (0 to 1) of the best points or of the respondents. What fewer than
    ``smallest`` respondents said is not shown and does not count.
    """

    roles: list[Role] = []
    merge: Merge = "mean"
    yes_from: Share = 0.75
    partly_from: Share = 0.5
    smallest: Annotated[int, Field(ge=1)] = 3

    @property
    def role_words(self) -> dict[str, str]:
        """Every word that names a role, without case, to its id."""
        return {word: role.id for role in self.roles for word in role.words()}

    def role_labels(self, language: str) -> dict[str, str]:
        """The label of every role in a language, by its id."""
        return {role.id: in_language(role.label, language) for role in self.roles}


def respondents_misfits(found: Respondents) -> Iterator[Misfit]:
    """Roles that share an id or a word, and limits in the wrong order."""
    yield from repeated(("respondents", "roles"), Phrase("role"), [role.id for role in found.roles])
    words = [word for role in found.roles for word in set(role.words())]
    yield from repeated(("respondents", "roles"), Phrase("role_word"), words)
    if found.partly_from > found.yes_from:
        values = bad("partly_from", Phrase("limits_order"), Phrase("limits_such_as"))
        yield Misfit(("respondents", "partly_from"), "bad_value", values)
