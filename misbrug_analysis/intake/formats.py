"""Files that are not read, by what they end in: each sort has a message that says what to do."""

from __future__ import annotations

from collections.abc import Iterable

from misbrug_analysis.intake.grid import UnreadableFile
from misbrug_analysis.model.errors import Phrase, name_list

SPREADSHEETS = (".xls", ".xlt", ".xlsb", ".xltx", ".ods", ".ots", ".fods", ".sxc", ".numbers")
"""Workbooks of other programs, or as older ones wrote them; they can be saved as ``.xlsx``."""

MACROS = (".xlsm", ".xltm", ".xlam")
"""Workbooks that can hold programs."""

ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz")


def refused(suffix: str, formats: Iterable[str]) -> UnreadableFile:
    """Why a file that ends in ``suffix`` (``.xls``; empty for none) is not read.

    ``formats`` are the suffixes of files that are.
    """
    ending = suffix.lower()
    if ending in SPREADSHEETS:
        return UnreadableFile("other_spreadsheet", suffix=suffix)
    if ending in MACROS:
        return UnreadableFile("macro_workbook", suffix=suffix)
    if ending in ARCHIVES:
        return UnreadableFile("archive_sent", suffix=suffix)
    sort = Phrase("files_that_end_in", {"suffix": suffix}) if suffix else Phrase("files_of_no_sort")
    return UnreadableFile("unknown_format", sort=sort, formats=name_list(formats))
