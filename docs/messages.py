"""Write the list of every message: python docs/messages.py."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from misbrug_analysis.model.errors import messages

PAGE = Path(__file__).parent / "messages.md"

LANGUAGES = {"da": "Dansk", "en": "English"}

INTRODUCTION = """\
# Every message, and what to do

<!-- Made from misbrug_analysis/model/messages/ by `make messages`. -->

`misbrug check STUDY` reads all that has come in and tells every fault at once; the other commands
tell what stops them. A message says where the fault is and what is wrong, what was expected, and
what to do next. Mend the file that it names and run the command again: nothing is lost, and no page
is made while a cell of a form is rejected. The forms are described in
[collecting a round](collecting.md), the files of a study in [a study's folder](study.md).

Search this page for some words of the message. What stands in *italics* is filled in where the
fault is found; in a command it stands in `<brackets>`. Words that can stand there are listed
[at the end](#words).

*På dansk:* En meddelelse siger, hvor fejlen er, og hvad der er galt, hvad der var forventet, og
hvad du skal gøre. Ret den fil, den nævner, og kør kommandoen igen. Søg her på siden efter nogle ord
fra meddelelsen.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_groups(), *_words()])


def _groups() -> Iterator[str]:
    catalogues = {code: messages(code) for code in LANGUAGES}
    for group, faults in catalogues["en"]["faults"].items():
        yield f"## {_both(catalogues, 'groups', group)}\n"
        for code in faults:
            yield f"### {code}\n"
            yield from _row("", *LANGUAGES.values())
            yield from _row(*["---"] * 3)
            for part in ("what", "expected", "next"):
                told = (_told(one, one["faults"][group][code][part]) for one in catalogues.values())
                yield from _row(_both(catalogues, "frame", part), *map(_sentence, told))
            yield ""


def _words() -> Iterator[str]:
    catalogues = {code: messages(code) for code in LANGUAGES}
    yield '<a id="words"></a>\n\n## Ord i meddelelserne · Words in the messages\n'
    yield from _row(*LANGUAGES.values())
    yield from _row("---", "---")
    for key in catalogues["en"]["phrases"]:
        yield from _row(*(_told(one, one["phrases"][key]) for one in catalogues.values()))
    yield ""


def _row(*cells: str) -> Iterator[str]:
    yield "| " + " | ".join(cell.strip().replace("|", r"\|") for cell in cells) + " |"


def _both(catalogues: dict[str, Any], section: str, key: str) -> str:
    return " · ".join(_sentence(str(one[section][key])) for one in catalogues.values())


def _sentence(text: str) -> str:
    """The text as a sentence begins; the name of a file stays as it is."""
    is_file = "." in text.partition(" ")[0].rstrip(".")
    return text if is_file else text[:1].upper() + text[1:]


def _told(catalogue: dict[str, Any], text: str) -> str:
    """A text with its fields as readers see them."""
    shown, in_code = "", False
    for words, name, _, conversion in string.Formatter().parse(text):
        for place, part in enumerate(words.split("`")):
            in_code ^= place > 0
            shown += ("`" if place else "") + (part if in_code else _escaped(part))
        if name is not None:
            field = str(catalogue["fields"].get(name, name)).replace("_", " ")
            said = f"<{field}>" if in_code else f"*{field}*"
            quoted = catalogue["frame"]["quoted"].replace("{}", said) if conversion else said
            shown += quoted if field else ""
    return shown


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", r"\*")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
