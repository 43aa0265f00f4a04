"""The words for a round under way that its texts and pages share."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence

from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.intake.status import STATES, SentFile, Standing, State, UnitStatus
from misbrug_analysis.model.errors import FEW_NAMES, MOST_NAMES, messages, place
from misbrug_analysis.model.instrument import Item
from misbrug_analysis.model.printable import printable
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.blocks import Definitions, Page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language, unmarked

WIDTH = 96
"""Signs on a line of a terminal."""

MANY = 12
"""More names than these stand in a list and not in a line."""

_HOLD = "\0"
"""Stands for a space at which no line ends; no text that is shown holds it."""

_ROW_AND_COLUMN = re.compile(r"row (\d+) column (\d+)")
_SHEET_AND_ROW = re.compile(r"(.+)!(\d+)", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_SHEET_AND_CELL = re.compile(r"(.+)!([A-Z]{1,3}\d+(?::[A-Z]{1,3}\d+)?)")


def plain_line(text: str) -> str:
    """A text as one line for a terminal: no control characters, whatever a form or a name holds."""
    return " ".join(printable(unmarked(text)).split("\n")).rstrip()


def wrapped(text: str, indent: str, whole: Sequence[str] = ()) -> list[str]:
    """A text as lines for a terminal, those that go on set in further.

    The names in ``whole`` are not torn apart.
    """
    further, line = f"{indent}    ", plain_line(text)
    for name in whole:
        line = line.replace(name, name.replace(" ", _HOLD))
    lines = textwrap.wrap(
        line,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=further,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_HOLD, " ") for line in lines]


def cell_place(locator: str, language: Language) -> str:
    """Where a cell stands: ``Svar!C14``, ``række 9, kolonne 3``, a row, or the whole file."""
    if locator == FILE:
        return language.text("collecting.place.file")
    found = _ROW_AND_COLUMN.fullmatch(locator)
    if found:
        return language.text("collecting.place.cell", row=found[1], column=found[2])
    found = _SHEET_AND_ROW.fullmatch(locator)
    if found:
        return language.text("collecting.place.sheet_row", sheet=masked(found[1]), row=found[2])
    return masked(place(locator, language.code))


def on_page(text: str, language: Language) -> str:
    """A message as a page shows it: what a terminal shows between backticks is quoted."""
    quoted = str(messages(language.code)["frame"]["quoted"])
    return _CODE.sub(lambda found: quoted.replace("{}", found[1]), text)


def plain_place(locator: str, language: Language) -> str:
    """The same for those who do not know how spreadsheets name a cell on a sheet."""
    found = _SHEET_AND_CELL.fullmatch(locator)
    if found:
        sheet, cell = masked(found[1]), found[2]
        return language.text("collecting.place.sheet", sheet=sheet, cell=cell)
    return language.capitalise(cell_place(locator, language))


def file_name(source: str) -> str:
    """The name of a file as a reader sees it, without the folder of all forms."""
    return masked(source.partition("/")[2] or source)


def sent_name(source: str, at: str, language: Language) -> str:
    """The name of a form that came in: its file, with the row where it is one of many in it."""
    name = file_name(source)
    return name if at == FILE else f"{name}, {cell_place(at, language)}"


def state_word(state: State, language: Language) -> str:
    return language.text(f"collecting.state.{state}")


def names(statuses: Sequence[UnitStatus], language: Language) -> str:
    """The units by name, as a list in running text."""
    return language.join([status.unit.label for status in statuses])


def few_names(statuses: Sequence[UnitStatus], language: Language) -> str:
    """The same; of more than ``MOST_NAMES`` the first ones, and how many others there are."""
    if len(statuses) <= MOST_NAMES:
        return names(statuses, language)
    shown = [status.unit.label for status in statuses[:FEW_NAMES]]
    rest = language.number(len(statuses) - FEW_NAMES)
    return language.join([*shown, language.text("collecting.others", n=rest)])


def states(
    standing: Standing,
    language: Language,
    named: Callable[[Sequence[UnitStatus], Language], str] = names,
) -> list[tuple[str, int, str]]:
    """The states that units are in: the word, how many, and who, as ``named`` lists them."""
    found = []
    for state in STATES:
        among = standing.of_state(state)
        if among:
            word = language.capitalise(state_word(state, language))
            found.append((word, len(among), named(among, language)))
    return found


def state_list(standing: Standing, language: Language) -> Definitions:
    """The states that units are in, each with those who are."""
    entries: list[tuple[str, list[str]]] = []
    for state in STATES:
        among = standing.of_state(state)
        if among:
            word = language.capitalise(state_word(state, language))
            labels = [status.unit.label for status in among]
            who = labels if len(among) > MANY else [language.join(labels)]
            entries.append((f"{word} ({language.number(len(among))})", who))
    return Definitions(entries)


def sent_sentence(standing: Standing, language: Language) -> str:
    """How many of how many units have sent anything."""
    noun = in_language(
        standing.study.organisation.unit_noun, language.code, standing.study.settings.language
    )
    total = len(standing.units)
    units = noun.one if total == 1 else noun.many
    n, total_written = language.number(standing.sent), language.number(total)
    return language.text("collecting.sent", n=n, total=total_written, units=units)


def form_label(study: Study, form: str, language: Language) -> str:
    """What a form is called; one that does not say which it is is called so."""
    for known in study.settings.forms:
        if known.id == form:
            return in_language(known.label, language.code, study.settings.language)
    return language.text("collecting.form.unknown")


def form_labels(study: Study, forms: Sequence[str], language: Language) -> str:
    return language.join([form_label(study, form, language) for form in forms])


def since(file: SentFile, language: Language) -> str:
    """The day a form says it was filled in, else the one on which the file was saved."""
    if file.date:
        return language.date(file.date)
    if file.saved:
        return language.text("collecting.saved", date=language.date(file.saved.date()))
    return language.text("collecting.undated")


def question(item: Item, study: Study, language: Language) -> str:
    """A question with its number."""
    text = in_language(item.text, language.code, study.settings.language)
    return language.text("collecting.question", number=item.id, text=text)


def unanswerable(study: Study, language: Language) -> str:
    """What to do with a question that cannot be answered: the words for it, where there are any."""
    own = study.settings.language
    words = [
        language.text("collecting.word", word=in_language(one.label, language.code, own))
        for one in study.instrument.missing.values()
    ]
    if not words:
        return language.text("collecting.unanswerable.tell")
    return language.text("collecting.unanswerable.say", words=language.either(words))


def deadline(study: Study, language: Language) -> str | None:
    """The day by which forms are wanted back, where the study names one."""
    day = study.settings.deadline
    return language.date(day) if day else None


def head(study: Study, language: Language, title: str, description: str) -> Page:
    """The head of a page that is not published and so leads to no other page."""
    settings = study.settings
    statement = settings.provenance.statement
    own, code = settings.language, language.code
    parameters = [("collecting.deadline", deadline(study, language))]
    return Page(
        title=title,
        lang=code,
        description=description,
        study_title=in_language(settings.title, code, own),
        parameters=[(language.text(key), value) for key, value in parameters if value],
        banner=in_language(statement, code, own) if statement else None,
    )
