"""Files that came in, as drafts of how they are read: which belong together, what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from misbrug_analysis.intake.bounds import UnreadableFile
from misbrug_analysis.intake.delimited import SUFFIXES
from misbrug_analysis.intake.exports import surveyxact
from misbrug_analysis.intake.exports.columns import Columns
from misbrug_analysis.intake.exports.drafting import (
    Draft,
    Parts,
    draft_long,
    draft_wide,
    is_long,
)
from misbrug_analysis.intake.exports.exported import UnreadableExport
from misbrug_analysis.intake.exports.meanings import Codes
from misbrug_analysis.intake.exports.source_files import read_source
from misbrug_analysis.intake.exports.tables import Table, headed
from misbrug_analysis.intake.exports.variables import Variable
from misbrug_analysis.intake.formats import refused
from misbrug_analysis.model.errors import DefinitionError, Problem
from misbrug_analysis.model.mapping import Layout
from misbrug_analysis.model.study import Study

MAX_TEXTS = 500
"""Different texts of a column that are looked at."""

MAX_QUESTIONS = 5_000
"""Different texts of the column of a long file that names questions."""

_NAMELESS = re.compile(r"#\d+")


@dataclass(frozen=True)
class Sent:
    """A file with its tables, by its path from the study's folder.

    ``table`` is the first with a heading and a row below it.
    """

    source: str
    table: Table
    tables: Sequence[Table]

    @property
    def sheets(self) -> dict[str, Table]:
        """The tables by the names of their sheets, without case."""
        return {one.sheet.strip().casefold(): one for one in self.tables}


@dataclass(frozen=True)
class Codebook:
    """What variables ask and what their codes mean, as SurveyXact says it.

    ``asked`` is the text of the question and of the option by variable, ``labels`` those of codes.
    """

    asked: Mapping[str, tuple[str, str]]
    labels: Mapping[str, Codes]


def drafts(files: Sequence[tuple[Path, str]], study: Study) -> list[Draft]:
    """How the exports in some files seem to be read; ``files`` are paths with their sources.

    Raises DefinitionError with every file that cannot be read or is no table.
    """
    sent, problems = [], []
    for path, source in files:
        try:
            sent.append(_opened(path, source))
        except UnreadableFile as error:
            problems.append(Problem(error.code, source, error.values))
    if problems:
        raise DefinitionError(problems)
    try:
        return list(_drafted(sent, study))
    except UnreadableExport as error:
        raise DefinitionError([Problem(error.code, error.source, error.values)]) from None


def _opened(path: Path, source: str) -> Sent:
    formats = (".xlsx", *SUFFIXES)
    if path.suffix.lower() not in formats:
        raise refused(path.suffix, formats)
    tables = read_source(path, source).tables
    first = next((one for one in tables if len(one.codes) > 1), None)
    if first is None:
        raise UnreadableFile("export_empty")
    return Sent(source, headed(first), tables)


def _drafted(sent: Sequence[Sent], study: Study) -> Iterator[Draft]:
    """A draft for each file with answers, with the files that say what its codes mean.

    Raises UnreadableExport for a part of an export of SurveyXact without the others.
    """
    structures = [one for one in sent if _is_structure(one.table) and "labels" not in one.sheets]
    others = [one for one in sent if one not in structures]
    labels = [one for one in others if _are_labels(one.table, others)]
    _check_parts(structures, labels, others)
    for one in others:
        if one in labels:
            continue
        headings = set(one.table.headings)
        mine = [part for part in labels if surveyxact.labels(part.table).keys() & headings]
        about = [part for part in structures if _asked(part.table).keys() & headings]
        if mine:
            beside = [*mine[:1], *about[:1]]
            parts = Parts(one.source, "surveyxact", *(part.source for part in beside))
            yield _surveyxact(parts, [one.table], [part.table for part in beside], study)
        elif "labels" in one.sheets and (datasets := surveyxact.datasets(one.tables)):
            codebook = [one.sheets[name] for name in ("labels", "structure") if name in one.sheets]
            yield _surveyxact(Parts(one.source, "surveyxact"), datasets, codebook, study)
        else:
            yield _plain(one, study)


def _surveyxact(
    parts: Parts, answers: Sequence[Table], codebook: Sequence[Table], study: Study
) -> Draft:
    """Of tables with answers, and of one with labels, which that of questions may stand beside.

    Raises UnreadableExport where that one is missing and no variable is called by a question.
    """
    labels, *structure = codebook
    asked = _asked(structure[0]) if structure else {}
    variables = _variables(Columns(answers), Codebook(asked, surveyxact.labels(labels)))
    known = [one for one in variables if one.heading not in surveyxact.STATUS]
    draft = draft_wide(parts, known, study)
    if not structure and len(draft.missing) == len(study.instrument.items):
        raise UnreadableExport(parts.file, "surveyxact_parts")
    return draft


def _plain(sent: Sent, study: Study) -> Draft:
    table = sent.table
    variables = list(_variables(Columns([table]), Codebook({}, {})))
    layout: Layout = "long" if is_long(variables, study) else "wide"
    parts = Parts(sent.source, layout, sheet="" if table is sent.tables[0] else table.sheet)
    if layout == "wide":
        return draft_wide(parts, variables, study)

    def texts_of(heading: str) -> list[str]:
        return table.distinct(table.headings.index(heading))[:MAX_QUESTIONS]

    return draft_long(parts, variables, texts_of, study)


def _variables(columns: Columns, book: Codebook) -> Iterator[Variable]:
    """The columns of an export; one without a heading and without anything in it is none."""
    for name, spot in columns.names.items():
        table = columns.tables[spot.table]
        texts = table.distinct(spot.column)[:MAX_TEXTS]
        if not texts and _NAMELESS.fullmatch(name):
            continue
        label, option = book.asked.get(table.headings[spot.column], ("", ""))
        codes = book.labels.get(table.headings[spot.column], Codes())
        yield Variable(name, label, option, tuple(codes.meaning(one) or one for one in texts))


def _check_parts(
    structures: Sequence[Sent], labels: Sequence[Sent], others: Sequence[Sent]
) -> None:
    """Raise UnreadableExport where files of SurveyXact are named without those beside them."""
    answers = [one for one in others if one not in labels and "labels" not in one.sheets]
    alone = [one for one in answers if _has_status(one)]
    known = {name for part in labels for name in surveyxact.labels(part.table)}
    lone = [one for one in alone if not known & set(one.table.headings)]
    lone += [one for one in answers if _has_codes(one.table)]
    lone += structures if not labels else []
    if lone:
        raise UnreadableExport(lone[0].source, "surveyxact_parts")


def _has_status(sent: Sent) -> bool:
    """Whether a table is the answers of an export of SurveyXact."""
    headings = {name.casefold() for table in sent.tables for name in table.headings}
    return headings.issuperset(surveyxact.STATUS)


def _has_codes(table: Table) -> bool:
    """Whether a table is one of variable, code and label, from its first row on."""
    if len(table.codes) < 2 or _width(table) != 3:
        return False
    rows = ([text for text in row if text] for row in table.rows())
    return all(len(row) == 3 and row[1].isdigit() for row in rows)


def _width(table: Table) -> int:
    """How many columns have anything in them."""
    return int(table.codes.any(axis=0).sum())


def _is_structure(table: Table) -> bool:
    return {"variablename", "questiontext"} <= {one.casefold() for one in table.headings}


def _are_labels(table: Table, among: Sequence[Sent]) -> bool:
    """Whether a table without headings says what codes mean: variable, code and label."""
    if _width(table) != 3:
        return False
    variables = surveyxact.labels(table).keys()
    others = [one.table for one in among if one.table is not table]
    return bool(variables) and any(variables <= set(one.headings) for one in others)


def _asked(table: Table) -> dict[str, tuple[str, str]]:
    """By variable, the text of its question and of the option that it stands for."""
    places = {heading.casefold(): place for place, heading in enumerate(table.headings)}
    wanted = [places.get(name) for name in ("variablename", "questiontext", "choicetext")]
    found = {}
    for row in list(table.rows())[1:]:
        name, question, option = ("" if at is None else row[at] for at in wanted)
        found[name] = (question, option)
    return found
