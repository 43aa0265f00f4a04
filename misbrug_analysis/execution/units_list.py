"""A list of units as people keep it, in a workbook or as CSV, read for a new study."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from misbrug_analysis.intake.bounds import FORM
from misbrug_analysis.intake.delimited import read_delimited
from misbrug_analysis.intake.grid import Cell, Sheet, UnreadableFile
from misbrug_analysis.model.csvfile import MAX_ROWS
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, hint, name_list, shown
from misbrug_analysis.model.privacy import kinds_in, masked
from misbrug_analysis.model.usual import FormName

FORMATS = (".xlsx", ".csv")

BOUNDS = replace(FORM, rows=MAX_ROWS, cells=8 * MAX_ROWS, letters=10_000_000)
"""Of a list: as many rows as the units.csv that is made of it may have."""

OWN_COLUMNS = ("label", "id", "code", "forms")
"""Columns about the unit itself; all others are levels."""

MAX_NAME = 120
MAX_ID = 60
HEADING_ROWS = 30
"""The headings stand among the first rows; above them there can be a title and notes."""

_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "þ": "th", "ð": "d"}
_LETTERS |= {"œ": "oe", "ł": "l", "đ": "d", "ħ": "h", "ı": "i"}
_NAMELESS = "x"
"""How the id begins of what has no letter of a-z in its name."""

_BETWEEN_FORMS = re.compile(r"[;,+/&\n]|\b(?:og|and)\b", re.IGNORECASE)
_CODE = re.compile(r"\w[\w.-]{0,19}")
_FORMULA = ("=", "+", "-", "@")
"""How a text begins that a spreadsheet would run."""

Columns = Mapping[str, list[str]]
"""Roles of columns (``label``, ``id``, ``code``, ``forms``, a level's id) with their headings."""


@dataclass(frozen=True)
class ListedUnit:
    """One row of the list; ``groups`` are ids by level, ``forms`` ids of forms."""

    id: str
    label: str
    code: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitsList:
    """The units in their order, and the groups of each level that has a column: label by id.

    ``unused`` are headings of columns that say nothing a study needs.
    """

    units: tuple[ListedUnit, ...]
    groups: Mapping[str, Mapping[str, str]]
    unused: tuple[str, ...] = ()


def slug_of(text: str) -> str:
    """A text as an id: ``Ærø 2026`` becomes ``aeroe-2026``; may be empty."""
    lower = "".join(_LETTERS.get(letter, letter) for letter in text.lower())
    plain = unicodedata.normalize("NFKD", lower).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MAX_ID].strip("-")


def read_units_list(path: Path, columns: Columns, forms: list[FormName]) -> UnitsList:
    """Read a list of units from a workbook or a CSV file.

    ``columns`` are the headings by role; ``label`` alone is needed. An id is made of the name
    where the list gives none. Raises DefinitionError with every fault at its cell.
    """
    sheets = _sheets(path)
    found = next(_headed(sheets, columns["label"]), None)
    if found is None:
        values = {"expected": name_list(columns["label"])}
        raise DefinitionError([Problem("units_no_heading", shown(path), values)])
    sheet, heading = found
    return _Reader(path, sheet, heading, columns, forms).read()


def _sheets(path: Path) -> Sequence[Sheet]:
    if not path.is_file():
        values: dict[str, object] = {"expected": Phrase("a_units_list"), "named_in": "--units"}
        raise DefinitionError([Problem("file_missing", shown(path), values)])
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        values = {"suffix": path.suffix, "formats": name_list(FORMATS)}
        raise DefinitionError([Problem("units_format", shown(path), values)])
    try:
        if suffix == ".csv":
            return read_delimited(path, BOUNDS).sheets
        # What reads workbooks takes a while to import, and many lists are none.
        from misbrug_analysis.intake.workbooks import read_workbook

        return read_workbook(path, BOUNDS).sheets
    except UnreadableFile as error:
        raise DefinitionError([Problem(error.code, shown(path), error.values)]) from None


def _headed(sheets: Sequence[Sheet], names: list[str]) -> Iterator[tuple[Sheet, int]]:
    """Every sheet with a row that has the heading of the names, and that row."""
    for sheet in sheets:
        for row, cells in list(sheet.rows().items())[:HEADING_ROWS]:
            if any(_heading(cell) in names for cell in cells.values()):
                yield sheet, row
                break


def _heading(cell: Cell) -> str:
    return cell.text.strip(" .:*").casefold()


