"""Which topics to work on together: criteria, ratings and the study's own areas.

Raw input (``areas.yaml``). A criterion takes its values from the answers (``gap``), from ratings
that are written down in the file (``rating``), or from what groups say they want (``wishes``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from misbrug_analysis.model.cooperation import Cooperation
from misbrug_analysis.model.errors import Phrase, hint, name_list
from misbrug_analysis.model.instrument import Instrument, ItemId, Name, Text
from misbrug_analysis.model.settings import Letter
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Misfit, Model, dangling, read_model, repeated

LOWEST, HIGHEST = 1, 5
"""The ends of the scale on which topics are rated."""

MOST_CRITERIA = 8
"""Each criterion more multiplies the weightings; eight make 19,448 of them."""

Score = Annotated[int, Field(strict=True, ge=LOWEST, le=HIGHEST)]


class Criterion(Model):
    """What a topic is weighed by, and where its values come from."""

    id: Name
    label: Text
    source: Literal["gap", "rating", "wishes"]
    explains: Text


class Rating(Model):
    """A topic's rating by each rating criterion, under the criterion's id, with the reason."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Score] = Field(init=False)

    topic: ItemId
    reason: Text

    @property
    def scores(self) -> dict[str, int]:
        """The ratings by criterion."""
        return dict(self.__pydantic_extra__)


class Published(Model):
    """What the study itself concluded, to be set beside the computed order."""

    foundation: list[ItemId] = []
    others: list[ItemId] = []
    source: Text

    @property
    def topics(self) -> list[str]:
        return [*self.foundation, *self.others]


class Area(Model):
    """An area to cooperate on, with the topics that it stands for."""

    id: Letter
    label: Text
    topics: Annotated[list[ItemId], Field(min_length=1)]


class Areas(Model):
    """``areas.yaml``. The statements tell readers whose the ratings and the areas' topics are."""

    criteria: Annotated[list[Criterion], Field(min_length=1, max_length=MOST_CRITERIA)]
    ratings_statement: Text | None = None
    ratings: list[Rating] = []
    published: Published | None = None
    areas: list[Area] = []
    areas_statement: Text | None = None

    @property
    def rated(self) -> list[str]:
        """Ids of the criteria that are rated."""
        return [criterion.id for criterion in self.criteria if criterion.source == "rating"]


def load_areas(path: Path, instrument: Instrument, cooperation: Cooperation | None) -> Areas:
    """Read ``areas.yaml``.

    Raises DefinitionError with every fault at its line: topics that do not exist, topics that are
    not assessed among those that are ranked, ratings that are missing, given twice, outside of the
    scale or by no criterion, and wishes in a study whose groups were not asked for any.
    """
    return read_model(path, Areas, lambda file: _misfits(file, instrument, cooperation))


def _misfits(
    file: Areas, instrument: Instrument, cooperation: Cooperation | None
) -> Iterator[Misfit]:
    assessed = [topic.id for topic in instrument.assessed_topics]
    yield from _criteria_misfits(file, cooperation)
    yield from _rating_misfits(file, assessed)
    if file.published:
        yield from _published_misfits(file.published, assessed)
    yield from repeated(("areas",), Phrase("area"), [area.id for area in file.areas])
    for index, area in enumerate(file.areas):
        at = ("areas", index, "topics")
        yield from _unknown_topics(at, area.topics, [topic.id for topic in instrument.topics])
        yield from repeated(at, Phrase("topic"), area.topics)


def _criteria_misfits(file: Areas, cooperation: Cooperation | None) -> Iterator[Misfit]:
    yield from repeated(
        ("criteria",), Phrase("criterion"), [criterion.id for criterion in file.criteria]
    )
    computed: list[str] = []
    for index, criterion in enumerate(file.criteria):
        if criterion.id in Rating.model_fields:
            values = bad("id", Phrase("taken"), Phrase("another_name"), criterion.id)
            yield Misfit(("criteria", index, "id"), "bad_value", values)
        if criterion.source == "rating":
            continue
        source = ("criteria", index, "source")
        if criterion.source in computed:
            yield Misfit(source, "repeated", {"name": Phrase("source"), "value": criterion.source})
        computed.append(criterion.source)
        if criterion.source == "wishes" and not cooperation:
            yield Misfit(source, "missing_field", {"name": Phrase("cooperation_file")})


def _rating_misfits(file: Areas, assessed: list[str]) -> Iterator[Misfit]:
    rated = [rating.topic for rating in file.ratings]
    yield from repeated(("ratings",), Phrase("topic"), rated)
    for index, rating in enumerate(file.ratings):
        yield from _unknown_topics(("ratings", index, "topic"), [rating.topic], assessed)
        for criterion in rating.scores:
            if criterion not in file.rated:
                values = {"name": criterion, "hint": hint(criterion, file.rated)}
                values["valid"] = name_list([*Rating.model_fields, *file.rated])
                yield Misfit(("ratings", index, criterion), "unknown_field", values)
        for criterion in file.rated:
            if criterion not in rating.scores:
                yield Misfit(("ratings", index), "missing_field", {"name": criterion})
    if not file.rated:
        return
    for topic in assessed:
        if topic not in rated:
            yield Misfit(
                ("ratings",), "missing_field", {"name": Phrase("rating_of", {"topic": topic})}
            )
    if file.ratings_statement is None:
        yield Misfit(("ratings",), "missing_field", {"name": "ratings_statement"})


def _published_misfits(published: Published, assessed: list[str]) -> Iterator[Misfit]:
    if not published.topics:
        yield Misfit(("published",), "missing_field", {"name": "published.others"})
    parts = (("foundation", published.foundation), ("others", published.others))
    for part, topics in parts:
        yield from _unknown_topics(("published", part), topics, assessed)
        yield from repeated(("published", part), Phrase("topic"), topics)
    for index, topic in enumerate(published.others):
        if topic in published.foundation:
            values = {"name": Phrase("topic"), "value": topic}
            yield Misfit(("published", "others", index), "repeated", values)


def _unknown_topics(
    at: tuple[str | int, ...], topics: list[str], valid: list[str]
) -> Iterator[Misfit]:
    for index, topic in enumerate(topics):
        if topic not in valid:
            yield dangling((*at, index), "topic", topic, valid)
