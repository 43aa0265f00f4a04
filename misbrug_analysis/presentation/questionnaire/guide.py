"""The sheet that tells how a form is filled in, returned and used."""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

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
    text, code = language.text, language.code
    yield "title", text("questionnaire.guide.title")
    titles = {
        "study": in_language(study.settings.title, code),
        "instrument": in_language(study.instrument.title, code),
    }
    yield "paragraph", text("questionnaire.guide.about", unit=unit, form=form, **titles)
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
    yield "paragraph", text("questionnaire.guide.used")


def _answering(study: Study, language: Language) -> Iterator[str]:
    instrument, text = study.instrument, language.text
    sheet = text("questionnaire.sheet.answers")
    yield text("questionnaire.guide.fields", sheet=sheet)
    if instrument.form.date:
        yield text("questionnaire.guide.date", date=instrument.form.date[0])
    yield text(
        "questionnaire.guide.words", words=quoted(language, answer_words(instrument, language))
    )
    if "partly" in instrument.answers:
        rule = study.rules.partly
        yield text(f"questionnaire.partly.{rule}", **_labels(instrument, language))
    yield " ".join(_unanswered(study, language))
    types = {item.type for item in instrument.items}
    if "single" in types:
        yield text("questionnaire.guide.single")
    if "multiple" in types:
        yield text("questionnaire.guide.multiple", mark=instrument.form.mark[0])
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
    rule = study.rules.missing
    yield language.text(f"questionnaire.missing.{rule}", **_labels(study.instrument, language))


def _returning(study: Study, language: Language) -> Iterator[str]:
    text, settings = language.text, study.settings
    yield text("questionnaire.guide.save")
    if settings.deadline:
        yield text("questionnaire.guide.deadline", date=language.date(settings.deadline))
    yield text("questionnaire.guide.again")
    contact = settings.publication.contact if settings.publication else None
    if contact:
        ways = {way: getattr(contact, way) for way in contact.ways}
        told = [text(f"questionnaire.contact.{way}", value=value) for way, value in ways.items()]
        yield text("questionnaire.guide.contact", ways=language.either(told))
    else:
        yield text("questionnaire.guide.sender")


def answer_words(instrument: Instrument, language: Language) -> list[str]:
    """The labels of the answers to a question that is answered yes, partly or no."""
    return instrument.answer_labels(language.code)


def missing_words(instrument: Instrument, language: Language) -> list[str]:
    """The labels that leave a question unanswered."""
    return [in_language(words.label, language.code) for words in instrument.missing.values()]


def quoted(language: Language, words: list[str]) -> str:
    """Words as alternatives, each in quotation marks."""
    return language.either([language.text("questionnaire.quoted", word=word) for word in words])


def _labels(instrument: Instrument, language: Language) -> dict[str, str]:
    """The label of every answer, by its code; the code itself where there is none."""
    known = {code: in_language(a.label, language.code) for code, a in instrument.answers.items()}
    return {"yes": "yes", "partly": "partly", "no": "no"} | known
