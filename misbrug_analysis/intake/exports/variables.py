"""The variables of an export before anyone has said what they are, and what they seem to be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from misbrug_analysis.intake.exports.naming import Names, Part

ALIKE = 0.6
"""How like a question's wording the text of a variable is, at least, that has its number."""

_COUNTED = re.compile(r" \(\d+\)$")
"""What a table adds to the second of two equal headings."""

Why = Literal["near", "several", "differs", "option", "mentions", "unknown"]
"""Why a variable is for a person to look at: it is nearly worded like a question; several seem to
be the same; its number and its text speak of two questions; it is an option that the question does
not have; the number of a question stands somewhere in it; it is a remark, or in a long file an
answer, and nothing says to which question."""


@dataclass(frozen=True)
class Variable:
    """A column of an export, or what a long file calls a question.

    ``heading`` is how a mapping names it; ``label`` is what the system that wrote the file says of
    it, such as the text of the question, and ``option`` the text of the option that the column
    stands for. ``texts`` are different texts that stand in it, with codes replaced by their labels
    where the files have them; there can be more than these.
    """

    heading: str
    label: str = ""
    option: str = ""
    texts: tuple[str, ...] = ()

    @property
    def said(self) -> list[str]:
        """What can name a question: the heading, as it stood in the file, and the label."""
        named = (self.heading, _COUNTED.sub("", self.heading), self.label)
        return list(dict.fromkeys(one for one in named if one))


@dataclass(frozen=True)
class Claim:
    """What a variable seems to hold of a question; the lower the ``rank``, the surer it is."""

    item: str
    part: Part
    rank: int


@dataclass(frozen=True)
class Doubt:
    """A variable for a person to look at, with the question that it may belong to."""

    variable: Variable
    why: Why
    item: str
    part: Part = "answer"


@dataclass
class Ties:
    """Which variables hold what: answers and remarks by question, and options by their numbers."""

    answers: dict[str, Variable] = field(default_factory=dict)
    options: dict[str, dict[int, Variable]] = field(default_factory=dict)
    remarks: dict[str, Variable] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    rest: list[Variable] = field(default_factory=list)

    def is_tied(self, item: str) -> bool:
        return item in self.answers or item in self.options


def tie(variables: Iterable[Variable], names: Names) -> Ties:
    """Tie each question to the one variable that names it most surely; the rest is left open."""
    ties, left = Ties(), []
    claims: dict[tuple[str, Part], list[tuple[Variable, Claim]]] = {}
    before = ""
    for variable in variables:
        found = _claim(variable, names, before)
        if isinstance(found, Doubt):
            ties.doubts.append(found)
        elif found is None:
            left.append(variable)
        else:
            claims.setdefault((found.item, found.part), []).append((variable, found))
        # A remark stands beside the question that it is on, or beside one of its options.
        before = found.item if isinstance(found, Claim) else ""
    for rivals in claims.values():
        _settle(ties, rivals)
    _leave_options(ties)
    for variable in left:
        near = next(filter(None, map(names.near, variable.said)), None)
        mentioned = next(filter(None, map(names.mentioned, variable.said)), None)
        if near and not ties.is_tied(near):
            ties.doubts.append(Doubt(variable, "near", near))
        elif mentioned:
            ties.doubts.append(Doubt(variable, "mentions", mentioned))
        else:
            ties.rest.append(variable)
    return ties


def _claim(variable: Variable, names: Names, before: str) -> Claim | Doubt | None:
    said = variable.said
    unmarked = [names.unmarked(text) for text in said]
    if any(one is not None for one in unmarked):
        heading, *more = (one or text for one, text in zip(unmarked, said, strict=True))
        label = more[-1] if variable.label and more else ""
        return _marked(variable, _claim(Variable(heading, label), names, ""), before)
    worded = next(filter(None, map(names.worded, said)), None)
    named = next(_numbers(variable, names), None)
    if isinstance(named, Doubt):
        return named
    if named is not None:
        if (worded and worded[0] != named.item) or _is_other(variable, named, worded, names):
            return Doubt(variable, "differs", named.item, named.part)
        part = worded[1] if worded and named.part == "answer" else named.part
        return _with_option(variable, Claim(named.item, part, named.rank), names)
    if worded is not None:
        whole = any(names.worded(one, whole=True) for one in said)
        return _with_option(variable, Claim(*worded, rank=3 if whole else 4), names)
    if strange := next(filter(None, map(names.unknown_option, said)), None):
        return Doubt(variable, "option", strange)
    for text in filter(names.is_remark, said):
        return _remark(variable, names.remarked(text) or before)
    return None


