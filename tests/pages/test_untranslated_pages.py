"""A study that nobody has translated, in English: all that comes from it says that it is Danish.

Every text of the study gets a sign of its own, so that whatever of it reaches a page can be seen.
"""

from __future__ import annotations

import csv
import shutil

import pytest
import yaml

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.display import Page, render_page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.pages.spoken import Said, spoken
from tests.projects import ROOT, STUDY, copy_project
from tests.tongues import danish_in

SIGN = "\N{UMBRELLA}"
MATCHED = {"kl12.yaml": ("answers", "form", "options"), "study.yaml": ("forms",)}
"""Where words of a definition are matched with those of the forms, which have no sign."""

ONLY_TEXT = ("alt", "aria-label", "title", "description", "chart")
"""What stands here can hold no language of its own."""

SECTIONS = (
    *("key_figures", "overview", "regional_overview", "conclusions", "asked_and_answered"),
    *("standing", "answer_matrix", "possible_counts", "possible_note", "missing", "method"),
    *("areas_summary", "cooperation_status", "region_topics", "group_topics", "focus_areas"),
    *("feedback", "themes", "links", "recommended_actions", "annexes", "instrument_overview"),
    *("question_kinds", "questions", "instrument_origin", "need_lead", "inhabitants", "group_map"),
    *("estimated_need", "typical_need", "need_sources", "members", "roles", "duties"),
    *("who_answered", "split_answers", "partly_answers", "rulings", "blank_answers"),
    "cell_decisions",
    *("settled_answers", "ledger_sum", "priority_answer", "priority_order", "priority_criteria"),
    *("priority_comparison", "cooperation_areas", "answer_by_answer", "rule_choices"),
    *("variant_charts", "look_first", "ranges_table", "robustness_limits"),
    *("totals", "comparison", "respondents"),
)
OF_PAGES = ("robustness_answer", "dependent_statements", "holding_statements", "absence_apart")
"""What tells of the sentences of all pages."""

OF_ROUNDS = {name for name in sections.__all__ if name.startswith("change")} | {"not_compared"}
"""What compares rounds, of which this study is one: tests/rounds/test_rounds_guide.py."""

TEXTS = {"text_section": "preface", "missing": "participation", "priority_comparison": "areas"}


def in_danish_only(node: object, *, signed: bool = True, matched: tuple[str, ...] = ()) -> object:
    """The definitions without what is in another language, a sign on every text."""
    if isinstance(node, dict) and "da" in node and set(node) <= {"da", "en"}:
        return {"da": _signed(node["da"]) if signed else node["da"]}
    if isinstance(node, dict):
        return {
            key: in_danish_only(value, signed=signed and key not in matched, matched=matched)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [in_danish_only(value, signed=signed, matched=matched) for value in node]
    return node


def _signed(text: object) -> object:
    """A text or the forms of a noun with the sign; it stands before a closing mark."""
    if isinstance(text, dict):
        return {form: word if form == "gender" else f"{word}{SIGN}" for form, word in text.items()}
    return f"{text[:-1]}{SIGN}{text[-1]}" if text[-1:] in ".?" else f"{text}{SIGN}"  # type: ignore[index]


@pytest.fixture(scope="module")
def untranslated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Results]:
    project = copy_project(tmp_path_factory.mktemp("untranslated"))
    folder = project / "data" / "raw" / STUDY
    shutil.rmtree(folder / "texts" / "en")
    for path in [*folder.glob("*.yaml"), *(project / "data" / "instruments").glob("*.yaml")]:
        data = yaml.safe_load(path.read_text("utf-8"))
        told = in_danish_only(data, matched=MATCHED.get(path.name, ()))
        path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), "utf-8")
    for path in (folder / "texts").rglob("*.md"):
        first, _, rest = path.read_text("utf-8").partition("\n")
        path.write_text(f"{first}{SIGN}\n{rest}", "utf-8")
    study = load_study(Project.find(project), STUDY)
    return study, settle(study)


@pytest.fixture(scope="module")
def pages(untranslated: tuple[Study, Results]) -> list[list[Said]]:
    """What the pages of all runs say, each with every section there is; annexes their heads alone.

    Those are of the whole region, of which sections say what they say on its own page.
    """
    study, results = untranslated
    read = []
    for run in study.runs():
        report = Report(study, results, Language.load("en"), run)
        (head,) = sections.page(report)
        assert isinstance(head, Page)
        blocks = every_section(report) if run.group else []
        read.append(spoken(render_page(head, blocks, report.language)))
    return read


def every_section(report: Report) -> list[Block]:
    blocks: list[Block] = []
    for name in ("text_section", *SECTIONS):
        section = getattr(sections, name)
        blocks += section(report, TEXTS[name]) if name in TEXTS else section(report)
    judged = sections.judged_pages(report)
    for name in OF_PAGES:
        blocks += getattr(sections, name)(report, judged)
    return blocks


def test_every_section_is_shown() -> None:
    told_apart = {"page", "text_section", "judged_pages", *OF_PAGES, *OF_ROUNDS}
    assert set(SECTIONS) | told_apart == set(sections.__all__)


def test_the_sign_is_all_over_the_pages(pages: list[list[Said]]) -> None:
    signs = [sum(SIGN in said.text for said in page) for page in pages]
    assert min(signs) > 0
    assert sum(number > 200 for number in signs) == 4  # the region and its clusters


def test_every_text_of_the_study_says_its_language(pages: list[list[Said]]) -> None:
    silent = {
        (said.place, said.text)
        for page in pages
        for said in page
        if SIGN in said.text and said.lang != "da" and not _holds_text_only(said)
    }
    assert silent == set()


def test_no_danish_that_has_no_sign_is_said_in_english(pages: list[list[Said]]) -> None:
    """Answers, forms and choices, remarks and rulings; sources are cited by names and titles."""
    table = ROOT / "data" / "raw" / "reference" / "national_need_estimates.csv"
    sources = {row["source"] for row in csv.DictReader(table.read_text("utf-8").splitlines())}
    found = {
        (said.place, said.text)
        for page in pages
        for said in page
        if said.lang == "en"
        and not _holds_text_only(said)
        and said.text not in sources
        and [word for word in danish_in(said.text) if not word.istitle()]
    }
    assert found == set()


def test_passages_in_danish_have_a_note_each(pages: list[list[Said]]) -> None:
    notes = sum(said.text.startswith("This passage is in Danish.") for said in pages[0])
    # Preface, conclusions, cooperation, youth, what is missing, the order, the method of a group;
    # eight topics with why and status, four with status alone, and what is recommended under one.
    assert notes == 7 + 2 * 8 + 4 + 1


def _holds_text_only(said: Said) -> bool:
    return any(said.place.endswith((f"[{name}]", name)) for name in ONLY_TEXT)
