import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misbrug_analysis.model.tables import RULES
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.quantifiers import (
    Thresholds,
    quantifier,
    quantifier_row,
    short_quantifier,
)
from misbrug_analysis.presentation.wording import (
    Counts,
    Predicate,
    answered,
    bounds,
    clause,
    meets,
    rule_note,
    says,
    status,
)
from tests.presentation.wordings import FRAMES, GROUP, SITE, UNIT, in_unison, path, table

DANISH = Language.load("da")
ENGLISH = Language.load("en")
KOMMUNE, KLYNGE, STED = UNIT["da"], GROUP["da"], SITE["da"]


def sentences(text: str) -> list[str]:
    """The sentences of a text, without labels before them and phrases beside them."""
    parts = re.split(r"(?<=[.«”])\s+|: | \| ", text)
    return [part for part in parts if part.endswith((".", "«", "”"))]


@st.composite
def n_of_total(draw: st.DrawFn) -> tuple[int, int]:
    total = draw(st.integers(min_value=1, max_value=150))
    return draw(st.integers(min_value=0, max_value=total)), total


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
def test_every_wording_is_as_it_was_read_through(language: Language) -> None:
    assert table(language).splitlines() == path(language.code).read_text("utf-8").splitlines()


# By hand, from the table of wordings: N is 7 (odd, narrow half), 12 (even, wide half) and 16.
@pytest.mark.parametrize(
    ("total", "rows"),
    [
        (7, "none one below_half about_half about_half all_but_two all_but_one all"),
        (
            12,
            "none one few below_half below_half about_half half about_half most most "
            "all_but_two all_but_one all",
        ),
        (
            16,
            "none one few few below_half below_half below_half about_half half about_half "
            "above_half most most most all_but_two all_but_one all",
        ),
    ],
)
def test_first_row_that_fits_is_taken(total: int, rows: str) -> None:
    assert [quantifier_row(n, total) for n in range(total + 1)] == rows.split()


def test_thresholds_are_settings() -> None:
    settings = Thresholds(plain_up_to=20, few_share=Fraction(1, 2))
    assert quantifier(DANISH, 3, 16, KOMMUNE, thresholds=settings) == "tre af de 16 kommuner"
    settings = Thresholds(few_share=Fraction(2, 5))
    assert quantifier_row(6, 16, settings) == "few"
    assert quantifier_row(0, 2, Thresholds(plain_up_to=0)) == "none"


@pytest.mark.parametrize(("n", "total"), [(0, 0), (3, 2), (-1, 5)])
def test_counts_that_cannot_be_are_refused(n: int, total: int) -> None:
    with pytest.raises(ValueError, match=f"{n} of {total} cannot be worded"):
        quantifier(DANISH, n, total, KOMMUNE)


def test_exact_count_stands_in_brackets_at_first_mention_only() -> None:
    assert quantifier(DANISH, 3, 16, KOMMUNE) == "kun få kommuner (3 af 16)"
    assert quantifier(DANISH, 3, 16, KOMMUNE, first=False) == "kun få kommuner"
    assert quantifier(DANISH, 3, 5, KOMMUNE) == "tre af de fem kommuner"


def test_who_answered_is_said_where_someone_did_not() -> None:
    assert quantifier(DANISH, 16, 16, KOMMUNE, missing=1) == "alle 16 kommuner, der svarede,"
    at_end = quantifier(DANISH, 16, 16, KOMMUNE, missing=1, at_end=True)
    assert at_end == "alle 16 kommuner, der svarede"
    few = quantifier(DANISH, 3, 16, KOMMUNE, missing=1)
    assert few == "kun få kommuner (3 af de 16, der svarede)"


def test_all_units_in_all_groups() -> None:
    said = quantifier(DANISH, 16, 16, KOMMUNE, across=(3, KLYNGE), first=False)
    assert said == "alle kommuner i alle tre klynger"
    said = quantifier(DANISH, 16, 16, KOMMUNE, across=(3, KLYNGE), missing=1)
    assert said == "alle kommuner i alle tre klynger (alle 16, der svarede)"
    assert quantifier(DANISH, 15, 16, KOMMUNE, across=(3, KLYNGE)).startswith("alle kommuner på")


def test_words_agree_with_a_neuter_noun() -> None:
    assert quantifier(DANISH, 1, 16, STED) == "kun ét behandlingssted (1 af 16)"
    assert quantifier(DANISH, 15, 16, STED) == "alle behandlingssteder på nær ét (15 af 16)"
    assert quantifier(DANISH, 1, 1, STED) == "det eneste behandlingssted"
    assert short_quantifier(DANISH, 1, 5, STED) == "ét af de fem"


