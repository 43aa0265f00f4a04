"""How a page begins, and sections that are authored text only."""

from __future__ import annotations

from dataclasses import replace

from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Heading, Page
from misbrug_analysis.presentation.outline import slug
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import prose
from misbrug_analysis.presentation.titles import in_page_order, page_title, short_title

INDEX = "index.html"


def page(report: Report) -> list[Block]:
    """Title, banner, what the report was run for, and links to the study's other pages."""
    study, language = report.study, report.language
    settings = study.settings
    statement = settings.provenance.statement
    parameters = [(language.text("section.study"), report.say(settings.title))]
    if report.run.group is not None:
        parameters.append((language.text("section.about"), report.group_label(report.group)))
    parameters.append(
        (language.text("section.instrument"), report.say(study.instrument.title)),
    )
    title = page_title(report.run, language)
    links = [(language.text("section.index"), INDEX)]
    links += [
        (short_title(run, language), run.page)
        for run in in_page_order(study.runs())
        if run.id != report.run.id
    ]
    return [
        Page(
            title=title,
            lang=language.code,
            description=report.say(report.run.report.summary),
            study_title=report.say(settings.title),
            parameters=parameters,
            banner=report.say(statement) if statement else None,
            links=links,
        )
    ]


def text_section(report: Report, name: str) -> list[Block]:
    """An authored text under its own heading (its first line, ``# …``), if there is a text."""
    blocks: list[Block] = []
    for text in prose(report, name):
        first, _, rest = text.markdown.lstrip().partition("\n")
        if not first.startswith("# "):
            blocks.append(text)
            continue
        blocks.append(Heading(first.removeprefix("# ").strip(), 2, slug(name)))
        if rest.strip():
            blocks.append(replace(text, markdown=rest))
    return blocks
