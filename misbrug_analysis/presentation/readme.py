"""``README.txt`` in the folder of tables: what the files are when they are found alone."""

from __future__ import annotations

from collections.abc import Sequence

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.printable import printable
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.datapackage import README
from misbrug_analysis.presentation.datasets import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Dataset,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.reuse import (
    GENERATOR,
    about_answers,
    citation,
    licence_line,
    source_line,
    statement,
    terms_of,
    years,
)

__all__ = ["README", "readme"]


def readme(study: Study, tables: Sequence[Dataset], language: Language, workbook: str) -> bytes:
    """The text in the language of the edition, for any editor: UTF-8 with BOM, CRLF."""
    text = language.text
    title = text("data.notes.title", study=in_language(study.settings.title, language.code))
    said = statement(study, language)
    withheld = text("data.notes.suppressed", mark=SUPPRESSED)
    paragraphs = [
        [title.upper()],
        [said] if said else [],
        [f"{years(study, language)} {text('data.notes.made_with', generator=GENERATOR)}"],
        [
            text("data.readme.files"),
            text("data.readme.workbook", file=workbook),
            text("data.readme.excel"),
            text("data.readme.data"),
            text("data.readme.package"),
        ],
        [
            text("data.readme.reading"),
            text("data.notes.not_available", mark=NOT_AVAILABLE),
            text("data.notes.not_applicable", mark=NOT_APPLICABLE),
            *([withheld] if study.instrument.respondents else []),
            text("data.page.shares"),
            text("data.page.guarded"),
        ],
        [
            text("data.readme.reuse"),
            text("data.notes.cite", citation=citation(study, language)),
            licence_line(study, language),
        ],
        [text("data.readme.tables")],
        *(_described(study, table, language) for table in tables),
    ]
    lines = "\n\n".join("\n".join(lines) for lines in paragraphs if lines)
    return ("\ufeff" + printable(lines).replace("\n", "\r\n") + "\r\n").encode("utf-8", "replace")


def _described(study: Study, table: Dataset, language: Language) -> list[str]:
    lines = [
        language.text("data.readme.table", file=f"{table.name}.csv", title=table.title),
        table.about,
        table.note,
        "" if table.of_answers else about_answers(study, table, language),
        source_line(table, language),
        terms_of(study, table, language),
    ]
    return [line for line in lines if line]
