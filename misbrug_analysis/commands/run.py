"""``misbrug run``: a study from raw forms to pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from misbrug_analysis.commands.common import project_option, say, the_project, the_study

if TYPE_CHECKING:
    from misbrug_analysis.execution.cluster import Cluster
    from misbrug_analysis.model.project import Project


@click.command()
@click.argument("study")
@click.option(
    "--only",
    metavar="REPORT",
    multiple=True,
    help="Run only this report of the study file; can be repeated.",
)
@click.option("--group", "--cluster", metavar="ID", help="Run only the reports of this group.")
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1),
    help="Pages to make side by side (default: one more than the processors).",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Make reports and tables on the Dask cluster of tls://HOST:PORT or tcp://HOST:PORT.",
)
@click.option(
    "--unencrypted",
    is_flag=True,
    help="Send answers to other machines without TLS, where anybody on the way can read them.",
)
@click.option(
    "--language",
    "languages",
    metavar="CODE",
    multiple=True,
    help="da or en; can be repeated (default: all that the study names).",
)
@click.option("--pdf", is_flag=True, help="Make every page as PDF, too.")
@click.option(
    "--time-limit",
    metavar="MINUTES",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Stop a notebook of which one cell takes longer.",
)
@click.option("--force", is_flag=True, help="Make what is up to date, too.")
@click.option("--why", is_flag=True, help="Say of each report why it is made or kept.")
@project_option
def run(
    study: str,
    only: tuple[str, ...],
    group: str | None,
    jobs: int | None,
    scheduler: str | None,
    unencrypted: bool,
    languages: tuple[str, ...],
    pdf: bool,
    time_limit: float,
    force: bool,
    why: bool,
    project_dir: str | None,
) -> None:
    """Run the reports of STUDY and write its pages and tables to outputs/STUDY/html."""
    project = the_project(project_dir)
    project.check_study(study)
    if not (force or only or group) and _has_nothing_to_do(project, study, languages, pdf, why):
        return
    from misbrug_analysis.execution.warm_start import set_quiet

    set_quiet()
    with _makers(scheduler, unencrypted) as (template, cluster):
        from misbrug_analysis.execution.alone import alone
        from misbrug_analysis.execution.pipeline import run_study
        from misbrug_analysis.execution.tasks import Kernels
        from misbrug_analysis.model.errors import IntakeError

        def waiting(process: str) -> None:
            who = f"Process {process}" if process else "Another process"
            say(f"{who} runs {study} already; this run waits for it to end.", err=True)

        try:
            with alone(project, study, waiting):
                loaded = the_study(project_dir, study)
                summary = run_study(
                    loaded,
                    only=only,
                    group=group,
                    jobs=jobs,
                    languages=languages,
                    force=force,
                    pdf=pdf,
                    kernels=Kernels(template, time_limit),
                    cluster=cluster,
                    why=say if why else None,
                )
        except IntakeError as error:
            say(str(error), err=True)
            say(f"Run `misbrug check {study}` to see them file by file.", err=True)
            raise click.exceptions.Exit(1) from None
    for name, state in summary.states.items():
        say(f"{state:>8}  {name}")
    for problem in summary.problems:
        say(str(problem), err=True)
    counts = Counter(summary.states.values())
    told = ", ".join(f"{number} {state}" for state, number in counts.items())
    say(f"Pages: {told}. Open {_index(project, study, languages)}")
    if summary.failed:
        raise click.exceptions.Exit(1)


@contextmanager
def _makers(scheduler: str | None, unencrypted: bool) -> Iterator[tuple[str, Cluster | None]]:
    """What makes reports: the address of a template of kernels here, or a cluster."""
    if scheduler is not None:
        from misbrug_analysis.execution.cluster import connected

        with connected(scheduler, unencrypted=unencrypted) as cluster:
            yield "", cluster
    else:
        from misbrug_analysis.execution.warm_start import kernel_template

        # The template imports on one processor while the forms are read on another.
        with kernel_template() as template:
            yield template, None


def _index(project: Project, study: str, languages: tuple[str, ...]) -> str:
    """The page to begin with: that of the language asked for, where it has a folder of its own."""
    html = project.outputs(study) / "html"
    asked = (html / code / "index.html" for code in languages)
    return project.shown(next((page for page in asked if page.is_file()), html / "index.html"))


def _has_nothing_to_do(
    project: Project, study: str, languages: tuple[str, ...], pdf: bool, why: bool
) -> bool:
    """Whether the last run has left all that this one would make; says so then."""
    from misbrug_analysis.execution.last_run import KEPT
    from misbrug_analysis.execution.unchanged import asked_for, unchanged

    left = unchanged(project, study, languages=languages, pdf=pdf)
    if left is None:
        return False
    for name in asked_for(left, languages, pdf=pdf) if why else ():
        say(f"{'keep':>8}  {name}: {KEPT}")
    index = _index(project, study, languages)
    say(f"Nothing has changed since the last run. Open {index}")
    return True
