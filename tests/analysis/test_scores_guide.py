"""docs/scores.md: the code gives the numbers that the page says, for every example on it."""

from __future__ import annotations

import io
import re
from typing import Any

import pandas as pd
import pytest
import yaml

from misbrug_analysis.analysis.totals import shown, totals
from misbrug_analysis.model.answer_words import BLANK
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.settings import ComparedBy, Rules
from misbrug_analysis.model.totals import TOTAL, Totals
from tests.analysis.scored import answers_of, pointed
from tests.projects import ROOT
from tests.small import CASES

GUIDE = (ROOT / "docs" / "scores.md").read_text("utf-8")
BLOCKS: list[tuple[str, str]] = re.findall(r"^```(yaml|csv)\n(.*?)^```$", GUIDE, re.M | re.S)
(_, INSTRUMENT), (_, ANSWERS), *EXAMPLES, (_, COMPARED) = BLOCKS
PAIRS = [
    (settings, said) for (_, settings), (_, said) in zip(EXAMPLES[::2], EXAMPLES[1::2], strict=True)
]
SENT = pd.read_csv(io.StringIO(ANSWERS), dtype="str", keep_default_na=False)


def instrument_with(changes: dict[str, Any], rules: Rules) -> Instrument:
    """The instrument of the page, with the topics and items of an example in place of its own."""
    told = yaml.safe_load(INSTRUMENT)
    for part in ("topics", "items"):
        own = {one["id"]: one for one in changes.get(part, [])}
        told[part] = [own.get(one["id"], one) for one in told[part]]
    small = load_instrument(CASES, "instrument").model_dump(by_alias=True)
    return Instrument.model_validate(small | told).with_missing(rules.codes)


def totals_by(settings: str) -> tuple[pd.DataFrame, Totals]:
    """The totals of the page's answers by the settings of an example."""
    told = yaml.safe_load(settings)
    rules, how = Rules.model_validate(told["rules"]), Totals.model_validate(told["totals"])
    asked = instrument_with(told, rules)
    counted = {code for code in asked.standings if asked.standings[code] != "unanswered"}
    sent = {str(row.pop("unit")): row for row in SENT.drop(columns="region").to_dict("records")}
    said = {
        unit: {item: code for item, word in row.items() if (code := word or BLANK) in counted}
        if any(row.values())
        else {}
        for unit, row in sent.items()
    }
    points = pointed(answers_of(said), said, asked, rules)
    return totals(points, SENT[["unit", "region"]], ["region"], asked, how), how


@pytest.mark.parametrize(("settings", "said"), PAIRS)
def test_the_numbers_of_an_example_are_those_of_its_settings(settings: str, said: str) -> None:
    table, how = totals_by(settings)
    percent = shown(table, how.model_copy(update={"shown": "percent"}))
    found = table.assign(percent=percent).set_index(["level", "group", "item"])
    for row in pd.read_csv(io.StringIO(said), dtype={"item": "str"}).to_dict("records"):
        level, group = ("unit", row["unit"]) if "unit" in row else ("region", row["group"])
        numbers = found.loc[(level, group, row.get("item", TOTAL))]
        for column in row.keys() - {"unit", "group", "item"}:
            assert numbers[column] == pytest.approx(row[column], abs=1e-6, nan_ok=True), column


def test_every_setting_is_told_with_its_default_first() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)`", GUIDE, re.M)
    defaults = {name: str(value) for name, value in Totals().model_dump().items()}
    assert dict(rows) == defaults


def test_every_section_with_numbers_is_tried() -> None:
    parts = GUIDE.split("\n## ")
    numbered = [part for part in parts if "```csv" in part and not part.startswith("The example")]
    assert sum(part.count("```csv") for part in numbered) == len(PAIRS) > 10
    assert [kind for kind, _ in EXAMPLES] == ["yaml", "csv"] * len(PAIRS)


def test_what_is_linked_on_the_page_is_there() -> None:
    heads = re.findall(r"^## (.+)$", GUIDE, re.M)
    anchors = {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= anchors


def test_the_attribute_to_compare_by_can_be_written_so() -> None:
    (told,) = yaml.safe_load(COMPARED)["compare_by"]
    assert list(ComparedBy.model_validate(told).values) == ["small", "large"]
