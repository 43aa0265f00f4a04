"""Who and what a row of evidence names, and what not: other cells, its own forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.evidence import evidence_pages
from misbrug_analysis.presentation.language import Language
from tests.presentation.evidence_rows import Rows
from tests.small import cell, form_rows, load, make_project, write_csv, write_form

PARTLY = {"t.1": "delvis", "t.s1": "ja"}
HALF = {"t.1": "ja", "t.s1": "ja", "t.s2": "nej"}
WHOLE = {"t.1": "ja", "t.s1": "ja"}

Sent = Mapping[str, Mapping[str, str]]
"""The answers of each form: ``a`` or ``a.alcohol``, a unit and a form."""


def send(folder: Path, sent: Sent, end: str = "csv") -> None:
    for name, answers in sent.items():
        unit, _, form = name.partition(".")
        rows = form_rows(unit, answers, form=form or "joint")
        write_form(folder / "forms" / f"{name}.{end}", rows)


def rows_of(folder: Path, page: str = "method-t.html") -> Rows:
    study = load(folder)
    return Rows(evidence_pages(study, settle(study), Language.load("da"))[page])


def told(root: Path, sent: Sent, unit: str = "a") -> list[str]:
    """What a unit's answer to t.1 rests on, line by line."""
    folder = make_project(root, {name.partition(".")[0]: "north" for name in sent})
    send(folder, sent)
    return rows_of(folder).cells(f"answer-t-1-{unit}")[2]


def test_a_unit_is_not_measured_against_its_own_other_form(tmp_path: Path) -> None:
    lines = told(tmp_path, {"a.alcohol": HALF, "a.drugs": PARTLY, "b": WHOLE, "c": WHOLE})
    (measured,) = [line for line in lines if "Grænsen" in line]
    assert measured.endswith("Grænsen er 100 %: medianen hos B og C.")


def test_what_only_a_units_own_partly_could_be_measured_by_is_not_told(tmp_path: Path) -> None:
    sent = {"a.alcohol": HALF, "a.drugs": PARTLY, "b": WHOLE, "c": WHOLE}
    measure = "Andres delvise svar er målt mod dette"
    assert measure not in "".join(told(tmp_path / "a", sent))
    assert measure in "".join(told(tmp_path / "b", sent, "b"))
    assert measure in "".join(told(tmp_path / "d", sent | {"d": PARTLY}))


@pytest.mark.parametrize(
    ("peers", "named"),
    [
        (6, "medianen hos B1, B2, B3, B4, B5 og B6."),
        (7, "medianen hos de 7 andre skemaer, der er nævnt over tabellen."),
    ],
)
def test_up_to_six_peers_are_named_in_the_row(tmp_path: Path, peers: int, named: str) -> None:
    others = {f"b{number}": WHOLE for number in range(1, peers + 1)}
    assert told(tmp_path, {"a": PARTLY, **others})[1].endswith(named)


def test_several_forms_that_agree_are_all_told(tmp_path: Path) -> None:
    lines = told(tmp_path, {"a.alcohol": {"t.1": "ja"}, "a.drugs": {"t.1": "ja"}})
    assert lines[:2] == ["Svaret som givet", "Alkohol: ja · Stoffer: ja"]


def test_each_form_of_a_peer_has_its_own_cells(tmp_path: Path) -> None:
    lines = told(tmp_path, {"a": PARTLY, "c.alcohol": HALF, "c.drugs": WHOLE}, "c")
    assert lines[-2:] == [
        "Andres delvise svar er målt mod dette: 50 % (c.alcohol.csv: "
        "t.s1 i række 11, kolonne 3 »ja«; t.s2 i række 12, kolonne 3 »nej«)",
        "Andres delvise svar er målt mod dette: 100 % (c.drugs.csv: "
        "t.s1 i række 11, kolonne 3 »ja«)",
    ]


def test_a_group_that_nobody_is_in_has_no_row(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north"})
    send(folder, {"a": WHOLE})
    rows = [row for row in rows_of(folder).found if row.startswith("count-t-1-")]
    assert rows == ["count-t-1-all", "count-t-1-north"]


def test_a_row_tells_what_was_decided_of_its_own_cells_alone(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    send(folder, {"a": {"t.1": "måske", "t.2": "ja"}, "b": {"t.1": "både og"}}, "xlsx")
    decisions = [
        ["source", "locator", "found", "reads_as", "reason", "decided_by", "date"],
        ["forms/a.xlsx", cell("t.1"), "måske", "nej", "Vi spurgte A", "Ole", "2024-05-02"],
        ["forms/b.xlsx", cell("t.1"), "både og", "ja", "Vi spurgte B", "Ida", "2024-05-02"],
    ]
    write_csv(folder / "decisions.csv", decisions, separator=",", encoding="utf-8")
    found = rows_of(folder)
    reasons = ("Vi spurgte A", "Vi spurgte B")
    said = {row: "".join(found.cells(row)[2]) for row in ("answer-t-1-a", "answer-t-1-b")}
    assert [reason in said["answer-t-1-a"] for reason in reasons] == [True, False]
    assert [reason in said["answer-t-1-b"] for reason in reasons] == [False, True]
    assert not any(reason in "".join(found.cells("answer-t-2-a")[2]) for reason in reasons)


def test_an_answer_of_another_topic_leads_to_that_topics_page(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    path = tmp_path / "data" / "instruments" / "small.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("id: t.s1, topic: t,", "id: t.s1, topic: later,"), "utf-8")
    send(folder, {"a": {**PARTLY, "t.s2": "nej"}})
    assert rows_of(folder).links["answer-t-1-a"] == [
        "method-later.html#answer-t-s1-a",
        "#answer-t-s2-a",
    ]
    assert "answer-t-s1-a" in rows_of(folder, "method-later.html").ids


def test_a_code_is_told_with_what_it_was_read_as(tmp_path: Path) -> None:
    folder = make_project(tmp_path)
    answers = [["Sted", "Q1", "Q2"], ["A", "Y", "nej"]]
    write_csv(folder / "forms" / "svar.csv", answers)
    mapping = """\
exports:
  - file: forms/svar.csv
    layout: wide
    unit: Sted
    form_is: joint
    items: {t.1: Q1, t.2: Q2}
    codes: {Y: ja}
"""
    (folder / "mapping.yaml").write_text(mapping, "utf-8")
    found = rows_of(folder)
    assert found.cells("answer-t-1-a")[2][-1].endswith("række 2, kolonne 2 »Y«, læst som »ja«")
    assert found.cells("answer-t-2-a")[2][-1].endswith("række 2, kolonne 3 »nej«")
