"""What the page on the order of the topics says when the figures are others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from misbrug_analysis.model.areas import Areas
from misbrug_analysis.model.cooperation import Cooperation
from misbrug_analysis.model.instrument import Topic
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results, empty
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.priorities import priorities
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import (
    areas_summary,
    cooperation_areas,
    priority_answer,
    priority_comparison,
    priority_criteria,
    priority_order,
)
from tests.presentation.plainly import plainly
from tests.small import load, make_project

SPACE = "\N{NO-BREAK SPACE}"
TITLES = {"1": "Familie", "2": "Strategi", "3": "Metoder"}

# Two criteria, gap and effect. Of four sites one meets topic 1, two topic 2 and all topic 3. With
# weight w on gap, topic 1 has 0.75 w, topic 2 has 0.5 and topic 3 has 1 − w. Of the eleven
# weightings in steps of a tenth:
#   w up to 0.4: 3 2 1 · w = 0.5: 2 and 3 share, then 1 · w = 0.6: 2 1 3 (0.5, 0.45, 0.4)
#   w from 0.7 on: 1 2 3
YES = {"1": 1, "2": 2, "3": 4}
RATINGS = {"1": 1, "2": 3, "3": 5}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The small study with three topics that are assessed and one that is not."""
    small = load(make_project(tmp_path_factory.mktemp("areas")))
    topics = [
        Topic(id=topic, title={"da": title}, addressed_to={"da": "stedet"})
        for topic, title in TITLES.items()
    ]
    topics.append(Topic(id="4", title={"da": "Data"}, addressed_to={"da": "andre"}, assessed=False))
    return replace(small, instrument=small.instrument.model_copy(update={"topics": topics}))


def criterion(name: str, source: str) -> dict[str, object]:
    label = {"gap": "Afstand", "effect": "Virkning", "wishes": "Ønsker"}[name]
    return {"id": name, "source": source, "label": {"da": label}, "explains": {"da": label}}


def areas(
    published: dict[str, Sequence[str]] | None = None, wishes: bool = False, **more: object
) -> Areas:
    criteria = [criterion("gap", "gap"), criterion("effect", "rating")]
    if wishes:
        criteria.append(criterion("wishes", "wishes"))
    ratings = [
        {"topic": topic, "effect": score, "reason": {"da": f"Grund {topic}."}}
        for topic, score in RATINGS.items()
    ]
    file = {
        "criteria": criteria,
        "ratings": ratings,
        "ratings_statement": {"da": "Vurderet af os."},
    }
    if published:
        file["published"] = {"source": {"da": "rapporten"}, **published}
    return Areas.model_validate(file | more)


def report(
    study: Study,
    file: Areas | None,
    yes: dict[str, int] | None = None,
    n: int = 4,
    wished: Sequence[tuple[str, str]] | None = None,
) -> Report:
    """A Danish report of four sites; ``wished`` is what teams chose, as (team, topic)."""
    scores = pd.DataFrame(
        [
            {"level": "whole", "group": "all", "item": topic, "yes": number, "n": n}
            for topic, number in (yes or YES).items()
        ]
    ).assign(partly=0, absent=0, unanswered=0)
    results = Results(
        answers=empty("answers"),
        ledger=empty("ledger"),
        form_answers=empty("form_answers"),
        consolidated=empty("consolidated"),
        scores=scores,
    )
    cooperation = None
    if wished is not None:
        cooperation = Cooperation.model_validate(
            {
                "level": "team",
                "questions": [{"id": "q", "text": {"da": "Godt?"}}],
                "focus_areas": [
                    {"group": team, "topic": topic, "reason": {"da": "Fordi."}}
                    for team, topic in wished
                ],
            }
        )
    told = replace(study, areas=file, cooperation=cooperation)
    return Report(told, results, Language.load("da"), told.runs()[0])


def said(blocks: Sequence[Block]) -> str:
    """The running text of some blocks, with plain blanks."""
    texts = [str(plainly(block)) for block in blocks if isinstance(block, Paragraphs | Bullets)]
    return "\n".join(texts).replace(SPACE, " ")


def table(blocks: Sequence[Block], number: int = 0) -> Table:
    return plainly([block for block in blocks if isinstance(block, Table)][number])


def test_the_answer_names_those_that_share_the_first_place(study: Study) -> None:
    # At equal weights 2 and 3 have 0.5 each; half of three topics, rounded up, are the first.
    text = said(priority_answer(report(study, areas())))
    assert "Når de to kriterier vejer lige meget, deler emnerne 2 og 3 førstepladsen." in text
    assert "for 11 måder at fordele vægten på. Emne 2 er blandt de to første i dem alle." in text
    # Topic 3 is first or second for w up to 0.5: six of eleven.
    assert "Kriterierne er »Afstand« og »Virkning«." in text
    assert "- Delt nr. 1–2: Strategi (emne 2), blandt de to første i alle vægtninger." in text
    assert "- Delt nr. 1–2: Metoder (emne 3), blandt de to første i 55 % af vægtningerne." in text
    assert "Familie" not in text


