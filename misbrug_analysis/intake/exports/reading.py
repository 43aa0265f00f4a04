"""The answers of an export, its ledger, and what each response is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
import pandas as pd

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.exports.cells import (
    Places,
    blank_places,
    blanks_of,
    cells_of_given,
    findings_in_export,
    ledger_table,
    settled,
)
from misbrug_analysis.intake.exports.exported import Exported
from misbrug_analysis.intake.exports.faulty import FaultyCells
from misbrug_analysis.intake.exports.given import ANSWERS, answers_given, item_sets
from misbrug_analysis.intake.exports.heads import NO_FORM, Heads
from misbrug_analysis.intake.exports.strangers import refuse_strangers
from misbrug_analysis.intake.exports.understanding import Said, understand
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FILE, FileLedger
from misbrug_analysis.intake.personal import Finding
from misbrug_analysis.intake.remedies import Remedy, remedies_of
from misbrug_analysis.model.errors import Phrase, Problem, name_list
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study

MOST_NAMED = 20
"""So many names are listed in a warning; the others are counted."""

MOST_HEADINGS = 8
"""So many headings of columns, which can be whole questions."""

_LONGEST = 60
"""Letters of a name that are shown."""


@dataclass
class ReadExport:
    """An export as it was read.

    ``forms`` are the responses that were sent, each with its faults; ``answers`` has a row an
    answer or a remark (``given.ANSWERS``) and ``cells`` one a cell or an empty place
    (``cells.LEDGER``). ``findings`` are the personal data that stand in no form, ``needed`` the
    places that the study rightly says something of, besides those of the forms.
    """

    source: str
    forms: list[Form]
    answers: pd.DataFrame
    cells: pd.DataFrame
    findings: tuple[Finding, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    needed: set[str] = field(default_factory=set)

    def used_answers(self, study: Study) -> pd.DataFrame:
        """The answers of the forms that count, in the columns of the table ``answers``."""
        usable = np.array([form.ledger.usable for form in self.forms], dtype=bool)
        number = self.answers["form"].to_numpy(dtype="int64")
        kept = usable[number] if len(number) else np.zeros(0, dtype=bool)
        answers, number = self.answers[kept], number[kept]
        units = np.array([form.unit for form in self.forms], dtype=object)
        names = np.array([form.name for form in self.forms], dtype=object)
        numbers = np.array([form.respondent for form in self.forms], dtype=object)
        return pd.DataFrame(
            {
                "study": study.id,
                "unit": units[number] if len(number) else [],
                "form": names[number] if len(number) else [],
                "respondent": numbers[number] if len(number) else [],
                "item": answers["item"].to_numpy(dtype=object),
                "value": answers["value"].to_numpy(dtype=object),
                "raw": answers["raw"].to_numpy(dtype=object),
                "source": self.source,
                "locator": answers["locator"].to_numpy(dtype=object),
            }
        )

    def ledger(self) -> pd.DataFrame:
        """The rows of the ledger, once it is known which forms count."""
        return settled(self.cells, self.forms).drop(columns="form")


def read_responses(exported: Exported, export: MappedExport, study: Study) -> ReadExport:
    """The responses of an export as forms, with their answers and their ledger.

    A response that nothing was answered in is no form: whoever it is from is absent. So is who
    dropped out, whatever they answered before.
    """
    exported, dropped = _without_dropped(exported)
    source = exported.files[0]
    remedies = remedies_of(study, source)
    words = AnswerWords(study.instrument, study.settings.language)
    heads = Heads(exported, export, study)
    refuse_strangers(exported, export, heads, study.instrument)
    cell = cells_of_given(exported)
    said = understand(exported.given, study.instrument, words)
    forms, form_of = _forms(exported, said, heads, remedies)
    places = Places(cell, form_of, dropped > 0)
    faulty = FaultyCells(exported, said, places, forms, study.instrument, words)
    faulty.settle(set(remedies))
    answers, clashes = answers_given(exported.given, said, form_of, study.instrument)
    answers = _with_roles(faulty.settle_clashes(answers, clashes), forms)
    table = ledger_table(exported, heads, places, faulty.fate, said.reason)
    touched = item_sets(exported.given, form_of, len(forms), study.instrument)
    blanks = blank_places(exported, forms, [item.id for item in study.instrument.items], touched)
    table = pd.concat([table, _free(blanks, exported)], ignore_index=True)
    read = ReadExport(source, forms, answers, table)
    _finish(read, exported, heads, form_of, faulty)
    if study.instrument.blank_is_no:
        for form, blank in zip(
            forms, blanks_of(exported, forms, study.instrument.indicator_ids), strict=True
        ):
            form.blank = blank
    read.warnings += _warnings(exported, study, heads, form_of)
    read.warnings += _dropped_out(source, heads, dropped)
    if forms and not heads.has_forms:
        names = name_list(form.id for form in study.settings.forms)
        read.problems.append(Problem(NO_FORM, source, {"valid": names}, source, FILE))
    if (whole := remedies.get(FILE)) is not None and whole.reads_as is None:
        read.needed.add(FILE)
        read.problems.clear()
        read.warnings += _left_out(read)
    return read


def _forms(
    exported: Exported, said: Said, heads: Heads, remedies: dict[str, Remedy]
) -> tuple[list[Form], np.ndarray]:
    """A form for each response in which anything is said, and the number of each one's form."""
    response = exported.given["response"].to_numpy(dtype="int64")
    answered = np.bincount(response[said.reason != "no_answer"], minlength=1)
    sent = np.flatnonzero(answered)
    form_of = np.full(len(exported.responses), -1, dtype="int64")
    form_of[sent] = np.arange(len(sent))
    source, at = exported.files[0], exported.responses["at"].to_numpy(dtype=object)
    forms = []
    for number in sent.tolist():
        digest = f"{exported.digest} {at[number]}" if exported.digest else ""
        form = Form(FileLedger(source, [], remedies, at[number]), digest=digest)
        heads.begin(form, number)
        forms.append(form)
    return forms, form_of


