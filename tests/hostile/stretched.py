"""Workbooks with few elements that hold far too much: texts, names, and what a parser keeps."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.workbook import (
    MAIN,
    Case,
    form,
    packed,
    relations,
    rows,
    sheet,
    sound,
    with_rows,
)

_PIECE = "a" * 300_000 + "😀"
"""With one sign outside the first plane every letter takes four bytes."""


def _pieces(size: int) -> str:
    """A long text that comments keep from being one stretch."""
    return f"{_PIECE}<!-- -->" * max(size // len(_PIECE), 1)


def _value(size: int) -> bytes:
    return with_rows(f'<row r="5"><c r="A5" t="str"><v>{_pieces(size)}</v></c></row>')


def _shared(size: int) -> bytes:
    return form(strings=f'<sst xmlns="{MAIN}"><si><t>{_pieces(size)}</t></si></sst>')


def _header(size: int) -> bytes:
    return with_rows("", f"<headerFooter><oddHeader>{_pieces(size)}</oddHeader></headerFooter>")


def _headers(size: int) -> bytes:
    many = f"<oddHeader>{'a' * 32_000}</oddHeader>" * (size // 32_000)
    return with_rows("", f"<headerFooter>{many}</headerFooter>")


def _names(size: int) -> Iterator[str]:
    return (f"a{number:x}" for number in range(size))


def _elements(size: int) -> bytes:
    return with_rows("".join(f"<{name}/>" for name in _names(size)))


def _attributes(size: int) -> bytes:
    """Different attributes, as many on an element as one stretch holds."""
    names = [f'{name}=""' for name in _names(size)]
    step = 36_000
    stretches = (" ".join(names[start : start + step]) for start in range(0, size, step))
    return with_rows("".join(f"<row {stretch}/>" for stretch in stretches))


def _namespaces(size: int) -> bytes:
    return with_rows("".join(f'<row xmlns:{name}="{name}"/>' for name in _names(size)))


def _comments(size: int) -> bytes:
    return with_rows("<!---->" * size)


def _attributes_of_notes(size: int) -> bytes:
    """Notes whose attributes are kept, 2,000 at the most."""
    note = f'<comment ref="{"A" * 20_000}😀"/>' * (size // 20_000)
    parts = sound(relations=relations(("comments", "../comments1.xml")))
    return packed({**parts, "xl/comments1.xml": f"<comments>{note}</comments>"})


def _formats(size: int) -> bytes:
    many = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{"0" * 1_000}"/>' for number in range(size)
    )
    return form(styles=f'<styleSheet xmlns="{MAIN}"><numFmts>{many}</numFmts></styleSheet>')


def _value_of(stored: str) -> bytes:
    """A cell with something in it that its type is not about."""
    return form(sheet=sheet(rows() + f'<row r="5">{stored}</row>'))


CASES = (
    Case("value cut by comments", "file_too_large", _value, 1, 48_000_000),
    Case("shared text cut by comments", "file_too_large", _shared, 1, 48_000_000),
    Case("header cut by comments", "file_too_large", _header, 1, 48_000_000),
    Case("headers", "file_too_large", _headers, 2_100_000, 48_000_000),
    Case("names of elements", "file_too_large", _elements, 3_000, 2_300_000),
    Case("names of attributes", "file_too_large", _attributes, 3_000, 2_000_000),
    Case("names of namespaces", "file_too_large", _namespaces, 3_000, 900_000),
    Case("comments alone", "file_too_large", _comments, 2_500_000, 6_900_000),
    Case("attributes of notes", "file_too_large", _attributes_of_notes, 2_100_000, 39_000_000),
    Case("formats", "file_too_large", _formats, 2_100, 45_000),
    *(
        Case(name, "not_a_workbook", lambda _, stored=stored: _value_of(stored))  # type: ignore[misc]
        for name, stored in {
            "value of a text in place": '<c r="A5" t="inlineStr"><v>ja</v></c>',
            "text in place of a number": '<c r="A5"><is><t>nej</t></is></c>',
            "text in place of a shared one": '<c r="A5" t="s"><is><t>nej</t></is></c>',
            "two kinds of text": '<c r="A5" t="inlineStr"><v>ja</v><is><t>nej</t></is></c>',
            "cell of an unknown type": '<c r="A5" t="zz"><v>ja</v></c>',
        }.items()
    ),
)
