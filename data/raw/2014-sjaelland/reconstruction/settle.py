"""The rules of a round with their default settings, row by row and without the library.

The build needs to know how partly and split answers will come out before it writes them; this is
also a second opinion on the library's own consolidation, with which it shares no code. Stages are
named as the library names them (``rule``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

FormKey = tuple[str, str]
"""(unit, form)"""

MIN_PEERS = 2

FORM_RULES = ("adjudicated_form", "partly_undecided", "partly_below", "partly_on_par")


@dataclass(frozen=True)
class Settled:
    """An answer and the rule that settled it."""

    answer: str
    rule: str


@dataclass(frozen=True)
class Round:
    """Forms as sent: item to ``yes``, ``no``, ``partly`` or nothing.

    ``serving`` lists the supplementary items of each indicator; ``rulings`` has an answer by
    (unit, form or None, indicator).
    """

    forms: Mapping[FormKey, Mapping[str, str]]
    serving: Mapping[str, Sequence[str]]
    rulings: Mapping[tuple[str, str | None, str], str]

    def share(self, key: FormKey, indicator: str) -> Fraction | None:
        """The share of yes among a form's answers that serve the indicator; None without any."""
        form = self.forms[key]
        answers = [form[item] for item in self.serving[indicator] if form.get(item)]
        return Fraction(answers.count("yes"), len(answers)) if answers else None

    def peers(self, unit: str, indicator: str) -> list[Fraction]:
        """The shares of other units' forms that say plain yes and were not ruled on."""
        shares = [
            self.share(key, indicator)
            for key, form in self.forms.items()
            if key[0] != unit
            and form.get(indicator) == "yes"
            and (*key, indicator) not in self.rulings
            and (key[0], None, indicator) not in self.rulings
        ]
        return [share for share in shares if share is not None]

    def form_answer(self, key: FormKey, indicator: str) -> Settled:
        """What one form says, after a ruling on it or the rule for partly answers."""
        unit, _ = key
        if (*key, indicator) in self.rulings:
            return Settled(self.rulings[(*key, indicator)], "adjudicated_form")
        answer = self.forms[key].get(indicator, "")
        if answer != "partly":
            return Settled(answer or "unanswered", "agreed" if answer else "unanswered")
        own, peers = self.share(key, indicator), self.peers(unit, indicator)
        if own is None or len(peers) < MIN_PEERS:
            return Settled("no", "partly_undecided")
        on_par = own >= median(peers)
        return Settled("yes", "partly_on_par") if on_par else Settled("no", "partly_below")

    def unit_answer(self, unit: str, indicator: str) -> Settled:
        """What a unit says: its forms taken together, a difference between them being a no."""
        keys = [key for key in self.forms if key[0] == unit]
        if not keys:
            return Settled("absent", "absent")
        if (unit, None, indicator) in self.rulings:
            return Settled(self.rulings[(unit, None, indicator)], "adjudicated")
        each = [self.form_answer(key, indicator) for key in keys]
        part = [one for one in each if one.answer != "unanswered"]
        if not part:
            return Settled("unanswered", "unanswered")
        if len({one.answer for one in part}) > 1:
            return Settled("no", "split")
        rules = {one.rule for one in part}
        plain = "incomplete" if len(part) < len(each) else "agreed"
        return Settled(part[0].answer, next((rule for rule in FORM_RULES if rule in rules), plain))
