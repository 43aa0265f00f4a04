"""``misbrug run``: a study from raw forms to pages."""

from __future__ import annotations

import click

from misbrug_analysis.commands.common import project_option, say, the_study


@click.command()
@click.argument("study")
@click.option(
    "--only",
    metavar="REPORT",
    multiple=True,
    help="Run only this report of the study file; can be repeated.",
)
@click.option("--group", "--cluster", metavar="ID", help="Run only the reports of this group.")
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1), help="Side by side.")
@click.option(
    "--language",
    "languages",
    metavar="CODE",
    multiple=True,
    help="da or en; can be repeated (default: all that the study names).",
)
@click.option("--pdf", is_flag=True, help="Make every page as PDF, too.")
@click.option("--force", is_flag=True, help="Make what is up to date, too.")
@project_option
def run(
    study: str,
    only: tuple[str, ...],
    group: str | None,
    jobs: int,
    languages: tuple[str, ...],
    pdf: bool,
    force: bool,
    project_dir: str | None,
) -> None:
    """Run the reports of STUDY and write its pages and tables to outputs/STUDY/html."""
    from misbrug_analysis.execution.pipeline import run_study
    from misbrug_analysis.model.errors import IntakeError

    loaded = the_study(project_dir, study)
    try:
        summary = run_study(
            loaded, only=only, group=group, jobs=jobs, languages=languages, force=force, pdf=pdf
        )
    except IntakeError as error:
        say(str(error), err=True)
        say(f"Run `misbrug check {study}` to see them file by file.", err=True)
        raise click.exceptions.Exit(1) from None
    for name, state in summary.states.items():
        say(f"{state:>8}  {name}")
    for problem in summary.problems:
        say(str(problem), err=True)
    if summary.failed:
        raise click.exceptions.Exit(1)
    index = loaded.project.outputs(loaded.id) / "html" / "index.html"
    say(f"Open {loaded.project.shown(index)}")
