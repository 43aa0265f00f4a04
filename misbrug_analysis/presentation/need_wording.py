"""Population and estimated need in sentences, correct whoever has most."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.model.need import Measure
from misbrug_analysis.presentation.need_view import NeedView, Place
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import several


def of_chart(view: NeedView) -> list[Measure]:
    """The measures that stand for their domains."""
    return [view.need.measure(name) for name in view.need.file.chart]


def table_of(view: NeedView) -> str:
    """The published table of the places that are charted."""
    return "need_groups" if view.by_group else "need"


def members(view: NeedView) -> str:
    """How many members there are: ``17 places``."""
    return several(view.language, len(view.members), view.report.unit_noun)


def told(view: NeedView, measure: Measure, place: Place) -> str:
    """A place's need of a measure with its source."""
    return view.language.text(
        "need.told",
        n=linked(view.shown(measure, place), view.report.table_at("need_groups")),
        whom=view.report.say(measure.label),
        cite=view.cite(measure),
    )


def young_people(view: NeedView) -> str:
    """The share of young people in all, and where it is highest and lowest."""
    language = view.language
    shares = {place.label: view.share_of_young(place) for place in view.of_member.values()}
    fields = {
        "group": view.report.say(view.need.file.young.label),
        "share": language.percent(view.share_of_young(view.of_all), 1),
    }
    if len(set(shares.values())) < 2:
        return language.text("need.population.young", **fields)
    high, low = max(shares.values()), min(shares.values())
    return language.text(
        "need.population.young_spread",
        **fields,
        highest=_with(view, shares, high),
        high=language.percent(high, 1),
        lowest=_with(view, shares, low),
        low=language.percent(low, 1),
    )


def division(view: NeedView) -> str:
    """Into how many groups the members are divided; of one group, that it consists of them."""
    language, groups = view.language, view.groups
    if len(groups) == 1:
        label = view.report.group_label(groups[0])
        return language.text("need.map.one", group=label, units=members(view))
    at = view.report.table_at("members")
    number = linked(several(language, len(groups), view.report.say(view.level.noun)), at)
    return language.text("need.map.divided", units=linked(members(view), at), groups=number)


def finding(view: NeedView, measure: Measure) -> str:
    """That the estimates follow the population, with what one comes to in what is charted.

    Which of them has most is left unsaid: it is the one where most people live.
    """
    if len(view.members) == 1:
        (place,) = view.of_member.values()
        return view.language.text("need.chart.one", place=place.label)
    return view.language.text(
        "need.chart.follows",
        one=view.charted_noun.one,
        n=linked(view.across(measure), view.report.table_at(table_of(view))),
        whom=view.report.say(measure.label),
    )


def spread(view: NeedView, measure: Measure) -> str:
    """What a measure comes to in what is charted, from the smallest to the largest."""
    return view.language.text(
        "need.chart.spread",
        measure=_short(view, measure),
        n=view.across(measure),
        one=view.charted_noun.one,
    )


def how_to_read(view: NeedView, measures: Sequence[Measure]) -> str:
    """What the chart of measures shows and how, with their sources."""
    language = view.language
    found = [(_short(view, measure), view.need.estimate_of(measure)) for measure in measures]
    sentences = [language.text("need.chart.subtitle", one=view.charted_noun.one)]
    if len(measures) > 1:
        sentences.append(language.text("need.chart.scales"))
    if any(estimate.low is not None for _, estimate in found):
        sentences.append(language.text("need.chart.intervals"))
    barless = [name for name, estimate in found if estimate.estimate is None]
    if barless:
        sentences.append(language.text("need.chart.no_bar", measures=language.join(barless)))
    return " ".join([*sentences, view.cites(list(measures))])


def _with(view: NeedView, figures: dict[str, float] | dict[str, int], value: float) -> str:
    return view.language.join([label for label, figure in figures.items() if figure == value])


def _short(view: NeedView, measure: Measure) -> str:
    return view.report.say(measure.short)


def unbroken(text: str) -> str:
    """The text with word joiners (U+2060) around its dashes: a narrow cell keeps a span whole."""
    return text.replace("–", "\u2060–\u2060")
