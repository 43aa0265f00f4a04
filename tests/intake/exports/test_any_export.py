"""Whatever an export holds, it is read with every cell in its place, or refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from misbrug_analysis.intake.exports.exported import Exported, UnreadableExport
from misbrug_analysis.intake.exports.layouts import read_export
from misbrug_analysis.intake.exports.recognising import recognised
from misbrug_analysis.model.mapping import MappedExport
from misbrug_analysis.model.study import Study
from tests.small import load

TIED: dict[str, object] = {
    "unit": "Kommune",
    "form": "Skema",
    "items": {"t.1": "q1", "t.d2": "q2"},
    "remarks": {"t.1": "q3"},
    "codes": {"1": "ja", "Y": "ja"},
}
MAPPINGS: list[dict[str, object]] = [
    {"layout": "wide", **TIED},
    {"layout": "surveyxact", "labels": "forms/labels.csv", "structure": "forms/s.csv", **TIED},
    {"layout": "long", "unit": "Kommune", "form": "Skema", "item": "q1", "answer": "q2"},
]
WORDS = ["Kommune", "Skema", "q1", "q2", "q3", "q3", "stato_1", "t.1", "1", "ja", "A", "x y", ""]
CELLS = st.sampled_from(WORDS) | st.text('aæ;,"\n\t 1\u200b', max_size=4)
TABLES = st.lists(st.lists(CELLS, max_size=8), max_size=6)
HEADED = TABLES.map(lambda rows: [["Kommune", "Skema", "q1", "q2", "q3"], *rows])
TEXTS = (TABLES | HEADED).map(lambda rows: "\n".join(";".join(row) for row in rows).encode())
CONTENTS = TEXTS | st.binary(max_size=200)

anything = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80
)


@pytest.fixture
def study(folder: Path) -> Study:
    return load(folder)


def check(exported: Exported) -> None:
    """Each cell stands once, and what is given stands in a cell of its response."""
    cells = exported.cells
    assert not cells.duplicated(["source", "locator"]).any()
    assert (cells["text"] != "").all()
    answers = cells[cells["role"].isin(["answer", "remark"])]
    places = dict(zip(answers["locator"], answers["response"], strict=True))
    given = dict(zip(exported.given["locator"], exported.given["response"], strict=True))
    assert given == places
    assert set(cells["response"]) <= {-1, *range(len(exported.responses))}


@anything
@given(content=CONTENTS, labels=CONTENTS, structure=CONTENTS, mapping=st.sampled_from(MAPPINGS))
def test_an_export_is_read_or_refused(
    study: Study, content: bytes, labels: bytes, structure: bytes, mapping: dict[str, object]
) -> None:
    forms = study.folder / "forms"
    for name, part in (("x.csv", content), ("labels.csv", labels), ("s.csv", structure)):
        (forms / name).write_bytes(part)
    export = MappedExport(file="forms/x.csv", **mapping)  # type: ignore[arg-type]
    with suppress(UnreadableExport):
        check(read_export(export, study))


@anything
@given(content=CONTENTS, name=st.sampled_from(["x.csv", "x.txt", "x.xlsx"]))
def test_what_is_recognised_can_be_read(study: Study, content: bytes, name: str) -> None:
    path = study.folder / "forms" / name
    path.write_bytes(content)
    mapping = recognised(path, f"forms/{name}", study)
    if mapping is not None:
        check(read_export(mapping, study))
