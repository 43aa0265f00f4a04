"""What pages are called: an annex by its letter, in the order of the letters."""

from __future__ import annotations

from misbrug_analysis.model.organisation import Group
from misbrug_analysis.model.settings import Report
from misbrug_analysis.model.study import Run
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.titles import in_page_order, page_title, short_title

DANISH, ENGLISH = Language.load("da"), Language.load("en")
NORTH = Group(id="north", label={"da": "Nord", "en": "North"})


def run(name: str, annex: object = None, group: Group | None = None) -> Run:
    report = Report.model_validate(
        {
            "id": name,
            "notebook": "n",
            "title": {"da": "Rapport", "en": "Report"},
            "summary": {"da": "S"},
            "annex": annex,
        }
    )
    return Run(f"{name}-{group.id}" if group else name, report, group, {})


def test_an_annex_is_called_by_its_letter_and_title() -> None:
    annex = run("team", {"north": "B"}, NORTH)
    assert page_title(annex, DANISH) == "Bilag B – Rapport: Nord"
    assert page_title(annex, ENGLISH) == "Annex B – Report: North"
    assert short_title(annex, DANISH) == "Bilag B"


def test_a_page_that_is_no_annex_keeps_its_title() -> None:
    assert page_title(run("main"), DANISH) == short_title(run("main"), DANISH) == "Rapport"


def test_annexes_stand_in_the_order_of_their_letters_where_the_first_one_does() -> None:
    runs = [run("main"), run("late", "C"), run("between"), run("early", "A"), run("method")]
    assert [one.id for one in in_page_order(runs)] == ["main", "early", "late", "between", "method"]
