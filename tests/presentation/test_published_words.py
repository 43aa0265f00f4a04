import pytest

from tests.presentation.published_words import PUBLISHED, says


def counts_that_say(words: str, total: int, missing: int = 0) -> set[int]:
    return {n for n in range(total + 1) if says(words, n, total, missing=missing)}


@pytest.mark.parametrize("missing", [0, 1])
@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("all", {16}),
        ("all_but_one", {15}),
        ("all_but_two", {14}),
        ("about_half", {7, 8, 9}),
        ("one", {1}),
        ("only_a_few", {2, 3}),
        ("some_not_most", {4, 5, 6}),
        ("most", {11, 12, 13, 14, 15}),
    ],
)
def test_words_of_the_report_fit_these_counts_of_sixteen(
    words: str, counts: set[int], missing: int
) -> None:
    assert counts_that_say(words, 16, missing) == counts


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("all", {5}),
        ("all_but_one", {4}),
        ("all_but_two", {3}),
        ("about_half", {2, 3}),
        ("one", {1}),
        ("only_a_few", set()),
        ("some_not_most", {2}),
        ("most", {4}),
    ],
)
def test_words_of_the_report_fit_these_plain_counts_of_five(words: str, counts: set[int]) -> None:
    assert counts_that_say(words, 5) == counts


def test_all_in_all_groups_says_all() -> None:
    assert says("all", 16, 16, missing=1, groups=3)


def test_every_count_of_sixteen_but_none_and_above_half_has_words_of_the_report() -> None:
    said = set().union(*(counts_that_say(words, 16) for words in PUBLISHED))
    assert set(range(17)) - said == {0, 10}
