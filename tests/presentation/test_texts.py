"""Texts with live figures: filled in, escaped, and wrong only with a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.errors import DefinitionError
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.presentation.blocks import Heading, Paragraphs, Prose
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.live import figures
from misbrug_analysis.presentation.live.markdown import bullets, escaped
from misbrug_analysis.presentation.passages import links, marked
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import text_section
from misbrug_analysis.presentation.statements import Place
from misbrug_analysis.presentation.texts import prose, render
from tests.presentation.plainly import plainly
from tests.presentation.small_reports import small_report
from tests.presentation.varied_reports import varied_report
from tests.projects import STUDY
from tests.small import make_project


@pytest.fixture(scope="module")
def region(settled: Path) -> Report:
    study = load_study(Project.find(settled), STUDY)
    run = next(run for run in study.runs() if run.id == "regional")
    return Report(study, load(study), Language.load("da"), run)


@pytest.fixture
def text(tmp_path: Path, region: Report):
    """Fill in a text for the region."""

    def fill(source: str) -> str:
        path = tmp_path / "text.md"
        path.write_text(source, "utf-8")
        return plainly(render(region, path))

    return fill


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ('count("5.2")', "tre"),
        ('count("5.2", "no")', "13"),
        ('count("5.2", group="vest")', "to"),
        ("total()", "16"),
        ('total("syd")', "fem"),
        ("asked()", "17"),
        ('quantifier("5.2")', "kun få kommuner (3 af 16)"),
        ('Quantifier("5.2", group="syd")', "Én af de fem kommuner"),
        ('quantifier("1.2")', "alle 16 kommuner, der svarede,"),
        ('quantifier("1.1", absent="as_no")', "alle kommuner på nær to (15 af 17)"),
        ('topic_quantifier("2", group="oest")', "to af de fem kommuner"),
        ('Describes("7.d1", "yes")', "Ingen af de 16 kommuner, der svarede,"),
        ('describes("5.s3", "yes")', "under halvdelen af kommunerne (4 af de 14, der svarede)"),
        ('describes("5.s3", "yes", group="vest")', "tre af de fem kommuner, der svarede,"),
        ('describes("7.d2", "aldrig", short=True)', "kun én (1 af 16)"),
        (
            'describes("7.d2", "mindst én gang om året", where={"buys_treatment": "no"})',
            "alle kommuner på nær to (12 af 14)",
        ),
        ('quantifier("5.2", first=True)', "kun få kommuner (3 af de 16, der svarede)"),
        ('answered("10.d3")', "8"),
        ('respondents("10.d3")', "otte kommuner"),
        ('mixed("10.d1")', "De sidste to kommuner svarer forskelligt i deres skemaer."),
        ('mixed("9.d1")', "Den sidste kommune svarer forskelligt i sine skemaer."),
        ('mixed("9.d1", group="oest")', ""),
        ('mixed("12.d1")', ""),
        ('with_attribute("buys_treatment", "yes")', "kun få kommuner (2 af 16)"),
        ('With_attribute("own_service", "no", group="oest")', "Én af de fem kommuner"),
        ('bounds("5.2")', "mindst 3 og højst 4 af 17"),
        # The median of the 17 is 45,295 people; shown with two digits.
        ('population("typical", rounded=True)', "ca.\u00a045.000"),
        ('need_source("alcohol_dependent")', "Hansen m.fl. 2011, tal fra 2005"),
        ("absent()", "Stevns"),
        ("groups()", "Klynge Syd, Klynge Øst og Klynge Vest"),
        ('groups_where("5.s3")', "to af de tre klynger"),
        ('groups_where("5.s3", "yes", least=2)', "én af de tre klynger"),
        ('groups_where("5.2")', "to af de tre klynger"),
        ('Groups_where("2", "yes", least=2)', "To af de tre klynger"),
        ('wishes("1")', "alle tre klynger"),
        ('Wishes("2")', "Ingen af de tre klynger"),
        ('agrees("insight")', "alle tre klynger"),
        ('agrees("insight", "no")', "ingen af de tre klynger"),
        ('rule("split")', "no"),
        ('holds(share("6.d1", "systemisk") == 1)', ""),
    ],
)
def test_an_expression_gives_its_figure(text, expression: str, shown: str) -> None:
    assert text("{{ " + expression + " }}") == shown


@pytest.mark.parametrize(
    ("expression", "address"),
    [
        ('count("5.2")', "method-5.html#count-5-2-sjaelland"),
        ('count("5.2", group="vest")', "method-5.html#count-5-2-vest"),
        ('quantifier("5.2")', "method-5.html#count-5-2-sjaelland"),
        ('Quantifier("5.2", group="syd", short=True)', "method-5.html#count-5-2-syd"),
        ('quantifier("1.1", absent="as_no")', "method-1.html#count-1-1-sjaelland"),
        ('topic_quantifier("2")', "method-2.html#count-2-sjaelland"),
        ('Describes("7.d1", "yes")', "method-7.html#count-7-d1-sjaelland"),
        (
            'describes("7.d2", "aldrig", where={"buys_treatment": "no"})',
            "method-7.html#count-7-d2-sjaelland",
        ),
        ('respondents("10.d3", group="syd")', "method-10.html#count-10-d3-syd"),
        ('mixed("10.d1")', "method-10.html#count-10-d1-sjaelland"),
        ('mixed("9.d1")', "method-9.html#count-9-d1-sjaelland"),
        ('bounds("5.2")', "method-5.html#count-5-2-sjaelland"),
        ('groups_where("5.s3")', "method-5.html#count-5-s3-sjaelland"),
        ("total()", "consolidation.html#who-answered"),
        ("asked()", "consolidation.html#who-answered"),
        ('with_attribute("buys_treatment", "yes")', "tables.html#table-units"),
        ('wishes("1")', "tables.html#table-wishes"),
        ('Agrees("insight")', "tables.html#table-feedback"),
        ('need("drugs_total", "syd")', "tables.html#table-need-groups"),
        ('need_range("youth_drugs")', "tables.html#table-need-groups"),
        ("population()", "tables.html#table-population-groups"),
        ('possible("5.2")', "tables.html#table-possible-counts"),
    ],
)
def test_a_figure_leads_to_the_answers_behind_it(
    tmp_path: Path, region: Report, expression: str, address: str
) -> None:
    path = tmp_path / "text.md"
    path.write_text("{{ " + expression + " }}", "utf-8")
    assert {href for _, href in links(render(region, path))} == {address}


def test_each_option_leads_to_the_count_of_its_question(tmp_path: Path, region: Report) -> None:
    path = tmp_path / "text.md"
    path.write_text('{{ options("10.d2") }}', "utf-8")
    assert links(render(region, path)) == [
        (count, "method-10.html#count-10-d2-sjaelland")
        for count in (
            "alle på nær én (13 af 14)",
            "over halvdelen (9 af 14)",
            "omkring halvdelen (6 af 14)",
        )
    ]


def test_options_are_a_list_with_the_one_chosen_by_most_first(text) -> None:
    # Counted by hand in the forms.
    assert text('{{ options("10.d2") }}').splitlines() == [
        "- ASI: alle på nær én (13 af 14)",
        "- KL's basisscreening: over halvdelen (9 af 14)",
        "- Psykologiske test: omkring halvdelen (6 af 14)",
    ]
    assert text('{{ options("2.d2", group="vest") }}').splitlines()[0] == "- Hjemmesiden: alle seks"


def test_options_chosen_by_equally_many_stand_as_the_question_has_them(text) -> None:
    lines = text('{{ options("12.d3") }}').splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "- Psykiatrien",
        "- Ingen af dem",
        "- Praktiserende læger",
        "- Uddannelsessteder",
    ]


def test_an_option_can_be_kept_for_the_end(text) -> None:
    lines = text('{{ options("12.d3", last="ingen af dem") }}').splitlines()
    assert lines[-1] == "- Ingen af dem: under halvdelen (6 af 16)"
    assert lines[0].startswith("- Psykiatrien")


def test_a_share_decides_what_is_said(text) -> None:
    assert text('{% if share("5.2") < 0.5 %}få{% else %}mange{% endif %}') == "få"
    assert text('{% if share("6.d3", "yes") < 0.5 %}få{% else %}mange{% endif %}') == "få"
    assert text('{% if wishing("1") > agreeing("speed") %}ja{% endif %}') == "ja"


def test_a_sentence_that_the_data_contradict_is_an_error_at_its_line(text) -> None:
    with pytest.raises(DefinitionError) as error:
        text('Alle følger op.\n{{ holds(share("5.2") == 1) }}Det er godt.')
    assert "text.md, line 2: " in str(error.value)
    assert "no longer say" in str(error.value)


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ("\n{{ quantifer('5.2') }}", "'quantifer' is undefined"),
        ("\n{{ count('5.9') }}", "there is no question called “5.9”"),
        ("\n{{ count('5.2', group='nord') }}", "there is no group 'nord'"),
        ("\n{{ count('5.2', 'maybe') }}", "no answer 'maybe'; there are yes, partly, no"),
        ("\n{{ quantifier('5.2', 'ja') }}", "no answer 'ja'"),
        ("\n{{ describes('10.d1', 'måske') }}", "no option of 10.d1 'måske'; there are i drift"),
        ("\n{{ describes('5.s3', 'ja') }}", "no answer to 5.s3 'ja'; there are yes"),
        ("\n{{ describes('7.d2', 'aldrig', where={'buys': 'no'}) }}", "no attribute 'buys'"),
        ("\n{{ with_attribute('own_service', 'ja') }}", "no unit with own_service 'ja'"),
        ("\n{{ with_attribute('cluster', 'syd') }}", "there are buys_treatment, own_service"),
        ("\n{{ groups_where('5.s3', 'ja') }}", "no answer to 5.s3 'ja'"),
        ("\n{{ groups_where('5.2', 'ja') }}", "no answer 'ja'"),
        ("\n{{ options('5.s3') }}", "5.s3 has no options; use describes()"),
        ("\n{{ options('10.d2', last='ingen') }}", "no option of 10.d2 'ingen'"),
        ("\n{{ mixed('10.d2') }}", "10.d2 takes several answers"),
        ("\n{{ mixed('10.d9') }}", "there is no question called “10.d9”"),
        ("\n{{ wishes('13') }}", "no topic '13'; there are 1, 2, 3"),
        ("\n{{ agrees('insigt') }}", "Did you mean insight?"),
        ("\n{{ rule('spilt') }}", "Did you mean split?"),
        ("\n{{ holds(3) }}", "true or false, not 3"),
        ("\n{{ count.__globals__ }}", "unsafe"),
        ("\n{% if %}", "Expected an expression"),
    ],
)
def test_a_fault_names_the_line_and_what_is_wrong(text, source: str, detail: str) -> None:
    with pytest.raises(DefinitionError) as error:
        text(source)
    assert "text.md, line 2: " in str(error.value)
    assert detail in str(error.value)


def test_a_label_cannot_become_markdown(text) -> None:
    assert text('{{ "*x* [y](z) <b> # `c`" }}') == r"\*x\* \[y\](z) \<b\> \# \`c\`"


def test_an_option_in_a_list_cannot_become_markdown_or_a_line_of_its_own() -> None:
    assert bullets(["*x*: få", "a\n- b"]) == "- \\*x\\*: få\n- a - b"
    assert escaped(bullets(["*x*"])) == "- \\*x\\*"
    assert escaped(bullets(["*x*"]).upper()) == r"- \\\*X\\\*"


@pytest.mark.parametrize(
    "expression",
    ["describes('10.d3', 'sjældent')", "options('10.d3')", "respondents('10.d3')"],
)
def test_what_nobody_answered_cannot_be_told(
    region: Report, tmp_path: Path, expression: str
) -> None:
    answers = region.results.answers
    without = region.results.with_tables(answers=answers[answers["item"] != "10.d3"])
    path = tmp_path / "text.md"
    path.write_text("{{ " + expression + " }}", "utf-8")
    with pytest.raises(DefinitionError, match="nobody answered"):
        render(replace(region, tables=without), path)


def test_a_study_whose_groups_told_nothing_has_no_wishes(region: Report, tmp_path: Path) -> None:
    path = tmp_path / "text.md"
    path.write_text("{{ wishes('1') }}", "utf-8")
    with pytest.raises(DefinitionError, match="what its groups wish"):
        render(replace(region, study=replace(region.study, cooperation=None)), path)


def test_every_text_of_the_study_can_be_filled_in_for_every_report(settled: Path) -> None:
    study = load_study(Project.find(settled), STUDY)
    results = load(study)
    folder = study.folder / "texts"
    texts = [path for path in folder.rglob("*.md") if path.name != "README.md"]
    assert len(texts) > 50
    for run in study.runs():
        for path in texts:
            first = path.relative_to(folder).parts[0]
            code = first if first in Language.codes() else study.settings.language
            assert "{{" not in render(Report(study, results, Language.load(code), run), path)


def write(report: Report, name: str, text: str) -> None:
    path = report.study.folder / "texts" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_text_in_the_language_of_the_page_comes_first(tmp_path: Path) -> None:
    report = small_report(make_project(tmp_path), "en")
    write(report, "intro", "Der er {{ asked() }} steder.")
    write(report, "en/intro", "There are {{ asked() }} of them.")
    assert plainly(prose(report, "intro")) == [Prose("There are three of them.")]


def test_a_text_that_is_not_translated_stands_in_its_own_language_after_a_note(
    tmp_path: Path,
) -> None:
    report = small_report(make_project(tmp_path), "en")
    write(report, "intro", "Der er {{ asked() }} steder.")
    assert plainly(prose(report, "intro")) == [
        Paragraphs(["This passage is in Danish. It has not been translated."], kind="note"),
        Prose("Der er tre steder.", lang="da"),
    ]


def test_a_text_in_the_studys_own_language_is_no_translation(tmp_path: Path) -> None:
    report = small_report(make_project(tmp_path))
    write(report, "intro", "Der er {{ asked() }} steder.")
    write(report, "da/intro", "Bliver ikke læst.")
    assert plainly(prose(report, "intro")) == [Prose("Der er tre steder.")]


def test_the_heading_of_a_text_says_its_language(tmp_path: Path) -> None:
    report = small_report(make_project(tmp_path), "en")
    write(report, "intro", "# Forord\n\nTekst.")
    heading, note, text = text_section(report, "intro")
    assert heading == Heading(marked("Forord", "da"), 2, "intro")
    assert isinstance(note, Paragraphs)
    assert text == Prose("\nTekst.", lang="da")


def test_a_heading_alone_needs_no_note(tmp_path: Path) -> None:
    report = small_report(make_project(tmp_path), "en")
    write(report, "intro", "# Forord\n")
    assert text_section(report, "intro") == [Heading(marked("Forord", "da"), 2, "intro")]


@pytest.mark.parametrize("name", ["nothing", "blank"])
def test_a_text_that_is_not_there_or_says_nothing_is_no_block(tmp_path: Path, name: str) -> None:
    report = small_report(make_project(tmp_path))
    write(report, "blank", "\n{% if asked() == 'to' %}x{% endif %}\n")
    assert prose(report, name) == text_section(report, name) == []


def test_all_texts_of_a_report_share_what_another_count_of_the_absent_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quoted = "{{ quantifier('t.1', absent='as_no') }} følger op."
    report = varied_report(tmp_path, quoted)
    (report.study.folder / "texts" / "more.md").write_text(f"Altså: {quoted}", "utf-8")
    tallied, plain = [], figures.tallied
    monkeypatch.setattr(figures, "tallied", lambda *given: tallied.append(1) or plain(*given))
    for name in ("text", "more"):
        assert prose(report, name, Place("Sted", "sted"))
    assert len(tallied) == report.under_other_rules.count == 2
