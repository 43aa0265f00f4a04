"""Definitions of the small project, spoiled at one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from misbrug_analysis.model.errors import MisbrugError, Problem, shown


def spoil(path: Path, old: str, new: str) -> int:
    """Put ``new`` in the place of ``old``, which stands there once; the line where it begins."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (old, text)
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems_of(read: Callable[[], object]) -> list[Problem]:
    """The faults that reading finds, each with a message that can be told."""
    with pytest.raises(MisbrugError) as error:
        read()
    for problem in error.value.problems:
        assert problem.what in str(error.value) or problem.where == ""
        assert problem.expected in str(error.value)
        assert problem.next_step in str(error.value)
    return list(error.value.problems)


def at(path: Path, line: int, column: str = "") -> str:
    """A place as messages name it."""
    return f"{shown(path)}, line {line}" + (f", column {column}" if column else "")
