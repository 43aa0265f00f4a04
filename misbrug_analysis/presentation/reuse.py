"""How the tables are cited, and on which terms they may be used."""

from __future__ import annotations

from importlib.metadata import version

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.page import DISTRIBUTION

VERSION = version(DISTRIBUTION)
GENERATOR = f"{DISTRIBUTION} {VERSION}"


def citation(study: Study, language: Language) -> str:
    """How to refer to the tables of a study; of a reconstructed one, with what it is."""
    settings = study.settings
    text = language.text(
        "data.page.citation",
        study=in_language(settings.title, language.code),
        date=language.date(settings.date),
        tables=language.text("data.page.title"),
        generator=GENERATOR,
    )
    if settings.provenance.statement is None:
        return text
    statement = in_language(settings.provenance.statement, language.code)
    return language.text("data.page.reconstructed", citation=text, statement=statement)


def licence_line(study: Study, language: Language) -> str:
    """On which terms the tables may be used, or that the study does not say."""
    licence = study.settings.licence
    if licence is None:
        return language.text("data.notes.no_licence")
    return language.text("data.notes.licence", licence=licence)


def licence_address(licence: str) -> str:
    """Where the text of a licence stands, by its identifier in the SPDX list."""
    return f"https://spdx.org/licenses/{licence}.html"
