"""Forms as the pseudonymous units would fill them in, from the spread answers.

A supplementary item follows the indicators it serves, by the chances of ``particulars.yaml``; what
stands there under ``answers`` replaces what the draw gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from particulars import Particulars
from spread_answers import draw

from misbrug_analysis.model.instrument import Instrument, Item, Kind, in_language

JOINT = "joint"
YES, NO = "ja", "nej"
WEIGHTS = {"ja": 1.0, "delvis": 0.5, "nej": 0.0}


@dataclass(frozen=True)
class Form:
    """One filled-in form, with its answers and remarks as written, by item."""

    unit: str
    form: str
    day: date
    answers: Mapping[str, str]
    remarks: Mapping[str, str]

    @property
    def key(self) -> str:
        return f"{self.unit}/{self.form}"


def fill_forms(
    instrument: Instrument,
    particulars: Particulars,
    clusters: Mapping[str, str],
    split: Sequence[str],
    settled: Mapping[tuple[str, str], bool],
) -> list[Form]:
    """One form a unit, or one for each of the separate forms where the unit is split.

    ``clusters`` has the cluster of each answering unit, ``settled`` what the unit's answer to each
    indicator has to be.
    """
    filled = []
    for unit in clusters:
        for form in particulars.separate_forms if unit in split else [JOINT]:
            key = f"{unit}/{form}"
            writer = _Writer(instrument, particulars, unit, clusters[unit], form)
            indicators = {
                name: YES if settled[unit, name] else NO for name in instrument.indicator_ids
            }
            answers = writer.answers(indicators)
            remarks = particulars.remarks.get(key, {})
            filled.append(Form(unit, form, _day(particulars, key), answers, remarks))
    return filled


@dataclass(frozen=True)
class _Writer:
    instrument: Instrument
    particulars: Particulars
    unit: str
    cluster: str
    form: str

    def answers(self, settled: Mapping[str, str]) -> dict[str, str]:
        """The answer to every item, given what each indicator is to be settled to."""
        given = self.particulars.answers.get(f"{self.unit}/{self.form}", {})
        answers = {**settled, **given}
        for item in self.instrument.items:
            if item.id not in answers:
                answers[item.id] = self._answer(item, answers)
        return answers

    def _answer(self, item: Item, answers: Mapping[str, str]) -> str:
        if item.id in self.particulars.constant:
            return self.particulars.constant[item.id]
        if self.form != JOINT and item.id in self.particulars.blank_in_separate_forms:
            return ""
        if item.kind is Kind.SUPPLEMENTARY:
            return self._supplementary(item, answers)
        choice = self.particulars.choices[item.id]
        return self._choice(item, choice.chances(answers)) or choice.if_none

    def _supplementary(self, item: Item, answers: Mapping[str, str]) -> str:
        chance = self.particulars.chances[item.id]
        if chance.clusters is not None and self.cluster not in chance.clusters:
            return NO
        weights = [WEIGHTS[answers[name]] for name in item.serves if answers[name]]
        mean = sum(weights) / len(weights) if weights else 0.0
        limit = chance.no + (chance.yes - chance.no) * mean
        return YES if self._drawn(item, item.id) < limit else NO

    def _choice(self, item: Item, chances: Mapping[str, float]) -> str:
        options = [in_language(option, "da") for option in item.options] or [YES, NO]
        if item.type == "multiple":
            drawn = [o for o in options if self._drawn(item, item.id, o) < chances.get(o, 0.0)]
            return "; ".join(drawn)
        if not chances:
            return ""
        left = self._drawn(item, item.id)
        for option in options:
            left -= chances.get(option, 0.0)
            if left < 0:
                return option
        raise ValueError(f"{item.id}: the chances do not add up to 1")

    def _drawn(self, item: Item, *names: str) -> float:
        """A draw for the form, or for the whole unit where an item is about the municipality."""
        whole = item.topic in self.particulars.per_unit_topics
        return draw(self.unit, "" if whole else self.form, *names)


def _day(particulars: Particulars, key: str) -> date:
    days = (particulars.last_day - particulars.first_day).days + 1
    spring = [particulars.first_day + timedelta(offset) for offset in range(days)]
    working = [day for day in spring if day.weekday() < 5]
    return working[int(draw("day", key) * len(working))]
