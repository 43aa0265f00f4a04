"""What pages call answers: an instrument's own words, its labels, or a plain yes and no."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import marked, unmarked
from misbrug_analysis.presentation.standing_words import Words

DANISH, ENGLISH = Language.load("da"), Language.load("en")

NOUN = {"one": "theme", "the_one": "the theme", "many": "themes", "the_many": "the themes"}


def instrument(answers: Mapping[str, object], **more: object) -> Instrument:
    """An instrument with one question and the answers of a test, each given by its labels."""
    given = {
        code: answer if isinstance(answer, dict) and "label" in answer else {"label": answer}
        for code, answer in answers.items()
    }
    return Instrument.model_validate(
        {
            "id": "made-up",
            "title": {"en": "T"},
            "version": "1",
            "origin": {"en": "Made for testing."},
            "licence": "EUPL-1.2",
            "topic_noun": {"en": NOUN},
            "answers": given,
            "form": {"unit": ["Unit"], "form": ["Form"], "item": ["No."], "answer": ["Answer"]},
            "topics": [{"id": "t", "title": {"en": "T"}}],
            "items": [{"id": "1", "topic": "t", "kind": "indicator", "text": {"en": "Q?"}}],
            **more,
        }
    )


def scale(*labels: tuple[str, str, str]) -> dict[str, object]:
    """Answers by (code, what it counts as, English label)."""
    return {
        code: {"label": {"en": label}, "counts_as": standing} for code, standing, label in labels
    }


ACHIEVED = {
    "yes": {"en": "Fully achieved", "da": "Fuldt opfyldt"},
    "partly": {"en": "Partially achieved", "da": "Delvist opfyldt"},
    "no": {"en": "Not achieved", "da": "Ikke opfyldt"},
}
AGREE = scale(
    ("a", "yes", "strongly agree"),
    ("b", "yes", "agree"),
    ("c", "partly", "neither"),
    ("d", "no", "disagree"),
    ("e", "no", "strongly disagree"),
    ("f", "no", "never thought of it"),
)


@pytest.mark.parametrize(
    "answers",
    [
        {"yes": {"da": "ja"}, "partly": {"da": "delvis"}, "no": {"da": "nej"}},
        {"yes": {"en": "Yes"}, "partly": {"en": "Partly"}, "no": {"en": "No"}},
    ],
)
def test_plain_labels_keep_the_plain_words(answers: Mapping[str, object]) -> None:
    """In whichever language the instrument has them: the language stays the very same."""
    assert DANISH.speaking_of(instrument(answers)) is DANISH
    assert ENGLISH.speaking_of(instrument(answers)) is ENGLISH


def test_other_labels_are_quoted_in_sentences_and_plain_as_labels() -> None:
    danish = DANISH.speaking_of(instrument(ACHIEVED)).standing
    assert (danish.yes, danish.partly, danish.no) == (
        "Fuldt opfyldt",
        "Delvist opfyldt",
        "Ikke opfyldt",
    )
    assert danish.says_to == "svarer »Fuldt opfyldt« på"
    assert danish.partly_answers == "»Delvist opfyldt«-svar"
    english = ENGLISH.speaking_of(instrument(ACHIEVED)).standing
    assert english.said_to == "answered “Fully achieved” on"
    assert english.a_no == "“Not achieved”"


def test_several_answers_that_count_alike_are_all_named_or_their_ends() -> None:
    words = ENGLISH.speaking_of(instrument(AGREE)).standing
    assert words.yes == "strongly agree/agree"
    assert words.said == "answered “strongly agree” or “agree”"
    assert words.no == "disagree to never thought of it"
    assert words.as_no == "“disagree” to “never thought of it”"


def test_a_label_in_another_language_is_marked() -> None:
    words = DANISH.speaking_of(instrument(AGREE)).standing
    assert words.partly == marked("neither", "en")
    assert unmarked(words.says) == "svarer »strongly agree« eller »agree«"
    in_a_file = DANISH.speaking_of(instrument(AGREE), on_page=False).standing
    assert in_a_file.partly == "neither"


def test_an_instruments_own_words_come_first_and_the_rest_follows_from_labels() -> None:
    own = {"da": {"yes": "opfyldt", "says": "opfylder det", "says_to": "opfylder"}}
    words = DANISH.speaking_of(instrument(ACHIEVED, standing=own)).standing
    assert (words.yes, words.as_yes) == ("opfyldt", "»opfyldt«")
    assert (words.says, words.says_to) == ("opfylder det", "opfylder")
    assert words.said == "svarede »opfyldt«"
    assert words.no == "Ikke opfyldt"


def test_two_instruments_do_not_share_their_words() -> None:
    one, other = instrument(ACHIEVED), instrument(AGREE)
    assert DANISH.speaking_of(one) is DANISH.speaking_of(one)
    assert DANISH.speaking_of(one) is not DANISH.speaking_of(other)
    assert DANISH.speaking_of(one).speaking_of(other) is DANISH.speaking_of(other)
    assert DANISH.speaking_of(one).plainly is DANISH


def test_a_language_under_way_stays_so() -> None:
    under_way = Language.load("da", under_way=True)
    assert under_way.speaking_of(instrument(ACHIEVED)).under_way
    assert under_way.speaking_of(instrument(ACHIEVED)).plainly is under_way


def test_without_a_partly_texts_do_not_speak_of_one() -> None:
    yes_no = instrument({"yes": {"en": "yes"}, "no": {"en": "no"}})
    nouns = {"the_units": "the sites"}
    told = ENGLISH.speaking_of(yes_no).text("data.table.scores.about", **nouns)
    assert told == "How many answer yes and no, for each of the sites and for groups of them."
    assert "partly" in ENGLISH.text("data.table.scores.about", **nouns)


def test_words_are_taken_apart_for_sentences() -> None:
    says = Words("siger ja til")
    assert (says.verb, says.rest) == ("siger", " ja til")
    assert (Words("samtykker").verb, Words("samtykker").rest) == ("samtykker", "")
    assert Words("»fuldt opfyldt«-svar").capital == "»Fuldt opfyldt«-svar"
    assert Words(marked("neither", "en")).capital == marked("Neither", "en")


def test_braces_in_a_label_stay_as_they_are() -> None:
    hostile = instrument({"yes": {"en": "{0} {x.y}"}, "no": {"en": "no"}})
    assert ENGLISH.speaking_of(hostile).text("answer.label.yes") == "{0} {x.y}"
