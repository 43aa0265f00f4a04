"""Places in files: as the ledger writes them, and as messages show them in each language."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import AfterValidator

from misbrug_analysis.model.errors import languages, messages

FILE = "file"
"""The place of a file as a whole."""

_CELL = r"[A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?"


def located(written: str) -> str:
    """The place as the ledger writes it, of one that is written as messages show it.

    ``række 2, kolonne 4`` is ``row 2 column 4``, ``Arket »Svar«, celle C4`` is ``Svar!C4``, and
    ``hele filen`` is ``file``. Anything else stays as it is.
    """
    line = " ".join(written.split())
    for language in languages():
        for pattern, ours in _patterns(language):
            if found := pattern.fullmatch(line):
                return ours.format(*("" if part is None else part for part in found.groups()))
    return written


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    """How a language shows places, each with what the ledger writes for it."""
    words = {key: re.escape(word) for key, word in messages(language)["places"].items()}
    row, column, cell = words["row"], words["column"], words["cell"]
    quoted = re.escape(messages(language)["frame"]["quoted"]).replace(r"\{\}", "(.+)")
    sheet = f"{words['sheet']} {quoted}"
    ways = [
        (rf"{row} (\d+),? {column} (\d+)", "row {} column {}"),
        (rf"{row} (\d+)", "row {}"),
        (rf"{sheet}, {cell} ({_CELL})", "{}!{}"),
        (rf"{sheet}, {row} (\d+)", "{}!{}"),
        (words["whole_file"], FILE),
    ]
    for aside in ("name_of_the_sheet", "note", "text_box", "header", "footer"):
        ways.append((rf"(.+) \({words[aside]}( \d+)?\)", f"{{}} ({aside.replace('_', ' ')}{{}})"))
    return [(re.compile(way, re.IGNORECASE), ours) for way, ours in ways]


Locator = Annotated[str, AfterValidator(located)]
"""A place in a file, however it is written."""
