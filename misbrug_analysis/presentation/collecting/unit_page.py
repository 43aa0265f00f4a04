"""The page that goes back to a unit: what to mend and what is still empty, in its files alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
from misbrug_analysis.presentation.collecting.words import (
    deadline,
    file_name,
    form_label,
    head,
    plain_place,
    question,
    told,
    unanswerable,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import in_language

OURS = ("bad_decision", "decision_outdated")
"""Faults in what the study decided on a form: not for those to mend who sent it."""


def unit_page_name(unit: str) -> str:
    """The file name of the page that is sent back to a unit."""
    return f"check-{unit}.html"


def to_mend(standing: Standing) -> tuple[UnitStatus, ...]:
    """The units that have sent something and have something to mend or to fill in."""
    return tuple(
        status
        for status in standing.units
        if status.state == "gaps" or _theirs(status.problems) or (status.problems and status.blank)
    )


def unit_page(standing: Standing, status: UnitStatus, language: Language) -> str:
    """The page ``check-<unit>.html``; no other unit and no file of another one is named on it."""
    study = standing.study
    title = language.text("mend.title", unit=status.unit.label)
    name = in_language(study.settings.title, language.code, study.settings.language)
    page = head(study, language, title, language.text("mend.description", study=name))
    blocks = [
        *_faults(standing, status, language),
        *_missing(standing, status, language),
        *_blank(standing, status, language),
        *_send(standing, language),
    ]
    return render_page(page, blocks, language, listed=False)


def _faults(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    """What cannot be used, by file, in the words of those who filled it in."""
    blocks: list[Block] = []
    for file in status.files:
        problems = _theirs(file.problems)
        if not problems:
            continue
        entries = []
        for problem in problems:
            parts = told(_for_unit(problem, standing, status), language)
            lines = [parts.found, parts.expected, _remedy(problem, language)]
            entries.append((plain_place(problem.locator, language), lines))
        blocks.append(_file_heading(standing, file, language, "faults", len(blocks)))
        blocks.append(Definitions(entries, stacked=True))
    heading = Heading(language.text("mend.faults"), 2, "faults")
    return [heading, *blocks] if blocks else []


def _theirs(problems: Sequence[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code not in OURS]


def _for_unit(problem: Problem, standing: Standing, status: UnitStatus) -> Problem:
    """The fault without the names of others, where it lists all units or hints at one."""
    listed = str(problem.values.get("valid", "")).split(", ")
    others = {unit.label for unit in standing.study.organisation.units} - {status.unit.label}
    if not others & set(listed):
        return problem
    return replace(problem, values={**problem.values, "valid": status.unit.label, "hint": ""})


def _remedy(problem: Problem, language: Language) -> str:
    """What whoever filled the form in can do; the study's own files are not theirs to change."""
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


def _blank(standing: Standing, status: UnitStatus, language: Language) -> list[Block]:
    """The questions without an answer, by file, with their texts."""
    study = standing.study
    blocks: list[Block] = []
    for file in status.files:
        if not file.blank or file.use not in ("used", "rejected"):
            continue
        blocks.append(_file_heading(standing, file, language, "blank", len(blocks)))
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


def _file_heading(
    standing: Standing, file: SentFile, language: Language, part: str, number: int
) -> Heading:
    form = form_label(standing.study, file.form, language)
    text = language.text("mend.file", file=file_name(file.source), form=form)
    return Heading(text, 3, f"{part}-{number + 1}")


def _send(standing: Standing, language: Language) -> list[Block]:
    """How and by when to send it again, and whom to ask."""
    day = deadline(standing.study, language)
    steps = [language.text("mend.step.mend"), language.text("mend.step.save")]
    steps.append(
        language.text("mend.step.by", date=day) if day else language.text("mend.step.send")
    )
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
