"""What pages say of those who have not answered while forms still come in, and afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.execution.editions import editions_of
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import page_head
from misbrug_analysis.presentation.wording import answered
from tests.small import load, make_project


@pytest.mark.parametrize(
    ("collecting", "said", "label"),
    [
        (True, "Af de tre steder har to svaret. A har endnu ikke svaret.", "har endnu ikke svaret"),
        (False, "Af de tre steder har to svaret. A deltog ikke.", "deltog ikke"),
    ],
)
def test_those_who_have_sent_nothing_have_not_answered_yet_while_forms_come_in(
    tmp_path: Path, collecting: bool, said: str, label: str
) -> None:
    study = load(make_project(tmp_path, collecting=collecting))
    (edition,) = editions_of(study, ())
    noun = study.organisation.unit_noun["da"]
    assert answered(edition.language, 3, ["A"], noun) == said
    assert edition.language.text("answer.label.absent") == label


def test_every_page_of_an_open_round_says_that_more_may_come(tmp_path: Path) -> None:
    statement = {"kind": "reconstructed", "statement": {"da": "Svarene er opdigtede."}}
    study = load(make_project(tmp_path, collecting=True, provenance=statement))
    language = Language.load("da", under_way=True)
    head = page_head(study, language, "x.html", "T", "")
    assert head.banner == ("Svarene er opdigtede. Runden er ikke slut: Der kan stadig komme svar.")


def test_a_language_stays_as_it_is_for_a_round_that_is_over() -> None:
    assert Language.load("da", under_way=True).text("answer.label.absent") == (
        "har endnu ikke svaret"
    )
    assert Language.load("da").text("answer.label.absent") == "deltog ikke"
