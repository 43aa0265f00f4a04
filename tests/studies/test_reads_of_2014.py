"""What the pages of 2014 read, and which of them a change in a form makes another."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.plan import report_task
from misbrug_analysis.execution.processed import load, save, settle
from misbrug_analysis.execution.read_digests import ReadDigests
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.language import Language
from tests.in_process import run_in_process
from tests.projects import STUDY, copy_project
from tests.studies.varied import settle_anew

Change = Callable[[pd.DataFrame], pd.DataFrame]

CLUSTERS = {"cluster-oest", "cluster-syd", "cluster-vest"}
WHOLE = {"regional", "areas", "sensitivity"}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    study = load_study(Project.find(copy_project(tmp_path_factory.mktemp("read"))), STUDY)
    save(study, settle(study))
    return study


@pytest.fixture(scope="module")
def read(study: Study) -> dict[str, tuple[str, ...]]:
    """What the Danish page of each report reads, by its id."""
    edition = Edition(study, Language.load("da"))
    made = [run_in_process(*report_task(edition, run).arguments) for run in study.runs()]
    return {outcome.id: outcome.read for outcome in made}


@pytest.fixture(scope="module")
def made_anew(study: Study, read: dict[str, tuple[str, ...]]) -> Callable[[Change], set[str]]:
    """The ids of the reports that rest on what a change of the answers changes."""
    results = load(study)

    def settled_with(change: Change) -> ReadDigests:
        return ReadDigests(study, settle_anew(study, results, change(results.answers.copy())))

    before = settled_with(lambda answers: answers)

    def found(change: Change) -> set[str]:
        now = settled_with(change)
        return {
            id for id, names in read.items() if any(before.of(one) != now.of(one) for one in names)
        }

    return found


@pytest.mark.parametrize("id", sorted(WHOLE | CLUSTERS | {"need", "organisation"}))
def test_no_page_but_that_on_how_answers_were_settled_rests_on_everything(
    read: dict[str, tuple[str, ...]], id: str
) -> None:
    assert "everything" not in read[id]
    assert ("sensitivity" in read[id]) is (id == "sensitivity")


def test_a_cluster_reads_its_own_answers_and_what_is_counted_of_all(
    read: dict[str, tuple[str, ...]],
) -> None:
    assert read["cluster-syd"] == (
        "answers of cluster/syd",
        "consolidated of cluster/syd",
        "other rules",
        "other ways to count",
        "rulings of cluster/syd",
        "scores of cluster/syd",
        "scores of cluster/syd under other rules",
        "scores of region/sjaelland",
        "scores of region/sjaelland under other rules",
        "sent of cluster/syd",
        "text method_cluster",
    )


def test_only_pages_that_tell_of_need_rest_on_it(read: dict[str, tuple[str, ...]]) -> None:
    telling = {id for id, names in read.items() if "need" in names}
    assert telling == {"need", "regional", "sensitivity"}


def test_the_page_of_questions_reads_no_answer(read: dict[str, tuple[str, ...]]) -> None:
    assert read["recommendations"] == ()


def test_an_answer_that_is_counted_changes_every_page_with_counts(
    made_anew: Callable[[Change], set[str]],
) -> None:
    def no_longer(answers: pd.DataFrame) -> pd.DataFrame:
        said = (answers["unit"] == "syd-2") & (answers["item"] == "5.2")
        assert set(answers.loc[said, "value"]) == {"yes"}
        return answers.assign(value=answers["value"].mask(said, "no"))

    assert made_anew(no_longer) == WHOLE | CLUSTERS | {"consolidation"}


def test_a_remark_changes_the_page_of_its_cluster(
    made_anew: Callable[[Change], set[str]],
) -> None:
    def remarked(answers: pd.DataFrame) -> pd.DataFrame:
        said = (answers["unit"] == "syd-2") & answers["item"].str.endswith(".remark")
        assert said.any()
        return answers.assign(value=answers["value"].mask(said, "Noget andet"))

    assert made_anew(remarked) == {"cluster-syd", "consolidation"}


def test_forms_that_two_of_a_cluster_exchange_leave_other_clusters_as_they_are(
    made_anew: Callable[[Change], set[str]],
) -> None:
    def exchanged(answers: pd.DataFrame) -> pd.DataFrame:
        units = answers["unit"].replace({"syd-2": "syd-5", "syd-5": "syd-2"})
        return answers.assign(unit=units).sort_values("unit", kind="stable", ignore_index=True)

    # The page of all shows who answers what.
    assert made_anew(exchanged) == {"regional", "sensitivity", "cluster-syd", "consolidation"}
