"""What stands for the values of cells in a workbook: shared texts, numbers and their formats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from misbrug_analysis.intake.bounds import MAX_STORED, MAX_TEXT, Tally, too_many
from misbrug_analysis.intake.grid import CellKind
from misbrug_analysis.intake.package import Package, unfit
from misbrug_analysis.intake.workbook_parts import MAIN, is_date, is_duration, unescaped

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,3})?"
)


class Context:
    """What the cells of all sheets of a workbook share, and what they hold together."""

    def __init__(
        self, package: Package, strings: Sequence[str], formats: Sequence[str], *, from_1904: bool
    ) -> None:
        self.package = package
        self.strings = strings
        self.tally = Tally(package.bounds)
        self.left = package.bounds.scanned
        self._formats = formats
        self._epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        self._dates = [is_date(one) for one in formats]

    def scan(self) -> None:
        """Count a row or a cell, empty or not."""
        self.left -= 1
        if self.left < 0:
            raise too_many("of_scanned", self.package.bounds.scanned)

    def number(self, stored: str, style: int) -> tuple[str, CellKind]:
        """A number as the cell shows it, as far as it is known: a day, a share, or digits."""
        if not _NUMBER.fullmatch(stored):
            raise unfit("damaged")
        value = float(stored) if any(sign in stored for sign in ".eE") else int(stored)
        known = 0 <= style < len(self._formats)
        shown_as = self._formats[style] if known else "General"
        if known and self._dates[style]:
            try:
                day = from_excel(value, self._epoch, timedelta=is_duration(shown_as))
            except (OverflowError, ValueError):
                return "#VALUE!", "error"
            return _shown(day), "date"
        if shown_as.endswith("%"):
            return f"{value * 100:.10g} %", "number"
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value), "number"


def read_strings(package: Package, part: str | None, last: int | None = None) -> list[str]:
    """The texts that cells point to by their numbers, up to the ``last`` that is needed."""
    strings: list[str] = []
    if part is None or part not in package.names:
        return strings
    reader = _Strings(package, strings, package.bounds.scanned if last is None else last)
    package.parse(part, reader.start, reader.end, reader.text)
    return strings


class _Strings:
    """Reads the texts; how their signs are pronounced (``rPh``) is no part of them."""

    def __init__(self, package: Package, strings: list[str], last: int) -> None:
        self._bounds = package.bounds
        self._last = last
        self._strings = strings
        self._text: list[str] | None = None
        self._wanted = self._aside = False
        self._letters = self._here = 0

    def start(self, raw: str, _attributes: dict[str, str]) -> None:
        name = local_name(raw)
        if name == "si":
            self._text = [] if len(self._strings) <= self._last else None
            self._here = 0
            if len(self._strings) >= self._bounds.scanned:
                raise too_many("of_texts", self._bounds.scanned)
        elif name == "rPh":
            self._aside = True
        elif name == "t":
            self._wanted = self._text is not None and not self._aside

    def end(self, raw: str) -> None:
        name = local_name(raw)
        if name == "si" and self._text is not None:
            self._strings.append(unescaped("".join(self._text)))
            self._text = None
        elif name == "rPh":
            self._aside = False
        elif name == "t":
            self._wanted = False

    def text(self, data: str) -> None:
        if self._wanted and self._text is not None:
            self._letters += len(data)
            self._here += len(data)
            if self._here > MAX_STORED:
                raise too_many("of_letters_in_a_cell", MAX_TEXT)
            if self._letters > self._bounds.letters:
                raise too_many("of_letters", self._bounds.letters)
            self._text.append(data)


def local_name(raw: str) -> str:
    """The name of an element of a workbook; nothing for one of another namespace."""
    space, _, name = raw.rpartition(" ")
    return name if space in MAIN else ""


def iso_moment(stored: str) -> str:
    """A day, with its time, or a time alone that is stored as ISO text, as strict workbooks do.

    Raises UnreadableFile for what is none.
    """
    try:
        return _shown(datetime.fromisoformat(stored))
    except ValueError:
        pass
    try:
        return str(time.fromisoformat(stored))
    except ValueError:
        raise unfit("damaged") from None


def _shown(value: date | datetime | time | timedelta | None) -> str:
    """A day as ISO text, with the time where it is not midnight; a time alone as it is."""
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(" ", "seconds")
    return value.date().isoformat() if isinstance(value, datetime) else str(value)
