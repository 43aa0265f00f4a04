"""The statements of all pages about a group, held against every variant of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import (
    Judged,
    judged_statements,
    reports_with_statements,
)
from misbrug_analysis.presentation.titles import page_title


@dataclass(frozen=True)
class Place:
    """A heading of a page, the address it has, and the statements under it."""

    name: str
    address: str
    judged: Sequence[Judged]


@dataclass(frozen=True)
class JudgedPage:
    """A page that is made from ``report``, and its statements."""

    report: Report = field(repr=False)
    judged: Sequence[Judged]

    @property
    def title(self) -> str:
        return page_title(self.report.run, self.report.language)

    @property
    def address(self) -> str:
        return self.report.run.page

    @property
    def is_whole(self) -> bool:
        """Whether the page is about all units."""
        return self.report.run.report.per in (None, self.report.study.organisation.largest.id)

    def of(self, *verdicts: str) -> list[Judged]:
        """The statements of some verdicts, in the order of the page."""
        return [one for one in self.judged if one.verdict in verdicts]

    @property
    def places(self) -> list[Place]:
        """The statements by the heading under which they stand, in the order of the page.

        What stands under none is under the page's own.
        """
        found: dict[str, list[Judged]] = {}
        for one in self.judged:
            found.setdefault(one.statement.place or self.title, []).append(one)
        return [Place(name, of[0].statement.address, of) for name, of in found.items()]


def judged_pages(report: Report) -> list[JudgedPage]:
    """The pages of a study that have statements, in the order of its reports.

    None before the first answer, and none where there is one way only to settle the answers.
    """
    if report.is_empty or len(report.sensitivity.variants) == 1:
        return []
    judged = [JudgedPage(one, judged_statements(one)) for one in reports_with_statements(report)]
    return [page for page in judged if page.judged]


def whole_page(pages: Sequence[JudgedPage]) -> JudgedPage | None:
    """The page about all units, else the first one there is."""
    return next((page for page in pages if page.is_whole), pages[0] if pages else None)
