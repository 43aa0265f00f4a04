"""``misbrug studies``: what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from misbrug_analysis.commands.common import project_option, say, spoken_in, the_project

if TYPE_CHECKING:
    from misbrug_analysis.model.project import Project


@click.command()
@project_option
def studies(project_dir: str | None) -> None:
    """List the studies there are, also those whose files have faults."""
    project = the_project(project_dir)
    for name in project.studies():
        say(f"{name}  {_told(project, name)}")


def _told(project: Project, name: str) -> str:
    """The title of a study and where its answers come from, or that it cannot be read."""
    from misbrug_analysis.model.instrument import in_language
    from misbrug_analysis.model.reading import problems_of
    from misbrug_analysis.model.study_file import load_study
    from misbrug_analysis.presentation.language import Language

    try:
        settings = load_study(project, name).settings
    except Exception as error:
        if not problems_of(error):
            raise
        language = Language.load(spoken_in(str(project.root), name))
        return language.text("studies.faulty", command=f"misbrug check {name}")
    return f"{in_language(settings.title, settings.language)} ({settings.provenance.kind})"
