"""Exports that need no mapping: their headings say what they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from misbrug_analysis.intake.bounds import UnreadableFile
from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.intake.delimited import SUFFIXES, first_records
from misbrug_analysis.intake.exports.first_rows import first_rows
from misbrug_analysis.intake.exports.long import Asked
from misbrug_analysis.intake.exports.tables import HEAD_ROWS
from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study

_BEGINNING: Final = 1 << 18
"""Bytes of a file of text in which its headings stand."""

_OWN: Final[dict[str, Any]] = {"unit": "unit", "form": "form", "item": "item", "answer": "value"}
"""The columns of the table ``answers`` by what they hold."""

_BESIDE: Final = ("study", "respondent", "raw", "source", "locator")
"""Its other columns."""


def recognised(path: Path, source: str, study: Study) -> MappedExport | None:
    """How a file is an export that needs no mapping, by its headings; None where it is a form.

    They are in one of the first rows, on any sheet. A wide file has a heading for the unit and
    questions' numbers as headings; a long one headings for unit, question and answer. The table
    ``answers`` of a study is a long file. Never raises: what is wrong with a file is told by
    whoever reads it.
    """
    if path != study.folder / source:
        return None
    try:
        found = (by_headings(rows, source, study) for rows in _first_rows(path))
        return next(filter(None, found), None)
    except (UnreadableFile, OSError, UnicodeError):
        return None


def by_headings(rows: Iterable[list[str]], source: str, study: Study) -> MappedExport | None:
    """How a table is an export, by the first of its first rows that has the headings of one.

    None where another of them has those of a form: who answers it stands above them.
    """
    found_in = [[text.strip() for text in row if text.strip()] for row in rows]
    if any(_is_of_form(headings, study) for headings in found_in):
        return None
    for headings in found_in:
        with suppress(ValidationError):
            found = _long(source, headings, study) or _wide(source, headings, study)
            if found is not None:
                return found
    return None


def _is_of_form(headings: list[str], study: Study) -> bool:
    words = study.instrument.form
    has_table = _one(headings, words.item) and _one(headings, words.answer)
    return bool(has_table) and _unit(headings, study) is None


def _first_rows(path: Path) -> list[list[list[str]]]:
    """The first rows of a file that hold anything, of each sheet."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return first_rows(path, HEAD_ROWS)
    if suffix in SUFFIXES and path.is_file():
        with path.open("rb") as file:
            return [first_records(file.read(_BEGINNING), HEAD_ROWS)]
    return []


def unit_headings(study: Study) -> list[str]:
    """What the column can be called that says who answers: as in a form, else as units are."""
    usual = study.instrument.usual
    nouns = [noun.one for noun in study.organisation.unit_noun.values()]
    return list(
        dict.fromkeys([*study.instrument.form.unit, *nouns, *(usual.headings if usual else [])])
    )


def _unit(headings: list[str], study: Study) -> str | None:
    return _one(headings, study.instrument.form.unit) or _one(headings, unit_headings(study))


def _long(source: str, headings: list[str], study: Study) -> MappedExport | None:
    words = study.instrument.form
    if set(_OWN.values()) <= set(headings):
        own = _OWN | ({"respondent": "respondent"} if study.instrument.respondents else {})
        beside = [one for one in headings if one in _BESIDE and one not in own.values()]
        codes = _own_codes(study)
        return MappedExport(file=source, layout="long", codes=codes, unused=beside, **own)
    wanted = {"item": words.item, "answer": words.answer}
    found: dict[str, Any] = {name: _one(headings, called) for name, called in wanted.items()}
    found["unit"] = _unit(headings, study)
    found |= _of_several(headings, study)
    if not all(found[name] for name in found if name != "role"):
        return None
    more = {"form": words.form, "date": words.date, "remark": words.remark}
    found |= {name: _one(headings, called) for name, called in more.items()}
    question = _one(headings, words.question)
    return MappedExport(file=source, layout="long", unused=[question] if question else [], **found)


def _of_several(headings: list[str], study: Study) -> dict[str, str | None]:
    """The columns that tell the respondents of a unit apart, where there can be several."""
    asked = study.instrument.respondents
    names = ["respondent", *(["role"] if asked and asked.roles else [])] if asked else []
    return {name: _one(headings, study.instrument.form.called(name)) for name in names}


def _wide(source: str, headings: list[str], study: Study) -> MappedExport | None:
    words = study.instrument.form
    unit = _unit(headings, study)
    if not unit:
        return None
    named = parts_named(study)
    items: dict[str, Any] = {}
    remarks: dict[str, str] = {}
    for heading in headings:
        item, part = named(heading) or ("", "")
        if part == "answer":
            items.setdefault(item, heading)
        elif part == "remark":
            remarks.setdefault(item, heading)
        elif part and isinstance(items.setdefault(item, {}), dict):
            items[item].setdefault(part, heading)
    if not items:
        return None
    several = _of_several(headings, study)
    return MappedExport(
        file=source,
        layout="wide",
        unit=unit,
        form=_one(headings, words.form),
        date=_one(headings, words.date),
        respondent=several.get("respondent"),
        role=several.get("role"),
        items=items,
        remarks=remarks,
    )


def parts_named(study: Study) -> Callable[[str], tuple[str, str] | None]:
    """Which part of which question a heading names: ``1.1``, ``1.3/2`` or ``1.1 Bemærkning``."""
    asked = Asked(study.instrument, {})
    remark = {bare(word) for word in study.instrument.form.remark}

    def named(heading: str) -> tuple[str, str] | None:
        number, _, rest = heading.partition(" ")
        if rest and bare(rest) in remark:
            found = asked.named(number)
            return (found[0], "remark") if found and found[1] == "answer" else None
        return asked.named(heading)

    return named


def _own_codes(study: Study) -> dict[str, str]:
    """What the codes of the table ``answers`` stand for: the labels of the answers."""
    language = study.settings.language
    words = study.instrument.missing | study.instrument.answers
    return {code: in_language(one.label, language) for code, one in words.items()}


def _one(headings: list[str], called: list[str]) -> str | None:
    """The one heading that is called so; None where there is none, or more."""
    accepted = {bare(word) for word in called}
    found = [heading for heading in headings if bare(heading) in accepted]
    return found[0] if len(found) == 1 else None
