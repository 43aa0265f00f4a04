"""The files of a round, and how they are named in tables and messages.

Names are shown without personal data, and each file has one of its own.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from misbrug_analysis.intake.cleaning import named_once
from misbrug_analysis.model.privacy import masked

_LEFT = re.compile(r"[.~].*|thumbs\.db|desktop\.ini|.*\.tmp", re.IGNORECASE)
"""Files that programs leave in a folder: hidden ones, what Windows shows a folder by, a workbook
that is open (``~$a.xlsx``, ``.~lock.a.xlsx#``), one that was never saved to the end."""

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Unicode's categories of signs that control or format, of halves, and of ends of lines."""

_DAY = re.compile(r"(?<!\d)\d{8}(?!\d)")


def files_in(folder: Path) -> tuple[list[Path], list[OSError]]:
    """The files in a folder and below it by name, and why some of it cannot be read.

    What programs leave there by themselves is no such file. A folder that is not there is empty.
    """
    faults: list[OSError] = []
    if not (folder.exists() or folder.is_symlink()):
        return [], faults
    found = [
        Path(inside, name)
        for inside, _, names in os.walk(folder, onerror=faults.append)
        for name in names
        if not _LEFT.fullmatch(name)
    ]
    # A link that leads nowhere is told of as a file that cannot be read; a device is none.
    return sorted(path for path in found if path.is_file() or path.is_symlink()), faults


def named(paths: Iterable[Path], folder: Path) -> Iterator[tuple[Path, str, str]]:
    """Each file with its name from the folder, and the fault of that name, if it has one.

    A name that holds personal data is masked (``name_personal``), signs that are not shown or that
    cannot be stored stand as � (``name_unfit``); a number sets those apart that are alike then.
    """
    plain: list[tuple[Path, str]] = []
    others: list[tuple[Path, str, str]] = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        seen = "".join("\ufffd" if _is_unseen(sign) else sign for sign in name)
        if _is_personal(seen):
            others.append((path, masked(seen), "name_personal"))
        elif seen != name:
            others.append((path, seen, "name_unfit"))
        else:
            plain.append((path, name))
    yield from ((path, name, "") for path, name in plain)
    names = named_once([*(name for _, name in plain), *(name for _, name, _ in others)])
    for (path, _, fault), name in zip(others, names[len(plain) :], strict=True):
        yield path, name, fault


def _is_unseen(sign: str) -> bool:
    """Whether a sign of a name shows nothing, breaks its line, or is half of one (PEP 383)."""
    return unicodedata.category(sign) in _UNSEEN


def _is_personal(name: str) -> bool:
    """Whether a name holds personal data; a day of eight digits is no phone number."""
    without = _DAY.sub(lambda found: "" if _is_day(found[0]) else found[0], name)
    return masked(without) != without


def _is_day(digits: str) -> bool:
    for pattern in ("%Y%m%d", "%d%m%Y"):
        try:
            if 2000 <= datetime.strptime(digits, pattern).year < 2100:
                return True
        except ValueError:
            continue
    return False