def test_the_answer_when_one_comes_first(study: Study) -> None:
    # With all sites meeting topic 2, it has 0 and 0.5; topic 3 leads with 0 and 1.
    text = said(priority_answer(report(study, areas(), yes={"1": 1, "2": 4, "3": 4})))
    assert "kommer emne 3 først: Metoder." in text
    assert "Ingen af emnerne er blandt de to første i dem alle." in text


def test_the_answer_when_the_order_never_moves(study: Study) -> None:
    file = areas()
    only = file.model_copy(update={"criteria": file.criteria[:1]})
    text = said(priority_answer(report(study, only)))
    assert text.startswith("Efter det ene kriterium kommer emne 1 først: Familie.")
    assert "Rækkefølgen er den samme, uanset hvordan vægten fordeles." in text


def test_nobody_answered(study: Study) -> None:
    silent = report(study, areas({"others": ["1"]}), yes=dict.fromkeys(TITLES, 0), n=0)
    text = said(priority_answer(silent))
    assert text == "Der er ingen rækkefølge at vise, for ingen steder har svaret."
    assert priority_order(silent) == priority_comparison(silent) == []
    assert [row[1] for row in table(priority_criteria(silent), 1).rows] == ["–", "–", "–"]


def test_a_topic_that_nobody_answered_is_told(study: Study) -> None:
    some = report(study, areas(), yes=YES)
    some.scores.loc[some.scores["item"] == "2", ["yes", "n"]] = 0
    assert "Emne 2 er ikke med i rækkefølgen, for ingen steder har svaret." in said(
        priority_answer(some)
    )


def test_the_chart_has_its_finding_numbers_and_alternative(study: Study) -> None:
    blocks = priority_order(report(study, areas()))
    figure = blocks[-1]
    assert isinstance(figure, Figure)
    assert figure.title == "Emne 2 er blandt de to første, uanset hvordan kriterierne vejer"
    alt = figure.alt.replace(SPACE, " ")
    assert "Familie (emne 1): nr. 3 ved lige vægt, nr. 1–3 i alle vægtninger" in alt
    # Topic 2 leads for w = 0.6 only (shared for 0.5), topic 1 for w from 0.7, topic 3 up to 0.4.
    rows = [[str(cell).replace(SPACE, " ") for cell in row] for row in figure.table.rows]
    assert rows == [
        ["2 Strategi", "1–2", "1–2", "1–2", "100 %", "9 %"],
        ["3 Metoder", "1–2", "1–3", "1–3", "55 %", "45 %"],
        ["1 Familie", "3", "1–3", "1–3", "45 %", "36 %"],
    ]


def test_the_page_says_what_the_order_rests_on_whatever_the_weights(study: Study) -> None:
    text = said(priority_order(report(study, areas())))
    assert "Men det hviler stadig på svarene og vores vurderinger." in text
    # Sums 0.75, 1 and 1. Only topic 2 a step up leaves 2 and 3 first; 1 down and 3 up are off the
    # scale.
    assert "én ad gangen og ved lige vægt. De samme to kommer først i 1 af 4 tilfælde." in text

    unrated = areas().model_copy(update={"criteria": areas().criteria[:1], "ratings": []})
    assert "vurdering" not in said(priority_order(report(study, unrated)))


@pytest.mark.parametrize(
    ("yes", "told"),
    [
        # Sums 0, 0.5 and 1: no step lets topic 1 catch up; topic 2 a step up still ends below 3.
        ({"1": 4, "2": 4, "3": 4}, "De samme to kommer først i alle 4 tilfælde."),
        # Sums 0.5, 0.5 and 1: topic 1 up or topic 2 either way settles who is second.
        ({"1": 2, "2": 4, "3": 4}, "De samme to kommer først i 1 af 4 tilfælde."),
    ],
)
def test_the_page_says_how_often_a_rating_more_or_less_changes_nothing(
    study: Study, yes: dict[str, int], told: str
) -> None:
    assert told in said(priority_order(report(study, areas(), yes=yes)))


def test_reconstructed_answers_are_called_so(study: Study) -> None:
    provenance = study.settings.provenance.model_copy(update={"kind": "reconstructed"})
    settings = study.settings.model_copy(update={"provenance": provenance})
    told = said(priority_order(report(replace(study, settings=settings), areas())))
    assert "Men det hviler stadig på de rekonstruerede svar og vores vurderinger." in told


