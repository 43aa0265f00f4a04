"""Which language a text is in: by letters and by words that only one of them has."""

from __future__ import annotations

import re

_COMMON_DANISH = """
    af aldrig alle andre bliver blev da de dem den der deres derfor det dette dog efter ej eller
    en er et fem flere fleste få fælles før gør hans har havde hele hver hvilke hvis hvor hvordan
    hvorfor ifølge igen ikke ind ingen intet ja jer kan klynge klyngen klynger klyngerne kommune
    kommunen kommuner kommunerne kun man med mellem mere mindst mod når nej nogle nu og også om op
    os over på samme sig sin skal skulle slut som svar svarede svarer så til to tre under ud unge
    ved vi vil være år anbefaling anbefalingen anbefalinger anbefalingerne behandling behandlingen
    besvaret borger borgere borgerne misbrug opfølgning spørgsmål rapporten delvis kilde skema
    skemaet tal
"""
_COMMON_ENGLISH = """
    about after also and are because been before but by can cannot could did does each every from
    had has have if is it its municipalities municipality not of only other others should some than
    that the their them then these they this those to was were what when where which who with would
    yes
"""
_OF_BOTH = """
    alle da de den der dog en et for had hans har have i is it man mod over slut to under ved
"""
"""Words that are found in both languages, or in names."""

DANISH = frozenset(_COMMON_DANISH.split()) - frozenset(_OF_BOTH.split())
ENGLISH = frozenset(_COMMON_ENGLISH.split()) - frozenset(_OF_BOTH.split())

_LETTERS = re.compile(r"\w*[æøåÆØÅ]\w*")
_WORDS = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


def danish_in(text: str) -> list[str]:
    """The words of a text that are Danish and not English."""
    words = {word for word in _WORDS.findall(text) if word.casefold() in DANISH}
    return sorted({*words, *_LETTERS.findall(text)})


def english_in(text: str) -> list[str]:
    """The words of a text that are English and not Danish."""
    return sorted({word for word in _WORDS.findall(text) if word.casefold() in ENGLISH})
