"""A whole page from its blocks: the one template of reports, index and failure pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.metadata import version

from markupsafe import Markup

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Page
from misbrug_analysis.presentation.html import View, block_html, environment, style_sheet
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.outline import CONTENTS_ID, MAIN_ID, Outline
from misbrug_analysis.presentation.paper import page_number

DISTRIBUTION = "misbrug-analysis"

# What the style sheet underlines with dots, and the marks that lead to answers without them.
_NUMBERS = re.compile(
    r'<a href="[^"]*(?:#count-|#answer-|\.html#table-|-answered")[^>]*>(?!<span class="mark)'
)
_MARKS = re.compile(r'<a href="[^"]*#answer-[^"]*"><span class="mark|<tbody class="marks">')
# In these the words of a mark stand for it.
_DENSE = re.compile(r'<tbody class="marks">.*?</tbody>', re.DOTALL)

_OF_MANY = re.compile(r'class="(?:[^"]* )?(dense|many|folded|screen)"')
"""What ``many.css`` is for."""

TAKEN_IN_AT_A_GLANCE = 3
"""A page with no more headings than this needs no contents."""


def render_page(
    page: Page, blocks: Sequence[Block], language: Language, *, listed: bool = True
) -> str:
    """The page as one HTML file: no script, no request to anywhere, the same bytes every time.

    One that is not ``listed`` asks search engines to leave it out, wherever it ends up.
    Raises ValueError when the page is in another language than the labels, when a second Page is
    among the blocks, and when Markdown in them holds a picture.
    """
    if page.lang != language.code:
        raise ValueError(f"the page is in {page.lang!r}, but its labels are in {language.code!r}")
    if any(isinstance(block, Page) for block in blocks):
        raise ValueError(f"the page {page.title!r} has a second Page among its blocks; give one")
    outline = Outline()
    view = View(outline, language)
    body = [block_html(block, view) for block in blocks]
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            listed=listed,
            body=body,
            contents=outline.contents,
            long=outline.entries > TAKEN_IN_AT_A_GLANCE,
            main_id=MAIN_ID,
            contents_id=CONTENTS_ID,
            style=_style(body),
            page_number=page_number(language),
            leading={
                "numbers": any(_NUMBERS.search(_DENSE.sub("", html)) for html in body),
                "marks": any(map(_MARKS.search, body)),
            },
            label=view.label,
            generator=f"{DISTRIBUTION} {version(DISTRIBUTION)}",
        )
    )


def _style(body: Sequence[Markup]) -> Markup:
    sheets = ["page.css", *(["many.css"] if any(map(_OF_MANY.search, body)) else [])]
    return Markup("\n").join(map(style_sheet, sheets))
