"""The small study with an instrument whose answers, or questions, are other ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.small import CASES, Plain, make_project

Words = Mapping[str, Mapping[str, Any]]

STARS: Words = {
    "three": {"label": {"en": "●"}, "counts_as": "yes"},
    "two": {"label": {"en": "◐"}, "counts_as": "partly"},
    "none": {"label": {"en": "○"}, "counts_as": "no"},
}
NUMBERS: Words = {
    "full": {"label": {"en": "2"}, "counts_as": "yes"},
    "half": {"label": {"en": "1"}, "counts_as": "partly"},
    "none": {"label": {"en": "0"}, "counts_as": "no"},
}
WORDED: Words = {
    "full": {"label": {"en": "Fully achieved", "el": "Ναι"}, "also": ["да"], "counts_as": "yes"},
    "some": {"label": {"en": "Partly achieved", "el": "Εν μέρει"}, "counts_as": "partly"},
    "none": {"label": {"en": "Not achieved", "el": "Όχι"}, "also": ["нет"], "counts_as": "no"},
}
MISSING: Words = {
    "nr": {"label": {"en": "NR"}, "also": ["n/a", "NA", "..", "…"]},
    "dash": {"label": {"en": "–"}, "also": ["-", "-9"]},
    "dk": {"label": {"en": "DK"}, "counts_as": "no"},
}


def make_any(root: Path, instrument: Mapping[str, Any], **changes: Any) -> Path:
    """The small study with parts of its instrument replaced; returns its folder."""
    folder = make_project(root, **changes)
    known = yaml.safe_load((CASES / "instrument.yaml").read_text(encoding="utf-8"))
    text = yaml.dump({**known, **instrument}, Dumper=Plain, allow_unicode=True, sort_keys=False)
    path = root / "data" / "instruments" / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return folder


def number_item(**limits: Any) -> dict[str, Any]:
    """The items of the small instrument, with one that is answered with a number (``t.n``)."""
    known = yaml.safe_load((CASES / "instrument.yaml").read_text(encoding="utf-8"))["items"]
    asked = {"id": "t.n", "topic": "t", "kind": "descriptive", "type": "number"}
    return {
        "items": [*known, {**asked, "text": {"da": "Hvor mange?", "en": "How many?"}, **limits}]
    }
