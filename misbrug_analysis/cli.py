"""The ``misbrug`` command. Each command imports what it needs when it is called."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from misbrug_analysis import __version__

if TYPE_CHECKING:
    from misbrug_analysis.analysis.tracing import Trace
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study import Study

project_option = click.option(
    "--project",
    "project_dir",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The project's folder (default: found upwards from the working directory).",
)


class Door(click.Group):
    """Turns the project's own errors into a message and exit code 1; no traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except Exception as error:
            # Importing the errors' home costs, so it waits until there is an error.
            from misbrug_analysis.model.errors import MisbrugError

            if not isinstance(error, MisbrugError):
                raise
            click.echo(str(error), err=True)
            raise click.exceptions.Exit(1) from None


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """From filled-in self-assessment forms to reports that can be trusted and read."""


@main.command()
@click.argument("study")
@click.option("--only", metavar="REPORT", help="Run only this report of the study file.")
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
    only: str | None,
    group: str | None,
    jobs: int,
    languages: tuple[str, ...],
    pdf: bool,
    force: bool,
    project_dir: str | None,
) -> None:
    """Run the reports of STUDY and write its pages and tables to outputs/STUDY/html."""
    from misbrug_analysis.execution.pipeline import run_study

    loaded = _study(project_dir, study)
    summary = run_study(
        loaded, only=only, group=group, jobs=jobs, languages=languages, force=force, pdf=pdf
    )
    for name, state in summary.states.items():
        click.echo(f"{state:>8}  {name}")
    for problem in summary.problems:
        click.echo(str(problem), err=True)
    if summary.failed:
        raise click.exceptions.Exit(1)
    index = loaded.project.outputs(loaded.id) / "html" / "index.html"
    click.echo(f"Open {loaded.project.shown(index)}")


@main.command()
@click.argument("study")
@project_option
def check(study: str, project_dir: str | None) -> None:
    """Read the forms of STUDY and say what is wrong, without making anything."""
    from misbrug_analysis.execution.editions import editions_of
    from misbrug_analysis.intake.collect import collect
    from misbrug_analysis.intake.ledger import fates_by_source

    loaded = _study(project_dir, study)
    editions_of(loaded, ())
    came_in = collect(loaded)
    for problem in (*came_in.problems, *came_in.warnings):
        click.echo(str(problem), err=True)
    counts = fates_by_source(came_in.ledger)
    total = counts.sum()
    click.echo(f"{len(counts)} files, {total['cells']} cells:")
    for fate, number in total.drop("cells").items():
        click.echo(f"{number:>8}  {fate}")
    sent = came_in.answers["unit"].nunique()
    click.echo(f"{sent} of {len(loaded.organisation.units)} units sent forms.")
    if came_in.problems:
        faults = len(came_in.problems)
        click.echo(f"{faults} {'fault' if faults == 1 else 'faults'}; see above.", err=True)
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("study")
@click.argument("unit")
@click.argument("indicator")
@project_option
def trace(study: str, unit: str, indicator: str, project_dir: str | None) -> None:
    """Lead from UNIT's answer to INDICATOR back to the cells of its forms."""
    from misbrug_analysis.analysis import tracing
    from misbrug_analysis.execution.processed import load

    loaded = _study(project_dir, study)
    asked = loaded.organisation.unit(unit)
    item = loaded.instrument.indicator(indicator)
    _print_trace(loaded, tracing.trace(load(loaded), asked.id, item.id))


@main.command()
@project_option
def studies(project_dir: str | None) -> None:
    """List the studies there are."""
    from misbrug_analysis.model.instrument import in_language
    from misbrug_analysis.model.study import load_study

    project = _project(project_dir)
    for name in project.studies():
        settings = load_study(project, name).settings
        title = in_language(settings.title, settings.language)
        click.echo(f"{name}  {title} ({settings.provenance.kind})")


def _project(folder: str | None) -> Project:
    from misbrug_analysis.model.project import Project

    return Project.find(folder)


def _study(folder: str | None, name: str) -> Study:
    from misbrug_analysis.model.study import load_study

    return load_study(_project(folder), name)


def _print_trace(study: Study, found: Trace) -> None:
    """An answer, then what each form said, then every cell with what stands in it."""
    from misbrug_analysis.model.instrument import in_language
    from misbrug_analysis.presentation.language import Language
    from misbrug_analysis.presentation.wording import rule_note

    language = Language.load("en")
    item = study.instrument.item(found.indicator)
    label = study.organisation.unit(found.unit).label
    name = in_language(item.label or item.text, language.code)
    click.echo(f"{label}, {found.indicator} {name}: {found.answer} ({found.rule})")
    click.echo(f"  {rule_note(language, found.rule, found.answer).sentence}")
    for row in found.forms.to_dict("records"):
        line = f"  form {row['form']}: {row['answer']} ({row['rule']})"
        if row["peers"] or row["share"] == row["share"]:
            line += f"; own share {row['share']:.2f}, threshold {row['threshold']:.2f}"
            line += f", {row['peers']} peers"
        click.echo(line)
    for ruling in study.rulings:
        if ruling.unit == found.unit and ruling.indicator == found.indicator:
            click.echo(f"  ruling: {ruling.answer}. {ruling.reason} ({ruling.decided_by})")
    for row in found.cells.to_dict("records"):
        click.echo(f"  {row['source']}, {row['locator']}: {row['item']} = {row['raw']!r}")


if __name__ == "__main__":
    sys.exit(main())
