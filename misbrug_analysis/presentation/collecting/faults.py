"""Faults as they are told to people: by whose file they are in, with the question in its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.collect import Round
from misbrug_analysis.intake.days import as_day
from misbrug_analysis.intake.status import Standing, problems_by_form
from misbrug_analysis.model.errors import Problem, messages, place
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.words import cell_place, question
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import in_language

_COLUMN = re.compile(r"row \d+ (column \d+)|(.+![A-Z]{1,3})\d+", re.DOTALL)


@dataclass(frozen=True)
class Fault:
    """A fault with all its places and questions: one merged range is one fault."""

    problem: Problem
    locators: tuple[str, ...]
    items: tuple[str, ...]

    @property
    def span(self) -> str:
        """The place as one: the merged range on its sheet, else where the fault is."""
        sheet, mark, _ = self.problem.locator.rpartition("!")
        joined = mark and len(self.locators) > 1
        return f"{sheet}!{self.problem.values['range']}" if joined else self.problem.locator


@dataclass(frozen=True)
class Told:
    """A fault as it is told: where, what was found, at which questions, what to do."""

    place: str
    found: str
    questions: tuple[str, ...]
    expected: str
    remedy: str

    @property
    def advice(self) -> list[str]:
        return [self.expected, self.remedy]


def gathered(problems: Sequence[Problem]) -> list[Fault]:
    """Faults in their order; those of the cells of one merged range are one."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for number, problem in enumerate(problems):
        merged = problem.values.get("range")
        key = (problem.code, problem.source, merged) if merged else (number,)
        found.setdefault(key, []).append(problem)
    return [
        Fault(
            among[0],
            tuple(one.locator for one in among),
            tuple(str(one.values["item"]) for one in among if "item" in one.values),
        )
        for among in found.values()
    ]


Headings = Mapping[tuple[str, str], str]
"""What columns of exports are headed, by their file and by ``column_of`` their cells."""


def column_headings(came_in: Round) -> Headings:
    """The headings of the columns of all exports."""
    ledger = came_in.ledger
    rows = ledger.loc[ledger["reason"] == "heading", ["source", "locator", "raw"]]
    named = rows.itertuples(index=False, name=None)
    return {(source, column_of(locator)): raw for source, locator, raw in named}


def column_of(locator: str) -> str:
    """The column of a cell: ``column 3`` of ``row 5 column 3``, ``Svar!C`` of ``Svar!C5``."""
    found = _COLUMN.fullmatch(locator)
    return next(filter(None, found.groups())) if found else ""


def told(fault: Fault, study: Study, language: Language, headings: Headings | None = None) -> Told:
    """The parts of a fault in a language, each with the word that introduces it.

    Cells of exports are told with the heading of their column where ``headings`` are given.
    """
    frame = messages(language.code)["frame"]
    problem = _in_words(fault, study, language)
    places = list(dict.fromkeys(cell_place(one, language) for one in fault.locators if one))
    known = {item.id: item for item in study.instrument.items}
    asked = [question(known[item], study, language) for item in fault.items if item in known]
    asking = [language.text("collecting.asked", question=one) for one in asked]
    heading = (headings or {}).get((problem.source, column_of(problem.locator)), "")
    if heading and heading not in asked:
        asking.insert(0, language.text("collecting.headed", heading=excerpt(heading)))
    return Told(
        place=language.join(places) if places else place(masked(problem.where), language.code),
        found=problem.sentence(language.code),
        questions=tuple(asking),
        expected=_introduced(frame["expected"], problem.part("expected", language.code), language),
        remedy=_introduced(frame["next"], problem.part("next", language.code), language),
    )


@dataclass(frozen=True)
class OfForm:
    """Faults of one form: whose it is, its file, and where in that it stands."""

    owner: str
    source: str
    at: str
    problems: list[Problem]


def by_form(problems: Sequence[Problem], standing: Standing) -> list[OfForm]:
    """Faults by the form they are in.

    In the order of the units, then of file names and rows; then the files of nobody, and last the
    faults of no form, without a file.
    """
    files = [
        (file, place, status.unit.label)
        for place, status in enumerate(standing.units)
        for file in status.files
    ]
    owners = {(file.source, file.at): (place, label) for file, place, label in files}
    rows = {form.where: number for number, form in enumerate(standing.came_in.forms)}
    nobody = (len(standing.units), "")
    found = problems_by_form(standing.came_in, problems)

    def order(key: tuple[str, str]) -> tuple[bool, int, str, str, int]:
        source, at = key
        row = rows.get(f"{source}, {at}", -1)
        return not source, owners.get(key, nobody)[0], source.casefold(), source, row

    return [
        OfForm(owners.get(key, nobody)[1], *key, found[key]) for key in sorted(found, key=order)
    ]


def _in_words(fault: Fault, study: Study, language: Language) -> Problem:
    """The fault with all its questions, days as they are said, and every word that is taken."""
    problem = fault.problem
    values = dict(problem.values)
    if fault.items[1:]:
        values["item"] = language.join(list(fault.items))
    for name in ("value", "valid") if problem.code in ("answer_date", "date_far") else ():
        if day := as_day(str(values.get(name, ""))):
            values[name] = language.date(day)
    items = {item.id: item for item in study.instrument.items}
    item = items.get(str(problem.values.get("item")))
    if item and item.type == "yes_no" and "valid" in values:
        values["valid"] = " / ".join([str(values["valid"]), *_unanswering(study)])
    return replace(problem, values=values)


def _unanswering(study: Study) -> list[str]:
    """The words that leave a question unanswered, where its field offers them."""
    own = study.settings.language
    return [in_language(one.label, own, own) for one in study.instrument.missing.values()]


def _introduced(word: str, text: str, language: Language) -> str:
    return language.capitalise(f"{word}: {text}")
