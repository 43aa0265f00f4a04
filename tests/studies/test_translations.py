"""A translation says what the original says: the same figures, under the same conditions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jinja2 import Environment

from misbrug_analysis.execution.processed import load
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.texts import render
from tests.projects import ROOT, STUDY
from tests.studies import authored
from tests.studies.varied import VARIANTS, vary

TRANSLATED = authored.translations()
ENGLISH = [name for language, name in TRANSLATED if language == "en"]
BRANCH = "\N{SECTION SIGN}"
"""Set where a branch begins, with the number of the branch."""

ALLOWED = re.compile(
    r"""
    \b(?:recommendation|indicator)s?\s\d+(?:\.\d+)?(?:(?:,\s\d+)*\s(?:and|or)\s\d+)?
    | KL's\s12\srecommendations
    | \b(?:19|20)\d\d\b                       # a year
    | \baged\s\d+–\d+                         # an age group
    | \brs17\.dk\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
WORDS = (
    "all|every|none|no(?! single)|most|the majority|few|fewer|several|half|(?<!how )many|some"
    "|both(?! in| of)|only one|a number of"
    "|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
)
OF_UNITS = re.compile(
    rf"\b(?:{WORDS})(?:\s\w+){{0,3}}\s(?:municipalit(?:y|ies)|clusters?|answers?|forms?)\b",
    re.IGNORECASE,
)
ON_ITS_OWN = re.compile(
    rf"^(?:{WORDS})\s(?:are|have|had|can|could|did|do|will|said|say|answered|used)\b",
    re.IGNORECASE,
)
REPORTED = re.compile(r"\b[Rr]eport\b")
REVIEWED = {
    # The rules, and how to read them: true whatever the answers are.
    "If there are fewer than two forms to compare with": "under a condition on the rule itself",
    "counts only when all its forms choose": "the rule on questions about practice",
    "if all missing answers are no": "what the lower bound means",
    "If a municipality has several forms": "under a condition on the rule itself",
    "The rules are the same in all clusters": "the rules are the study's",
    "If only one of the forms answers": "the rule on forms that left a question blank",
    "every answer with the rule that settled it": "what the page shows, whatever they are",
    "The value grows when all municipalities": "an aim, not a finding",
    "It says that all clusters point": "the regional report, named in the sentence before",
    "At first we also counted wishes": "what we once counted, whatever is counted now",
    "Before the correction, the ranking": "what we once counted, whatever is counted now",
}
"""Sentences with a figure or a quantity that no answer can make wrong, each with the reason."""


def path(language: str, name: str) -> str:
    return f"{language}/{name}"


def parts(name: str) -> list[tuple[str, list[str]]]:
    """Every statement of a text with the expressions that stand before the next one."""
    found: list[tuple[str, list[str]]] = [("", [])]
    words: list[str] = []
    for _, kind, value in Environment().lex(authored.source(name)):
        if kind in ("block_begin", "variable_begin"):
            words = []
        elif kind == "block_end":
            found.append((_same(words), []))
        elif kind == "variable_end":
            found[-1][1].append(_same(words))
        elif kind not in ("data", "whitespace"):
            words.append(value)
    return [(statement, sorted(shown)) for statement, shown in found]


def _same(words: list[str]) -> str:
    """A statement without the words it looks for in a wording, which each language has its own."""
    looked_for = [after == "in" for after in [*words[1:], ""]]
    return " ".join("…" if own else word for word, own in zip(words, looked_for, strict=True))


def numbered(source: str) -> str:
    """The text with a number where each of its branches begins."""
    text, before, branches, count = "", "", False, 0
    for _, kind, value in Environment(keep_trailing_newline=True).lex(source):
        text += value
        if before == "block_begin":
            branches = value in ("if", "elif", "else")
        if kind == "block_end" and branches:
            text += f"{BRANCH}{count}{BRANCH}"
            count += 1
        before = before if kind == "whitespace" else kind
    return text


def taken(report: Report, source: str, folder: Path) -> list[str]:
    """The branches of a text that are shown."""
    file = folder / "numbered.md"
    file.write_text(numbered(source), "utf-8")
    return re.findall(rf"{BRANCH}(\d+){BRANCH}", render(report, file))


@pytest.fixture(scope="module")
def base(settled: Path) -> tuple[Study, Results]:
    study = load_study(Project.find(settled), STUDY)
    return study, load(study)


