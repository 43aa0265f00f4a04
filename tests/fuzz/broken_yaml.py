"""What goes wrong in YAML that people write."""

from __future__ import annotations

import re

from hypothesis import strategies as st

from tests.fuzz.broken_text import (
    TextBreaker,
    letters_inserted,
    line_breaks_changed,
    line_cut,
    line_deleted,
    line_repeated,
    lines_swapped,
)

SIGNS = [
    *("&a ", "*a", "!!python/object/apply:os.system ['true']", "!x ", "{", "}", "[", "]", ": "),
    *("- ", "|", ">", "\t", "#", "%YAML 3.0\n", "---\n", "...", "'", '"', "? ", "<<: ", "~", "@"),
]
VALUES = [
    *("", "null", "no", "-1", "1e999", ".nan", "0x1F", "1_000", "2024-02-30", "[]", "{}", "[[[]]]"),
    *("forms/../study.yaml", "/etc/hostname", "forms/a.xlsx", "t.9", "x" * 5_000, "{a: {b: c}}"),
    *("2024-05-01T12:00:00Z", "!!binary aGVq", "'\\0'", '"\\u202e"', "010203-1234"),
]
_VALUE = re.compile(r"(?<=: )[^\n]*")
_KEY = re.compile(r"[\w.]+(?=:)")


def yaml_sign_inserted(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(st.sampled_from(SIGNS)) + text[at:]


def value_changed(draw: st.DrawFn, text: str) -> str:
    return _changed(draw, text, _VALUE, draw(st.sampled_from(VALUES)))


def key_changed(draw: st.DrawFn, text: str) -> str:
    known = ["id", "file", "items", "t.1", "codes", "1", "[1, 2]", "null", "x", "{a: b}"]
    return _changed(draw, text, _KEY, draw(st.sampled_from(known)))


def indented(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    lines[at] = draw(st.sampled_from([" ", "  ", "\t", "    - "])) + lines[at]
    return "\n".join(lines)


def nested(draw: st.DrawFn, text: str) -> str:
    """Far deeper than anything means anything."""
    deep = draw(st.sampled_from([20, 300, 5_000]))
    opened = draw(st.sampled_from(["[", "{a: ", "- "]))
    return text + "\nx: " + opened * deep


def _changed(draw: st.DrawFn, text: str, pattern: re.Pattern[str], new: str) -> str:
    found = list(pattern.finditer(text))
    if not found:
        return text
    one = draw(st.sampled_from(found))
    return text[: one.start()] + new + text[one.end() :]


YAML_BREAKERS: tuple[TextBreaker, ...] = (
    yaml_sign_inserted,
    value_changed,
    value_changed,
    key_changed,
    indented,
    nested,
    line_deleted,
    line_repeated,
    lines_swapped,
    line_cut,
    letters_inserted,
    line_breaks_changed,
)
