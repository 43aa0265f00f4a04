"""The short answer to how sure the conclusions are: how many ways, and what holds in all."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.analysis.merges import keeps_partly
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Heading,
    KeyFigures,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.judged_pages import JudgedPage, whole_page
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import several
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Robustness
from misbrug_analysis.presentation.sections.judged import unread_note

CONCLUSIONS = ("conclusions", "main")
"""Where a page's main conclusions stand, authored or not, see ``regional_overview``."""

_VERDICTS = ("robust", "number", "words")


def robustness_answer(report: Report, pages: Sequence[JudgedPage]) -> list[Block]:
    """The answer first: how many ways there are, and how much stands unchanged in all of them.

    ``pages`` are what ``judged_pages`` gives.
    """
    language = report.language
    heading = Heading(language.text("sensitivity.answer"), 2, "answer")
    if report.is_empty:
        return [heading, Paragraphs([language.text("sensitivity.nobody")], kind="lead")]
    robust, page = Robustness(report), whole_page(pages)
    if robust.ways == 1:
        why = " ".join(idle(robust))
        lead = language.text("sensitivity.one_way", idle=why)
        return [heading, Paragraphs([lead], kind="lead")]
    lead = language.text("sensitivity.ways", n=language.numeral(robust.ways))
    texts = [_told(report, page)] if page else []
    blocks: list[Block] = [heading, Paragraphs([lead], kind="lead")]
    blocks += [_key_figures(robust, page), *(_conclusions(report, page) if page else [])]
    blocks.append(Paragraphs([*texts, _steady(robust)]))
    return [*blocks, *(_places(report, page) if page else []), *unread_note(report)]


def idle(robust: Robustness) -> list[str]:
    """Why the other settings make no difference."""
    study = robust.report.study
    keys = {name: f"sensitivity.idle.{name}" for name in robust.choices}
    if study.instrument.respondents is None:
        del keys["merge"]
    if robust.language.without_partly:
        del keys["partly"]
    elif keeps_partly(study.instrument, study.rules):
        keys["partly"] = "sensitivity.idle.partly_kept"
    return [robust.language.text(key) for name, key in keys.items() if name not in robust.varied]


def _told(report: Report, page: JudgedPage) -> str:
    """How many sentences of a page stand unchanged, change a figure, or read otherwise."""
    language = report.language
    counts = [len(page.of(verdict)) for verdict in _VERDICTS]
    total, (robust, number, words) = sum(counts), counts
    fields = {"title": page.title, "n": language.numeral(total), "indicators": _indicators(report)}
    sentences = [language.plural("sensitivity.rests", total, **fields)]
    if robust == total:
        sentences.append(language.plural("sensitivity.all_hold", total))
    elif robust:
        told = language.plural("sensitivity.hold", robust, n=language.numeral(robust))
        sentences.append(told)
    else:
        sentences.append(language.plural("sensitivity.none_holds", total))
    sentences += [
        language.plural(f"sensitivity.{name}", n, n=language.numeral(n))
        for name, n in (("number", number), ("words" if words < total else "words_all", words))
        if n
    ]
    return " ".join([*sentences, *_counted_apart(report, page)])


def _counted_apart(report: Report, page: JudgedPage) -> list[str]:
    """Which of the counted sentences show no count themselves, and which are not counted."""
    language = report.language
    silent = [one for one in page.judged if one.statement.is_conditional]
    told = []
    if silent:
        hold = sum(one.verdict == "robust" for one in silent)
        fields = {"n": language.numeral(len(silent)), "hold": language.numeral(hold)}
        how = "every" if hold == len(silent) else "some" if hold else "none"
        told.append(language.plural(f"sensitivity.silent.{how}", len(silent), **fields))
    return [*told, language.text("sensitivity.others_asked")]


def _indicators(report: Report) -> str:
    """``den ene indikator``, ``de 15 indikatorer``."""
    number = len(report.study.instrument.indicator_ids)
    numeral = report.language.numeral(number)
    return report.language.plural("sensitivity.indicators", number, n=numeral)


def _conclusions(report: Report, page: JudgedPage) -> list[Block]:
    """How many of the page's main conclusions hold, and those that do not."""
    language = report.language
    first = [one for one in page.judged if one.statement.address.partition("#")[2] in CONCLUSIONS]
    if not first:
        return []
    loose = [one for one in first if one.verdict != "robust"]
    fields = {
        "place": linked(first[0].statement.place, first[0].statement.address),
        "n": language.numeral(len(first)),
        "hold": language.numeral(len(first) - len(loose)),
    }
    how = "none" if len(loose) == len(first) else "some" if loose else "every"
    text = language.plural(f"sensitivity.conclusions.{how}", len(first), **fields)
    links = [Link(one.statement.text, f"#{one.statement.anchor}") for one in loose]
    return [Paragraphs([text]), *([Bullets(links)] if links else [])]


def _steady(robust: Robustness) -> str:
    """At how many indicators the count is the same in all ways, and the one that moves most."""
    language, total = robust.language, len(robust.indicators)
    steady = total - len(robust.first)
    fields = {"n": language.numeral(steady), "total": language.numeral(total)}
    if 0 < steady < total:
        text = language.text("sensitivity.steady.some", **fields)
    else:
        how = "every" if steady else "none"
        text = language.plural(f"sensitivity.steady.{how}", total, **fields)
    moving = [one for one in robust.first if one.low < one.high]
    if not moving:
        return text
    most = max(moving, key=lambda one: one.spread)
    span, n = robust.span(most.low, most.high), language.number(most.counts.n)
    told = language.text("sensitivity.most", item=most.label, range=span, n=n)
    furthest = max(max(one.high - one.counts.yes, one.counts.yes - one.low) for one in moving)
    units = several(language, furthest, robust.report.unit_noun)
    return f"{text} {told} {language.text('sensitivity.furthest', units=units)}"


def _key_figures(robust: Robustness, page: JudgedPage | None) -> KeyFigures:
    language = robust.language

    shown = [(language.number(robust.ways), "ways")]
    if page:
        shown.append((language.of(len(page.of("robust")), len(page.judged)), "hold"))
    total = len(robust.indicators)
    shown.append((language.of(total - len(robust.first), total), "steady"))
    return KeyFigures(
        [(figure, language.text(f"sensitivity.figure.{key}")) for figure, key in shown]
    )


def _places(report: Report, page: JudgedPage) -> list[Block]:
    """A row a place of the page with the number of its sentences of every verdict."""
    language = report.language
    rows: list[list[Cell]] = [
        [
            Link(place.name, place.address) if place.address else place.name,
            *(sum(one.verdict == verdict for one in place.judged) for verdict in _VERDICTS),
        ]
        for place in page.places
    ]
    rows.append(
        [
            language.text("sensitivity.places.all"),
            *(len(page.of(verdict)) for verdict in _VERDICTS),
        ]
    )
    columns = [Column(language.text("sensitivity.places.place"))]
    columns += [Column(language.text(f"sensitivity.places.{one}"), "number") for one in _VERDICTS]
    title = language.text("sensitivity.places.title", title=page.title)
    further = language.text(
        "sensitivity.named",
        depends=linked(language.text("sensitivity.depends"), "#depends"),
        holds=linked(language.text("sensitivity.holds"), "#holds"),
    )
    table = Table(title, columns, rows, anchor="by-place", totals=[len(rows) - 1])
    return [table, Paragraphs([further])]
