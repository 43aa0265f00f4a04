"""Files that are no workbook, and archives that are more than they seem."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

from tests.hostile.workbook import CORE, SHEET, WORKBOOK, Case, form, packed, sound

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CENTRAL, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"


def _of(content: bytes) -> bytes:
    """A file of another kind under our name."""
    return content + bytes(600)


def _nested(_size: int) -> bytes:
    return packed({"a.xlsx": form()})


def _zeros(size: int) -> bytes:
    return packed({**sound(), "xl/media/a.bin": bytes(size)})


def _lying(size: int) -> bytes:
    """A part that says that it is small, and unpacks to more."""
    content = bytearray(packed({**sound(), SHEET: " " * size}))
    stated, said = struct.pack("<I", size), struct.pack("<I", 100)
    assert content.count(stated) == 2  # before the part, and in the list of parts
    return bytes(content.replace(stated, said))


def _overlapping(size: int) -> bytes:
    """Many names for the same bytes, as in the small bombs of David Fifield (2019)."""
    content = packed({**sound(), "xl/a.bin": bytes(1000)})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.start_dir
    at = content.rindex(_CENTRAL)
    end = content.rindex(b"PK\x05\x06")
    entry = content[at:end]
    more = b"".join(entry.replace(b"xl/a.bin", b"b%07d" % number) for number in range(size))
    count = struct.unpack("<H", content[end + 10 : end + 12])[0] + size
    length = end - start + len(more)
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, length, start, 0)
    return content[:end] + more + tail


def _many(size: int) -> bytes:
    return packed({**sound(), **{f"a/{number}": b"" for number in range(size)}})


def _named(name: str) -> bytes:
    return packed({**sound(), name: b"x"})


def _twice(name: str) -> bytes:
    stream = io.BytesIO(form())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)
        archive.writestr(name, "<worksheet/>")
    return stream.getvalue()


def _flagged(offset: int, value: int) -> bytes:
    """Another number in what is said of each part; ``offset`` counts from the local header."""
    content = bytearray(form())
    for mark, further in ((_LOCAL, 0), (_CENTRAL, 2)):
        at = content.find(mark)
        while at >= 0:
            content[at + offset + further : at + offset + further + 2] = struct.pack("<H", value)
            at = content.find(mark, at + 4)
    return bytes(content)


def _stated(number: int) -> bytes:
    """A form that says that it has another number of parts."""
    content = form()
    at = content.rindex(b"PK\x05\x06") + 8
    return content[:at] + struct.pack("<HH", number, number) + content[at + 4 :]


def _commented(other: bytes) -> bytes:
    """A form whose archive has another one as its comment."""
    content = form()
    return content[:-2] + struct.pack("<H", len(other)) + other


def _cut(_size: int) -> bytes:
    content = form()
    return content[: len(content) // 2]


CASES = (
    Case("text", "not_a_workbook", lambda _: b"Nr.;Svar\n1.1;ja\n"),
    Case("html", "not_a_workbook", lambda _: _of(b"<html><script>alert(1)</script></html>")),
    Case("pdf", "not_a_workbook", lambda _: _of(b"%PDF-1.7\n")),
    Case("jpeg", "not_a_workbook", lambda _: _of(b"\xff\xd8\xff\xe0\0\x10JFIF")),
    Case("empty", "not_a_workbook", lambda _: b""),
    Case("half a workbook", "not_a_workbook", _cut),
    Case("old workbook", "old_workbook", lambda _: _of(_OLE)),
    Case(
        "encrypted workbook",
        "encrypted_workbook",
        lambda _: _of(_OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")),
    ),
    Case(
        "word document",
        "not_a_workbook",
        lambda _: packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}),
    ),
    Case("java archive", "not_a_workbook", lambda _: packed({"META-INF/MANIFEST.MF": "a"})),
    Case("workbook in an archive", "not_a_workbook", _nested),
    Case("workbook without its list", "not_a_workbook", lambda _: packed({WORKBOOK: "<a/>"})),
    Case("bomb", "file_too_large", _zeros, 51_000_000, 400_000_000),
    Case("lying sizes", "not_a_workbook", _lying, 200_000, 400_000_000),
    Case("overlapping parts", "not_a_workbook", _overlapping, 5, 900),
    Case("many parts", "file_too_large", _many, 1_001, 40_000),
    Case("name that leads up", "not_a_workbook", lambda _: _named("xl/../../../evil")),
    Case("absolute name", "not_a_workbook", lambda _: _named("/evil")),
    Case("name with a drive", "not_a_workbook", lambda _: _named("C:\\evil")),
    Case("sheet twice", "not_a_workbook", lambda _: _twice(SHEET)),
    Case("sheet twice in capitals", "not_a_workbook", lambda _: _twice(SHEET.upper())),
    Case("unknown compression", "not_a_workbook", lambda _: _flagged(8, 99)),
    Case("encrypted parts", "encrypted_workbook", lambda _: _flagged(6, 1)),
    Case("two archives", "not_a_workbook", lambda _: form() + form()),
    Case("archive behind a program", "not_a_workbook", lambda _: b"MZ" * 500 + form()),
    Case("archive in a comment", "not_a_workbook", lambda _: _commented(form())),
    Case("fewer parts than there are", "not_a_workbook", lambda _: _stated(1)),
    Case("number of parts left out", "not_a_workbook", lambda _: _stated(0xFFFF)),
    Case("macros", "has_macros", lambda _: packed({**sound(), "xl/vbaProject.bin": _OLE})),
    Case(
        "macros by their type",
        "has_macros",
        lambda _: form(
            types=str(sound()["[Content_Types].xml"]).replace(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                "application/vnd.ms-excel.sheet.macroEnabled.main",
            )
        ),
    ),
    Case(
        "macro sheet",
        "has_macros",
        lambda _: packed({**sound(), "xl/macrosheets/sheet1.xml": "<a/>"}),
    ),
    Case("cut properties", "", lambda _: form(core=sound()[CORE][:50])),
    Case("no time of saving", "", lambda _: form(core="<a><modified>9999-99-99</modified></a>")),
    Case(
        "time before all times",
        "",
        lambda _: form(core="<a><modified>0001-01-01T00:00:00+14:00</modified></a>"),
    ),
    Case("no properties", "", lambda _: packed({k: v for k, v in sound().items() if k != CORE})),
)
