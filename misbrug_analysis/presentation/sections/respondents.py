"""Who answered in each unit, how far they agree, and where roles differ."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.model.organisation import UNIT
from misbrug_analysis.model.respondents import ROLE
from misbrug_analysis.model.totals import TOTAL
from misbrug_analysis.presentation import figures
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Bullets, Figure, Heading, Paragraphs, Table
from misbrug_analysis.presentation.cells import Cell, Column
from misbrug_analysis.presentation.passages import linked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.tables import NOTHING, with_source
from misbrug_analysis.presentation.total_view import listed

HIDDEN = "[c]"
"""What a cell shows that is withheld so that nobody can be known by it."""

_LIMITS = ((0.8, "good"), (0.667, "fair"))
"""Krippendorff (2004, ch. 11): rely on what reaches 0.8, be tentative from 0.667."""

_NAMED = 3
"""So many of the largest gaps between roles are told."""

_DRAWN = 40


def respondents(report: Report) -> list[Block]:
    """How many answered, their agreement and the gaps between roles, if several of a unit do.

    Nothing before the first answer.
    """
    settings = report.study.instrument.respondents
    if settings is None or report.is_empty:
        return []
    language = report.language
    found = _agreement(report)
    blocks: list[Block] = [
        Heading(language.text("respondents.heading"), 2, "respondents"),
        Paragraphs([_how_many(report)]),
    ]
    if not found.empty:
        blocks.append(Heading(language.text("respondents.agreement"), 3, "agreement"))
        blocks += [Paragraphs([_agree(report, found)]), _agreement_table(report, found)]
    return [*blocks, *_gaps(report)]


def _how_many(report: Report) -> str:
    """How many answered, by role where that tells of nobody, and what is withheld."""
    language, instrument = report.language, report.study.instrument
    assert instrument.respondents is not None
    smallest = instrument.respondents.smallest
    people = report.given[["unit", "form", "respondent"]].drop_duplicates()
    persons = people[["unit", "respondent"]].drop_duplicates()
    fields = {
        "n": linked(language.numeral(len(persons)), report.units_at),
        "units": linked(language.numeral(persons["unit"].nunique(), report.unit_noun.gender),
                        report.units_at),
        "many": report.unit_noun.many,
    }  # fmt: skip
    sentences = [language.capitalise(language.plural("respondents.n", len(persons), **fields))]
    answers = report.given
    given = answers[answers["item"] == ROLE].drop_duplicates(["unit", "respondent"])
    counted = given["value"].value_counts()
    roles = {role.id: report.say(role.label) for role in instrument.respondents.roles}
    if roles and all(counted.get(role, 0) >= smallest for role in roles):
        told = [f"{label}: {language.number(int(counted[role]))}" for role, label in roles.items()]
        sentences.append(
            language.text("respondents.roles", told=linked("; ".join(told), report.units_at))
        )
    sentences.append(language.text("respondents.smallest", n=language.numeral(smallest)))
    return " ".join(sentences)


def _agreement(report: Report) -> pd.DataFrame:
    """The rows of the report's units and its own group."""
    table = report.agreement
    units = (table["level"] == UNIT) & table["group"].isin(report.units["unit"])
    own = (table["level"] == report.level.id) & (table["group"] == report.group.id)
    return table[units | own]


def _agree(report: Report, found: pd.DataFrame) -> str:
    """The agreement in the whole group in words, and how it is in its units."""
    language, at = report.language, report.table_at("agreement")
    own = found[found["level"] == report.level.id]
    sentences = []
    for _, row in own.iterrows():
        key = _word(row)
        fields = {"one": report.unit_noun.one}
        if key in ("good", "fair", "low"):
            fields["alpha"] = linked(language.number(row["alpha"], 2), at)
        sentences.append(language.text(f"respondents.told.{key}", **fields))
    of_units = found[found["level"] == UNIT]
    counts = pd.Series([_word(row) for _, row in of_units.iterrows()], dtype=str).value_counts()
    told = [
        language.text(
            "respondents.counted",
            word=language.text(f"respondents.word.{key}"),
            n=linked(language.numeral(int(counts[key]), report.unit_noun.gender), at),
        )
        for key in ("good", "fair", "low", "all_equal", "hidden", "unknown")
        if key in counts
    ]
    if len(of_units) > 1:
        listed_counts = language.join(told)
        sentences.append(
            language.capitalise(
                language.text(
                    "respondents.by_unit", the_many=report.unit_noun.the_many, told=listed_counts
                )
            )
        )
    return " ".join(sentences)


def _word(row: pd.Series) -> str:
    """What a row says of agreement, as the part of a key."""
    if row["hidden"]:
        return "hidden"
    if row["all_equal"]:
        return "all_equal"
    if pd.isna(row["alpha"]):
        return "unknown"
    return next((word for limit, word in _LIMITS if row["alpha"] >= limit), "low")


def _agreement_table(report: Report, found: pd.DataFrame) -> Table:
    language = report.language
    rows: list[list[Cell]] = []
    for _, row in found[found["level"] == UNIT].iterrows():
        word = _word(row)
        alpha = HIDDEN if word == "hidden" else NOTHING
        if word in ("good", "fair", "low"):
            alpha = language.number(row["alpha"], 2)
        persons = HIDDEN if row["hidden"] else language.number(int(row["respondents"]))
        words = language.capitalise(language.text(f"respondents.word.{word}"))
        rows.append([report.unit_labels[str(row["group"])], persons, alpha, words])
    columns = [Column(language.capitalise(report.unit_noun.one))]
    columns += [
        Column(language.text("respondents.column.persons"), "number"),
        Column(language.text("respondents.column.alpha"), "number"),
        Column(language.text("respondents.column.words")),
    ]
    title = language.text("respondents.table")
    hidden = _hidden_note(report, bool(found["hidden"].any()))
    note = " ".join([language.text("respondents.alpha_note"), *hidden])
    return Table(title, columns, rows, with_source(report, note, "agreement"), "agreement-units")


