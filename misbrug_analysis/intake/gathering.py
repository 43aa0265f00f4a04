"""What was read of many files put together: answers, ledger and faults, each in its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from misbrug_analysis.intake.exports.reading import ReadExport
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FILE, ledger_frame
from misbrug_analysis.model.answer_words import BLANK
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.instrument import REMARK
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import COLUMNS


def answers_used(
    study: Study, forms: Iterable[Form], exports: Iterable[ReadExport]
) -> pd.DataFrame:
    """The answers of the forms that count, in the columns of the table ``answers``."""
    rows = [answer for form in forms for answer in form.answers if form.ledger.usable]
    single = pd.DataFrame(rows, columns=list(COLUMNS["answers"]), dtype="str")
    return _joined([single, *(export.used_answers(study) for export in exports)])


def with_blanks(answers: pd.DataFrame, study: Study, forms: Iterable[Form]) -> pd.DataFrame:
    """The answers with a row for every indicator that a form left empty, where that is a no.

    ``forms`` are all of them, of exports too. What a form does not ask has no empty place.
    """
    if not study.instrument.blank_is_no:
        return answers
    asked = study.instrument.indicator_ids
    rows = [
        (study.id, form.unit, form.name, form.respondent, item, BLANK, "", form.source, at)
        for form in forms
        if form.ledger.usable and (form.answered or form.left)
        for item, at in form.blank.items()
        if item in asked
    ]
    return _joined([answers, pd.DataFrame(rows, columns=list(COLUMNS["answers"]), dtype="str")])


def in_order(answers: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The answers in one order, whatever file each came in.

    Units as the study lists them, then forms, then respondents, then items as they are asked, with
    the remark on an item after it. The role of a respondent comes first.
    """
    items = [name for item in study.instrument.items for name in (item.id, item.id + REMARK)]
    names = {
        "item": [ROLE, *items],
        "respondent": sorted(answers["respondent"].unique(), key=int),
        "form": [form.id for form in study.settings.forms],
        "unit": [unit.id for unit in study.organisation.units],
    }
    places = [pd.Categorical(answers[column], order).codes for column, order in names.items()]
    return answers.iloc[np.lexsort(places)].reset_index(drop=True)


def ledger_of(
    sources: list[str], forms: Iterable[Form], exports: Iterable[ReadExport]
) -> pd.DataFrame:
    """The rows of the ledger, file by file in the order of ``sources``."""
    rows = [row for form in forms for row in form.ledger.rows()]
    ledger = _joined([ledger_frame(rows), *(export.ledger() for export in exports)])
    places = pd.Categorical(ledger["source"], sources).codes
    if (np.diff(places) >= 0).all():
        return ledger
    return ledger.iloc[np.argsort(places, kind="stable")].reset_index(drop=True)


def few_of_each(
    problems: Iterable[Problem], most: int, code: str, more: Mapping[str, int]
) -> tuple[list[Problem], list[Problem]]:
    """The first faults of each export, with one that tells how many more there are; and those.

    ``more`` has for each export the number of those that are in no list.
    """
    counts: Counter[str] = Counter()
    told: list[Problem] = []
    rest: list[Problem] = []
    for problem in problems:
        counts[problem.source] += problem.source in more
        (told if counts[problem.source] <= most else rest).append(problem)
    beyond = Counter(problem.source for problem in rest)
    for source, unlisted in more.items():
        if number := beyond[source] + unlisted:
            told.append(Problem(code, source, {"number": number}, source, FILE))
    return told, rest


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """The frames below each other; empty ones say nothing of how columns are stored."""
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled[1:] else [*filled, frames[0]][0]
