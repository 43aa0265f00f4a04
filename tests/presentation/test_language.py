from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

import babel.numbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from misbrug_analysis.model.errors import ParameterError
from misbrug_analysis.presentation.language import Language

DANISH = Language.load("da")
ENGLISH = Language.load("en")


def fields_of(text: str) -> set[str]:
    """What a text must be given; the forms of ``standing`` differ between languages."""
    parts = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    return {field for field in parts if not field.startswith("standing.")}


def test_codes_are_those_of_the_catalogues() -> None:
    assert Language.codes() == ["da", "en"]


def test_unknown_language_lists_the_valid_codes() -> None:
    with pytest.raises(ParameterError, match=r"no language called “dk”(.|\n)*da, en"):
        Language.load("dk")


def test_catalogue_is_read_once() -> None:
    assert Language.load("da") is DANISH


def test_catalogues_have_the_same_keys() -> None:
    assert set(DANISH.texts) == set(ENGLISH.texts)


def test_catalogues_have_the_same_fields() -> None:
    """In one test: there are thousands of texts, and each test has a cost of its own."""
    danish, english = (
        {key: fields_of(text) for key, text in language.texts.items()}
        for language in (DANISH, ENGLISH)
    )
    assert danish == english


@pytest.mark.parametrize("language", [DANISH, ENGLISH], ids=lambda language: language.code)
def test_catalogue_holds_texts_only(language: Language) -> None:
    """A key or a text that YAML reads as true or as a number is a quote that was forgotten."""
    wrong = {key: text for key, text in language.texts.items() if not isinstance(text, str)}
    assert wrong == {}
    assert not [key for key in language.texts if {"True", "False", "None"} & set(key.split("."))]


def test_missing_key_is_named_with_its_file_and_a_near_one() -> None:
    with pytest.raises(KeyError, match=r"locale/da.yaml has no text 'answer.label.ja'.*answer"):
        DANISH.text("answer.label.ja")


def test_missing_field_is_named() -> None:
    with pytest.raises(KeyError, match=r"sentence.took_no_part' \(da\) needs the field 'who'"):
        DANISH.text("sentence.took_no_part")


def test_braces_in_a_value_stay_as_they_are() -> None:
    assert DANISH.text("sentence.took_no_part", who="{navn}") == "{navn} deltog ikke."


def test_plural_picks_the_form_and_writes_the_number() -> None:
    forms = {"unit.one": "{n} kommune", "unit.other": "{n} kommuner"}
    language = Language("da", {"language.locale": "da", **forms})
    assert language.plural("unit", 1) == "1 kommune"
    assert language.plural("unit", 0) == "0 kommuner"
    assert language.plural("unit", 3478) == "3.478 kommuner"
    assert language.plural("unit", 2, n="to") == "to kommuner"


@pytest.mark.parametrize(
    ("value", "decimals", "danish", "english"),
    [
        (3478, 0, "3.478", "3,478"),
        (999, 0, "999", "999"),
        (1234567.891, 2, "1.234.567,89", "1,234,567.89"),
        (0.5, 1, "0,5", "0.5"),
        (2, 1, "2,0", "2.0"),
        (2.5, 0, "3", "3"),
        (0.145, 2, "0,15", "0.15"),
        (-0.2, 0, "0", "0"),
    ],
)
def test_numbers_have_the_separators_of_the_language(
    value: float, decimals: int, danish: str, english: str
) -> None:
    assert DANISH.number(value, decimals) == danish
    assert ENGLISH.number(value, decimals) == english


