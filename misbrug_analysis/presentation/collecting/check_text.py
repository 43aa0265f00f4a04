"""What ``misbrug check`` prints: how the round stands, every fault by file, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from misbrug_analysis.intake.status import Standing
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.presentation.collecting.tally import (
    READ_AS,
    cell_sums,
    personal,
    read_as,
)
from misbrug_analysis.presentation.collecting.words import (
    by_file,
    plain_line,
    sent_sentence,
    states,
    told,
)
from misbrug_analysis.presentation.language import Language

STEP = "  "


def check_lines(standing: Standing, language: Language) -> list[str]:
    """The lines of the check in a language; a part that has nothing to tell is left out."""
    came_in = standing.came_in
    parts = [
        list(_summary(standing, language)),
        _part("faults", _faults(came_in.problems, language), language),
        _part("warnings", _faults(came_in.warnings, language), language),
        _part("read_as", _read_as(standing, language), language),
        _part("personal", _personal(standing, language), language),
        list(_sums(standing, language)),
        [_verdict(len(came_in.problems), language)],
    ]
    lines = [line for part in parts if part for line in [*part, ""]]
    return [plain_line(line) for line in lines[:-1]]


def _part(name: str, lines: Iterator[str], language: Language) -> list[str]:
    found = [f"{STEP}{line}" for line in lines]
    return [language.text(f"check.{name}"), *found] if found else []


def _summary(standing: Standing, language: Language) -> Iterator[str]:
    yield sent_sentence(standing, language)
    for word, n, who in states(standing, language):
        yield f"{STEP}{word} ({language.number(n)}): {who}"


def _faults(problems: Sequence[Problem], language: Language) -> Iterator[str]:
    """Faults by file; where they are in no form, each begins with its own place."""
    for source, among in by_file(problems).items():
        step = STEP if source else ""
        if source:
            yield source
        for problem in among:
            parts = told(problem, language)
            if parts.place:
                yield f"{step}{parts.place}"
            yield from (f"{step}{STEP}{line}" for line in parts.lines)


def _read_as(standing: Standing, language: Language) -> Iterator[str]:
    for reason in READ_AS:
        for raw, value, n in read_as(standing, language, reason):
            times = language.number(n)
            yield language.text(f"check.as.{reason}", raw=raw, value=value, n=times)


def _personal(standing: Standing, language: Language) -> Iterator[str]:
    for file, kinds in personal(standing, language):
        yield f"{file}: {language.join(kinds)}"


def _sums(standing: Standing, language: Language) -> Iterator[str]:
    fates, total = cell_sums(standing, language)
    files = len(standing.came_in.forms)
    yield language.plural("check.cells", files, cells=language.number(total))
    width = len(language.number(total))
    for word, n in fates:
        yield f"{STEP}{language.number(n):>{width}}  {word}"


def _verdict(faults: int, language: Language) -> str:
    return language.plural("check.verdict", faults) if faults else language.text("check.fine")
