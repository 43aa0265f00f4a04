"""Every statement of 2014 (domain.md, "indicator by indicator") comes out of a run.

Words are matched against the wording that is produced, digits against the counts of the run, with
the settings' names where the defaults cannot give both.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from misbrug_analysis.analysis.scoring import score
from misbrug_analysis.analysis.tracing import traces
from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from tests.presentation.published_words import says
from tests.projects import STUDY

CLUSTERS = ("syd", "oest", "vest")
LOST = "1235"

# Surviving digits of the charts, as domain.md lists them; indicators with no chart are all yes.
DIGITS = {
    "1.1": "0046",
    "1.3": "006",
    "2.1": "",
    "2.2": "",
    "2.3": "",
    "5.1": "04",
    "5.2": "044",
    "7.2": "44",
    "10.1": "44",
    "12.1": "",
}
ALL = ("1.2", "6.1", "6.2", "7.1", "9.1")


@pytest.fixture(scope="module")
def ran(made: Path) -> tuple[Study, Results]:
    study = load_study(Project.find(made), STUDY)
    return study, load(study)


def counts(
    ran: tuple[Study, Results], absent: str = "out"
) -> dict[tuple[str, str], tuple[int, int]]:
    """(yes, no) by item and group of the run's consolidated answers, under a setting."""
    study, results = ran
    varied = study.with_rules(absent=absent)
    levels = [level.id for level in study.organisation.levels]
    units = study.organisation.frame()
    table = score(results.consolidated, units, levels, study.instrument, varied.rules)
    return {
        (row["item"], row["group"]): (row["yes"], row["no"]) for row in table.to_dict("records")
    }


def surviving(numbers: list[int]) -> str:
    """The digits that the transcript would have kept: a number of lost digits only is lost."""
    return "".join(sorted(str(n) for n in numbers if not set(str(n)) <= set(LOST)))


@pytest.mark.parametrize("indicator", [item for item in DIGITS if item != "1.1"])
def test_the_charts_digits_under_the_default_rules(
    ran: tuple[Study, Results], indicator: str
) -> None:
    found = counts(ran)
    charted = [n for cluster in CLUSTERS for n in found[indicator, cluster]]
    assert surviving(charted) == DIGITS[indicator]


@pytest.mark.parametrize("indicator", ALL)
def test_all_in_all_clusters(ran: tuple[Study, Results], indicator: str) -> None:
    found = counts(ran)
    assert [found[indicator, cluster] for cluster in CLUSTERS] == [(5, 0), (5, 0), (6, 0)]
    assert says("all", 16, 16, missing=1, groups=3)


@pytest.mark.parametrize(
    ("item", "group", "words", "yes", "total"),
    [
        ("1.3", "sjaelland", "all_but_two", 14, 16),
        ("5.2", "sjaelland", "only_a_few", 3, 16),
        ("12.1", "sjaelland", "some_not_most", 6, 16),
        # Recommendation 2 as a whole; "about half" in Øst, the other two names are lost.
        ("2", "oest", "about_half", 2, 5),
        ("2", "vest", "about_half", 3, 6),
        ("2", "syd", "one", 1, 5),
    ],
)
def test_words_and_counts_under_the_default_rules(
    ran: tuple[Study, Results], item: str, group: str, words: str, yes: int, total: int
) -> None:
    assert counts(ran)[item, group] == (yes, total - yes)
    assert says(words, yes, total)


def test_5_1_not_quite_all_and_every_municipality_follows_up(ran: tuple[Study, Results]) -> None:
    yes, no = counts(ran)["5.1", "sjaelland"]
    assert yes > no > 0
    answers = ran[1].answers
    follow_up = answers[answers["item"] == "5.d1"]
    assert set(follow_up["value"]) == {"yes"}
    assert follow_up["unit"].nunique() == 16


def test_10_1_experience_in_all_clusters_and_many_of_the_rest_are_building(
    ran: tuple[Study, Results],
) -> None:
    found = counts(ran)
    assert all(found["10.1", cluster][0] >= 1 for cluster in CLUSTERS)
    _, results = ran
    no = results.consolidated.query("indicator == '10.1' and answer == 'no'")["unit"]
    stage = results.answers.query("item == '10.d1' and unit in @no")
    building = stage[stage["value"] == "under opbygning"]["unit"].nunique()
    assert building > len(no) / 2


def test_7_nobody_can_extract_their_own_data(ran: tuple[Study, Results]) -> None:
    answers = ran[1].answers
    assert set(answers.loc[answers["item"] == "7.d1", "value"]) == {"no"}


def test_1_1_digits_hold_by_default_but_its_words_only_with_absent_as_no(
    ran: tuple[Study, Results],
) -> None:
    default, as_no = counts(ran), counts(ran, absent="as_no")
    charted = [n for cluster in CLUSTERS for n in default["1.1", cluster]]
    assert surviving(charted) == DIGITS["1.1"]
    assert default["1.1", "sjaelland"] == (15, 1)
    assert not says("all_but_two", 15, 16)
    assert as_no["1.1", "sjaelland"] == (15, 2)
    assert says("all_but_two", 15, 17)


def test_the_consolidation_page_names_the_setting_for_1_1(made: Path) -> None:
    page = (made / "outputs" / STUDY / "html" / "consolidation.html").read_text("utf-8")
    assert "absent: as_no" in page
    assert "alle kommuner på nær to (15 af 17)" in page
    assert "alle kommuner på nær én (15 af 16)" in page


@pytest.mark.parametrize(
    "statement",
    [
        "Alle 16 kommuner, der svarede, opfylder anbefaling 6",
        "Systematisk opfølgning efter behandlingen: Kun få kommuner (3 af 16) siger ja"
        " (afhænger af reglerne).",
        "Alle borgere får tilbud om behandling med familien: "
        "Alle kommuner på nær to (14 af 16) siger ja (afhænger af reglerne).",
        "I Klynge Syd opfylder én af de fem kommuner anbefaling 2, "
        "i Klynge Øst to af de fem og i Klynge Vest tre af de seks.",
    ],
)
def test_the_regional_page_says_it_in_words(made: Path, statement: str) -> None:
    page = (made / "outputs" / STUDY / "html" / "regional.html").read_text("utf-8")
    assert statement in re.sub(r"<[^>]+>", "", page)


def test_every_answer_traces_to_cells_that_say_it(ran: tuple[Study, Results]) -> None:
    """Each named cell of the indicator says the answer itself, or a rule changed it."""
    study, results = ran
    words = {"yes": "ja", "no": "nej", "partly": "delvis"}
    told = traces(results, study.instrument, study.adjudications)
    settled = results.consolidated[~results.consolidated["rule"].isin(["absent", "unanswered"])]
    for row in settled.to_dict("records"):
        found = told.of(row["unit"], row["indicator"])
        own = found.cells[found.cells["item"] == row["indicator"]]
        assert len(own) >= 1
        if row["rule"] in ("agreed", "incomplete"):
            assert set(own["raw"].str.casefold()) == {words[row["answer"]]}
        if row["rule"] == "split":
            assert len(own) >= 2
        if row["rule"].startswith("partly"):
            assert "delvis" in set(own["raw"].str.casefold())
    assert study.settings.provenance.kind == "reconstructed"
