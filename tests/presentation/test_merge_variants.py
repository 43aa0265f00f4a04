"""What the page on other rules says of ways to merge the answers of several persons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml

from misbrug_analysis.analysis.sensitivity import SETTINGS
from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.datasets import variants
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Robustness
from misbrug_analysis.presentation.sections.sensitivity import robustness_limits, rule_choices
from misbrug_analysis.presentation.sections.short_answer import idle
from tests.several_respondents import make_several, person
from tests.small import load, write_form

SPLIT = ["ja", "ja", "ja", "nej", "nej"]
"""A mean and a share of 0.6, which is partly; the middle one says yes, and so does a majority."""


def report_of(
    root: Path, said: Sequence[str], language: str = "da", **respondents: object
) -> Report:
    """What persons of site a answer to t.1, merged by the mean."""
    folder = make_several(root, rules={"partly": "keep"})
    settings = folder / "study.yaml"
    study_file = yaml.safe_load(settings.read_text("utf-8"))
    study_file["reports"][0]["shows_variants"] = True
    settings.write_text(yaml.safe_dump(study_file, allow_unicode=True, sort_keys=False), "utf-8")
    file = root / "data" / "instruments" / "small.yaml"
    instrument = yaml.safe_load(file.read_text("utf-8"))
    instrument["respondents"] |= {"merge": "mean"} | respondents
    file.write_text(yaml.safe_dump(instrument, allow_unicode=True, sort_keys=False), "utf-8")
    for number, answer in enumerate(said):
        rows = person("a", "leder", {"t.1": answer})
        rows[-1] = [*rows[-1][:3], f"nr. {number}"]
        write_form(folder / "forms" / f"a{number}.csv", rows)
    study = load(folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


def test_the_ways_to_merge_are_told_with_the_studys_own(tmp_path: Path) -> None:
    robust = Robustness(report_of(tmp_path, SPLIT))
    assert robust.varied == ["merge"]
    assert robust.choices["merge"].tolist() == [
        "gennemsnit af point",
        "den midterste",
        "andel af ja",
        "over halvdelen",
    ]
    mean, median, share, majority = robust.explained("merge")
    assert "mindst 75\N{NO-BREAK SPACE}% af det højeste antal point" in mean
    assert mean.endswith("Sådan er svarene gjort op på de andre sider.")
    assert not any("andre sider" in one for one in (median, share, majority))
    assert robust.moved("t.1").moved_by == ("merge",)
    assert robust.mover(("merge",)) == "Det er sammenlægningen af svar, der flytter tallet."


def test_a_kept_middle_is_said_not_to_be_tried(tmp_path: Path) -> None:
    report = report_of(tmp_path, SPLIT)
    told = idle(Robustness(report))
    assert told[0].startswith("Et delvist svar står for sig selv")
    assert told[0] in rule_choices(report)[-1].texts


def test_the_limits_of_merged_answers_are_said_to_stay(tmp_path: Path) -> None:
    bullets = robustness_limits(report_of(tmp_path, SPLIT, "en"))[1]
    assert any("another limit than 75%" in one for one in bullets.items)


def test_too_few_to_merge_in_several_ways_is_told(tmp_path: Path) -> None:
    told = idle(Robustness(report_of(tmp_path, ["ja"])))
    assert told[0].startswith("Ingen svar er lagt sammen af så mange personer")


@pytest.mark.parametrize("way", [1, 2, 3])
def test_a_report_under_a_way_merges_by_it(tmp_path: Path, way: int) -> None:
    report = report_of(tmp_path, SPLIT)
    merge = report.sensitivity.variants.loc[way, "merge"]
    varied = report.under(way)
    assert varied.study.instrument.respondents is not None
    assert varied.study.instrument.respondents.merge == merge
    assert varied.counts("t.1").yes == (1 if merge in ("median", "majority") else 0)


def test_the_table_knows_merging_as_what_moves_a_count(tmp_path: Path) -> None:
    report = report_of(tmp_path, SPLIT)
    table = variants.sensitivity(Naming(report.study, report.language), report.results)
    assert table is not None
    codes = next(one.codes for one in table.fields if one.name == "moved_by")
    assert codes is not None
    assert codes["merge"] == "Flere personer"
    assert set(SETTINGS) <= set(codes)
