"""``datapackage.json``: the files of all tables described for programs.

After Frictionless Data, version 1 (specs.frictionlessdata.io), which R and Python read best: Data
Package, Tabular Data Resource, Table Schema and CSV Dialect.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.data_files import headings, separator
from misbrug_analysis.presentation.datasets import NOT_APPLICABLE, NOT_AVAILABLE, Dataset, Field
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.reuse import VERSION, citation, licence_address

_TYPES = {"share": "number", "number": "number", "integer": "integer", "year": "year"}
_TYPES |= {"date": "date", "estimate": "number"}


def datapackage(
    study: Study,
    tables: Sequence[Dataset],
    language: Language,
    files: Mapping[str, bytes],
    workbook: str,
) -> bytes:
    """The description of ``files`` (by their paths beside it); ``workbook`` is the workbook's.

    The answers' date stands for the day of creation, so the same tables are described the same way
    on any day.
    """
    settings = study.settings
    resources = [
        resource
        for table in tables
        for resource in (
            _machine_resource(table, files, tables),
            _excel_resource(table, files, language),
        )
    ]
    sources = {source: None for table in tables for source in table.sources}
    package = {
        "profile": "data-package",
        "name": f"{study.id}-{language.code}",
        "title": in_language(settings.title, language.code),
        "description": citation(study, language),
        "version": VERSION,
        "created": f"{settings.date.isoformat()}T00:00:00Z",
        **_licences(settings.licence),
        **_sources(list(sources)),
        "resources": [*resources, _workbook_resource(workbook, files, language)],
    }
    text = json.dumps(package, indent=1, ensure_ascii=False)
    return f"{text}\n".encode()


def machine_path(table: Dataset) -> str:
    """Where the file of a table for machines lies below the folder of tables."""
    return f"data/{table.name}.csv"


def excel_path(table: Dataset) -> str:
    """Where the file of a table for Excel lies below the folder of tables."""
    return f"excel/{table.name}.csv"


def _machine_resource(
    table: Dataset, files: Mapping[str, bytes], tables: Sequence[Dataset]
) -> dict[str, Any]:
    named = {other.name for other in tables}
    keys = [column for column in table.fields if column.points_to and column.points_to[0] in named]
    schema: dict[str, Any] = {
        "fields": [_field(column, table) for column in table.fields],
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
    schema = {
        "fields": [_excel_field(label, column, language) for label, column in described],
        "missingValues": ["", NOT_AVAILABLE, NOT_APPLICABLE],
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
        "description": " ".join(filter(None, [table.about, table.note])),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_content(files[path]),
        **_licences(table.licence),
        **_sources(table.sources),
    }


def _workbook_resource(path: str, files: Mapping[str, bytes], language: Language) -> dict[str, Any]:
    return {
        "name": "workbook",
        "profile": "data-resource",
        # Not of the standard: it keeps frictionless from reading the first sheet as a table.
        "type": "file",
        "path": path,
        "title": language.text("data.page.workbook"),
        "format": "xlsx",
        "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        **_content(files[path]),
    }


def _field(column: Field, table: Dataset) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _TYPES.get(column.kind, "string"),
        **_words(column),
        **_constraints(column, list(column.codes), unique=list(table.key) == [column.name]),
    }


def _excel_field(label: str, column: Field, language: Language) -> dict[str, Any]:
    kind = _TYPES.get(column.kind, "string")
    # For readers an estimate is rounded to a whole number.
    kind = "integer" if column.kind == "estimate" else kind
    mark = {"decimalChar": language.decimal_mark} if kind == "number" else {}
    labels = list(dict.fromkeys(column.codes.values()))
    return {"name": label, "type": kind, **mark, **_words(column), **_constraints(column, labels)}


def _words(column: Field) -> dict[str, str]:
    words = {"title": column.label, "description": column.about}
    return words | ({"unit": column.measure} if column.measure else {})


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


def _licences(licence: str | None) -> dict[str, Any]:
    if licence is None:
        return {}
    return {"licenses": [{"name": licence, "path": licence_address(licence)}]}


def _sources(sources: Sequence[tuple[str, str]]) -> dict[str, Any]:
    found = [{"title": title, "path": path} for title, path in sources]
    return {"sources": found} if found else {}
