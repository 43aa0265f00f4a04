"""Who is advised to do what: actors, actions, and links between topics."""

from __future__ import annotations

from pathlib import Path

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.organisation import Organisation
from misbrug_analysis.model.yamlfile import Model, read_model


class Actions(Model):
    """``actions.yaml``."""


def load_actions(path: Path, organisation: Organisation, instrument: Instrument) -> Actions:
    """Read ``actions.yaml``; raises DefinitionError with every fault."""
    return read_model(path, Actions)
