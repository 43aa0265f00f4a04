"""The page that goes back to a unit: what to mend and what is still empty, in its files alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.intake.status import SentFile, Standing, UnitStatus
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Heading,
    Paragraphs,
)
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.collecting.faults import column_headings, gathered, told
from misbrug_analysis.presentation.collecting.respondents import too_few_parts
from misbrug_analysis.presentation.collecting.words import (
    deadline,
    form_label,
    head,
    on_page,
    plain_place,
    question,
    sent_name,
    unanswerable,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import in_language

OURS = ("bad_decision", "decision_outdated")
"""Faults in what the study decided on a form: not for those to mend who sent it."""

NOT_IN_THE_FILE = (
    "form_no_answers",
    "form_twice",
    "later_has_less",
    "other_round",
    "other_version",
    "response_has_less",
    "response_twice",
    "stamp_differs",
    "unknown_form",
    "unknown_unit",
)
"""Faults that are not mended in the file that came in: it is the wrong one, or locked there."""

TWICE = ("response_twice", "response_has_less")
"""Faults of one response beside another one: which of them counts is not for us to say."""

UNASKED = ("form_no_answers", "other_round", "other_version")
"""Faults of files whose blank questions are no one's to fill in."""


def unit_page_name(unit: str) -> str:
    """The file name of the page that is sent back to a unit."""
    return f"check-{unit}.html"


def to_mend(standing: Standing) -> tuple[UnitStatus, ...]:
    """The units that have sent something and have something to mend or to fill in."""
    return tuple(
        status
        for status in standing.units
        if status.state == "gaps"
        or _theirs(status.problems, standing)
        or ((status.problems or status.too_few) and _lacks(status))
    )


def unit_page(standing: Standing, status: UnitStatus, language: Language) -> str:
    """The page ``check-<unit>.html``; no other unit and no file of another one is named on it."""
    study = standing.study
    title = language.text(f"mend.title.{_need(status, standing)}", unit=status.unit.label)
    name = in_language(study.settings.title, language.code, study.settings.language)
    page = head(study, language, title, language.text("mend.description", study=name))
    blocks = [
        *_faults(standing, status, language),
        *_missing(standing, status, language),
        *_too_few(standing, status, language),
        *_blank(standing, status, language),
        *_send(standing, status, language),
    ]
    return render_page(page, blocks, language, listed=False)


def _need(status: UnitStatus, standing: Standing) -> str:
    """Whether there is something to ``mend``, to ``fill`` in, or ``both``."""
    faults = bool(_theirs(status.problems, standing))
    return "both" if faults and _lacks(status) else "mend" if faults else "fill"


def _lacks(status: UnitStatus) -> bool:
    """Whether forms or answers are still wanted."""
    return bool(status.missing or status.too_few or _unanswered(status))


