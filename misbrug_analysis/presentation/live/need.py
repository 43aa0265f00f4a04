"""What an authored text can say of the population and its estimated need."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from misbrug_analysis.presentation.live.markdown import Told
from misbrug_analysis.presentation.need_view import ALL, TYPICAL, NeedView, Place, need_view
from misbrug_analysis.presentation.report import Report


class LiveNeed:
    """``place`` is ``all`` (every member), ``typical`` (the median member) or a group's id."""

    def __init__(self, report: Report) -> None:
        self._report = report

    @cached_property
    def _view(self) -> NeedView:
        # Not before a text tells of it: a report that has no such text rests on no need file.
        view = need_view(self._report)
        assert view is not None
        return view

    def need(self, measure: str, place: str = TYPICAL) -> str:
        """The estimated number, rounded: ``ca. 1.300``."""
        view = self._view
        words = view.point(view.need.measure(measure), self._place(place))
        return Told.of(words, view.report.table_at("need_groups"))

    def need_range(self, measure: str, place: str = TYPICAL) -> str:
        """The interval of the estimate, rounded: ``1.000–1.700``."""
        view = self._view
        words = view.interval(view.need.measure(measure), self._place(place))
        return Told.of(words, view.report.table_at("need_groups"))

    def need_source(self, measure: str) -> str:
        """The source of an estimate in brief, with its year: ``Hansen, tal fra 2005``."""
        return self._view.cite(self._view.need.measure(measure))

    def population(self, place: str = ALL, rounded: bool = False) -> str:
        """How many people live in a place: ``12.345``, or rounded ``ca. 12.000``."""
        total = self._place(place).total
        words = self._view.about(total) if rounded else self._view.language.number(total)
        return Told.of(words, self._view.report.table_at("population_groups"))

    def _place(self, place: str) -> Place:
        view = self._view
        fixed = {ALL: lambda: view.of_all, TYPICAL: lambda: view.typical}
        if place in fixed:
            return fixed[place]()
        groups = {
            group.id: group
            for level in view.report.study.organisation.levels
            for group in level.groups
            if group.members or len(level.groups) == 1
        }
        if place not in groups:
            valid = ", ".join(dict.fromkeys([*fixed, *groups]))
            raise ValueError(f"there is no place {place!r}; there are {valid}")
        return view.of_group(groups[place])


def need_expressions(report: Report) -> dict[str, Callable[..., object]]:
    """What a text can say of need and population; nothing where the study has no need file."""
    if report.study.need is None:
        return {}
    live = LiveNeed(report)
    return {
        "need": live.need,
        "need_range": live.need_range,
        "need_source": live.need_source,
        "population": live.population,
    }