class _Reader:
    """Reads the rows below the headings; every fault is kept until all are found."""

    def __init__(
        self, path: Path, sheet: Sheet, heading: int, columns: Columns, forms: list[FormName]
    ) -> None:
        self._path = path
        self._sheet = sheet
        self._heading = heading
        self._names = columns
        self._forms = {word: form.id for form in forms for word in form.words()}
        self._problems: list[Problem] = []
        self._columns: dict[str, int] = {}
        self._seen: set[str] = set()
        self._labels: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._groups: dict[str, dict[str, str]] = {}

    def read(self) -> UnitsList:
        rows = self._sheet.rows()
        unused = self._find_columns(rows[self._heading])
        self._groups = {role: {} for role in self._columns if role not in OWN_COLUMNS}
        at = self._columns["label"]
        below = (cells for row, cells in rows.items() if row > self._heading)
        names = (cells[at].text for cells in below if at in cells)
        self._labels = {" ".join(name.split()).casefold() for name in names}
        units = []
        for row, cells in rows.items():
            said = {role: cells[at] for role, at in self._columns.items() if at in cells}
            if row > self._heading and said:
                units.append(self._unit(row, said))
        if not units and not self._problems:
            self._fault("units_none", self._where())
        if self._problems:
            raise DefinitionError(self._problems)
        return UnitsList(tuple(units), self._groups, tuple(unused))

    def _find_columns(self, headings: dict[int, Cell]) -> list[str]:
        """Find the column of each role; the headings that have none."""
        columns, unused = self._columns, []
        for at, cell in headings.items():
            word = _heading(cell)
            role = next((role for role, names in self._names.items() if word in names), None)
            if role is None:
                unused.append(_short(cell.text))
            elif role in columns:
                first = _short(headings[columns[role]].text)
                where = self._where(cell)
                self._fault("units_headings", where, first=first, second=_short(cell.text))
            else:
                columns[role] = at
        return unused

    def _unit(self, row: int, said: dict[str, Cell]) -> ListedUnit:
        for cell in said.values():
            if cell.kind in ("formula", "error"):
                self._fault("units_formula", self._where(cell))
        if "label" not in said:
            self._empty(row, "label")
            return ListedUnit("", "")
        name = self._name(said["label"])
        code = said.get("code")
        if code and (not _CODE.fullmatch(code.text) or _is_personal(code.text)):
            self._fault("units_code", self._where(code), value=_short(code.text))
        unit = self._id(said.get("id", said["label"]), name, given="id" in said)
        # A form may name its unit by name or by id, so no name is another one's id either.
        if name.casefold() in self._seen:
            self._twice(said["label"])
        self._seen |= {unit, name.casefold()}
        return ListedUnit(
            unit,
            name,
            code.text if code else "",
            {level: self._group(level, row, said.get(level)) for level in self._groups},
            self._forms_of(said["forms"]) if "forms" in said else (),
        )

    def _name(self, cell: Cell) -> str:
        """What a unit or a group is called: on one line, nothing that runs, no personal data."""
        name = " ".join(cell.text.split())
        plain = name.isprintable() and not name.startswith(_FORMULA) and masked(name) == name
        if not plain or len(name) > MAX_NAME:
            self._fault("units_name", self._where(cell), value=_short(name), limit=MAX_NAME)
        return name

    def _id(self, cell: Cell, name: str, given: bool) -> str:
        """The id that the list gives, or one made of the name, with a number where it is taken."""
        wanted = slug_of(cell.text if given else name)
        if not wanted and not given and _has_letters(name):
            wanted = _NAMELESS  # no letter of it is one of a-z, as of Greek or Cyrillic ones
        if not wanted or (given and (wanted != cell.text or _is_personal(wanted))):
            values = {"value": _short(cell.text), "near": slug_of(masked(wanted)) or "a1"}
            self._fault("units_id", self._where(cell), **values)
            return ""
        if given:
            if wanted in self._seen:
                self._twice(cell)
            return wanted
        # Where many share an id, none looks for its number from the start again.
        made, number = wanted, self._numbers.get(wanted, 2)
        # Köln leaves its plain spelling to a place that is called so.
        others = set() if name.isascii() else self._labels
        while made in self._seen or made in others:
            made, number = f"{wanted[: MAX_ID - 5]}-{number}", number + 1
        self._numbers[wanted] = number
        return made

    def _twice(self, cell: Cell) -> None:
        self._fault("units_twice", self._where(cell), value=_short(cell.text))

    def _group(self, level: str, row: int, cell: Cell | None) -> str:
        """The id of the group that a cell names; the first way to write it is its label."""
        if cell is None or not _has_letters(cell.text):
            self._empty(row, level)
            return ""
        known = self._groups[level]
        group = slug_of(cell.text)
        if not group:
            name = self._name(cell)
            ids = [one for one, label in known.items() if label == name]
            group = ids[0] if ids else f"{_NAMELESS}-{len(known) + 1}"
        known.setdefault(group, self._name(cell))
        return group

    def _forms_of(self, cell: Cell) -> tuple[str, ...]:
        found = []
        for word in filter(None, (part.strip() for part in _BETWEEN_FORMS.split(cell.text))):
            form = self._forms.get(word.casefold(), "")
            if not form:
                values = {"value": _short(word), "hint": hint(word.casefold(), self._forms)}
                valid = name_list(self._forms)
                self._fault("units_form", self._where(cell), valid=valid, **values)
            found.append(form)
        return tuple(dict.fromkeys(found))

    def _empty(self, row: int, role: str) -> None:
        at = self._sheet.locate(row, self._columns[role])
        self._fault("units_empty", f"{shown(self._path)}, {at}", column=self._names[role][0])

    def _where(self, cell: Cell | None = None) -> str:
        return f"{shown(self._path)}, {cell.locator}" if cell else shown(self._path)

    def _fault(self, code: str, where: str, **values: object) -> None:
        self._problems.append(Problem(code, where, values))


def _has_letters(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _is_personal(text: str) -> bool:
    """Whether an id or a code holds personal data; eight digits are no phone number there."""
    return bool(set(kinds_in(text)) - {"phone"})


def _short(text: str) -> str:
    """A text as a message shows it: masked, on one line and of bounded length."""
    line = " ".join(masked(text).split())
    return line if len(line) <= MAX_ID else line[: MAX_ID - 1] + "…"
