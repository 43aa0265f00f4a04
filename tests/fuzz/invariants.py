"""What holds for every round, whatever came in."""

from __future__ import annotations

import unicodedata
from collections import Counter

from misbrug_analysis.intake.collect import Round
from misbrug_analysis.intake.ledger import FILE
from misbrug_analysis.intake.status import standing
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.instrument import REMARK, Item
from misbrug_analysis.model.privacy import masked
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import checked
from misbrug_analysis.presentation.collecting.check_page import check_page
from misbrug_analysis.presentation.collecting.check_text import check_lines
from misbrug_analysis.presentation.collecting.decision_rows import decision_file
from misbrug_analysis.presentation.collecting.status_page import status_csv, status_page
from misbrug_analysis.presentation.collecting.status_text import status_lines
from misbrug_analysis.presentation.collecting.unit_page import to_mend, unit_page
from misbrug_analysis.presentation.language import Language
from tests.fuzz.counted import filled_cells, is_said, places, text_places

PERSONAL = ("010203-1234", "ole@by.dk", "12 34 56 78")
"""What is planted in cells; nobody may ever see it again."""

_LONGEST = 2_500
"""Characters of a whole message, however long what it tells of is."""

_SHOWN = ("\n", "\t")


def check_round(came_in: Round, study: Study) -> None:
    """Answers are allowed and settled as used, and nobody's number or address is in anything.

    Tables are sound, also those of a round that is not accepted and so not checked otherwise.
    """
    checked("answers", came_in.answers)
    checked("ledger", came_in.ledger)
    check_answers(came_in, study)
    for problem in (*came_in.problems, *came_in.warnings):
        for language in ("da", "en"):
            check_told(problem, language)
    for table in (came_in.answers, came_in.ledger):
        for column in table.columns:
            for text in table[column].unique():
                assert masked(text) == text, f"{column} holds personal data: {text!r}"


def check_answers(came_in: Round, study: Study) -> None:
    """Whatever is an answer is one that the question allows, from a unit that was asked."""
    items = {item.id: item for item in study.instrument.items}
    forms = {form.id for form in study.settings.forms}
    for answer in came_in.answers.to_dict("records"):
        assert answer["unit"] in study.organisation.unit_ids
        assert answer["form"] in forms
        assert answer["value"].strip()
        if answer["item"].endswith(REMARK):
            assert answer["item"].removesuffix(REMARK) in items
        elif answer["item"] == ROLE:
            asked = study.instrument.respondents
            assert answer["value"] in {role.id for role in (asked.roles if asked else [])}
        else:
            assert allowed(answer["value"], items[answer["item"]]), answer
    ledger = came_in.ledger
    used = ledger[ledger["fate"] == "used"]
    places = set(zip(used["source"], used["locator"], strict=True))
    for at in zip(came_in.answers["source"], came_in.answers["locator"], strict=True):
        assert at in places, f"an answer from {at}, which the ledger does not call used"
    check_numbers(came_in)
    rejected = set(ledger.loc[ledger["fate"] == "rejected", "source"])
    assert rejected <= told_of(came_in, study), "rejected without a word"


def check_numbers(came_in: Round) -> None:
    """The respondents of a unit and form that count are numbered from 1."""
    sent = Counter((form.unit, form.name) for form in came_in.forms if form.ledger.usable)
    for key, numbers in came_in.answers.groupby(["unit", "form"])["respondent"]:
        assert set(numbers) <= {str(number) for number in range(1, sent[key] + 1)}


def told_of(came_in: Round, study: Study) -> set[str]:
    """The files with a fault, and those that belong to one of them."""
    told = {one.source for one in came_in.problems}
    for export in study.exports:
        if told & set(export.files):
            told |= set(export.files)
    return told


def allowed(value: str, item: Item) -> bool:
    """Whether a question can have the answer."""
    options = {next(iter(option.values())) for option in item.options}
    if item.type == "yes_no":
        return value in ("yes", "no", "partly")
    if item.type == "single":
        return value in options
    if item.type == "multiple":
        return set(value.split("; ")) <= options
    return True


def check_told(problem: Problem, language: str) -> None:
    """A message of bounded length, without signs that no page shows and without personal data."""
    told = problem.told(language)
    assert len(told) <= _LONGEST, f"{problem.code} tells {len(told)} characters"
    odd = [sign for sign in told if unicodedata.category(sign) == "Cc" and sign not in _SHOWN]
    assert not odd, f"{problem.code} tells {odd}: {told!r}"
    assert masked(told) == told, f"{problem.code} tells personal data: {told!r}"


def check_nothing_lost(came_in: Round, study: Study, source: str, content: bytes) -> None:
    """Whatever others find in the file stands in its ledger, or it is rejected as a whole."""
    rows = came_in.ledger[came_in.ledger["source"] == source]
    if not len(rows):  # a codebook with nothing in it, beside the answers of its export
        assert any(source in export.files[1:] for export in study.exports), "nobody knows of it"
        assert not content.strip()
        return
    if list(rows["locator"]) == [FILE]:
        assert source in told_of(came_in, study), "nothing was read of the file, and nobody is told"
        return
    if source.lower().endswith(".xlsx"):
        known = places(list(rows["locator"]))
        for counted in filled_cells(content):
            assert not (counted - known), f"lost {counted - known}"
    else:
        there = set(rows["locator"])
        said = set(rows.loc[rows["raw"].map(is_said), "locator"])
        readings = [at for at in text_places(content) if said <= at]
        fewest = min((at - there for at in readings), key=len, default={"everything"})
        assert not fewest, f"lost {sorted(fewest)[:5]}, however the text is read"


def check_gone(came_in: Round, *texts: str) -> None:
    """Nothing of some texts is anywhere."""
    told = [
        one.told(language)
        for one in (*came_in.problems, *came_in.warnings)
        for language in ("da", "en")
    ]
    for table in (came_in.answers, came_in.ledger):
        told += [text for column in table.columns for text in table[column].unique()]
    everything = "\n".join(told)
    for text in texts:
        assert text not in everything, f"{text} is told"


def show_all(study: Study, came_in: Round) -> None:
    """Everything that is shown of a round can be made."""
    now = standing(study, came_in)
    for code in ("da", "en"):
        language = Language.load(code)
        check_lines(now, language)
        check_page(now, language)
        status_lines(now, language)
        status_page(now, language)
        status_csv(now, language)
        decision_file(came_in, language)
        for status in to_mend(now):
            unit_page(now, status, language)
