"""Exports with very many faults, and the largest that are read."""

from __future__ import annotations

from collections.abc import Callable

from tests.hostile.workbook import Case, with_rows

PLACE = "forms/a.csv"

_LONG = (
    "exports:\n  - {file: forms/a.csv, layout: long, unit: U, form_is: joint, item: I, answer: S}\n"
)
_WIDE = (
    "exports:\n  - {file: forms/a.csv, layout: wide, unit: U, form_is: joint, items: {t.1: Q}}\n"
)
_BOOK = _WIDE.replace(".csv", ".xlsx")


def _lines(heading: str, line: str) -> Callable[[int], bytes]:
    """A file of ``size`` lines; ``{n}`` in a line is its number."""
    return lambda size: "\n".join(
        [heading, *(line.replace("{n}", str(number)) for number in range(size)), ""]
    ).encode()


def _columns(size: int) -> bytes:
    """1,500 columns, of which one is asked for."""
    others = ";".join(f"c{number}" for number in range(1_498))
    return f"U;Q;{others}\n".encode() + (b"A;ja" + b";abc" * 1_498 + b"\n") * size


def _values(size: int) -> bytes:
    """A text that comments keep from being one stretch, in a workbook that may be large."""
    piece = f"{'a' * 300_000}😀<!-- -->" * max(size // 300_000, 1)
    return with_rows(f'<row r="5"><c r="A5" t="str"><v>{piece}</v></c></row>')


CASES = (
    Case(
        "units nobody asked",
        "units_unknown",
        _lines("Besvarelse fra;Skema;Nr.;Svar", "n{n};fælles;t.1;ja"),
        1_001,
        99_000,
        PLACE,
    ),
    Case(
        "units nobody asked, wide",
        "units_unknown",
        _lines("Besvarelse fra;Skema;t.1;t.2", "n{n};fælles;ja;nej"),
        1_001,
        99_000,
        PLACE,
    ),
    Case(
        "forms nobody asked for",
        "forms_unknown",
        _lines("Besvarelse fra;Skema;t.1;t.2", "A;x{n};ja;nej"),
        1_001,
        99_000,
        PLACE,
    ),
    Case(
        "one unit often",
        "responses_repeated",
        _lines("Besvarelse fra;Skema;t.1;t.2", "A;fælles;ja;nej"),
        1_002,
        99_000,
        PLACE,
    ),
    Case(
        "questions nobody asks",
        "items_unknown",
        _lines("Besvarelse fra;Skema;Nr.;Svar", "A;fælles;x{n};ja"),
        1_001,
        99_000,
        PLACE,
    ),
)
"""Exports that are recognised by their headings, as large as a form may be."""

FAULTY = (
    Case(
        "one question often",
        "item_twice",
        _lines("Besvarelse fra;Skema;Nr.;Svar", "A;fælles;t.1;x{n}"),
        300,
        99_000,
        PLACE,
    ),
    Case(
        "wrong answers",
        "unknown_answer",
        _lines("Besvarelse fra;Skema;Udfyldt den;t.1;t.2;t.3", "A;fælles;x{n};y{n};z{n};w{n}"),
        50,
        1_000,
        PLACE,
    ),
)
"""Exports that are read, with a fault for many a cell; the first of these faults are told."""

MAPPED = (
    Case("many units", "units_unknown", _lines("U;I;S", "n{n};t.1;ja"), 1_001, 290_000, PLACE),
    Case("many questions", "items_unknown", _lines("U;I;S", "A;x{n};ja"), 1_001, 290_000, PLACE),
    Case("text of an export", "file_too_large", _values, 1, 245_000_000),
)
"""Exports that ``mapping.yaml`` names; larger ones are read."""

MAPPING = {
    "many units": _LONG,
    "many questions": _LONG,
    "text of an export": _BOOK,
}
