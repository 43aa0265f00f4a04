"""Changes of a workbook that change nothing for whoever reads it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import unescape

from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.fuzz.archives import Parts, packed, sheet_parts
from tests.fuzz.shared_strings import SHARED, inline, shared
from tests.fuzz.whole_forms import opened, saved

Change = Callable[[st.DrawFn, Parts], Parts]

_TEXT = re.compile(r"(<t(?: [^>]*)?>)([^<]+)(</t>)")


def _texts_changed(parts: Parts, change: Callable[[str], str]) -> Parts:
    """The texts of cells in another spelling of XML; they stand in the shared ones, or inline."""
    found = [*sheet_parts(parts), *(name for name in parts if name == SHARED)]
    for name in found:
        text = parts[name].decode()
        parts[name] = _TEXT.sub(lambda one: one[1] + change(one[2]) + one[3], text).encode()
    return parts


def entries_reordered(draw: st.DrawFn, parts: Parts) -> Parts:
    return dict(draw(st.permutations(list(parts.items()))))


def saved_again(draw: st.DrawFn, parts: Parts) -> Parts:
    return saved(opened(packed(parts)))


def comments_between(draw: st.DrawFn, parts: Parts) -> Parts:
    """Comments and processing instructions between elements."""
    name = draw(st.sampled_from(sheet_parts(parts)))
    said = draw(st.sampled_from(["<!-- Nr. Svar -->", "<?x y?>", "\n  ", "<!---->"]))
    parts[name] = (
        parts[name]
        .replace(b"<row ", said.encode() + b"<row ")
        .replace(b"</sheetData>", said.encode() + b"</sheetData>")
    )
    return parts


def comments_inside(draw: st.DrawFn, parts: Parts) -> Parts:
    return _texts_changed(parts, lambda text: f"<!-- a -->{text}<!-- b -->")


def cdata(draw: st.DrawFn, parts: Parts) -> Parts:
    return _texts_changed(parts, lambda text: f"<![CDATA[{unescape(text)}]]>")


def character_references(draw: st.DrawFn, parts: Parts) -> Parts:
    return _texts_changed(parts, lambda text: "".join(f"&#{ord(one)};" for one in unescape(text)))


def in_runs(draw: st.DrawFn, parts: Parts) -> Parts:
    """Every shared text in two runs of which one is bold, as when part of a cell is."""
    if SHARED not in parts:
        return parts

    def run(text: str) -> str:
        return f'<r><t xml:space="preserve">{text}</t></r>'

    def bold(text: str) -> str:
        return f'<r><rPr><b/></rPr><t xml:space="preserve">{text}</t></r>'

    def split(one: re.Match[str]) -> str:
        text = unescape(one[2])
        half = len(text) // 2
        first, second = (_escaped(part) for part in (text[:half], text[half:]))
        return run(first) + bold(second)

    parts[SHARED] = _TEXT.sub(split, parts[SHARED].decode()).encode()
    return parts


def texts_shared(draw: st.DrawFn, parts: Parts) -> Parts:
    return shared(parts)


def texts_inline(draw: st.DrawFn, parts: Parts) -> Parts:
    return inline(parts)


def prefixed(draw: st.DrawFn, parts: Parts) -> Parts:
    """Another prefix for the namespace that a sheet's elements are in."""
    name = draw(st.sampled_from(sheet_parts(parts)))
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", parts[name].decode())
    parts[name] = re.sub(r" xmlns=", " xmlns:x=", text).encode()
    return parts


def other_encoding(draw: st.DrawFn, parts: Parts) -> Parts:
    """UTF-16 with a byte order mark, which XML allows like UTF-8."""
    name = draw(st.sampled_from([*sheet_parts(parts), "xl/workbook.xml"]))
    rest = re.sub(r"^<\?xml [^>]*>", "", parts[name].decode())
    parts[name] = f'<?xml version="1.0" encoding="UTF-16"?>{rest}'.encode("utf-16")
    return parts


def single_quotes(draw: st.DrawFn, parts: Parts) -> Parts:
    name = draw(st.sampled_from(sheet_parts(parts)))
    parts[name] = re.sub(r'="([^"\'<>]*)"', r"='\1'", parts[name].decode()).encode()
    return parts


def absolute_targets(draw: st.DrawFn, parts: Parts) -> Parts:
    """Or relative ones, whichever the workbook does not have."""
    name = "xl/_rels/workbook.xml.rels"
    text = parts[name].decode()
    absolute = 'Target="/xl/' in text
    before, after = ('"/xl/', '"') if absolute else ('Target="', 'Target="/xl/')
    parts[name] = text.replace(before, after).encode()
    return parts


def beside_dropped(draw: st.DrawFn, parts: Parts) -> Parts:
    """What says nothing of cells: the size of a sheet, its views, the name of the program."""
    for name in sheet_parts(parts):
        text = parts[name].decode()
        text = re.sub(r"<dimension [^>]*/>|<sheetViews>.*?</sheetViews>", "", text)
        parts[name] = text.encode()
    return parts


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shifted(draw: st.DrawFn, parts: Parts) -> Parts:
    """Blank rows above the form, and blank columns before it."""
    book = opened(packed(parts))
    sheet = _answers(book)
    sheet.insert_rows(1, draw(st.integers(1, 3)))
    sheet.insert_cols(1, draw(st.integers(1, 2)))
    return saved(book)


def _answers(book: Workbook) -> Worksheet:
    return next(one for one in book.worksheets if one.title in ("Svar", "Skema"))


CHANGES: tuple[Change, ...] = (
    entries_reordered,
    saved_again,
    comments_between,
    texts_shared,
    texts_inline,
    prefixed,
    single_quotes,
    absolute_targets,
    beside_dropped,
)

SPELLINGS: tuple[Change, ...] = (comments_inside, cdata, character_references, in_runs)
"""Of these one, since none can read what another has written."""

LAST: tuple[Change, ...] = (other_encoding,)
"""What no other change can read any more."""

COMPRESSIONS = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
