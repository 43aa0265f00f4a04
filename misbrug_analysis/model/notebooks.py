"""The cells of a notebook's file, as far as the project reads them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from misbrug_analysis.model.errors import DefinitionError, Problem

LEFT_OUT = "researcher"
"""The tag of a cell that is for those who work with the notebook and not for readers."""


@dataclass(frozen=True)
class NotebookCell:
    """A cell without its outputs; ``kind`` is ``code``, ``markdown`` or ``raw``."""

    kind: str
    source: str
    tags: tuple[str, ...] = ()


def notebook_cells(path: Path, where: str) -> list[NotebookCell]:
    """The cells of a notebook (nbformat 4), in order.

    Raises DefinitionError, in which the file is called ``where``, for a file that is none.
    """
    try:
        return [_cell(cell) for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]]
    except json.JSONDecodeError as error:
        where = f"{where}, line {error.lineno}"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise DefinitionError([Problem("notebook_unreadable", where)])


def _cell(cell: dict[str, Any]) -> NotebookCell:
    source, tags = cell["source"], cell.get("metadata", {}).get("tags", [])
    text = source if isinstance(source, str) else "".join(source)
    return NotebookCell(cell["cell_type"], text, tuple(tags))
