"""Ids as they stand in addresses, and ids that would share one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Location, Misfit

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss"})


def slug(*parts: str) -> str:
    """An ASCII slug of a heading or of ids: ``Det vil vi gøre`` becomes ``det-vil-vi-goere``."""
    plain = unicodedata.normalize("NFKD", "-".join(parts).lower().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-") or "part"


def sharing(places: Sequence[tuple[Location, str]]) -> Iterator[Misfit]:
    """A misfit for each id that would have the address of another one before it.

    ``1.1`` and ``1-1``, ``a`` and ``A``; an id that stands there twice is left to ``repeated``.
    """
    seen: dict[str, str] = {}
    for place, name in places:
        other = seen.setdefault(slug(name), name)
        if other != name:
            words = Phrase("same_address", {"other": other}), Phrase("differs_in_address")
            yield Misfit(place, "bad_value", bad("id", *words, name))
