"""Personal data in free text are masked before anything is stored or shown."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from misbrug_analysis.model.instrument import Text

_ALONE = r"(?<!\d)(?<!\d[.,]){}(?![.,]?\d)"
"""Digits that are no part of a longer number or an amount; a sentence may end after them."""

_MASKS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(_ALONE.format(r"(?:\+|00)45\s?\d{2}(?:\s?\d{2}){3}")), "[tlf.]"),
    (re.compile(r"(?<!\d)\d{6}[-–\s]?\d{4}(?!\d)"), "[cpr]"),
    (re.compile(_ALONE.format(r"\d{2}(?:\s?\d{2}){3}")), "[tlf.]"),
    (re.compile(_ALONE.format(r"\d{2}([.-])\d{2}\1\d{2}\1\d{2}")), "[tlf.]"),
)


def masked(text: str) -> str:
    """The text without e-mail addresses, Danish civil registration numbers and phone numbers."""
    for pattern, mask in _MASKS:
        text = pattern.sub(mask, text)
    return text


MaskedLine = Annotated[str, Field(min_length=1), AfterValidator(masked)]
"""Free text of a definition file, masked when it is loaded."""

MaskedText = Annotated[
    Text, AfterValidator(lambda texts: {code: masked(text) for code, text in texts.items()})
]
"""The same in one or more languages."""
