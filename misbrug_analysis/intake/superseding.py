"""Forms that were sent more than once: which of them counts, and by what."""

from __future__ import annotations

from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.errors import Phrase, Problem
from misbrug_analysis.model.study import Study


def supersede(forms: list[Form], study: Study) -> list[Problem]:
    """Leave one form a unit and name, and say of each other one what it gives way to, and why.

    A file that is equal to an earlier one is left out. Of the others the one with the later date
    in the form counts; where a date is missing or both are equal, the one that a program saved
    later (as the workbook says: the time of the file changes when it is copied, and a run would
    not be the same from one computer to the next). What neither tells apart is rejected, unless
    the study leaves all but one of them out.
    """
    notices = _same_files(forms)
    groups: dict[tuple[str, str], list[Form]] = {}
    for form in forms:
        if form.ledger.usable:
            groups.setdefault((form.unit, form.name), []).append(form)
    for group in groups.values():
        if len(group) > 1:
            notices += _settle(group, study)
    return notices


def _same_files(forms: list[Form]) -> list[Problem]:
    first: dict[str, Form] = {}
    notices = []
    for form in forms:
        kept = first.setdefault(form.digest, form) if form.digest else form
        if kept is not form:
            form.ledger.supersede("same_file")
            notices.append(_notice(form, kept, "same_bytes"))
    return notices


def _settle(group: list[Form], study: Study) -> list[Problem]:
    """Of several forms of one name the latest; the first of those that none is later than."""
    last = [form for form in group if not any(_later(other, form) for other in group)] or group
    notices = []
    for form in group:
        later = [other for other in last if _later(other, form)]
        if form not in last and later:
            form.ledger.supersede("later_form")
            notices.append(_notice(form, later[0], _later(later[0], form)))
    rest = [form for form in group if form in last or not any(_later(o, form) for o in last)]
    kept = [form for form in rest if not form.ledger.has_remedy(FILE)]
    values: dict[str, object] = {
        "unit": study.organisation.unit(group[0].unit).label,
        "form": group[0].name,
        "valid": Phrase("only_blank"),
    }
    for form in rest if len(rest) > 1 else []:
        if form not in kept[:1]:
            other = next(one.source for one in (*kept, *rest) if one is not form)
            form.ledger.reject_form("form_twice", **values, other=other)
    return notices


def _later(one: Form, other: Form) -> str:
    """By what a form is later than another one; empty where it is not."""
    if one.date and other.date and one.date != other.date:
        return "later_date" if one.date > other.date else ""
    if one.saved and other.saved and one.saved > other.saved:
        return "later_saved"
    return ""


def _notice(form: Form, other: Form, why: str) -> Problem:
    values = {"other": other.source, "by": Phrase(why)}
    return Problem("superseded", form.source, values, form.source, FILE)
