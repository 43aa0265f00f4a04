"""The tables of the library as files: CSV that is equal to the byte wherever it is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from misbrug_analysis.model.tables import COLUMNS, TableName


def write_table(frame: pd.DataFrame, path: Path | BinaryIO) -> None:
    """Write a table as CSV: UTF-8, comma, line feeds, numbers in full."""
    if not frame.dtypes.map(str).isin(_PLAIN).all():
        frame.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    elif isinstance(path, Path):
        with path.open("wb") as file:
            _write_plain(frame, file)
    else:
        _write_plain(frame, path)


_PLAIN = ("str", "float64", "int64")
_ROWS_AT_ONCE = 100_000


def _write_plain(frame: pd.DataFrame, file: BinaryIO) -> None:
    """The same as pandas writes of texts and numbers, in a third of the time.

    Rows in which nothing is to be quoted, as most are, are put together as they are.
    """
    file.write(_quoted([frame.columns]))
    for start in range(0, len(frame), _ROWS_AT_ONCE):
        rows = frame.iloc[start : start + _ROWS_AT_ONCE]
        columns = [_as_texts(rows[name]) for name in rows]
        text = "\n".join([*map(",".join, zip(*columns, strict=True)), ""])
        if _is_plain(text, *rows.shape):
            file.write(text.encode())
        else:
            file.write(_quoted(zip(*columns, strict=True)))


def _is_plain(text: str, rows: int, columns: int) -> bool:
    """Whether cells that were put together hold no sign for which one is put in quotes."""
    return (
        columns > 1  # an empty cell alone in its row is quoted, too
        and text.count(",") == rows * (columns - 1)
        and text.count("\n") == rows
        and '"' not in text
        and "\r" not in text
    )


def _quoted(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of a file, with quotes where they are needed."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue().encode()


def _as_texts(column: pd.Series) -> list[str]:
    """What each cell is in a file; a number that comes again is spelt once."""
    if column.dtype == "str":
        return list((column.fillna("") if column.hasnans else column).tolist())
    # Of equal numbers two can be spelt otherwise: 0.0 and -0.0.
    codes, first = pd.factorize(column.to_numpy().view("int64"))
    spelt = [repr(number) for number in first.view(column.dtype.name).tolist()]
    texts = np.array(["" if text == "nan" else text for text in spelt], dtype=object)
    return list(texts[codes].tolist())


def read_table(name: TableName, path: Path | BinaryIO) -> pd.DataFrame:
    """Read a table that ``write_table`` wrote; empty text cells stay empty texts."""
    kinds = COLUMNS[name]
    missing = {column: [""] for column, kind in kinds.items() if kind == "float64"}
    frame = pd.read_csv(
        path,
        dtype=kinds,
        encoding="utf-8",
        na_values=missing,
        keep_default_na=False,
    )
    return frame[list(kinds)]
