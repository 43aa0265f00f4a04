"""Population and estimated need in sentences, correct whoever has most."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.model.need import Measure
from misbrug_analysis.presentation.need_view import NeedView, Place
from misbrug_analysis.presentation.quantifiers import several


def of_chart(view: NeedView) -> list[Measure]:
    """The measures that stand for their domains."""
    return [view.need.measure(name) for name in view.need.file.chart]


def members(view: NeedView) -> str:
    """How many members there are: ``17 places``."""
    return several(view.language, len(view.members), view.report.unit_noun)


def told(view: NeedView, measure: Measure, place: Place) -> str:
    """A place's need of a measure with its source."""
    return view.language.text(
        "need.told",
        n=view.shown(measure, place),
        whom=view.report.say(measure.label),
        cite=view.cite(measure),
    )


def young_people(view: NeedView, bands: list[int]) -> str:
    """The share of young people in all, and where it is highest and lowest."""
    language = view.language
    shares = {
        place.label: view.in_ages(place, bands) / place.total
        for place in view.of_member.values()
        if place.total
    }
    together = view.in_ages(view.of_all, bands) / view.of_all.total if view.of_all.total else 0.0
    fields = {
        "group": view.report.say(view.need.file.young.label),
        "share": language.percent(together, 1),
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


def largest(view: NeedView) -> str:
    """In which group most people live, as a finding; of one group, how many live there."""
    language = view.language
    totals = {place.label: place.total for _, _, place in view.rows()}
    if len(totals) == 1:
        (label,) = totals
        return language.text("need.map.one", group=label, n=language.number(totals[label]))
    most = max(totals.values())
    number = sum(total for total in totals.values() if total == most)
    return language.text(
        "need.map.most",
        groups=_with(view, totals, most),
        n=language.number(number),
        total=language.number(view.of_all.total),
    )


def finding(view: NeedView, measures: Sequence[Measure]) -> str:
    """Where the estimates are highest and lowest; of several measures only what holds for all."""
    language = view.language
    if len(view.members) == 1:
        (place,) = view.of_member.values()
        return language.text("need.chart.one", place=place.label)
    ends = [_ends(view, measure) for measure in measures]
    highest, lowest = ({end[side] for end in ends} for side in (0, 1))
    if highest == lowest and len(highest) == 1:
        return language.text("need.chart.same")
    alike = {(True, True): "all", (True, False): "highest", (False, True): "lowest"}
    key = alike.get((len(highest) == 1, len(lowest) == 1), "vary")
    estimates = language.plural("need.chart.estimates", len(measures))
    return language.text(
        f"need.chart.{key}", estimates=estimates, highest=ends[0][0], lowest=ends[0][1]
    )


def spread(view: NeedView, measure: Measure) -> str:
    """The smallest and the largest estimate of a measure among the members."""
    people = _people(view, measure)
    smallest = min(view.of_member.values(), key=lambda place: people[place.label])
    greatest = max(view.of_member.values(), key=lambda place: people[place.label])
    return view.language.text(
        "need.chart.spread",
        measure=_short(view, measure),
        lowest=smallest.label,
        low=view.shown(measure, smallest),
        highest=greatest.label,
        high=view.shown(measure, greatest),
    )


def _ends(view: NeedView, measure: Measure) -> tuple[str, str]:
    people = _people(view, measure)
    high, low = max(people.values()), min(people.values())
    return _with(view, people, high), _with(view, people, low)


def _people(view: NeedView, measure: Measure) -> dict[str, int]:
    """People in the measure's ages by member: estimates stand in their order."""
    return {place.label: int(place.need["people"][measure.id]) for place in view.of_member.values()}


def _with(view: NeedView, figures: dict[str, float] | dict[str, int], value: float) -> str:
    return view.language.join([label for label, figure in figures.items() if figure == value])


def _short(view: NeedView, measure: Measure) -> str:
    return view.report.say(measure.short)


def unbroken(text: str) -> str:
    """The text with word joiners (U+2060) around its dashes: a narrow cell keeps a span whole."""
    return text.replace("–", "\u2060–\u2060")
