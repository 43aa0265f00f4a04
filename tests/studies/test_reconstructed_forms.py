"""The forms of the reconstructed study: they settle to the chosen counts, and look like forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest
import yaml

from misbrug_analysis.analysis.consolidation import consolidate, form_answers
from misbrug_analysis.intake.collect import collect
from misbrug_analysis.model.study import Study
from tests.studies.reconstructed import (
    ANSWERED,
    CLUSTERS,
    CSV_FORMS,
    STUDY,
    Grid,
    as_sent,
    chosen_sets,
    counts,
    form_cells,
    rows_of,
)


def test_forms_settle_to_the_chosen_counts(
    code: SimpleNamespace, study: Study, grids: dict[str, Grid]
) -> None:
    answers = as_sent(code, study, grids)
    joint = [row for row in rows_of("feasible_joint.csv") if row["chosen"] == "yes"]
    chosen = chosen_sets() | {"2": counts(joint[0], "all")}
    settled = {name: code.build.settled_counts(study, answers, name) for name in chosen}
    assert settled == chosen


def test_the_library_settles_the_forms_as_the_independent_rules_do(
    code: SimpleNamespace, study: Study, grids: dict[str, Grid]
) -> None:
    sent = collect(study).accepted().answers
    rules, rulings = study.rules, study.adjudications
    forms = form_answers(sent, study.instrument, rules, rulings)
    units = study.organisation.frame()
    table = consolidate(forms, sent, units, study.instrument, rules, rulings)
    independent = as_sent(code, study, grids)
    by_library = {(r.unit, r.indicator): (r.answer, r.rule) for r in table.itertuples()}
    by_hand = {key: independent.unit_answer(*key) for key in by_library}
    assert by_library == {key: (one.answer, one.rule) for key, one in by_hand.items()}


def test_every_rule_for_partly_answers_has_something_to_settle(
    code: SimpleNamespace, study: Study, grids: dict[str, Grid]
) -> None:
    answers = as_sent(code, study, grids)
    settled = {
        (unit, form, indicator): answers.form_answer((unit, form), indicator).rule
        for (unit, form), sent in answers.forms.items()
        for indicator in study.instrument.indicator_ids
        if sent[indicator] == "partly"
    }
    assert settled == {
        ("syd-1", "joint", "5.1"): "partly_on_par",
        ("syd-1", "joint", "12.1"): "adjudicated_form",
        ("syd-3", "drugs", "7.2"): "partly_below",
        ("oest-2", "joint", "5.2"): "partly_undecided",
        ("oest-3", "joint", "1.3"): "partly_below",
        ("oest-4", "drugs", "5.1"): "partly_below",
        ("oest-5", "joint", "10.1"): "partly_below",
        ("vest-4", "alcohol", "1.1"): "partly_on_par",
    }


def test_separate_forms_differ_and_leave_blanks_but_nothing_stays_unanswered(
    code: SimpleNamespace, study: Study, grids: dict[str, Grid]
) -> None:
    answers = as_sent(code, study, grids)
    units = {unit for unit, _ in answers.forms}
    settled = {
        (unit, indicator): answers.unit_answer(unit, indicator).rule
        for unit in units
        for indicator in study.instrument.indicator_ids
    }
    by_rule = {
        rule: {key for key, value in settled.items() if value == rule}
        for rule in ("split", "incomplete", "unanswered")
    }
    assert by_rule == {
        "split": {
            ("syd-3", "10.1"),
            ("oest-4", "1.3"),
            ("oest-4", "5.1"),
            ("vest-4", "7.2"),
            ("vest-6", "5.1"),
        },
        "incomplete": {("syd-3", "6.1"), ("oest-4", "9.1"), ("vest-6", "5.2")},
        "unanswered": set(),
    }


def test_units_are_described_as_their_forms_show_them(
    code: SimpleNamespace, study: Study, grids: dict[str, Grid]
) -> None:
    units = study.organisation.frame().set_index("unit")
    sent = as_sent(code, study, grids).forms
    separate = {unit for unit, form in sent if form != "joint"}
    assert set(units.index[units["joint_or_split"] == "split"]) == separate
    assert set(units.index) - {unit for unit, _ in sent} == {"stevns"}
    assert (
        list(units.loc["stevns", ["buys_treatment", "own_service", "joint_or_split"]]) == [""] * 3
    )
    assert (
        tuple(
            sum(units.loc[unit, "cluster"] == cluster for unit in {unit for unit, _ in sent})
            for cluster in CLUSTERS
        )
        == ANSWERED
    )


def test_forms_agree_with_what_2014_says_of_practice(grids: dict[str, Grid]) -> None:
    answers = [form_cells(grid) for grid in grids.values()]
    assert {one["5.d1"] for one in answers} == {"ja"}
    assert {one["6.d1"] for one in answers} == {"systemisk"}
    assert {one["7.d1"] for one in answers} == {"nej"}
    assert {one["10.d1"] for one in answers if one["10.1"] == "ja"} == {"i drift"}
    rest = [one["10.d1"] for one in answers if one["10.1"] != "ja"]
    assert rest.count("under opbygning") > len(rest) / 2
    consent = {
        name.split("-")[0] for name, grid in grids.items() if form_cells(grid)["5.s3"] == "ja"
    }
    assert len(consent) == 2


def test_descriptive_answers_agree_with_what_2014_says_of_practice(
    study: Study, grids: dict[str, Grid]
) -> None:
    units: dict[str, list[dict[str, str]]] = {}
    for name, grid in grids.items():
        units.setdefault(name.split("_")[0], []).append(form_cells(grid))

    def saying(item: str, words: str) -> int:
        return sum(any(words in form[item] for form in sent) for sent in units.values())

    assert saying("2.d1", "ja") == 16  # practice everywhere
    assert saying("1.d1", "hjemmesiden") >= 13  # for by far the most
    assert saying("1.d1", "den første samtale") >= 13
    assert saying("2.d2", "hjemmesiden") >= 13  # generally named
    assert 3 < saying("1.d2", "ja") < 13  # several have projects
    assert 3 < saying("5.d2", "ja") < 13  # several find contact hard
    assert saying("6.d3", "ja") <= 3  # an overview of competences is asked for
    assert saying("6.d4", "ja") >= 8  # many projects
    yearly = {
        unit
        for unit, sent in units.items()
        if {form["7.d2"] for form in sent} == {"mindst én gang om året"}
    }
    told = study.organisation.frame()
    buy = set(told.loc[told["buys_treatment"] == "yes", "unit"])
    assert not yearly & buy
    assert len(yearly) > 2 / 3 * (16 - len(buy))  # as a rule
    screening = [form for sent in units.values() for form in sent if form["10.d1"] == "i drift"]
    assert all(form["10.d3"] for form in screening)


def test_a_choice_and_what_it_rests_on_do_not_contradict_each_other(grids: dict[str, Grid]) -> None:
    for name, grid in grids.items():
        form = form_cells(grid)
        assert ("hjemmesiden" not in form["1.d1"]) or form["1.s2"] == "ja", name
        assert form["1.s1"] != "ja" or "den første samtale" in form["1.d1"], name
        assert form["2.s3"] != "ja" or form["2.d2"] != "hjemmesiden", name
        assert form["12.s2"] != "ja" or "skriftlige samarbejdsaftaler" in form["12.d2"], name
        assert (form["7.s3"] == "ja") == (form["7.d2"] == "mindst én gang om året"), name
        for item in ("2.d3", "12.d2", "12.d3"):
            assert "ingen af dem" not in form[item] or form[item] == "ingen af dem", name


def test_a_question_that_is_added_leaves_every_other_answer_as_it_was(
    code: SimpleNamespace, study: Study
) -> None:
    particulars = code.build.load_particulars()
    fewer = [item for item in study.instrument.items if item.id != "1.d1"]
    instrument = study.instrument.model_copy(update={"items": fewer})
    without = code.build.filled_forms(replace(study, instrument=instrument), particulars)
    for before, now in zip(without, code.build.filled_forms(study, particulars), strict=True):
        assert {**now.answers, **before.answers} == now.answers
        assert set(now.answers) - set(before.answers) == {"1.d1"}


def test_forms_have_the_layout_of_a_form(grids: dict[str, Grid]) -> None:
    for name, grid in grids.items():
        assert [row[0] for row in grid[3:6]] == ["Besvarelse fra", "Skema", "Udfyldt den"], name
        assert grid[7] == ["Nr.", "Spørgsmål", "Svar", "Bemærkning"], name
        assert grid[8] == ["", "Familieorienteret behandling", "", ""], name
        assert grid[9][0] == "1.1", name
        assert "Rekonstrueret" in grid[1][0], name
        day = grid[5][1]
        if name in CSV_FORMS:
            day = datetime.strptime(day, "%d-%m-%Y")
        assert datetime(2014, 3, 1) <= day <= datetime(2014, 5, 31), name


def test_csv_forms_are_saved_as_a_danish_excel_saves_them() -> None:
    for name, encoding in CSV_FORMS.items():
        content = (STUDY / "forms" / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig"), name
        assert content.count(b"\n") == content.count(b"\r\n"), name
    with pytest.raises(UnicodeDecodeError):
        (STUDY / "forms" / "vest-3_faelles.csv").read_bytes().decode("utf-8")


def test_remarks_name_no_municipality(grids: dict[str, Grid]) -> None:
    organisation = yaml.safe_load((STUDY / "organisation.yaml").read_text(encoding="utf-8"))
    groups = organisation["levels"][0]["groups"]
    names = [member["label"] for group in groups for member in group["members"]]
    remarks = [row[3] for grid in grids.values() for row in grid[8:] if row[3]]
    assert 20 <= len(remarks) <= 40
    assert [(name, text) for name in names for text in remarks if name in text] == []


def test_a_partly_answer_is_judged_by_the_median_of_other_units_plain_yes(
    code: SimpleNamespace,
) -> None:
    forms = {
        ("a", "joint"): {"1": "partly", "s1": "yes", "s2": "no"},
        ("b", "joint"): {"1": "yes", "s1": "yes", "s2": "yes"},
        ("c", "joint"): {"1": "yes", "s1": "no", "s2": "partly"},
        ("d", "joint"): {"1": "yes", "s1": "", "s2": ""},
    }
    sent = code.settle.Round(forms, {"1": ["s1", "s2"]}, {})
    # Peers b (1) and c (0) have the median 1/2, which is a's share; d has nothing to compare.
    assert sent.unit_answer("a", "1") == code.settle.Settled("yes", "partly_on_par")
    ruled = code.settle.Round(forms, {"1": ["s1", "s2"]}, {("c", "joint", "1"): "yes"})
    assert ruled.unit_answer("a", "1") == code.settle.Settled("no", "partly_undecided")
