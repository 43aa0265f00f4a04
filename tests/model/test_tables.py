"""Tables keep their columns, types and keys; results read theirs when they are asked for."""

from __future__ import annotations

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from misbrug_analysis.model.tables import COLUMNS, Results, checked, empty, schema
from tests.model.rows import form_answers


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "maybe"},
        {"rule": "guessed"},
        {"share": 1.5},
        {"share": -0.1},
        {"peers": -1},
        {"form": "the same"},
        {"unit": None},
        {"answer": None},
    ],
)
def test_what_breaks_the_contract_does_not_pass(changes: dict[str, object]) -> None:
    table = form_answers([("a", 0.5, None), ("a", 0.5, None)])
    assert len(checked("form_answers", table)) == 2
    with pytest.raises(SchemaErrors):
        checked("form_answers", table.assign(**changes))  # type: ignore[arg-type]


def test_a_missing_column_does_not_pass() -> None:
    with pytest.raises(KeyError):
        checked("form_answers", form_answers([("a", 0.5, None)]).drop(columns="rule"))


def test_what_passes_is_what_the_schema_lets_pass() -> None:
    table = checked("form_answers", form_answers([("a", 0.0, 1.0), ("b", None, 0.5)]))
    pd.testing.assert_frame_equal(schema("form_answers").validate(table, lazy=True), table)


def test_a_table_is_read_once_and_when_it_is_asked_for() -> None:
    asked: list[str] = []

    def ledger() -> pd.DataFrame:
        asked.append("ledger")
        return empty("ledger")

    def never() -> pd.DataFrame:
        raise AssertionError("nobody asks for the answers")

    others = [empty("form_answers"), empty("consolidated"), empty("scores")]
    results = Results(never, ledger, *others)
    assert results.scores is others[2]
    assert asked == []
    assert results.ledger is results.ledger
    assert asked == ["ledger"]
    assert list(results.with_tables(answers=empty("answers")).whole().answers) == [
        *COLUMNS["answers"]
    ]
