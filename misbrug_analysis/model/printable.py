"""Signs that act instead of being shown, which no page, sheet or terminal is handed."""

from __future__ import annotations

import re

# Control characters but tab and line break (a terminal takes ESC for a command, HTML and XML cannot
# hold them), what turns the direction of the text around it (Unicode Technical Report 36, 2.5:
# ``gnp.exe`` then reads ``exe.png``), and halves of characters.
_ACTS = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text with a replacement sign for each of them."""
    return _ACTS.sub("\ufffd", text)
