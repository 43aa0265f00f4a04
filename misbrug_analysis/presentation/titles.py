"""What pages are called, and the order in which they are listed."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.model.study import Run
from misbrug_analysis.presentation.language import Language


def page_title(run: Run, language: Language) -> str:
    """The title of a run's page; an annex begins with its letter."""
    title = run.title(language.code)
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
