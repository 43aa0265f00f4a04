"""Whether the wording of a count says what the report of 2014 says in words of its own.

The report's words are coded; what they are matched against is the Danish text that is produced.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from misbrug_analysis.model.instrument import Noun
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.quantifiers import quantifier

KOMMUNE = Noun(one="kommune", the_one="kommunen", many="kommuner", the_many="kommunerne")

PLAIN_COUNT = re.compile(r"(?P<n>\w+) af de (?P<total>\w+) kommuner")


def _never(n: int, total: int) -> bool:
    return False


class Published(NamedTuple):
    """The report's words, the wordings that say the same, and the plain counts that do."""

    report: str
    wording: str
    plain: Callable[[int, int], bool] = _never


PUBLISHED = {
    "all": Published("alle, samtlige, alle klynger", r"(alle|begge)\b(?!.* på nær )"),
    "all_but_one": Published(
        "med undtagelse af én", r"alle kommuner på nær én\b", lambda n, total: n == total - 1 > 1
    ),
    "all_but_two": Published(
        "med undtagelse af to", r"alle kommuner på nær to\b", lambda n, total: n == total - 2 > 2
    ),
    "about_half": Published(
        "cirka halvdelen", r"(omkring )?halvdelen af", lambda n, total: abs(2 * n - total) <= 1
    ),
    "one": Published("én kommune", r"kun én\b", lambda n, total: n == 1),
    "only_a_few": Published("kun et fåtal", r"kun få\b"),
    "some_not_most": Published(
        "en del; flest har ikke", r"under halvdelen af", lambda n, total: 2 <= n < total / 2
    ),
    "most": Published(
        "langt de fleste",
        r"de fleste\b|alle kommuner på nær ",
        lambda n, total: total * 2 / 3 <= n < total,
    ),
}


def says(words: str, n: int, total: int, *, missing: int = 0, groups: int = 1) -> bool:
    """Does the wording of n of total say the same as the report's coded words?

    ``missing`` and ``groups`` are what the page would give: units that did not answer, and the
    number of groups that the units stand in. Raises KeyError for words that are not coded.
    """
    published = PUBLISHED[words]
    language = Language.load("da")
    klynge = Noun(one="klynge", the_one="klyngen", many="klynger", the_many="klyngerne")
    text = quantifier(language, n, total, KOMMUNE, missing=missing, across=(groups, klynge))
    if re.match(published.wording, text):
        return True
    count = PLAIN_COUNT.match(text)
    if count is None:
        return False
    numbers = {language.numeral(number): number for number in range(1, total + 1)} | {"ingen": 0}
    return published.plain(numbers[count["n"]], numbers[count["total"]])
