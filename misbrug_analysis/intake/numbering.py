"""Several respondents of one unit and form: their numbers, and who came in twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence

import pandas as pd

from misbrug_analysis.intake.exports.reading import ReadExport
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.study import Study


def number_respondents(forms: Iterable[Form]) -> None:
    """Number the forms that count among those of their unit and form, from 1 in their order.

    That is the order of the names of their files and of the rows in them, so that the same files
    always give the same numbers. What a person is called anywhere is no part of it.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for form in forms:
        if form.ledger.usable:
            counts[form.unit, form.name] += 1
            form.respondent = str(counts[form.unit, form.name])
            for answer in form.answers:
                answer["respondent"] = form.respondent


def give_up_repeated(exports: Sequence[ReadExport]) -> None:
    """Reject an export whose respondents are in an earlier one, too: nobody may count twice.

    They are known by what the exports call them; where they are not called anything, by the time
    at which they answered and all that they answered.
    """
    first: dict[tuple[object, ...], str] = {}
    copies: set[str] = set()  # those are told of by themselves
    for export in exports:
        again: Counter[str] = Counter()
        if not copies.isdisjoint(form.digest for form in export.forms):
            continue
        copies.update(form.digest for form in export.forms if form.digest)
        for key in set(_keys(export)):
            if (other := first.setdefault(key, export.source)) != export.source:
                again[other] += 1
        for other, number in again.most_common(1):
            values = {"number": number, "other": other}
            problem = Problem("responses_again", export.source, values, export.source, FILE)
            export.problems.append(problem)
            for form in export.forms:
                form.ledger.give_up(problem.code)


def _keys(export: ReadExport) -> Iterator[tuple[object, ...]]:
    """What tells each response of an export that counts from all others, where anything does."""
    said: dict[Hashable, int] = {}
    if any(form.saved and not form.called for form in export.forms):
        answers = export.answers[["item", "value"]]
        hashed = pd.util.hash_pandas_object(answers, index=False)
        said = hashed.groupby(export.answers["form"].to_numpy()).sum().to_dict()
    for number, form in enumerate(export.forms):
        if not form.ledger.usable:
            continue
        if form.called:
            yield form.unit, form.name, form.called
        elif form.saved:
            yield form.unit, form.name, form.date, form.saved, said.get(number)


def told_of_few(study: Study, forms: Iterable[Form]) -> Iterator[Problem]:
    """A warning for each unit of which too few answered a form to be shown."""
    asked = study.instrument.respondents
    if asked is None:
        return
    sent = Counter((form.unit, form.name) for form in forms if form.ledger.usable)
    for unit in study.organisation.units:
        for form in study.settings.forms:
            number = sent[unit.id, form.id]
            if 0 < number < asked.smallest:
                told = {"unit": unit.label, "form": study.form_label(form.id)}
                told |= {"number": str(number), "limit": str(asked.smallest)}
                yield Problem("too_few_respondents", "forms", told)
