"""Small CSV definitions (units, rulings) into typed models, with every fault at its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from misbrug_analysis.model.errors import (
    DefinitionError,
    Phrase,
    Problem,
    beyond,
    hint,
    name_list,
    shown,
)
from misbrug_analysis.model.reading import MOST_FAULTS, content_of, first_faults
from misbrug_analysis.model.unfit import bad_value, pydantics
from misbrug_analysis.model.yamlfile import Model

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 1_000
MAX_LINE = 1_000_000

ModelT = TypeVar("ModelT", bound=Model)


def read_rows(
    path: Path, needed: Sequence[str] = (), named_in: str = "study.yaml"
) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Header and rows (with their line numbers) of a CSV file.

    UTF-8 and commas, or what a Danish Excel makes of it when it saves: semicolons, Windows-1252.
    Empty cells are left out of a row; ``named_in`` is the file that names this one. Raises
    DefinitionError when the file cannot be read, when a heading stands twice and when a row is
    longer than the heading.
    """
    content = content_of(path, Phrase("a_csv_file"), named_in, MAX_BYTES)
    problems: list[Problem] = []
    try:
        text = _decoded(content)
        if max(map(len, text.split("\n"))) > MAX_LINE:
            raise _too_large(path, "of_letters_in_a_row", MAX_LINE)
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text))
        header = [name or "" for name in reader.fieldnames or []]
        if len(header) > MAX_COLUMNS:
            raise _too_large(path, "of_columns", MAX_COLUMNS)
        rows: list[tuple[int, dict[str, str]]] = []
        for row in reader:
            if len(rows) == MAX_ROWS:
                raise _too_large(path, "of_rows", MAX_ROWS)
            if any(row.get(None) or ()):  # what lies beyond the last heading
                problems.append(_long_row(path, reader.line_num, len(header)))
            cells = {name: _text(value or "") for name, value in row.items() if name}
            rows.append((reader.line_num, {k: v for k, v in cells.items() if v}))
    except (UnicodeDecodeError, csv.Error) as error:
        key = "not_text_inside" if isinstance(error, UnicodeDecodeError) else "no_table_inside"
        values: dict[str, object] = {"detail": Phrase(key)}
        raise DefinitionError([Problem("not_text", shown(path), values)]) from None
    if not set(needed) <= set(header):
        problems = []  # rows look too long because a heading is gone, and that is told instead
    problems += [
        Problem("repeated", f"{shown(path)}, line 1", {"name": Phrase("column"), "value": name})
        for place, name in enumerate(header)
        if name in header[:place]
    ]
    if problems:
        raise DefinitionError(first_faults(problems, path))
    return header, rows


def read_models(
    path: Path,
    model: type[ModelT],
    extra_columns: tuple[str, ...] = (),
    named_in: str = "study.yaml",
    counts: Callable[[Mapping[str, str]], bool] = bool,
) -> list[tuple[int, ModelT]]:
    """Rows as models, with line numbers; ``extra_columns`` go to the model's ``attributes``.

    ``named_in`` is the file that names this one; ``counts`` tells which rows are read: all that are
    not blank, unless said otherwise.
    Raises DefinitionError with every missing or unknown column and every faulty cell.
    """
    fields = {name: info for name, info in model.model_fields.items() if name != "attributes"}
    known = [*fields, *extra_columns]
    expected = name_list(known)
    required = [name for name, info in fields.items() if info.is_required()]
    header, rows = read_rows(path, [*required, *extra_columns], named_in)
    problems = [
        Problem("missing_column", shown(path), {"column": name, "expected": expected})
        for name in (*required, *extra_columns)
        if name not in header
    ]
    problems += [
        Problem(
            "unknown_column",
            shown(path),
            {"column": name, "expected": expected, "hint": hint(name, known)},
        )
        for name in header
        if name not in known
    ]
    if problems:
        raise DefinitionError(first_faults(problems, path))
    models = []
    for line, row in rows:
        if not counts(row) or len(problems) > MOST_FAULTS:
            continue
        cells: dict[str, object] = {k: v for k, v in row.items() if k in fields}
        if extra_columns:
            cells["attributes"] = {k: row.get(k, "") for k in extra_columns}
        try:
            models.append((line, model.model_validate(cells)))
        except ValidationError as error:
            problems += [_cell_problem(path, line, dict(fault)) for fault in error.errors()]
    if problems:
        raise DefinitionError(first_faults(problems, path))
    return models


def _too_large(path: Path, things: str, limit: int) -> DefinitionError:
    return DefinitionError([Problem("file_too_large", shown(path), beyond(things, limit))])


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _separator(text: str) -> str:
    """What separates the headings: a semicolon where no comma stands among them."""
    heading = text.partition("\n")[0]
    return ";" if ";" in heading and "," not in heading else ","


def _text(value: str) -> str:
    """A cell without space around it and with one kind of line break."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _long_row(path: Path, line: int, columns: int) -> Problem:
    where, expected = f"{shown(path)}, line {line}", Phrase("so_many_cells", {"number": columns})
    return bad_value(where, Phrase("the_row"), Phrase("too_many_cells"), expected)


def _cell_problem(path: Path, line: int, fault: dict[str, object]) -> Problem:
    location = fault["loc"]
    parts = location if isinstance(location, tuple) else ()
    # A cell of an extra column stands one deeper, among the model's attributes.
    column = next((str(part) for part in parts if part != "attributes"), "")
    where = f"{shown(path)}, line {line}" + (f", column {column}" if column else "")
    if fault["type"] == "missing":
        return Problem("missing_field", where, {"name": column})
    name = column or Phrase("the_row")
    return bad_value(where, name, *pydantics(fault), fault.get("input"))
