"""From the files of an export to its one shape."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from misbrug_analysis.intake.bounds import EXPORT, UnreadableFile, content_of
from misbrug_analysis.intake.exports import surveyxact
from misbrug_analysis.intake.exports.columns import Columns
from misbrug_analysis.intake.exports.exported import CELLS, Exported, UnreadableExport
from misbrug_analysis.intake.exports.long import Long
from misbrug_analysis.intake.exports.meanings import Codes
from misbrug_analysis.intake.exports.recognising import recognised
from misbrug_analysis.intake.exports.tables import TEXT, Table, frame, sheet_table, text_table
from misbrug_analysis.intake.exports.wide import Wide, tie
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.workbooks import read_sheets
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.reading import unusable
from misbrug_analysis.model.study import Study

__all__ = ["read_export", "recognised"]


@dataclass
class Source:
    """A file as read: its tables by sheet, what else is written in it, and when it was saved."""

    name: str
    tables: list[Table]
    notes: list[Cell] = field(default_factory=list)
    saved: datetime | None = None
    digest: bytes = b""

    def aside(self, tables: list[Table]) -> list[pd.DataFrame]:
        """The cells of the sheets that have no answers, and the notes of all of them."""
        frames = [
            table.aside("codebook" if _is_codebook(table) else "unused")
            for table in self.tables
            if not any(table is answered for answered in tables)
        ]
        notes = {
            name: [getattr(note, name) for note in self.notes]
            for name in ("locator", "text", "kind")
        }
        size = len(self.notes)
        alike = {"source": [self.name] * size, "role": ["unused"] * size, "response": [-1] * size}
        return [*frames, *([frame(CELLS, **notes, **alike)] if size else [])]


def read_export(export: MappedExport, study: Study) -> Exported:
    """The export in its one shape.

    Raises UnreadableExport for a file that cannot be read, and for a column that is not there.
    """
    sources = [read_source(study.folder / name, name) for name in export.files]
    if export.layout == "surveyxact":
        return _surveyxact(export, study, sources)
    table = _answered(export, sources[0])
    columns = Columns([table])
    if export.layout == "long":
        long = Long(export, columns, study)
        return _exported(
            sources,
            cells=[long.cells(), *sources[0].aside([table])],
            responses=long.responses(),
            given=long.given(),
            asked=frozenset(item.id for item in study.instrument.items),
            untied=long.untied(set(export.unused)),
        )
    return _wide(export, tie(export, columns, study, {}), sources, [table])


def read_source(path: Path, name: str) -> Source:
    """A file of an export, called by a name; a file of text has one table.

    Raises UnreadableExport for one that cannot be read.
    """
    with _told_of(name):
        if path.suffix.lower() == ".xlsx":
            content = content_of(path, EXPORT)
            book = read_sheets(path, EXPORT)
            tables = [sheet_table(sheet, name) for sheet in book.sheets]
            notes = [note for sheet in book.sheets for note in sheet.notes]
            return Source(name, tables, notes, book.saved, hashlib.sha256(content).digest())
        content = content_of(path, TEXT)
        table = text_table(content, name)
        return Source(name, [table], digest=hashlib.sha256(content).digest())


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """Whatever keeps a file from being read is told of that file."""
    try:
        yield
    except UnreadableExport:
        raise
    except UnreadableFile as error:
        raise UnreadableExport(name, error.code, **error.values) from None
    except OSError as error:
        problem = unusable(error)
        raise UnreadableExport(name, problem.code, **problem.values) from None


def _answered(export: MappedExport, source: Source) -> Table:
    """The table with the answers: that of the sheet that is named, else the first one."""
    if export.sheet is None:
        if not source.tables:
            raise UnreadableExport(source.name, "sheet_missing", sheet="–", valid="–")
        return source.tables[0]
    for same in (str, str.casefold):
        for table in source.tables:
            if same(table.sheet.strip()) == same(export.sheet.strip()):
                return table
    valid = name_list(table.sheet for table in source.tables)
    raise UnreadableExport(source.name, "sheet_missing", sheet=export.sheet, valid=valid)


def _surveyxact(export: MappedExport, study: Study, sources: list[Source]) -> Exported:
    """A wide export with codes; its labels and structure are sheets, or files of their own."""
    data = sources[0]
    beside = {table.sheet.strip().casefold(): table for table in data.tables}
    tables = data.tables
    if data.tables and data.tables[0].sheet:
        tables = [] if export.sheet else surveyxact.datasets(data.tables)
        tables = tables or [_answered(export, data)]
    for name, part in (("labels", export.labels), ("structure", export.structure)):
        if part is not None:
            beside[name] = next(one for one in sources if one.name == part).tables[0]
    columns = Columns(tables)
    surveyxact.check_joined(columns)
    items = {item.id: item for item in study.instrument.items}
    expanded = surveyxact.with_options(export, columns, beside.get("structure"), items)
    labels = surveyxact.labels(beside["labels"]) if "labels" in beside else {}
    wide = tie(expanded, columns, study, _by_heading(columns, labels))
    exported = _wide(expanded, wide, sources, tables, known=set(surveyxact.STATUS))
    answered = np.zeros(len(columns.numbers), dtype=bool)
    answered[exported.given["response"][exported.given["text"] != "0"]] = True
    exported.responses["begun"] = surveyxact.begun(columns, answered)
    return exported


def _by_heading(columns: Columns, labels: Mapping[str, Codes]) -> dict[str, Codes]:
    """The labels of each column by its heading, which can be written in another case."""
    lower = {name.casefold(): codes for name, codes in labels.items()}
    return {
        heading: codes
        for table in columns.tables
        for heading in table.headings
        if (codes := labels.get(heading) or lower.get(heading.casefold()))
    }


def _wide(
    export: MappedExport,
    wide: Wide,
    sources: list[Source],
    tables: list[Table],
    known: set[str] | None = None,
) -> Exported:
    return _exported(
        sources,
        cells=[wide.cells(), *(one for source in sources for one in source.aside(tables))],
        responses=wide.responses(),
        given=wide.given(),
        asked=wide.asked(),
        untied=wide.untied({*export.unused, *(known or ())}),
        places=wide.places(),
    )


def _is_codebook(table: Table) -> bool:
    """Whether a table without answers says what those of other ones mean."""
    return not table.sheet or table.sheet.strip().casefold() in surveyxact.CODEBOOK


def _exported(sources: list[Source], *, cells: list[pd.DataFrame], **parts: object) -> Exported:
    return Exported(
        tuple(source.name for source in sources),
        cells=pd.concat(cells, ignore_index=True),
        saved=sources[0].saved,
        digest=hashlib.sha256(b"".join(source.digest for source in sources)).hexdigest(),
        **parts,  # type: ignore[arg-type]
    )
