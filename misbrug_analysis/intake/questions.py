"""Which question a row of a form belongs to: by its number, else by its wording."""

from __future__ import annotations

from dataclasses import dataclass

from misbrug_analysis.intake.cleaning import bare, plain, sentence
from misbrug_analysis.model.instrument import Instrument, Item


@dataclass(frozen=True)
class Asked:
    """A question, or one of its options (from 1) where each option has a row."""

    item: Item
    option: int = 0

    @property
    def number(self) -> str:
        """How the row is numbered."""
        return f"{self.item.id}/{self.option}" if self.option else self.item.id


class Questions:
    """The questions of an instrument by their numbers and by their wordings."""

    def __init__(self, instrument: Instrument) -> None:
        self._items = {item.id: item for item in instrument.items}
        self._topics = {topic.id for topic in instrument.topics}
        spelt: dict[str, list[str]] = {}
        for item in instrument.items:
            spelt.setdefault(item.id.casefold(), []).append(item.id)
        self._any_case = {key: ids[0] for key, ids in spelt.items() if len(ids) == 1}
        self._worded: dict[str, set[str]] = {}
        self._choices: dict[str, set[str]] = {}
        for item in instrument.items:
            for text in item.text.values():
                self._worded.setdefault(sentence(text), set()).add(item.id)
                if item.options:
                    self._choices.setdefault(sentence(text), set()).add(item.id)

    @property
    def numbers(self) -> list[str]:
        """The numbers of all questions."""
        return list(self._items)

    def named(self, number: str) -> Asked | None:
        """The question or option with a number."""
        written = number if number in self._items else plain(number).rstrip(".:)")
        name, stroke, option = written.partition("/")
        item = self._items.get(self._any_case.get(name.strip().casefold(), name))
        if item is None or not stroke:
            return Asked(item) if item else None
        place = int(option) if option.isascii() and option.isdigit() and len(option) < 4 else 0
        return Asked(item, place) if 0 < place <= len(item.options) else None

    def is_topic(self, number: str) -> bool:
        """Whether a number is a topic's, whose row is a heading."""
        return plain(number).rstrip(".:)") in self._topics

    def worded(self, text: str) -> set[str]:
        """The numbers of the questions that a text is the wording of, in some language.

        The wording of a question of choice may be followed by its options.
        """
        said = sentence(text)
        found = self._worded.get(said)
        if found is not None:
            return found
        longest = max((one for one in self._choices if said.startswith(f"{one} ")), default="")
        return self._choices.get(longest, set())

    def is_question(self, number: str, wording: str) -> bool:
        """Whether a row with such a number or such a wording is a question's or an option's."""
        return self.named(number) is not None or bool(self.worded(wording))

    def only_worded(self, text: str) -> Asked | None:
        """The one question that a text is the wording of."""
        found = self.worded(text)
        return Asked(self._items[next(iter(found))]) if len(found) == 1 else None


def options_labelled(item: Item, text: str) -> set[int]:
    """The options of a question (from 1) that a text is the label of, in some language.

    One that is written exactly so is meant before those that differ in the signs around it, as
    ``<10`` and ``>10`` do.
    """
    labels = [(place, label) for place, one in enumerate(item.options, 1) for label in one.values()]
    exact = {place for place, label in labels if sentence(label) == sentence(text)}
    return exact or {place for place, label in labels if bare(label) == bare(text)}
