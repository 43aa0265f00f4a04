"""The five tables that a run makes (``model.tables``), described for those who use them."""

from __future__ import annotations

from collections.abc import Iterator

from misbrug_analysis.intake.ledger import REASONS
from misbrug_analysis.model.tables import FATES, Results
from misbrug_analysis.presentation.datasets.description import Dataset, Field
from misbrug_analysis.presentation.datasets.naming import Naming

ITEMS, UNITS = ("items", "item"), ("units", "unit")


def scores(naming: Naming, results: Results) -> Dataset:
    """Counts, shares and bounds of every item for every unit and group."""
    frame, make = results.scores, naming.field
    groups = naming.units | naming.all_groups
    counts = [
        make(name, "integer", f"count_{name}", measure="units")
        for name in ("yes", "partly", "no", "unanswered", "absent", "n")
    ]
    fields = [
        _study(naming),
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=groups, closed=False),
        make("item", "code", "scored", codes=naming.scored),
        *counts,
        make("share", "share", optional=True),
        make("degree", "share", optional=True),
        make("low", "share", optional=True),
        make("high", "share", optional=True),
    ]
    return naming.table(
        "scores",
        fields,
        ("level", "group", "item"),
        frame,
        not_applicable={"degree": frame["item"].isin(naming.indicators).tolist()},
        shown={"group": naming.grouped(frame["level"], frame["group"])},
    )


def consolidated(naming: Naming, results: Results) -> Dataset:
    """One answer per unit and indicator, with the rule that settled it."""
    frame, make = results.consolidated, naming.field
    fields = [
        _study(naming),
        _unit(naming),
        _indicator(naming),
        make("answer", "code", "joint_answer", codes=naming.answers),
        make("rule", "code", codes=naming.rules),
        make("inputs", optional=True),
    ]
    absent = (frame["answer"] == "absent").tolist()
    key = ("unit", "indicator")
    return naming.table("consolidated", fields, key, frame, not_applicable={"inputs": absent})


def form_answers(naming: Naming, results: Results) -> Dataset:
    """What each form says to each indicator after the rule on partly answers."""
    frame, make = results.form_answers, naming.field
    fields = [
        _study(naming),
        _unit(naming),
        _form(naming),
        _indicator(naming),
        make("answer", "code", "form_answer", codes=naming.answers),
        make("rule", "code", codes=naming.rules),
        make("share", "share", "own_share", optional=True),
        make("threshold", "share", optional=True),
        make("peers", "integer", measure="forms"),
    ]
    settled = (frame["rule"] != "partly_undecided").tolist()
    return naming.table(
        "form_answers",
        fields,
        ("unit", "form", "indicator"),
        frame,
        not_applicable={"share": settled, "threshold": settled},
    )


def answers(naming: Naming, results: Results) -> Dataset:
    """Every answer as it came in, one a row."""
    frame, make = results.answers, naming.field
    fields = [
        _study(naming),
        _unit(naming),
        _form(naming),
        make("respondent"),
        make("item", "code", codes=naming.items_and_remarks),
        make("value"),
        make("raw", optional=True),
        make("source"),
        make("locator"),
    ]
    items = {item.id: item for item in naming.study.instrument.items}
    words = {name: naming.answers | naming.options(item) for name, item in items.items()}
    pairs = zip(frame["item"], frame["value"], strict=True)
    shown = ["; ".join(_in_words(value, words.get(item, {}))) for item, value in pairs]
    key = ("unit", "form", "respondent", "item")
    own = naming.study.settings.provenance.own_words
    note = own.remarks if own else None
    return naming.table("answers", fields, key, frame, note, shown={"value": shown})


def ledger(naming: Naming, results: Results) -> Dataset:
    """Every cell of every form, with what happened to it."""
    make = naming.field
    fates = {fate: naming.language.text(f"ledger.{fate}") for fate in FATES}
    reasons = {reason: naming.text(f"reason.{reason}") for reason in REASONS}
    fields = [
        make("source"),
        make("locator"),
        make("raw", key="cell", optional=True),
        make("fate", "code", codes=fates),
        make("reason", "code", codes=reasons, closed=False),
    ]
    return naming.table("ledger", fields, ("source", "locator"), results.ledger)


def _study(naming: Naming) -> Field:
    return naming.field("study", readers=False)


def _unit(naming: Naming) -> Field:
    return naming.field("unit", "code", codes=naming.units, points_to=UNITS)


def _form(naming: Naming) -> Field:
    return naming.field("form", "code", codes=naming.forms)


def _indicator(naming: Naming) -> Field:
    return naming.field("indicator", "code", codes=naming.indicators, points_to=ITEMS)


def _in_words(value: str, words: dict[str, str]) -> Iterator[str]:
    """The answer, or each of several chosen ones, in words; a text of one's own stays as it is."""
    chosen = value.split("; ") if words else [value]
    known = all(part in words for part in chosen)
    yield from (words[part] for part in chosen) if known else [value]
