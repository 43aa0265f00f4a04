"""A draft of how an export is read: which columns seem to hold what.

Only what is unique is tied; what is merely alike is left for a person to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from misbrug_analysis.intake.answers import AnswerWords
from misbrug_analysis.intake.cleaning import bare
from misbrug_analysis.intake.days import as_moment
from misbrug_analysis.intake.exports.naming import Names
from misbrug_analysis.intake.exports.spelling import wordings_in
from misbrug_analysis.intake.exports.variables import Doubt, Ties, Variable, tie
from misbrug_analysis.intake.roles import RoleNames
from misbrug_analysis.model.instrument import REMARK, Item
from misbrug_analysis.model.mapping import Layout
from misbrug_analysis.model.study import Study

WHOSE: Final = ("unit", "form", "date", "respondent", "role")
"""What a column can hold beside the answer to one question."""

ROLES: Final = (*WHOSE, "item", "answer", "remark")
"""The same in long files."""

_RESPONDENT: Final = (
    *("id", "token", "respid", "responseid", "response id", "respondentid", "respondent id"),
    *("svar-id", "svarid", "besvarelse", "deltager", "participant", "participant id"),
)
"""How systems head the column that tells respondents apart."""

MAX_CODES = 20
"""Codes that a draft lists for a person to fill in."""

MAX_CODE = 40
"""Letters of what can be a code."""

_OURS = {"unit": "unit", "form": "form", "item": "item", "answer": "value"}
"""Headings of the table ``answers``, which can be read again."""

_COMPLETED = ("fuldfør", "afslut", "slut", "indsend", "complet", "submit")
"""What stands in the heading of the time when a response was completed."""

_MANY = 0.6
"""The share of a column's texts that are of a kind, at least, where the column seems to be."""


@dataclass(frozen=True)
class Parts:
    """The files of one export, by their paths from the study's folder."""

    file: str
    layout: Layout
    labels: str = ""
    structure: str = ""
    sheet: str = ""


@dataclass(frozen=True)
class Draft:
    """What an export seems to hold.

    ``columns`` are headings by role, ``proposed`` those that a role may have. ``missing`` are the
    questions that no column is tied to, ``codes`` texts that are no answers where answers stand,
    and ``form_is`` the form of all respondents, where someone has said it. ``roles`` are texts that
    are no role where roles stand.
    """

    parts: Parts
    columns: dict[str, str]
    proposed: dict[str, list[str]]
    ties: Ties
    missing: list[Item]
    codes: list[str] = field(default_factory=list)
    form_is: str = ""
    roles: list[str] = field(default_factory=list)

    def needed(self, study: Study) -> list[str]:
        """The fields that a person has to fill in before the export can be read."""
        roles = ("unit", "item", "answer") if self.parts.layout == "long" else ("unit",)
        if self.parts.layout == "long" and study.instrument.respondents is not None:
            roles = (*roles, "respondent")
        missing = [role for role in roles if role not in self.columns]
        is_said = self.form_is or "form" in self.columns or len(study.settings.forms) == 1
        return missing if is_said else [*missing, "form_is"]


def draft_wide(parts: Parts, variables: list[Variable], study: Study) -> Draft:
    """Of an export with a row for each respondent."""
    columns, proposed = _roles(variables, study, WHOSE)
    taken = {*columns.values(), *(one for some in proposed.values() for one in some)}
    ties = tie((one for one in variables if one.heading not in taken), Names(study.instrument))
    _propose_by_texts(ties, columns, proposed, study, WHOSE)
    missing, codes = _missing(ties, study), _codes(ties, study)
    roles = _no_roles(variables, columns, study)
    return Draft(parts, columns, proposed, ties, missing, codes, roles=roles)


def draft_long(
    parts: Parts,
    variables: list[Variable],
    texts_of: Callable[[str], Iterable[str]],
    study: Study,
) -> Draft:
    """Of an export with a row for each answer; ``texts_of`` gives all texts of a column."""
    names = Names(study.instrument)
    columns, proposed = _roles(variables, study, ROLES)
    if "item" not in columns and (found := _questions_in(variables, names)):
        columns["item"] = found
    called = texts_of(columns["item"]) if "item" in columns else ()
    ties = tie((Variable(text) for text in called), names)
    taken = {*columns.values(), *(one for some in proposed.values() for one in some)}
    missing = _missing(ties, study)
    ties = _without_known(ties, [one for one in variables if one.heading not in taken])
    _propose_by_texts(ties, columns, proposed, study, ROLES)
    roles = _no_roles(variables, columns, study)
    return Draft(parts, columns, proposed, ties, missing, roles=roles)


def is_long(variables: list[Variable], study: Study) -> bool:
    """Whether a column names questions, by its heading, or by what stands in it.

    The numbers of respondents can be those of questions; then headings are questions, too.
    """
    columns, _ = _roles(variables, study, ROLES)
    if "item" in columns and "answer" in columns:
        return True
    names = Names(study.instrument)
    asked = [one for one in variables if any(map(names.is_question, one.said))]
    return len(asked) < 2 and bool(_questions_in(variables, names))