def _hidden_note(report: Report, there: bool) -> list[str]:
    """What the sign of a hidden number means, where there is one."""
    return [report.language.text("respondents.hidden_note", sign=HIDDEN)] if there else []


def _gaps(report: Report) -> list[Block]:
    """Where the first two roles differ most in the report's group."""
    table, language = report.role_gaps, report.language
    own = table[(table["level"] == report.level.id) & (table["group"] == report.group.id)]
    if own.empty:
        return []
    first = own.iloc[0]
    pair = own[(own["role"] == first["role"]) & (own["other"] == first["other"])]
    labels = _role_labels(report, first)
    title = language.capitalise(language.text("respondents.gaps", **labels))
    blocks: list[Block] = [Heading(title, 3, "role-gaps")]
    known = pair[(pair["item"] != TOTAL) & ~pair["hidden"]]
    if known.empty:
        return [*blocks, Paragraphs([language.text("respondents.gaps_hidden")])]
    blocks.append(Paragraphs([_on_the_whole(report, pair, labels)]))
    apart = known[known["gap"] != 0]
    apart = apart.iloc[apart["gap"].abs().argsort(kind="stable")[::-1]]
    if not apart.empty:
        blocks.append(Paragraphs([language.text("respondents.gaps_largest")]))
        largest = apart.head(_NAMED)
        blocks.append(Bullets([_gap(report, row, labels) for _, row in largest.iterrows()]))
    return [*blocks, _gap_figure(report, pair, known, labels)]


def _role_labels(report: Report, row: pd.Series) -> dict[str, str]:
    settings = report.study.instrument.respondents
    assert settings is not None
    said = {role.id: report.say(role.label) for role in settings.roles}
    return {"role": said[row["role"]], "other": said[row["other"]]}


def _means(report: Report, row: pd.Series) -> dict[str, str]:
    language, at = report.language, report.table_at("role_gaps")
    return {
        f"{who}_mean": linked(language.number(row[f"{who}_mean"], 2), at)
        for who in ("role", "other")
    }


def _on_the_whole(report: Report, pair: pd.DataFrame, labels: dict[str, str]) -> str:
    language = report.language
    total = pair[(pair["item"] == TOTAL) & ~pair["hidden"]]
    scale = language.text(
        "respondents.scale", best=language.number(report.study.instrument.best_points, 0)
    )
    if total.empty:
        return scale
    row = total.iloc[0]
    key = "alike" if row["gap"] == 0 else "higher" if row["gap"] > 0 else "lower"
    told = language.text(f"respondents.total.{key}", **labels, **_means(report, row))
    return f"{told} {scale}"


def _gap(report: Report, row: pd.Series, labels: dict[str, str]) -> str:
    item = report.item_label(str(row["item"]))
    return report.language.text("respondents.gap", item=item, **labels, **_means(report, row))


def _gap_figure(
    report: Report, pair: pd.DataFrame, known: pd.DataFrame, labels: dict[str, str]
) -> Figure:
    """Every indicator with the mean of each role."""
    language, best = report.language, report.study.instrument.best_points
    drawn = known.head(_DRAWN)
    frame = drawn[["role_mean", "other_mean"]].set_axis(list(labels.values()), axis=1)
    frame.index = pd.Index([report.item_label(str(item)) for item in drawn["item"]])
    furthest = known.iloc[known["gap"].abs().argmax()]
    title = language.text("respondents.found", item=report.item_label(str(furthest["item"])))
    told = [
        (str(label), language.join([f"{name} {language.number(of[name], 2)}" for name in of.index]))
        for label, of in frame.head(20).iterrows()
    ]
    alt = f"{language.text('respondents.alt')} {title}. {listed(report, told)}."
    scale = [(best * part / 2, language.number(best * part / 2, 1)) for part in range(3)]
    subtitle = language.text("respondents.subtitle")
    svg, table = figures.value_dots(frame, scale), _gap_table(report, pair, labels)
    return Figure(title, subtitle, alt, svg, table, "figure-role-gaps")


def _gap_table(report: Report, pair: pd.DataFrame, labels: dict[str, str]) -> Table:
    language = report.language
    rows: list[list[Cell]] = []
    for _, row in pair[pair["item"] != TOTAL].iterrows():
        label = report.item_label(str(row["item"]))
        if row["hidden"]:
            rows.append([label, HIDDEN, HIDDEN, HIDDEN])
            continue
        cells: list[Cell] = [
            language.text(
                "respondents.mean_of",
                mean=language.number(row[f"{who}_mean"], 2),
                n=language.number(int(row[f"{who}_n"])),
            )
            for who in ("role", "other")
        ]
        rows.append([label, *cells, language.number(row["gap"], 2)])
    columns = [Column(language.text("table.indicator"))]
    columns += [Column(label, "number") for label in labels.values()]
    columns.append(Column(language.text("respondents.column.gap"), "number"))
    hidden = _hidden_note(report, bool(pair["hidden"].any()))
    note = with_source(report, " ".join(hidden) or None, "role_gaps")
    return Table(language.text("respondents.gaps_table"), columns, rows, note, "role-gaps-table")
