"""How a form is printed: A4, as wide as the paper, no question torn apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.look import UNIT
from misbrug_analysis.presentation.sheets import cell_text

_A4 = 9
_SIDE, _TOP, _BOTTOM = 0.45, 0.5, 0.65
"""Margins in inches."""

_PAPER_WIDE, _PAPER_HIGH = 595.0, 842.0
_SPARE = 0.97
"""Row heights are estimates, so a page is not filled to the last point."""

_MOST_IN_FOOTER = 100


@dataclass(frozen=True)
class Block:
    """Rows that belong together: the first of them, and their height in points."""

    row: int
    height: float


def set_up(sheet: Worksheet, said: str, language: Language) -> None:
    """A4, as wide as the paper; ``said`` stands at the foot beside the number of the page."""
    sheet.page_setup.orientation = "portrait"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins = PageMargins(_SIDE, _SIDE, _TOP, _BOTTOM, 0.3, 0.3)
    footer = HeaderFooterItem()
    footer.left.text = _in_footer(said)
    footer.right.text = language.text("paper.number", page="&P", pages="&N")
    sheet.oddFooter = footer


def break_pages(
    sheet: Worksheet, blocks: Sequence[Block], above: float, head: float, width: float
) -> None:
    """Begin a page before a block that does not fit on what is left of one.

    The first block stays below what stands over the headings.
    ``above`` is the height of what stands over the headings, ``head`` that of the headings, which
    every page repeats, and ``width`` that of the columns in characters.
    """
    across = _PAPER_WIDE - (2 * _SIDE) * 72
    scale = min(1.0, across / (width * UNIT))
    page = (_PAPER_HIGH - (_TOP + _BOTTOM) * 72) / scale * _SPARE - head
    left = page - above
    for place, block in enumerate(blocks):
        if place and block.height > left and left < page:
            sheet.row_breaks.append(Break(id=block.row - 1))
            left = page
        left -= block.height
        while left < 0:  # it goes on over the next page
            left += page


def _in_footer(text: str) -> str:
    line = " ".join(cell_text(text).split())
    cut = line if len(line) <= _MOST_IN_FOOTER else line[: _MOST_IN_FOOTER - 1] + "…"
    return cut.replace("&", "&&")
