"""How the tables are cited, and on which terms they may be used."""

from __future__ import annotations

from importlib.metadata import version

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datasets import Dataset
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import DISTRIBUTION

VERSION = version(DISTRIBUTION)
GENERATOR = f"{DISTRIBUTION} {VERSION}"


def citation(study: Study, language: Language) -> str:
    """How to refer to the tables of a study; of answers that nobody gave, with what they are."""
    settings = study.settings
    text = language.text(
        "data.page.citation",
        study=in_language(settings.title, language.code),
        year=settings.date.year,
        tables=language.text("data.page.title"),
        generator=GENERATOR,
    )
    return " ".join(filter(None, [text, statement(study, language)]))


def statement(study: Study, language: Language) -> str:
    """What a study says of answers that nobody gave; nothing of collected ones."""
    said = study.settings.provenance.statement
    return in_language(said, language.code) if said else ""


def about_answers(study: Study, table: Dataset, language: Language) -> str:
    """The statement for a table that rests on answers; for another one, that it does not."""
    said = statement(study, language)
    if not said or table.of_answers:
        return said
    return language.text("data.no_answers")


def years(study: Study, language: Language) -> str:
    """The year that a study is of, and the one in which its answers were made."""
    settings = study.settings
    said = language.text("data.notes.year", year=settings.date.year)
    made = settings.provenance
    if not made.is_made or made.year is None:
        return said
    return f"{said} {language.text(f'data.notes.made.{made.kind}', year=made.year)}"


def licence_line(study: Study, language: Language) -> str:
    """On which terms the tables may be used, or that the study does not say."""
    licence = study.settings.licence
    if licence is None:
        return language.text("data.notes.no_licence")
    return language.text("data.notes.licence", licence=licence)


def terms_of(study: Study, table: Dataset, language: Language) -> str:
    """On which terms a table may be used, where they are not those of the study."""
    terms = [*([table.licence] if table.licence else []), *table.terms]
    usual = [study.settings.licence] if study.settings.licence else []
    if terms in ([], usual):
        return ""
    return language.text("data.terms", terms="; ".join(terms))


def source_line(table: Dataset, language: Language) -> str:
    """What a table rests on."""
    if not table.sources:
        return ""
    sources = "; ".join(label for label, _ in table.sources)
    return language.text("data.page.sources", sources=sources)


def licence_address(licence: str) -> str:
    """Where the text of a licence stands, by its identifier in the SPDX list."""
    return f"https://spdx.org/licenses/{licence}.html"
