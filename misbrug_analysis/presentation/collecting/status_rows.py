"""Who has sent what, and what is missing: the rows that the table, the page and the file share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from misbrug_analysis.intake.status import SentFile, Standing, UnitStatus
from misbrug_analysis.model.organisation import Unit
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.respondents import came_in_parts, too_few_parts
from misbrug_analysis.presentation.collecting.words import (
    form_label,
    form_labels,
    sent_name,
    since,
    state_word,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language

FEW = 6
"""So many question numbers are listed where there is little room."""


@dataclass(frozen=True)
class StatusRow:
    """A unit in words: its group, how it stands, what came in since when, and what is missing."""

    unit: str
    group: str
    state: str
    came_in: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def parts(self) -> list[tuple[str, ...]]:
        """What stands in each column, part by part."""
        return [(self.unit,), (self.group,), (self.state,), self.came_in, self.missing]

    @property
    def cells(self) -> list[str]:
        """The columns, each as one text."""
        return ["; ".join(parts) for parts in self.parts]


def status_rows(standing: Standing, language: Language, *, short: bool = False) -> list[StatusRow]:
    """A row for each unit, in the order of the units file.

    ``short`` leaves out question numbers where there are many.
    """
    study = standing.study
    return [
        StatusRow(
            unit=status.unit.label,
            group=group_label(study, status.unit, language),
            state=state_word(status.state, language),
            came_in=tuple(_all_that_came_in(study, status, language)),
            missing=tuple(missing_parts(study, status, language, short=short)),
        )
        for status in standing.units
    ]


def headings(study: Study, language: Language) -> list[str]:
    """The headings of the columns of ``status_rows``."""
    own = study.settings.language
    unit = in_language(study.organisation.unit_noun, language.code, own).one
    group = in_language(study.organisation.smallest.noun, language.code, own).one
    more = [language.text(f"status.column.{name}") for name in ("state", "came_in", "missing")]
    return [language.capitalise(unit), language.capitalise(group), *more]


def missing_parts(
    study: Study, status: UnitStatus, language: Language, *, short: bool = False
) -> list[str]:
    """What a unit still owes, in words: forms, blank questions by form, what is to be mended.

    Where that is nothing, the questions on which no result rests.
    """
    parts = []
    if faults := status.faults:
        parts.append(language.plural("status.faults", faults))
    if status.missing:
        forms = form_labels(study, status.missing, language)
        key = "status.form" if len(status.missing) == 1 else "status.forms"
        parts.append(language.text(key, forms=forms))
    parts += too_few_parts(study, status, language)
    for file in status.used:
        if file.blank:
            parts.append(_blank(study, file, language, short=short))
    if not parts and (n := sum(len(file.descriptive_blank) for file in status.used)):
        parts.append(language.plural("status.only_descriptive", n))
    return parts


def nobodys(standing: Standing, language: Language) -> list[str]:
    """The files that belong to no unit, each with what came in."""
    return [
        f"{sent_name(file.source, file.at, language)}: {_came_in(standing.study, file, language)}"
        for file in standing.nobodys
    ]


def group_label(study: Study, unit: Unit, language: Language) -> str:
    """What the group of a unit at the smallest level is called."""
    level = study.organisation.smallest
    group = study.organisation.group(level.id, unit.attributes[level.id])
    return in_language(group.label, language.code, study.settings.language)


def _all_that_came_in(study: Study, status: UnitStatus, language: Language) -> Iterator[str]:
    """The files of a unit, and which forms it need not send because of them."""
    if study.instrument.respondents is None:
        yield from (_came_in(study, file, language) for file in status.files)
    else:
        yield from came_in_parts(study, status, language)
    if status.covered:
        forms = form_labels(study, status.covered, language)
        yield language.text("status.covered", forms=forms)


def _came_in(study: Study, file: SentFile, language: Language) -> str:
    form = form_label(study, file.form, language)
    answered, asked = language.number(file.answered), language.number(file.asked)
    counts = {"answered": answered, "asked": asked}
    said = language.text(
        f"status.came_in.{file.use}", form=form, since=since(file, language), **counts
    )
    if file.use != "used" or not file.left:
        return said
    return said + language.plural("status.left", file.left)


def _blank(study: Study, file: SentFile, language: Language, *, short: bool) -> str:
    form = form_label(study, file.form, language)
    numbers = _numbers(file.blank, language, short=short)
    return language.plural("status.blank", len(file.blank), form=form, numbers=numbers)


def _numbers(items: Sequence[str], language: Language, *, short: bool) -> str:
    if not short or len(items) <= FEW:
        return language.join(items)
    rest = language.number(len(items) - FEW)
    return language.text("status.and_more", items=", ".join(items[:FEW]), rest=rest)