def test_there_are_translations() -> None:
    most_read = {"preface", "reading_guide", "conclusions", "method_cluster", "consolidation"}
    assert most_read <= set(ENGLISH)


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_has_an_original(language: str, name: str) -> None:
    assert name in authored.names()


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_has_the_figures_and_conditions_of_the_original(
    language: str, name: str
) -> None:
    assert parts(path(language, name)) == parts(name)


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_has_the_links_headings_and_lists_of_the_original(
    language: str, name: str
) -> None:
    def frame(source: str) -> tuple[list[str], list[str], int]:
        links = sorted(re.findall(r"\]\(([^)]*)\)", source))
        return links, re.findall(r"^#+ ", source, re.M), len(re.findall(r"^\s*- ", source, re.M))

    assert frame(authored.source(path(language, name))) == frame(authored.source(name))


@pytest.mark.parametrize(("language", "name"), TRANSLATED)
def test_a_translation_types_the_figures_of_the_original(language: str, name: str) -> None:
    def typed(text: str) -> list[str]:
        return sorted(re.findall(r"\d+(?:[.,]\d+)*", " ".join(authored.fixed(text))))

    assert typed(path(language, name)) == typed(name)


def test_branches_are_numbered_where_they_begin() -> None:
    source = "{% if a == 1 -%} x {% elif b %}y{% else %}z{% endif %}{{ 'if' }}"
    assert numbered(source) == (
        "{% if a == 1 -%} §0§x {% elif b %}§1§y{% else %}§2§z{% endif %}{{ 'if' }}"
    )


@pytest.mark.parametrize(("answers", "as_declared"), VARIANTS)
def test_a_translation_takes_the_branches_of_the_original(
    base: tuple[Study, Results], answers: str, as_declared: str, tmp_path: Path
) -> None:
    now = vary(*base, answers, as_declared)
    run = next(run for run in now.study.runs() if run.id == "regional")
    own = Report(now.study, now.results, Language.load(now.study.settings.language), run)
    for language, name in TRANSLATED:
        translated = Report(now.study, now.results, Language.load(language), run)
        there = taken(translated, authored.source(path(language, name)), tmp_path)
        assert there == taken(own, authored.source(name), tmp_path), name


def claims(name: str) -> list[str]:
    """The sentences of an English text that type a figure or a quantity of units and groups."""
    found = []
    for sentence in authored.fixed(path("en", name)):
        typed = re.search(r"\d", ALLOWED.sub("", sentence))
        quantity = OF_UNITS.search(sentence) or ON_ITS_OWN.search(sentence)
        if typed or (quantity and not REPORTED.search(sentence)):
            found.append(sentence)
    return found


def test_no_english_text_types_a_figure_or_a_quantity_of_units() -> None:
    typed = [
        f"{name}: {sentence}"
        for name in ENGLISH
        for sentence in claims(name)
        if not any(part in sentence for part in REVIEWED)
    ]
    assert typed == []


def test_every_reviewed_english_sentence_is_still_there() -> None:
    words = " ".join(sentence for name in ENGLISH for sentence in claims(name))
    assert [part for part in REVIEWED if part not in words] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Three municipalities followed up.",
        "None of the municipalities followed up.",
        "Most answers are yes.",
        "All three clusters want to go on.",
        "Several are about to start.",
        "It holds for 12 of them.",
    ],
)
def test_the_check_of_english_finds_what_it_looks_for(
    sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authored, "source", lambda _: f"See recommendation 2.\n{sentence}\n")
    assert claims("made_up") == [sentence]


def test_the_english_reading_guide_leads_to_the_pages_by_letter_and_title() -> None:
    study = load_study(Project.find(ROOT), STUDY)
    guide = authored.source("en/reading_guide").partition("**Where to find the rest:**")[2]
    for run in study.runs():
        if run.report.id == "regional":
            continue
        (line,) = [line for line in guide.splitlines() if f"]({run.page})" in line]
        link = line.partition(f"]({run.page})")[0].rpartition("[")[2]
        title = run.group.label["en"] if run.group and run.annex else run.title("en")
        assert link.casefold() == title.casefold()
        head = line.partition(":**")[0]
        assert run.annex is None or re.search(rf"\b{run.annex}\b", head)
