"""What can be chosen in a field, with the words that help to choose."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.intake.number_answers import number_within
from misbrug_analysis.intake.numerals import canonical
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.look import LOOKS, Painter
from misbrug_analysis.presentation.sheets import cell_text

_MOST_IN_TITLE, _MOST_IN_TEXT = 32, 225
"""What Excel shows of the title and the text of a hint."""

_FIRST_DAY = "36526"
"""1 January 2000, as Excel counts days: dates from then on are taken."""


_FARTHEST = 10**15
"""As many digits as Excel keeps of a number."""


class Choices:
    """The drop-down lists of a form: their words stand in the columns of a hidden sheet.

    A list that stands in its field could hold no commas and only 255 characters, and Excel would
    refuse ``Ja`` where it says ``ja``.
    """

    def __init__(self, words: Worksheet, answers: Worksheet, language: Language) -> None:
        self._words = words
        self._answers = answers
        self._language = language
        self._painter = Painter(words)
        self._ranges: dict[tuple[str, ...], str] = {}
        self._lists: dict[tuple[str, tuple[str, ...]], DataValidation] = {}

    def offer(self, coordinate: str, kind: str, words: Sequence[str]) -> None:
        """Let one of the words be chosen in a cell; nothing else can be typed there.

        ``kind`` names the hint: ``answer``, ``choice`` or ``mark``.
        """
        key = (kind, tuple(words))
        if key not in self._lists:
            language = self._language
            told = language.either(list(words))
            self._lists[key] = self._add(
                DataValidation(type="list", formula1=self._range(key[1]), allow_blank=True),
                language.text(f"questionnaire.hint.{kind}.title"),
                language.text(f"questionnaire.hint.{kind}.text", words=told),
                language.text(f"questionnaire.hint.{kind}.wrong", words=told),
            )
        self._lists[key].add(coordinate)

    def ask_date(self, coordinate: str) -> None:
        """Let only a date be typed in a cell."""
        text = self._language.text
        check = DataValidation(
            type="date", operator="greaterThanOrEqual", formula1=_FIRST_DAY, allow_blank=True
        )
        kind = "questionnaire.hint.date"
        self._add(check, text(f"{kind}.title"), text(f"{kind}.text"), text(f"{kind}.wrong"))
        check.add(coordinate)

    def ask_number(self, coordinate: str, item: Item) -> None:
        """Let only a number be typed in a cell, within the limits of its question."""
        language, low, high = self._language, item.minimum, item.maximum
        told = number_within(item, language.code).told(language.code)
        key = ("number", (told,))
        if key not in self._lists:
            ends = (-_FARTHEST if low is None else low, _FARTHEST if high is None else high)
            first, last = (canonical(Decimal(str(end))) for end in ends)
            kind = "questionnaire.hint.number"
            self._lists[key] = self._add(
                DataValidation(
                    type="decimal",
                    operator="between",
                    formula1=first,
                    formula2=last,
                    allow_blank=True,
                ),
                language.text(f"{kind}.title"),
                language.text(f"{kind}.text", number=told),
                language.text(f"{kind}.wrong", number=told),
            )
        self._lists[key].add(coordinate)

    def _add(self, check: DataValidation, title: str, hint: str, wrong: str) -> DataValidation:
        check.promptTitle = check.errorTitle = _cut(title, _MOST_IN_TITLE)
        check.prompt, check.error = _cut(hint, _MOST_IN_TEXT), _cut(wrong, _MOST_IN_TEXT)
        check.errorStyle = "stop"
        check.showInputMessage = check.showErrorMessage = True
        self._answers.add_data_validation(check)
        return check

    def _range(self, words: tuple[str, ...]) -> str:
        """Where the words stand on their sheet; they are written there when first asked for."""
        if words not in self._ranges:
            column = len(self._ranges) + 1
            for row, word in enumerate(words, 1):
                self._painter.put(row, column, word, LOOKS["value"])
            letter = get_column_letter(column)
            place = f"${letter}$1:${letter}${len(words)}"
            self._ranges[words] = f"{quote_sheetname(self._words.title)}!{place}"
        return self._ranges[words]


def _cut(said: str, most: int) -> str:
    text = cell_text(said)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
