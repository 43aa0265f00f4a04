"""What commands share: the option that names the project, and what they work on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from misbrug_analysis.model.printable import printable

if TYPE_CHECKING:
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study import Study
    from misbrug_analysis.presentation.language import Language

project_option = click.option(
    "--project",
    "project_dir",
    metavar="DIR",
    type=click.Path(file_okay=False),
    help="The project's folder (default: found upwards from the working directory).",
)


def say(text: str, *, err: bool = False) -> None:
    """Print a text, rid of what a terminal would take for a command: names come from files."""
    click.echo(printable(text), err=err)


def the_project(folder: str | None) -> Project:
    """The project in or above a folder; raises ParameterError where there is none."""
    from misbrug_analysis.model.project import Project

    return Project.find(folder)


def the_study(folder: str | None, name: str) -> Study:
    """A study of that project; raises as ``load_study`` does."""
    from misbrug_analysis.model.study_file import load_study

    return load_study(the_project(folder), name)


language_option = click.option(
    "--language", "code", metavar="CODE", help="da or en (default: the study's own)."
)


@contextmanager
def in_language_of(folder: str | None, name: str, code: str | None) -> Iterator[Language]:
    """A language to tell of a study in: the one asked for, else the study's own.

    Faults of the study's files, and names that do not exist, are told in it too, and end the
    command with exit code 1; so do files that cannot be read or written. Where the study file
    cannot say, it is the usual language of studies.
    """
    from misbrug_analysis.model.reading import problems_of
    from misbrug_analysis.presentation.language import Language

    spoken = code if code in Language.codes() else spoken_in(folder, name)
    try:
        yield Language.load(code or spoken)
    except click.exceptions.Exit:
        raise
    except Exception as error:
        problems = problems_of(error)
        if not problems:
            raise
        for problem in problems:
            say(problem.told(spoken), err=True)
        raise click.exceptions.Exit(1) from None


def spoken_in(folder: str | None, name: str) -> str:
    """The language that a study file names, even where the rest of it is faulty."""
    from misbrug_analysis.model.errors import MisbrugError
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.settings import StudyFile
    from misbrug_analysis.model.yamlfile import read_document
    from misbrug_analysis.presentation.language import Language

    usual = str(StudyFile.model_fields["language"].default)
    try:
        project = Project.find(folder)
        project.check_study(name)
        data = read_document(project.raw(name) / "study.yaml").data
    except MisbrugError:
        return usual
    found = data.get("language") if isinstance(data, dict) else None
    return found if found in Language.codes() else usual
