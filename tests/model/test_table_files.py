"""Tables come back from their files as they were, and the files are the same everywhere."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from misbrug_analysis.model import table_files
from misbrug_analysis.model.table_files import read_table, write_table
from misbrug_analysis.model.tables import COLUMNS, TableName, checked, empty
from tests.model.rows import form_answers

# Intake leaves one kind of line break in a text, and lets no null character in.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))
shares = st.none() | st.floats(0, 1)


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


def test_files_are_written_as_pandas_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # Rows two by two: some have something to quote, some have not.
    monkeypatch.setattr(table_files, "_ROWS_AT_ONCE", 2)
    said = ["plain", "æ", 'a "word"', "a,b", "two\nlines", None, "", " "]
    shares = [0.0, -0.0, 1 / 3, float("nan"), 1e-300, 0.1, 1.0, float("inf")]
    frame = pd.DataFrame(
        {"a,b": pd.Series(said, dtype="str"), "share": shares, "n": range(8)},
    )
    for one in (frame, frame[["a,b"]], frame[:0], frame.assign(n=[True, False] * 4)):
        stream = io.BytesIO()
        write_table(one, stream)
        assert stream.getvalue().decode() == one.to_csv(index=False, lineterminator="\n")