def test_word_order_turns_after_an_opening_phrase() -> None:
    subject = quantifier(DANISH, 2, 5, KOMMUNE)
    have = Predicate("har", "en strategi")
    assert clause(DANISH, subject, have) == "To af de fem kommuner har en strategi."
    turned = "I Klynge Øst har to af de fem kommuner en strategi."
    assert clause(DANISH, subject, have, "i Klynge Øst") == turned
    said = clause(ENGLISH, "two of the five", says(ENGLISH), "in Cluster Øst")
    assert said == "In Cluster Øst, two of the five said yes."


def test_status_by_label_and_by_full_text() -> None:
    by_label = status(DANISH, "Opfølgning efter endt behandling", Counts(3, 16), KOMMUNE)
    assert by_label == "Opfølgning efter endt behandling: Kun få kommuner (3 af 16) siger ja."
    by_text = status(DANISH, "Følger I op?", Counts(14, 16), KOMMUNE, quoted=True)
    assert by_text == "Alle kommuner på nær to (14 af 16) siger ja til: »Følger I op?«"


def test_status_says_how_many_answer_partly_where_partly_is_kept() -> None:
    said = status(DANISH, "Opfølgning", Counts(3, 16, partly=2), KOMMUNE)
    assert said.endswith("(3 af 16) siger ja. To kommuner svarer »delvis«.")


def test_status_where_nobody_answered() -> None:
    nobody = Counts(0, 0, missing=17)
    assert status(DANISH, "Opfølgning", nobody, KOMMUNE) == "Opfølgning: Ingen kommuner har svaret."
    quoted = status(DANISH, "Følger I op?", nobody, KOMMUNE, quoted=True)
    assert quoted == "Ingen kommuner har svaret på: »Følger I op?«"


def test_status_of_a_topic() -> None:
    said = status(DANISH, "I alt", Counts(2, 5), KOMMUNE, predicate=meets(DANISH, "anbefaling 2"))
    assert said == "I alt: To af de fem kommuner opfylder anbefaling 2."


def test_who_answered_is_told_with_names_or_a_number() -> None:
    named = "Af de 17 kommuner har 16 svaret. Stevns deltog ikke."
    assert answered(DANISH, 17, ["Stevns"], KOMMUNE) == named
    counted = "Af de 17 kommuner har fire svaret. I alt 13 kommuner deltog ikke."
    assert answered(DANISH, 17, 13, KOMMUNE) == counted
    assert answered(DANISH, 17, [], KOMMUNE) == "Alle 17 kommuner har svaret."
    assert answered(DANISH, 2, ["Greve", "Køge"], KOMMUNE) == "Ingen kommuner har svaret."


@pytest.mark.parametrize(
    ("low", "high", "total", "said"),
    [
        (12, 14, 17, "mindst 12 og højst 14 af 17"),
        (2, 14, 17, "mindst 2 og højst 14 af 17"),
        (2, 4, 5, "mindst to og højst fire af fem"),
        (0, 2, 5, "højst to af fem"),
        (16, 17, 17, "mindst 16 af 17"),
        (12, 12, 17, "12 af 17"),
    ],
)
def test_bounds(low: int, high: int, total: int, said: str) -> None:
    assert bounds(DANISH, low, high, total) == said


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
def test_every_rule_has_a_note_of_its_own(language: Language) -> None:
    notes = [rule_note(language, rule) for rule in RULES]
    assert len({note.label for note in notes}) == len(RULES)
    assert all(note.sentence.endswith(".") for note in notes)


def test_note_on_split_forms_follows_the_answer() -> None:
    assert rule_note(DANISH, "split").label == "Fælles nej"
    assert "fælles nej" in rule_note(DANISH, "split").sentence
    other = rule_note(DANISH, "split", "yes")
    assert other.label == "Samlet svar"
    assert other.sentence.endswith("er det samlede svar ja.")


def test_a_rule_without_a_note_is_refused() -> None:
    with pytest.raises(KeyError, match=r"rule\.label\.guess"):
        rule_note(DANISH, "guess")


@pytest.mark.parametrize("title", FRAMES)
@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
@settings(deadline=None)
@given(n_of_total())
def test_wordings_hold_the_rules_of_good_prose(
    language: Language, title: str, counts: tuple[int, int]
) -> None:
    n, total = counts
    frame = FRAMES[title]
    text = frame(language, max(n, 1) if frame is in_unison else n, total)
    assert not [part for part in sentences(text) if part[0].isdigit()], "begins with a figure"
    assert not re.search(r"\balle\b[^.|»]*\bikke\b", text), "says alle … ikke"
    assert not re.search(r"[{}]|  |,,|,\.|\.\.", text), "has stray marks"


@settings(deadline=None)
@given(n_of_total())
def test_bracket_holds_the_exact_count(counts: tuple[int, int]) -> None:
    n, total = counts
    bracket = re.search(r"\((\d+) af (\d+)\)", quantifier(DANISH, n, total, KOMMUNE))
    if total > Thresholds().plain_up_to:
        assert bracket is not None
        assert (int(bracket[1]), int(bracket[2])) == counts
