"""The most important first, and all answers at a glance."""

from __future__ import annotations

from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, KeyFigures, Paragraphs
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.opening import text_section
from misbrug_analysis.presentation.titles import in_page_order, page_list
from misbrug_analysis.presentation.wording import (
    Counts,
    again,
    answered,
    quantifier,
    status,
)


def key_figures(report: Report) -> list[Block]:
    """Who answered, how much all of them do, and what fewest do, as figures to remember."""
    language, noun = report.language, report.unit_noun
    counts = {item: report.counts(item) for item in report.study.instrument.indicator_ids}
    counted = {item: count for item, count in counts.items() if count.n}
    if not counted:
        return []

    def of(n: int, total: int) -> str:
        return language.text("table.of", n=language.number(n), total=language.number(total))

    asked = len(report.units)
    everyone = sum(count.yes == count.n for count in counted.values())
    fewest = min(counted, key=lambda item: counted[item].yes / counted[item].n)
    figures = [
        (of(asked - len(report.absent), asked), language.text("highlights.sent", many=noun.many)),
        (of(everyone, len(counts)), language.text("highlights.everyone", many=noun.many)),
    ]
    if everyone < len(counted):
        says = language.text("highlights.fewest", many=noun.many, item=report.item_name(fewest))
        figures.append((of(counted[fewest].yes, counted[fewest].n), says))
    return [KeyFigures(figures)]


def conclusions(report: Report) -> list[Block]:
    """What a reader should take away: who answered, what all do, what fewest do."""
    language, instrument = report.language, report.study.instrument
    counts = {item: report.counts(item) for item in instrument.indicator_ids}
    counted = {item: count for item, count in counts.items() if count.n}
    lead = [answered(language, len(report.units), report.absent, report.unit_noun)]
    if report.is_empty:
        lead.append(language.text("section.waiting"))
    everyone = [item for item, count in counted.items() if count.yes == count.n]
    if everyone:
        lead.append(_everyone(report, everyone, counted[everyone[0]]))
    rest = sorted(
        (item for item in counted if item not in everyone),
        key=lambda item: counted[item].yes / counted[item].n,
    )
    heading = Heading(language.text("section.main"), 2, "main")
    blocks: list[Block] = [heading, Paragraphs([" ".join(lead)], kind="lead")]
    if rest:
        blocks.append(Paragraphs([language.text("section.fewest_first")]))
        blocks.append(
            Bullets(
                [
                    status(language, report.item_name(item), again(counted[item]), report.unit_noun)
                    for item in rest
                ]
            )
        )
    return blocks


def overview(report: Report) -> list[Block]:
    """Every unit's answer to every indicator, readable without colour; nothing before the first."""
    if report.is_empty:
        return []
    heading = Heading(report.language.text("section.overview"), 2, "all-answers")
    return [heading, tables.overview(report)]


def regional_overview(report: Report) -> list[Block]:
    """The authored conclusions, then how many say yes in each group, if any has answered."""
    blocks = text_section(report, "conclusions") or conclusions(report)
    return blocks if report.is_empty else [*blocks, tables.yes_table(report)]


def annexes(report: Report) -> list[Block]:
    """Links to the annexes, each with what it holds; no block where the study has none."""
    runs = [run for run in in_page_order(report.study.runs()) if run.annex]
    if not runs:
        return []
    heading = Heading(report.language.text("index.annexes"), 2, "annexes")
    return [heading, page_list(runs, report.language)]


def _everyone(report: Report, items: list[str], counts: Counts) -> str:
    """One sentence on the indicators that all who answered say yes to."""
    language = report.language
    subject = language.capitalise(
        quantifier(language, counts.n, counts.n, report.unit_noun, missing=counts.missing)
    )
    return language.plural(
        "section.everyone",
        len(items),
        subject=subject,
        n=language.numeral(len(items)),
        total=language.numeral(len(report.study.instrument.indicators)),
    )
