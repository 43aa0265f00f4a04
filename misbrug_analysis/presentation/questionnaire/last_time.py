"""What was answered last time, as a form shows it."""

from __future__ import annotations

from collections.abc import Mapping

from misbrug_analysis.model.instrument import Instrument, Item, in_language
from misbrug_analysis.presentation.language import Language


def shown_answers(
    answers: Mapping[str, str], asked_then: Instrument, asked_now: Instrument, language: Language
) -> dict[str, str]:
    """Answers of an earlier form, by item, in the words of the language.

    Only those to questions that both instruments ask, with the same id and in the same words.
    """
    then = {item.id: item for item in asked_then.items}
    return {
        item.id: _shown(answers[item.id], item_then, asked_then, language)
        for item in asked_now.items
        if item.id in answers
        and (item_then := then.get(item.id)) is not None
        and item_then.type == item.type
        and in_language(item_then.text, language.code) == in_language(item.text, language.code)
    }


def _shown(value: str, item: Item, instrument: Instrument, language: Language) -> str:
    words = instrument.missing | instrument.answers if item.type == "yes_no" else {}
    labels = {code: one.label for code, one in words.items()}
    labels |= {next(iter(option.values())): option for option in item.options}
    # Several options are stored as one text.
    parts = value.split("; ") if item.type == "multiple" else [value]
    return "; ".join(
        in_language(labels[part], language.code) if part in labels else part for part in parts
    )
