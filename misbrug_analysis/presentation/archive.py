"""The file that a workbook is stored in: an archive without a clock.

Its sheets are written by ``sheet_rows``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from misbrug_analysis.presentation.sheet_rows import Grid, SheetWriter

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can tell; it must tell one."""

_CORE = "docProps/core.xml"
_DAYS = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def packed(book: Workbook, grids: Mapping[str, Grid] = MappingProxyType({})) -> bytes:
    """The workbook as a file: what openpyxl writes, without the days it was made and changed.

    ``grids`` are cells that its sheets hold besides their own, by the names of the sheets.
    """
    written = io.BytesIO()
    # Not book.save, which puts the time of day into the properties.
    _Writer(book, _Archive(written, "w", ZIP_DEFLATED), grids).save()
    return written.getvalue()


class _Archive(ZipFile):
    """An archive in which no part tells when and where it was written."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *how: Any, **more: Any) -> None:
        entry = ZipInfo(zinfo_or_arcname, _STAMP)
        entry.compress_type = self.compression
        entry.create_system = 0
        plain = _DAYS.sub(b"", data) if zinfo_or_arcname == _CORE else data
        super().writestr(entry, plain, *how, **more)


class _Writer(ExcelWriter):
    """Writes sheets, which have no drawings here, with ``SheetWriter``."""

    def __init__(self, book: Workbook, parts: ZipFile, grids: Mapping[str, Grid]) -> None:
        super().__init__(book, parts)
        self._parts, self._grids = parts, grids

    def write_worksheet(self, sheet: Any) -> None:
        writer: Any = SheetWriter(sheet, self._grids.get(sheet.title))
        writer.write()
        sheet._rels = writer._rels
        self._parts.writestr(sheet.path[1:], writer.read())
        self.manifest.append(sheet)
