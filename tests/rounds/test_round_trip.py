"""Forms that are written, filled in and read back give what was filled in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from misbrug_analysis.execution.send_forms import write_forms
from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.instrument import REMARK, Instrument, Item, in_language
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.language import Language
from tests.fuzz.counted import is_said
from tests.projects import ROOT
from tests.rounds.filling import fill
from tests.small import CASES, Plain, load, make_project

INSTRUMENTS = [CASES / "instrument.yaml", *sorted((ROOT / "data" / "instruments").glob("*.yaml"))]

# What is masked has figures or an @, what a spreadsheet says of an error has a #, and control
# characters cannot be typed.
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn", "Nd", "No"), exclude_characters="@#")
TEXTS = st.one_of(
    st.text(st.one_of(LETTERS, st.sampled_from("æøåÆØÅ\n")), min_size=1, max_size=60),
    st.sampled_from(["=1+1", "'med apostrof", "+45", "-1", "ja;nej", "1-3", "Æble\nø"]),
    st.integers(500, 3_000).map(lambda length: "lang " * (length // 5) + "."),
).filter(lambda text: bool(text.strip()))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
DAYS = st.none() | st.dates(date(2023, 1, 1), date(2025, 12, 31))  # near that of the study


class Filled(NamedTuple):
    """What a person fills in: answers as on the lists, remarks, the day, and a role if asked."""

    answers: dict[str, object]
    remarks: dict[str, str]
    day: date | None
    role: str = ""


def answers_to(item: Item, instrument: Instrument, language: str) -> st.SearchStrategy[object]:
    if item.type == "text":
        return TEXTS
    if item.type == "yes_no":
        return st.sampled_from(instrument.answer_labels(language))
    if item.type == "number":
        return st.integers(int(item.minimum or 0), int(item.maximum or 1000))
    labels = [in_language(option, language) for option in item.options]
    if item.type == "single":
        return st.sampled_from(labels)
    return st.lists(st.sampled_from(labels), min_size=1, unique=True)


def fillings(instrument: Instrument, language: str) -> st.SearchStrategy[Filled]:
    items = instrument.items
    answers = st.fixed_dictionaries(
        {}, optional={item.id: answers_to(item, instrument, language) for item in items}
    ).filter(bool)
    remarks = st.dictionaries(st.sampled_from([item.id for item in items]), TEXTS, max_size=5)
    asked = instrument.respondents.roles if instrument.respondents else []
    roles = [in_language(role.label, language) for role in asked]
    return st.builds(Filled, answers, remarks, DAYS, st.sampled_from(roles or [""]))


def stored(instrument: Instrument, filled: Filled, language: str) -> dict[str, str]:
    """What intake has to make of it, by item."""
    codes = instrument.answer_codes()
    found = {item + REMARK: said.strip() for item, said in filled.remarks.items()}
    if filled.role and instrument.respondents:
        words = filled.role.casefold()
        found[ROLE] = next(one.id for one in instrument.respondents.roles if words in one.words())
    for name, answer in filled.answers.items():
        item = instrument.item(name)
        if item.type == "yes_no":
            found[name] = codes[str(answer)]
        elif item.type in ("text", "number"):
            found[name] = str(answer).strip()
        else:
            chosen = answer if isinstance(answer, list) else [answer]
            # In the order of the options, by the label in the first language.
            found[name] = "; ".join(
                next(iter(option.values()))
                for option in item.options
                if in_language(option, language) in chosen
            )
    return found


def returned(study: Study, form: Path, filled: Filled) -> Round:
    """The round after one form was filled in and put into the folder of the study."""
    place = study.folder / "forms" / form.name
    shutil.copy(form, place)
    fill(place, filled.answers, filled.remarks, filled.day, filled.role)
    return collect(study)


def cells_of(path: Path) -> set[str]:
    """Every cell of a workbook that is not empty."""
    return {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and is_said(str(cell.value))
    }


def study_with(instrument: Path, folder: Path) -> Study:
    """The small study, asked the questions of an instrument."""
    place = make_project(folder, instrument=instrument.stem)
    shutil.copy(instrument, folder / "data" / "instruments")
    return load(place)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda path: path.stem)
def test_what_is_filled_in_is_what_is_read(instrument: Path, language: str, tmp_path: Path) -> None:
    first, spoken = study_with(instrument, tmp_path / "first"), Language.load(language)
    asked = first.instrument
    (form,) = write_forms(first, tmp_path / "sent", units=["a"], language=spoken).written

    @settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=SLOW)
    @given(filled=fillings(asked, language))
    def check(filled: Filled) -> None:
        with tempfile.TemporaryDirectory(dir=tmp_path) as folder:
            study = study_with(instrument, Path(folder))
            came_in = returned(study, form, filled)
            told = [*came_in.problems, *came_in.warnings]
            assert [str(one) for one in told if one.code != "too_few_respondents"] == []
            answers = came_in.answers
            assert set(zip(answers["unit"], answers["form"], strict=True)) == {("a", "joint")}
            read = dict(zip(answers["item"], answers["value"], strict=True))
            assert read == stored(asked, filled, language)
            assert len(answers) == len(read)
            assert came_in.forms[0].date == filled.day
            locators = list(came_in.ledger["locator"])
            assert len(locators) == len(set(locators))
            assert cells_of(study.folder / "forms" / form.name) <= set(locators)

    check()


def test_a_form_that_nobody_filled_in_is_told(tmp_path: Path) -> None:
    study = load(make_project(tmp_path))
    write_forms(study, tmp_path / "sent", units=["a"])
    (form,) = (tmp_path / "sent").iterdir()
    came_in = returned(study, form, Filled({}, {}, date(2024, 6, 1)))
    assert [problem.code for problem in came_in.problems] == ["form_no_answers"]
    assert came_in.answers.empty


def test_an_instrument_with_the_fewest_headings_has_forms_too(tmp_path: Path) -> None:
    place = make_project(tmp_path)
    path = tmp_path / "data" / "instruments" / "small.yaml"
    instrument = yaml.safe_load(path.read_text("utf-8"))
    instrument["form"] = {name: [name] for name in ("unit", "form", "item", "answer")}
    path.write_text(yaml.dump(instrument, Dumper=Plain, sort_keys=False), "utf-8")
    study = load(place)
    (form,) = write_forms(study, tmp_path / "sent", units=["a"]).written
    came_in = returned(study, form, Filled({"t.2": "nej", "t.d2": ["samtale"]}, {}, None))
    assert came_in.problems == ()
    read = dict(zip(came_in.answers["item"], came_in.answers["value"], strict=True))
    assert read == {"t.2": "no", "t.d2": "samtale"}


def test_do_not_know_is_on_the_list_and_leaves_the_question_unanswered(tmp_path: Path) -> None:
    study = load(make_project(tmp_path))
    write_forms(study, tmp_path / "sent", units=["a"])
    (form,) = (tmp_path / "sent").iterdir()
    came_in = returned(study, form, Filled({"t.1": "ved ikke", "t.2": "delvis"}, {}, None))
    assert came_in.problems == ()
    assert list(came_in.answers["item"]) == ["t.2"]


@pytest.mark.parametrize("label", ["=cmd()", "Sted & <b>søn</b>", "+45", "_x0041_", "'Ærø'"])
def test_a_unit_of_any_name_comes_back_as_itself(label: str, tmp_path: Path) -> None:
    place = make_project(tmp_path)
    (place / "units.csv").write_text(f"id,label,team\na,{label},north\nb,B,south\n", "utf-8")
    study = load(place)
    write_forms(study, tmp_path / "sent", units=["a"])
    (form,) = (tmp_path / "sent").iterdir()
    came_in = returned(study, form, Filled({"t.1": "ja"}, {}, None))
    assert came_in.problems == ()
    assert list(came_in.answers["unit"]) == ["a"]


def sent_and_returned(study: Study, folder: Path, answers: Mapping[str, object]) -> None:
    write_forms(study, folder, units=["a"])
    (form,) = folder.iterdir()
    returned(study, form, Filled(dict(answers), {}, None))


def test_a_form_with_last_times_answers_is_read_without_them(tmp_path: Path) -> None:
    before = load(make_project(tmp_path / "before"))
    sent_and_returned(before, tmp_path / "first", {"t.1": "ja", "t.d2": ["brev", "samtale"]})
    study = load(make_project(tmp_path / "now"))
    write_forms(study, tmp_path / "sent", units=["a"], previous=before)
    (form,) = (tmp_path / "sent").iterdir()
    came_in = returned(study, form, Filled({"t.1": "nej"}, {"t.1": "Ikke mere."}, None))
    assert (*came_in.problems, *came_in.warnings) == ()
    read = dict(zip(came_in.answers["item"], came_in.answers["value"], strict=True))
    assert read == {"t.1": "no", "t.1.remark": "Ikke mere."}
