"""``misbrug verify``: do the outputs of a study still match its inputs and the code?"""

from __future__ import annotations

import click

from misbrug_analysis.commands.common import language_option, project_option, say, the_project


@click.command()
@click.argument("study")
@language_option
@project_option
def verify(study: str, code: str | None, project_dir: str | None) -> None:
    """Say whether the outputs of STUDY still match its inputs and the code, file by file.

    Nothing is changed. Exit code 1 when anything does not match.
    """
    from misbrug_analysis.execution import verify as verifying
    from misbrug_analysis.execution.last_run import left_by_last_run
    from misbrug_analysis.model.errors import FALLBACK, Phrase

    project = the_project(project_dir)
    project.check_study(study)
    left = left_by_last_run(project, study)
    language = code or (left.languages[0] if left and left.languages else FALLBACK)
    findings, number = verifying.verify(project, study)
    for finding in findings:
        say(finding.told(language))
    if findings:
        raise click.exceptions.Exit(1)
    say(Phrase("outputs_match", {"study": study, "number": number}).told(language))
