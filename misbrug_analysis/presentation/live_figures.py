"""What an authored text can say of the data: the expressions it may call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from misbrug_analysis.analysis.description import choosing
from misbrug_analysis.analysis.scoring import count_bounds, score
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.wording import Counts, bounds, quantifier


class LiveFigures:
    """What a text can say of the data. ``item`` is an indicator, ``group`` a group's id.

    Without ``group`` the figure is for the group that the report is about. ``absent="as_no"``
    shows the figure under that setting of the rules.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._variants: dict[str | None, Report] = {None: report}

    def expressions(self) -> dict[str, Callable[..., object]]:
        """The expressions by the names that texts use; a capital begins a sentence."""
        plain: dict[str, Callable[..., object]] = {
            "count": self.count,
            "total": self.total,
            "asked": self.asked,
            "share": self.share,
            "quantifier": self.quantifier,
            "topic_quantifier": self.topic_quantifier,
            "describes": self.describes,
            "absent": self.absent,
            "groups": self.groups,
            "bounds": self.bounds,
        }
        capital = {
            name.capitalize(): self._capitalised(plain[name])
            for name in ("count", "quantifier", "topic_quantifier", "describes", "bounds", "groups")
        }
        return plain | capital

    def count(self, item: str, answer: str = "yes", group: str | None = None) -> str:
        """How many units gave an answer, as a numeral."""
        row = self._row(self._report, item, group)
        return self._numeral(int(row[answer]))

    def total(self, group: str | None = None) -> str:
        """How many units answered, as a numeral."""
        asked, answered = self._participation(group)
        return self._numeral(answered if asked else 0)

    def asked(self, group: str | None = None) -> str:
        """How many units were asked, as a numeral."""
        return self._numeral(self._participation(group)[0])

    def share(self, item: str, group: str | None = None) -> float:
        """The share (0 to 1) that meets an indicator; for conditions, not for showing."""
        return float(self._row(self._report, item, group)["share"])

    def quantifier(
        self,
        item: str,
        answer: str = "yes",
        group: str | None = None,
        absent: str | None = None,
    ) -> str:
        """How many of how many gave an answer: ``kun få kommuner (3 af 16)``."""
        report = self._under(absent)
        row = self._row(report, item, group)
        everyone = int(row[answer]) == int(row["n"])
        # Who is missing is said where the page begins; of all, it must be said every time.
        missing = report.counts(item, *self._place(group)).missing if everyone else 0
        return self._phrase(Counts(int(row[answer]), int(row["n"]), missing=missing))

    def topic_quantifier(self, topic: str, group: str | None = None) -> str:
        """How many of how many meet all indicators of a topic."""
        return self.quantifier(topic, group=group)

    def describes(self, item: str, option: str, group: str | None = None) -> str:
        """How many of those who answered a descriptive item chose an option."""
        declared = self._report.study.instrument.item(item)
        options = [next(iter(texts.values())) for texts in declared.options]
        if declared.type == "yes_no":
            options = ["yes", "partly", "no"]
        if options and option not in options:
            raise ValueError(f"{item} has no option {option!r}; it has {', '.join(options)}")
        units = self._units(group) if group is not None else list(self._report.units["unit"])
        answers = self._report.results.answers
        chose, answered = choosing(answers[answers["unit"].isin(units)], declared, option)
        return self._phrase(Counts(chose, answered, missing=len(units) - answered))

    def absent(self) -> str:
        """The units that sent nothing, as a list in running text."""
        return self._report.language.join(self._report.absent)

    def groups(self) -> str:
        """The groups that the report compares, as a list in running text."""
        _, groups = self._report.subgroups
        return self._report.language.join([self._report.group_label(group) for group in groups])

    def bounds(self, item: str, group: str | None = None) -> str:
        """The fewest and the most that can meet an indicator, had everyone answered."""
        row = self._row(self._report, item, group)
        return bounds(self._report.language, *count_bounds(row, self._report.study.rules))

    def _row(self, report: Report, item: str, group: str | None) -> pd.Series:
        topics = [topic.id for topic in report.study.instrument.assessed_topics]
        if item not in topics and item not in report.study.instrument.indicator_ids:
            report.study.instrument.item(item)
            raise ValueError(f"{item} is not an indicator")
        return report.score_row(item, *self._place(group))

    def _place(self, group: str | None) -> tuple[str | None, str | None]:
        return (self._level_of(group), group) if group else (None, None)

    def _under(self, absent: str | None) -> Report:
        if absent not in self._variants:
            study = self._report.study.with_rules(absent=absent)
            results = self._report.results
            levels = [level.id for level in study.organisation.levels]
            frame = study.organisation.frame()
            scores = score(results.consolidated, frame, levels, study.instrument, study.rules)
            varied = replace(results, scores=scores)
            self._variants[absent] = replace(self._report, study=study, results=varied)
        return self._variants[absent]

    def _level_of(self, group: str) -> str:
        organisation = self._report.study.organisation
        for level in organisation.levels:
            if group in level.group_ids:
                return level.id
        valid = [name for level in organisation.levels for name in level.group_ids]
        raise ValueError(f"there is no group {group!r}; there are {', '.join(valid)}")

    def _units(self, group: str) -> list[str]:
        level = self._level_of(group)
        return [unit.id for unit in self._report.study.organisation.units_of(level, group)]

    def _participation(self, group: str | None) -> tuple[int, int]:
        units = self._units(group) if group else list(self._report.units["unit"])
        sent = set(self._report.results.answers["unit"])
        return len(units), sum(unit in sent for unit in units)

    def _phrase(self, counts: Counts) -> str:
        report = self._report
        return quantifier(
            report.language, counts.yes, counts.n, report.unit_noun, missing=counts.missing
        )

    def _numeral(self, n: int) -> str:
        return self._report.language.numeral(n, self._report.unit_noun.gender)

    def _capitalised(self, expression: Callable[..., object]) -> Callable[..., object]:
        return lambda *args, **kwargs: self._report.language.capitalise(
            str(expression(*args, **kwargs))
        )
