"""The order of the topics held against other rules for settling the answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.areas import Areas
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs
from misbrug_analysis.presentation.passages import links, unmarked
from misbrug_analysis.presentation.priorities import priorities
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import (
    cooperation_areas,
    priority_answer,
    priority_comparison,
    priority_order,
)
from misbrug_analysis.presentation.statements import judged_statements
from tests.presentation.varied_reports import varied_report

SHOWS = [
    "sections.priority_answer(report)",
    "sections.priority_order(report)",
    'sections.priority_comparison(report, "text")',
    "sections.cooperation_areas(report)",
]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """One topic is to be weighed by its gap; of the four sites one meets it, or two."""
    text = "{{ Quantifier('t.1') }} følger op."
    small = varied_report(tmp_path, text, shows=SHOWS)
    criterion = {"id": "gap", "source": "gap", "label": {"da": "Afstand"}, "explains": {"da": "A"}}
    areas = Areas.model_validate(
        {
            "criteria": [criterion],
            "areas": [{"id": "A", "label": {"da": "Opfølgning"}, "topics": ["t"]}],
            "published": {"source": {"da": "rapporten"}, "foundation": ["t"]},
        }
    )
    return replace(small, study=replace(small.study, areas=areas))


def test_the_order_of_one_topic_holds_and_how_many_meet_it_does_not(report: Report) -> None:
    verdicts = {
        one.statement.address.partition("#")[2]: one.verdict for one in judged_statements(report)
    }
    # The only topic is first whatever it is met by; the text and the area say how many meet it.
    assert verdicts["answer"] == verdicts["firmness"] == "robust"
    assert verdicts["compared"] == verdicts["area-a"] == "words"


def test_the_marks_stand_at_those_sentences_and_a_note_tells_what_they_mean(
    report: Report,
) -> None:
    (bullets,) = [one for one in cooperation_areas(report) if isinstance(one, Bullets)]
    assert "afhænger af reglerne" in unmarked(str(bullets.items[0]))
    first = priority_answer(report)
    assert "afhænger af reglerne" not in unmarked(str(first[1]))
    assert "»afhænger af reglerne«" in unmarked(str(first[-1]))
    assert "afhænger af reglerne" in unmarked(str(priority_comparison(report, "text")[-1]))
    (figure,) = [one for one in priority_order(report) if isinstance(one, Figure)]
    assert "afhænger" not in figure.title


def test_the_order_rests_on_the_topics_alone(report: Report) -> None:
    told: list[float] = []

    def tell(one: Report) -> float:
        order = priorities(one)
        assert order is not None
        told.append(float(order.values["gap"]["t"]))
        return told[-1]

    outcomes = report.under_other_rules.told(tell)
    assert outcomes.rests_on == (("t", "all"),)
    assert told == [0.75, 0.5]  # one of four meets it, or two


def test_the_firmness_says_that_the_order_rests_on_the_rules(report: Report) -> None:
    (text,) = [one for one in priority_order(report) if isinstance(one, Paragraphs)]
    (told,) = [one for one in text.texts if "gjort op" in one]
    assert unmarked(told).startswith(
        "Rækkefølgen hviler også på, hvordan svarene er gjort op. Den er den samme på "
    )
    assert [href for _, href in links(told)] == ["sure.html"]


def test_two_topics_that_come_to_share_the_first_rank_depend_on_the_rules(
    report: Report,
) -> None:
    # Each indicator a topic of its own. One site of four follows up and all write it down, so the
    # gaps are 3/4 and 0; the effects are rated 0 and 1/2. Where B's partly is a yes, the gap of the
    # first is 2/4, and the two are equal.
    study, areas = report.study, report.study.areas
    assert areas is not None
    first = study.instrument.topics[0]
    topics = [first, first.model_copy(update={"id": "u", "title": {"da": "Skrift"}})]
    items = [
        one.model_copy(update={"topic": "u"}) if one.id == "t.2" else one
        for one in study.instrument.items
    ]
    effect = {"id": "effect", "source": "rating", "label": {"da": "E"}, "explains": {"da": "E"}}
    ratings = [
        {"topic": topic, "effect": score, "reason": {"da": "Fordi."}}
        for topic, score in {"t": 1, "u": 3}.items()
    ]
    file = areas.model_dump(exclude={"areas", "published", "areas_statement"}, exclude_none=True)
    file |= {"criteria": [*file["criteria"], effect], "ratings": ratings}
    file["ratings_statement"] = {"da": "Vurderet af os."}
    instrument = study.instrument.model_copy(update={"topics": topics, "items": items})
    varied = replace(study, instrument=instrument, areas=Areas.model_validate(file))
    told = replace(report, study=varied, tables=settle(varied))
    leading = judged_statements(told)[0]
    assert leading.statement.text.startswith("Når de to kriterier vejer lige meget, kommer emne t ")
    assert (leading.verdict, leading.moved_by) == ("words", ("partly",))
    assert "emnerne t og u" in leading.otherwise
    assert "afhænger af reglerne" in unmarked(str(priority_answer(told)[1]))
    (text,) = [one for one in priority_order(told) if isinstance(one, Paragraphs)]
    (rests,) = [one for one in text.texts if "gjort op" in one]
    assert "Den er ikke helt den samme på den ene anden måde, vi har prøvet." in rests
