"""Types that definitions share: ids, texts in several languages, nouns, and origins."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.privacy import KINDS, PersonalKind, kinds_in, masked
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

MaskedLine = Annotated[str, Field(min_length=1), AfterValidator(masked)]
"""Free text of a definition file, masked when it is loaded."""

MaskedText = Annotated[
    Text, AfterValidator(lambda texts: {code: masked(text) for code, text in texts.items()})
]
"""The same in one or more languages."""


def _holding_none(*kinds: PersonalKind) -> AfterValidator:
    """A constraint: a text that holds no personal data of some kinds."""

    def check(text: str) -> str:
        if set(kinds_in(text)) & set(kinds):
            raise UnfitValue(Phrase("personal_data"), Phrase("no_personal_data"))
        return text

    return AfterValidator(check)


Label = Annotated[str, Field(min_length=1, max_length=120), _holding_none(*KINDS)]
"""What pages call someone: it stands there as it is, and so holds no personal data."""

UNNUMBERED = _holding_none("cpr", "email")
"""The same for an id or a code, of which one of eight digits is no phone number."""


_DANISH_DAY = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})")


def _as_iso(value: object) -> object:
    found = _DANISH_DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    return f"{found[4]}-{found[3]:>02}-{found[1]:>02}" if found else value


WrittenDay = Annotated[date, BeforeValidator(_as_iso)]
"""A day in a CSV file: ``2026-04-01``, or ``01-04-2026`` and ``1.4.2026`` as Excel has it."""


WEB_ADDRESS = r"https?://\w[\w.-]*(?::\d{1,5})?(?:[/?#][^\s<>\"'\\\x00-\x20\x7f]*)?"
"""An address that can stand in a link, a document and a cell: nothing in it ends any of them."""

WebLink = Annotated[str, StringConstraints(max_length=500), matching(WEB_ADDRESS, "a_web_address")]


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
