"""The outputs of a notebook that may stand on a page, as blocks; all others are errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from misbrug_analysis.model.errors import name_list
from misbrug_analysis.presentation.block import VENDOR_TYPE, Block
from misbrug_analysis.presentation.bundle import block_from_bundle
from misbrug_analysis.presentation.cells import checked_text
from misbrug_analysis.presentation.images import (
    PNG_TYPE,
    SVG_TYPE,
    checked_alt,
    checked_png,
    checked_svg,
)

_TERMINAL_CODE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])")
# A progress bar writes a line again and again; what stands there at last is what is shown. Looked
# for at the start of a line alone: from every place in it, a line of megabytes would take hours.
_OVERWRITTEN = re.compile(r"^[^\n]*\r(?=[^\n])", re.MULTILINE)
# What Python writes of an object that has no text of its own, alone, in a list or in an array.
_OBJECT_NAME = re.compile(
    r"(array\()?[\[(]*<.*>[\])]*(,\s*dtype=object\))?|.*<[^<>]+ at 0x[0-9a-f]+>.*",
    re.DOTALL | re.IGNORECASE,
)


class OutputError(ValueError):
    """An output that cannot stand on a page: the code of a fault, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Preformatted(Block):
    """Text as it was printed; folded away behind ``summary`` where there is one."""

    name = "preformatted"
    text: str
    summary: str = ""

    def __post_init__(self) -> None:
        checked_text(self.text, "the preformatted text")


@dataclass(frozen=True)
class Picture(Block):
    """An SVG or a PNG (base64) that is no figure of ours, with its text alternative."""

    name = "picture"
    alt: str
    svg: str = ""
    png: str = ""

    def __post_init__(self) -> None:
        checked_alt(self.alt, "the picture")
        if self.png:
            self.set_checked(png=checked_png(self.png, "the picture"))
        else:
            checked_svg(self.svg, "the picture")


def joined(text: object) -> str:
    """A text of a notebook file, which may be stored as a list of lines."""
    return "".join(text) if isinstance(text, list) else str(text)


def printed(text: str) -> str:
    """The text as a terminal would have left it, without colours and overwritten lines."""
    return _TERMINAL_CODE.sub("", _OVERWRITTEN.sub("", text)).replace("\r", "")


def block_of_output(bundle: Mapping[str, Any], metadata: Mapping[str, Any]) -> Block | None:
    """The block for an output's data by MIME type; None where it is an empty text.

    HTML, Markdown, LaTeX and JavaScript are never taken, whatever else they came with. Raises
    OutputError for an output that holds nothing to take, a picture without text alternative, a
    mere object name, and a block that was changed after it was made.
    """
    if VENDOR_TYPE in bundle:
        try:
            return block_from_bundle(bundle)
        except ValueError as error:
            raise OutputError("output_changed", detail=error) from error
    for mime in (SVG_TYPE, PNG_TYPE):
        if mime in bundle:
            return _picture(joined(bundle[mime]), mime, metadata)
    if "text/plain" in bundle:
        return _text(printed(joined(bundle["text/plain"])))
    raise OutputError("output_type", types=name_list(sorted(bundle)))


def _picture(data: str, mime: str, metadata: Mapping[str, Any]) -> Picture:
    alt = metadata.get("alt") or metadata.get(mime, {}).get("alt") or ""
    try:
        return Picture(alt, svg=data) if mime == SVG_TYPE else Picture(alt, png=data)
    except (TypeError, ValueError) as error:
        raise OutputError("output_picture", detail=error) from error


def _text(text: str) -> Preformatted | None:
    if _OBJECT_NAME.fullmatch(text.strip()):
        raise OutputError("output_object", text=text.strip())
    return Preformatted(text.rstrip()) if text.strip() else None
