"""What goes wrong with the bytes of any file, and with the directory of an archive."""

from __future__ import annotations

import struct
from collections.abc import Callable

from hypothesis import strategies as st

ByteBreaker = Callable[[st.DrawFn, bytes], bytes]

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def _at(draw: st.DrawFn, content: bytes) -> int:
    return draw(st.integers(0, max(len(content) - 1, 0)))


def flipped(draw: st.DrawFn, content: bytes) -> bytes:
    at, bit = _at(draw, content), draw(st.integers(0, 7))
    return content[:at] + bytes(one ^ 1 << bit for one in content[at : at + 1]) + content[at + 1 :]


def overwritten(draw: st.DrawFn, content: bytes) -> bytes:
    at, new = _at(draw, content), draw(st.binary(min_size=1, max_size=8))
    return content[:at] + new + content[at + len(new) :]


def cut(draw: st.DrawFn, content: bytes) -> bytes:
    first, last = sorted((_at(draw, content), _at(draw, content)))
    return content[:first] + content[last:]


def inserted(draw: st.DrawFn, content: bytes) -> bytes:
    at = _at(draw, content)
    return content[:at] + draw(st.binary(min_size=1, max_size=40)) + content[at:]


def zeroed(draw: st.DrawFn, content: bytes) -> bytes:
    first, last = sorted((_at(draw, content), _at(draw, content)))
    return content[:first] + bytes(last - first) + content[last:]


def truncated(draw: st.DrawFn, content: bytes) -> bytes:
    return content[: _at(draw, content)]


def repeated(draw: st.DrawFn, content: bytes) -> bytes:
    """Something once more, or the whole file after itself."""
    first, last = sorted((_at(draw, content), _at(draw, content)))
    return content + content if draw(st.booleans()) else content[:last] + content[first:]


def prefixed(draw: st.DrawFn, content: bytes) -> bytes:
    """As a program or another kind of file begins."""
    begins = [b"MZ", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\n"]
    return draw(st.sampled_from(begins)) + content


def field_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """A field of an entry of the archive: flags, method, time, CRC, sizes, lengths, offset."""
    mark, fields = draw(
        st.sampled_from(
            [
                (
                    _LOCAL,
                    [(4, "H"), (6, "H"), (8, "H"), (14, "I"), (18, "I"), (22, "I"), (26, "H")],
                ),
                (_CENTRAL, [(8, "H"), (10, "H"), (16, "I"), (20, "I"), (24, "I"), (28, "H")]),
                (_CENTRAL, [(30, "H"), (32, "H"), (38, "I"), (42, "I")]),
                (_END, [(4, "H"), (8, "H"), (10, "H"), (12, "I"), (16, "I"), (20, "H")]),
            ]
        )
    )
    entries = _found(content, mark)
    if not entries:
        return content
    offset, kind = draw(st.sampled_from(fields))
    at = draw(st.sampled_from(entries)) + offset
    most = (1 << 8 * struct.calcsize(kind)) - 1
    value = draw(st.sampled_from([0, 1, 8, 9, 12, 99, most, most // 2]) | st.integers(0, most))
    return content[:at] + struct.pack(f"<{kind}", value) + content[at + struct.calcsize(kind) :]


def name_changed(draw: st.DrawFn, content: bytes) -> bytes:
    """The name of a part in one of the two places where it stands, or in both."""
    names = [
        b"xl/workbook.xml",
        b"xl/worksheets/sheet1.xml",
        b"[Content_Types].xml",
        b"_rels/.rels",
    ]
    name = draw(st.sampled_from(names))
    other = draw(st.sampled_from([b"../", b"\xff", b"\0", b"/", b"XL/", b"xl/"]))
    return content.replace(name, (other + name)[: len(name)], draw(st.integers(1, 2)))


def _found(content: bytes, mark: bytes) -> list[int]:
    places, at = [], content.find(mark)
    while at >= 0:
        places.append(at)
        at = content.find(mark, at + 1)
    return places


BYTE_BREAKERS: tuple[ByteBreaker, ...] = (
    flipped,
    overwritten,
    cut,
    inserted,
    zeroed,
    truncated,
    repeated,
    prefixed,
)
ARCHIVE_BREAKERS: tuple[ByteBreaker, ...] = (field_changed, field_changed, name_changed)
