"""``datapackage.json``: the files of all tables described for programs.

After Frictionless Data, version 1 (specs.frictionlessdata.io), which R and Python read best: Data
Package, Tabular Data Resource, Table Schema and CSV Dialect.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.data_files import guarded, headings, separator
from misbrug_analysis.presentation.datasets import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Dataset,
    Field,
)
from misbrug_analysis.presentation.datasets.description import Source
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.reuse import (
    about_answers,
    citation,
    licence_address,
    statement,
    terms_of,
    years,
)

_TYPES = {"share": "number", "number": "number", "integer": "integer", "year": "year"}
_TYPES |= {"date": "date", "estimate": "number", "boolean": "boolean"}

README = "README.txt"
"""The text beside the package that says what is what."""


def datapackage(
    study: Study,
    tables: Sequence[Dataset],
    language: Language,
    files: Mapping[str, bytes],
    workbook: str,
) -> bytes:
    """The description of ``files`` (by their paths beside it); ``workbook`` is the workbook's.

    It tells no day of creation, so the same tables are described the same way on any day.
    """
    settings = study.settings
    resources = [
        resource | {"description": _description(study, table, language)}
        for table in tables
        for resource in (
            _machine_resource(table, files, tables, language),
            _excel_resource(table, files, language),
        )
    ]
    sources = {source: None for table in tables for source in table.sources}
    package = {
        "profile": "data-package",
        "name": f"{study.id}-{language.code}",
        "title": in_language(settings.title, language.code),
        "description": f"{years(study, language)} {citation(study, language)}",
        **_licences(settings.licence),
        **_sources(list(sources)),
        "resources": [*resources, *_other_resources(study, workbook, files, language)],
    }
    text = json.dumps(package, indent=1, ensure_ascii=False)
    return f"{text}\n".encode()


def machine_path(table: Dataset) -> str:
    """Where the file of a table for machines lies below the folder of tables."""
    return f"data/{table.name}.csv"


def excel_path(table: Dataset) -> str:
    """Where the file of a table for Excel lies below the folder of tables."""
    return f"excel/{table.name}.csv"


def _description(study: Study, table: Dataset, language: Language) -> str:
    """What a file holds, whose words it has, and what it says of the answers when it is alone."""
    said = [table.about, table.note, about_answers(study, table, language)]
    if not table.of_answers:
        said.append(statement(study, language))
    return " ".join([*filter(None, said), terms_of(study, table, language)]).strip()


def _machine_resource(
    table: Dataset, files: Mapping[str, bytes], tables: Sequence[Dataset], language: Language
) -> dict[str, Any]:
    named = {other.name for other in tables}
    keys = [column for column in table.fields if column.points_to and column.points_to[0] in named]
    schema: dict[str, Any] = {
        "fields": [_field(column, table, language) for column in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if keys:
        schema["foreignKeys"] = [_foreign_key(column) for column in keys]
    dialect = {"delimiter": ",", "lineTerminator": "\n", "doubleQuote": True}
    return _resource(table.name, machine_path(table), files, table) | {
        "dialect": dialect,
        "schema": schema,
    }


def _excel_resource(
    table: Dataset, files: Mapping[str, bytes], language: Language
) -> dict[str, Any]:
    fields = table.reader_fields
    described = zip(headings(fields), fields, strict=True)
    withheld = [SUPPRESSED] if table.suppressed else []
    schema = {
        "fields": [_excel_field(label, column, table, language) for label, column in described],
        "missingValues": ["", NOT_AVAILABLE, NOT_APPLICABLE, *withheld],
    }
    dialect = {"delimiter": separator(language), "lineTerminator": "\r\n", "doubleQuote": True}
    return _resource(f"{table.name}-excel", excel_path(table), files, table) | {
        "dialect": dialect,
        "schema": schema,
    }


def _resource(name: str, path: str, files: Mapping[str, bytes], table: Dataset) -> dict[str, Any]:
    return {
        "name": name.replace("_", "-"),
        "profile": "tabular-data-resource",
        "path": path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_content(files[path]),
        **_licences(table.licence, table.terms),
        **_sources(table.sources),
    }


def _other_resources(
    study: Study, workbook: str, files: Mapping[str, bytes], language: Language
) -> list[dict[str, Any]]:
    """The workbook and the text that says what is what."""
    spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    kinds = {
        "workbook": (workbook, "xlsx", spreadsheet),
        "readme": (README, "txt", "text/plain"),
    }
    said = statement(study, language)
    return [
        {
            "name": name,
            "profile": "data-resource",
            # Of version 2: it keeps frictionless from reading the first sheet as a table.
            "type": "file",
            "path": path,
            "title": language.text(f"data.page.{name}"),
            **({"description": said} if said else {}),
            "format": ending,
            "mediatype": mediatype,
            **_content(files[path]),
        }
        for name, (path, ending, mediatype) in kinds.items()
    ]


def _field(column: Field, table: Dataset, language: Language) -> dict[str, Any]:
    """A column of a file for machines; ``categories`` are those of version 2 of the standard."""
    logical = {"trueValues": ["true"], "falseValues": ["false"]}
    codes = [{"value": code, "label": label} for code, label in column.codes.items()]
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        **(logical if column.kind == "boolean" else {}),
        **_words(column, language),
        **({"categories": codes} if column.kind == "code" and codes else {}),
        **_constraints(column, list(column.codes), unique=list(table.key) == [column.name]),
    }


def _excel_field(label: str, column: Field, table: Dataset, language: Language) -> dict[str, Any]:
    kind = _TYPES.get(column.kind, "string")
    # For readers an estimate is rounded to a whole number, and yes or no is a word.
    kind = {"estimate": "integer", "boolean": "string"}.get(column.kind, kind)
    mark = {"decimalChar": language.decimal_mark} if kind == "number" else {}
    labels = [guarded(label) for label in dict.fromkeys(column.codes.values())]
    without = {*table.not_applicable, *table.suppressed}
    blank = replace(column, optional=column.optional or column.name in without)
    return {
        "name": label,
        "type": kind,
        **mark,
        **_words(column, language),
        **_constraints(blank, labels),
    }


def _words(column: Field, language: Language) -> dict[str, str]:
    """Label and meaning, with the unit and what the codes mean where that needs telling."""
    said = [column.about]
    if column.measure:
        said.append(language.text("data.unit", measure=column.measure))
    said += [
        language.text("data.explained", label=column.codes[code], about=about)
        for code, about in column.explained.items()
    ]
    return {"title": column.label, "description": " ".join(said)}


def _constraints(column: Field, valid: list[str], unique: bool = False) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.optional else {"required": True}
    if unique:
        constraints["unique"] = True
    if column.kind == "code" and column.closed and not column.points_to:
        constraints["enum"] = valid
    if column.kind == "share":
        constraints |= {"minimum": 0, "maximum": 1}
    elif column.kind in ("integer", "estimate"):
        constraints["minimum"] = 0
    return {"constraints": constraints} if constraints else {}


def _foreign_key(column: Field) -> dict[str, Any]:
    assert column.points_to is not None
    table, field = column.points_to
    reference = {"resource": table.replace("_", "-"), "fields": [field]}
    return {"fields": [column.name], "reference": reference}


def _content(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _licences(licence: str | None, terms: Sequence[str] = ()) -> dict[str, Any]:
    """A licence by its name, and terms in words, which stand in the text beside the package."""
    found = [{"name": licence, "path": licence_address(licence)}] if licence else []
    found += [{"title": words, "path": README} for words in terms]
    return {"licenses": found} if found else {}


def _sources(sources: Sequence[Source]) -> dict[str, Any]:
    found = [{"title": title} | ({"path": path} if path else {}) for title, path in sources]
    return {"sources": found} if found else {}
