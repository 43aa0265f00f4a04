"""Texts that remind units of what they have not sent, ready to paste into a message."""

from __future__ import annotations

from misbrug_analysis.intake.status import Standing, UnitStatus
from misbrug_analysis.presentation.collecting.status_rows import missing_parts
from misbrug_analysis.presentation.collecting.words import deadline, names, unanswerable
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language


def absent_reminder(standing: Standing, language: Language) -> list[str]:
    """To those who have sent nothing: paragraphs, the first one the subject; none for nobody."""
    absent = standing.of_state("absent")
    if not absent:
        return []
    title = _title(standing, language)
    return [
        language.text("reminder.absent.subject", study=title),
        language.text("reminder.to", names=names(absent, language)),
        language.text("reminder.absent.text", study=title),
        *_deadline(standing, language),
        language.text("reminder.absent.help"),
        *_ending(language),
    ]


def gaps_reminder(standing: Standing, language: Language) -> list[str]:
    """To those whose answers are not whole, with what each lacks; none for nobody."""
    gaps = standing.of_state("gaps")
    if not gaps:
        return []
    title = _title(standing, language)
    return [
        language.text("reminder.gaps.subject", study=title),
        language.text("reminder.to", names=names(gaps, language)),
        language.text("reminder.gaps.text", study=title),
        "\n".join(_lacks(standing, status, language) for status in gaps),
        *_deadline(standing, language),
        language.text("reminder.gaps.help", unanswerable=unanswerable(standing.study, language)),
        *_ending(language),
    ]


def _title(standing: Standing, language: Language) -> str:
    settings = standing.study.settings
    return in_language(settings.title, language.code, settings.language)


def _lacks(standing: Standing, status: UnitStatus, language: Language) -> str:
    parts = missing_parts(standing.study, status, language)
    return language.text("reminder.line", unit=status.unit.label, lacks="; ".join(parts))


def _deadline(standing: Standing, language: Language) -> list[str]:
    day = deadline(standing.study, language)
    return [language.text("reminder.deadline", date=day)] if day else []


def _ending(language: Language) -> list[str]:
    return [f"{language.text('reminder.greeting')}\n{language.text('reminder.sender')}"]
