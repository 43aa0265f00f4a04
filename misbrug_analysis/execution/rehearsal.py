"""What the first page of a process waits for, done before others are forked from it."""

from __future__ import annotations

from misbrug_analysis.presentation.blocks import Page, Paragraphs
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page


def rehearse_pages() -> None:
    """Load the catalogues and the rules of all languages, and compile the templates."""
    for code in Language.codes():
        language = Language.load(code)
        language.number(1234.5, 1)
        language.percent(0.15)
        language.join(["a", "b"])
        render_page(Page("a", code), [Paragraphs(["a"])], language)


def rehearse_notebooks() -> None:
    """Compile what notebooks are checked by."""
    import nbformat
    from nbformat.v4 import new_notebook

    nbformat.validate(new_notebook())  # type: ignore[no-untyped-call]
