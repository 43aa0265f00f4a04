"""What goes wrong with the parts of a workbook as a whole."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.fuzz.archives import Parts
from tests.fuzz.broken_xml import PartBreaker

ENCODINGS = ["utf-16", "utf-16-be", "latin-1", "utf-8-sig", "utf-32"]
DECLARED = ["UTF-16", "ISO-8859-1", "windows-1252", "UTF-7", "x", "UTF-8"]


def _a_part(draw: st.DrawFn, parts: Parts) -> str:
    return draw(st.sampled_from(list(parts)))


def part_deleted(draw: st.DrawFn, parts: Parts) -> None:
    if len(parts) > 1:
        del parts[_a_part(draw, parts)]


def part_emptied(draw: st.DrawFn, parts: Parts) -> None:
    content = draw(st.sampled_from([b"", b" ", b"<x/>", b"\0", b"<?xml version='1.0'?>"]))
    parts[_a_part(draw, parts)] = content


def parts_swapped(draw: st.DrawFn, parts: Parts) -> None:
    one, other = _a_part(draw, parts), _a_part(draw, parts)
    parts[one], parts[other] = parts[other], parts[one]


def part_renamed(draw: st.DrawFn, parts: Parts) -> None:
    name = _a_part(draw, parts)
    names = [name.upper(), f"/{name}", f"../{name}", name.replace("/", "\\"), f"{name}.bak"]
    parts[draw(st.sampled_from(names))] = parts.pop(name)


def part_added(draw: st.DrawFn, parts: Parts) -> None:
    """Something that does not belong there: macros, another file, a name that leads out."""
    names = ["xl/vbaProject.bin", "../../x", "C:\\x", "a.csv", "xl/externalLinks/externalLink1.xml"]
    parts[draw(st.sampled_from(names))] = draw(st.sampled_from([b"", b"x" * 1000, b"<x/>"]))


def other_encoding(draw: st.DrawFn, parts: Parts) -> None:
    name = _a_part(draw, parts)
    text = parts[name].decode("utf-8", "replace")
    parts[name] = text.encode(draw(st.sampled_from(ENCODINGS)), "replace")


def other_declaration(draw: st.DrawFn, parts: Parts) -> None:
    name = _a_part(draw, parts)
    _, found, rest = parts[name].partition(b"?>")
    declared = draw(st.sampled_from(DECLARED))
    begin = f'<?xml version="1.0" encoding="{declared}"?>'.encode()
    parts[name] = begin + (rest if found else parts[name])


PART_BREAKERS: tuple[PartBreaker, ...] = (
    part_deleted,
    part_emptied,
    parts_swapped,
    part_renamed,
    part_added,
    other_encoding,
    other_declaration,
)
