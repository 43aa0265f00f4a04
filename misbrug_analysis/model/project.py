"""Where things are: the project's folders, found from wherever a command is called."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from misbrug_analysis.model.errors import ParameterError, Problem, hint, name_list


@dataclass(frozen=True)
class Project:
    """The folders of a project; a study has one of its own in each of the three below."""

    root: Path

    @classmethod
    def find(cls, start: Path | str | None = None) -> Project:
        """The project that holds ``start`` (the working directory when None).

        Raises ParameterError when no folder from there upwards is a project.
        """
        first = Path(start) if start is not None else Path.cwd()
        for folder in (first.resolve(), *first.resolve().parents):
            if (folder / "data" / "instruments").is_dir() and (folder / "data" / "raw").is_dir():
                return cls(folder)
        raise ParameterError([Problem("no_project", "", {"start": first})])

    @property
    def instruments(self) -> Path:
        return self.root / "data" / "instruments"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def reference(self) -> Path:
        """Population, boundaries and estimates that any study can use."""
        return self.root / "data" / "raw" / "reference"

    def raw(self, study: str) -> Path:
        return self.root / "data" / "raw" / study

    def processed(self, study: str) -> Path:
        return self.root / "data" / "processed" / study

    def outputs(self, study: str) -> Path:
        return self.root / "outputs" / study

    def hidden(self, study: str) -> Path:
        """What runs of a study leave for the next: locks, and how long things took."""
        return self.root / ".misbrug" / study

    def shown(self, path: Path) -> str:
        """A path as a message shows it: from the project's root, with forward slashes."""
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except ValueError:
            return path.as_posix()

    def studies(self) -> list[str]:
        """The studies that have a study file, by name."""
        return sorted(found.parent.name for found in self.raw("*").parent.glob("*/study.yaml"))

    def check_study(self, name: str) -> None:
        """Raise ParameterError, with the near and valid names, unless the study exists."""
        valid = self.studies()
        if name not in valid:
            values = {"name": name, "hint": hint(name, valid), "valid": name_list(valid)}
            raise ParameterError([Problem("unknown_study", "", values)])
