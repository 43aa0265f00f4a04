"""What an authored text can say of groups: what they wish and answer, and how many of them."""

from __future__ import annotations

from collections.abc import Callable

from misbrug_analysis.analysis.description import choosing_by_group
from misbrug_analysis.analysis.disclosure import counted_by
from misbrug_analysis.model.cooperation import Cooperation
from misbrug_analysis.presentation.live.checks import ANSWERS, chosen, known
from misbrug_analysis.presentation.live.markdown import Told
from misbrug_analysis.presentation.quantifiers import quantifier
from misbrug_analysis.presentation.report import Report


class LiveGroups:
    """What a text can say of groups.

    Wishes and feedback are those of the level that ``cooperation.yaml`` names, all over the study;
    the other figures are for the groups that the report compares.
    """

    def __init__(self, report: Report) -> None:
        self._report = report

    def expressions(self) -> dict[str, Callable[..., object]]:
        """The expressions by the names that texts use."""
        return {
            "groups": self.groups,
            "groups_where": self.groups_where,
            "wishes": self.wishes,
            "wishing": self.wishing,
            "agrees": self.agrees,
            "agreeing": self.agreeing,
        }

    def groups(self) -> str:
        """The groups that the report compares, as a list in running text."""
        _, groups = self._report.subgroups
        return self._report.language.join([self._report.group_label(group) for group in groups])

    def groups_where(self, item: str, option: str = "yes", least: int = 1) -> str:
        """In how many groups at least so many units answer so: ``to af de tre grupper``.

        An indicator or a topic is counted by its settled answers, any other question by what the
        forms say.
        """
        level, groups = self._report.subgroups
        counts = self._settled(item, option) or self._said(item, option)
        reached = sum(counts[group.id] >= least for group in groups)
        return self._of_groups(level.id, reached, len(groups), self._report.count_at(item))

    def wishes(self, topic: str) -> str:
        """How many groups want to work on a topic: ``alle tre grupper``."""
        cooperation = self._cooperation()
        groups = self._groups_of(cooperation)
        at = self._report.table_at("wishes")
        return self._of_groups(cooperation.level, self.wishing(topic), len(groups), at)

    def wishing(self, topic: str) -> int:
        """How many groups want to work on a topic; for conditions."""
        known("topic", topic, [one.id for one in self._report.study.instrument.topics])
        areas = self._cooperation().focus_areas
        return len({area.group for area in areas if area.topic == topic})

    def agrees(self, question: str, answer: str = "yes") -> str:
        """How many groups, of those that answered it, agree with a statement of the feedback."""
        cooperation = self._cooperation()
        given = self._feedback(question)
        known("answer", answer, ANSWERS)
        at = self._report.table_at("feedback")
        return self._of_groups(cooperation.level, given.count(answer), len(given), at)

    def agreeing(self, question: str, answer: str = "yes") -> float:
        """The share (0 to 1) of groups that agree with a statement; for conditions."""
        given = self._feedback(question)
        known("answer", answer, ANSWERS)
        return given.count(answer) / len(given) if given else float("nan")

    def _settled(self, item: str, option: str) -> dict[str, int]:
        """How many units of each group have a settled answer; nothing for other questions."""
        instrument = self._report.study.instrument
        scored = [topic.id for topic in instrument.assessed_topics] + instrument.indicator_ids
        if item not in scored:
            return {}
        known("answer", option, ANSWERS)
        level, groups = self._report.subgroups
        rows = {group.id: self._report.score_row(item, level.id, group.id) for group in groups}
        return {group: int(row[option]) for group, row in rows.items()}

    def _said(self, item: str, option: str) -> dict[str, int]:
        level, _ = self._report.subgroups
        declared = self._report.study.instrument.item(item)
        groups = self._report.units.set_index("unit")[level.id]
        answers = self._report.answers_to(item, groups.index)
        by = counted_by(self._report.study.instrument)
        counts = choosing_by_group(answers, declared, chosen(declared, option), groups, by)
        return {str(group): int(chose) for group, chose in counts["chose"].items()}

    def _cooperation(self) -> Cooperation:
        cooperation = self._report.study.cooperation
        if cooperation is None:
            raise ValueError("the study has no file of what its groups wish and answer")
        return cooperation

    def _groups_of(self, cooperation: Cooperation) -> list[str]:
        return self._report.study.organisation.level(cooperation.level).group_ids

    def _feedback(self, question: str) -> list[str]:
        cooperation = self._cooperation()
        known("question of the feedback", question, [one.id for one in cooperation.questions])
        return [given.answer for given in cooperation.answers if given.question == question]

    def _of_groups(self, level: str, n: int, total: int, at: str) -> str:
        noun = self._report.say(self._report.study.organisation.level(level).noun)
        return Told.of(quantifier(self._report.language, n, total, noun), at)
