"""What an authored text can say of all the answers to a question that is not scored."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from misbrug_analysis.analysis.description import choosing, differing
from misbrug_analysis.model.instrument import Item, Noun
from misbrug_analysis.presentation.live.checks import NOBODY, Where, chosen
from misbrug_analysis.presentation.live.markdown import Told, bullets
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.quantifiers import several, short_quantifier
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.respondents_view import answering_noun

Given = Callable[[str, str | None, Where], tuple[pd.DataFrame, Item]]


class LiveOptions:
    """``given`` finds the answers of the units that are meant, and the question as declared."""

    def __init__(self, report: Report, given: Given) -> None:
        self._report = report
        self._given = given

    @property
    def _noun(self) -> Noun:
        report = self._report
        return answering_noun(report.study, report.language, report.unit_noun)

    def expressions(self) -> dict[str, Callable[..., str]]:
        """The expressions by the names that texts use."""
        return {"options": self.options, "mixed": self.mixed, "respondents": self.respondents}

    def options(
        self, item: str, last: str | None = None, group: str | None = None, where: Where = None
    ) -> Told:
        """The options of a question with their counts as a list, the one chosen by most first.

        Of those chosen by equally many the one comes first that the question has first; ``last``
        is an option that stands at the end in any case, such as one that says none of them.
        """
        answers, declared = self._given(item, group, where)
        if not declared.options:
            raise ValueError(f"{item} has no options; use describes()")
        at_end = chosen(declared, last) if last is not None else None
        at, rows = self._report.count_at(item, group), []
        for texts in declared.options:
            stored = next(iter(texts.values()))
            chose, answered = choosing(answers, declared, stored)
            if not answered:
                raise ValueError(NOBODY)
            rows.append((stored == at_end, -chose, self._line(texts, chose, answered, at)))
        return Told(bullets([line for *_, line in sorted(rows, key=lambda row: row[:2])]))

    def mixed(self, item: str, group: str | None = None, where: Where = None) -> str:
        """A sentence on the units that no answer counts, as their forms differ; else nothing.

        It completes a list of all answers to the question, so it calls them the last ones.
        """
        report = self._report
        n = differing(*self._given(item, group, where))
        if n == 0:
            return ""
        noun, at = self._noun, report.count_at(item, group)
        sentence = report.language.plural(
            "live.mixed",
            n,
            n=linked(report.language.numeral(n, noun.gender), at),
            the=report.language.text(f"language.the.{noun.gender}"),
            one=linked(noun.one, at),
            many=noun.many,
        )
        return Told(report.language.capitalise(sentence))

    def respondents(self, item: str, group: str | None = None, where: Where = None) -> str:
        """How many units answered a question that not all were asked: ``otte kommuner``."""
        answers, declared = self._given(item, group, where)
        answered = choosing(answers, declared, "")[1]
        if not answered:
            raise ValueError(NOBODY)
        words = several(self._report.language, answered, self._noun)
        return Told.of(words, self._report.count_at(item, group))

    def _line(self, texts: dict[str, str], chose: int, answered: int, at: str) -> str:
        language = self._report.language
        count = short_quantifier(language, chose, answered, self._noun, at=at)
        label = language.capitalise(self._report.say(texts))
        return language.text("live.option", label=label, count=count)
