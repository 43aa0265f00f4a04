"""How sure the conclusions are: the answer, the choices, charts, ranges, and absence apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Figure,
    Heading,
    KeyFigures,
    Paragraphs,
    Table,
)
from misbrug_analysis.presentation.judged_pages import JudgedPage, judged_pages
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import links, unmarked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.robustness import Robustness
from misbrug_analysis.presentation.sections import (
    absence_apart,
    dependent_statements,
    holding_statements,
    look_first,
    ranges_table,
    robustness_answer,
    robustness_limits,
    rule_choices,
    variant_charts,
)
from misbrug_analysis.presentation.statements import Judged, Statement
from tests.presentation.drawings import marks, texts
from tests.small import form_rows, load, make_project, write_form

FOLLOW_UP, WRITTEN = "t.1 Følger I op?", "t.2 Skriver I det ned?"
SURE = {"t.1": "ja", "t.2": "ja"}
# A's share of positive supplementary answers is 1/2, that of B 1/2 and that of C 1: below every
# quantile of the two but the lowest, so that A's partly is a no unless all partly answers are yes.
PARTLY = {
    "a": {"t.1": "delvis", "t.2": "ja", "t.s1": "ja", "t.s2": "nej"},
    "b": {"t.1": "ja", "t.2": "ja", "t.s1": "ja", "t.s2": "nej"},
    "c": {"t.1": "ja", "t.2": "ja", "t.s1": "ja", "t.s2": "ja"},
}
OWN, OTHER = "fill: #b3430a", "fill: #12436d"

Forms = Mapping[str, Mapping[str, object]]


def report(folder: Path, answers: Forms, language: str = "da", **changes: object) -> Report:
    """The small study: A and B of Nord and C of Syd; ``a.alcohol`` names a unit and a form."""
    study_folder = make_project(folder, **changes)
    for name, given in answers.items():
        unit, _, form = name.partition(".")
        rows = form_rows(unit, given, form=form or "joint")
        write_form(study_folder / "forms" / f"{name}.csv", rows)
    study = load(study_folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


def judged(verdict: str, text: str, place: str = "Emne 1", **more: object) -> Judged:
    anchor = place.lower().replace(" ", "-")
    statement = Statement(
        text, place, f"n.html#{anchor}", (("t.1", "all"),), f"statement-{text[0].lower()}"
    )
    return Judged(statement, verdict, **more)  # type: ignore[arg-type]


def page_of(one: Report, *statements: Judged) -> list[JudgedPage]:
    return [JudgedPage(one, statements)]


def said(blocks: Sequence[object]) -> list[str]:
    """All paragraphs of some blocks, without marks."""
    found = [text for block in blocks if isinstance(block, Paragraphs) for text in block.texts]
    return [unmarked(text) for text in found]


def the_table(blocks: Sequence[object]) -> Table:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return table


def cells(table: Table) -> list[tuple[str, ...]]:
    return [tuple(unmarked(str(cell)) for cell in row) for row in table.rows]


def test_the_answer_says_how_many_ways_and_what_is_the_same(tmp_path: Path) -> None:
    heading, lead, figures, text = robustness_answer(report(tmp_path, PARTLY), [])
    assert str(heading) == "Det korte svar"
    assert "på fem måder, som nogen kunne have valgt" in str(lead)
    assert isinstance(figures, KeyFigures)
    assert figures.figures == (
        ("5", "måder at gøre svarene op på"),
        ("1 af 2", "indikatorer har det samme antal ja på dem alle"),
    )
    assert str(text) == (
        "Ved én af de to indikatorer er antallet af ja det samme på alle måder. "
        f"Mest flytter {FOLLOW_UP} sig: mellem 2 og 3 af 3. "
        "Ingen indikator kommer mere end ét sted væk fra det antal, vi skriver."
    )


def test_the_answer_counts_sentences_by_what_becomes_of_them(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY)
    pages = page_of(
        one,
        judged("robust", "En."),
        judged("words", "To."),
        judged("words", "Tre.", "Emne 2"),
        judged("number", "Fire.", "Emne 2"),
    )
    blocks = robustness_answer(one, pages)
    assert said(blocks)[1] == (
        "På siden »T« bygger fire sætninger på svarene på de to indikatorer. Heraf står én "
        "uændret, hvilken måde man end vælger. Ved én er det kun tallet, der skifter. De øvrige to "
        "ville lyde anderledes eller ikke stå der. Sætninger om praksis bygger på andre spørgsmål, "
        "som ingen af reglerne rører. Dem har vi ikke talt med."
    )
    table = the_table(blocks)
    assert [column.label for column in table.columns][1:] == [
        "Uændret", "Kun tallet skifter", "Ville lyde anderledes",
    ]  # fmt: skip
    assert [row[1:] for row in table.rows] == [(1, 0, 1), (0, 1, 1), (1, 1, 2)]
    assert str(table.rows[1][0]) == "Emne 2 (n.html#emne-2)"
    assert table.totals == (2,)


@pytest.mark.parametrize(
    ("verdicts", "told"),
    [
        (["robust"], "på svarene på de to indikatorer. Den står uændret, hvilken måde man end"),
        (["robust", "robust"], "De står alle uændret, hvilken måde man end vælger."),
        (["words"], "Den står ikke uændret på alle måder. Den ville lyde anderledes"),
        (["words", "number"], "Ingen af dem står uændret, hvilken måde man end vælger. Ved én"),
        (["robust", "robust", "number"], "Heraf står to uændret, hvilken måde man end vælger. Ved"),
    ],
)
def test_the_answer_reads_well_at_the_ends(tmp_path: Path, verdicts: list[str], told: str) -> None:
    one = report(tmp_path, PARTLY)
    pages = page_of(one, *(judged(verdict, "En.") for verdict in verdicts))
    assert told in said(robustness_answer(one, pages))[1]


def test_the_main_conclusions_are_judged_by_themselves_first(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY)

    def concluded(verdict: str, text: str) -> Judged:
        statement = Statement(
            text, "Konklusioner", "n.html#conclusions", (), f"statement-{text[0]}"
        )
        return Judged(statement, verdict)  # type: ignore[arg-type]

    pages = page_of(one, concluded("robust", "a."), concluded("words", "b."), judged("words", "C."))
    blocks = robustness_answer(one, pages)
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    assert [str(item) for item in bullets.items] == ["b. (#statement-b)"]
    assert said(blocks)[1] == (
        "Under »Konklusioner« holder én af de to sætninger, der bygger på svarene, ordret under "
        "alle regler. Disse afhænger af reglerne:"
    )


def test_sentences_that_show_no_count_are_told_apart(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY)
    silent = [
        replace(one_of, statement=replace(one_of.statement, is_conditional=True))
        for one_of in (judged("robust", "A."), judged("words", "B."))
    ]
    told = said(robustness_answer(one, page_of(one, *silent, judged("robust", "C."))))[1]
    assert (
        "Af de talte sætninger viser to ikke selv et antal, men står der kun, fordi svarene er, "
        "som de er. Heraf står én uændret."
    ) in told


def test_where_there_is_one_way_only_the_page_says_so_and_why(tmp_path: Path) -> None:
    one = report(tmp_path, dict.fromkeys("abc", SURE))
    assert judged_pages(one) == []
    assert said(robustness_answer(one, [])) == [
        "Svarene kan kun gøres op på én måde, så tallene følger direkte af svarene. "
        "Ingen skemaer svarer »delvis«. Ingen har sendt flere skemaer, så ingen svar er delt. "
        "Ingen svar er vurderet af en person."
    ]
    for section in (rule_choices, variant_charts, look_first, ranges_table):
        assert section(one) == []
    headings = [str(one) for one in robustness_limits(one) if isinstance(one, Heading)]
    assert headings == ["Det viser siden ikke"]


def test_before_the_first_answer_there_is_nothing_to_try(tmp_path: Path) -> None:
    one = report(tmp_path, {})
    assert judged_pages(one) == []
    assert said(robustness_answer(one, [])) == [
        "Der er ikke kommet nogen svar endnu, så der er ingen konklusioner at prøve."
    ]
    for section in (rule_choices, variant_charts, look_first, ranges_table, robustness_limits):
        assert section(one) == []
    assert absence_apart(one, []) == []


def test_the_choices_are_told_with_the_studys_own_marked(tmp_path: Path) -> None:
    _, choices, text = rule_choices(report(tmp_path, PARTLY))
    assert isinstance(choices, Definitions)
    ((term, options),) = choices.entries
    assert term == "Når et skema svarer »delvis«"
    assert options[0].endswith(
        "så 25\xa0%, 50\xa0% eller 75\xa0% af dem ligger under den. "
        "På de andre sider er det 50\xa0%."
    )
    assert options[1:] == ("Svaret bliver ja.", "Svaret bliver nej.")
    assert str(text).split("\n\n") == [
        "Alle kombinationer er prøvet. Det giver fem måder at gøre svarene op på. "
        "De giver to forskellige sæt svar, for nogle af måderne ender med det samme.",
        "Ingen har sendt flere skemaer, så ingen svar er delt.",
        "Ingen svar er vurderet af en person.",
    ]


def test_every_setting_that_can_differ_is_told(tmp_path: Path) -> None:
    forms = {"a.alcohol": SURE, "a.drugs": {"t.1": "nej", "t.2": "ja"}, "b": SURE}
    ruling = [{"unit": "b", "indicator": "t.2", "answer": "no"}]
    one = report(tmp_path, forms, adjudications=ruling, rules={"split": "any"})
    _, choices, _ = rule_choices(one)
    assert isinstance(choices, Definitions)
    assert dict(choices.entries) == {
        "Når skemaer fra den samme afsender svarer forskelligt": (
            "Det samlede svar bliver nej.",
            "Er der mindst ét ja, bliver det samlede svar ja. "
            "Sådan er svarene gjort op på de andre sider.",
        ),
        "Når en person har vurderet et svar": (
            "Vurderingen gælder. Sådan er svarene gjort op på de andre sider.",
            "Vurderingen tæller ikke. Svaret bliver gjort op efter de andre regler.",
        ),
    }


def test_the_chart_has_a_column_for_every_way_and_its_numbers_as_a_table(tmp_path: Path) -> None:
    heading, reading, figure = variant_charts(report(tmp_path, PARTLY))
    assert str(heading) == "Hvad valgene betyder for tallene"
    assert str(reading).startswith("Sådan læser du figurerne: Hver kolonne er én måde")
    assert isinstance(figure, Figure)
    assert figure.title == "Mellem 5 og 6 af de 6 svar bliver ja, alt efter reglerne"
    assert unmarked(figure.subtitle) == "På de andre sider er det 5 af 6."
    assert links(figure.subtitle) == [("5 af 6", "tables.html#table-scores")]
    assert "Fire måder giver 5 og én måde giver 6." in figure.alt
    assert cells(figure.table) == [
        ("1 (brugt på de andre sider)", "grænse ved 50\xa0%", "5"),
        ("2", "grænse ved 25\xa0%", "5"),
        ("3", "grænse ved 75\xa0%", "5"),
        ("4", "alle bliver nej", "5"),
        ("5", "alle bliver ja", "6"),
    ]
    assert [column.label for column in figure.table.columns] == ["Måde", "Delvise svar", "Ja"]
    # Beside those of the legend: four other ways, and the own way with what is chosen in it.
    assert (len(marks(figure.svg, OTHER)), len(marks(figure.svg, OWN))) == (5, 3)
    assert "Antal svar, der er ja" in texts(figure.svg)


def test_an_indicator_that_moves_is_told_with_what_moves_it_and_its_words(tmp_path: Path) -> None:
    _, _, bullets, figure = look_first(report(tmp_path, PARTLY))
    assert isinstance(bullets, Bullets)
    (told,) = map(str, bullets.items)
    assert unmarked(told) == (
        f"{FOLLOW_UP}: 2 af 3 siger ja. Alt efter reglerne er det mellem 2 og 3. Det er de delvise "
        "svar, der flytter tallet. Vi skriver »to af de tre steder«. Det kunne blive til »alle tre "
        "steder« (ved 3 ja)."
    )
    assert links(told) == [("2 af 3", "method-t.html#count-t-1-all")]
    assert isinstance(figure, Figure)
    assert figure.title == f"{FOLLOW_UP}: Mellem 2 og 3 siger ja, alt efter reglerne"
    assert links(figure.alt) == []


def test_what_moves_most_and_changes_words_stands_first(tmp_path: Path) -> None:
    # t.2 moves between 1 and 3 of 3 (A and B say partly), t.1 between 2 and 3.
    forms = PARTLY | {
        "a": {"t.1": "ja", "t.2": "delvis"},
        "b": {"t.1": "delvis", "t.2": "delvis"},
        "c": SURE,
    }
    first = Robustness(report(tmp_path, forms)).first
    assert [(one.item, one.low, one.high) for one in first] == [("t.2", 1, 3), ("t.1", 2, 3)]


def test_where_no_count_moves_it_is_said(tmp_path: Path) -> None:
    # The forms of A agree, so that no rule for forms that differ makes a difference.
    one = report(tmp_path, {"a.alcohol": SURE, "a.drugs": SURE, "b": SURE, "c": SURE})
    assert said(look_first(one)) == ["Ingen af indikatorerne skifter tal, når reglerne gør."]
    assert ranges_table(one) == []
    assert said(robustness_answer(one, []))[-1] == (
        "Ved alle to indikatorer er antallet af ja det samme på alle måder."
    )
    *_, figure = variant_charts(one)
    assert isinstance(figure, Figure)
    assert figure.title == "På alle måder bliver 6 svar ja"


def test_the_ranges_are_those_of_groups_that_move(tmp_path: Path) -> None:
    table = the_table(ranges_table(report(tmp_path, PARTLY)))
    # The whole topic moves with the one indicator that does.
    assert cells(table) == [
        ("Emne t: Opfølgning, Nord", "1 af 2", "1–2", "delvise svar"),
        ("Emne t: Opfølgning, Alle", "2 af 3", "2–3", "delvise svar"),
        (f"{FOLLOW_UP}, Nord", "1 af 2", "1–2", "delvise svar"),
        (f"{FOLLOW_UP}, Alle", "2 af 3", "2–3", "delvise svar"),
    ]
    assert table.note == "Ordene skifter også ved dem alle."
    assert links(str(table.rows[2][1])) == [("1 af 2", "method-t.html#count-t-1-north")]


def test_what_moves_a_number_is_told_for_several_settings_and_for_them_together(
    tmp_path: Path,
) -> None:
    robust = Robustness(report(tmp_path, PARTLY))
    assert robust.mover(["partly", "split"]) == (
        "Både de delvise svar og de delte svar kan flytte tallet."
    )
    together = "Tallet flytter sig kun, når flere regler bliver ændret på én gang."
    assert robust.mover(["together"]) == together
    assert robust.mover([]) == together
    assert robust.settings(["split", "adjudications"]) == "delte svar og vurderinger"
    assert robust.settings([]) == "flere regler på én gang"


def test_who_did_not_answer_is_kept_apart_with_words_at_either_end(tmp_path: Path) -> None:
    blocks = absence_apart(report(tmp_path, {"a": SURE, "b": {"t.1": "ja", "t.2": "nej"}}), [])
    assert said(blocks)[0].endswith("C deltog ikke.")
    assert cells(the_table(blocks)) == [
        (FOLLOW_UP, "2 af 2", "2–3 af 3", "to af de tre steder eller alle tre steder"),
        (
            WRITTEN,
            "1 af 2",
            "1–2 af 3",
            "ét af de tre steder eller to af de tre steder",
        ),
    ]


def test_where_all_answered_absence_changes_nothing(tmp_path: Path) -> None:
    blocks = absence_apart(report(tmp_path, PARTLY), [])
    assert said(blocks) == [
        "Alle steder har svaret på alle indikatorer, så her er intet, der kunne ændre sig."
    ]


def test_sentences_that_depend_on_rules_stand_beside_what_would_be_there(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY)
    pages = page_of(
        one,
        judged("words", "To siger ja.", otherwise="Alle siger ja.", moved_by=("partly",)),
        judged("words", "Borte.", moved_by=("partly", "split")),
        judged("number", "2 af 3.", otherwise="3 af 3."),
        judged("robust", "Fast."),
    )
    words, number = [
        block for block in dependent_statements(one, pages) if isinstance(block, Table)
    ]
    assert words.title == "»T«: ville lyde anderledes"
    assert [tuple(map(str, row)) for row in words.rows] == [
        ("To siger ja. (n.html#emne-1)", "Alle siger ja.", "delvise svar"),
        (
            "Borte. (n.html#emne-1)",
            "Sætningen ville ikke stå der.",
            "delvise svar og delte svar",
        ),
    ]
    assert words.row_anchors == ("statement-t", "statement-b")
    assert number.title == "»T«: kun tallet skifter"
    assert [tuple(map(str, row)) for row in number.rows] == [
        ("2 af 3. (n.html#emne-1)", "3 af 3.", "flere regler på én gang")
    ]


def test_sentences_that_hold_are_listed_by_their_place(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY)
    first = JudgedPage(
        one, [judged("robust", "A."), judged("words", "B."), judged("robust", "C.", "Emne 2")]
    )
    others = [
        JudgedPage(one, [judged("robust", "D."), judged("number", "E.")]),
        JudgedPage(one, [judged("words", "F.")]),
        JudgedPage(one, [judged("robust", "G."), judged("robust", "H.")]),
    ]
    blocks = holding_statements(one, [first, *others])
    (listed,) = [block for block in blocks if isinstance(block, Definitions)]
    assert [(str(term), texts) for term, texts in listed.entries] == [
        ("Emne 1 (n.html#emne-1)", ("A.",)),
        ("Emne 2 (n.html#emne-2)", ("C.",)),
    ]
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    assert [unmarked(str(item)) for item in bullets.items] == [
        "På siden »T« står én af de to sætninger uændret.",
        "På siden »T« står den eneste sætning ikke uændret.",
        "På siden »T« står alle to sætninger uændret.",
    ]


def test_where_nothing_depends_or_nothing_holds_it_is_said(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY)
    fast, loose = page_of(one, judged("robust", "A.")), page_of(one, judged("words", "B."))
    assert said(dependent_statements(one, fast)) == [
        "Der er ingen. Alle sætninger, der bygger på svarene, står uændret på alle måder."
    ]
    assert said(holding_statements(one, loose)) == [
        "Der er ingen sætninger på siden »T«, som står uændret på alle måder."
    ]
    assert dependent_statements(one, []) == holding_statements(one, []) == []


def test_what_the_page_does_not_show_follows_the_study(tmp_path: Path) -> None:
    one = report(
        tmp_path,
        PARTLY,
        provenance={"kind": "reconstructed", "statement": {"da": "Opdigtet."}},
    )
    bullets = next(block for block in robustness_limits(one) if isinstance(block, Bullets))
    told = "\n".join(map(str, bullets.items))
    assert "At en sætning holder her, betyder kun" in told
    assert "flere eller færre end to andre skemaer" in told


def test_the_english_page_says_the_same(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY, "en")
    _, _, bullets, _ = look_first(one)
    assert isinstance(bullets, Bullets)
    assert "2 of 3 say yes. Depending on the rules it is between 2 and 3." in unmarked(
        str(bullets.items[0])
    )
    assert said(robustness_answer(one, []))[-1].startswith("For one of the two indicators")


def test_one_unit_alone_has_a_page_too(tmp_path: Path) -> None:
    # Nobody to measure A's partly by: it is a no, unless all partly answers are yes.
    one = report(tmp_path, {"a": PARTLY["a"]}, units={"a": "north"})
    (told,) = [str(item) for item in look_first(one)[2].items]  # type: ignore[attr-defined]
    assert unmarked(told).startswith(f"{FOLLOW_UP}: 0 af 1 siger ja. Alt efter reglerne er det")
    assert "Det kunne blive til »det eneste sted« (ved 1 ja)." in told
    assert [type(block) for block in variant_charts(one)] == [Heading, Paragraphs, Figure]


def test_a_partly_that_the_study_keeps_is_told_as_its_own_way(tmp_path: Path) -> None:
    one = report(tmp_path, PARTLY, rules={"partly": "keep"})
    _, choices, _ = rule_choices(one)
    assert isinstance(choices, Definitions)
    ((_, options),) = choices.entries
    assert options[0].endswith("af dem ligger under den.")
    assert options[1] == (
        "Svaret bliver stående som »delvis« og er hverken ja eller nej. "
        "Sådan er svarene gjort op på de andre sider."
    )
    assert Robustness(one).all_yes.tolist()[0] == 5
