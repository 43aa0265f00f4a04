"""``misbrug map``: a draft of how exports of survey systems are read."""

from __future__ import annotations

from pathlib import Path

import click

from misbrug_analysis.commands.common import (
    in_language_of,
    language_option,
    project_option,
    say,
    the_project,
)


@click.command()
@click.argument("study")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--form", metavar="ID", default="", help="The form that all respondents sent (where none says)."
)
@click.option(
    "--to",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the draft to this new file (default: mapping.yaml of the study).",
)
@language_option
@project_option
def map(
    study: str,
    files: tuple[Path, ...],
    form: str,
    to: Path | None,
    code: str | None,
    project_dir: str | None,
) -> None:
    """Draft which columns of FILES answer which questions of STUDY.

    FILES are exports with the answers of many respondents, in the folder forms of the study. The
    three files of an export of SurveyXact are given together.
    """
    with in_language_of(project_dir, study, code) as language:
        from misbrug_analysis.execution.draft_mapping import draft_mapping
        from misbrug_analysis.model.study_file import load_study
        from misbrug_analysis.presentation.collecting.mapping_tally import mapping_tally

        # A mapping that is not filled in yet is no hindrance to drafting the next one.
        loaded = load_study(the_project(project_dir), study, mapped=False)
        made = draft_mapping(loaded, files, language, form=form, to=to)
        say("\n".join(mapping_tally(made.drafts, loaded, language)))
        key = "mapping.beside" if made.beside else "mapping.written"
        path = loaded.project.shown(made.path)
        say(language.text(key, file=path, command=f"misbrug check {loaded.id}"))
