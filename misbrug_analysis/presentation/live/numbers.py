"""What an authored text can say of the numbers that units gave."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from misbrug_analysis.analysis.disclosure import counted_by
from misbrug_analysis.analysis.numbers import numbers_given, summarised
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.presentation.live.checks import NOBODY, Where, known
from misbrug_analysis.presentation.live.markdown import Told
from misbrug_analysis.presentation.number_words import measured_number
from misbrug_analysis.presentation.report import Report

_MEASURES = ("median", "lowest", "highest")


class LiveNumbers:
    """``given`` finds the answers of the units that are meant, and the question as declared."""

    def __init__(
        self, report: Report, given: Callable[[str, str | None, Where], tuple[pd.DataFrame, Item]]
    ) -> None:
        self._report = report
        self._given = given

    def expressions(self) -> dict[str, Callable[..., str | float]]:
        """The expressions by the names that texts use."""
        return {"number": self.number, "value": self.value}

    def number(
        self, item: str, of: str = "median", group: str | None = None, where: Where = None
    ) -> Told:
        """The median, the lowest or the highest number that was given, with its measure."""
        found = self.value(item, of, group, where)
        if found != found:
            raise ValueError(NOBODY)
        declared = self._report.study.instrument.item(item)
        words = measured_number(self._report.language, declared, found, self._report.say)
        return Told.of(words, self._report.count_at(item, group))

    def value(
        self, item: str, of: str = "median", group: str | None = None, where: Where = None
    ) -> float:
        """The same for conditions; where nobody gave a number, no condition on it is met."""
        answers, declared = self._given(item, group, where)
        if declared.type != "number":
            raise ValueError(f"{item} is not answered with a number")
        known("measure", of, _MEASURES)
        instrument = self._report.study.instrument
        if instrument.respondents is not None and of != "median":
            raise ValueError(f"the {of} number is one person's where several of a unit answer")
        numbers = numbers_given(answers, declared, counted_by(instrument))
        units = numbers.index.get_level_values("unit").unique()
        found = summarised(numbers, pd.Series("all", index=units))[of]
        return float(found.iloc[0]) if len(found) else float("nan")
