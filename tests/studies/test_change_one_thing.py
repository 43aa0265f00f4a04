"""Change one thing: what rests on a cell changes with it, and nothing else does.

Every cell of every form of a small round (``one_change``) is answered otherwise, in each way it can
be, and the round is read and told anew. What must change is worked out by hand
(``what_follows``), or read from what the program itself says that it rests on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.addresses import count_address
from misbrug_analysis.presentation.statements import Statement
from tests.studies.kinds_of_change import KINDS, Change, said_with
from tests.studies.one_change import INDICATORS, Flip, flips, sent, write_one, write_round
from tests.studies.told import Key, Told, told_of
from tests.studies.what_follows import (
    AUTHORED,
    RESTS_ON,
    TOPICS,
    authored,
    chosen,
    counted,
    differing,
    is_authored,
    rows,
)

ON_CONDITION = "Modtagelsen er"
"""The statement that shows no count, and rests on one by its condition."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return write_round(tmp_path_factory.mktemp("round"))


@pytest.fixture(scope="module")
def base(study: Study) -> Told:
    return told_of(study)


@pytest.fixture(scope="module")
def changes(study: Study, base: Told) -> list[Change]:
    """Every change, through the files of the forms."""
    return list(_changes(study))


def _changes(study: Study) -> Iterator[Change]:
    own = sent()
    for flip in flips():
        unit, form, _ = flip.place
        answers = own | {flip.place: flip.word}
        write_one(study.folder, answers, unit, form)
        yield Change(flip, answers, told_of(study))
        write_one(study.folder, own, unit, form)


def broken(changes: list[Change], wrong: Callable[[Change], object]) -> dict[Flip, object]:
    """The changes in which something is wrong, and what."""
    return {change.flip: found for change in changes if (found := wrong(change))}


def test_the_ledger_tells_of_that_cell_alone(base: Told, changes: list[Change]) -> None:
    def wrong(change: Change) -> object:
        word = change.flip.word
        row = (word, "used", "answer") if word else ("", "blank", "no_answer")
        return differing(base.ledger | {change.cell: row}, change.told.ledger)

    assert broken(changes, wrong) == {}


def test_the_traces_that_name_the_cell_change_and_no_others(
    base: Told, changes: list[Change]
) -> None:
    def wrong(change: Change) -> object:
        return differing(base.traces, change.told.traces) ^ naming(base, change)

    assert broken(changes, wrong) == {}


def test_every_cell_that_a_trace_names_can_change_what_it_settles(
    base: Told, changes: list[Change]
) -> None:
    """An answer, or the share, threshold or number of peers of one of its forms."""
    named = {(pair, cell) for pair, trace in base.traces.items() for cell in trace.named}
    moved = {
        (pair, change.cell)
        for change in changes
        for pair, trace in change.told.traces.items()
        if trace.settled != base.traces[pair].settled
    }
    assert named - moved == set()


def test_an_answer_changes_only_where_its_trace_names_the_cell(
    base: Told, changes: list[Change]
) -> None:
    def wrong(change: Change) -> object:
        return differing(base.answers, change.told.answers) - naming(base, change)

    assert broken(changes, wrong) == {}


def test_counts_are_those_of_the_answers(base: Told, changes: list[Change]) -> None:
    """So those that change are those that the changed answers are counted in."""
    assert differing(base.counts, counted(base.answers)) == set()
    assert broken(changes, lambda one: differing(one.told.counts, counted(one.told.answers))) == {}


def test_statements_that_rest_on_no_changed_count_stay_as_they_are(
    base: Told, changes: list[Change]
) -> None:
    """Those that rest on one change or not: what they show may be another part of the count."""

    def wrong(change: Change) -> object:
        counts = differing(base.counts, change.told.counts)
        before, after = (not_resting_on(counts, told) for told in (base, change.told))
        return (before - after) + (after - before)

    assert broken(changes, wrong) == {}


def test_an_authored_statement_rests_on_what_it_shows_and_its_conditions(base: Told) -> None:
    found = {
        words: {at for one in base.statements if words in one.text for at in one.rests_on}
        for words in AUTHORED
    }
    assert found == RESTS_ON