def _with_roles(answers: pd.DataFrame, forms: list[Form]) -> pd.DataFrame:
    """The answers with the roles of those who gave them, which are answers too."""
    roles = [
        (number, one.item, one.value, one.raw, one.locator)
        for number, form in enumerate(forms)
        if (one := form.role) is not None
    ]
    if not roles:
        return answers
    return pd.concat([pd.DataFrame(roles, columns=list(ANSWERS)), answers], ignore_index=True)


def _without_dropped(exported: Exported) -> tuple[Exported, np.ndarray]:
    """The export without what is given by those who dropped out; the cells stay.

    The array says of each response how much was dropped: what options not chosen say is nothing.
    """
    given = exported.given
    begun = exported.responses["begun"].to_numpy(dtype=bool)
    response = given["response"].to_numpy(dtype="int64")
    gone = ~begun[response]
    said = gone & (given["text"] != "0").to_numpy()
    dropped = np.bincount(response[said], minlength=len(begun))
    if not gone.any():
        return exported, dropped
    return replace(exported, given=given[~gone].reset_index(drop=True)), dropped


def _dropped_out(source: str, heads: Heads, dropped: np.ndarray) -> list[Problem]:
    """That answers are not counted because whoever gave them dropped out."""
    if not dropped.any():
        return []
    units = [heads.unit_label(number) for number in np.flatnonzero(dropped).tolist()]
    values = {"units": listed(units), "number": int(dropped.sum())}
    return [Problem("dropped_out", source, values, source, FILE)]


def _left_out(read: ReadExport) -> list[Problem]:
    """That more than one response is left out, since whoever decided may have meant one."""
    if len(read.forms) < 2:
        return []
    values = {"number": len(read.forms), "at": read.forms[0].at}
    return [Problem("export_left_out", read.source, values, read.source, FILE)]


def _free(blanks: pd.DataFrame, exported: Exported) -> pd.DataFrame:
    """The places at which no cell stands after all, such as one with a code that says nothing."""
    cells = exported.cells
    answers = cells.loc[cells["role"].isin(["answer", "remark"]), "locator"]
    if len(answers) == len(exported.given):
        return blanks
    return blanks[~blanks["locator"].isin(answers)]


def _finish(
    read: ReadExport, exported: Exported, heads: Heads, form_of: np.ndarray, faulty: FaultyCells
) -> None:
    """What is known of each form when all its cells are read."""
    answered, left = faulty.sets(read.answers)
    findings: dict[int, list[Finding]] = {}
    for response, one in findings_in_export(exported):
        findings.setdefault(int(form_of[response]) if response >= 0 else -1, []).append(one)
    undated = Counter({int(form_of[one]): often for one, often in heads.unlisted.items()})
    for number, form in enumerate(read.forms):
        form.answered, form.left = answered[number], left[number]
        form.unlisted = (*faulty.unlisted.get(number, ()), *["date"] * undated[number])
        form.findings = tuple(findings.get(number, ()))
        form.ledger.leave_out()
    read.findings = tuple(findings.get(-1, ()))


def _warnings(exported: Exported, study: Study, heads: Heads, form_of: np.ndarray) -> list[Problem]:
    """What an export has no place for, what is told nothing of, and who answered nothing."""
    source = exported.files[0]
    tell = partial(Problem, where=source, source=source, locator=FILE)
    lacking = [item.id for item in study.instrument.items if item.id not in exported.asked]
    begun = exported.responses["begun"].to_numpy(dtype=bool)
    empty = [heads.unit_label(number) for number in np.flatnonzero((form_of < 0) & begun).tolist()]
    found = [
        ("items_without_column", "items", lacking),
        ("columns_untied", "columns", list(exported.untied)),
        ("response_empty", "units", empty),
    ]
    few = {"columns": MOST_HEADINGS}
    told = [
        tell(code, values={name: listed(said, few.get(name, MOST_NAMED))})
        for code, name, said in found
        if said
    ]
    if heads.lacks_roles:
        told.append(tell("roles_unasked", values={"valid": heads.roles.valid}))
    told += [tell("export_empty", values={})] if exported.responses.empty else []
    return [*exported.warnings, *told]


def listed(names: list[str], most: int = MOST_NAMED) -> Phrase | str:
    """The first of many names, as far as a line can bear, and how many more there are."""
    shown = name_list(_shortened(excerpt(name)) for name in names[:most])
    rest = len(names) - most
    return Phrase("and_more", {"names": shown, "number": rest}) if rest > 0 else shown


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
