"""What ``misbrug check`` prints: how the round stands, every fault by file, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.intake.status import Standing
from misbrug_analysis.model.errors import MOST_NAMES, Problem
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.presentation.collecting.faults import (
    by_form,
    column_headings,
    gathered,
    told,
)
from misbrug_analysis.presentation.collecting.tally import (
    READ_AS,
    cell_sums,
    decided,
    personal,
    read_as,
    shortened,
    warnings,
)
from misbrug_analysis.presentation.collecting.words import (
    WIDTH,
    cell_place,
    few_names,
    plain_line,
    sent_sentence,
    states,
    wrapped,
)
from misbrug_analysis.presentation.language import Language

STEP = "  "


def check_lines(standing: Standing, language: Language) -> list[str]:
    """The lines of the check in a language; a part that has nothing to tell is left out."""
    came_in = standing.came_in
    parts = [
        list(_summary(standing, language)),
        _part("faults", _faults(came_in.problems, standing, language), language),
        _part("warnings", _faults(warnings(standing), standing, language), language),
        _part("read_as", _read_as(standing, language), language),
        _part("personal", _personal(standing, language), language),
        list(_sums(standing, language)),
        [verdict(standing, language)],
    ]
    lines = [line for part in parts if part for line in [*part, ""]]
    return [plain_line(line) for line in lines[:-1]]


def _part(name: str, lines: Iterator[str], language: Language) -> list[str]:
    found = [f"{STEP}{line}" for line in lines]
    return [language.text(f"check.{name}"), *found] if found else []


def _summary(standing: Standing, language: Language) -> Iterator[str]:
    yield sent_sentence(standing, language)
    whole = [status.unit.label for status in standing.units]
    found = states(standing, language, few_names)
    for word, n, who in found:
        yield from wrapped(f"{word} ({language.number(n)}): {who}", STEP, whole)
    if any(n > MOST_NAMES for _, n, _ in found):
        command = f"misbrug status {standing.study.id}"
        yield STEP + language.text("collecting.all_names", command=command)


def _faults(problems: Sequence[Problem], standing: Standing, language: Language) -> Iterator[str]:
    """Faults by file; where they are in no form, each begins with its own place.

    What is expected and what to do are said once, below the faults that share them.
    """
    headings = column_headings(standing.came_in)
    for form in by_form(problems, standing):
        step = STEP if form.source else ""
        if form.source:
            row = "" if form.at == FILE else f", {cell_place(form.at, language)}"
            yield ": ".join(part for part in (form.owner, masked(form.source) + row) if part)
        parts = [
            told(fault, standing.study, language, headings) for fault in gathered(form.problems)
        ]
        for advice, alike in groupby(parts, key=lambda one: one.advice):
            for one in alike:
                if one.place:
                    yield f"{step}{one.place}"
                yield f"{step}{STEP}{one.found}"
                yield from (f"{step}{STEP}{shortened(said, WIDTH)}" for said in one.questions)
            yield from (f"{step}{STEP}{line}" for line in advice)


def _read_as(standing: Standing, language: Language) -> Iterator[str]:
    for reason in READ_AS:
        for raw, value, n in read_as(standing, language, reason):
            times = language.number(n)
            yield language.text(f"check.as.{reason}", raw=raw, value=value, n=times)
    for one in decided(standing, language):
        yield language.text(
            "check.as.decided", place=one.place, raw=one.raw or "–", value=one.value, why=one.why
        )


def _personal(standing: Standing, language: Language) -> Iterator[str]:
    for file, kinds in personal(standing, language):
        yield f"{file}: {language.join(kinds)}"


def _sums(standing: Standing, language: Language) -> Iterator[str]:
    files = standing.came_in.ledger["source"].nunique()
    if not files:
        return
    fates, total = cell_sums(standing, language)
    yield language.plural("check.cells", files, cells=language.number(total))
    width = len(language.number(total))
    for word, n in fates:
        yield f"{STEP}{language.number(n):>{width}}  {word}"


def verdict(standing: Standing, language: Language) -> str:
    """What the check came to, in a sentence."""
    if faults := len(standing.came_in.problems):
        return language.plural("check.verdict", faults)
    return language.text("check.fine" if standing.came_in.forms else "check.nothing")
