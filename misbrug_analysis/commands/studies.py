"""``misbrug studies``: what there is."""

from __future__ import annotations

import click

from misbrug_analysis.commands.common import project_option, the_project


@click.command()
@project_option
def studies(project_dir: str | None) -> None:
    """List the studies there are."""
    from misbrug_analysis.model.instrument import in_language
    from misbrug_analysis.model.study import load_study

    project = the_project(project_dir)
    for name in project.studies():
        settings = load_study(project, name).settings
        title = in_language(settings.title, settings.language)
        click.echo(f"{name}  {title} ({settings.provenance.kind})")
