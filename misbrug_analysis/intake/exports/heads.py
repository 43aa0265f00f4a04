"""Whose each response of an export is, which form, and when it was filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from functools import cached_property
from typing import Any, Final

import pandas as pd

from misbrug_analysis.intake.cleaning import excerpt, near
from misbrug_analysis.intake.days import Moment, as_moment
from misbrug_analysis.intake.exports.exported import Exported
from misbrug_analysis.intake.exports.long import respondent_key
from misbrug_analysis.intake.exports.meanings import Codes
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.grid import Cell
from misbrug_analysis.intake.head import FARTHEST
from misbrug_analysis.intake.roles import RoleNames
from misbrug_analysis.intake.table import Given
from misbrug_analysis.intake.words import Words
from misbrug_analysis.model.errors import Phrase, Whereabouts, few_names
from misbrug_analysis.model.instrument import in_language
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.study import Study

NO_FORM: Final = "export_without_form"
"""The fault of an export of which nothing says which form it is."""

_MOST_HINTS = 50
"""After so many different names that nobody has, the nearest one is not looked for."""

_MOST_DATES = 5_000
"""Wrong dates that are told one by one; further ones stand in the ledger alone."""


class Heads:
    """Reads whose the responses are; every finding goes to the ledger of the response."""

    def __init__(self, exported: Exported, export: MappedExport, study: Study) -> None:
        language = study.settings.language
        units = {unit.id: unit.label for unit in study.organisation.units}
        forms = {form.id: in_language(form.label, language) for form in study.settings.forms}
        self._units = _Names(study.unit_words, units, "unknown_unit", study.unit_titles)
        self._forms = _Names(study.form_words, forms, "unknown_form")
        self.roles = RoleNames(study)
        self._role_codes = Codes(export.roles.items())
        self._all_are = export.role_is or ""
        self._round = study.settings.date
        self._exported = exported
        only = study.settings.forms[0].id if len(study.settings.forms) == 1 else ""
        self._form = export.form_is or only
        self.has_forms = bool(self._form) or bool((exported.responses["form"] != "").any())
        self._moments: dict[str, Moment | None] = {}
        self._listed = 0
        self.unlisted: Counter[int] = Counter()  # wrong dates beyond those, by response

    @property
    def lacks_roles(self) -> bool:
        """Whether nothing says which roles the respondents have, where the instrument asks."""
        responses = self._exported.responses
        said = self._all_are or (responses["role_at"] != "").any()
        return bool(self.roles) and len(responses) > 0 and not said

    @cached_property
    def _rows(self) -> list[dict[Hashable, Any]]:
        return self._exported.responses.astype(object).to_dict("records")

    @cached_property
    def _dates(self) -> dict[int, list[tuple[str, str]]]:
        return _by_response(self._exported.cells, "date")

    @cached_property
    def _role_cells(self) -> dict[int, list[tuple[str, str]]]:
        return _by_response(self._exported.cells, "role")

    def unit_meant(self, text: str) -> str:
        """The id of the unit that a text names; nothing where it names none."""
        return self._units.means(text) or ""

    def form_meant(self, text: str) -> str:
        """The id of the form that a text names; nothing where it names none."""
        return self._forms.means(text) or ""

    def begin(self, form: Form, response: int) -> None:
        """Say whose a response is, which form and when, in its form and its ledger."""
        row = self._rows[response]
        form.unit = self._named(form, self._units, row["unit"], row["unit_at"], "response_no_unit")
        form.ledger.owner = self._units.label(row["unit"])
        form.name = self._form_of(form, row["form"], row["form_at"])
        form.called = respondent_key(row["respondent"])
        if self.roles:
            form.role = self._role_of(form, row["role"], row["role_at"])
            self._check_alike(form, self._role_cells.get(response, []))
        for locator, text in self._dates.get(response, ()):
            moment = self._moment(form, locator, text, response)
            if locator == row["date_at"] and moment is not None:
                form.date, form.saved = moment.day, moment.time

    def reason(self, role: str, text: str) -> str:
        """The reason in the ledger for a cell that names a unit or a form, or is a date."""
        if role == "role" and self._role_codes.meaning(text):
            return role
        known: dict[str, _Names | RoleNames] = {"unit": self._units, "form": self._forms}
        names = (known | {"role": self.roles}).get(role)
        return role if names is None or names.is_exact(text) else "normalised"

    def unit_label(self, response: int) -> str:
        """What a response is called: by its unit, else by its place."""
        row = self._rows[response]
        return self._units.label(row["unit"]) or str(row["at"])

    @cached_property
    def _written(self) -> dict[str, str]:
        """What stands in the cells that name a unit or a form: a code, where they have codes."""
        cells = self._exported.cells
        named = cells[cells["role"].isin(["unit", "form", "role"])]
        return dict(zip(named["locator"], named["text"], strict=True))

    def _form_of(self, form: Form, text: str, at: str) -> str:
        if text:
            return self._named(form, self._forms, text, at, "")
        if self._form:
            return self._form
        if not self.has_forms:  # told once, of the whole export
            form.ledger.give_up(NO_FORM)
            return ""
        return self._named(form, self._forms, text, at, "response_no_form")

    def _role_of(self, form: Form, text: str, at: str) -> Given | None:
        """The role of a response; of an export that has none in it, that of all of them."""
        if not at and not self._all_are:
            return None
        if not at:  # no cell says it, so that it has a place like that of a question without one
            at = f"{form.ledger.whole} question {ROLE}"
            form.ledger.settle(at, "used", "role")
            return Given(ROLE, self._all_are, "", at)
        meant = self._role_codes.meaning(text) or text
        found = self.roles.means(meant) if meant else None
        if found is not None:
            return Given(ROLE, found, masked(text), at)
        if text:
            form.ledger.take([Cell(0, 0, self._written.get(at, text), at)], meant=text)
        return self.roles.reject(form.ledger, at, text)

    def _check_alike(self, form: Form, cells: list[tuple[str, str]]) -> None:
        """Reject what says another role than the first row of a respondent with several."""
        first = form.role
        for at, text in cells[1:] if first else ():
            if first and self.roles.means(self._role_codes.meaning(text) or text) != first.value:
                form.ledger.take([Cell(0, 0, text, at)])
                told = {"value": excerpt(text), "first": Whereabouts((first.locator,))}
                form.ledger.reject([at], "role_differs", **told, valid="–")

    def _named(self, form: Form, names: _Names, text: str, at: str, none: str) -> str:
        found = names.means(text) if text else None
        if found is not None:
            return found
        if at and text:
            form.ledger.take([Cell(0, 0, self._written.get(at, text), at)], meant=text)
        code, told = (names.unknown, names.told(text)) if text else (none, names.valid_names)
        return form.ledger.reject_form(code, at, names.means, **told) or ""

    def date_fault(self, text: str) -> str:
        """What is wrong with a date, as a fault is called; nothing of a good one."""
        if text not in self._moments:
            self._moments[text] = as_moment(text)
        found = self._moments[text]
        if found is None:
            return "bad_date"
        return "date_far" if abs(found.day - self._round) > FARTHEST else ""

    def _moment(self, form: Form, locator: str, text: str, response: int) -> Moment | None:
        code = self.date_fault(text)
        if not code:
            return self._moments[text]
        if self._listed >= _MOST_DATES and not form.ledger.is_decided(locator):
            self.unlisted[response] += 1
            return None
        self._listed += 1
        form.ledger.take([Cell(0, 0, text, locator)])
        told = {"value": excerpt(text), "valid": self._round.isoformat()}
        return form.ledger.reject([locator], code, as_moment, **told)


class _Names:
    """The names of units or of forms, each text looked up once."""

    def __init__(
        self,
        spelt: dict[str, str],
        labels: dict[str, str],
        unknown: str,
        beside: Mapping[str, str] | None = None,
    ) -> None:
        self._words = Words(spelt, beside)
        self._labels = labels
        self._known: dict[str, str | None] = {}
        self._told: dict[str, dict[str, object]] = {}
        self.unknown = unknown
        self.valid_names: dict[str, object] = {"valid": few_names(list(labels.values()))}

    def means(self, text: str) -> str | None:
        """The id that a text means."""
        if text not in self._known:
            self._known[text] = self._words.means(text)
        return self._known[text]

    def label(self, text: str) -> str:
        """The label of what a text means."""
        return self._labels.get(self.means(text) or "", "")

    def is_exact(self, text: str) -> bool:
        return self._words.exact(text) is not None

    def told(self, text: str) -> dict[str, object]:
        """What the fault of an unknown name tells."""
        if text not in self._told:
            few = len(self._told) < _MOST_HINTS
            hint: Phrase | str = near(text, self._labels.values()) if few else ""
            values = {"value": excerpt(text), "hint": hint, "stamped": ""}
            self._told[text] = self.valid_names | values
        return self._told[text]


def _by_response(cells: pd.DataFrame, role: str) -> dict[int, list[tuple[str, str]]]:
    """The cells of each response that hold a date, or its role: place and text."""
    found: dict[int, list[tuple[str, str]]] = {}
    dates = cells[(cells["role"] == role) & (cells["response"] >= 0)]
    for response, locator, text in zip(
        dates["response"], dates["locator"], dates["text"], strict=True
    ):
        found.setdefault(int(response), []).append((locator, text))
    return found
