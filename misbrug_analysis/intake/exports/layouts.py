"""From the files of an export to its one shape."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import pandas as pd

from misbrug_analysis.intake.exports import surveyxact
from misbrug_analysis.intake.exports.alike import check_alike
from misbrug_analysis.intake.exports.answer_sheets import check_merged, check_others, table_of
from misbrug_analysis.intake.exports.chosen_rows import ChosenRows, chosen_rows
from misbrug_analysis.intake.exports.columns import Columns
from misbrug_analysis.intake.exports.exported import Exported, UnreadableExport
from misbrug_analysis.intake.exports.long import Long
from misbrug_analysis.intake.exports.meanings import Codes
from misbrug_analysis.intake.exports.source_files import UNMAPPED, Source, read_source
from misbrug_analysis.intake.exports.tables import cells_joined
from misbrug_analysis.intake.exports.wide import Wide, tie
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study


def read_export(export: MappedExport, study: Study) -> Exported:
    """An export that ``mapping.yaml`` names, in its one shape.

    Raises UnreadableExport for a file that cannot be read, for a column that is not there, and
    where nobody can see which answers count.
    """
    return _read(export, study, [read_source(study.folder / name, name) for name in export.files])


def read_recognised(export: MappedExport, study: Study) -> Exported:
    """An export that is known by its headings, in its one shape.

    Raises UnreadableExport as ``read_export`` does, for a file that is too large to be read without
    an entry in ``mapping.yaml``, and where columns have the same heading.
    """
    try:
        source = read_source(study.folder / export.file, export.file, UNMAPPED)
    except UnreadableExport as error:
        if error.code == "file_too_large":
            raise UnreadableExport(error.source, "export_needs_mapping", **error.values) from None
        raise
    check_alike(table_of(export, source), export.layout, study)
    return _read(export, study, [source])


def _read(export: MappedExport, study: Study, sources: list[Source]) -> Exported:
    if export.layout == "surveyxact":
        return _surveyxact(export, study, sources)
    table = table_of(export, sources[0])
    sources[0].remarks += tuple(check_others(export, sources[0], [table], study))
    rows = chosen_rows([table], export.only)
    sources[0].remarks += rows.remarks
    columns = Columns(rows.tables)
    if export.layout == "long":
        long = Long(export, columns, study)
        check_merged(columns, long.spots)
        known = {*export.unused, *export.only}
        return _exported(
            sources,
            cells=[long.cells(known), *rows.aside, *sources[0].aside([table])],
            responses=long.responses(),
            given=long.given(),
            asked=frozenset(item.id for item in study.instrument.items),
            untied=long.untied(known),
        )
    return _wide(export, tie(export, columns, study, {}), sources, rows)


def _surveyxact(export: MappedExport, study: Study, sources: list[Source]) -> Exported:
    """A wide export with codes; its labels and structure are sheets, or files of their own."""
    data = sources[0]
    beside = {table.sheet.strip().casefold(): table for table in data.tables}
    tables = data.tables
    if not data.tables or data.tables[0].sheet:
        tables = [] if export.sheet else surveyxact.datasets(data.tables)
        tables = tables or [table_of(export, data)]
        data.remarks += tuple(check_others(export, data, tables, study))
    for name, part in (("labels", export.labels), ("structure", export.structure)):
        if part is not None:
            beside[name] = next(one for one in sources if one.name == part).tables[0]
    surveyxact.check_joined(Columns(tables))
    rows = chosen_rows(tables, export.only)
    data.remarks += rows.remarks
    columns = Columns(rows.tables)
    items = {item.id: item for item in study.instrument.items}
    expanded = surveyxact.with_options(export, columns, beside.get("structure"), items)
    labels = surveyxact.labels(beside["labels"]) if "labels" in beside else {}
    wide = tie(expanded, columns, study, _by_heading(columns, labels))
    exported = _wide(expanded, wide, sources, rows, known=set(surveyxact.STATUS))
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
    rows: ChosenRows,
    known: set[str] | None = None,
) -> Exported:
    known = {*export.unused, *export.only, *(known or ())}
    asides = (one for source in sources for one in source.aside(rows.tables))
    check_merged(wide.columns, wide.spots)
    return _exported(
        sources,
        cells=[wide.cells(known), *rows.aside, *asides],
        responses=wide.responses(),
        given=wide.given(),
        asked=wide.asked(),
        untied=wide.untied(known),
        places=wide.places(),
    )


def _exported(sources: list[Source], *, cells: list[pd.DataFrame], **parts: object) -> Exported:
    return Exported(
        tuple(source.name for source in sources),
        cells=cells_joined(cells),
        saved=sources[0].saved,
        warnings=tuple(warning for source in sources for warning in source.warnings),
        digest=hashlib.sha256(b"".join(source.digest for source in sources)).hexdigest(),
        **parts,  # type: ignore[arg-type]
    )
