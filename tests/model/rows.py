"""Rows of the table ``form_answers``, for tests of tables."""

from __future__ import annotations

import pandas as pd


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
