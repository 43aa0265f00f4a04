"""A draft of ``mapping.yaml``, for a person to look through: what is tied, what is not, and why.

Headings and labels come from files that anyone can have written: in a comment they stand masked
and on one line, elsewhere as a quoted text of YAML.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from misbrug_analysis.intake.cleaning import excerpt, sentence
from misbrug_analysis.intake.exports.drafting import Draft
from misbrug_analysis.intake.exports.variables import Doubt, Variable
from misbrug_analysis.model.instrument import Item, in_language
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language

MAX_HEADING = 900
"""Letters of a heading that a draft can name; a longer one is told of in a comment."""

MAX_KEY = 100
"""Letters of an option that a draft calls by its text and not by its number."""

_OPTIONAL = ("date", "respondent", "remark")
_WIDTH = 96


def mapping_text(drafts: Sequence[Draft], study: Study, language: Language) -> str:
    """The drafts as a YAML file with comments in a language."""
    lines = [*_comment(language.text("mapping.head"), ""), "exports:"]
    for draft in drafts:
        lines += _Export(draft, study, language).lines()
    return "\n".join(lines) + "\n"


class _Export:
    """The lines of one export."""

    def __init__(self, draft: Draft, study: Study, language: Language) -> None:
        self._draft = draft
        self._study = study
        self._language = language
        self._items = {item.id: item for item in study.instrument.items}

    def lines(self) -> Iterator[str]:
        parts = self._draft.parts
        yield f"  - file: {quoted(parts.file)}"
        yield f"    layout: {parts.layout}"
        for name in ("labels", "structure", "sheet"):
            if value := getattr(parts, name):
                yield f"    {name}: {quoted(value)}"
        yield from self._role("unit")
        yield from self._form()
        yield from self._several()
        roles = ["date"]
        if parts.layout == "long":
            roles += ["item", "answer", "remark"]
        for role in roles:
            yield from self._role(role)
        yield from self._questions()
        yield from self._remarks()
        yield from self._codes()
        yield from self._unused()

    def _role(self, role: str) -> Iterator[str]:
        """The column of a role; where none is sure, what it may be stands behind a ``#``."""
        heading = self._draft.columns.get(role)
        proposed = self._draft.proposed.get(role, [""] if role not in _OPTIONAL else [])
        if heading or proposed:
            yield from self._explained(f"mapping.role.{role}")
        if heading:
            yield from self._named(f"    {role}: ", heading)
            return
        for heading in proposed:
            yield f"    # {role}: {_shown(heading)}"

    def _form(self) -> Iterator[str]:
        forms = [form.id for form in self._study.settings.forms]
        if "form" in self._draft.columns:
            yield from self._role("form")
        elif self._draft.form_is or len(forms) == 1:
            yield f"    form_is: {self._draft.form_is or forms[0]}"
        else:
            names = self._language.either(forms)
            yield from self._explained("mapping.role.form_is", forms=names)
            yield f"    # form_is: {forms[0]}"
            for heading in self._draft.proposed.get("form", []):
                yield f"    # form: {_shown(heading)}"

    def _several(self) -> Iterator[str]:
        """Where several of a unit answer: what tells them apart, and their roles."""
        asked = self._study.instrument.respondents
        if asked is None:
            return
        yield from self._role("respondent")
        if asked.roles:
            yield from self._role("role")
        texts = [one for one in self._draft.roles if nameable(one)]
        if texts:
            names = self._language.either([role.id for role in asked.roles])
            yield from self._explained("mapping.roles", roles=names)
            yield "    roles:"
            yield from (f"      # {quoted(text)}:" for text in texts)

    def _questions(self) -> Iterator[str]:
        ties = self._draft.ties
        doubts = [one for one in ties.doubts if one.part != "remark"]
        is_long = self._draft.parts.layout == "long"
        yield from self._explained("mapping.items_long" if is_long else "mapping.items")
        yield "    items:"
        for item in self._study.instrument.items:
            if item.id in ties.answers:
                yield from self._answer(item, ties.answers[item.id])
            elif item.id in ties.options:
                mine = [one for one in doubts if one.item == item.id and _is_option(one)]
                yield from self._options(item, ties.options[item.id], mine)
        yield from self._doubts(
            one for one in doubts if one.item not in ties.options or not _is_option(one)
        )
        if self._draft.missing:
            yield from self._explained("mapping.missing", "      ")
            for item in self._draft.missing:
                yield f"      # {quoted(item.id)}:  # {line(self._wording(item))}"

    def _answer(self, item: Item, variable: Variable) -> Iterator[str]:
        yield from self._named(
            f"      {quoted(item.id)}: ", variable.heading, self._about(item, variable)
        )

    def _options(
        self, item: Item, columns: dict[int, Variable], doubts: list[Doubt]
    ) -> Iterator[str]:
        """A line for each option; what may be one stands with it, so that it can be let in."""
        yield f"      {quoted(item.id)}:  # {line(self._wording(item))}"
        for number in range(1, len(item.options) + 1):
            name = self._option(item, number)
            if number in columns:
                yield from self._named(f"        {quoted(name)}: ", columns[number].heading)
            elif not any(one.part == number for one in doubts):
                yield f"        # {quoted(name)}:"
        yield from (f"        # {self._option_doubt(item, one)}" for one in doubts)

    def _option(self, item: Item, number: int) -> str:
        """What an option is called in the file."""
        label = in_language(item.options[number - 1], self._language.code)
        return label if len(label) <= MAX_KEY and label.isprintable() else str(number)

    def _option_doubt(self, item: Item, doubt: Doubt) -> str:
        """The line of a column that may be an option of a question."""
        name = self._option(item, doubt.part) if isinstance(doubt.part, int) else "?"
        return f"{quoted(name)}: {_shown(doubt.variable.heading)}  # {self._why(doubt)}"

    def _about(self, item: Item, variable: Variable) -> str:
        """What was asked, where the heading does not say it, and what the file says of it."""
        wording = self._wording(item)
        said = [] if sentence(wording) in sentence(variable.heading) else [wording]
        label = sentence(variable.label)
        if label and not any(sentence(one) in label for one in item.text.values()):
            said.append(self._language.text("mapping.in_file", text=line(variable.label)))
        return " ".join(map(line, said))

    def _remarks(self) -> Iterator[str]:
        ties = self._draft.ties
        doubts = [one for one in ties.doubts if one.part == "remark"]
        if self._draft.parts.layout == "long":
            yield from self._doubts(doubts)
        elif ties.remarks or doubts:
            yield from self._explained("mapping.remarks")
            yield "    remarks:"
            for item, variable in ties.remarks.items():
                yield from self._named(f"      {quoted(item)}: ", variable.heading)
            yield from self._doubts(doubts)

    def _doubts(self, doubts: Iterable[Doubt]) -> Iterator[str]:
        listed = list(doubts)
        if listed:
            yield from self._explained("mapping.doubts", "      ")
        for one in listed:
            if not _is_option(one):
                named = f"{quoted(one.item or '?')}: {_shown(one.variable.heading)}"
                yield f"      # {named}  # {self._why(one)}"
        for item in dict.fromkeys(one.item for one in listed if _is_option(one)):
            mine = [one for one in listed if one.item == item and _is_option(one)]
            yield f"      # {quoted(item)}:"
            yield from (f"      #   {self._option_doubt(self._items[item], one)}" for one in mine)

    def _why(self, doubt: Doubt) -> str:
        variable = doubt.variable
        asked = self._wording(self._items[doubt.item]) if doubt.item else ""
        option = variable.option or variable.label or variable.heading
        text = {"option": option, "differs": variable.label or variable.heading}
        return line(
            self._language.text(
                f"mapping.why.{doubt.why}",
                item=doubt.item,
                text=line(text.get(doubt.why, asked)),
            )
        )

    def _codes(self) -> Iterator[str]:
        """Texts that are no answers; what personal data stands in is no code."""
        codes = [one for one in self._draft.codes if nameable(one)]
        if codes:
            instrument, code = self._study.instrument, self._language.code
            missing = [in_language(one.label, code) for one in instrument.missing.values()]
            words = self._language.either([*instrument.answer_labels(code), *missing])
            yield from self._explained("mapping.codes", words=words)
            yield "    codes:"
            yield from (f"      # {quoted(code)}:" for code in codes)

    def _unused(self) -> Iterator[str]:
        if self._draft.ties.rest:
            yield from self._explained("mapping.unused")
            yield "    unused:"
            for one in self._draft.ties.rest:
                yield from self._named("      - ", one.heading, line(one.label))

    def _named(self, before: str, heading: str, about: str = "") -> Iterator[str]:
        """A line that names a column, where it can be named."""
        if nameable(heading):
            yield f"{before}{quoted(heading)}" + (f"  # {about}" if about else "")
        else:
            indent = " " * (len(before) - len(before.lstrip()))
            why = self._language.text("mapping.unnameable")
            yield f"{indent}# {before.strip()} {line(heading)}  # {why}"

    def _wording(self, item: Item) -> str:
        return in_language(item.text, self._language.code)

    def _explained(self, key: str, indent: str = "    ", **fields: object) -> Iterator[str]:
        return _comment(self._language.text(key, **fields), indent)


def _is_option(doubt: Doubt) -> bool:
    """Whether a variable may be an option of a question, one that it has or another."""
    return isinstance(doubt.part, int) or doubt.why == "option"


def _shown(heading: str) -> str:
    """A heading as a line that is a comment names it."""
    return quoted(heading) if nameable(heading) else line(heading)


def nameable(heading: str) -> bool:
    """Whether a heading can be named in a file that is kept: no personal data, not too long."""
    return len(heading) <= MAX_HEADING and masked(heading) == heading


def quoted(text: str) -> str:
    """A text in quotes as YAML reads it again, whatever stands in it, on one line."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in escaped)


def line(text: str) -> str:
    """A text as it can stand in a comment: masked, short, on one line, with nothing hidden."""
    return "".join(one for one in excerpt(text) if one.isprintable())


def _comment(text: str, indent: str) -> Iterator[str]:
    lines = textwrap.wrap(text, _WIDTH - len(indent), break_on_hyphens=False)
    return (f"{indent}# {one}" for one in lines)
