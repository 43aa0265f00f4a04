"""Tables keep their columns, types and keys, in memory and in files."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pandera.errors import SchemaErrors

from misbrug_analysis.model.tables import (
    COLUMNS,
    TableName,
    checked,
    empty,
    read_table,
    write_table,
)

# Intake leaves one kind of line break in a text, and lets no null character in.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))
shares = st.none() | st.floats(0, 1)


def form_answers(rows: list[tuple[str, float | None, float | None]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "study": "s",
            "unit": [unit for unit, _, _ in rows],
            "form": [str(place) for place in range(len(rows))],
            "indicator": "t.1",
            "answer": "yes",
            "rule": "agreed",
            "share": [share for _, share, _ in rows],
            "threshold": [threshold for _, _, threshold in rows],
            "peers": 0,
        }
    )


@hypothesis_settings(max_examples=50, deadline=None)
@given(rows=st.lists(st.tuples(texts, shares, shares), max_size=4))
def test_what_is_written_is_read_back_exactly(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, float | None, float | None]],
) -> None:
    table = checked("form_answers", form_answers(rows)) if rows else empty("form_answers")
    path = tmp_path_factory.mktemp("tables") / "form_answers.csv"
    write_table(table, path)
    assert_frame_equal(read_table("form_answers", path), table, check_exact=True)


@pytest.mark.parametrize(
    "text", ["NA", "null", "None", "", "1e5", "007", "True", "nan", '"', "a,b"]
)
def test_texts_that_look_like_something_else_stay_texts(tmp_path: Path, text: str) -> None:
    table = checked("form_answers", form_answers([(text, 0.1, None)]))
    write_table(table, tmp_path / "t.csv")
    assert read_table("form_answers", tmp_path / "t.csv")["unit"].tolist() == [text]


def test_files_are_the_same_everywhere(tmp_path: Path) -> None:
    write_table(checked("form_answers", form_answers([("Øst", 1 / 3, None)])), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == (
        "study,unit,form,indicator,answer,rule,share,threshold,peers\n"
        "s,Øst,0,t.1,yes,agreed,0.3333333333333333,,0\n"
    ).encode()


@pytest.mark.parametrize("name", get_args(TableName))
def test_an_empty_table_is_a_table(name: TableName, tmp_path: Path) -> None:
    table = checked(name, empty(name))
    assert list(table.columns) == list(COLUMNS[name])
    write_table(table, tmp_path / "t.csv")
    assert_frame_equal(read_table(name, tmp_path / "t.csv"), table)


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": "maybe"},
        {"rule": "guessed"},
        {"share": 1.5},
        {"share": -0.1},
        {"peers": -1},
        {"form": "the same"},
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
