"""The national estimates: those that the need rests on, and those that are only mentioned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from misbrug_analysis.model.need import Measure, Need
from misbrug_analysis.model.reference import Ages, Confidence, Estimate
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import Naming

CONFIDENCES: tuple[Confidence, ...] = (
    "official",
    "official_secondary",
    "abstract",
    "association",
    "news",
    "secondary",
)


def estimates(naming: Naming) -> Dataset | None:
    """The national estimates that the need rests on."""
    need, make = naming.study.need, naming.field
    if need is None:
        return None
    rows = [
        {
            "measure": measure.id,
            "domain": measure.domain,
            "definition": naming.say(measure.definition),
            "ages": measure.ages,
            **national(naming, need.estimate_of(measure)),
        }
        for measure in need.file.measures
    ]
    domains = {domain.id: naming.say(domain.label) for domain in need.file.domains}
    fields = [
        make("measure", "code", codes=measures(naming, need)),
        make("domain", "code", codes=domains),
        make("definition"),
        make("ages", "code", codes=_ages(naming, need)),
        *_of_estimate(naming),
    ]
    return naming.table("estimates", fields, ("measure",), _whole(rows), **cited(naming, rows))


def other_estimates(naming: Naming) -> Dataset | None:
    """National estimates that are mentioned and not used."""
    need, make = naming.study.need, naming.field
    if need is None or not need.file.others:
        return None
    rows = [
        {
            "estimate": other.estimate,
            "label": naming.say(other.label),
            **national(naming, need.estimate_of(other)),
            "note": naming.say(other.note),
        }
        for other in need.file.others
    ]
    fields = [
        make("estimate", key="estimate_id", readers=False),
        make("label", key="estimate_label"),
        *_of_estimate(naming),
        make("note", key="estimate_note"),
    ]
    frame, more = _whole(rows), cited(naming, rows)
    return naming.table("other_estimates", fields, ("estimate",), frame, **more)


def cited(naming: Naming, rows: Sequence[Mapping[str, object]]) -> dict[str, Any]:
    """Whose estimates these are, each source once, and on which terms."""
    assert naming.study.need is not None
    terms = naming.study.need.file.estimates_terms
    found = {str(row["url"]): (str(row["source"]), str(row["url"])) for row in rows}
    return {
        "of_answers": False,
        "sources": list(found.values()),
        "licence": None,
        "terms": [naming.say(terms)] if terms else [],
    }


def measures(naming: Naming, need: Need) -> dict[str, str]:
    return {measure.id: naming.say(measure.short) for measure in need.file.measures}


def _ages(naming: Naming, need: Need) -> dict[str, str]:
    """The ages that measures are spread over, in words."""
    return {measure.ages: _in_words(naming, measure) for measure in need.file.measures}


def _in_words(naming: Naming, group: Measure) -> str:
    ages = Ages.read(group.ages)
    key = "need.ages.from" if ages.last is None else "need.ages.between"
    return naming.language.text(key, first=ages.first, last=ages.last)


def _of_estimate(naming: Naming) -> list[Field]:
    """The columns of a national estimate: figures, year, and where it was read."""
    make, language = naming.field, naming.language
    confidences = {code: language.text(f"need.confidence.{code}") for code in CONFIDENCES}
    years = {code: naming.text(f"year_is.{code}") for code in ("reference", "publication")}
    return [
        *(
            make(name, "integer", f"national_{name}", measure="people", optional=True)
            for name in ("value", "low", "high")
        ),
        make("year", "year", optional=True),
        make("year_is", "code", codes=years, optional=True),
        make("source", key="estimate_source"),
        make("url"),
        make("confidence", "code", codes=confidences),
    ]


def national(naming: Naming, estimate: Estimate) -> dict[str, object]:
    translated = estimate.source_en if naming.language.code == "en" else None
    return {
        "value": estimate.estimate,
        "low": estimate.low,
        "high": estimate.high,
        "year": estimate.year,
        "year_is": estimate.year_is or "",
        "source": translated or estimate.source,
        "url": estimate.url,
        "confidence": estimate.confidence,
    }


def _whole(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """The rows as a table whose numbers stay whole beside those that are not there."""
    return pd.DataFrame(rows).astype(dict.fromkeys(("value", "low", "high", "year"), "Int64"))
