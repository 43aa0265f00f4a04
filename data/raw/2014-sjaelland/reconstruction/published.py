"""``published.yaml`` as typed data: what 2014 publishes, and how we read its words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from misbrug_analysis.model.yamlfile import Model, read_model

HERE = Path(__file__).resolve().parent

Share = Annotated[str, StringConstraints(pattern=r"^\d+/\d+$")]
"""A fraction as it is written, ``1/5``: exact, where 0.2 would not be."""


class Cluster(Model):
    """A cluster and how many of its units were asked and answered."""

    id: str
    asked: int
    answered: int


class Words(Model):
    """What the text says: a code, and a restatement."""

    code: str
    restated: str


class Chart(Model):
    """The digits of a chart that the transcript kept."""

    surviving: list[int]


class Reading(Model):
    """Our bounds on the words: counts and shares of the whole region."""

    yes_min: int = 0
    yes_above: Share | None = None
    yes_at_most: Share | None = None
    yes_below: Share | None = None
    yes_min_in_every_cluster: int = 0
    no_min: int = 0
    no_max: int | None = None
    no_one_of: list[int] | None = None
    why: str


class PublishedIndicator(Model):
    """One indicator; without a chart the report prints "all clusters"."""

    id: str
    words: Words
    chart: Chart | None = None
    reading: Reading | None = None


class PublishedJoint(Model):
    """A sentence on units that meet several indicators at once, by cluster in each ``case``."""

    id: str
    indicators: list[str]
    words: Words
    within: Share
    cases: list[dict[str, Literal["about_half", "one"]]]


class Published(Model):
    """``published.yaml``."""

    source: str
    lost_digits: str
    clusters: list[Cluster]
    indicators: list[PublishedIndicator]
    joint: list[PublishedJoint]

    @property
    def joint_indicators(self) -> set[str]:
        return {indicator for joint in self.joint for indicator in joint.indicators}


def load_published(path: Path = HERE / "published.yaml") -> Published:
    """Read what 2014 publishes; raises DefinitionError with every fault at its line."""
    return read_model(path, Published)
