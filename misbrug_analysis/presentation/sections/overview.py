"""The most important first, and all answers at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, KeyFigures, Paragraphs
from misbrug_analysis.presentation.judging import (
    Said,
    SaidTogether,
    marks_note,
    said,
    said_together,
)
from misbrug_analysis.presentation.outline import MAIN_ID, slug
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import several
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.opening import section_text, text_section
from misbrug_analysis.presentation.sections.standing import answer_matrix, matrix_sentences
from misbrug_analysis.presentation.spreads import are_many
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.tables_by_group import yes_by_group
from misbrug_analysis.presentation.titles import in_page_order, page_list
from misbrug_analysis.presentation.wording import NAMED, again, answered, quantifier, status

_ALL = 15
"""So many indicators are all told one by one; of more, only those that fewest say yes to.

Of as many units as have a table of their own, too: it stands below, with all indicators.
"""

_FEW = 8


def key_figure_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``key_figures``."""
    yield SaidTogether(_top(report), _key_figures)


@tells(key_figure_sentences)
def key_figures(report: Report) -> list[Block]:
    """Who answered, how much all of them do, and what fewest do, as figures to remember.

    And what marks after sentences mean, on a page that can have any.
    """
    figures = _figures(report)
    if not figures:
        return []
    told = said_together(report, SaidTogether(_top(report), _key_figures))
    shown = [
        (figure, told[key].removeprefix(f"{figure} ") if key in told else counted)
        for key, (figure, counted) in figures.items()
    ]
    return [KeyFigures(shown), *marks_note(report)]


def conclusion_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``conclusions``."""
    yield _said_of_all(report)
    items = report.study.instrument.indicator_ids
    for item in items if _tells_all(report) else _fewest_first(report)[:_FEW]:
        yield _said_of(report, item)


@tells(conclusion_sentences)
def conclusions(report: Report) -> list[Block]:
    """What a reader should take away: who answered, what all do, what fewest do."""
    language = report.language
    lead = [answered(language, len(report.units), report.absent, report.unit_noun, report.units_at)]
    if report.is_empty:
        lead.append(language.text("section.waiting"))
    lead.append(_withheld(report))
    lead.append(said(report, _said_of_all(report)))
    rest = _fewest_first(report)
    place = _main(report)
    text = " ".join(filter(None, lead))
    blocks: list[Block] = [Heading(place.heading, 2, place.anchor), Paragraphs([text], kind="lead")]
    shown = rest if _tells_all(report) else rest[:_FEW]
    if rest:
        blocks.append(Paragraphs([language.text("section.fewest_first")]))
        blocks.append(Bullets([said(report, _said_of(report, item)) for item in shown]))
    if more := len(rest) - len(shown):
        n = linked(language.numeral(more), report.table_at("scores"))
        blocks.append(Paragraphs([language.plural("section.fewest_left", more, n=n)], kind="note"))
    return blocks


def overview_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``overview``: it is a table alone, unless there are many units."""
    return matrix_sentences(report) if len(report.units) > tables.ACROSS else iter(())


@tells(overview_sentences)
def overview(report: Report) -> list[Block]:
    """Every unit's answer to every indicator, readable without colour; nothing before the first.

    Of many units it is the table of ``answer_matrix``.
    """
    if report.is_empty:
        return []
    if len(report.units) > tables.ACROSS:
        return answer_matrix(report)
    heading = Heading(report.language.text("section.overview"), 2, "all-answers")
    return [heading, tables.overview(report)]


