"""Types that definitions share: ids, texts in several languages, nouns, and origins."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.unfit import UnfitValue, matching
from misbrug_analysis.model.yamlfile import Model

Slug = Annotated[str, StringConstraints(max_length=60), matching(r"[a-z0-9][a-z0-9-]*", "a_slug")]
ItemId = Annotated[
    str, StringConstraints(max_length=40), matching(r"[A-Za-z0-9][A-Za-z0-9._-]*", "an_item_id")
]
Name = Annotated[str, StringConstraints(max_length=60), matching(r"[a-z][a-z0-9_-]*", "a_name")]
"""A name in code or a column: a slug that may hold underscores."""

FileName = Annotated[
    str, StringConstraints(max_length=120), matching(r"[A-Za-z0-9_][A-Za-z0-9_.-]*", "a_file_name")
]
"""A file of the folder that names it: no way out of there."""

ParameterName = Annotated[
    str, StringConstraints(max_length=60), matching(r"[a-z][a-z0-9_]*", "a_parameter_name")
]
"""A name that a notebook can take as a parameter."""

LanguageCode = Annotated[str, matching(r"[a-z]{2}", "a_language_code")]


def _not_empty(text: dict[str, str]) -> dict[str, str]:
    if not text or not all(value.strip() for value in text.values()):
        raise UnfitValue(Phrase("text_without_words"), Phrase("a_text_by_language"))
    return text


Text = Annotated[dict[LanguageCode, str], AfterValidator(_not_empty)]
"""A text in one or more languages, by code."""


WebLink = Annotated[
    str, StringConstraints(max_length=500), matching(r"https?://[^\s\\]+", "a_web_address")
]


class Origin(Model):
    """A publication that data rest on, with its address where it has one."""

    label: Text
    url: WebLink | None = None


def in_language(text: dict[str, str], language: str) -> str:
    """The text in a language, else in the first language it is written in."""
    return text.get(language) or next(iter(text.values()))


class Noun(Model):
    """A noun in the forms that sentences need; ``gender`` is common or neuter (Danish)."""

    one: str
    the_one: str
    many: str
    the_many: str
    gender: Literal["common", "neuter"] = "common"


Nouns = Annotated[dict[LanguageCode, Noun], Field(min_length=1)]
