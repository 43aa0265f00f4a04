"""The archive that a workbook is (ECMA-376, part 2), opened with care.

Nothing is unpacked to a disk. Whatever is read counts against the bounds, however often an archive
has it read, and an archive that programs could read in different ways is not read at all.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.parsers import expat

from misbrug_analysis.intake.bounds import MAX_STORED, MAX_TEXT, Bounds, UnreadableFile, too_many
from misbrug_analysis.model.errors import Phrase, too_large

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]

MAX_PARTS = 1_000
"""Parts of a workbook; a form has about ten."""

_MAX_STRETCH = 400_000
"""Bytes between two signs of XML: more than the longest text of a cell, however it is written."""

_MAX_DEPTH = 200
"""Elements in each other; groups of shapes in groups come to some tens."""

_MAX_NAMES = 2_000
"""Different names of elements, attributes and namespaces in a part, all of which the parser keeps;
a sheet has some fifty, a drawing some hundreds."""

_CHUNK = 1 << 20
"""The parser looks at a token from its beginning with each chunk, so that small ones take long."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What old Excel files begin with, and encrypted ones (MS-CFB, 2.2)."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream that holds an encrypted workbook (MS-OFFCRYPTO, 2.3.4.4)."""

_ENCODING = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = (b"utf-8", b"utf-16", b"us-ascii")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|macrosheets/.*|vbaData\.xml)$", re.IGNORECASE)

_HEADER = 30
"""Bytes of what stands before a part, and its name."""

_END, _WIDE_END = b"PK\x05\x06", b"PK\x06\x07"
_END_SIZE, _WIDE_END_SIZE, _UNSAID = 22, 20, 0xFFFF
"""The end of an archive, that says how many parts it has, and what points to one of another form
(APPNOTE.TXT, 4.3.15 and 4.3.16)."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What reading a damaged archive raises."""


class Package:
    """The parts of a workbook by name."""

    def __init__(self, content: bytes, bounds: Bounds) -> None:
        """Raises UnreadableFile for what is no workbook, is encrypted, or has macros."""
        self.bounds = bounds
        _check_kind(content)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile:
            raise unfit("no_workbook_inside") from None
        except _BROKEN:
            raise unfit("damaged") from None
        parts = self._archive.infolist()
        self._bytes, self._tags = bounds.unpacked, bounds.tags
        _check_parts(parts, bounds)
        _check_end(content, parts)
        self.names = frozenset(part.filename for part in parts)

    def parse(
        self, part: str, start: Start, end: End | None = None, text: Text | None = None
    ) -> None:
        """Read a part of XML as a stream; names of elements are ``namespace name``.

        Raises UnreadableFile for what is no XML, or declares entities.
        """
        depth = letters = 0
        names: dict[str, str] = {}

        def named(*_declared: object) -> None:
            if len(names) > _MAX_NAMES:
                raise too_many("of_names", _MAX_NAMES)

        def opened(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth, letters
            depth += 1
            letters = 0
            if depth > _MAX_DEPTH:  # the parser keeps all that is open
                raise too_many("of_levels", _MAX_DEPTH)
            if len(names) > _MAX_NAMES:
                named()
            start(name, attributes)

        def closed(name: str) -> None:
            nonlocal depth, letters
            depth -= 1
            letters = 0
            if end is not None:
                end(name)

        def said(data: str) -> None:
            nonlocal letters
            letters += len(data)
            if letters > MAX_STORED:
                raise too_many("of_letters_in_a_cell", MAX_TEXT)
            if text is not None:
                text(data)

        parser = expat.ParserCreate(namespace_separator=" ", intern=names)
        parser.StartElementHandler = opened
        parser.EndElementHandler = closed
        parser.StartNamespaceDeclHandler = named
        parser.StartDoctypeDeclHandler = _refuse_entities
        parser.CharacterDataHandler = said if text is not None else None
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError:
            raise unfit("damaged") from None

    def _chunks(self, part: str) -> Iterator[bytes]:
        if part not in self.names:
            raise unfit("damaged")
        stretch, first = 0, True
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    if first:
                        _check_encoding(chunk)
                    first = False
                    stretch = self._count(chunk, stretch)
                    yield chunk
        except _BROKEN:
            raise unfit("damaged") from None

    def _count(self, chunk: bytes, stretch: int) -> int:
        """Take a chunk from what may still be read; how long ago its last tag began."""
        self._bytes -= len(chunk)
        self._tags -= chunk.count(b"<")
        if self._bytes < 0:
            limit = self.bounds.unpacked
            raise UnreadableFile("file_too_large", **too_large(limit - self._bytes, limit))
        if self._tags < 0:
            raise too_many("of_elements", self.bounds.tags)
        head, *others = chunk.split(b"<")
        longest = max(stretch + len(head), *map(len, others), 0)
        if longest > _MAX_STRETCH:
            raise too_many("of_letters_in_a_row", _MAX_STRETCH)
        return len(others[-1]) if others else stretch + len(head)


def unfit(reason: str) -> UnreadableFile:
    """A file that is no workbook, for the reason that a phrase tells."""
    return UnreadableFile("not_a_workbook", detail=Phrase(reason))


def target_of(part: str, target: str) -> str:
    """The part that a relation of ``part`` leads to."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def relations_of(part: str) -> str:
    """The part with the relations of another."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _check_kind(content: bytes) -> None:
    if content.startswith(_OLE):
        raise UnreadableFile("encrypted_workbook" if _ENCRYPTED in content else "old_workbook")


def _check_parts(parts: list[zipfile.ZipInfo], bounds: Bounds) -> None:
    if len(parts) > MAX_PARTS:
        raise too_many("of_parts", MAX_PARTS)
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile("encrypted_workbook")
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) < len(names):
        raise unfit("parts_twice")
    if any(_leads_out(name) for name in names):
        raise unfit("parts_lead_out")
    if _overlap(parts):
        raise unfit("parts_overlap")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > bounds.unpacked:
        raise UnreadableFile("file_too_large", **too_large(unpacked, bounds.unpacked))
    if any(_MACROS.search(name) for name in names):
        raise UnreadableFile("has_macros")


def _leads_out(name: str) -> bool:
    """Whether the name of a part would leave the folder that it was unpacked to."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _overlap(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether parts share bytes of the archive, as those of small bombs do."""
    ends = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < ends:
            return True
        header = _HEADER + len(part.orig_filename)
        ends = part.header_offset + header + part.compress_size
    return False


def _check_end(content: bytes, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse archives of which programs see different parts.

    Such are several archives in one file, and one that says a wrong number of parts.
    """
    at = content.rfind(_END)
    if at + _END_SIZE > len(content):
        raise unfit("parts_unclear")
    stated, there, length = struct.unpack_from("<HH8xH", content, at + 8)
    wide = stated == there == _UNSAID and content[at - _WIDE_END_SIZE : at].startswith(_WIDE_END)
    starts = min((part.header_offset for part in parts), default=0)
    whole = starts == 0 and at + _END_SIZE + length == len(content)
    if not whole or not (wide or stated == there == len(parts)):
        raise unfit("parts_unclear")


def _check_encoding(beginning: bytes) -> None:
    """Parts are stored as UTF-8 or UTF-16 (ECMA-376, part 2, 8.1.4)."""
    declared = None if beginning.startswith(_WIDE) else _ENCODING.search(beginning[:500])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise unfit("other_encoding")


def _refuse_entities(*_declared: object) -> None:
    raise unfit("entities_inside")
