"""From filled-in self-assessment forms to reports that can be trusted and read.

The names below are what a notebook needs; each is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from misbrug_analysis.execution.session import open_report, open_rounds, settle_report
    from misbrug_analysis.presentation import sections
    from misbrug_analysis.presentation.display import show

__version__ = "0.1.0"

_HOMES = {
    "open_report": "misbrug_analysis.execution.session",
    "open_rounds": "misbrug_analysis.execution.session",
    "settle_report": "misbrug_analysis.execution.session",
    "show": "misbrug_analysis.presentation.display",
    "sections": "misbrug_analysis.presentation",
}

__all__ = ["__version__", "open_report", "open_rounds", "sections", "settle_report", "show"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(_HOMES[name])
    return getattr(home, name) if hasattr(home, name) else import_module(f"{_HOMES[name]}.{name}")


def __dir__() -> list[str]:
    return sorted(__all__)
