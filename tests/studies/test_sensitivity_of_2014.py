"""The variants of the study of 2014, beside the study settled anew under the rules of each."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from misbrug_analysis.analysis.scoring import count_bounds
from misbrug_analysis.execution.processed import load, settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.known_variants import variants_of
from tests.projects import STUDY


@pytest.fixture(scope="module")
def study(settled: Path) -> Study:
    return load_study(Project.find(settled), STUDY)


def test_all_choices_are_crossed(study: Study) -> None:
    """Some send two forms and none three, some say partly, and there are rulings."""
    variants = variants_of(study, load(study)).variants
    ways = [("judge", 0.5), ("judge", 0.25), ("judge", 0.75), ("as_yes", -1), ("as_no", -1)]
    assert variants["merge"].unique().tolist() == [""]
    told = variants.drop(columns="merge").fillna({"peer_quantile": -1})
    rows = told.itertuples(index=False, name=None)
    assert list(rows) == [
        (*way, split, hold) for way, split, hold in product(ways, ("no", "any"), (True, False))
    ]


def test_the_variants_come_to_as_many_sets_of_answers_as_their_tables_hold(study: Study) -> None:
    found = variants_of(study, load(study))
    tables = {tuple(found.answers_under(one)["answer"]) for one in found.variants.index}
    assert found.distinct == len(tables) < len(found.variants)


@pytest.mark.parametrize("variant", [0, 3, 6, 9, 14, 17])
def test_a_variant_is_the_study_settled_anew(study: Study, variant: int) -> None:
    found = variants_of(study, load(study))
    row = found.variants.loc[variant]
    rules = {"partly": row["partly"], "split": row["split"]}
    if row["partly"] == "judge":
        rules["peer_quantile"] = row["peer_quantile"]
    other = study.with_rules(**rules)
    anew = settle(other if row["adjudications"] else replace(other, rulings=()))
    scores = found.scores_under(variant)
    groups = anew.scores[anew.scores["level"] != "unit"].reset_index(drop=True)
    assert_frame_equal(scores, groups[scores.columns], check_exact=True)
    answers = found.answers_under(variant)
    assert_frame_equal(answers, anew.consolidated[answers.columns])


def test_bounds_of_absence_are_those_of_the_published_counts(study: Study) -> None:
    results = load(study)
    published = results.scores[results.scores["level"] != "unit"].reset_index(drop=True)
    ranges = variants_of(study, results).ranges
    bounds = [count_bounds(row, study.rules) for _, row in published.iterrows()]
    columns = ["absent_low", "absent_high", "asked"]
    assert list(ranges[columns].itertuples(index=False, name=None)) == bounds
    assert_frame_equal(
        ranges[["level", "group", "item", "yes", "n"]],
        published[["level", "group", "item", "yes", "n"]],
    )
