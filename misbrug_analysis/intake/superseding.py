"""Forms that were sent more than once: which of them counts, and by what."""

from __future__ import annotations

from datetime import UTC, datetime

from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.errors import Phrase, Problem
from misbrug_analysis.model.study import Study

MANY = 5
"""A form with fewer answers is not missed when a later one has less than half of them."""

MOST = 50
"""Of more forms of one unit and name none is taken for the latest: they are hardly all its own."""

_NAMED = 5
"""So many of the others are named in a message."""


def supersede(forms: list[Form], study: Study) -> list[Problem]:
    """Leave one form a unit and name, and say of each other one what it gives way to, and why.

    Forms that are rejected as a whole, or that the study leaves out, are no part of this. A file
    that is equal to an earlier one gives way to it. Of the others the one with the later date in
    the form counts; where a date is missing or both are equal, the one that a program saved later
    (as the workbook says: the time of the file changes when it is copied, and a run would not be
    the same from one computer to the next), or of responses the one with the later time. All of
    those that neither tells apart are rejected, and so is a later one that has far fewer answers.

    Where several of one unit answer, each form is somebody's of their own; only responses of an
    export that calls their respondents the same are treated so.
    """
    notices = _same_files([form for form in forms if form.ledger.usable])
    several = study.instrument.respondents is not None
    groups: dict[tuple[str, ...], list[Form]] = {}
    for form in forms:
        if form.ledger.usable and (form.called or not several):
            groups.setdefault((form.unit, form.name, form.called), []).append(form)
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
            notices.append(_notice(form, kept, Phrase("same_bytes")))
    return notices


def _settle(group: list[Form], study: Study) -> list[Problem]:
    """Of several forms of one name the latest; the first of those that none is later than."""
    few = group if len(group) <= MOST else []
    last = [form for form in few if not any(_later(other, form) for other in few)]
    instead = [next((other for other in last if _later(other, form)), None) for form in group]
    rest = [form for form, other in zip(group, instead, strict=True) if other is None]
    values: dict[str, object] = {
        "unit": study.organisation.unit(group[0].unit).label,
        "form": study.form_label(group[0].name),
    }
    for form in rest if len(rest) > 1 else []:
        code = _code(form, "form_twice", "respondent_twice" if form.called else "response_twice")
        form.ledger.reject_form(code, "", **values, **_whole(form), other=_others(rest, form))
    notices = []
    for form, other in zip(group, instead, strict=True):
        if other is not None:
            form.ledger.supersede("later_form")
            if _has_less(other, form):
                counts = {"number": _answers(other), "total": _answers(form)}
                code = _code(other, "later_has_less", "response_has_less")
                told = values | _whole(other) | counts
                other.ledger.reject_form(code, "", **told, other=form.name_in_messages)
            else:
                notices.append(_notice(form, other, _later(other, form) or ""))
    return notices


def _code(form: Form, of_file: str, of_row: str) -> str:
    """The fault of a file as a whole, or that of one response among others in its file."""
    return of_file if form.at == FILE else of_row


def _whole(form: Form) -> dict[str, object]:
    """What is told of the place of a form as a whole, and of how a decision on it can read."""
    if form.at == FILE:
        return {"valid": Phrase("only_blank")}
    return {"at": form.at, "valid": Phrase("only_blank_row")}


def _later(one: Form, other: Form) -> Phrase | None:
    """By what a form is later than another one; None where it is not."""
    if one.date and other.date and one.date != other.date:
        told = {"later": one.date.isoformat(), "earlier": other.date.isoformat()}
        return Phrase("later_date", told) if one.date > other.date else None
    later, earlier = one.saved, other.saved
    if later and earlier and _comparable(later, earlier) and later > earlier:
        return Phrase("later_saved", {"later": _time(later), "earlier": _time(earlier)})
    return None


def _has_less(later: Form, earlier: Form) -> bool:
    return _answers(earlier) >= MANY and 2 * _answers(later) < _answers(earlier)


def _answers(form: Form) -> int:
    return len(form.answered)


def _others(rest: list[Form], form: Form) -> str | Phrase:
    """The first of the forms that are there as well, and how many more there are."""
    others = [one.name_in_messages for one in rest[: _NAMED + 1] if one is not form][:_NAMED]
    more = len(rest) - 1 - len(others)
    shown = others[0]
    for other in others[1:]:
        shown = Phrase("one_and_another", {"first": shown, "second": other})
    return Phrase("and_more", {"names": shown, "number": more}) if more else shown


def _comparable(one: datetime, other: datetime) -> bool:
    """Whether two times are of one clock: both in a zone, or both as a system wrote them."""
    return (one.tzinfo is None) == (other.tzinfo is None)


def _time(saved: datetime) -> str:
    if saved.tzinfo is None:
        return f"{saved:%Y-%m-%d %H:%M:%S}"
    return f"{saved.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _notice(form: Form, other: Form, why: Phrase | str) -> Problem:
    values = {"other": other.name_in_messages, "by": why}
    return Problem("superseded", form.where, values, form.source, form.at)
