"""Texts follow the data: on other answers they say something else, and nothing that is untrue."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import unlinked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import render
from tests.projects import STUDY
from tests.studies import authored
from tests.studies.varied import VARIANTS, Facts, vary, with_feedback

GAINS = ("insight", "speed", "agenda", "weight", "exchange")


def _judged(now: Facts) -> bool:
    rules = now.study.rules
    return (rules.partly, rules.min_peers, rules.peer_quantile) == ("judge", 2, 0.5)


def _left_out(now: Facts) -> bool:
    return now.study.rules.absent == "out" and now.study.rules.missing == "out"


def _counts_otherwise(now: Facts) -> bool:
    """Of those that answered all but one say yes to 1.1, and one more was asked."""
    everyone = len(now.units())
    return now.study.rules.absent == "out" and (
        (now.settled("1.1"), len(now.sent)) == (everyone - 2, everyone - 1)
    )


def _bought(now: Facts) -> float:
    return now.said("7.d2", "mindst én gang om året", buys_treatment="yes")


CONDITIONAL: dict[tuple[str, str], Callable[[Facts], bool]] = {
    ("conclusions", "Udgangspunktet er altså godt"): lambda now: now.share("1.1") >= 2 / 3,
    ("conclusions", "Der er altså brug for, at metoderne"): lambda now: now.share("1.1") < 2 / 3,
    ("conclusions", ", og at samarbejdet har sat skub"): lambda now: (
        now.agree("insight") and now.agree("speed")
    ),
    ("conclusions", "svarer, at samarbejdet har sat skub"): lambda now: (
        not (now.agree("insight") and now.agree("speed"))
    ),
    ("consolidation", "Sådan er tallene også gjort op her"): lambda now: (
        now.study.rules.absent == "out"
    ),
    ("consolidation", "Indikator 1.1 er en undtagelse"): _counts_otherwise,
    ("cooperation", "svarer ja til, at samarbejdet har givet dem"): lambda now: all(
        map(now.agree, GAINS)
    ),
    ("cooperation", "Klyngerne svarer sådan på"): lambda now: not all(map(now.agree, GAINS)),
    ("method_cluster", "er det samlede svar et fælles nej"): lambda now: (
        now.study.rules.split == "no"
    ),
    ("method_cluster", "Svaret »delvis« bliver til ja"): lambda now: (
        now.study.rules.partly == "judge"
    ),
    ("method_cluster", "Et manglende svar er hverken"): _left_out,
    ("participation", "deltog ikke."): lambda now: not now.took_part(),
    ("participation", "kender ikke årsagen"): lambda now: not now.took_part("syd"),
    ("participation", "tæller hverken som ja eller nej"): lambda now: (
        not now.took_part() and now.study.rules.absent == "out"
    ),
    ("participation", "Læs klyngens tal med større forbehold"): lambda now: (
        not now.took_part("syd")
    ),
    ("participation", "at to kommuner er undtaget"): _counts_otherwise,
    ("reading_guide", "er det samlede svar et fælles nej"): lambda now: (
        now.study.rules.split == "no"
    ),
    ("reading_guide", "afgør en regel det samlede svar"): lambda now: now.study.rules.split != "no",
    ("reading_guide", "når kommunen er på linje med andre"): _judged,
    ("reading_guide", "hvad svaret »delvis« tæller som"): lambda now: not _judged(now),
    ("reading_guide", "tæller hverken som ja eller nej"): _left_out,
    ("reading_guide", "tæller med efter en fast regel"): lambda now: not _left_out(now),
    ("topics/2/status", "En manglende strategi betyder altså ikke"): lambda now: (
        now.said("2.d1", "yes") > now.share("2.1", "2.2", "2.3")
    ),
    ("topics/5/status", "Forskellen er altså"): lambda now: (
        now.said("5.d1", "yes") > now.share("5.1")
    ),
    ("topics/5/status", "Her er der meget at vinde"): lambda now: now.share("5.2") < 0.5,
    ("topics/5/status", "Det er et godt grundlag"): lambda now: now.share("5.2") >= 0.5,
    ("topics/5/status", "Det sker i"): lambda now: now.said("5.s3", "yes") > 0,
    ("topics/6/status", "Et overblik vil gøre det lettere"): lambda now: (
        now.said("6.d3", "yes") < 0.5
    ),
    ("topics/7/status", "Rapporten fra 2014 går videre"): lambda now: now.said("7.d1", "yes") == 0,
    ("topics/7/status", "Rapporten fra 2014 skriver ellers"): lambda now: (
        now.said("7.d1", "yes") > 0
    ),
    ("topics/7/status", "Det er svært at forene"): lambda now: (
        now.said("7.d1", "yes") == 0 and now.share("7.2") > 0
    ),
    ("topics/7/status", "Tilbage er journalsystemet"): lambda now: (
        now.said("7.d1", "yes") == 0 and now.share("7.2") == 0
    ),
    ("topics/7/status", "det samme."): lambda now: _bought(now) > 0,
    ("topics/7/status", "De gennemgår ikke tallene hvert år"): lambda now: _bought(now) == 0,
    ("topics/10/status", "er der erfaringer at dele"): lambda now: now.settled("10.1") > 0,
    ("topics/10/status", "om lægen gør det."): lambda now: now.answered("10.d3"),
    ("topics/12/status", "brug for flere strategier"): lambda now: now.share("12.1") < 0.5,
    ("topics/12/status", "få strategierne til at leve"): lambda now: now.share("12.1") >= 0.5,
}
"""When a text may say what stands under a condition, by words of it."""


@pytest.fixture(scope="module")
def base(settled: Path) -> tuple[Study, Results]:
    study = load_study(Project.find(settled), STUDY)
    return study, load(study)


def said(now: Facts, name: str) -> str:
    run = next(run for run in now.study.runs() if run.id == "regional")
    report = Report(now.study, now.results, Language.load("da"), run)
    return unlinked(render(report, now.study.folder / "texts" / f"{name}.md"))


def test_everything_under_a_condition_is_checked() -> None:
    unchecked = [
        (name, words)
        for name in authored.names()
        for words in authored.branches(name)
        if not any(at == name and part in words for at, part in CONDITIONAL)
    ]
    assert unchecked == []


@pytest.mark.parametrize(("answers", "study"), VARIANTS)
def test_a_text_says_under_a_condition_what_is_so(
    base: tuple[Study, Results], answers: str, study: str
) -> None:
    now = vary(*base, answers, study)
    texts = {name: said(now, name) for name in authored.names()}
    shown = {key: key[1] in texts[key[0]] for key in CONDITIONAL}
    assert shown == {key: may(now) for key, may in CONDITIONAL.items()}


def test_every_condition_is_met_in_one_variant_and_not_in_another(
    base: tuple[Study, Results],
) -> None:
    variants = [vary(*base, *variant) for variant in VARIANTS]
    outcomes = {key: {may(now) for now in variants} for key, may in CONDITIONAL.items()}
    assert [key for key, found in outcomes.items() if found != {True, False}] == []


def test_counts_follow_the_answers(base: tuple[Study, Results]) -> None:
    said_yes = said(vary(*base, "all yes", "as they are"), "topics/5/status")
    assert "Alle 16 kommuner, der svarede, følger op på en fast måde" in said_yes
    said_no = said(vary(*base, "all no", "as they are"), "topics/5/status")
    assert "Ingen af kommunerne (0 af 16) følger op på en fast måde" in said_no
    said_half = said(vary(*base, "half yes", "as they are"), "topics/5/status")
    assert "Halvdelen af kommunerne (8 af 16) følger op på en fast måde" in said_half


def test_wishes_follow_the_groups(base: tuple[Study, Results]) -> None:
    now = vary(*base, "as they are", "a group without wishes")
    assert "To af de tre klynger peger på anbefalingen" in said(now, "topics/1/status")
    assert "To af de tre klynger peger på screening" in said(now, "topics/10/status")


def test_all_answers_to_a_question_of_one_answer_are_told(base: tuple[Study, Results]) -> None:
    now = said(vary(*base, "as they are", "as they are"), "topics/10/status")
    # 7 + 6 + 1 and two with forms that differ are the 16; 0 + 2 + 4 and two are the eight.
    assert now.count("De sidste to kommuner svarer forskelligt i deres skemaer.") == 2
    alike = said(vary(*base, "all yes", "as they are"), "topics/10/status")
    assert "svarer forskelligt" not in alike


def test_a_conclusion_that_the_data_contradict_is_an_error_at_its_line(
    base: tuple[Study, Results],
) -> None:
    """Only the conclusions rest on what groups answer without another way to say it."""
    texts = {name: lines for name in authored.names() if (lines := authored.held(name))}
    assert list(texts) == ["conclusions"]
    study = with_feedback(base[0], "no", ("weight",))
    with pytest.raises(DefinitionError) as error:
        said(Facts(study, base[1]), "conclusions")
    assert f"conclusions.md, line {texts['conclusions'][0]}" in str(error.value)
    assert "no longer say" in str(error.value)
