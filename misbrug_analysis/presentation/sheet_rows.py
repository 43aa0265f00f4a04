"""The rows of a sheet in the XML that openpyxl writes of them, at a fifth of the time.

openpyxl makes up to three objects of every cell, and looks after namespaces in each. Our cells hold
texts, numbers and dates, never formulas or comments, so a row can be put together as a text. What
is a text stays one here, also where openpyxl would take it for a formula.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet

_HERE = "rows"
"""Stands where the rows of a sheet belong until all else is written."""


class SheetWriter(WorksheetWriter):
    """Writes a sheet as openpyxl does, byte for byte, but its rows as one text."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet, BytesIO())
        self._sheet: Any = sheet
        self._rows = ""

    def write_rows(self) -> None:
        """Write the element of all rows, and keep these."""
        stream: Any = self.xf.send(True)
        with stream.element("sheetData"):
            stream.write(_HERE)
        self.xf.send(None)
        self._rows = "".join(self._row(number, cells) for number, cells in self.rows())

    def read(self) -> bytes:
        """The whole sheet."""
        return super().read().replace(f">{_HERE}<".encode(), f">{self._rows}<".encode(), 1)

    def _row(self, number: int, cells: Iterable[Cell | MergedCell]) -> str:
        looks = dict(self._sheet.row_dimensions.get(number, {}))
        said = "".join(f' {name}="{value}"' for name, value in looks.items())
        told = [cell for cell in cells if cell.value is not None or cell.has_style]
        # openpyxl lists links below the rows from what it met in them.
        self._sheet._hyperlinks += [cell.hyperlink for cell in told if cell.hyperlink]
        return f'<row r="{number}"{said}>{"".join(map(_cell, told))}</row>'


def _cell(cell: Cell | MergedCell) -> str:
    style = f' s="{cell.style_id}"' if cell.has_style else ""
    place, value = f'<c r="{cell.coordinate}"{style}', cell.value
    if isinstance(value, str):
        return f'{place} t="inlineStr"{_text(value)}'
    if value is None:
        return f'{place} t="n" />'
    if isinstance(value, date):
        return f'{place} t="n"><v>{safe_string(to_excel(value))}</v></c>'  # type: ignore[no-untyped-call]
    return f'{place} t="{cell.data_type}"><v>{safe_string(value)}</v></c>'


def _text(text: str) -> str:
    """What follows the attributes of a cell; a reader keeps space at the ends if it is told to."""
    if not text:
        return " />"
    stripped = text.strip()
    keep = ' xml:space="preserve"' if stripped and stripped != text else ""
    return f"><is><t{keep}>{escape(text, quote=False)}</t></is></c>"
