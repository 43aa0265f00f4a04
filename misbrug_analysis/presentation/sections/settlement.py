"""How the answers were settled: who sent what, and what the rules changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from misbrug_analysis.analysis.respondents import merged
from misbrug_analysis.presentation import tables
from misbrug_analysis.presentation.addresses import WHO_ANSWERED
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Heading, Notice, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column, Link
from misbrug_analysis.presentation.judging import marks_note
from misbrug_analysis.presentation.navigation import method_page
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections.left_open import open_answers
from misbrug_analysis.presentation.sections.partly_sums import LISTED, partly_by_indicator
from misbrug_analysis.presentation.sections.tallies import BLANK, PARTLY, RULINGS, SPLIT
from misbrug_analysis.presentation.statements import Passage, Place, tells
from misbrug_analysis.presentation.texts import prose, untranslated, written
from misbrug_analysis.presentation.wording import answered, rule_note

_MEASURED = ("own_share", "threshold")
"""What a table of partly answers has where they are judged by the supplementary answers."""


def who_answered(report: Report) -> list[Block]:
    """Every unit asked, with the forms it sent and how many questions they answer."""
    language = report.language
    items = [item.id for item in report.study.instrument.items]
    rows = report.answers[report.answers["item"].isin(items)]
    sent: dict[str, dict[str, int]] = {unit: {} for unit in report.unit_labels}
    for row in rows.groupby(["unit", "form"], sort=False).size().reset_index().to_dict("records"):
        sent[row["unit"]][row["form"]] = row[0]
    table: list[list[Cell]] = []
    for unit, label in report.unit_labels.items():
        forms = language.join([report.form_label(form) for form in sent[unit]])
        at = report.table_at("answers")
        shown = ", ".join(tables.number_of(report, n, len(items), at) for n in sent[unit].values())
        nothing = tables.mark(language, "absent")
        table.append([label, forms or nothing, shown or language.text("answer.label.absent")])
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.forms")),
        Column(language.text("table.questions_answered")),
    ]
    title = language.text("table.who", units=report.unit_noun.many)
    asked, noun = len(report.units), report.unit_noun
    took_part = answered(language, asked, report.absent, noun, report.units_at)
    return [
        Heading(language.text("section.who"), 2, "who"),
        Paragraphs([took_part]),
        Table(title, columns, table, anchor=WHO_ANSWERED),
        *marks_note(report),
    ]


def split_answers(report: Report) -> list[Block]:
    """Answers where a unit's forms differ, with what each form says."""
    if report.is_empty:
        return []
    language = report.language
    split = report.consolidated[report.consolidated["rule"] == "split"]
    heading = Heading(language.text("section.split"), 2, "split")
    explained = Paragraphs([rule_note(language, "split").sentence])
    if split.empty:
        return [heading, explained, Paragraphs([language.text("section.split_none")])]
    forms = report.form_answers.groupby(["unit", "indicator"])
    rows: list[list[Cell]] = []
    for row in split.to_dict("records"):
        said = forms.get_group((row["unit"], row["indicator"]))
        each = [_form_said(report, form) for form in said.to_dict("records")]
        label = report.unit_labels[row["unit"]]
        joint = tables.mark(language, row["answer"])
        rows.append([label, _traced(report, row), ", ".join(each), joint])
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.each_form")),
        Column(language.text("table.joint"), "centre"),
    ]
    title = language.text("table.split")
    return [heading, explained, Table(title, columns, rows, anchor=SPLIT)]


def partly_answers(report: Report) -> list[Block]:
    """Every partly answer with its evidence: own share, the peers' threshold, the outcome.

    Of very many it is told by indicator what became of them; each stands on its topic's page.
    """
    if report.is_empty:
        return []
    language = report.language
    if language.without_partly:
        return []
    rules = ["partly_on_par", "partly_below", "partly_undecided", "partly_set", "kept"]
    said = _said_partly(report)
    table = report.form_answers.merge(said, on=["unit", "form", "indicator"])
    table = table.set_index("unit").loc[_in_order(report, table["unit"])].reset_index()
    heading = Heading(language.text("section.partly"), 2, "partly")
    judged = report.study.rules.partly == "judge"
    rule = "partly_explained" if judged else f"partly_rule.{report.study.rules.partly}"
    explained = Paragraphs([language.text(f"section.{rule}")])
    if table.empty:
        return [heading, explained, Paragraphs([language.text("section.partly_none")])]
    used = [rule for rule in rules if rule in set(table["rule"])]
    notes = [_rule_text(report, rule) for rule in used]
    undecided = int((table["rule"] == "partly_undecided").sum())
    blocks: list[Block] = [
        heading,
        explained,
        partly_by_indicator(report, table, used)
        if len(table) > LISTED
        else _partly_table(report, table),
        Paragraphs(notes, kind="note"),
    ]
    if undecided:
        text = language.plural(
            "section.undecided",
            undecided,
            n=linked(language.numeral(undecided, "neuter"), f"#{PARTLY}"),
        )
        blocks.append(Notice(language.capitalise(text)))
    return blocks


