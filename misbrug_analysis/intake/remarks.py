"""The remarks on questions."""

from __future__ import annotations

from collections.abc import Iterable

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.rows import QuestionRows
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.privacy import masked


def read_remark(ledger: FileLedger, layout: Layout, question: QuestionRows) -> tuple[str, str]:
    """The remark on a question with those beside its options, masked, and where it begins.

    A formula is no remark: what it shows is not in the file.
    """
    column = layout.columns.get("remark", 0)
    cells = [row.cells[column] for row in question.rows if column in row.cells]
    said = [(text, cell) for cell in cells if (text := _text(ledger, question, cell))]
    if not said:
        return "", ""
    return masked("\n".join(text for text, _ in said)), said[0][1].locator


def _text(ledger: FileLedger, question: QuestionRows, cell: Cell) -> str:
    if cell.kind not in ("formula", "error"):
        ledger.settle(cell.locator, "used", "remark")
        return cell.text
    told = {"item": question.item.id, "value": excerpt(cell.text), "valid": "–"}
    return ledger.reject([cell.locator], "remark_formula", str, **told) or ""


def tell_merged(ledger: FileLedger, layout: Layout, questions: Iterable[QuestionRows]) -> None:
    """A warning for each remark that stands beside several questions at once."""
    asked = {row.number: question.item.id for question in questions for row in question.rows}
    for merge in layout.remark_merges():
        over = [item for row, item in sorted(asked.items()) if merge.top <= row <= merge.bottom]
        items = list(dict.fromkeys(over))
        if len(items) > 1:
            at = layout.sheet.locate(merge.top, layout.columns["remark"])
            told = {"item": name_list(items), "range": merge.range}
            ledger.warn(at, "remark_merged", **told)
