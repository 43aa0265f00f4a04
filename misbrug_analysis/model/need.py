"""What a population is estimated to need: measures, their sources, and the people they cover."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.model.yamlfile import Model, read_model


class Need(Model):
    """``need.yaml``."""


def load_need(path: Path, reference: Path) -> Need:
    """Read ``need.yaml``; raises DefinitionError with every fault."""
    return read_model(path, Need)