def regional_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``regional_overview``."""
    texts = list(section_text(report, "conclusions"))
    return iter(texts or conclusion_sentences(report))


@tells(regional_sentences)
def regional_overview(report: Report) -> list[Block]:
    """The authored conclusions, then how many say yes in each group, if any has answered."""
    blocks = text_section(report, "conclusions") or conclusions(report)
    if report.is_empty:
        return blocks
    many = are_many(report.subgroups[1])
    return [*blocks, yes_by_group(report) if many else tables.yes_table(report)]


def annexes(report: Report) -> list[Block]:
    """Links to the annexes, each with what it holds; no block where the study has none."""
    runs = [run for run in in_page_order(report.study.runs()) if run.annex]
    if not runs:
        return []
    heading = Heading(report.language.text("index.annexes"), 2, "annexes")
    return [heading, page_list(runs, report.language)]


def _fewest_first(report: Report) -> list[str]:
    """The indicators that not all say yes to, from the one with the smallest share."""
    counts = {item: report.counts(item) for item in report.study.instrument.indicator_ids}
    return sorted(
        (item for item, count in counts.items() if count.yes < count.n),
        key=lambda item: counts[item].yes / counts[item].n,
    )


def _tells_all(report: Report) -> bool:
    return len(report.study.instrument.indicators) <= _ALL and len(report.units) <= tables.ACROSS


def _withheld(report: Report) -> str:
    """Whose answers count nowhere since too few persons gave them, if anyone's."""
    language, settings = report.language, report.study.instrument.respondents
    rules = report.consolidated.groupby("unit")["rule"]
    hidden = {unit for unit, of in rules if "too_few" in set(of) <= {"too_few", "unanswered"}}
    few = report.units.loc[report.units["unit"].isin(hidden), "label"].tolist()
    if settings is None or not few:
        return ""
    who = language.join(few)
    if len(few) > NAMED:
        who = linked(several(language, len(few), report.unit_noun), report.units_at)
    return language.text("section.withheld", who=who, n=language.numeral(settings.smallest))


def _top(report: Report) -> Place:
    """The head of the page, where the key figures stand."""
    return Place(report.language.text("statements.top"), MAIN_ID)


def _main(report: Report) -> Place:
    return Place(report.language.text("section.main"), "main")


def _said_of_all(report: Report) -> Said:
    return Said(_main(report), "everyone", _everyone)


def _said_of(report: Report, item: str) -> Said:
    return Said(_main(report), slug("indicator", item), partial(_not_everyone, item=item))


def _figures(report: Report) -> dict[str, tuple[str, str]]:
    """The key figures: the figure, and what it counts."""
    language, noun = report.language, report.unit_noun
    counts = {item: report.counts(item) for item in report.study.instrument.indicator_ids}
    counted = {item: count for item, count in counts.items() if count.n}
    if not counted:
        return {}

    def of(n: int, total: int, at: str) -> str:
        return linked(language.of(n, total), at)

    asked = len(report.units)
    everyone = sum(count.yes == count.n for count in counted.values())
    fewest = min(counted, key=lambda item: counted[item].yes / counted[item].n)
    figures = {
        "sent": (
            of(asked - len(report.absent), asked, report.units_at),
            language.text("highlights.sent", many=noun.many),
        ),
        "everyone": (
            of(everyone, len(counts), report.table_at("scores")),
            language.text("highlights.everyone", many=noun.many),
        ),
    }
    if everyone < len(counted):
        says = language.text("highlights.fewest", many=noun.many, item=report.item_name(fewest))
        least = counted[fewest]
        figures["fewest"] = (of(least.yes, least.n, least.at), says)
    return figures


def _key_figures(report: Report) -> dict[str, str]:
    """The key figures as sentences, but for who answered: that rests on no settled answer."""
    figures = _figures(report).items()
    return {key: f"{figure} {counted}" for key, (figure, counted) in figures if key != "sent"}


def _everyone(report: Report) -> str:
    """One sentence on the indicators that all who answered say yes to, if there are any."""
    language, noun = report.language, report.unit_noun
    found = [report.counts(item) for item in report.study.instrument.indicator_ids]
    alike = [counts for counts in found if counts.n and counts.yes == counts.n]
    if not alike:
        return ""
    counts = alike[0]
    subject = quantifier(language, counts.n, counts.n, noun, missing=counts.missing, at=counts.at)
    return language.plural(
        "section.everyone",
        len(alike),
        subject=language.capitalise(subject),
        n=linked(language.numeral(len(alike)), report.table_at("scores")),
        total=language.numeral(len(report.study.instrument.indicators)),
    )


def _not_everyone(report: Report, item: str) -> str:
    """How many say yes to an indicator that not all say yes to; nothing of any other."""
    counts = report.counts(item)
    if counts.yes == counts.n:
        return ""
    return status(report.language, report.item_name(item), again(counts), report.unit_noun)
