"""``misbrug trace``: from a published answer back to the cells it came from."""

from __future__ import annotations

import click

from misbrug_analysis.commands.common import (
    in_language_of,
    language_option,
    project_option,
    say,
    the_study,
)


@click.command()
@click.argument("study")
@click.argument("unit")
@click.argument("indicator")
@language_option
@project_option
def trace(study: str, unit: str, indicator: str, code: str | None, project_dir: str | None) -> None:
    """Lead from UNIT's answer to INDICATOR back to the cells of its forms."""
    with in_language_of(project_dir, study, code) as language:
        from misbrug_analysis.analysis import tracing
        from misbrug_analysis.execution.processed import load
        from misbrug_analysis.presentation.collecting.trace_text import trace_lines

        loaded = the_study(project_dir, study)
        asked = loaded.organisation.unit(unit)
        item = loaded.instrument.indicator(indicator)
        results = load(loaded)
        found = tracing.trace(results, loaded.instrument, loaded.adjudications, asked.id, item.id)
        say("\n".join(trace_lines(loaded, found, language)))