def test_the_star_is_explained_beside_the_figure_in_its_alt_text_and_in_its_table(
    study: Study,
) -> None:
    blocks = priority_order(report(study, areas({"foundation": ["3"], "others": ["1"]})))
    assert said(blocks).endswith("Stjernen viser de emner, som er udpeget i rapporten.")
    figure = blocks[-1]
    assert isinstance(figure, Figure)
    assert figure.alt.endswith("Udpeget i rapporten: emnerne 3 og 1.")
    labels = [str(row[0]).replace(SPACE, " ") for row in figure.table.rows]
    assert labels == ["2 Strategi", "3 Metoder ★", "1 Familie ★"]
    assert str(figure.table.note).endswith("★ betyder udpeget i rapporten.")
    without = priority_order(report(study, areas()))[-1]
    assert isinstance(without, Figure)
    assert "udpeget" not in f"{without.alt} {without.table}".lower()


@pytest.mark.parametrize(
    ("published", "yes", "told"),
    [
        # Where three of four meet topic 3, the sums are 0.75, 1 and 1.25: the order is 3 2 1.
        # Topic 2 is in between under all eleven weightings; topic 3 comes last in four of them.
        (
            {"foundation": ["3"], "others": ["2"]},
            {"1": 1, "2": 2, "3": 3},
            "Rapporten gør emne 3 til fundamentet og kalder emne 2 særligt vigtig. "
            "I vores rækkefølge er de første to de samme. I de fleste "
            "vægtninger er emne 3 (64 %) og "
            "emne 2 (100 %) blandt de to første.",
        ),
        (
            {"others": ["1", "3"]},
            {"1": 1, "2": 2, "3": 3},
            "Rapporten kalder emnerne 1 og 3 særligt vigtige. Ét af de to er også blandt de to "
            "første i vores rækkefølge: emne 3. Længere nede står emne 1 (nr. 3). Til gengæld er "
            "emne 2 (nr. 2) blandt de to første. I de fleste vægtninger "
            "er emne 3 (64 %) blandt de to "
            "første. I højst halvdelen af vægtningerne er emne 1 (36 %) blandt de to første.",
        ),
        (
            {"foundation": ["1"]},
            {"1": 1, "2": 2, "3": 3},
            "Rapporten gør emne 1 til fundamentet. I vores rækkefølge kommer emne 1 ikke først. "
            "Længere nede står emne 1 (nr. 3). Til gengæld er emne 3 "
            "(nr. 1) først. I højst halvdelen "
            "af vægtningerne er emne 1 (36 %) først. Kriteriet "
            "»Virkning« gør forskellen: Uden det er "
            "netop emne 1 først.",
        ),
        (
            {"others": ["3"]},
            YES,
            "Rapporten kalder emne 3 særligt vigtig. I vores rækkefølge kommer emne 3 ikke først. "
            "Lige på grænsen står emne 3 (delt nr. 1–2). I højst "
            "halvdelen af vægtningerne er emne 3 "
            "(45 %) først. Kriteriet »Afstand« gør forskellen: Uden det er netop emne 3 først.",
        ),
    ],
    ids=["all", "some", "none", "edge"],
)
def test_how_far_order_and_study_agree(
    study: Study, published: dict[str, Sequence[str]], yes: dict[str, int], told: str
) -> None:
    text = said(priority_comparison(report(study, areas(published), yes=yes)))
    assert text.split("\n")[0] == told


def test_a_foundation_is_told_with_how_often_it_leads(study: Study) -> None:
    text = said(priority_comparison(report(study, areas({"foundation": ["3"]}))))
    # Topic 3 leads for w up to 0.4, five of eleven; topic 1 four times, topic 2 once.
    assert text.split("\n\n")[1] == (
        "Emne 3 er delt nr. 1–2, når kriterierne vejer lige meget, og kommer først i 45 % af "
        "vægtningerne, oftere end nogen af de andre."
    )
    text = said(priority_comparison(report(study, areas({"foundation": ["1"]}))))
    assert text.endswith(
        "Emne 1 er nr. 3, når kriterierne vejer lige meget, og kommer først i 36 % af vægtningerne."
    )


