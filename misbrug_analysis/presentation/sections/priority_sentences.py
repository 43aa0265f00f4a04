"""What a page says of the order of the topics: the sentences that settled answers can change.

The sections show them; ``statements`` holds them against other rules without the sections.
"""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.analysis.areas import shifted_ratings
from misbrug_analysis.presentation.agreement import comparison, foundations
from misbrug_analysis.presentation.judging import SaidTogether, shows_marks
from misbrug_analysis.presentation.navigation import variants_page
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.priorities import (
    Priorities,
    finding,
    lead,
    priorities,
)
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.statements import Passage, Place
from misbrug_analysis.presentation.texts import written
from misbrug_analysis.presentation.titles import page_title

LEAD = "lead"
"""The key of the sentence on which topic comes first; the others are of topics, by their id."""


def answer_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``priority_answer``."""
    yield answer(report)


def firmness_sentences(report: Report) -> Iterator[Passage]:
    """The sentences of ``priority_order``, the finding of its chart among them."""
    yield firmness(report)


def comparison_sentences(report: Report, text_name: str = "") -> Iterator[Passage]:
    """The sentences of ``priority_comparison``, with those of its text."""
    order = _ordered(report)
    if order is None or order.areas.published is None:
        return
    yield from (compared(report), foundation(report))
    text = written(report, text_name, compared(report).place) if text_name else None
    if text is not None:
        yield text


def answer(report: Report) -> SaidTogether:
    """Which topic comes first, and a line for each of the first topics."""
    return SaidTogether(Place(report.language.text("areas.answer"), "answer"), _answer)


def firmness(report: Report) -> SaidTogether:
    """Which topics are always among the first, and whether other ratings would change that."""
    return SaidTogether(Place(report.language.text("areas.firmness"), "firmness"), _firmness)


def compared(report: Report) -> SaidTogether:
    """How far the order agrees with what the study itself concluded."""
    return SaidTogether(_compared_place(report), _compared)


def foundation(report: Report) -> SaidTogether:
    """How high the topics stand that the study calls the foundation."""
    return SaidTogether(_compared_place(report), _foundation)


def moved_by_rules(report: Report) -> list[str]:
    """In how many other ways to settle the answers the order at equal weights is another.

    Nothing where the study has no page on that, or one way only.
    """
    page = variants_page(report.study)
    if page is None or not shows_marks(report):
        return []
    language = report.language
    told = report.under_other_rules.told(_ranks, "ranks")
    total, other = len(told.by_variant) - 1, sum(one != told.own for one in told.by_variant)
    fields = {
        "n": language.number(other),
        "total": language.number(total),
        "link": linked(page_title(page, language), page.page),
    }
    how = "every" if other == total else "some" if other else "none"
    return [language.plural(f"areas.by_rules.{how}", total, **fields)]


def _ordered(report: Report) -> Priorities | None:
    """The order, where there is one."""
    order = priorities(report)
    return None if order is None or order.ranking.empty else order


def _ranks(report: Report) -> dict[str, str]:
    order = _ordered(report)
    return {topic: order.span(topic, "equal") for topic in order.ranking.index} if order else {}


def _answer(report: Report) -> dict[str, str]:
    order = _ordered(report)
    if order is None:
        return {}
    first = [*order.surely_first, *order.maybe_first]
    return {LEAD: lead(order)} | {
        topic: order.sentence(
            "ranked",
            rank=order.rank(topic),
            title=order.title(topic),
            topic=order.named([topic]),
            among=order.among(),
            often=order.how_often(order.number(topic, "among_first")),
        )
        for topic in order.ranking.index
        if topic in first
    }


def _firmness(report: Report) -> dict[str, str]:
    order, language = _ordered(report), report.language
    if order is None:
        return {}
    same, cases = shifted_ratings(order.values, order.areas.rated, order.first)
    if not cases:
        return {"figure": finding(order)}
    how = "every" if same == cases else "some" if same else "none"
    often = language.text(
        f"areas.cases.{how}", same=language.number(same), cases=language.number(cases)
    )
    told = language.plural(
        "areas.same_first", order.first, n=language.numeral(order.first), often=often
    )
    return {"ratings": language.text("areas.shifted", same=told), "figure": finding(order)}


def _compared_place(report: Report) -> Place:
    published = report.study.areas.published if report.study.areas else None
    source = report.say(published.source) if published else ""
    return Place(report.language.text("areas.compared", source=source), "compared")


def _compared(report: Report) -> dict[str, str]:
    order = _ordered(report)
    return comparison(order, order.areas.published) if order and order.areas.published else {}


def _foundation(report: Report) -> dict[str, str]:
    order = _ordered(report)
    if order is None or order.areas.published is None:
        return {}
    told = foundations(order, order.areas.published)
    return {f"foundation-{topic}": sentence for topic, sentence in told.items()}
