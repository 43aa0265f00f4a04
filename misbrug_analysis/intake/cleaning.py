"""What a text says when what is around it is left out, and how it is shown in a message."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.privacy import masked

MAX_SHOWN = 120
"""Letters of a cell that a message shows."""

_AROUND = "*.,;:!\"'()[]{}<>«»“”„‚‘’‹›´`†‡§#_…-–—•· "
"""Punctuation and marks of footnotes. A question mark or a stroke is none: it is a doubt."""

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "ue"})
_SIGNS = re.compile(r"\W+")
_SHORTEST = len(" Sor ")
"""A name of fewer letters stands in too many others to be meant."""


def plain(text: str) -> str:
    """The text in one way of writing it: ordinary letters, single spaces, nothing invisible.

    Raised letters and digits, as of footnotes, are left out; so are letters' compatibility forms
    (Unicode NFKC).
    """
    return _known(text) if len(text) <= _SHORT else _plain(text)


def _plain(text: str) -> str:
    if text.isascii():
        return " ".join(text.split())
    kept = (
        letter
        for letter in text
        if not unicodedata.decomposition(letter).startswith("<super>")
        and unicodedata.category(letter) != "Cf"
    )
    return " ".join(unicodedata.normalize("NFKC", "".join(kept)).replace("’", "'").split())


_known = lru_cache(maxsize=5000)(_plain)
_SHORT = 300
"""Texts up to this length are cleaned once: headings and wordings come back in every form."""


def bare(text: str) -> str:
    """The plain text without case and without punctuation and marks around it."""
    return plain(text).strip(_AROUND).casefold()


def is_doubtful(text: str) -> bool:
    """Whether what is written around a word takes some of it back: ``(ja)`` or ``ja …``."""
    whole, core = plain(text).casefold(), bare(text)
    before, _, after = whole.partition(core) if core else (whole, "", "")
    return any(sign in around for around in (before, after) for sign in ("(", ".."))


def sentence(text: str) -> str:
    """The plain text without case, to compare wordings by."""
    return plain(text).casefold()


def excerpt(text: str) -> str:
    """The text as a message shows it: masked, on one line, and not too long."""
    line = " ".join(masked(text).split())
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 1]}…"


def named_once(texts: Iterable[str]) -> list[str]:
    """Texts as names of their own: of equal ones the second is ``Heading (2)``."""
    names: dict[str, None] = {}
    used: dict[str, int] = {}
    for text in texts:
        name = text
        while name in names:
            used[text] = used.get(text, 1) + 1
            name = f"{text} ({used[text]})"
        names[name] = None
    return list(names)


def near(name: str, valid: Iterable[str]) -> Phrase | str:
    """A question after the valid name that may be meant; nothing where none is near.

    Names are compared without case, with Danish letters as they are spelt without them; one that
    stands whole in the other is near too, where it is the only one.
    """
    known = {_spelt(one): one for one in valid}
    spelt = _spelt(name)
    inside = [one for key, one in known.items() if _holds(spelt, key) or _holds(key, spelt)]
    if len(inside) == 1:
        return Phrase("did_you_mean", {"near": inside[0]})
    found = difflib.get_close_matches(spelt[:MAX_SHOWN], known, n=1)
    return Phrase("did_you_mean", {"near": known[found[0]]}) if found else ""


def _spelt(name: str) -> str:
    return plain(name).casefold().translate(_LETTERS)


def _holds(longer: str, shorter: str) -> bool:
    """Whether all words of one name stand in the other, side by side."""
    words = [f" {_SIGNS.sub(' ', name).strip()} " for name in (longer, shorter)]
    return len(words[1]) >= _SHORTEST and words[1] in words[0]
