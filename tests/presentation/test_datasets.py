"""The published tables: what they hold, what readers see, and that every column is described."""

from __future__ import annotations

from pathlib import Path

import pytest

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import COLUMNS, PUBLISHED
from misbrug_analysis.presentation.datasets import Dataset, Field
from tests.presentation.small_tables import column, hand_made, small_study, tables_of
from tests.projects import STUDY
from tests.small import form_rows, load, make_project, write_form

CONTRACT = ("scores", "consolidated", "form_answers", "answers", "ledger")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Dataset]:
    return tables_of(small_study(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="module", params=["da", "en"])
def of_2014(settled: Path, request: pytest.FixtureRequest) -> dict[str, Dataset]:
    return tables_of(load_study(Project.find(settled), STUDY), request.param)


def test_a_table_that_the_study_does_not_have_is_left_out(small: dict[str, Dataset]) -> None:
    asked = {"topics", "items", "units", "groups"}
    assert set(small) == {*CONTRACT, *asked, "option_counts"}


def test_2014_has_every_table_that_can_be_named_but_those_that_it_does_not_declare(
    of_2014: dict[str, Dataset],
) -> None:
    declared_elsewhere = {"number_counts", "totals", "comparisons", "agreement", "role_gaps"}
    assert list(of_2014) == [name for name in PUBLISHED if name not in declared_elsewhere]


def test_options_are_counted_by_group(small: dict[str, Dataset]) -> None:
    """A chose one year, and talk and letter; B and C, in two other teams, left both blank."""
    table = small["option_counts"]
    rows = zip(
        *(column(table, name) for name in ("group", "item", "option", "chose", "answered")),
        strict=True,
    )
    counts = {row[:3]: row[3:] for row in rows}
    assert counts["Nord", "t.d1 Hvor længe?", "et år"] == (1, 1)
    assert counts["Nord", "t.d1 Hvor længe?", "længere"] == (0, 1)
    assert counts["Syd", "t.d1 Hvor længe?", "et år"] == (0, 0)
    assert counts["Alle", "t.d2 Hvordan?", "brev"] == (1, 1)
    assert ("Nord", "t.s1 Hver gang?", "delvis") in counts
    assert not any(item.startswith(("t.1 ", "t.d3 ")) for _, item, _ in counts)


def test_ranges_are_published_where_a_report_tells_of_them(tmp_path: Path) -> None:
    """A says partly without evidence: a no, or a yes where partly is. B says yes, C nothing."""
    telling = {"id": "sure", "notebook": "n", "title": {"da": "T"}, "summary": {"da": "S"}}
    folder = make_project(tmp_path, reports=[telling | {"shows_variants": True}])
    for unit, said in (("a", "delvis"), ("b", "ja")):
        write_form(folder / "forms" / f"{unit}.csv", form_rows(unit, {"t.1": said, "t.2": "nej"}))
    table = tables_of(load(folder))["sensitivity"]
    names = ("yes", "n", "low", "high", "varies", "moved_by", "absent_high", "asked", "highest")
    rows = dict(
        zip(
            zip(column(table, "group"), column(table, "item"), strict=True),
            zip(*(column(table, name) for name in names), strict=True),
            strict=True,
        )
    )
    asked = "t.1 Følger I op?"
    assert rows["Nord", asked] == (1, 2, 1, 2, 1, "Delvise svar", 1, 2, 2)
    assert rows["Alle", asked] == (1, 2, 1, 2, 1, "Delvise svar", 2, 3, 3)
    assert rows["Syd", asked] == (0, 0, 0, 0, 0, "[z]", 1, 1, 1)
    assert rows["Alle", "Emne t: Opfølgning"] == (0, 2, 0, 0, 0, "[z]", 1, 3, 1)
    assert "(to i alt)" in next(one.about for one in table.fields if one.name == "varies")


def test_need_of_groups_adds_up_the_exact_need_of_members(of_2014: dict[str, Dataset]) -> None:
    """Sums of the rounded rows would differ; the region is all its members."""
    area, groups = of_2014["need"].frame, of_2014["need_groups"].frame
    heavy = groups[groups["measure"] == "alcohol_heavy"].set_index(["scope", "group"])["value"]
    one_by_one = area[area["measure"] == "alcohol_heavy"]
    assert heavy["all", ""] == pytest.approx(one_by_one["value"].sum())
    assert heavy["all", ""] == pytest.approx(heavy["group"].sum())
    assert heavy["typical", ""] == pytest.approx(one_by_one["value"].median())


def test_the_nation_has_its_people_in_the_table_of_groups(of_2014: dict[str, Dataset]) -> None:
    """98 municipalities; PROVENANCE.md of the reference data has their sum."""
    table = of_2014["population_groups"].frame
    people = table.pivot(index=["scope", "group"], columns="ages", values="people")
    assert people.loc[("nation", ""), "0+"] == 5_627_145
    region = people.loc[("all", "")]
    assert region.drop(["15-24", "0+"]).sum() == region["0+"]
    assert people.loc["group", "0+"].sum() == region["0+"]


def test_a_tied_rank_is_shown_as_it_is(of_2014: dict[str, Dataset]) -> None:
    table = of_2014["priorities"]
    rank = next(found for found in table.fields if found.name == "rank")
    assert rank.decimals == 1
    assert {2.5, 7.5} <= set(column(table, "rank"))


def test_ratings_are_there_as_they_were_given(of_2014: dict[str, Dataset]) -> None:
    rows = of_2014["ratings"].frame.set_index("topic")
    given = ["rating_effect", "rating_complexity", "rating_reach"]
    assert rows.loc["1", given].tolist() == [5, 5, 4]
    assert rows["reason"].str.len().min() > 0


def test_what_was_not_compared_is_not_said_to_be_compared_with_none(
    of_2014: dict[str, Dataset],
) -> None:
    table = of_2014["form_answers"]
    plain = table.frame["rule"].isin(["agreed", "unanswered"]).tolist()
    assert [value == "[z]" for value in column(table, "peers")] == plain
    assert (table.frame.loc[plain, "peers"] == 0).all()


def test_codes_of_files_for_machines_are_the_same_in_all_languages(settled: Path) -> None:
    study = load_study(Project.find(settled), STUDY)
    danish, english = tables_of(study, "da"), tables_of(study, "en")
    for name, table in danish.items():
        for described in table.fields:
            if described.kind in ("code", "boolean"):
                other = english[name].frame[described.name]
                assert table.frame[described.name].equals(other), f"{name}.{described.name}"


def test_tables_without_answers_are_told_from_those_with_them(of_2014: dict[str, Dataset]) -> None:
    without = {name for name, table in of_2014.items() if not table.of_answers}
    need = {"need", "need_groups", "population", "population_groups"}
    asked = {"topics", "items", "groups", "members", "actions", "ratings", "cooperation_areas"}
    assert without == {*need, *asked, "estimates", "other_estimates"}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_five_tables_have_the_columns_of_the_contract(
    small: dict[str, Dataset], name: str
) -> None:
    assert [described.name for described in small[name].fields] == list(COLUMNS[name])
    assert list(small[name].frame.columns) == list(COLUMNS[name])


def test_every_column_is_described_and_codes_have_labels(of_2014: dict[str, Dataset]) -> None:
    for table in of_2014.values():
        for described in table.fields:
            where = f"{table.name}.{described.name}"
            assert described.label.strip(), where
            assert described.about.endswith("."), where
            if described.kind in ("code", "boolean"):
                values = {"", *table.frame[described.name]}
                assert values <= {"", *described.codes}, where
                assert described.explained.keys() <= described.codes.keys(), where


def test_keys_are_unique_and_point_to_rows_that_are_there(of_2014: dict[str, Dataset]) -> None:
    for table in of_2014.values():
        assert not table.key or not table.frame.duplicated(list(table.key)).any(), table.name
        for described in table.fields:
            if described.points_to:
                other, name = described.points_to
                there = {"", *of_2014[other].frame[name]}
                assert set(table.frame[described.name]) <= there, table.name


def test_only_columns_that_say_so_have_empty_cells(of_2014: dict[str, Dataset]) -> None:
    for table in of_2014.values():
        for described in table.fields:
            if not described.optional:
                stored = table.frame[described.name]
                assert stored.notna().all(), f"{table.name}.{described.name}"
                assert (stored != "").all(), f"{table.name}.{described.name}"


def test_readers_see_labels_in_place_of_codes(small: dict[str, Dataset]) -> None:
    first = [column(small["consolidated"], name)[0] for name in ("unit", "indicator", "answer")]
    assert first == ["A", "t.1 Følger I op?", "ja"]
    assert small["consolidated"].frame.loc[0, "answer"] == "yes"


def test_columns_take_the_studys_own_nouns(small: dict[str, Dataset]) -> None:
    unit = next(field for field in small["consolidated"].fields if field.name == "unit")
    assert unit.label == "Sted"
    assert small["units"].title == "Alle steder, der er spurgt"


def test_what_cannot_be_there_is_told_from_what_is_not_known(small: dict[str, Dataset]) -> None:
    """Degrees are of topics only; C did not answer, so there is none of its topic."""
    scores = small["scores"]
    degrees = dict(
        zip(zip(column(scores, "group"), column(scores, "item"), strict=True),
            column(scores, "degree"), strict=True)
    )  # fmt: skip
    assert degrees["A", "t.1 Følger I op?"] == "[z]"
    assert degrees["A", "Emne t: Opfølgning"] == 0.5
    assert degrees["C", "Emne t: Opfølgning"] == "[x]"


def test_answers_rest_on_nothing_where_nobody_sent_a_form(small: dict[str, Dataset]) -> None:
    table = small["consolidated"]
    inputs = dict(zip(column(table, "unit"), column(table, "inputs"), strict=True))
    assert inputs["C"] == "[z]"
    assert inputs["A"] == "joint/1/t.2"


def test_chosen_answers_are_in_the_readers_language(tmp_path: Path) -> None:
    table = tables_of(small_study(tmp_path), "en")["answers"]
    shown = dict(zip(table.frame["item"], column(table, "value"), strict=True))
    stored = dict(zip(table.frame["item"], table.frame["value"], strict=True))
    assert (stored["t.d1"], shown["t.d1"]) == ("et år", "a year")
    assert (stored["t.d2"], shown["t.d2"]) == ("brev; samtale", "letter; talk")
    assert shown["t.d3"] == "ja tak"


def test_a_unit_and_a_group_of_one_id_keep_their_own_labels(tmp_path: Path) -> None:
    units = {"a": "north", "b": "north", "north": "south"}
    scores = tables_of(small_study(tmp_path, units=units))["scores"]
    pairs = set(zip(column(scores, "level"), column(scores, "group"), strict=True))
    assert {("Sted", "NORTH"), ("Hold", "Nord")} <= pairs


def test_an_estimate_is_rounded_for_readers_and_exact_for_machines() -> None:
    people = Field("people", "Skøn", "Skønnet.", "estimate", optional=True)
    table = hand_made({"people": [1349.6, 1350.0, 7.4, None]}, [people])
    assert column(table, "people") == [1300, 1400, 7, "[x]"]
    assert table.frame["people"].tolist()[:2] == [1349.6, 1350.0]


def test_words_that_are_not_the_respondents_own_are_said_to_be_so(
    of_2014: dict[str, Dataset],
) -> None:
    ours = ("wishes", "feedback", "answers", "ledger", "possible_counts", "priorities", "items")
    for name in (*ours, "ratings", "cooperation_areas", "option_counts"):
        assert of_2014[name].note, name


def test_counts_that_are_chosen_and_units_that_are_nobody_are_said_to_be_so(
    settled: Path,
) -> None:
    tables = tables_of(load_study(Project.find(settled), STUDY), "da")
    for name in ("scores", "consolidated", "form_answers"):
        assert "De mulige antal står i tabellen »Mulige antal«." in tables[name].note, name
    for name in ("scores", "consolidated", "form_answers", "units", "answers", "option_counts"):
        assert "ikke bestemte kommuner" in tables[name].note, name
    assert "Bemærkningerne er skrevet af os" in tables["feedback"].note