def _marked(variable: Variable, found: Claim | Doubt | None, before: str) -> Claim | Doubt:
    """What a variable is that brackets call a remark, by what its text is without them."""
    if isinstance(found, Claim):
        return Claim(found.item, "remark", found.rank)
    if found is None or not found.item or found.why == "option":
        return _remark(variable, found.item if found and found.item else before)
    return Doubt(variable, found.why, found.item, "remark")


def _remark(variable: Variable, item: str) -> Claim | Doubt:
    return Claim(item, "remark", 5) if item else Doubt(variable, "unknown", "", "remark")


def _numbers(variable: Variable, names: Names) -> Iterator[Claim | Doubt]:
    """What the variable is by a number: alone, or before other words."""
    is_remark = bool(variable.label) and names.is_remark(variable.label)
    for text in variable.said:
        if found := names.numbered(text):
            part = "remark" if is_remark and found[1] == "answer" else found[1]
            yield Claim(found[0], part, rank=0 if names.is_exactly(text, found[0]) else 1)
    for text in variable.said:
        if begun := names.beginning(text):
            item, part, rest = begun
            if part == "answer" and (names.is_remark(rest) or names.is_remark(text)):
                # What comes before can be a system's own number.
                yield Claim(names.remarked(rest) or item, "remark", rank=2)
                continue
            named = names.part_named(item, rest) if part == "answer" else part
            yield Claim(item, named, 2) if named else Doubt(variable, "option", item)


def _is_other(
    variable: Variable, named: Claim, worded: tuple[str, Part] | None, names: Names
) -> bool:
    """Whether a variable has the number of a question and asks something else.

    Systems number their variables themselves, and the numbers can be those of other questions.
    """
    label = variable.label
    if worded or not label or named.part != "answer" or names.numbered(label):
        return False
    begun = names.beginning(label)
    asked = begun[2] if begun and begun[0] == named.item else label
    return not names.is_like(named.item, asked, ALIKE)


def _with_option(variable: Variable, claim: Claim, names: Names) -> Claim | Doubt:
    """The same for a variable that stands for an option of the question."""
    if not variable.option or claim.part != "answer":
        return claim
    option = names.option(claim.item, variable.option)
    if not option:
        return Doubt(variable, "option", claim.item)
    return Claim(claim.item, option, claim.rank)


def _settle(ties: Ties, rivals: list[tuple[Variable, Claim]]) -> None:
    """Tie the surest of those that seem to hold the same, where it is the only one."""
    best = min(claim.rank for _, claim in rivals)
    surest = [variable for variable, claim in rivals if claim.rank == best]
    item, part = rivals[0][1].item, rivals[0][1].part
    if len(surest) == 1:
        if isinstance(part, int):
            ties.options.setdefault(item, {})[part] = surest[0]
        else:
            (ties.remarks if part == "remark" else ties.answers)[item] = surest[0]
    for variable, _ in rivals:
        if len(surest) > 1 or variable is not surest[0]:
            ties.doubts.append(Doubt(variable, "several", item, part))


def _leave_options(ties: Ties) -> None:
    """A question has one column or a column for each option; where both seem so, neither."""
    for item in sorted(set(ties.answers) & set(ties.options)):
        ties.doubts.append(Doubt(ties.answers.pop(item), "several", item))
        for part, variable in ties.options.pop(item).items():
            ties.doubts.append(Doubt(variable, "several", item, part))
