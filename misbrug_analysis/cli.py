"""The ``misbrug`` command: its door, which finds commands and tells the project's own errors."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from misbrug_analysis import __version__
from misbrug_analysis.commands.common import say

COMMANDS = ("new", "forms", "status", "map", "check", "run", "verify", "trace", "studies")
"""In the order of a round; each is the command of its name in ``commands/<name>.py``."""


class Door(click.Group):
    """Turns the project's own errors, and those of files, into a message and exit code 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found = getattr(import_module(f"misbrug_analysis.commands.{cmd_name}"), cmd_name)
        assert isinstance(found, click.Command)
        return found

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except Exception as error:
            # Importing the errors' home costs, so it waits until there is an error.
            from misbrug_analysis.model.reading import problems_of

            problems = problems_of(error)
            if not problems:
                raise
            for problem in problems:
                say(str(problem), err=True)
            raise click.exceptions.Exit(1) from None


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """From filled-in self-assessment forms to reports that can be trusted and read."""


if __name__ == "__main__":
    sys.exit(main())
