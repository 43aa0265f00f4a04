"""What ``misbrug trace`` prints: an answer, what each form said, and the cells that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any

from misbrug_analysis.analysis.tracing import Trace
from misbrug_analysis.model.answer_words import BLANK
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.words import (
    cell_place,
    form_label,
    plain_line,
    question,
)
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.wording import rule_note

STEP = "  "


def trace_lines(study: Study, found: Trace, language: Language) -> list[str]:
    """The lines of a trace in a language, with the words of the study's instrument."""
    language = language.speaking_of(study.instrument, on_page=False)
    label = study.organisation.unit(found.unit).label
    asked = question(study.instrument.item(found.indicator), study, language)
    answer = language.text(f"answer.label.{found.answer}")
    note = rule_note(language, found.rule, found.answer)
    rows = [
        f"{label}, {asked}",
        f"{language.capitalise(answer)} ({note.label}). {note.sentence}",
        *(
            STEP + line
            for row in found.forms.to_dict("records")
            for line in _form(row, study, language)
        ),
        *(STEP + line for line in _rulings(found, language)),
        *(
            STEP + line
            for row in found.cells.to_dict("records")
            for line in _cell(row, study, language)
        ),
        *(STEP + line for line in _peers(study, found, language)),
    ]
    return [plain_line(line) for line in rows]


def _form(row: Mapping[Any, Any], study: Study, language: Language) -> Iterator[str]:
    yield language.text(
        "trace.form",
        form=form_label(study, row["form"], language),
        answer=language.text(f"answer.label.{row['answer']}"),
        rule=language.text(f"data.form_rule.{row['rule']}"),
    )
    if row["peers"] or isfinite(row["share"]):
        shares = {
            name: language.percent(row[name]) if isfinite(row[name]) else "–"
            for name in ("share", "threshold")
        }
        yield STEP + language.text("trace.peers", n=language.number(row["peers"]), **shares)


def _peers(study: Study, found: Trace, language: Language) -> Iterator[str]:
    """The forms that partly answers are measured against, with what they answered themselves."""
    for row in found.peers.to_dict("records"):
        yield language.text(
            "trace.peer",
            unit=study.organisation.unit(row["unit"]).label,
            form=form_label(study, row["form"], language),
            share=language.percent(row["share"]),
        )
        cells = found.peer_cells
        own = (cells["unit"] == row["unit"]) & (cells["form"] == row["form"])
        for cell in cells[own].to_dict("records"):
            yield from (STEP + line for line in _cell(cell, study, language))


def _rulings(found: Trace, language: Language) -> Iterator[str]:
    for ruling in found.rulings.to_dict("records"):
        yield language.text(
            "trace.ruling",
            answer=language.text(f"answer.label.{ruling['answer']}"),
            reason=ruling["reason"],
            who=ruling["decided_by"],
        )


def _who(row: Mapping[Any, Any], study: Study, language: Language) -> str:
    """The number of a respondent, with the role; nothing where a form is one person's."""
    asked = study.instrument.respondents
    if asked is None:
        return ""
    role = asked.role_labels(language.code).get(row["role"])
    key = "trace.respondent_role" if role else "trace.respondent"
    return f"{language.text(key, number=row['respondent'], role=role)}, "


def _cell(row: Mapping[Any, Any], study: Study, language: Language) -> Iterator[str]:
    """A cell with what was answered; below it what stands there instead, and who decided so."""
    place = f"{row['source']}, {cell_place(row['locator'], language)}"
    key = "trace.empty" if row["value"] == BLANK and not row["raw"] else "trace.cell"
    said = language.text(key, place=place, item=row["item"], raw=row["raw"])
    yield f"{_who(row, study, language)}{said}"
    if row["stands"] != row["raw"]:
        yield STEP + language.text("trace.stands", text=row["stands"])
    for one in study.decisions if row["reason"] == "decided" else ():
        if (one.source, one.locator) == (row["source"], row["locator"]):
            yield STEP + language.text(
                "trace.decided", answer=one.reads_as, reason=one.reason, who=one.decided_by
            )