def _roles(
    variables: list[Variable], study: Study, roles: Iterable[str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The one column of each role by its heading; where there are several, which ones."""
    columns: dict[str, str] = {}
    proposed: dict[str, list[str]] = {}
    for role in roles:
        words = _words(role, study) if _is_asked(role, study) else set()
        found = [one.heading for one in variables if words & _named(one)]
        if len(found) == 1:
            columns[role] = found[0]
        elif found:
            proposed[role] = found
    if "respondent" not in columns and _is_asked("respondent", study):
        # Such a number is often there, and not always a respondent's.
        taken = {*columns.values(), *(one for some in proposed.values() for one in some)}
        free = [one for one in variables if one.heading not in taken]
        if found := [one.heading for one in free if set(_RESPONDENT) & _named(one)]:
            proposed.setdefault("respondent", found)
    return columns, proposed


def _is_asked(role: str, study: Study) -> bool:
    """Whether a column can hold a respondent or a role: where the instrument asks for them."""
    asked = study.instrument.respondents
    if role == "respondent":
        return asked is not None
    return role != "role" or bool(asked and asked.roles)


def _no_roles(variables: list[Variable], columns: dict[str, str], study: Study) -> list[str]:
    """Short texts that are no roles in the column that has them."""
    names = RoleNames(study)
    found = [
        text
        for one in variables
        if one.heading == columns.get("role")
        for text in one.texts
        if len(text) <= MAX_CODE and names.means(text) is None
    ]
    return sorted(found)[:MAX_CODES]


def _named(variable: Variable) -> set[str]:
    return {bare(part) for text in variable.said for part in wordings_in(text)}


def _words(role: str, study: Study) -> set[str]:
    """How the heading of a role can be written."""
    headings = list(study.instrument.form.called(role))
    if role == "unit":
        usual = study.instrument.usual
        headings += usual.headings if usual else []
        headings += [noun.one for noun in study.organisation.unit_noun.values()]
    return {bare(one) for one in (*headings, _OURS.get(role, "")) if one}


def _questions_in(variables: list[Variable], names: Names) -> str:
    """The one column most of whose texts are questions; empty where there is none."""
    found = [
        one.heading
        for one in variables
        if len(one.texts) > 1 and _mostly(one.texts, names.is_question)
    ]
    return found[0] if len(found) == 1 else ""


def _mostly(texts: tuple[str, ...], is_so: Callable[[str], object]) -> bool:
    return bool(texts) and sum(bool(is_so(one)) for one in texts) >= _MANY * len(texts)


def _propose_by_texts(
    ties: Ties,
    columns: dict[str, str],
    proposed: dict[str, list[str]],
    study: Study,
    roles: Sequence[str],
) -> None:
    """Columns that may hold what no heading says, by what stands in them."""
    reads: dict[str, Callable[[str], object]] = {
        "unit": lambda text: text.casefold() in study.unit_words,
        "form": lambda text: text.casefold() in study.form_words,
        "date": as_moment,
        "role": RoleNames(study).means,
        "answer": AnswerWords(study.instrument, study.settings.language).is_word,
    }
    for role, read in reads.items():
        if role in columns or role in proposed or role not in roles:
            continue
        found = [one for one in ties.rest if _mostly(one.texts, read)]
        if role == "date":
            found = _completed(found)
        if role == "role" and len(found) == 1 and all(map(read, found[0].texts)):
            columns[role] = found[0].heading
        elif found:
            proposed[role] = [one.heading for one in found]
        if found:
            ties.rest = [one for one in ties.rest if one not in found]


def _completed(dates: list[Variable]) -> list[Variable]:
    """The one date of several that says when a response was completed; else all of them."""
    found = [
        one for one in dates if any(word in bare(text) for word in _COMPLETED for text in one.said)
    ]
    return found if len(found) == 1 else dates


def _missing(ties: Ties, study: Study) -> list[Item]:
    return [item for item in study.instrument.items if not ties.is_tied(item.id)]


def _without_known(ties: Ties, unused: list[Variable]) -> Ties:
    """The ties that a long file needs: a question called by its number is found without one."""
    answers = {item: one for item, one in ties.answers.items() if one.heading != item}
    remarks = {item: one for item, one in ties.remarks.items() if one.heading != f"{item}{REMARK}"}
    options = [
        Doubt(variable, "several", item, part)
        for item, parts in ties.options.items()
        for part, variable in parts.items()
    ]
    strange = [Doubt(variable, "unknown", "") for variable in ties.rest]
    return Ties(answers, {}, remarks, [*ties.doubts, *options, *strange], unused)


def _codes(ties: Ties, study: Study) -> list[str]:
    """Short texts that are no answers to the questions with one answer that they stand at."""
    words = AnswerWords(study.instrument, study.settings.language)
    items = {item.id: item for item in study.instrument.items}
    found: dict[str, None] = {}
    for name, variable in ties.answers.items():
        item = items[name]
        if item.type in ("yes_no", "single"):
            for text in variable.texts:
                is_known = words.is_word(text) or words.stands_for(item, text)
                if len(text) <= MAX_CODE and not is_known:
                    found.setdefault(text)
    return sorted(found)[:MAX_CODES]
