"""The rows of a sheet in the XML that openpyxl writes of them, at a tenth of the time.

openpyxl makes up to four objects of every cell, and looks after namespaces in each. Our cells hold
texts, numbers and dates, never formulas or comments, so a row can be put together as a text. What
is a text stays one here, also where openpyxl would take it for a formula. The cells of a large
table never become openpyxl's at all: they are a ``Grid``, in which equal ones are made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from typing import Any

from openpyxl.cell import Cell, MergedCell
from openpyxl.compat import safe_string
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.worksheet.worksheet import Worksheet

_HERE = "rows"
"""Stands where the rows of a sheet belong until all else is written."""


@dataclass(frozen=True, eq=False)
class Filled:
    """What cells hold that are alike: their look, and the XML of what stands in them."""

    style: StyleArray
    content: str


@dataclass(frozen=True)
class Grid:
    """Cells that stand in a sheet from its row ``top`` on, by their columns from the first one.

    A cell that the sheet itself has goes before one of these.
    """

    top: int
    columns: Sequence[Sequence[Filled]]

    @property
    def rows(self) -> dict[int, tuple[Filled, ...]]:
        """Its cells by their rows."""
        return dict(enumerate(zip(*self.columns, strict=True), self.top))

    @property
    def reference(self) -> CellRange:
        last = self.top + len(self.columns[0]) - 1
        return CellRange(min_col=1, min_row=self.top, max_col=len(self.columns), max_row=last)


class SheetWriter(WorksheetWriter):
    """Writes a sheet as openpyxl does, byte for byte, but its rows as one text.

    The cells of a ``grid`` are written as if they were the sheet's.
    """

    def __init__(self, sheet: Worksheet, grid: Grid | None = None) -> None:
        super().__init__(sheet, BytesIO())
        self._sheet: Any = sheet
        self._grid = grid
        self._rests: dict[Filled, str] = {}
        self._rows = ""

    def write_dimensions(self) -> None:
        """Write from where to where the sheet has cells."""
        found = self._sheet.calculate_dimension()
        if self._grid:
            of_all: Any = CellRange(found)
            found = of_all.union(self._grid.reference).coord
        self.xf.send(SheetDimension(found).to_tree())

    def write_rows(self) -> None:
        """Write the element of all rows, and keep these."""
        stream: Any = self.xf.send(True)
        with stream.element("sheetData"):
            stream.write(_HERE)
        self.xf.send(None)
        own = dict(self.rows())
        gridded = self._grid.rows if self._grid else {}
        self._rows = "".join(
            self._row(number, own.get(number, ()), gridded.get(number, ()))
            for number in sorted(own.keys() | gridded.keys())
        )

    def read(self) -> bytes:
        """The whole sheet."""
        return super().read().replace(f">{_HERE}<".encode(), f">{self._rows}<".encode(), 1)

    def _row(
        self, number: int, cells: Iterable[Cell | MergedCell], gridded: Sequence[Filled]
    ) -> str:
        looks = dict(self._sheet.row_dimensions.get(number, {}))
        said = "".join(f' {name}="{value}"' for name, value in looks.items())
        told = [cell for cell in cells if cell.value is not None or cell.has_style]
        # openpyxl lists links below the rows from what it met in them.
        self._sheet._hyperlinks += [cell.hyperlink for cell in told if cell.hyperlink]
        own = {int(cell.column or 0): cell for cell in told}
        columns: Iterable[int] = range(1, len(gridded) + 1)
        if own:
            columns = sorted({*own, *columns})
        written = [
            _cell(own[column])
            if column in own
            else self._filled(number, column, gridded[column - 1])
            for column in columns
        ]
        return f'<row r="{number}"{said}>{"".join(written)}</row>'

    def _filled(self, row: int, column: int, cell: Filled) -> str:
        rest = self._rests.get(cell)
        if rest is None:  # styles are numbered as they are met
            number = self._sheet.parent._cell_styles.add(cell.style)
            rest = self._rests[cell] = f'" s="{number}"{cell.content}'
        return f'<c r="{get_column_letter(column)}{row}{rest}'


def _cell(cell: Cell | MergedCell) -> str:
    style = f' s="{cell.style_id}"' if cell.has_style else ""
    return f'<c r="{cell.coordinate}"{style}{content_of(cell)}'


def content_of(cell: Cell | MergedCell) -> str:
    """The XML of a cell from its type on."""
    value = cell.value
    if isinstance(value, str):
        return f' t="inlineStr"{_text(value)}'
    if value is None:
        return ' t="n" />'
    if isinstance(value, date):
        return f' t="n"><v>{safe_string(to_excel(value))}</v></c>'  # type: ignore[no-untyped-call]
    return f' t="{cell.data_type}"><v>{safe_string(value)}</v></c>'


def _text(text: str) -> str:
    """What follows the attributes of a cell; a reader keeps space at the ends if it is told to."""
    if not text:
        return " />"
    stripped = text.strip()
    keep = ' xml:space="preserve"' if stripped and stripped != text else ""
    return f"><is><t{keep}>{escape(text, quote=False)}</t></is></c>"
