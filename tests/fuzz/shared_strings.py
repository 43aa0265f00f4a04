"""Texts of cells in a part of their own, as Excel stores them; openpyxl keeps them in cells."""

from __future__ import annotations

import re

from tests.fuzz.archives import Parts, sheet_parts

SHARED = "xl/sharedStrings.xml"

_INLINE = re.compile(r'<c ([^>]*?)t="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)
_SHARED = re.compile(r'<c ([^>]*?)t="s"([^>]*)><v>(\d+)</v></c>')
_ITEM = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def shared(parts: Parts) -> Parts:
    """The parts with all texts of cells in ``xl/sharedStrings.xml``, each once."""
    if SHARED in parts:
        return parts
    texts: dict[str, int] = {}

    def moved(cell: re.Match[str]) -> str:
        index = texts.setdefault(cell[3], len(texts))
        return f'<c {cell[1]}t="s"{cell[2]}><v>{index}</v></c>'

    changed = dict(parts)
    for name in sheet_parts(parts):
        changed[name] = _INLINE.sub(moved, parts[name].decode()).encode()
    items = "".join(f"<si>{text}</si>" for text in texts)
    changed[SHARED] = f'<sst xmlns="{_MAIN}" count="{len(texts)}">{items}</sst>'.encode()
    relation = f'<Relationship Id="shared" Type="{_KIND}" Target="sharedStrings.xml"/>'
    _append(changed, "xl/_rels/workbook.xml.rels", "</Relationships>", relation)
    listed = f'<Override PartName="/{SHARED}" ContentType="{_CONTENT}"/>'
    _append(changed, "[Content_Types].xml", "</Types>", listed)
    return changed


def inline(parts: Parts) -> Parts:
    """The parts with all texts in the cells themselves."""
    if SHARED not in parts:
        return parts
    texts = _ITEM.findall(parts[SHARED].decode())

    def moved(cell: re.Match[str]) -> str:
        return f'<c {cell[1]}t="inlineStr"{cell[2]}><is>{texts[int(cell[3])]}</is></c>'

    changed = dict(parts)
    for name in sheet_parts(parts):
        changed[name] = _SHARED.sub(moved, parts[name].decode()).encode()
    return changed


def _append(parts: Parts, name: str, end: str, entry: str) -> None:
    text = parts[name].decode()
    assert end in text
    parts[name] = text.replace(end, entry + end).encode()
