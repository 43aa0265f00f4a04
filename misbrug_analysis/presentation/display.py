"""What a notebook author imports to put something on a page: the blocks, and ``show``."""

from __future__ import annotations

from misbrug_analysis.presentation.block import VENDOR_TYPE, Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Figure,
    Heading,
    KeyFigures,
    Notice,
    Page,
    Paragraphs,
    Prose,
    Quotes,
    Table,
)
from misbrug_analysis.presentation.bundle import block_from_bundle
from misbrug_analysis.presentation.cells import Column, Lines, Link, Mark
from misbrug_analysis.presentation.page import render_page

__all__ = [
    "VENDOR_TYPE",
    "Block",
    "Bullets",
    "Column",
    "Definitions",
    "Figure",
    "Heading",
    "KeyFigures",
    "Lines",
    "Link",
    "Mark",
    "Notice",
    "Page",
    "Paragraphs",
    "Prose",
    "Quotes",
    "Table",
    "block_from_bundle",
    "render_page",
    "show",
]


def show(*blocks: Block) -> None:
    """Display the blocks in a notebook, each as an output of its own.

    Raises TypeError for anything that is no block: it would not reach the page.
    """
    from IPython.display import display

    for block in blocks:
        if not isinstance(block, Block):
            raise TypeError(
                f"show() takes blocks such as Paragraphs or Figure, not {type(block).__name__}"
            )
    for block in blocks:
        display(block)  # type: ignore[no-untyped-call]