@pytest.mark.parametrize(
    ("share", "decimals", "danish", "english"),
    [
        (0.15, 0, "15\N{NO-BREAK SPACE}%", "15%"),
        (0, 0, "0\N{NO-BREAK SPACE}%", "0%"),
        (1, 0, "100\N{NO-BREAK SPACE}%", "100%"),
        (0.125, 0, "13\N{NO-BREAK SPACE}%", "13%"),
        (0.125, 1, "12,5\N{NO-BREAK SPACE}%", "12.5%"),
        (0.2, 1, "20,0\N{NO-BREAK SPACE}%", "20.0%"),
    ],
)
def test_percent_is_written_as_in_the_language(
    share: float, decimals: int, danish: str, english: str
) -> None:
    assert DANISH.percent(share, decimals) == danish
    assert ENGLISH.percent(share, decimals) == english


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written_as_one(value: float) -> None:
    with pytest.raises(ValueError, match="cannot be written as a number"):
        DANISH.number(value)
    with pytest.raises(ValueError, match="cannot be written as a number"):
        DANISH.percent(value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (7.5, "8"),
        (12.4, "12"),
        (99.5, "100"),
        (1349.9, "1.300"),
        (1350, "1.400"),
        (147_528, "150.000"),
    ],
)
def test_a_rough_figure_has_two_digits_and_no_fraction(value: float, shown: str) -> None:
    assert Language.load("da").rounded(value) == shown


def test_numerals_are_words_up_to_twelve_and_figures_from_thirteen() -> None:
    words = "nul én to tre fire fem seks syv otte ni ti elleve tolv 13 14"
    assert " ".join(DANISH.numeral(n) for n in range(15)) == words
    assert DANISH.numeral(3478) == "3.478"
    words = "zero one two three four five six seven eight nine ten eleven twelve 13 14"
    assert " ".join(ENGLISH.numeral(n) for n in range(15)) == words


def test_one_takes_the_gender_of_its_noun() -> None:
    assert DANISH.numeral(1, "neuter") == "ét"
    assert ENGLISH.numeral(1, "neuter") == "one"


def test_lists_have_no_comma_before_the_last_part() -> None:
    names = ["Greve", "Køge", "Lejre"]
    assert DANISH.join(names) == "Greve, Køge og Lejre"
    assert ENGLISH.join(names) == "Greve, Køge and Lejre"
    assert DANISH.join(names[:2]) == "Greve og Køge"
    assert DANISH.join(names[:1]) == "Greve"
    assert DANISH.join([]) == ""


def test_alternatives_have_no_comma_before_the_last_one() -> None:
    assert DANISH.either(["ja", "delvis", "nej"]) == "ja, delvis eller nej"
    assert ENGLISH.either(["yes", "partly", "no"]) == "yes, partly or no"
    assert DANISH.either(["ja"]) == "ja"
    assert DANISH.either([]) == ""


def test_dates_are_written_out() -> None:
    assert DANISH.date(date(2014, 1, 1)) == "1. januar 2014"
    assert ENGLISH.date(date(2014, 1, 1)) == "1 January 2014"


def test_span_has_a_dash_and_is_one_year_when_both_are_the_same() -> None:
    assert DANISH.span(2014, 2016) == "2014–2016"
    assert DANISH.span(2014, 2014) == "2014"


def test_capitalise_leaves_the_rest_as_it_is() -> None:
    assert DANISH.capitalise("én kommune i Klynge Øst") == "Én kommune i Klynge Øst"
    assert DANISH.capitalise("øst og KL") == "Øst og KL"
    assert DANISH.capitalise("") == ""


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_a_whole_number_can_be_read_back(n: int) -> None:
    assert int(DANISH.number(n).replace(".", "")) == n
    assert int(ENGLISH.number(n).replace(",", "")) == n


def test_a_number_is_worked_out_once_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    babels = babel.numbers.format_decimal

    def format_decimal(number: Decimal, *args: Any) -> str:
        told.append(str(number))
        return babels(number, *args)

    monkeypatch.setattr(babel.numbers, "format_decimal", format_decimal)
    assert [DANISH.number(value) for value in (987654, 987654.0, 987653.9)] == ["987.654"] * 3
    assert [DANISH.number(987654), ENGLISH.number(987654)] == ["987.654", "987,654"]
    assert told == ["987654", "987654"]


def test_some_of_all_is_written_as_numbers_are() -> None:
    assert Language.load("da").of(3, 12345) == "3 af 12.345"
    assert Language.load("en").of(3, 12345) == "3 of 12,345"
