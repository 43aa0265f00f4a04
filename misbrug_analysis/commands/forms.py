"""``misbrug forms``: the questionnaires of a round as workbooks."""

from __future__ import annotations

from collections.abc import Iterator
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
    from misbrug_analysis.execution.send_forms import SentForms
    from misbrug_analysis.model.study import Study
    from misbrug_analysis.presentation.language import Language


@click.command()
@click.argument("study")
@click.option(
    "--to",
    "to",
    metavar="FOLDER",
    required=True,
    help="Where the workbooks go; made where it does not exist.",
)
@click.option(
    "--unit", "units", metavar="ID", multiple=True, help="Only this unit; can be repeated."
)
@click.option(
    "--form",
    "forms_wanted",
    metavar="ID",
    multiple=True,
    help="Only this form; can be repeated (default: what the unit is asked for).",
)
@click.option("--previous", metavar="STUDY", help="Show the answers of this round beside.")
@language_option
@project_option
def forms(
    study: str,
    to: str,
    units: tuple[str, ...],
    forms_wanted: tuple[str, ...],
    previous: str | None,
    code: str | None,
    project_dir: str | None,
) -> None:
    """Write the questionnaires of STUDY as workbooks to fill in, one for each unit and form."""
    with in_language_of(project_dir, study, code) as language:
        from misbrug_analysis.execution.send_forms import write_forms
        from misbrug_analysis.model.errors import ParameterError, Problem

        if not to.strip():
            raise ParameterError([Problem("no_folder_named")])
        folder = Path(to)
        loaded = the_study(project_dir, study)
        earlier = the_study(project_dir, previous) if previous else None
        done = write_forms(
            loaded, folder, units=units, forms=forms_wanted, previous=earlier, language=language
        )
        say("\n".join(_told(done, loaded, earlier, folder, language)))


def _told(
    done: SentForms, study: Study, earlier: Study | None, folder: Path, language: Language
) -> Iterator[str]:
    """What was written, and what to do next."""
    from misbrug_analysis.model.errors import shown
    from misbrug_analysis.model.instrument import in_language

    if done.written:
        yield language.plural("forms.written", len(done.written), folder=shown(folder))
    for path in done.written:
        yield f"  {path.name}"
    if done.kept:
        yield language.plural("forms.kept", len(done.kept))
    if earlier:
        title = in_language(earlier.settings.title, language.code)
        yield language.plural("forms.last", done.with_last, study=title)
    incoming = f"{study.project.shown(study.folder / 'forms')}/"
    yield language.text("forms.next", folder=incoming, command=f"misbrug check {study.id}")
