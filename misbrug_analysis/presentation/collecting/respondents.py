"""How many of each unit answered, by form and role, in words; never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from misbrug_analysis.intake.status import SentFile, UnitStatus
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.words import form_label
from misbrug_analysis.presentation.language import Language


def came_in_parts(study: Study, status: UnitStatus, language: Language) -> Iterator[str]:
    """A part for each form: how many responses count, of which roles, and what does not count."""
    forms = [*(form.id for form in study.settings.forms), ""]
    for form in forms:
        files = [file for file in status.files if file.form == form]
        used = [file for file in files if file.use == "used"]
        label = form_label(study, form, language)
        if used:
            roles = _roles(study, used, language)
            yield language.plural("status.several.used", len(used), form=label, roles=roles)
        others = Counter(file.use for file in files if file.use != "used")
        for use, number in others.items():
            yield language.plural(f"status.several.{use}", number, form=label)


def _roles(study: Study, files: list[SentFile], language: Language) -> str:
    asked = study.instrument.respondents
    labels = asked.role_labels(language.code) if asked else {}
    if not labels:
        return ""
    counts = Counter(file.role for file in files)
    named = [*labels.items(), ("", language.text("status.several.no_role"))]
    said = [f"{label}: {language.number(counts[role])}" for role, label in named if counts[role]]
    return f" ({'; '.join(said)})"


def too_few_parts(study: Study, status: UnitStatus, language: Language) -> list[str]:
    """The forms of which nothing is shown yet, with how many answered and how many it takes."""
    asked = study.instrument.respondents
    return [
        language.text(
            "status.several.too_few",
            form=form_label(study, form, language),
            n=language.number(_sent(status, form)),
            limit=language.number(asked.smallest),
        )
        for form in (status.too_few if asked else ())
        if asked
    ]


def _sent(status: UnitStatus, form: str) -> int:
    return sum(one.form == form and one.use in ("used", "rejected") for one in status.files)
