"""The head of every page of a study, and the ways from it to all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from misbrug_analysis.model.study import Run, Study
from misbrug_analysis.model.tables import COLUMNS
from misbrug_analysis.presentation.addresses import (
    INDEX,
    STATEMENT,
    TABLES,
    in_edition,
    table_anchor,
    workbook,
)
from misbrug_analysis.presentation.blocks import Page
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language
from misbrug_analysis.presentation.titles import in_page_order, page_title, short_title

BESIDE = 6
"""So many pages of a kind are named one by one at the head of every page."""


def page_head(
    study: Study,
    language: Language,
    address: str,
    title: str,
    description: str,
    *,
    parameters: Sequence[tuple[str, str]] = (),
    editions: Sequence[str] | None = None,
    rests_on: Sequence[Link] = (),
) -> Page:
    """The head of the page at ``address``: title, banner, and links to the study's other pages.

    ``editions`` are the languages in which the page is to be had; all of the study when None.
    """
    settings = study.settings
    runs = in_page_order(study.runs())
    before, after = _neighbours(runs, address, language)
    return Page(
        title=title,
        lang=language.code,
        description=description,
        study_title=in_language(settings.title, language.code),
        parameters=parameters,
        banner=_banner(study, language),
        links=_ways(study, runs, address, language) if address != INDEX else [],
        here=address,
        editions=_editions(study, language, address, editions),
        previous=before,
        next=after,
        rests_on=rests_on,
        statement=STATEMENT if address != STATEMENT else "",
    )


def _ways(
    study: Study, runs: Sequence[Run], address: str, language: Language
) -> list[tuple[str, str]]:
    """The index and every report; of many of a kind the list on the index, and the page itself."""
    numbers = Counter(run.report.id for run in runs)
    ways = [(language.text("section.index"), INDEX)]
    for run in runs:
        if numbers[run.report.id] > BESIDE:
            part = "annexes" if run.annex else "groups"
            listed = (many_pages(study, run, numbers[run.report.id], language), f"{INDEX}#{part}")
            if listed not in ways:
                ways.append(listed)
            if run.page != address:
                continue
        ways.append((short_title(run, language), run.page))
    return ways


def many_pages(study: Study, run: Run, number: int, language: Language) -> str:
    """What the pages of a report that is run for many groups are called together."""
    title = in_language(run.report.title, language.code)
    if run.report.per is None:
        return title
    noun = in_language(study.organisation.level(run.report.per).noun, language.code)
    n = language.number(number)
    return language.text("section.many_pages", title=title, n=n, many=noun.many)


def _banner(study: Study, language: Language) -> str | None:
    """What readers must see first: where answers come from that no one gave, and that more come."""
    statement = study.settings.provenance.statement
    said = [in_language(statement, language.code)] if statement else []
    if study.settings.collecting:
        said.append(language.text("round.open"))
    return " ".join(said) or None


def run_head(study: Study, run: Run, language: Language) -> Page:
    """The head of a report's page, with what it is about as its parameters."""
    settings = study.settings
    parameters = [(language.text("section.study"), in_language(settings.title, language.code))]
    if run.group is not None:
        label = in_language(run.group.label, language.code)
        parameters.append((language.text("section.about"), label))
    instrument = in_language(study.instrument.title, language.code)
    parameters.append((language.text("section.instrument"), instrument))
    summary = in_language(run.report.summary, language.code)
    title = page_title(run, language)
    rests_on = _rests_on(study, run, language)
    return page_head(
        study, language, run.page, title, summary, parameters=parameters, rests_on=rests_on
    )


def _neighbours(
    runs: Sequence[Run], address: str, language: Language
) -> tuple[Link | None, Link | None]:
    """The reports before and after a report, in the order in which they are listed."""
    places = [run.page for run in runs]
    if address not in places:
        return None, None
    place = places.index(address)
    around = [runs[at] if 0 <= at < len(runs) else None for at in (place - 1, place + 1)]
    before, after = (Link(page_title(run, language), run.page) if run else None for run in around)
    return before, after


def _editions(
    study: Study, language: Language, address: str, codes: Sequence[str] | None
) -> list[tuple[str, str, str]]:
    """The page in other languages, as (the language's own name for itself, address, code)."""
    others = study.languages if codes is None else codes
    return [
        (
            language.capitalise(Language.load(code).text("language.name")),
            in_edition(study, language.code, code, address),
            code,
        )
        for code in others
        if code != language.code
    ]


def method_page(study: Study) -> Run | None:
    """The report on how the answers were settled, where the study has one."""
    return next((run for run in study.runs() if run.report.makes_tables), None)


def variants_page(study: Study) -> Run | None:
    """The report on what other rules would have made of the answers, where there is one."""
    return next((run for run in study.runs() if run.report.shows_variants), None)


def method_links(study: Study, language: Language) -> list[Link]:
    """The way to the page on how the answers were settled, where there is one."""
    method = method_page(study)
    return [Link(page_title(method, language), method.page)] if method else []


def _rests_on(study: Study, run: Run, language: Language) -> list[Link]:
    """How answers were settled where the page rests on answers, its tables, and the workbook."""
    naming = Naming(study, language, on_page=True)
    rests_on_answers = COLUMNS.keys() & set(run.report.tables)
    links = method_links(study, language) if rests_on_answers else []
    for name in run.report.tables:
        if name == "rulings" and not study.rulings:  # there is no such table before the first one
            continue
        text = language.text("page.table", name=naming.sheet(name))
        links.append(Link(text, f"{TABLES}#{table_anchor(name)}"))
    links.append(Link(language.text("page.tables"), TABLES))
    links.append(Link(language.text("page.workbook"), workbook(study, language.code)))
    return [link for link in links if link.href != run.page]
