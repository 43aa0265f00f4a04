"""What a new study can be called: its folder, and the title that stands on its pages."""

from __future__ import annotations

import re

from misbrug_analysis.execution.units_list import slug_of
from misbrug_analysis.model.errors import ParameterError, Problem
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.project import Project

MAX_TITLE = 200

_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that Windows keeps for devices: no folder can have them there."""


def check_name(project: Project, name: str) -> None:
    """Raise ParameterError for a name that no folder can have everywhere, or that is taken."""
    near = slug_of(name) if masked(name) == name else ""
    kept = f"{near}-1" if _DEVICES.fullmatch(near) else near
    if not name or kept != name:
        values: dict[str, object] = {"name": name, "near": kept or "2026"}
        raise ParameterError([Problem("study_name", "", values)])
    if project.raw(name).exists():
        raise taken(project, name)


def taken(project: Project, name: str) -> ParameterError:
    """The error of a study whose folder is there already."""
    folder = project.shown(project.raw(name))
    return ParameterError([Problem("study_exists", "", {"folder": folder})])


def check_title(title: str) -> None:
    """Raise ParameterError for a title that is too long or holds personal data."""
    if len(title) > MAX_TITLE or masked(title) != title:
        values: dict[str, object] = {"value": title, "limit": MAX_TITLE}
        raise ParameterError([Problem("study_title", "", values)])
