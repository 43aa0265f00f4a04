"""What pages call the answers that count as a yes, a partly and a no, and how sentences say them.

The words are the instrument's: its own (``standing``), else its labels put into a pattern of the
catalogue (``svarer »fuldt opfyldt«``), else the plain words of the catalogue (``siger ja``), where
its label is that word. Every text of a catalogue can use them: ``{standing.says_to}``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from misbrug_analysis.model.answer_words import STANDINGS, StandingWords
from misbrug_analysis.presentation.passages import OPENING, in_language, language_of

if TYPE_CHECKING:
    from misbrug_analysis.model.instrument import Instrument
    from misbrug_analysis.presentation.language import Language

SAYINGS = ("says", "say", "says_to", "say_to", "said", "said_to", "have_said")
"""How a sentence says that an answer counts as a yes; an instrument can word them itself."""

OwnWords = tuple[tuple[str, tuple[str, ...]], ...]
"""Words by name; of a standing the labels of its answers, from the best to the poorest.

An instrument without any partly has none for that.
"""


class Words(str):
    """A part of a sentence, as catalogues take it apart: ``{standing.says.verb} flere``."""

    __slots__ = ()

    @property
    def verb(self) -> str:
        """The first word, which other words can follow: ``siger``."""
        return self.partition(" ")[0]

    @property
    def rest(self) -> str:
        """What follows the first word, with the space before it: `` ja``."""
        return "".join(self.partition(" ")[1:])

    @property
    def capital(self) -> str:
        """The words as they open a sentence or a heading; quotation marks stay before them."""
        first = next((at for at, sign in enumerate(self) if sign not in f"{OPENING}»“"), 0)
        return self[:first] + self[first : first + 1].upper() + self[first + 1 :]


@dataclass(frozen=True)
class Standings:
    """The words of one language. What is quoted is so only where it is not the plain word.

    ``yes``, ``partly`` and ``no`` are labels, ``as_…`` the same in running text (``ja``, ``»fuldt
    opfyldt«``), ``a_…`` as a noun (``et ja``), ``yes_to`` before a question (``ja til``), and
    ``quoted_partly`` is always quoted. The others are as in ``StandingWords``.
    """

    yes: Words
    partly: Words
    no: Words
    as_yes: Words
    as_partly: Words
    as_no: Words
    a_yes: Words
    a_no: Words
    yes_to: Words
    quoted_partly: Words
    partly_answer: Words
    partly_answers: Words
    says: Words
    say: Words
    says_to: Words
    say_to: Words
    said: Words
    said_to: Words
    have_said: Words


_OF: dict[str, tuple[str, ...]] = {
    "yes": ("as_yes", "a_yes", "yes_to", *SAYINGS),
    "partly": ("as_partly", "quoted_partly", "partly_answer", "partly_answers"),
    "no": ("as_no", "a_no"),
}
"""Which words follow from the labels of a standing."""


def own_words(
    instrument: Instrument, language: str, plain: Callable[[str, str], str], *, mark: bool = True
) -> OwnWords:
    """The words of an instrument that are not the plain ones of a language.

    ``plain`` gives the plain word of a standing in a language, or nothing where it has none. A
    label that is in another language is marked so, or not.
    """
    say = in_language if mark else _unmarked_in

    own = instrument.standing.get(language) or StandingWords()
    found: dict[str, tuple[str, ...]] = {}
    for standing in STANDINGS:
        of = [
            answer.label
            for code, answer in instrument.answers.items()
            if instrument.standings[code] == standing
        ]
        said = getattr(own, standing)
        labels = [{language: said}] if said else of
        if labels and not (len(labels) == 1 and _is_plain(labels[0], language, standing, plain)):
            found[standing] = tuple(say(text, language) for text in labels)
    if not instrument.has_partly:
        found["partly"] = ()
    if instrument.respondents is not None:
        found["persons"] = ()
    found |= {name: (said,) for name in SAYINGS if (said := getattr(own, name))}
    return tuple(found.items())


def _unmarked_in(texts: Mapping[str, str], wanted: str) -> str:
    return texts[language_of(texts, wanted)]


def _is_plain(
    label: Mapping[str, str], language: str, standing: str, plain: Callable[[str, str], str]
) -> bool:
    """Whether a label is the plain word of the language in which it can be said."""
    spoken = language_of(label, language)
    return label[spoken].casefold() == plain(spoken, standing)


def lacks_partly(own: OwnWords) -> bool:
    """Whether the words are those of an instrument without an answer that counts as partly."""
    return ("partly", ()) in own


def is_of_persons(own: OwnWords) -> bool:
    """Whether the words are those of an instrument that several persons of a unit answer."""
    return ("persons", ()) in own


def standings(language: Language, own: OwnWords) -> Standings:
    """The words of a language, with those of an instrument in place of the plain ones."""
    words: dict[str, str] = {}
    given = dict(own)
    for standing in STANDINGS:
        labels = given.get(standing)
        # A plain "partly" is quoted, too, where it stands beside answers that are.
        kind = "named" if labels or (standing == "partly" and "yes" in given) else "plain"
        told = labels or (language.text(f"answer.plain.{standing}"),)
        quoted = tuple(language.text("standing_words.quoted", label=label) for label in told)
        fields = {"quoted": _either(language, quoted), "listed": _listed(language, quoted)}
        words[standing] = _listed(language, told)
        for name in _OF[standing]:
            words[name] = language.text(f"standing_words.{kind}.{name}", **fields)
    words |= {name: given[name][0] for name in SAYINGS if name in given}
    return Standings(**{name: Words(text) for name, text in words.items()})


def _either(language: Language, labels: tuple[str, ...]) -> str:
    """Labels in a sentence: ``»helt enig« eller »enig«``; of more than two, from first to last."""
    return language.either(labels) if len(labels) == 2 else _listed(language, labels)


def _listed(language: Language, labels: tuple[str, ...]) -> str:
    """Labels as one name: ``helt enig/enig``; of more than two, from first to last."""
    if len(labels) > 2:
        return language.text("standing_words.range", first=labels[0], last=labels[-1])
    return "/".join(labels)
