"""Workbooks whose parts hold what no program writes, or far more of it."""

from __future__ import annotations

from functools import partial

from tests.hostile.workbook import (
    CORE,
    MAIN,
    OFFICE,
    SHEET,
    STRINGS,
    STYLES,
    WORKBOOK,
    Case,
    cell,
    form,
    packed,
    relations,
    rows,
    sheet,
    sound,
    with_rows,
)

_LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10)
)
_DTD = {
    "billion laughs": f"<!DOCTYPE a [{_LAUGHS}]>",
    "file by entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    "address by entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % e SYSTEM "http://127.0.0.1:9/e.dtd"> %e;]>',
    "type of document": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">',
    "plain type": "<!DOCTYPE worksheet>",
}
_NOTES = {
    "comments": ("comments", "../comments1.xml", "xl/comments1.xml"),
    "drawing": ("drawing", "../drawings/drawing1.xml", "xl/drawings/drawing1.xml"),
}


def _noted(kind: str, content: str, _size: int) -> bytes:
    relation, target, part = _NOTES[kind]
    return packed({**sound(relations=relations((relation, target))), part: content})


def _empty_cells(size: int) -> bytes:
    """Cells with a format and nothing in them, 100 to a row."""
    return with_rows(("<row>" + '<c s="1"/>' * 100 + "</row>") * (size // 100))


def _filled(size: int) -> bytes:
    """Cells with the same short text, 100 to a row."""
    return with_rows(("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * (size // 100))


def _texts_aside(size: int) -> bytes:
    """Different texts on rows that ask nothing, 10 to a row."""
    below = (
        "<row><c/>"
        + "".join(f'<c/><c/><c/><c t="str"><v>Text {number + place}</v></c>' for place in range(10))
        + "</row>"
        for number in range(0, size, 10)
    )
    return with_rows("".join(below))


def _one_text_often(size: int) -> bytes:
    text = f'<sst xmlns="{MAIN}"><si><t>{"a" * 32_000}</t></si></sst>'
    cells = '<row><c t="s"><v>0</v></c></row>' * size
    return form(strings=text, sheet=sheet(rows() + cells))


def _one_text(size: int) -> bytes:
    return with_rows(f'<row r="5">{cell("A5", "a" * size)}</row>')


def _in_pieces(size: int) -> bytes:
    """A text of a cell of any length, in pieces of a moderate one."""
    pieces = f"<t>{'a' * 30_000}</t>" * (size // 30_000)
    return with_rows(f'<row r="5"><c r="A5" t="inlineStr"><is>{pieces}</is></c></row>')


def _in_sections(size: int) -> bytes:
    piece = "<![CDATA[" + "a" * 30_000 + "]]>"
    return with_rows(f'<row r="5"><c r="A5" t="str"><v>{piece * (size // 30_000)}</v></c></row>')


def _styles(size: int) -> bytes:
    many = '<xf numFmtId="0"/>' * size
    return form(styles=f'<styleSheet xmlns="{MAIN}"><cellXfs>{many}</cellXfs></styleSheet>')


def _sheets(size: int) -> bytes:
    listed = "".join(f'<sheet name="a{n}" sheetId="{n}" r:id="rId1"/>' for n in range(size))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
    return form(workbook=book)


def _one_part_often(size: int) -> bytes:
    """Relations that have one part read again and again."""
    relation, target, part = _NOTES["comments"]
    notes = "<comments>" + '<comment ref="A1"><t/></comment>' * 1_999 + "</comments>"
    return packed({**sound(relations=relations(*[(relation, target)] * size)), part: notes})


def _declared(encoding: str, stored: str) -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + str(sound()[SHEET])
    return form(sheet=text.encode(stored))


def _dtd_in(part: str, dtd: str, _size: int) -> bytes:
    parts = sound()
    return packed({**parts, part: dtd + str(parts[part])})


def _row(attributes: str, text: str = "nej", place: str = "C4") -> bytes:
    return with_rows(f"<row {attributes}>{cell(place, text)}</row>")


def _formula(inside: str, _size: int) -> bytes:
    answer = cell("C4", "ja")
    return form(sheet=sheet(rows().replace(answer, f'<c r="C4" t="str">{inside}<v>ja</v></c>')))


def _renamed(namespace: str) -> bytes:
    parts = {
        name: content.replace(MAIN, namespace) if isinstance(content, str) else content
        for name, content in sound().items()
    }
    return packed(parts)


_REFUSED = (
    *(Case(name, "not_a_workbook", partial(_dtd_in, SHEET, dtd)) for name, dtd in _DTD.items()),
    *(
        Case(f"entities in {part}", "not_a_workbook", partial(_dtd_in, part, "<!DOCTYPE a>"))
        for part in (WORKBOOK, STRINGS, STYLES, CORE, "[Content_Types].xml", "_rels/.rels")
    ),
    *(
        Case(
            f"entities in {kind}",
            "not_a_workbook",
            partial(_noted, kind, f"<!DOCTYPE a [{_LAUGHS}]><a>&l9;</a>"),
        )
        for kind in _NOTES
    ),
    Case("empty cells", "file_too_large", _empty_cells, 1_000_100, 10_000_000),
    Case("filled cells", "file_too_large", _filled, 50_000, 2_000_000),
    Case("one text often", "file_too_large", _one_text_often, 63, 200_000),
    Case("one text", "file_too_large", _one_text, 32_768, 45_000_000),
    Case("one text in pieces", "file_too_large", _in_pieces, 60_000, 45_000_000),
    Case("one text in sections", "file_too_large", _in_sections, 60_000, 45_000_000),
    Case("spaces", "file_too_large", lambda size: with_rows(" " * size), 400_001, 49_000_000),
    Case(
        "comment",
        "file_too_large",
        lambda size: with_rows(f"<!--{'<a' * (size // 2)}-->"),
        5_000_000,
        49_000_000,
    ),
    Case(
        "long attribute",
        "file_too_large",
        lambda size: with_rows(f'<row r="5" a="{"b" * size}"/>'),
        400_001,
        49_000_000,
    ),
    Case(
        "many attributes",
        "file_too_large",
        lambda size: with_rows(
            "<row " + " ".join(f'a{number}=""' for number in range(size // 10)) + "/>"
        ),
        900_000,
        40_000_000,
    ),
    Case(
        "deep nesting",
        "file_too_large",
        lambda size: with_rows(f"{'<x>' * size}{'</x>' * (size - 1)}"),
        1_000,
        1_000_000,
    ),
    Case("styles", "file_too_large", _styles, 65_491, 2_000_000),
    Case("sheets", "file_too_large", _sheets, 251, 100_000),
    Case("one part for two sheets", "not_a_workbook", _sheets, 2, 2),
    Case("one part often", "file_too_large", _one_part_often, 700, 2_000),
    Case("row twice", "not_a_workbook", lambda _: _row('r="4"')),
    Case("row that goes back", "not_a_workbook", lambda _: _row('r="3"', place="C3")),
    Case("row of zero", "not_a_workbook", lambda _: _row('r="0"')),
    Case("row of no number", "not_a_workbook", lambda _: _row('r="4e400"')),
    Case("row past the end", "file_too_large", lambda _: _row('r="1048577"', place="C1048577")),
    Case("row far past the end", "not_a_workbook", lambda _: _row('r="99999999999"')),
    Case("cell of another row", "not_a_workbook", lambda _: _row('r="5"')),
    Case("cell past the last column", "file_too_large", lambda _: _row('r="5"', place="XFE5")),
    Case(
        "cell twice",
        "not_a_workbook",
        lambda _: with_rows(f'<row r="5">{cell("A5", "a")}{cell("A5", "b")}</row>'),
    ),
    Case(
        "cell that goes back",
        "not_a_workbook",
        lambda _: with_rows(f'<row r="5">{cell("B5", "a")}{cell("A5", "b")}</row>'),
    ),
    Case(
        "cell in a cell",
        "not_a_workbook",
        lambda _: with_rows(f'<row r="5"><c r="A5">{cell("B5", "a")}</c></row>'),
    ),
    Case(
        "two values",
        "not_a_workbook",
        lambda _: with_rows('<row r="5"><c r="A5" t="str"><v>ja</v><v>nej</v></c></row>'),
    ),
    Case(
        "text that is not there",
        "not_a_workbook",
        lambda _: with_rows('<row r="5"><c r="A5" t="s"><v>7</v></c></row>'),
    ),
    Case(
        "number of many digits",
        "not_a_workbook",
        lambda size: with_rows(f'<row r="5"><c r="A5"><v>{"9" * size}</v></c></row>'),
        5_000,
        390_000,
    ),
    Case("no UTF-8", "not_a_workbook", lambda _: form(sheet=b"<worksheet>\xfe\xfa</worksheet>")),
    Case("declared as Latin-1", "not_a_workbook", lambda _: _declared("iso-8859-1", "latin-1")),
    Case("declared as UTF-7", "not_a_workbook", lambda _: _declared("UTF-7", "utf-7")),
    Case("declared as EBCDIC", "not_a_workbook", lambda _: _declared("cp500", "cp500")),
    Case("other namespace", "not_a_workbook", lambda _: _renamed("http://example.org/main")),
)

_REJECTED = tuple(
    Case(name, "answer_formula", partial(_formula, inside))
    for name, inside in {
        "formula": "<f>A1</f>",
        "command": "<f>cmd|'/c calc'!A0</f>",
        "array formula": '<f t="array" ref="C4">A1</f>',
        "shared formula": '<f t="shared" si="0"/>',
        "data table": '<f t="dataTable" ref="C4" dt2D="1" r1="A1" r2="A2"/>',
        "web service": "<f>WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)</f>",
    }.items()
)

_READ = (
    Case("sound", "", lambda _: form()),
    Case("as many empty cells as may be", "", _empty_cells, 1_000, 980_000),
    Case("as many texts as may be", "", _texts_aside, 100, 45_000),
    Case("rows without numbers", "", lambda _: form(sheet=sheet(_unnumbered()))),
    Case(
        "strict namespace", "", lambda _: _renamed("http://purl.oclc.org/ooxml/spreadsheetml/main")
    ),
    Case("UTF-16", "", lambda _: _declared("UTF-16", "utf-16")),
    Case("UTF-16 without a mark", "", lambda _: form(sheet=str(sound()[SHEET]).encode("utf-16"))),
    Case(
        "links to elsewhere",
        "",
        lambda _: packed({**sound(), "xl/externalLinks/externalLink1.xml": "<a/>"}),
    ),
    Case(
        "embedded object",
        "",
        lambda _: form(relations=relations(("oleObject", "../embeddings/oleObject1.bin"))),
    ),
)


def _unnumbered() -> str:
    """The rows without their numbers, and the cells without their places."""
    text = rows()
    for number in range(1, 5):
        text = text.replace(f'<row r="{number}">', "<row>")
        for letter in "ABCD":
            text = text.replace(f'r="{letter}{number}" ', "")
    return text


CASES = (*_REFUSED, *_REJECTED, *_READ)
