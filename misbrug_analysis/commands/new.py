"""``misbrug new``: a study folder that runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from misbrug_analysis.commands.common import in_language_of, project_option, say, the_project

if TYPE_CHECKING:
    from misbrug_analysis.execution.new_study import NewStudy
    from misbrug_analysis.presentation.language import Language


@click.command()
@click.argument("study")
@click.option(
    "--instrument",
    metavar="ID",
    required=True,
    help="The questionnaire: a file of data/instruments, without .yaml.",
)
@click.option(
    "--units",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Who is asked: a list with a heading over the names (.xlsx or .csv).",
)
@click.option("--title", metavar="TEXT", default="", help="As pages show it (the instrument's).")
@click.option(
    "--language",
    "code",
    metavar="CODE",
    default="da",
    show_default=True,
    help="Of the study: da or en.",
)
@click.option(
    "--date",
    "day",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the round is for, such as 2026-01-31 (default: today).",
)
@project_option
def new(
    study: str,
    instrument: str,
    units: Path | None,
    title: str,
    code: str,
    day: datetime | None,
    project_dir: str | None,
) -> None:
    """Make the folder data/raw/STUDY of a new round, with all its settings explained.

    STUDY is a name of small letters, digits and hyphens, such as 2026-sjaelland.
    """
    with in_language_of(project_dir, study, code) as language:
        from misbrug_analysis.execution.new_study import new_study

        project = the_project(project_dir)
        made = new_study(
            project,
            study,
            instrument,
            day=(day or datetime.now()).date(),
            units=units,
            title=title,
            language=language.code,
        )
        _tell(made, project.shown(made.folder), language)


def _tell(made: NewStudy, folder: str, language: Language) -> None:
    """What was made of the list, what was not read in it, and what comes next."""
    nouns = made.usual.unit_noun
    noun = nouns.get(language.code) or next(iter(nouns.values()))
    say(language.text("new.made", folder=folder))
    if made.examples:
        say(language.text("new.examples", the_many=noun.the_many))
    else:
        number = len(made.listed.units)
        many = noun.one if number == 1 else noun.many
        say(language.text("new.units", n=language.number(number), many=many))
        for groups in made.listed.groups.values():
            say(language.text("new.groups", labels=language.join(list(groups.values()))))
    if made.listed.unused:
        unused = language.join(list(made.listed.unused))
        say(language.text("new.unused", columns=unused))
    say(language.text("new.next", readme=f"{folder}/README.md"))
