"""The file that a workbook is stored in: an archive without a clock."""

from __future__ import annotations

import io
import re
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_STAMP = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can tell; it must tell one."""

_CORE = "docProps/core.xml"
_DAYS = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def packed(book: Workbook) -> bytes:
    """The workbook as a file: what openpyxl writes, without the days it was made and changed."""
    written = io.BytesIO()
    # Not book.save, which puts the time of day into the properties.
    ExcelWriter(book, ZipFile(written, "w")).save()
    result = io.BytesIO()
    with ZipFile(written) as source, ZipFile(result, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            entry = ZipInfo(name, _STAMP)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            content = source.read(name)
            archive.writestr(entry, _DAYS.sub(b"", content) if name == _CORE else content)
    return result.getvalue()
