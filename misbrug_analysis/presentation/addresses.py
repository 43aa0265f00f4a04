"""Where pages and their tables lie below the folder that is published, and how they link.

The root of the folder is the edition in the study's own language; every further language has a
folder with its code, whole in itself. All addresses are relative.
"""

from __future__ import annotations

from misbrug_analysis.model.study import EVIDENCE_PAGES, Study
from misbrug_analysis.presentation.outline import slug

INDEX = "index.html"
TABLES = "tables.html"
STATEMENT = "accessibility.html"

WHO_ANSWERED = "who-answered"
"""The table on the method page of every unit that was asked, with what it sent."""

_TOGETHER = 30
"""The answers of so many units to all questions of a topic stand on one page."""


def table_anchor(name: str) -> str:
    """The place of a table on the page of all tables."""
    return f"table-{name.replace('_', '-')}"


def has_page_an_item(study: Study) -> bool:
    """Whether each item's answers stand on a page of their own, since so many units answer."""
    return len(study.organisation.units) > _TOGETHER


def evidence_page(study: Study, item: str) -> str:
    """The page that tells how every answer to an item or a topic came about: ``method-5.html``.

    An item stands on the page of its topic, or on its own: ``method-5-2.html``.
    """
    stands = item if has_page_an_item(study) else _topic_of(study, item)
    return f"{EVIDENCE_PAGES}{slug(stands)}.html"


def count_anchor(item: str, group: str) -> str:
    """The place of what a group's units answer to an item, or of how they meet a topic."""
    return slug("count", item, group)


def answer_anchor(item: str, unit: str) -> str:
    """The place of a unit's answer to an item, or of how it meets a topic."""
    return slug("answer", item, unit)


def count_address(study: Study, item: str, group: str) -> str:
    """Where a count is told in full: ``method-5.html#count-5-2-nord``.

    ``item`` is any item of the instrument or a topic, ``group`` a group of any level.
    """
    return f"{evidence_page(study, item)}#{count_anchor(item, group)}"


def answer_address(study: Study, item: str, unit: str) -> str:
    """Where a unit's answer is told in full: ``method-5.html#answer-5-2-nord-3``."""
    return f"{evidence_page(study, item)}#{answer_anchor(item, unit)}"


def _topic_of(study: Study, item: str) -> str:
    if item in [topic.id for topic in study.instrument.topics]:
        return item
    return study.instrument.item(item).topic


def table_address(study: Study, name: str) -> str:
    """Where a published table is described and can be fetched; nothing where the study has none.

    ``tables.html#table-wishes``.
    """
    return f"{TABLES}#{table_anchor(name)}" if _has_table(study, name) else ""


def units_address(study: Study) -> str:
    """Where it is told who was asked and what each sent: the method page, else the table."""
    pages = [run.page for run in study.runs() if run.report.makes_tables]
    return f"{pages[0]}#{WHO_ANSWERED}" if pages else table_address(study, "units")


def _has_table(study: Study, name: str) -> bool:
    """Whether ``datasets`` makes a table of the study; those not named here are always made."""
    cooperation, areas, need = study.cooperation, study.areas, study.need
    every = [group for level in study.organisation.levels for group in level.groups]
    respondents = study.instrument.respondents
    there: dict[str, object] = {
        "wishes": cooperation and cooperation.focus_areas,
        "feedback": cooperation and cooperation.answers,
        "possible_counts": study.possible,
        "sensitivity": any(report.shows_variants for report in study.settings.reports),
        "rulings": study.rulings,
        "priorities": areas,
        "ratings": areas and areas.rated,
        "cooperation_areas": areas and areas.areas,
        "need": need,
        "need_groups": need,
        "population": need,
        "population_groups": need,
        "estimates": need,
        "other_estimates": need and need.file.others,
        "members": any(group.members for group in every),
        "totals": study.settings.totals,
        "comparisons": study.settings.compare_by,
        "agreement": respondents,
        "role_gaps": respondents and len(respondents.roles) > 1,
        "option_counts": len(study.instrument.items) > len(study.instrument.indicators),
    }
    return bool(there.get(name, True))


def edition_folder(study: Study, language: str) -> str:
    """The folder of an edition below the root, with its slash; nothing for the study's own."""
    return "" if language == study.settings.language else f"{language}/"


def in_edition(study: Study, here: str, there: str, page: str) -> str:
    """The address of a page of the edition ``there``, from a page of the edition ``here``."""
    up = "../" if edition_folder(study, here) else ""
    return f"{up}{edition_folder(study, there)}{page}"


def workbook(study: Study, language: str) -> str:
    """The address of an edition's workbook, from its pages."""
    return f"tables/{study.id}-{language}.xlsx"
