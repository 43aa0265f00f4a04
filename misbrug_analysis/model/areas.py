"""Which topics to work on together: criteria, ratings and the study's own areas."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.yamlfile import Model, read_model


class Areas(Model):
    """``areas.yaml``."""


def load_areas(path: Path, instrument: Instrument) -> Areas:
    """Read ``areas.yaml``; raises DefinitionError with every fault."""
    return read_model(path, Areas)
