"""An export that is about others, or about something else: refused as a whole.

A fault for each of its responses would help nobody, and somebody can send very many of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

import numpy as np
import pandas as pd

from misbrug_analysis.intake.cleaning import excerpt
from misbrug_analysis.intake.exports.exported import Exported, UnreadableExport
from misbrug_analysis.intake.exports.heads import Heads
from misbrug_analysis.intake.exports.understanding import Texts, mapped
from misbrug_analysis.intake.superseding import MOST
from misbrug_analysis.model.errors import name_list
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.mapping import MappedExport

MOST_FAULTS: Final = 1_000
"""So many responses that cannot be used, or questions that nobody asks, are told one by one."""

_SHOWN: Final = 5


def refuse_strangers(
    exported: Exported, export: MappedExport, heads: Heads, instrument: Instrument
) -> None:
    """Raise UnreadableExport where too many units, forms or questions are unknown.

    The same holds where too many responses are one unit's.
    """
    source, given = exported.files[0], exported.given
    asked = {item.id for item in instrument.items}
    strange = [name for name in given["item"].unique() if name not in asked]
    if len(strange) > MOST_FAULTS:
        told = _told(export.item, strange) | {"instrument": instrument.id}
        raise UnreadableExport(source, "items_unknown", **told)
    said = np.bincount(given["response"].to_numpy(dtype="int64"), minlength=1)
    answered = exported.responses.iloc[np.flatnonzero(said)]
    units, forms = answered["unit"], answered["form"]
    meant = mapped(units, heads.unit_meant)
    if (meant == "").sum() > MOST_FAULTS:
        raise UnreadableExport(source, "units_unknown", **_told(export.unit, units[meant == ""]))
    forms_meant = mapped(forms, heads.form_meant)
    if (forms != "").any() and (forms_meant == "").sum() > MOST_FAULTS:
        told = _told(export.form, forms[forms_meant == ""])
        raise UnreadableExport(source, "forms_unknown", **told)
    several = instrument.respondents is not None
    often = _often(meant, forms_meant)
    if len(often) and not several:
        raise UnreadableExport(source, "responses_repeated", **_told(export.unit, units[often]))


def _often(units: Texts, forms: Texts) -> np.ndarray:
    """The responses that are of one unit and form with too many others; none if they are few."""
    both = pd.DataFrame({"unit": units, "form": forms})
    alike = both.groupby(["unit", "form"])["unit"].transform("size")
    often = np.flatnonzero(alike.to_numpy() > MOST)
    return often if len(often) > MOST_FAULTS else often[:0]


def _told(column: str | None, names: Iterable[str]) -> dict[str, object]:
    different = islice(dict.fromkeys(names), _SHOWN)
    shown = name_list(excerpt(name) or "–" for name in different)
    return {"column": excerpt(column or "–"), "names": shown, "limit": MOST_FAULTS}
