"""The ledger of an export as a table: every cell of its files, and every place without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from misbrug_analysis.intake.exports.exported import ASIDE, UNKEPT, Exported
from misbrug_analysis.intake.exports.heads import Heads
from misbrug_analysis.intake.exports.tables import repeated
from misbrug_analysis.intake.exports.understanding import Numbers, Texts, mapped
from misbrug_analysis.intake.forms import Form
from misbrug_analysis.intake.ledger import FileLedger
from misbrug_analysis.intake.personal import Finding
from misbrug_analysis.model.privacy import NOT_KEPT, kinds_in, masked

LEDGER = ("source", "locator", "raw", "fate", "reason", "form")
"""The columns of the table: those of the ledger, and the number of the form, -1 for none."""

_FATES = {
    "heading": ("context", "heading"),
    "codebook": ("context", "codebook"),
    "item": ("context", "item"),
    "unused": ("context", "unused_column"),
    "untied": ("context", "untied_column"),
    "other_row": ("context", "other_row"),
    "unit": ("used", "unit"),
    "form": ("used", "form"),
    "date": ("used", "date"),
    "respondent": ("used", "respondent"),
    "role": ("used", "role"),
    "answer": ("blank", "no_answer"),
    "remark": ("blank", "no_answer"),
}
"""The fate of a cell by its role, until something else is known of it."""


@dataclass(frozen=True)
class Places:
    """Which cell of the export each cell that answers something is, and whose form it is.

    ``form_of`` is the number of the form that a response became, -1 where it was none;
    ``withdrawn`` says of which ones that is because whoever answered dropped out.
    """

    cell: Numbers
    form_of: Numbers
    withdrawn: np.ndarray


def cells_of_given(exported: Exported) -> Numbers:
    """The number in ``cells`` of each row of ``given``."""
    cells, given = exported.cells, exported.given
    answers = (cells["source"] == exported.files[0]) & cells["role"].isin(["answer", "remark"])
    numbers: Numbers = np.flatnonzero(answers.to_numpy())
    places = cells["locator"].to_numpy(dtype=object)[numbers]
    wanted = given["locator"].to_numpy(dtype=object)
    if len(places) == len(wanted) and (places == wanted).all():
        return numbers
    found = pd.Index(places).get_indexer(pd.Index(wanted))
    if (found < 0).any():
        raise ValueError("what is given stands in a cell of the export")
    of_given: Numbers = numbers[found]
    return of_given


def ledger_table(
    exported: Exported, heads: Heads, places: Places, fate: Texts, reason: Texts
) -> pd.DataFrame:
    """Every cell with its fate; ``fate`` and ``reason`` are those of what is given."""
    cells = exported.cells
    role = cells["role"]
    response = cells["response"].to_numpy(dtype="int64")
    form = np.where(response >= 0, np.append(places.form_of, -1)[response], -1)
    fates = mapped(role, lambda name: _FATES[name][0])
    reasons = mapped(role, lambda name: _FATES[name][1])
    for name in ("unit", "form", "role"):
        named = (role == name).to_numpy()
        reasons[named] = mapped(cells.loc[named, "text"], lambda text: heads.reason(name, text))  # noqa: B023
    dates = np.flatnonzero(role == "date")
    faults = mapped(cells["text"].iloc[dates], heads.date_fault)
    wrong = faults != ""
    fates[dates[wrong]], reasons[dates[wrong]] = "rejected", faults[wrong]
    fates[places.cell], reasons[places.cell] = fate, reason
    kept = ~role.isin(UNKEPT).to_numpy()
    not_sent = (response >= 0) & (form < 0) & ~role.isin(ASIDE).to_numpy()
    fates[not_sent], reasons[not_sent] = "context", "not_begun"
    reasons[not_sent & np.append(places.withdrawn, False)[response]] = "withdrawn"
    raw = repeated(NOT_KEPT, len(cells))
    raw[kept] = mapped(cells.loc[kept, "text"], masked)
    table = {
        "source": cells["source"].to_numpy(dtype=object),
        "locator": cells["locator"].to_numpy(dtype=object),
        "raw": raw,
        "fate": fates,
        "reason": reasons,
        "form": form,
    }
    return pd.DataFrame(table)


def blank_places(
    exported: Exported, forms: list[Form], asked: list[str], said: Numbers
) -> pd.DataFrame:
    """A row for every answer that a form has no cell for.

    ``asked`` are the items in their order; ``said`` has a row a form and a column an item, and is
    true where there is a cell.
    """
    rows = exported.responses.set_index("at")["row"]
    numbers = [str(rows[form.at]) for form in forms]
    locators: list[str] = []
    reasons: list[str] = []
    lacking = np.argwhere(~said.astype(bool))
    for form, place in lacking.tolist():
        item = asked[place]
        around = exported.places.get(item)
        if around is None:
            locators.append(f"{forms[form].at} question {item}")
        else:
            locators.append(f"{around[0]}{numbers[form]}{around[1]}")
        reasons.append("no_row" if around is None else "no_answer")
    table = {
        "source": exported.files[0],
        "locator": locators,
        "raw": "",
        "fate": "blank",
        "reason": reasons,
        "form": lacking[:, 0],
    }
    return pd.DataFrame(table, columns=list(LEDGER))


def blanks_of(exported: Exported, forms: list[Form], items: list[str]) -> Iterator[dict[str, str]]:
    """The places of each form's answers that are empty, by item, once it is known which are not.

    ``items`` are those in question; what the file asks nobody is not among them.
    """
    asked = {*exported.places, *exported.given["item"].unique()}
    rows = exported.responses.set_index("at")["row"]
    for form in forms:
        lacking = asked - form.answered - form.left
        around = {item: exported.places.get(item) for item in items if item in lacking}
        row = rows[form.at]
        yield {
            item: f"{cell[0]}{row}{cell[1]}" if cell else f"{form.at} question {item}"
            for item, cell in around.items()
        }


def findings_in_export(exported: Exported) -> Iterator[tuple[int, Finding]]:
    """The personal data in the cells that are kept, each with the number of its response."""
    kept = np.flatnonzero(~exported.cells["role"].isin(UNKEPT).to_numpy())
    codes, texts = pd.factorize(exported.cells["text"].iloc[kept])
    kinds = [kinds_in(text) for text in texts]
    found = np.array([len(one) > 0 for one in kinds], dtype=bool)[codes]
    cells = exported.cells[["response", "source", "locator"]].iloc[kept[found]]
    rows = zip(cells.itertuples(index=False, name=None), codes[found], strict=True)
    for (response, source, locator), code in rows:
        yield int(response), Finding(source, locator, kinds[code])


def settled(table: pd.DataFrame, forms: list[Form]) -> pd.DataFrame:
    """The table once it is known which forms count, with what their own ledgers say."""
    table = _set_aside(table, [form.ledger for form in forms])
    told = {row["locator"]: row for form in forms for row in form.ledger.rows()}
    if not told:
        return table
    source = next(form.source for form in forms)
    own = (table["source"] == source) & table["locator"].isin(list(told))
    for name in ("fate", "reason"):
        column = table[name].to_numpy(dtype=object).copy()
        numbers = np.flatnonzero(own.to_numpy())
        column[numbers] = [
            told[at][name] for at in table["locator"].to_numpy(dtype=object)[numbers]
        ]
        table[name] = column
    known = set(table.loc[own, "locator"])
    beside = [row | {"form": -1} for at, row in told.items() if at not in known]
    return pd.concat([table, pd.DataFrame(beside, columns=list(LEDGER))], ignore_index=True)


def _set_aside(table: pd.DataFrame, ledgers: Iterable[FileLedger]) -> pd.DataFrame:
    """The table with the fate of each form that does not count in place of its cells' own."""
    instead = [*(ledger.instead or ((), "", "") for ledger in ledgers), ((), "", "")]
    if not any(fates_of for fates_of, _, _ in instead):
        return table
    numbers = table["form"].to_numpy(dtype="int64")
    fates = table["fate"].to_numpy(dtype=object).copy()
    reasons = table["reason"].to_numpy(dtype=object).copy()
    changed = np.zeros(len(table), dtype=bool)
    for was in ("used", "blank", "rejected"):
        gone = np.array([was in fates_of for fates_of, _, _ in instead])
        changed |= (fates == was) & gone[numbers]
    of_form = numbers[changed]
    fates[changed] = np.array([fate for _, fate, _ in instead], dtype=object)[of_form]
    reasons[changed] = np.array([reason for *_, reason in instead], dtype=object)[of_form]
    return table.assign(fate=fates, reason=reasons)
