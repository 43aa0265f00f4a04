"""Which sections a notebook shows, read without running it."""

from __future__ import annotations

import pytest

from misbrug_analysis.model.notebooks import NotebookCell
from misbrug_analysis.presentation.shown_sections import ShownSections, shown_sections

KNOWN = frozenset({"text", "missing"})
OPENED = 'from misbrug_analysis import open_report, sections, show\nreport = open_report("n", {})\n'


def shown(*sources: str) -> ShownSections:
    return shown_sections([NotebookCell("code", one) for one in sources], "n", KNOWN)


def told(*sources: str) -> list[tuple[object, ...]]:
    """The calls, each with its arguments; every cell can be read."""
    found = shown(*sources)
    assert found.unread == ()
    return [(one.section, *one.args, *(value for _, value in one.kwargs)) for one in found.calls]


@pytest.mark.parametrize(
    "source",
    [
        "show(*sections.text(report, 'a'))",
        "show(*sections.text(report=report, name='a'))",
        "show(*sections.text(name='a', report=report))",
        "%time show(*sections.text(report, 'a'))",
        "%%time\nshow(*sections.text(report, 'a'))",
        "%matplotlib inline\n!ls\nshow(*sections.text(report, 'a'))",
        "files = !ls\nx?\nshow(*sections.text(report, 'a'))",
        "from misbrug_analysis import sections as s\nshow(*s.text(report, 'a'))",
        "import misbrug_analysis\nshow(*misbrug_analysis.sections.text(report, 'a'))",
        "import misbrug_analysis.presentation.sections as s\nshow(*s.text(report, 'a'))",
        "from misbrug_analysis.presentation.sections import text as t\nshow(*t(report, 'a'))",
        "from misbrug_analysis.presentation.sections import *\nshow(*text(report, 'a'))",
        "mine = report\nshow(*sections.text(mine, 'a'))",
        "mine: object = open_report('n', {})\nshow(*sections.text(mine, 'a'))",
        "with here():\n    show(*sections.text(report, 'a'))",
    ],
)
def test_a_call_is_read_however_it_is_written(source: str) -> None:
    assert told(OPENED, source) == [("text", "a")]


def test_calls_come_in_the_order_in_which_they_stand() -> None:
    source = "show(*sections.text(report, 'b'), *sections.missing(report, name='c'))"
    assert told("show(*first(sections.text(report, 'a')))", source) == [
        ("text", "a"),
        ("text", "b"),
        ("missing", "c"),
    ]


def test_an_alias_holds_in_later_cells() -> None:
    assert told("from misbrug_analysis import sections as s", "s.text(report)") == [("text",)]


@pytest.mark.parametrize(
    "source",
    [
        "sections.text(*[report, 'a'])",
        "sections.text(report, *['a'])",
        "sections.text(report, **{'name': 'a'})",
        "sections.text()",
        "name = 'a'\nsections.text(report, name)",
        "for one in 'ab':\n    sections.text(report, one)",
        "[sections.text(report, 'a') for one in 'ab']",
        "if unsure:\n    sections.text(report, 'a')",
        "def mine():\n    return sections.text(report, 'a')",
        "write = sections.text\nwrite(report, 'a')",
        "s = sections\ns.text(report, 'a')",
        "getattr(sections, 'text')(report, 'a')",
        "%%capture\nshow(*sections.text(report, 'a'))",
        "sections.text(report, 'a'",
        f"{'(' * 300}sections{')' * 300}",
    ],
)
def test_what_would_take_a_run_to_know_is_told(source: str) -> None:
    found = shown(OPENED, source)
    assert (found.calls, found.unread) == ((), (2,))


@pytest.mark.parametrize(
    "source",
    [
        "sections.page(report)",
        "for one in 'ab':\n    sections.page(report, one)",
        "%%bash\nls",
        "print(",
        "x = '\0'",
        "sections.text(other, 'a')",
        "sections.text(report.under(3), 'a')",
        "report = report.under(3)\nsections.text(report, 'a')",
        "other = open_report('m', {})\nsections.text(other, 'a')",
        "from elsewhere import sections\nsections.text(report, 'a')",
    ],
)
def test_what_shows_no_sentence_of_this_report_is_passed_over(source: str) -> None:
    assert told(OPENED, source) == []


def test_cells_for_researchers_and_of_text_show_nothing() -> None:
    source = "sections.text(report, 'a')"
    kinds = [NotebookCell("markdown", source), NotebookCell("code", source, ("researcher",))]
    assert shown_sections(kinds, "n", KNOWN) == ShownSections((), ())


def test_cells_of_text_are_counted_too() -> None:
    cells = [NotebookCell("markdown", "# A"), NotebookCell("code", "sections.text(report, x)")]
    assert shown_sections(cells, "n", KNOWN).unread == (2,)