def _faults(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    """What cannot be used, by file, in the words of those who filled it in."""
    headings = column_headings(standing.came_in)
    blocks: list[Block] = []
    for file in status.files:
        problems = _theirs(file.problems, standing)
        if not problems:
            continue
        entries = []
        for fault in gathered([_for_unit(one, standing, status, language) for one in problems]):
            shown = headings if file.at != FILE and not fault.items else None
            parts = told(fault, standing.study, language, shown)
            remedy = _remedy(fault.problem, file, language)
            # Nobody who answered in a system has seen the file that its answers came in.
            place = [plain_place(fault.span, language)] if file.at == FILE else []
            told_of = [*place, *parts.questions, on_page(parts.expected, language), remedy]
            entries.append((on_page(parts.found, language), told_of))
        blocks += _file_heading(standing, file, language, "faults", len(blocks))
        blocks.append(Definitions(entries, stacked=True))
    heading = Heading(language.text("mend.faults"), 2, "faults")
    return [heading, *blocks] if blocks else []


def _theirs(problems: Sequence[Problem], standing: Standing) -> list[Problem]:
    """The faults that a unit is to mend; none where several of it answer.

    One of them would be shown what another one wrote.
    """
    several = standing.study.instrument.respondents is not None
    return [] if several else [one for one in problems if one.code not in OURS]


def _for_unit(
    problem: Problem, standing: Standing, status: UnitStatus, language: Language
) -> Problem:
    """The fault without the names of others: it lists all units, hints at one, or found one."""
    own = status.unit.label
    others = {unit.label for unit in standing.study.organisation.units} - {own}
    values = dict(problem.values)
    if others & set(str(values.get("valid", "")).split(", ")):
        values |= {"valid": own, "hint": ""}
    another = language.text("mend.another")
    longest_first = sorted(others, key=lambda label: (-len(label), label))
    named = re.compile("|".join(rf"(?<!\w){re.escape(label)}(?!\w)" for label in longest_first))
    folded = {label.casefold() for label in others}
    for name, value in values.items():
        if isinstance(value, str) and others and name != "item":
            alone = value.strip().casefold() in folded
            values[name] = another if alone else named.sub(another, value)
    return replace(problem, values=values)


def _remedy(problem: Problem, file: SentFile, language: Language) -> str:
    """What whoever filled the form in can do; the study's own files are not theirs to change."""
    if file.at != FILE and problem.code not in TWICE:
        return language.text("mend.do_in_a_row")
    key = f"mend.do.{problem.code}"
    return language.text(key if key in language.texts else "mend.do.other")


def _missing(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    if not status.missing:
        return []
    forms = [form_label(standing.study, form, language) for form in status.missing]
    return [
        Heading(language.text("mend.missing"), 2, "missing"),
        Paragraphs([language.text("mend.missing_explained")]),
        Bullets([language.capitalise(form) for form in forms]),
    ]


def _too_few(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    """The forms that more of the unit's people have to answer before anything is shown of them."""
    parts = too_few_parts(standing.study, status, language)
    if not parts:
        return []
    return [
        Heading(language.text("mend.too_few"), 2, "too-few"),
        Paragraphs([language.text("mend.too_few_explained")]),
        Bullets([language.capitalise(part) for part in parts]),
    ]


def _blank(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    """The questions without an answer, by file, with their texts."""
    study = standing.study
    blocks: list[Block] = []
    for file in _unanswered(status):
        blocks += _file_heading(standing, file, language, "blank", len(blocks))
        items = [study.instrument.item(item) for item in file.blank]
        blocks.append(Bullets([question(item, study, language) for item in items]))
        if file.descriptive_blank:
            n = len(file.descriptive_blank)
            blocks.append(Paragraphs([language.plural("mend.descriptive", n)], "note"))
    if not blocks:
        return []
    steps = [language.text("mend.blank_explained"), unanswerable(study, language)]
    explained = Paragraphs([" ".join(steps)])
    return [Heading(language.text("mend.blank"), 2, "blank"), explained, *blocks]


def _unanswered(status: UnitStatus) -> list[SentFile]:
    """The files that count, or would if they were mended, and have questions without an answer."""
    return [
        file
        for file in status.files
        if file.blank
        and file.use in ("used", "rejected")
        and not any(problem.code in UNASKED for problem in file.problems)
    ]


def _file_heading(
    standing: Standing, file: SentFile, language: Language, part: str, number: int
) -> list[Block]:
    """The file by its name; a response by what it is, with its place for those who ask us."""
    form, anchor = form_label(standing.study, file.form, language), f"{part}-{number + 1}"
    name = sent_name(file.source, file.at, language)
    if file.at == FILE:
        return [Heading(language.text("mend.file", file=name, form=form), 3, anchor)]
    return [
        Heading(language.text("mend.response", form=form), 3, anchor),
        Paragraphs([language.text("mend.response_place", place=name)], "note"),
    ]


def _steps(standing: Standing, status: UnitStatus, language: Language) -> list[str]:
    """What to do with the file that was sent; nothing where it is not the file to mend."""
    faults = _theirs(status.problems, standing)
    in_the_file = bool(_unanswered(status)) or any(
        problem.code not in NOT_IN_THE_FILE for problem in faults
    )
    if standing.study.instrument.respondents is not None:
        names, in_the_file = ["several"], False
    elif any(file.at != FILE for file in status.files):
        names, in_the_file = ["answers"], False
    elif in_the_file:
        names = [_need(status, standing), "save"]
    else:
        names = ["follow"] if faults else ["forms"]
    steps = [language.text(f"mend.step.{name}") for name in names]
    day = deadline(standing.study, language)
    last = "again" if in_the_file else "back"
    steps.append(language.text(f"mend.step.{last}"))
    return [*steps, language.text("reminder.deadline", date=day)] if day else steps


def _send(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    """How and by when to send it again, and whom to ask."""
    steps = _steps(standing, status, language)
    blocks: list[Block] = [
        Heading(language.text("mend.send"), 2, "send"),
        Bullets(steps, ordered=True),
        Heading(language.text("mend.ask"), 2, "ask"),
    ]
    publication = standing.study.settings.publication
    contact = publication.contact if publication else None
    if contact is None:
        return [*blocks, Paragraphs([language.text("mend.ask_sender")])]
    ways: list[str | Link] = []
    if contact.email:
        ways.append(Link(contact.email, f"mailto:{contact.email}"))
    if contact.phone:
        ways.append(language.text("mend.phone", phone=contact.phone))
    if contact.web:
        ways.append(Link(contact.web, contact.web))
    return [*blocks, Bullets(ways)]
