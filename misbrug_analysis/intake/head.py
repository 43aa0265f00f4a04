"""Reads what stands above the table of a form: whose it is, which form, and its date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from misbrug_analysis.intake.cleaning import excerpt, near
from misbrug_analysis.intake.days import as_day
from misbrug_analysis.intake.layout import Layout
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.roles import RoleNames
from misbrug_analysis.intake.stamps import Stamps
from misbrug_analysis.intake.table import Given
from misbrug_analysis.intake.words import Words
from misbrug_analysis.model.errors import few_names, name_list
from misbrug_analysis.model.study import Study

FARTHEST = timedelta(days=2 * 366)
"""A date farther from that of the round is a slip, and must not decide which form is the later."""


class HeadReader:
    """Reads the fields of a form; every finding goes to the ledger.

    A stamp of this round says whose the form is, too; where it says otherwise than the cell, it
    is for a person to decide.
    """

    def __init__(self, ledger: FileLedger, layout: Layout, study: Study, stamps: Stamps) -> None:
        self._ledger = ledger
        self._layout = layout
        self._study = study
        self._stamp = stamps.stamp if ledger.usable else None
        self._stamped_at = stamps.at

    def unit(self) -> str:
        """The unit's id; empty where the form does not say it or says it wrongly."""
        labels = {unit.id: unit.label for unit in self._study.organisation.units}
        stamped = self._stamp.unit if self._stamp else ""
        return self._name("unit", self._study.unit_words, labels, stamped)

    def form(self) -> str:
        """The form's id; empty where the form does not say it or says it wrongly."""
        language = self._study.settings.language
        labels = {
            form.id: form.label.get(language) or next(iter(form.label.values()))
            for form in self._study.settings.forms
        }
        stamped = self._stamp.form if self._stamp else ""
        return self._name("form", self._study.form_words, labels, stamped)

    def date(self) -> date | None:
        """The day it was filled in, where it says one."""
        cell = self._layout.field(self._study.instrument.form.date)
        if cell is None:
            return None
        found, held = as_day(cell.text), self._study.settings.date
        if found is not None and abs(found - held) <= FARTHEST:
            self._ledger.settle(cell.locator, "used", "date")
            return found
        told = {"value": excerpt(cell.text), "valid": held.isoformat()}
        code = "bad_date" if found is None else "date_far"
        return self._ledger.reject([cell.locator], code, as_day, **told)

    def role(self) -> Given | None:
        """The role of whoever answered; nothing where none is asked for or none can be read."""
        names = RoleNames(self._study)
        if not names:
            return None
        called = self._study.instrument.form.called("role")
        cell, at = self._layout.field(called), self._layout.field_place(called)
        if not at:
            told = {"label": called[0], "labels": name_list(called)}
            self._ledger.reject_form("field_missing", **told)
            return None
        return names.read(self._ledger, cell.locator if cell else at, cell.text if cell else "")

    def _name(self, field: str, spelt: dict[str, str], labels: dict[str, str], stamped: str) -> str:
        headings = self._study.instrument.form
        accepted = headings.unit if field == "unit" else headings.form
        cell = self._layout.field(accepted)
        if cell is None:
            labelled = {"label": accepted[0], "labels": name_list(accepted)}
            self._ledger.reject_form("field_missing", **labelled)
            return ""
        words = Words(spelt, self._study.unit_titles if field == "unit" else None)
        found = words.means(cell.text)
        told: dict[str, object] = {
            "value": excerpt(cell.text),
            "valid": few_names(list(labels.values())),
            "stamped": excerpt(labels.get(stamped, stamped)),
        }
        if found is None:
            code = "unknown_unit" if field == "unit" else "unknown_form"
            hint = near(cell.text, labels.values())
            decided = self._decided(code, cell.locator, words.means, **told, hint=hint)
            if not decided or stamped in ("", decided):
                return decided
            # Whoever decided may not have seen whom the form was sent to.
            told["value"] = labels[decided]
            at = self._stamped_at[field]
            return self._decided("stamp_contradicted", at, words.means, **told)
        exact = words.exact(cell.text) is not None
        self._ledger.settle(cell.locator, "used", field if exact else "normalised")
        if stamped in ("", found):
            return found
        return self._decided("stamp_differs", cell.locator, words.means, **told)

    def _decided(
        self, code: str, at: str, reads: Callable[[str], str | None], **told: object
    ) -> str:
        return self._ledger.reject_form(code, at, reads, **told) or ""
