"""``misbrug status``: who has sent what, and what is missing."""

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
@click.option("--html", is_flag=True, help="Write it as a page and a file for Excel, too.")
@language_option
@project_option
def status(study: str, html: bool, code: str | None, project_dir: str | None) -> None:
    """Say who has sent what in STUDY and what is missing, with texts that remind."""
    with in_language_of(project_dir, study, code) as language:
        from misbrug_analysis.execution.round_pages import write_status
        from misbrug_analysis.intake.collect import collect
        from misbrug_analysis.intake.status import standing
        from misbrug_analysis.presentation.collecting.status_text import status_lines

        loaded = the_study(project_dir, study)
        now = standing(loaded, collect(loaded))
        say("\n".join(status_lines(now, language)))
        if html:
            page = loaded.project.shown(write_status(now, language))
            say(f"\n{language.text('check.written', file=page)}")
