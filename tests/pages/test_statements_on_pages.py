"""On the finished pages of 2014 each sentence that depends on the rules is marked, and no other."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import variants_page
from misbrug_analysis.presentation.passages import unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import (
    Judged,
    judged_statements,
    reports_with_statements,
)
from tests.projects import STUDY

EDITIONS = {"da": "", "en": "en/"}
BLOCKS = frozenset({"p", "li", "figcaption", "h2", "h3", "h4", "dd", "dt", "td", "th", "summary"})
COUNT = "\x01"


@dataclass
class Read(HTMLParser):
    """What a page says block by block; a mark is its address in brackets.

    ``counts`` are the links to counts of answers outside of tables: the block, where in it, and the
    anchor of the count.
    """

    html: str
    blocks: list[str] = field(default_factory=lambda: [""])
    counts: list[tuple[int, int, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._at = ""
        self._table = 0
        self._anchors: list[str] = []
        self.feed(self.html)
        blocks = [" ".join(block.split()).split(COUNT) for block in self.blocks]
        anchors = iter(self._anchors)
        for number, parts in enumerate(blocks):
            for nth in range(1, len(parts)):
                self.counts.append((number, len("".join(parts[:nth])), next(anchors)))
        self.blocks = ["".join(parts) for parts in blocks]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.blocks.append("")
        self._table += tag == "table"
        href = dict(attrs).get("href") or ""
        if tag == "a" and "#statement-" in href:
            self._at = href
            self.marks.append(href)
            self.blocks[-1] += f"[{href}]"
        elif tag == "a" and "#count-" in href and not self._table:
            self._anchors.append(href.partition("#")[2])
            self.blocks[-1] += COUNT

    def handle_endtag(self, tag: str) -> None:
        self._table -= tag == "table"
        if tag == "a":
            self._at = ""

    def handle_data(self, data: str) -> None:
        if not self._at:
            self.blocks[-1] += data

    @property
    def text(self) -> str:
        return "\n".join(self.blocks)

    def covered(self, block: int, place: int, texts: list[str]) -> bool:
        """Whether a place of a block is in one of these texts."""
        said = self.blocks[block]
        return any(
            found.start() <= place < found.end()
            for text in texts
            for found in re.finditer(with_mark(text), said)
        )


def with_mark(text: str, at: str = "") -> str:
    """A pattern of a sentence that has a mark among its closing signs, or after them, or none.

    With the address of a mark it is that one, and it is there.
    """
    end = re.search(r"[.!?»”*]*$", text)
    assert end is not None
    mark = rf" \[{re.escape(at)}\]" if at else r"(?: \[[^\]]*\])?"
    splits = range(end.start(), len(text) + 1)
    return "|".join(re.escape(text[:at]) + mark + re.escape(text[at:]) for at in splits)


@cache
def report(project: Path, language: str) -> Report:
    study = load_study(Project.find(project), STUDY)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


@cache
def told(project: Path, language: str) -> dict[str, list[Judged]]:
    """The statements of each page, by its name."""
    reports = reports_with_statements(report(project, language))
    found = {one.run.page: judged_statements(one) for one in reports}
    return {page: judged for page, judged in found.items() if judged}


@cache
def read(project: Path, language: str, page: str) -> Read:
    html = project / "outputs" / STUDY / "html" / EDITIONS[language] / page
    return Read(html.read_text("utf-8"))


@pytest.mark.parametrize("language", EDITIONS)
def test_the_narrative_and_every_group_s_page_have_statements(made: Path, language: str) -> None:
    pages = set(told(made, language))
    assert {"regional.html", "cluster-oest.html", "cluster-syd.html", "cluster-vest.html"} <= pages


@pytest.mark.parametrize("language", EDITIONS)
def test_every_statement_stands_on_its_page(made: Path, language: str) -> None:
    for page, statements in told(made, language).items():
        text = read(made, language, page).text
        texts = [unmarked(one.statement.text) for one in statements]
        missing = [said for said in texts if not re.search(with_mark(said), text)]
        assert missing == []


@pytest.mark.parametrize("language", EDITIONS)
def test_marks_stand_exactly_at_the_sentences_that_depend_on_rules(
    made: Path, language: str
) -> None:
    leads = variants_page(report(made, language).study)
    assert leads is not None
    for page, statements in told(made, language).items():
        seen = read(made, language, page)
        moved = {
            f"{leads.page}#{one.statement.anchor}": one
            for one in statements
            if one.verdict != "robust"
        }
        assert sorted(seen.marks) == sorted(moved)
        for at, one in moved.items():
            assert re.search(with_mark(unmarked(one.statement.text), at), seen.text)


@pytest.mark.parametrize("language", EDITIONS)
def test_a_mark_leads_to_the_row_of_its_sentence(made: Path, language: str) -> None:
    page = variants_page(report(made, language).study)
    assert page is not None
    rows = (made / "outputs" / STUDY / "html" / EDITIONS[language] / page.page).read_text("utf-8")
    for statements in told(made, language).values():
        for one in statements:
            if one.verdict != "robust":
                assert rows.count(f'id="{one.statement.anchor}"') == 1


@pytest.mark.parametrize("language", EDITIONS)
def test_no_sentence_with_a_settled_count_is_left_out(made: Path, language: str) -> None:
    study = report(made, language).study
    topics = [topic.id for topic in study.instrument.assessed_topics]
    settled = {one.replace(".", "-") for one in [*topics, *study.instrument.indicator_ids]}
    groups = [group for level in study.organisation.levels for group in level.group_ids]
    anchors = {f"count-{item}-{group}" for item in settled for group in groups}
    for page, statements in told(made, language).items():
        seen = read(made, language, page)
        texts = [unmarked(one.statement.text) for one in statements]
        assert any(anchor in anchors for _, _, anchor in seen.counts)
        left = [
            seen.blocks[block]
            for block, place, anchor in seen.counts
            if anchor in anchors and not seen.covered(block, place, texts)
        ]
        assert left == []


@pytest.mark.parametrize("language", EDITIONS)
def test_the_same_sentences_depend_on_rules_in_every_language(made: Path, language: str) -> None:
    def verdicts(code: str) -> list[tuple[str, bool]]:
        pages = told(made, code).values()
        return [(one.statement.anchor, one.verdict == "robust") for page in pages for one in page]

    assert verdicts(language) == verdicts("da")


def test_anchors_of_statements_are_unique(made: Path) -> None:
    anchors = [one.statement.anchor for page in told(made, "da").values() for one in page]
    assert len(set(anchors)) == len(anchors)
