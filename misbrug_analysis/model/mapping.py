"""Which columns of an export answer which questions (``mapping.yaml`` of a study).

An export is one file, or one set of files, with the answers of many respondents.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from misbrug_analysis.model.basics import ItemId
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.unfit import UnfitValue
from misbrug_analysis.model.yamlfile import Model

FILE_NAME = "mapping.yaml"

FOLDER = "forms/"
"""How the path of a file begins; everything that came in lies there."""

Layout = Literal["wide", "long", "surveyxact"]
Column = Annotated[str, Field(min_length=1)]
"""A column by its heading, as the file has it; of equal headings the second is ``Heading (2)``."""


def _among_the_forms(path: str) -> str:
    parts = path.removeprefix(FOLDER).split("/")
    inside = path.startswith(FOLDER) and not {"", ".", ".."} & set(parts)
    if not inside or "\\" in path or not path.isprintable():
        raise UnfitValue(Phrase("no_sent_file"), Phrase("a_sent_file"))
    return path


SentFile = Annotated[str, AfterValidator(_among_the_forms)]
"""A file by its path from the study's folder, with forward slashes: ``forms/Svar 2026.csv``."""


def _list_or_nothing(value: object) -> object:
    return [] if value is None else value


def _fields_or_nothing(value: object) -> object:
    return {} if value is None else value


def _as_texts(value: object) -> object:
    """One text or several; what looks like a number is one too."""
    listed = value if isinstance(value, list) else [value]
    numbers = (int, float)
    return [str(one) if isinstance(one, numbers) else one for one in listed]


Texts = Annotated[
    list[Annotated[str, Field(min_length=1)]], Field(min_length=1), BeforeValidator(_as_texts)
]

Noted = BeforeValidator(_fields_or_nothing)
"""What may have a name and nothing below it, as a draft has where all lines are comments."""

Answered = Annotated[
    Annotated[Column, Tag("column")] | Annotated[dict[str, Column], Tag("options")],
    Discriminator(lambda value: "options" if isinstance(value, dict) else "column"),
]
"""The column of a question, or a column for each of its options."""


class MappedExport(Model):
    """One export: its files, how it is laid out, and what its columns hold.

    ``file`` is its path from the study's folder (``forms/round.csv``); an export of SurveyXact in
    three files names ``labels`` and ``structure`` beside it. ``sheet`` is the sheet of a workbook
    that counts, where several have answers. ``unit``, ``form`` and ``date`` are columns;
    ``form_is`` is the form that all respondents sent, in place of a column.

    Where several of one unit answer, ``respondent`` is the column that tells them apart; without
    it each row is somebody of their own. ``role`` is the column of their roles, ``roles`` what its
    texts stand for, and ``role_is`` the role of all of them, in place of a column.

    In a ``wide`` file (``surveyxact`` is one with codes) each respondent has a row; ``items`` ties
    a question to its column, or each option of a multiple choice to a column of its own, and
    ``remarks`` its remark. In a ``long`` one each answer has a row, with the columns ``item``,
    ``answer`` and ``remark``; ``items`` then ties a question to what the column ``item`` calls it.
    ``codes`` says what the codes of the file stand for. ``unused`` are columns that answer nothing.
    ``only`` names the rows that count, where the file has those of other rounds as well: they have
    one of some texts in a column.
    """

    file: SentFile
    layout: Layout
    labels: SentFile | None = None
    structure: SentFile | None = None
    sheet: str | None = None
    only: Annotated[dict[Column, Texts], Noted] = {}
    unit: Column
    form: Column | None = None
    form_is: Annotated[str, Field(min_length=1)] | None = None
    date: Column | None = None
    respondent: Column | None = None
    role: Column | None = None
    role_is: Annotated[str, Field(min_length=1)] | None = None
    roles: Annotated[dict[str, Column], Noted] = {}
    item: Column | None = None
    answer: Column | None = None
    remark: Column | None = None
    codes: Annotated[dict[str, Column], Noted] = {}
    items: Annotated[dict[ItemId, Answered], Noted] = {}
    remarks: Annotated[dict[ItemId, Column], Noted] = {}
    unused: Annotated[list[str], BeforeValidator(_list_or_nothing)] = []

    @property
    def files(self) -> tuple[str, ...]:
        """All files of the export, that with the answers first."""
        return tuple(one for one in (self.file, self.labels, self.structure) if one)


class Mapping(Model):
    """``mapping.yaml``: the exports among what came in."""

    exports: Annotated[list[MappedExport], Field(min_length=1)]
