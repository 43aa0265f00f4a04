"""A page as PDF: tagged for those who hear it, the same bytes whenever and wherever it is made.

WeasyPrint is imported when it is needed: it takes a second, and not everyone has it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Collection, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

from misbrug_analysis.execution.files import write_whole
from misbrug_analysis.model.errors import Phrase, Problem, ReportError, shown
from misbrug_analysis.presentation.paper import pdf_style, ready_for_pdf

VARIANT = "pdf/ua-1"

OLDEST_PANGO = 1, 44

_POINTS = 0.75
"""Points of paper in a pixel of CSS."""


def pdf_problem() -> Problem | None:
    """Why no PDF can be made here, with what to install; None when it can."""
    try:
        # Where a library is missing WeasyPrint prints advice of its own before it raises.
        with redirect_stdout(io.StringIO()):
            from weasyprint.text.ffi import pango
    except ImportError as error:
        return Problem("pdf_package", values={"detail": error})
    except OSError as error:
        return Problem("pdf_libraries", values={"detail": str(error).splitlines()[0]})
    number = pango.pango_version()
    version = number // 10000, number // 100 % 100
    if version < OLDEST_PANGO:
        found = Phrase("old_pango", {"version": "{}.{}".format(*version)})
        return Problem("pdf_libraries", values={"detail": found})
    return None


def write_pdf(page: Path, target: Path, neighbours: Collection[str] = ()) -> None:
    """Write a page's HTML file as PDF (PDF/UA-1), whole or not at all.

    A link to another page leads to its PDF where that is one of ``neighbours`` (file names beside
    it, such as ``need.pdf``), else to the page itself.

    The file says nothing of when and where it was made, and nothing is fetched for it. Raises
    ReportError when it could not be made, or not whole: a picture or a link's end is missing.
    """
    with _faults_heard() as faults:
        try:
            document = laid_out(page.read_text(encoding="utf-8"), neighbours)
            content = document.write_pdf(pdf_variant=VARIANT, finisher=_complete)
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
    if faults:
        values = {"detail": "; ".join(dict.fromkeys(faults))}
        raise ReportError([Problem("pdf_failed", shown(page), values)])
    write_whole(target, content)


def laid_out(page: str, neighbours: Collection[str] = ()) -> Any:
    """A page's HTML laid out on paper, as WeasyPrint's Document; nothing but data: is fetched."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    styled = page.replace("</head>", f"<style>{pdf_style()}</style></head>", 1)
    # Without an address of its own the page's relative links stay relative.
    html = HTML(string=styled, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    ready_for_pdf(html.etree_element, neighbours)
    return html.render(pdf_variant=VARIANT)


class _Listener(logging.Handler):
    def __init__(self, faults: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        self.faults.append(record.getMessage())


@contextmanager
def _faults_heard() -> Iterator[list[str]]:
    """What WeasyPrint finds missing; its warnings are about styles for screens, and are dropped."""
    logger = logging.getLogger("weasyprint")
    faults: list[str] = []
    before = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [_Listener(faults)], False
    try:
        yield faults
    finally:
        logger.handlers, logger.propagate = before


def _complete(document: Any, pdf: Any) -> None:
    """Add to the tags what WeasyPrint leaves out or gets wrong."""
    _describe_links(document)
    by_reference = {entry.reference: entry for entry in pdf.objects}
    for entry in pdf.objects:
        kind = entry.get("S") if isinstance(entry, dict) else None
        if kind == "/TH":
            row = by_reference[entry["P"]]
            in_head = by_reference[row["P"]]["S"] == "/THead"
            entry["A"]["Scope"] = "/Column" if in_head else "/Row"
        elif kind == "/Figure":
            _turn_box(entry["A"]["BBox"], by_reference[entry["Pg"]]["MediaBox"][3])


def _describe_links(document: Any) -> None:
    """Say in its text where a link leads; WeasyPrint gives the bare address."""
    import pydyf

    for page in document.pages:
        for _, _, _, box in page.links:
            if box.link_annotation:
                text = " ".join("".join(box.element.itertext()).split())
                box.link_annotation["Contents"] = pydyf.String(text)


def _turn_box(box: list[float], height: float) -> None:
    """From pixels below the upper edge, as WeasyPrint counts, to points above the lower one."""
    left, top, right, bottom = (_POINTS * side for side in box)
    box[:] = [left, height - bottom, right, height - top]
