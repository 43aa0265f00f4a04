"""What an authored text can say of the counts that a source leaves open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from misbrug_analysis.presentation.language import LARGEST_WORD
from misbrug_analysis.presentation.live.checks import known
from misbrug_analysis.presentation.live.markdown import Told
from misbrug_analysis.presentation.report import Report


def possible(report: Report, item: str, group: str | None = None) -> str:
    """How many can have said yes by the source: ``fra tre til elleve``, ``fra 9 til 14``, or one.

    Figures and words are not mixed. In the report's group when none is named. Raises ValueError
    for an item or a group of which the study's file says nothing.
    """
    counts, language = report.study.possible, report.language
    place = known("group", group or report.group.id, dict.fromkeys(g for _, g in counts))
    count = counts[known("item", item, [i for i, g in counts if g == place]), place]
    gender = report.unit_noun.gender

    def written(n: int) -> str:
        in_words = count.most <= LARGEST_WORD
        return language.numeral(n, gender) if in_words else language.number(n)

    at = report.table_at("possible_counts")
    if not count.is_open:
        return Told.of(written(count.most), at)
    fewest, most = written(count.fewest), written(count.most)
    return Told.of(language.text("possible.range", fewest=fewest, most=most), at)


def possible_expressions(report: Report) -> dict[str, Callable[..., object]]:
    """``possible``; none where the study has no such file."""
    return {"possible": partial(possible, report)} if report.study.possible else {}
