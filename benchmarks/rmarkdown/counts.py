"""How many charts and tables a page of ours shows, so that R Markdown can be asked for as many."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TypedDict

from benchmarks.asked import asked


@dataclass
class Table:
    """Rows and columns of a table, its heads left out."""

    rows: int = 0
    columns: int = 0


class PageCounts(TypedDict):
    """A page by its id: its charts, and its tables in their order."""

    id: str
    charts: int
    tables: list[dict[str, int]]


@dataclass
class Shown:
    """What a page shows."""

    charts: int = 0
    tables: list[Table] = field(default_factory=list)


def shown_on(page: str) -> Shown:
    """The charts and tables of a page, also those that are folded away."""
    reader = _Reader()
    reader.feed(page)
    return reader.shown


def counts(project: Path, study: str) -> list[PageCounts]:
    """What every page of a study's reports shows, in all languages, as its outputs are now."""
    found = []
    for one in asked(project, study):
        shown = shown_on(one.page.read_text(encoding="utf-8"))
        tables = [asdict(table) for table in shown.tables]
        found.append(PageCounts(id=one.id, charts=shown.charts, tables=tables))
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown = Shown()
        self._in_body = False
        self._cells = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "figure" and dict(attributes).get("class") == "chart":
            self.shown.charts += 1
        elif tag == "table":
            self.shown.tables.append(Table())
        elif tag == "tbody":
            self._in_body = True
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self._cells += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "tbody":
            self._in_body = False
        elif tag == "tr" and self._in_body:
            table = self.shown.tables[-1]
            table.rows += 1
            table.columns = max(table.columns, self._cells)
