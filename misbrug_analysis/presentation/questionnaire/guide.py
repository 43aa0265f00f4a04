"""The sheet that tells how a form is filled in, returned and used."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.model.answer_words import BLANK
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.instrument import Instrument, in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.questionnaire.look import LOOKS, Painter

_WIDTH = 85

Line = tuple[str, str]
"""A look and a text."""


def write_guide(sheet: Worksheet, study: Study, language: Language, unit: str, form: str) -> None:
    """Write what a person needs to know who fills in a form."""
    painter = Painter(sheet)
    sheet.column_dimensions["A"].width = _WIDTH
    for row, (look, text) in enumerate(_lines(study, language, unit, form), 1):
        painter.put(row, 1, text, LOOKS[look])
        painter.fit(row, (text, _WIDTH, LOOKS[look]))


def _lines(study: Study, language: Language, unit: str, form: str) -> Iterator[Line]:
    language = language.speaking_of(study.instrument, on_page=False)
    text, code = language.text, language.code
    yield "title", text("questionnaire.guide.title")
    titles = {
        "study": in_language(study.settings.title, code),
        "instrument": in_language(study.instrument.title, code),
    }
    yield "paragraph", text("questionnaire.guide.about", unit=unit, form=form, **titles)
    for said in _several(study, language):
        yield "paragraph", said
    yield "section", text("questionnaire.guide.answers")
    for said in _answering(study, language):
        yield "paragraph", said
    yield "section", text("questionnaire.guide.remarks")
    yield "paragraph", text("questionnaire.guide.remark")
    yield "paragraph", text("questionnaire.guide.personal")
    yield "section", text("questionnaire.guide.returning")
    for said in _returning(study, language):
        yield "paragraph", said
    yield "section", text("questionnaire.guide.use")
    several = study.instrument.respondents is not None
    yield "paragraph", text(f"questionnaire.guide.{'used_together' if several else 'used'}")


def _several(study: Study, language: Language) -> Iterator[str]:
    """That each person has a copy of their own, and how nobody is recognised by it."""
    asked = study.instrument.respondents
    if asked is None:
        return
    yield language.text("questionnaire.guide.several")
    if asked.smallest > 1:
        limit = language.numeral(asked.smallest)
        yield language.text("questionnaire.guide.smallest", limit=limit)


def _answering(study: Study, language: Language) -> Iterator[str]:
    instrument, text = study.instrument, language.text
    sheet = text("questionnaire.sheet.answers")
    yield text("questionnaire.guide.fields", sheet=sheet)
    if instrument.respondents and instrument.respondents.roles:
        yield text("questionnaire.guide.role", role=role_heading(instrument, language))
    if instrument.form.date:
        yield text("questionnaire.guide.date", date=instrument.form.date[0])
    yield text(
        "questionnaire.guide.words", words=quoted(language, answer_words(instrument, language))
    )
    if instrument.has_partly and instrument.respondents is None:
        plain = language.standing.partly == text("answer.plain.partly")
        key = "partly" if plain else "partly_counts"
        yield text(f"questionnaire.{key}.{study.rules.partly}")
    yield " ".join(_unanswered(study, language))
    types = {item.type for item in instrument.items}
    if "single" in types:
        yield text("questionnaire.guide.single")
    if "multiple" in types:
        yield text("questionnaire.guide.multiple", mark=instrument.form.mark[0])
    if "number" in types:
        yield text("questionnaire.guide.number")
    if "text" in types:
        yield text("questionnaire.guide.text")
    yield text("questionnaire.guide.whole")


def _unanswered(study: Study, language: Language) -> Iterator[str]:
    missing = missing_words(study.instrument, language)
    if missing:
        words = quoted(language, missing)
        yield language.text("questionnaire.guide.unknown_or", words=words)
    else:
        yield language.text("questionnaire.guide.unknown")
    rule = "as_no" if study.instrument.blank_is_no else study.rules.missing
    yield language.text(f"questionnaire.missing.{rule}")


def _returning(study: Study, language: Language) -> Iterator[str]:
    text, settings = language.text, study.settings
    yield text("questionnaire.guide.save")
    if settings.deadline:
        yield text("questionnaire.guide.deadline", date=language.date(settings.deadline))
    several = study.instrument.respondents is not None
    yield text("questionnaire.guide.once" if several else "questionnaire.guide.again")
    contact = settings.publication.contact if settings.publication else None
    if contact:
        ways = {way: getattr(contact, way) for way in contact.ways}
        told = [text(f"questionnaire.contact.{way}", value=value) for way, value in ways.items()]
        yield text("questionnaire.guide.contact", ways=language.either(told))
    else:
        yield text("questionnaire.guide.sender")


def role_heading(instrument: Instrument, language: Language) -> str:
    """What stands at the field for the role of whoever fills in a form."""
    return (instrument.form.role or [Phrase("heading_role").told(language.code)])[0]


def answer_words(instrument: Instrument, language: Language) -> list[str]:
    """The labels of the answers to a question that is answered yes, partly or no."""
    return instrument.answer_labels(language.code)


def missing_words(instrument: Instrument, language: Language) -> list[str]:
    """The labels that leave a question unanswered; nobody writes that a cell is empty."""
    words = (one for code, one in instrument.missing.items() if code != BLANK)
    return [in_language(one.label, language.code) for one in words]


def quoted(language: Language, words: list[str]) -> str:
    """Words as alternatives, each in quotation marks."""
    return language.either([language.text("questionnaire.quoted", word=word) for word in words])