@pytest.mark.parametrize("item", [*INDICATORS, *TOPICS])
def test_a_generated_statement_rests_on_what_it_names(base: Told, item: str) -> None:
    name = f"Spørgsmål {item}?" if item in INDICATORS else f"emne {item}"
    naming_it = [one for one in base.statements if name in one.text and len(one.rests_on) < 3]
    assert len(naming_it) > 1
    assert {one for statement in naming_it for one, _ in statement.rests_on} == {item}


def test_a_generated_statement_that_rests_on_one_count_changes_with_it(
    base: Told, changes: list[Change]
) -> None:
    told = [one for one in base.statements if len(one.rests_on) == 1 and not is_authored(one.text)]
    assert len(told) == 13

    def wrong(change: Change) -> object:
        counts = differing(base.counts, change.told.counts)
        resting = {one for one in told if rests_on(one, counts)}
        return {one for one in told if one not in change.told.statements} ^ resting

    assert broken(changes, wrong) == {}


def test_an_authored_sentence_changes_with_what_it_tells_and_its_conditions(
    base: Told, changes: list[Change]
) -> None:
    own = authored(base.answers, sent())
    assert all(said_with(words, base) or words == "Brevet er" for words in own)

    def wrong(change: Change) -> object:
        after = authored(change.told.answers, change.sent)
        said = {words for words in own if said_with(words, base) != said_with(words, change.told)}
        return said ^ differing(own, after)

    assert broken(changes, wrong) == {}


def test_what_a_page_says_changes_only_where_a_statement_or_a_figure_does(
    base: Told, changes: list[Change]
) -> None:
    """Every sentence of the pages; the authored ones have a test of their own."""

    def wrong(change: Change) -> object:
        told = change.told
        changed = (base.sentences - told.sentences) + (told.sentences - base.sentences)
        moved = (base.statements - told.statements) + (told.statements - base.statements)
        texts = {one.text for one in moved}
        return {
            one
            for one in changed
            if not is_authored(one.text)
            and not any(text in one.text or one.text in text for text in texts)
        }

    assert broken(changes, wrong) == {}


def test_a_figure_leads_to_the_count_that_changes_with_it(
    study: Study, base: Told, changes: list[Change]
) -> None:
    def wrong(change: Change) -> object:
        counts = differing(base.counts, change.told.counts)
        counts |= differing(chosen(sent()), chosen(change.sent))
        leading = {count_address(study, item, group) for group, item in counts}
        return {
            one
            for one in base.sentences
            if leading.intersection(one.leads_to)
            and one in change.told.sentences
            and not is_authored(one.text)
        }

    assert broken(changes, wrong) == {}


def test_a_statement_that_rests_on_one_count_leads_to_it(study: Study, base: Told) -> None:
    shown = {(one.page, one.text): one.leads_to for one in base.sentences}
    wanted = {
        (page_of(one), one.text): (count_address(study, *one.rests_on[0]),)
        for one in base.statements
        if len(one.rests_on) == 1 and not one.text.startswith(ON_CONDITION)
    }
    assert {at: shown.get(at) for at in wanted} == wanted


def test_the_rows_of_the_changed_traces_and_counts_change_and_no_others(
    base: Told, changes: list[Change]
) -> None:
    own = rows(base, sent())
    assert own.keys() == base.rows.keys()

    def wrong(change: Change) -> object:
        return differing(base.rows, change.told.rows) ^ differing(
            own, rows(change.told, change.sent)
        )

    assert broken(changes, wrong) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_dependence_is_met(base: Told, changes: list[Change], kind: str) -> None:
    assert any(KINDS[kind](base, change) for change in changes)


def naming(base: Told, change: Change) -> set[Key]:
    """The traces that name the changed cell, before or after: a form can become a peer or cease."""
    traces = [*base.traces.items(), *change.told.traces.items()]
    return {pair for pair, trace in traces if change.cell in trace.named}


def rests_on(statement: Statement, counts: set[Key]) -> bool:
    """Whether a statement rests on one of the counts, which are by group and item."""
    return any((group, item) in counts for item, group in statement.rests_on)


def not_resting_on(counts: set[Key], told: Told) -> Counter[Statement]:
    return Counter({one: n for one, n in told.statements.items() if not rests_on(one, counts)})


def page_of(statement: Statement) -> str:
    return statement.address.partition("#")[0]
