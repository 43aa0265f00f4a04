"""``misbrug trace``: from a published answer back to the cells it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from misbrug_analysis.commands.common import project_option, say, the_study

if TYPE_CHECKING:
    from misbrug_analysis.analysis.tracing import Trace
    from misbrug_analysis.model.study import Study


@click.command()
@click.argument("study")
@click.argument("unit")
@click.argument("indicator")
@project_option
def trace(study: str, unit: str, indicator: str, project_dir: str | None) -> None:
    """Lead from UNIT's answer to INDICATOR back to the cells of its forms."""
    from misbrug_analysis.analysis import tracing
    from misbrug_analysis.execution.processed import load

    loaded = the_study(project_dir, study)
    asked = loaded.organisation.unit(unit)
    item = loaded.instrument.indicator(indicator)
    _print_trace(loaded, tracing.trace(load(loaded), asked.id, item.id))


def _print_trace(study: Study, found: Trace) -> None:
    """An answer, then what each form said, then every cell with what stands in it."""
    from misbrug_analysis.model.instrument import in_language
    from misbrug_analysis.presentation.language import Language
    from misbrug_analysis.presentation.wording import rule_note

    language = Language.load("en")
    item = study.instrument.item(found.indicator)
    label = study.organisation.unit(found.unit).label
    name = in_language(item.label or item.text, language.code)
    say(f"{label}, {found.indicator} {name}: {found.answer} ({found.rule})")
    say(f"  {rule_note(language, found.rule, found.answer).sentence}")
    for row in found.forms.to_dict("records"):
        line = f"  form {row['form']}: {row['answer']} ({row['rule']})"
        if row["peers"] or row["share"] == row["share"]:
            line += f"; own share {row['share']:.2f}, threshold {row['threshold']:.2f}"
            line += f", {row['peers']} peers"
        say(line)
    for ruling in study.rulings:
        if ruling.unit == found.unit and ruling.indicator == found.indicator:
            say(f"  ruling: {ruling.answer}. {ruling.reason} ({ruling.decided_by})")
    for row in found.cells.to_dict("records"):
        say(f"  {row['source']}, {row['locator']}: {row['item']} = {row['raw']!r}")
