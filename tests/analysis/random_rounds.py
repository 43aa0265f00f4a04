"""Random small rounds: what is sent, how it is ruled on, and the tables of both."""

from __future__ import annotations

import pandas as pd
from hypothesis import strategies as st

from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.rulings import RULING_COLUMNS
from misbrug_analysis.model.tables import COLUMNS
from tests.analysis.by_hand import SERVES, Rulings, Sent
from tests.small import CASES

INSTRUMENT = load_instrument(CASES, "instrument")
UNITS = ("a", "b", "c", "d")
QUANTILES = ("0", "0.25", "0.5", "0.75", "1")

words = st.sampled_from(["yes", "yes", "partly", "partly", "no"])
forms_sent = st.dictionaries(
    st.tuples(st.sampled_from(UNITS), st.sampled_from(["alcohol", "drugs", "youth"])),
    st.dictionaries(
        st.sampled_from(["t.1", "t.2", "t.s1", "t.s2", "t.s3", "t.s4"]), words, min_size=1
    ),
    min_size=1,
    max_size=8,
)
settings = st.fixed_dictionaries(
    {
        "partly": st.sampled_from(["judge", "judge", "keep", "as_yes", "as_no"]),
        "min_peers": st.integers(1, 3),
        "peer_quantile": st.sampled_from(QUANTILES),
        "split": st.sampled_from(["no", "any", "majority"]),
    }
)


@st.composite
def rulings_on(draw: st.DrawFn, sent: Sent) -> Rulings:
    """A few rulings on forms that were sent, and on units that sent one."""
    keys = [(unit, form, indicator) for unit, form in sent for indicator in SERVES]
    keys += [(unit, "", indicator) for unit, _ in sent for indicator in SERVES]
    return draw(st.dictionaries(st.sampled_from(keys), st.sampled_from(["yes", "no"]), max_size=3))


def answers_table(sent: Sent) -> pd.DataFrame:
    """The table ``answers`` of what was sent."""
    rows = [
        {
            "study": "small-study",
            "unit": unit,
            "form": form,
            "respondent": "1",
            "item": item,
            "value": said,
            "raw": said,
            "source": f"forms/{unit}_{form}.csv",
            "locator": f"row {place} column 3",
        }
        for (unit, form), answers in sent.items()
        for place, (item, said) in enumerate(answers.items(), 9)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS["answers"]), dtype="str")


def rulings_table(rulings: Rulings) -> pd.DataFrame:
    """``adjudications.csv`` as a study gives it: no form is a missing value."""
    rows = [
        {"unit": unit, "form": form or None, "indicator": indicator, "answer": answer}
        for (unit, form, indicator), answer in rulings.items()
    ]
    return pd.DataFrame(rows, columns=RULING_COLUMNS, dtype="str")
