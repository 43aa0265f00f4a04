"""What pages are called, and the order in which they are listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from misbrug_analysis.model.study import Run
from misbrug_analysis.presentation.blocks import Definitions
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language


def page_title(run: Run, language: Language) -> str:
    """The title of a run's page; an annex begins with its letter."""
    title = run.title(language.code, in_language)
    if run.annex is None:
        return title
    return language.text("page.annex_title", annex=annex_name(run, language), title=title)


def short_title(run: Run, language: Language) -> str:
    """The title as it stands among the links at the head of a page: an annex by its letter."""
    return annex_name(run, language) or page_title(run, language)


def annex_name(run: Run, language: Language) -> str:
    """``Annex C``, or nothing for a page that is none."""
    return language.text("page.annex", letter=run.annex) if run.annex else ""


def in_page_order(runs: Sequence[Run]) -> list[Run]:
    """The runs as listed, with the annexes in the order of their letters where the first stands."""
    first = next((place for place, run in enumerate(runs) if run.annex), len(runs))
    places = {run.id: place for place, run in enumerate(runs)}
    return sorted(runs, key=lambda run: (first if run.annex else places[run.id], run.annex or ""))


def page_list(runs: Sequence[Run], language: Language) -> Definitions:
    """The pages as links, each with what it is for."""
    summaries = page_summaries(runs, language)
    entries = [
        (Link(page_title(run, language), run.page), [summary])
        for run, summary in zip(runs, summaries, strict=True)
    ]
    return Definitions(entries, stacked=True)


def page_summaries(runs: Sequence[Run], language: Language) -> list[str]:
    """What each page is for.

    Of a report that is run for several groups, the pages differ in who belongs to the group.
    """
    several = Counter(run.report.id for run in runs)
    return [
        _members(run, language) if several[run.report.id] > 1 else _summary(run, language)
        for run in runs
    ]


def _summary(run: Run, language: Language) -> str:
    return in_language(run.report.summary, language.code)


def _members(run: Run, language: Language) -> str:
    labels = [member.label for member in run.group.members] if run.group else []
    return language.join(labels) if labels else _summary(run, language)