def _partly_table(report: Report, table: pd.DataFrame) -> Table:
    """A row a partly answer, which leads to where it is told in full."""
    language = report.language
    judged = report.study.rules.partly == "judge"
    rows: list[list[Cell]] = [
        [
            report.unit_labels[row["unit"]],
            _traced(report, row, report.form_label(row["form"])),
            *(_measured(report, row) if judged else []),
            tables.mark(language, row["answer"]),
            rule_note(language, row["rule"], row["answer"]).label,
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        *(Column(language.text(f"table.{name}"), "number") for name in _MEASURED if judged),
        Column(language.text("table.becomes"), "centre"),
        Column(language.text("table.why")),
    ]
    return Table(language.text("table.partly"), columns, rows, anchor=PARTLY)


def _said_partly(report: Report) -> pd.DataFrame:
    """The forms that said partly to an indicator: ``unit, form, indicator``."""
    standings = report.study.instrument.standings
    codes = [code for code, standing in standings.items() if standing == "partly"]
    given = merged(report.answers, report.study.instrument)
    said = given.loc[given["value"].isin(codes), ["unit", "form", "item"]]
    return said.rename(columns={"item": "indicator"})


def _measured(report: Report, row: Mapping[Any, Any]) -> list[Cell]:
    """The share of a form that said partly, and the limit that it was measured against."""
    at = report.answer_at(row["indicator"], row["unit"])
    own, limit = _share(report, row["share"]), _share(report, row["threshold"])
    return [
        linked(own, "" if pd.isna(row["share"]) else at),
        linked(report.language.plural("table.threshold_of", row["peers"], share=limit), at),
    ]


def blank_answers(report: Report) -> list[Block]:
    """Questions that a form left blank, and what the unit's joint answer then rests on."""
    if report.is_empty:
        return []
    language = report.language
    table = report.consolidated[report.consolidated["rule"].isin(["incomplete", "unanswered"])]
    heading = Heading(language.text("section.blank"), 2, "blank")
    if table.empty:
        return [heading, Paragraphs([language.text("section.blank_none")]), *open_answers(report)]
    blank = report.form_answers[report.form_answers["answer"] == "unanswered"]
    forms = blank.groupby(["unit", "indicator"])["form"].agg(list)
    rows: list[list[Cell]] = [
        [
            report.unit_labels[row["unit"]],
            _traced(report, row),
            language.join(
                [report.form_label(form) for form in forms[row["unit"], row["indicator"]]]
            ),
            tables.mark(language, row["answer"]),
        ]
        for row in table.to_dict("records")
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.blank_in")),
        Column(language.text("table.joint"), "centre"),
    ]
    title = language.text("table.blank")
    return [heading, Table(title, columns, rows, anchor=BLANK), *open_answers(report)]


def rulings(report: Report) -> list[Block]:
    """Answers that a person settled, with who, when and why."""
    if report.is_empty:
        return []
    language = report.language
    heading = Heading(language.text("section.rulings"), 2, "rulings")
    if not report.rulings:
        return [heading, Paragraphs([language.text("section.rulings_none")])]
    rows: list[list[Cell]] = [
        [
            report.unit_labels[ruling.unit],
            _traced(report, {"unit": ruling.unit, "indicator": ruling.indicator}),
            report.form_label(ruling.form)
            if ruling.form
            else language.text("table.whole_unit", unit=report.unit_noun.the_one),
            tables.mark(language, ruling.answer),
            report.verbatim(ruling.reason),
            f"{report.verbatim(ruling.decided_by)}, {language.date(ruling.date)}",
        ]
        for ruling in report.rulings
    ]
    columns = [
        Column(language.capitalise(report.unit_noun.one)),
        Column(language.text("table.indicator")),
        Column(language.text("table.form")),
        Column(language.text("table.becomes"), "centre"),
        Column(language.text("table.reason")),
        Column(language.text("table.decided_by")),
    ]
    written = [report.verbatim(ruling.reason) for ruling in report.rulings]
    return [
        heading,
        *untranslated(report, "rulings", written),
        Table(language.text("table.rulings"), columns, rows, anchor=RULINGS),
    ]


def method_text(report: Report) -> Iterator[Passage]:
    """The sentences of ``method``."""
    text = written(report, "method_cluster", _method_place(report))
    if text is not None:
        yield text


@tells(method_text)
def method(report: Report) -> list[Block]:
    """The method of a group's page in short: the study's text, and where the whole is told."""
    place = _method_place(report)
    heading = Heading(place.heading, 2, place.anchor)
    text = prose(report, "method_cluster", place)
    page = method_page(report.study)
    whole = [Link(report.language.text("section.whole_method"), page.page)] if page else []
    return [heading, *text, *([Bullets(whole)] if whole else [])] if text else []


def _method_place(report: Report) -> Place:
    return Place(report.language.text("section.method"), "method")


def _form_said(report: Report, form: dict[Hashable, Any]) -> str:
    """What a form says to an indicator, and that it said partly where that was judged."""
    language = report.language
    answer = language.text(f"answer.label.{form['answer']}")
    if str(form["rule"]).startswith("partly"):
        answer = language.text("table.was_partly", answer=answer)
    return f"{report.form_label(form['form'])}: {answer}"


def _traced(report: Report, row: Mapping[Any, Any], form: str = "") -> str:
    """An indicator, and a form where one is meant, leading to the unit's answer in full."""
    label = report.item_label(row["indicator"])
    said = f"{label} ({form})" if form else label
    return linked(said, report.answer_at(row["indicator"], row["unit"]))


def _share(report: Report, value: float) -> str:
    return "–" if pd.isna(value) else report.language.percent(float(value))


def _in_order(report: Report, units: pd.Series[str]) -> list[str]:
    """The units that occur, in the order in which the study lists them."""
    present = set(units)
    return [unit for unit in report.unit_labels if unit in present]


def _rule_text(report: Report, rule: str) -> str:
    note = rule_note(report.language, rule)
    return f"{note.label}: {note.sentence}"
