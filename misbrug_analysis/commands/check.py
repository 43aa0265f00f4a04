"""``misbrug check``: what is wrong with the forms of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from misbrug_analysis.commands.common import (
    in_language_of,
    language_option,
    project_option,
    say,
    the_study,
)

if TYPE_CHECKING:
    from misbrug_analysis.intake.collect import Round
    from misbrug_analysis.presentation.language import Language


@click.command()
@click.argument("study")
@click.option("--html", is_flag=True, help="Write it as pages, too: one for each to send back.")
@click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the rejected cells as rows for decisions.csv to a new file.",
)
@language_option
@project_option
def check(
    study: str, html: bool, decisions: Path | None, code: str | None, project_dir: str | None
) -> None:
    """Read the forms of STUDY and say what is wrong, without making anything else.

    Exit code 1 when anything is rejected.
    """
    with in_language_of(project_dir, study, code) as language:
        from misbrug_analysis.execution.editions import editions_of
        from misbrug_analysis.intake.collect import collect
        from misbrug_analysis.intake.status import standing
        from misbrug_analysis.presentation.collecting.check_text import check_lines

        loaded = the_study(project_dir, study)
        editions_of(loaded, ())
        now = standing(loaded, collect(loaded))
        say("\n".join(check_lines(now, language)))
        if html:
            from misbrug_analysis.execution.round_pages import write_check

            page = loaded.project.shown(write_check(now, language))
            say(language.text("check.written", file=page))
        if decisions:
            say(_write_decisions(now.came_in, decisions, language))
        if now.came_in.problems:
            raise click.exceptions.Exit(1)


def _write_decisions(came_in: Round, path: Path, language: Language) -> str:
    """Write the rows where there are any; says what was done.

    Raises ParameterError where the file exists: decisions may stand in it.
    """
    from misbrug_analysis.execution.files import write_or_tell
    from misbrug_analysis.model.errors import ParameterError, Problem, shown
    from misbrug_analysis.presentation.collecting.decision_rows import (
        decision_file,
        decision_rows,
    )

    if path.exists():
        raise ParameterError([Problem("file_exists", shown(path))])
    rows = len(decision_rows(came_in))
    if not rows:
        return language.text("check.no_decisions", file=path)
    write_or_tell(path, decision_file(came_in, language))
    return language.plural("check.decisions", rows, file=path)
