"""The rows of a page of evidence, as they are read."""

from __future__ import annotations

from html.parser import HTMLParser


class Rows(HTMLParser):
    """The rows of a page's tables that have an anchor: their cells, each with its lines."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[list[str]]] = {}
        self.links: dict[str, list[str]] = {}
        self.ids: list[str] = []
        self._row = ""
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "tr":
            self._row = given.get("id") or ""
            self.found.setdefault(self._row, [])
        elif tag in ("td", "th"):
            self.found.setdefault(self._row, []).append([""])
            self._inside = True
        elif tag == "p" and self._inside and self.found[self._row][-1] != [""]:
            self.found[self._row][-1].append("")
        elif tag == "a" and self._inside:
            self.links.setdefault(self._row, []).append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[self._row][-1][-1] += data.replace("\N{NO-BREAK SPACE}", " ").strip("\n")

    def cells(self, row: str) -> list[list[str]]:
        return self.found[row]
