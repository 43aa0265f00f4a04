"""Sentences held against other rules, in small studies worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.presentation.blocks import Bullets, Figure, Prose
from misbrug_analysis.presentation.judging import with_mark
from misbrug_analysis.presentation.passages import links, marked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import (
    conclusions,
    group_topics,
    key_figures,
    region_topics,
    text_section,
)
from misbrug_analysis.presentation.statements import (
    Judged,
    judged_statements,
    reports_with_statements,
)
from tests.presentation.varied_reports import FORMS, show_sections, varied_report

FEW = 'Kun få ({{ "%d" | format(share("t.1") * 100) }} %) følger op.'


def judged(report: Report) -> dict[str, Judged]:
    return {one.statement.text: one for one in judged_statements(report)}


def settings_of(report: Report, variants: tuple[int, ...]) -> set[str]:
    """What partly counts as in these variants."""
    return set(report.sensitivity.variants["partly"].iloc[list(variants)])


def test_a_count_in_words_that_a_rule_moves(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "# Tekst\n\nVi har spurgt. {{ Quantifier('t.1') }} følger op.")
    (one,) = judged_statements(report)
    assert one.statement.text == "Ét af de fire steder følger op."
    assert one.otherwise == "To af de fire steder følger op."
    assert (one.verdict, one.moved_by) == ("words", ("partly",))
    assert settings_of(report, one.changes_in) == {"as_yes"}
    assert one.statement.place == "Tekst"
    assert one.statement.address == "told.html#text"
    assert one.statement.rests_on == (("t.1", "all"),)
    assert one.statement.anchor == "statement-told-text-3"


def test_a_count_that_no_rule_moves_is_robust(tmp_path: Path) -> None:
    (one,) = judged_statements(varied_report(tmp_path, "{{ Quantifier('t.2') }} skriver det ned."))
    assert one.statement.text == "Alle fire steder skriver det ned."
    assert (one.verdict, one.changes_in, one.moved_by, one.otherwise) == ("robust", (), (), "")


def test_a_sentence_in_which_only_figures_change(tmp_path: Path) -> None:
    (one,) = judged_statements(varied_report(tmp_path, FEW))
    assert one.statement.text == "Kun få (25 %) følger op."
    assert (one.verdict, one.otherwise) == ("number", "Kun få (50 %) følger op.")


def test_what_rests_on_no_settled_answer_is_no_statement(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "Vi spurgte {{ asked() }}. {{ total() }} svarede. Det er alt.")
    assert judged_statements(report) == []


def test_a_condition_that_turns_takes_its_sentence_away(tmp_path: Path) -> None:
    text = (
        "Før.\n{% if share('t.1') < 0.5 %}Få følger op. Det er lidt.{% else %}Mange følger op.{%"
        " endif %}\nEfter."
    )
    found = judged(varied_report(tmp_path, text))
    assert set(found) == {"Få følger op.", "Det er lidt."}
    for one in found.values():
        assert (one.verdict, one.otherwise) == ("words", "Mange følger op.")
        assert one.statement.rests_on == (("t.1", "all"),)


def test_a_condition_without_another_branch_leaves_nothing(tmp_path: Path) -> None:
    text = "Før.\n{% if share('t.1') < 0.5 %}Få følger op.\n{% endif %}\nEfter."
    (one,) = judged_statements(varied_report(tmp_path, text))
    assert (one.statement.text, one.verdict, one.otherwise) == ("Få følger op.", "words", "")


def test_a_condition_that_holds_under_every_rule_keeps_its_sentence(tmp_path: Path) -> None:
    text = "{% if share('t.1') < 0.6 %}Få følger op.{% else %}Mange følger op.{% endif %}"
    (one,) = judged_statements(varied_report(tmp_path, text))
    assert (one.statement.text, one.verdict) == ("Få følger op.", "robust")


def test_a_condition_inside_a_condition(tmp_path: Path) -> None:
    text = (
        "{% if share('t.2') == 1 %}{% if share('t.1') < 0.5 %}Få.{% else %}Flere.{% endif %}"
        " Alle skriver.{% else %}Ikke alle.{% endif %}"
    )
    found = judged(varied_report(tmp_path, text))
    assert {text: (one.verdict, one.otherwise) for text, one in found.items()} == {
        "Få.": ("words", "Flere."),
        "Alle skriver.": ("robust", ""),
    }
    assert found["Få."].statement.rests_on == (("t.2", "all"), ("t.1", "all"))


def test_a_condition_within_a_sentence_is_part_of_its_words(tmp_path: Path) -> None:
    text = "Det er {% if share('t.1') >= 0.5 %}ikke {% endif %}få, der følger op. Slut."
    (one,) = judged_statements(varied_report(tmp_path, text))
    assert one.statement.text == "Det er få, der følger op."
    assert (one.verdict, one.otherwise) == ("words", "Det er ikke få, der følger op.")


def test_a_sentence_that_says_itself_what_must_hold(tmp_path: Path) -> None:
    text = "Før. {{ holds(share('t.1') < 0.5) }}Kun de færreste følger op. Efter."
    (one,) = judged_statements(varied_report(tmp_path, text))
    assert one.statement.text == "Kun de færreste følger op."
    assert (one.verdict, one.otherwise) == ("words", "")


def test_a_text_that_cannot_be_told_under_a_rule(tmp_path: Path) -> None:
    text = "Før. Det er {{ '%d' | format(1 / (share('t.1') - 0.5)) }} gange. Efter."
    (one,) = judged_statements(varied_report(tmp_path, text))
    assert (one.statement.text, one.verdict) == ("Det er -4 gange.", "words")


def test_a_text_that_cannot_be_told_at_all_is_an_error_at_its_line(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "Før.\n{{ 1 / (share('t.2') - 1) }}")
    with pytest.raises(DefinitionError, match="line 2"):
        judged_statements(report)


def test_sentences_alike_are_told_apart_by_their_order(tmp_path: Path) -> None:
    text = "{{ Quantifier('t.2') }} gør det. {{ Quantifier('t.1') }} gør det."
    first, second = judged_statements(varied_report(tmp_path, text))
    assert (first.verdict, second.verdict) == ("robust", "words")
    assert second.otherwise == "To af de fire steder gør det."


def test_what_a_text_says_of_the_rules_is_of_the_study_s_own(tmp_path: Path) -> None:
    text = "{% if rule('partly') == 'judge' %}Delvis bliver bedømt.{% endif %}"
    assert judged_statements(varied_report(tmp_path, text)) == []


def test_several_settings_that_change_it_only_together(tmp_path: Path) -> None:
    # B's two forms differ, whatever its partly counts as: only "any" and "as_yes" make it a yes.
    forms = {key: value for key, value in FORMS.items() if key != "b"} | {
        "b-alcohol": {"t.1": "delvis", "t.2": "ja"},
        "b-drugs": {"t.1": "nej", "t.2": "ja"},
    }
    report = varied_report(tmp_path, "{{ Quantifier('t.1') }} følger op.", forms=forms)
    (one,) = judged_statements(report)
    assert (one.verdict, one.moved_by) == ("words", ())
    changed = report.sensitivity.variants.iloc[list(one.changes_in)]
    assert set(zip(changed["partly"], changed["split"], strict=True)) == {("as_yes", "any")}


def test_what_stands_beside_a_setting_is_what_it_alone_makes(tmp_path: Path) -> None:
    # B's forms say partly and no, C's yes and no. Where any yes is enough C is a yes, where partly
    # is a yes as well B is one too; of the two settings only that on split answers does it alone.
    forms = {"a": FORMS["a"], "d": FORMS["d"]} | {
        "b-alcohol": {"t.1": "delvis", "t.2": "ja"},
        "b-drugs": {"t.1": "nej", "t.2": "ja"},
        "c-alcohol": {"t.1": "ja", "t.2": "ja"},
        "c-drugs": {"t.1": "nej", "t.2": "ja"},
    }
    report = varied_report(tmp_path, "{{ Quantifier('t.1') }} følger op.", forms=forms)
    (one,) = judged_statements(report)
    assert (one.statement.text, one.moved_by) == ("Ét af de fire steder følger op.", ("split",))
    assert one.otherwise == "To af de fire steder følger op."


def test_only_what_changes_words_is_named_where_words_change(tmp_path: Path) -> None:
    ruling = {"unit": "d", "form": "joint", "indicator": "t.1", "answer": "yes"}
    text = (
        "{% if share('t.1') > 0.3 %}Flere end én ({{ \"%d\" | format(share('t.1') * 100) }} %)"
        "{% else %}Kun én{% endif %} følger op."
    )
    report = varied_report(tmp_path, text, adjudications=[ruling])
    (one,) = judged_statements(report)
    # Two of four by the ruling; three where partly is a yes too; one without the ruling.
    assert one.statement.text == "Flere end én (50 %) følger op."
    assert (one.verdict, one.moved_by) == ("words", ("adjudications",))
    assert one.otherwise == "Kun én følger op."


def test_a_sentence_without_a_count_is_told_apart(tmp_path: Path) -> None:
    text = "{% if share('t.1') < 0.4 %}{{ Quantifier('t.1') }} gør det. Det er få.{% endif %}"
    shows, silent = judged_statements(varied_report(tmp_path, text))
    assert (shows.statement.is_conditional, silent.statement.is_conditional) == (False, True)


@pytest.mark.parametrize(
    ("sentence", "marked_so"),
    [
        ("To gør det.", "To gør det (x)."),
        ("Gør to det?", "Gør to det (x)?"),
        ("To gør det", "To gør det (x)"),
        ("To gør det …", "To gør det … (x)"),
        ("Samtaler, kurser osv.", "Samtaler, kurser osv. (x)"),
        ("**To gør det.**", "**To gør det.** (x)"),
    ],
)
def test_the_mark_stands_within_its_sentence(sentence: str, marked_so: str) -> None:
    assert with_mark(sentence, "(x)") == marked_so


def test_a_ruling_that_decides(tmp_path: Path) -> None:
    ruling = {"unit": "b", "form": "joint", "indicator": "t.1", "answer": "yes"}
    report = varied_report(tmp_path, "{{ Quantifier('t.1') }} følger op.", adjudications=[ruling])
    (one,) = judged_statements(report)
    assert one.statement.text == "To af de fire steder følger op."
    assert one.moved_by == ("adjudications",)
    assert one.otherwise == "Ét af de fire steder følger op."
    assert not report.sensitivity.variants["adjudications"].iloc[list(one.changes_in)].any()


def test_markdown_and_links_are_not_in_a_statement(tmp_path: Path) -> None:
    text = "- **Steder:** *{{ Quantifier('t.2') }}* [skriver](#det) det `ned`."
    (one,) = judged_statements(varied_report(tmp_path, text))
    assert one.statement.text == "Steder: Alle fire steder skriver det ned."


def test_a_text_in_another_language_is_marked_so(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "{{ Quantifier('t.1') }} følger op.", language="en")
    (one,) = judged_statements(report)
    assert one.statement.text == marked("Ét af de fire steder følger op.", "da")
    assert one.otherwise == marked("To af de fire steder følger op.", "da")


def test_who_did_not_answer_is_kept_apart(tmp_path: Path) -> None:
    forms = {key: value for key, value in FORMS.items() if key != "d"}
    text = "{{ Quantifier('t.2', first=True) }} skriver det ned."
    report = varied_report(tmp_path, text, forms=forms)
    (by_rule,), (one,) = (judged_statements(report, absence=way) for way in (False, True))
    assert by_rule.verdict == "robust"
    assert one.statement == by_rule.statement
    assert one.statement.text == "Alle tre steder, der svarede, skriver det ned."
    assert (one.verdict, one.moved_by) == ("words", ())
    # Of the four, D is a no or a yes.
    said = {report.sensitivity.absences["absent"][way] for way in one.changes_in}
    assert said == {"as_no", "as_yes"}


def test_who_did_not_answer_is_no_longer_said_to_be_missing(tmp_path: Path) -> None:
    forms = {key: value for key, value in FORMS.items() if key != "d"}
    text = "{% if share('t.1') < 0.6 %}Få følger op.{% endif %}"
    (one,) = judged_statements(varied_report(tmp_path, text, forms=forms), absence=True)
    # One of three, or one or two of four.
    assert one.verdict == "robust"


def test_generated_sentences_of_a_topic(tmp_path: Path) -> None:
    found = judged(varied_report(tmp_path, shows=["sections.region_topics(report)"]))
    assert {text: (one.verdict, one.otherwise) for text, one in found.items()} == {
        "Ét af de fire steder opfylder emne t": ("words", "To af de fire steder opfylder emne t"),
        "t.1 Følger I op?: Ét af de fire steder siger ja.": (
            "words",
            "t.1 Følger I op?: To af de fire steder siger ja.",
        ),
        "t.2 Skriver I det ned?: Alle fire steder i begge hold siger ja.": ("robust", ""),
        "I Nord opfylder ét af de to steder emne t og i Syd ingen af de to.": (
            "words",
            "I Nord opfylder begge steder emne t og i Syd ingen af de to.",
        ),
    }
    topic = "Emne t: Opfølgning"
    assert {one.statement.place for one in found.values()} == {topic}
    anchors = [one.statement.anchor for one in found.values()]
    assert anchors == [
        "statement-told-topic-t-figure",
        "statement-told-topic-t-status-indicator-t-1",
        "statement-told-topic-t-status-indicator-t-2",
        "statement-told-topic-t-status-groups",
    ]
    *_, by_group = found.values()
    assert by_group.statement.rests_on == (("t", "north"), ("t", "south"))


def test_the_conclusions_name_another_indicator(tmp_path: Path) -> None:
    found = judged(varied_report(tmp_path, shows=["sections.conclusions(report)"]))
    assert {text: one.verdict for text, one in found.items()} == {
        "Alle fire steder siger ja til én af de to indikatorer.": "robust",
        "Følger I op?: Ét af de fire steder siger ja.": "words",
    }


def test_statements_stand_in_the_order_of_the_notebook(tmp_path: Path) -> None:
    shows = ["sections.conclusions(report)", 'sections.text_section(report, "text")']
    report = varied_report(tmp_path, "{{ Quantifier('t.2') }} skriver.", shows=shows)
    first = [one.statement.address for one in judged_statements(report)]
    show_sections(tmp_path, [*reversed(shows), "sections.page(report)", "other(report)"])
    assert first == ["told.html#main", "told.html#main", "told.html#text"]
    assert [one.statement.address for one in judged_statements(report)] == [
        "told.html#text",
        "told.html#main",
        "told.html#main",
    ]


def test_cells_that_are_no_python_show_nothing(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "{{ Quantifier('t.2') }} skriver.")
    path = tmp_path / "notebooks" / "n.ipynb"
    content = json.loads(path.read_text("utf-8"))
    content["cells"].insert(0, {"cell_type": "code", "source": ["%magic\n"]})
    content["cells"].insert(0, {"cell_type": "markdown", "source": ["sections.conclusions()"]})
    path.write_text(json.dumps(content), "utf-8")
    assert len(judged_statements(report)) == 1


def test_the_reports_that_show_statements(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "{{ Quantifier('t.2') }} skriver.")
    assert [one.run.id for one in reports_with_statements(report)] == ["told"]


def test_nothing_is_judged_before_the_first_answer(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "Vi venter på {{ asked() }}.", forms={})
    assert judged_statements(report) == reports_with_statements(report) == []


def test_marks_stand_at_the_sentences_that_are_not_robust(tmp_path: Path) -> None:
    text = (
        "# Tekst\n\n{{ Quantifier('t.1') }} følger op. {{ Quantifier('t.2') }} skriver det ned.\n"
        f"- {FEW}\n- Slut."
    )
    report = varied_report(tmp_path, text)
    _, shown = text_section(report, "text")
    assert isinstance(shown, Prose)
    at = "sure.html#statement-told-text"
    assert [link for link in links(shown.markdown) if at in link[1]] == [
        ("(afhænger af reglerne)", f"{at}-2"),
        ("(tallet afhænger af reglerne)", f"{at}-4"),
    ]
    assert "følger op \ufdd0(afhænger af reglerne)" in shown.markdown
    assert f"{at}-2\ufdd2. " in shown.markdown


def test_the_marked_text_is_the_text_with_marks(tmp_path: Path) -> None:
    text = "{{ Quantifier('t.1') }} følger op.\n{{ Quantifier('t.1') }} gør det."
    (plain,) = text_section(varied_report(tmp_path / "a", text, variants_page=False), "text")
    (shown,) = text_section(varied_report(tmp_path / "b", text), "text")
    assert isinstance(plain, Prose)
    assert isinstance(shown, Prose)
    assert "reglerne" not in plain.markdown
    without = shown.markdown
    for words, at in links(shown.markdown):
        if words == "(afhænger af reglerne)":
            without = without.replace(f" \ufdd0{words}\ufdd1{at}\ufdd2", "")
    assert without == plain.markdown


def test_a_heading_carries_no_mark(tmp_path: Path) -> None:
    text = "# {{ Quantifier('t.1') }}\n\nSlut."
    heading, _ = text_section(varied_report(tmp_path, text), "text")
    assert "reglerne" not in str(heading)


def test_generated_sentences_carry_marks_and_the_alternative_ends_by_saying_so(
    tmp_path: Path,
) -> None:
    blocks = region_topics(varied_report(tmp_path, shows=["sections.region_topics(report)"]))
    (figure,) = [block for block in blocks if isinstance(block, Figure)]
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    assert "(afhænger af reglerne)" in figure.title
    assert figure.alt.endswith(". Nogle af tallene afhænger af reglerne.")
    assert "(" not in figure.alt
    moved, steady = map(str, bullets.items)
    assert moved.endswith("#statement-told-topic-t-status-indicator-t-1\ufdd2.")
    assert "reglerne" not in steady


def test_a_note_near_the_top_says_what_marks_mean(tmp_path: Path) -> None:
    figures, note = key_figures(varied_report(tmp_path))
    assert links(str(note)) == [("Hvor sikkert?", "sure.html")]
    assert "»afhænger af reglerne«" in str(note)
    everyone, fewest = [told for _, told in figures.figures[1:]]
    assert "reglerne" not in everyone
    assert "(tallet afhænger af reglerne)" in fewest


def test_a_mark_of_what_the_notebook_does_not_tell_leads_nowhere(tmp_path: Path) -> None:
    report = varied_report(tmp_path, "{{ Quantifier('t.1') }} følger op.", shows=[])
    (shown,) = text_section(report, "text")
    assert str(shown).endswith("følger op (afhænger af reglerne).")


def test_marks_in_english(tmp_path: Path) -> None:
    report = varied_report(tmp_path, language="en")
    told = " ".join(map(str, [*key_figures(report), *conclusions(report)]))
    assert "(depends on the rules)" in told
    assert "(the figure depends on the rules)" in told


@pytest.mark.parametrize("forms", [{}, {"a": {"t.1": "ja", "t.2": "ja"}}])
def test_no_marks_and_no_note_where_nothing_can_differ(tmp_path: Path, forms) -> None:
    report = varied_report(tmp_path, forms=forms)
    blocks = [*key_figures(report), *conclusions(report), *group_topics(report)]
    assert "reglerne" not in " ".join(map(str, blocks))


def test_no_marks_without_a_page_on_variants(tmp_path: Path) -> None:
    report = varied_report(tmp_path, variants_page=False)
    blocks = [*key_figures(report), *conclusions(report), *region_topics(report)]
    assert "reglerne" not in " ".join(map(str, blocks))
