"""The encoding of a file of text, and signs in it that another program made of Danish letters."""

from __future__ import annotations

import codecs
import re
from typing import Final

from misbrug_analysis.intake.bounds import UnreadableFile
from misbrug_analysis.intake.grid import Remark
from misbrug_analysis.model.errors import Phrase

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
"""Bytes in which the encoding shows."""

_PAIRS: Final = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")
"""Danish letters and quotation marks in UTF-8; in Windows-1252 they would be signs such as »Ã¦«."""

_ODD: Final = {
    "cp1252": re.compile(
        rb"[A-Za-z][\x8c\xbe\xbf]|[\x8c\xbe\xbf][a-z]|[A-Za-z][\x86\x91\x9b][a-z]"
    ),
    "utf-8-sig": re.compile(
        rb"\xc3\x83[\xc2\xc5\xcb\xe2]|\xef\xbf\xbd"
        rb"|[A-Za-z](?:\xc5\x92|\xc2[\xbe\xbf])|(?:\xc5\x92|\xc2[\xbe\xbf])[a-z]"
    ),
}
"""What becomes of æ, ø and å where a file of a Mac (¾ ¿ Œ) or of DOS (‘ › †) is taken for one of
Windows, where UTF-8 is (Ã¦), or where a program gave up (�)."""


def encoding_of(content: bytes) -> str:
    """UTF-8 with or without BOM, UTF-16 (without BOM where every second byte is zero), or cp1252.

    Raises UnreadableFile for what is no text, and for a file that is partly in one of them, partly
    in another.
    """
    encoding = encoding_of_beginning(content[:_SAMPLE])
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _CHUNK):
            if "\0" in decoder.decode(content[start : start + _CHUNK]):
                raise _no_text()
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        if encoding != "utf-8-sig" or b"\0" in content:
            raise _no_text() from None
        if _PAIRS.search(content):
            raise UnreadableFile("encoding_mixed", line=_broken_line(content)) from None
        return "cp1252"
    return encoding


def encoding_of_beginning(beginning: bytes) -> str:
    """The encoding that a file begins in; what says nothing of it may be UTF-8."""
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    zeros = [beginning[place::2].count(0) for place in (0, 1)]
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if zeros[place] > len(beginning) / 4 and not zeros[1 - place]:
            return encoding
    return "utf-8-sig"


def doubts(content: bytes) -> tuple[Remark, ...]:
    """The warning that Danish letters may be lost, where there are signs that are made of them.

    Raises UnreadableFile as ``encoding_of`` does.
    """
    if content.isascii():
        return ()
    for encoding, odd in _ODD.items():
        found = odd.search(content)
        if found and encoding_of(content) == encoding:
            return (("encoding_doubtful", {"line": _line(content, found.start())}),)
    return ()


def _broken_line(content: bytes) -> int:
    """The number of the first line that is not UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _line(content, error.start)
    raise ValueError("the content is UTF-8")


def _line(content: bytes, place: int) -> int:
    before = content[:place].replace(b"\r\n", b"\n")
    return before.count(b"\n") + before.count(b"\r") + 1


def _no_text() -> UnreadableFile:
    return UnreadableFile("not_text", detail=Phrase("not_text_inside"))