def test_the_areas_are_told_with_their_evidence(study: Study) -> None:
    file = areas(
        areas=[
            {"id": "A", "label": {"da": "Fælles metoder"}, "topics": ["3", "4"]},
            {"id": "B", "label": {"da": "Familien"}, "topics": ["1"]},
        ],
        areas_statement={"da": "Vores læsning."},
    )
    told = report(study, file, wished=[("north", "1"), ("south", "1"), ("north", "3")])
    blocks = cooperation_areas(told)
    heads = [block.text for block in blocks if isinstance(block, Heading)]
    assert heads == [
        "De to samarbejdsområder",
        "Samarbejdsområde A: Fælles metoder",
        "Samarbejdsområde B: Familien",
    ]
    text = said(blocks)
    assert text.startswith("Vores læsning.")
    assert (
        "- Metoder (emne 3): Alle fire steder opfylder emnet. Ét af de to hold peger på "
        "emnet som et område at arbejde videre med. Plads i rækkefølgen: delt nr. 1–2 ved lige "
        "vægt og nr. 1–3 i alle vægtninger."
    ) in text
    assert "- Data (emne 4): Rettet til andre. Stederne er ikke spurgt om den." in text
    assert "Begge hold peger på emnet som et område at arbejde videre med." in text

    rows = [[str(cell) for cell in row] for row in table(areas_summary(told)).rows]
    assert rows == [
        ["A: Fælles metoder", "3 Metoder", "4 af 4", "1 af 2", "1–2 (1–3)"],
        ["A: Fælles metoder", "4 Data", "ikke spurgt", "–", "–"],
        ["B: Familien", "1 Familie", "1 af 4", "2 af 2", "3 (1–3)"],
    ]


def test_wishes_are_left_out_where_nobody_was_asked_for_any(study: Study) -> None:
    file = areas(areas=[{"id": "A", "label": {"da": "Metoder"}, "topics": ["3"]}])
    told = report(study, file)
    assert "peger på" not in said(cooperation_areas(told))
    assert len(table(areas_summary(told)).columns) == 4


def test_a_wish_that_is_not_known_of_is_not_denied(study: Study) -> None:
    file = areas(areas=[{"id": "A", "label": {"da": "Metoder"}, "topics": ["3"]}])
    told = report(study, file, wished=[("north", "1")])
    text = said(cooperation_areas(told))
    assert "Blandt de ønsker, vi kender fra holdene, er emnet ikke nævnt." in text
    assert [row[3] for row in table(areas_summary(told)).rows] == ["ikke nævnt"]


def test_the_summary_leads_to_the_page_where_the_study_has_one(study: Study) -> None:
    file = areas({"others": ["2"]}, areas=[{"id": "A", "label": {"da": "M"}, "topics": ["3"]}])
    without = areas_summary(report(study, file))
    assert isinstance(without[0], Heading)
    assert without[0].text == "Samarbejdsområdet"
    assert not [block for block in without if isinstance(block, Bullets)]

    settings = study.settings
    page = settings.reports[0].model_copy(update={"id": "page", "notebook": "areas"})
    settings = settings.model_copy(update={"reports": [*settings.reports, page]})
    blocks = areas_summary(report(replace(study, settings=settings), file))
    links = [block.items for block in blocks if isinstance(block, Bullets)]
    assert links == [(Link("Se, hvordan vi har fundet rækkefølgen: T", "page.html"),)]


def test_values_are_shown_in_the_terms_they_are_measured_in(study: Study) -> None:
    blocks = priority_criteria(report(study, areas(wishes=True), wished=[("north", "2")]))
    assert "Vurderet af os." in said(blocks)
    assert [[str(cell).replace(SPACE, " ") for cell in row] for row in table(blocks, 1).rows] == [
        ["1 Familie", "75 %", "1", "0 af 2"],
        ["2 Strategi", "50 %", "3", "1 af 2"],
        ["3 Metoder", "0 %", "5", "0 af 2"],
    ]
    assert str(table(blocks, 1).note).endswith("regner vi med, at der ikke er noget.")
    assert table(blocks).rows[2][2] == "de ønsker, vi kender fra holdene"
    assert [row[1] for row in table(blocks, 2).rows] == ["Grund 1.", "Grund 2.", "Grund 3."]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "i ingen af vægtningerne"),
        (0.001, "i under 1 % af vægtningerne"),
        (0.01, "i 1 % af vægtningerne"),
        (0.99, "i 99 % af vægtningerne"),
        (0.999, "i over 99 % af vægtningerne"),
        (1, "i alle vægtninger"),
    ],
)
def test_nearly_none_and_nearly_all_are_not_rounded_away(
    study: Study, share: float, words: str
) -> None:
    order = priorities(report(study, areas()))
    assert order is not None
    assert order.how_often(share).replace(SPACE, " ") == words


def test_a_study_without_areas_says_nothing(study: Study) -> None:
    silent = report(study, None)
    sections = (priority_answer, priority_order, priority_criteria, priority_comparison)
    assert [section(silent) for section in (*sections, cooperation_areas, areas_summary)] == [
        []
    ] * 6
