"""The rules on small integers, a case at a time."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest

from misbrug_analysis.analysis.settling import (
    ABSENT,
    ANSWERS,
    NO,
    NOTHING,
    PARTLY,
    UNANSWERED,
    YES,
    by_topic,
    coded,
    form_counts,
    joint,
    named,
    ruled,
    settled_partly,
)
from tests.analysis.by_hand import ByHand


def test_answers_are_coded_and_named_again() -> None:
    words = pd.Series(["yes", "no", "partly", "unanswered", "absent"], dtype="str")
    assert coded(words).tolist() == [YES, NO, PARTLY, UNANSWERED, ABSENT]
    assert named(coded(words)).tolist() == words.tolist()


def test_a_word_that_is_no_answer_is_an_error() -> None:
    with pytest.raises(ValueError, match="no rule knows"):
        coded(pd.Series(["yes", "perhaps"], dtype="str"))


@pytest.mark.parametrize("split", ["no", "any", "majority"])
def test_three_forms_are_joined_as_by_hand(split: str) -> None:
    for three in product(("yes", "partly", "no", "unanswered"), repeat=3):
        codes = coded(pd.Series(three, dtype="str"))
        (answer,) = named(joint(form_counts(codes, np.zeros(3, dtype=np.int64), 1), split))
        said = Counter(one for one in three if one != "unanswered")
        expected = "unanswered" if not said else next(iter(said))
        if len(said) > 1:
            expected = ByHand({}, {}, split=split).joint(said)
        assert answer == expected, three


def test_a_cell_without_a_form_is_absent_and_cells_are_kept_apart() -> None:
    answers, cells = np.array([YES, NO, YES]), np.array([2, 2, 0])
    counts = form_counts(answers, cells, 4)
    assert counts[:, 2].tolist() == [0, 1, 0, 0, 1]
    assert named(joint(counts, "no")).tolist() == ["yes", "absent", "no", "absent"]
    assert named(joint(counts, "any")).tolist() == ["yes", "absent", "yes", "absent"]


def test_only_partly_answers_are_settled() -> None:
    said, cells = np.array([YES, PARTLY, NO, PARTLY], dtype=np.int8), np.array([1, 3])
    on_par = np.array([True, False])
    settled = {
        rule: settled_partly(rule, on_par, said, cells).tolist()
        for rule in ("judge", "keep", "as_yes", "as_no")
    }
    assert settled == {
        "judge": [YES, YES, NO, NO],
        "keep": [YES, PARTLY, NO, PARTLY],
        "as_yes": [YES, YES, NO, YES],
        "as_no": [YES, NO, NO, NO],
    }


def test_a_ruling_takes_the_place_of_an_answer() -> None:
    said = np.array([YES, NO, UNANSWERED, NO], dtype=np.int8)
    rulings = np.array([NO, YES, YES, NOTHING], dtype=np.int8)
    assert ruled(said, rulings).tolist() == [NO, YES, YES, NO]


def test_a_topic_takes_the_first_answer_that_settles_it() -> None:
    """One no is a no, else unanswered, else partly, else yes; who is absent is absent."""
    assert ANSWERS == ("absent", "no", "unanswered", "partly", "yes")
    answers = np.array([[YES, NO, YES, YES], [PARTLY, YES, UNANSWERED, YES]], dtype=np.int8)
    topics = np.array([1, 0, 1, 0])
    assert by_topic(answers, topics).tolist() == [[NO, YES], [YES, UNANSWERED]]


def test_topics_of_many_variants_are_those_of_each() -> None:
    rng = np.random.default_rng(7)
    answers = rng.integers(0, 5, (3, 4, 5)).astype(np.int8)
    topics = np.array([2, 0, 2, 1, 0])
    each = [by_topic(one, topics).tolist() for one in answers]
    assert by_topic(answers, topics).tolist() == each
