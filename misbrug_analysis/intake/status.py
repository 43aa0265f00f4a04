"""How far a round is: what each unit has sent, what is wrong with it, and what is still missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

from misbrug_analysis.intake.collect import Round
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.instrument import Kind
from misbrug_analysis.model.organisation import Unit
from misbrug_analysis.model.study import Study

State = Literal["complete", "gaps", "rejected", "absent"]
STATES: tuple[State, ...] = get_args(State)
"""From what needs nothing more to what is not there at all."""

Use = Literal["used", "rejected", "superseded", "left_out"]
"""What became of a file: another came later, or the study leaves it out with a reason."""


@dataclass(frozen=True)
class SentFile:
    """One form that came in: which it is, since when, and how far it was answered.

    It is a file, or the response in an export that stands ``at`` a row of it. ``form`` is empty
    where the file does not say. ``blank`` are the scored and supplementary questions without an
    answer, in the order they are asked; ``descriptive_blank`` the others, which no result rests
    on. What was answered in a way that cannot be read is a problem and not blank, and what was left
    unanswered on purpose (``don't know``, or a decision) is ``left``. ``asked`` counts all
    questions of the instrument. ``unlisted`` is the number of faults that are in the ledger alone.
    ``role`` is that of whoever answered. Where several of a unit answer, nothing is ``blank``:
    nobody asks one of them, who has no name, for more.
    """

    source: str
    at: str
    form: str
    use: Use
    date: date | None
    saved: datetime | None
    asked: int
    answered: int
    left: int
    blank: tuple[str, ...]
    descriptive_blank: tuple[str, ...]
    problems: tuple[Problem, ...]
    unlisted: int = 0
    role: str = ""

    @property
    def faults(self) -> int:
        """How many faults there are, with those that only the ledger lists."""
        return len(self.problems) + self.unlisted


@dataclass(frozen=True)
class UnitStatus:
    """Where a unit stands: ``rejected`` when any of its files has a problem.

    ``missing`` are the forms it is asked for and has not sent; ``covered`` those that it need not
    send because it sent others for the same areas; ``too_few`` those that so few of its people
    answered that what they say is not shown.
    """

    unit: Unit
    state: State
    files: tuple[SentFile, ...]
    missing: tuple[str, ...]
    covered: tuple[str, ...]
    too_few: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for file in self.files for problem in file.problems)

    @property
    def faults(self) -> int:
        """How many faults its files have, with those that only the ledger lists."""
        return sum(file.faults for file in self.files)

    @property
    def used(self) -> tuple[SentFile, ...]:
        return tuple(file for file in self.files if file.use == "used")

    @property
    def blank(self) -> int:
        """How many scored and supplementary questions are blank in the files that are used."""
        return sum(len(file.blank) for file in self.used)


@dataclass(frozen=True)
class Standing:
    """A round with the status of every unit, and the files that are nobody's."""

    study: Study
    came_in: Round
    units: tuple[UnitStatus, ...]
    nobodys: tuple[SentFile, ...]

    @property
    def sent(self) -> int:
        """How many units have sent anything."""
        return sum(status.state != "absent" for status in self.units)

    def of_state(self, state: State) -> tuple[UnitStatus, ...]:
        return tuple(status for status in self.units if status.state == state)


def standing(study: Study, came_in: Round) -> Standing:
    """All that is known of how far a round is."""
    return Standing(study, came_in, statuses(study, came_in), files_of_nobody(study, came_in))


def statuses(study: Study, came_in: Round) -> tuple[UnitStatus, ...]:
    """The status of every unit that is asked, in the order of the units file."""
    files: dict[str, list[SentFile]] = {unit.id: [] for unit in study.organisation.units}
    problems = problems_by_form(came_in, (*came_in.problems, *came_in.untold))
    for form in came_in.forms:
        if (unit := _owner(study, form, files)) is not None:
            files[unit].append(_sent_file(study, problems, form))
    return tuple(_status(study, unit, files[unit.id]) for unit in study.organisation.units)


def files_of_nobody(study: Study, came_in: Round) -> tuple[SentFile, ...]:
    """The files that name no unit of the study, in a cell or in their stamp."""
    problems = problems_by_form(came_in, (*came_in.problems, *came_in.untold))
    known = set(study.organisation.unit_ids)
    return tuple(
        _sent_file(study, problems, form)
        for form in came_in.forms
        if _owner(study, form, known) is None
    )


def problems_by_form(
    came_in: Round, problems: Iterable[Problem]
) -> dict[tuple[str, str], list[Problem]]:
    """Faults or warnings by the form they are in: its file, and where in that it stands.

    Those of an export as a whole are in none of its forms.
    """
    at = {
        (form.source, locator): form.at
        for form in came_in.forms
        if form.at != FILE
        for locator in _told_places(form)
    }
    found: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        place = at.get((problem.source, problem.locator), FILE)
        found.setdefault((problem.source, place), []).append(problem)
    return found


def _told_places(form: Form) -> Iterator[str]:
    yield from (problem.locator for problem in form.ledger.problems)
    yield from (finding.locator for finding in form.findings)
    yield form.at


def wanted_forms(study: Study, unit: Unit) -> tuple[str, ...]:
    """The forms that a unit is asked for.

    Those that the units file names, else the form for all areas where the study has one, else all.
    """
    if unit.forms:
        return unit.forms
    whole = tuple(form.id for form in study.settings.forms if form.covers_all)
    return whole or tuple(form.id for form in study.settings.forms)


def _owner(study: Study, form: Form, known: Collection[str]) -> str | None:
    """The unit that a file is from, of those that are known: by its cell, else by its stamp."""
    stamped = form.stamp.unit if form.stamp and form.stamp.study == study.id else ""
    return next((unit for unit in (form.unit, stamped) if unit in known), None)


def _sent_file(
    study: Study, by_form: Mapping[tuple[str, str], Sequence[Problem]], form: Form
) -> SentFile:
    problems = tuple(by_form.get((form.source, form.at), ()))
    faulty = {str(one.values["item"]) for one in problems if "item" in one.values}
    settled = form.answered | faulty | form.left | set(form.unlisted)
    asked = study.instrument.items if study.instrument.respondents is None else []
    blank = [item for item in asked if item.id not in settled]
    return SentFile(
        source=form.source,
        at=form.at,
        form=form.name or (form.stamp.form if form.stamp else ""),
        use=_use(form, problems),
        date=form.date,
        saved=form.saved,
        asked=len(study.instrument.items),
        answered=len(form.answered),
        left=len(form.left),
        blank=tuple(item.id for item in blank if item.kind is not Kind.DESCRIPTIVE),
        descriptive_blank=tuple(item.id for item in blank if item.kind is Kind.DESCRIPTIVE),
        problems=problems,
        unlisted=0 if form.is_set_aside else len(form.unlisted),
        role=form.role.value if form.role else "",
    )


def _use(form: Form, problems: Iterable[Problem]) -> Use:
    if form.ledger.usable:
        return "rejected" if any(problems) or form.unlisted else "used"
    if any(problems) or not form.is_set_aside:
        return "rejected"
    superseded = form.ledger.instead is not None and form.ledger.instead[1] == "superseded"
    return "superseded" if superseded else "left_out"


def _status(study: Study, unit: Unit, files: list[SentFile]) -> UnitStatus:
    sent = {file.form for file in files if file.use in ("used", "rejected")}
    missing, covered = _missing(study, wanted_forms(study, unit), sent)
    used = [file for file in files if file.use == "used"]
    too_few = _too_few(study, files)
    state: State = "complete"
    if any(file.use == "rejected" for file in files):
        state = "rejected"
    elif not used:
        state = "absent"
    elif missing or too_few or any(file.blank for file in used):
        state = "gaps"
    return UnitStatus(unit, state, tuple(files), tuple(missing), tuple(covered), too_few)


def _too_few(study: Study, files: Iterable[SentFile]) -> tuple[str, ...]:
    """The forms that fewer of a unit answered than are shown; those with faults answered, too."""
    asked = study.instrument.respondents
    if asked is None:
        return ()
    sent = Counter(file.form for file in files if file.use in ("used", "rejected"))
    forms = [form.id for form in study.settings.forms]
    return tuple(form for form in forms if 0 < sent[form] < asked.smallest)


def _missing(study: Study, wanted: Iterable[str], sent: set[str]) -> tuple[list[str], list[str]]:
    """The forms that are missing, and those that others stand in for.

    A form for all areas stands in for separate ones. Separate ones stand in for it when all are
    there; a unit that needs only some of them has those in the units file.
    """
    whole = [one.id for one in study.settings.forms if one.covers_all]
    separate = [one.id for one in study.settings.forms if not one.covers_all]
    missing = [form for form in wanted if form not in sent]
    if sent & set(whole):
        return [one for one in missing if one in whole], [one for one in missing if one in separate]
    if sent & set(separate) and set(missing) & set(whole):
        return [one for one in separate if one not in sent], [
            one for one in missing if one in whole
        ]
    return missing, []
