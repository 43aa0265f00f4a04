"""The rules of design.md taken one answer at a time: a second opinion that shares no code.

Answers are words by item, forms are by (unit, form name), rulings by (unit, form or "", indicator).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

SERVES = {"t.1": ("t.s1", "t.s2", "t.s3", "t.s4"), "t.2": ("t.s4",)}

Sent = dict[tuple[str, str], dict[str, str]]
Rulings = dict[tuple[str, str, str], str]
Settled = tuple[str, str]


@dataclass(frozen=True)
class ByHand:
    """A round, and the rules it is settled by."""

    sent: Sent
    rulings: Rulings
    partly: str = "judge"
    min_peers: int = 2
    peer_quantile: Fraction = Fraction(1, 2)
    split: str = "no"

    def share(self, key: tuple[str, str], indicator: str) -> Fraction | None:
        said = [self.sent[key][item] for item in SERVES[indicator] if item in self.sent[key]]
        return Fraction(said.count("yes"), len(said)) if said else None

    def peers(self, unit: str, indicator: str) -> list[Fraction]:
        found = [
            self.share(key, indicator)
            for key, said in self.sent.items()
            if key[0] != unit
            and said.get(indicator) == "yes"
            and (*key, indicator) not in self.rulings
            and (key[0], "", indicator) not in self.rulings
        ]
        return sorted(share for share in found if share is not None)

    def threshold(self, peers: list[Fraction]) -> Fraction:
        place = self.peer_quantile * (len(peers) - 1)
        below = int(place)
        above = min(below + 1, len(peers) - 1)
        return peers[below] + (place - below) * (peers[above] - peers[below])

    def form(self, key: tuple[str, str], indicator: str) -> Settled:
        if (*key, indicator) in self.rulings:
            return self.rulings[(*key, indicator)], "adjudicated_form"
        said = self.sent[key].get(indicator, "unanswered")
        if said != "partly":
            return said, "unanswered" if said == "unanswered" else "agreed"
        if self.partly != "judge":
            return {
                "keep": ("partly", "kept"),
                "as_yes": ("yes", "partly_set"),
                "as_no": ("no", "partly_set"),
            }[self.partly]
        own, peers = self.share(key, indicator), self.peers(key[0], indicator)
        if own is None or len(peers) < self.min_peers:
            return "no", "partly_undecided"
        on_par = own >= self.threshold(peers)
        return ("yes", "partly_on_par") if on_par else ("no", "partly_below")

    def unit(self, unit: str, indicator: str) -> Settled:
        forms = [self.form(key, indicator) for key in self.sent if key[0] == unit]
        if not forms:
            return "absent", "absent"
        if (unit, "", indicator) in self.rulings:
            return self.rulings[(unit, "", indicator)], "adjudicated"
        part = [one for one in forms if one[0] != "unanswered"]
        if not part:
            return "unanswered", "unanswered"
        answers = Counter(answer for answer, _ in part)
        if len(answers) > 1:
            return self.joint(answers), "split"
        order = ("adjudicated_form", "partly_undecided", "partly_below", "partly_on_par")
        for rule in (*order, "partly_set", "kept"):
            if rule in {rule for _, rule in part}:
                return part[0][0], rule
        return part[0][0], "incomplete" if len(part) < len(forms) else "agreed"

    def joint(self, answers: Counter[str]) -> str:
        if self.split == "any":
            return next(answer for answer in ("yes", "partly", "no") if answers[answer])
        if self.split == "majority":
            answer, number = answers.most_common(1)[0]
            return answer if 2 * number > answers.total() else "no"
        return "no"
