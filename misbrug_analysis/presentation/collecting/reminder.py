"""Texts that remind units of what is missing, ready to paste into a message."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from misbrug_analysis.intake.status import Standing, UnitStatus
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.status_rows import missing_parts
from misbrug_analysis.presentation.collecting.words import deadline, unanswerable
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language

Kind = Literal["absent", "gaps", "rejected"]


@dataclass(frozen=True)
class Reminder:
    """A message, and for whoever sends it: whom to send it to.

    ``text`` are paragraphs, the first one the subject. It is the same for all and names none of
    them; ``who`` has a line for each, introduced by ``to``.
    """

    heading: str
    text: tuple[str, ...]
    to: str
    who: tuple[str, ...]


def reminders(standing: Standing, language: Language) -> list[Reminder]:
    """The reminders that there is anyone for: who sent nothing, who lacks something, who errs."""
    advice = [unanswerable(standing.study, language)]
    if standing.study.instrument.respondents is not None:
        # What one of several wrote is for whoever runs the round, and not for the others.
        made = [
            _reminder("absent", advice, standing, language),
            _reminder("gaps", [], standing, language),
        ]
    else:
        made = [
            _reminder("absent", advice, standing, language),
            _reminder("gaps", advice, standing, language),
            _reminder("rejected", [], standing, language),
        ]
    return [reminder for reminder in made if reminder.who]


def _reminder(kind: Kind, advice: list[str], standing: Standing, language: Language) -> Reminder:
    study = standing.study
    title = in_language(study.settings.title, language.code, study.settings.language)
    day = deadline(study, language)
    text = [
        language.text(f"reminder.{kind}.subject", study=title),
        language.text(f"reminder.{kind}.text", study=title),
        " ".join([_help(kind, study, language), *advice]),
        *([language.text("reminder.deadline", date=day)] if day else []),
        language.text("reminder.doubt"),
        f"{language.text('reminder.greeting')}\n{language.text('reminder.sender')}",
    ]
    return Reminder(
        language.text(f"reminder.{kind}.heading"),
        tuple(text),
        language.text(f"reminder.{kind}.to", command=f"misbrug check {study.id} --html"),
        tuple(_line(kind, standing, one, language) for one in standing.of_state(kind)),
    )


def _help(kind: Kind, study: Study, language: Language) -> str:
    """What can be done about it; where several answer, each of them has a form."""
    several = f"reminder.{kind}.several"
    is_known = study.instrument.respondents is not None and several in language.texts
    return language.text(several if is_known else f"reminder.{kind}.help")


def _line(kind: Kind, standing: Standing, status: UnitStatus, language: Language) -> str:
    if kind == "absent":
        return status.unit.label
    lacks = "; ".join(missing_parts(standing.study, status, language))
    return language.text("reminder.line", unit=status.unit.label, lacks=lacks)
