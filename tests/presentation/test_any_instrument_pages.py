"""Pages of instruments whose answers are not a plain yes and no, in both languages.

The small study is answered alike under each: A says the best answer to t.1, B the middle one, C the
poorest; all say the poorest to t.2.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.presentation import sections
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.display import Page, render_page
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.passages import OPEN
from misbrug_analysis.presentation.report import Report
from tests.pages.spoken import spoken
from tests.projects import ROOT
from tests.small import STUDY, Plain, form_rows, load, make_project, write_form

PLAIN = {
    "da": re.compile(r"\b(siger|sagde|sagt) ja\b|\bdelvis[et]? svar|svarer »?delvis\b", re.I),
    "en": re.compile(r"\b(says?|said) (yes|no|partly)\b|\bpartly answers?\b|“partly”", re.I),
}
ORGANISATION = """\
unit_noun:
  da: {one: sted, many: steder, the_one: stedet, the_many: stederne, gender: neuter}
  en: {one: site, many: sites, the_one: the site, the_many: the sites}
levels:
  - id: team
    noun:
      da: {one: hold, many: hold, the_one: holdet, the_many: holdene, gender: neuter}
      en: {one: team, many: teams, the_one: the team, the_many: the teams}
    groups:
      - {id: north, label: {da: Nord, en: North}}
      - {id: south, label: {da: Syd, en: South}}
  - id: whole
    noun:
      da: {one: kreds, many: kredse, the_one: kredsen, the_many: kredsene}
      en: {one: district, many: districts, the_one: the district, the_many: the districts}
    groups: [{id: all, label: {da: Alle, en: All}}]
"""


class Made(NamedTuple):
    """An instrument's answers, and the words that the forms of A, B and C hold for t.1."""

    answers: dict[str, object]
    words: tuple[str, str, str]


ENGLISH_LABELS = Made(
    {
        "full": {"label": {"en": "Fully achieved"}, "counts_as": "yes"},
        "part": {"label": {"en": "Partially achieved"}, "counts_as": "partly"},
        "none": {"label": {"en": "Not achieved"}, "counts_as": "no"},
    },
    ("Fully achieved", "Partially achieved", "Not achieved"),
)
DANISH_LABELS = Made(
    {
        "yes": {"label": {"da": "fuldt opfyldt"}},
        "partly": {"label": {"da": "delvist opfyldt"}},
        "no": {"label": {"da": "ikke opfyldt"}},
    },
    ("fuldt opfyldt", "delvist opfyldt", "ikke opfyldt"),
)
FIVE_POINTS = Made(
    {
        str(points): {
            "label": {"da": danish, "en": english},
            "counts_as": standing,
            "points": points,
        }
        for points, standing, danish, english in (
            (5, "yes", "helt enig", "strongly agree"),
            (4, "yes", "enig", "agree"),
            (3, "partly", "hverken eller", "neither"),
            (2, "no", "uenig", "disagree"),
            (1, "no", "helt uenig", "strongly disagree"),
        )
    },
    ("enig", "hverken eller", "helt uenig"),
)
TWO_ANSWERS = Made(
    {
        "met": {"label": {"da": "opfyldt", "en": "met"}, "counts_as": "yes"},
        "unmet": {"label": {"da": "ikke opfyldt", "en": "not met"}, "counts_as": "no"},
    },
    ("opfyldt", "ikke opfyldt", "ikke opfyldt"),
)
ALL = {
    "English labels": ENGLISH_LABELS,
    "Danish labels": DANISH_LABELS,
    "five points": FIVE_POINTS,
    "no partly": TWO_ANSWERS,
}


def report_of(root: Path, made: Made, language: str, partly: str) -> Report:
    folder = make_project(root, rules={"partly": partly})
    path = root / "data" / "instruments" / "small.yaml"
    data = yaml.safe_load(path.read_text("utf-8")) | {"answers": made.answers}
    path.write_text(yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False), "utf-8")
    (folder / "organisation.yaml").write_text(ORGANISATION, "utf-8")
    for unit, word in zip("abc", made.words, strict=True):
        rows = form_rows(unit, {"t.1": word, "t.2": made.words[-1]})
        write_form(folder / "forms" / f"{unit}.csv", rows)
    study = load(folder)
    assert study.id == STUDY
    return Report(study, settle(study), Language.load(language), study.runs()[0])


def shown(report: Report) -> list[str]:
    """What a page with the sections of both notebooks, and of the method, says."""
    blocks: list[Block] = []
    for notebook in ("regional_narrative", "cluster_report", "consolidation", "sensitivity"):
        cells = json.loads((ROOT / "notebooks" / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
        source = "\n".join("".join(cell["source"]) for cell in cells)
        for name, more in re.findall(r"sections\.(\w+)\(report(?:, (\"\w+\"))?\)", source):
            if name not in {"page", "judged_pages"}:
                section = getattr(sections, name)
                blocks += section(report, *([more.strip('"')] if more else []))
    (head,) = sections.page(report)
    assert isinstance(head, Page)
    return [said.text for said in spoken(render_page(head, blocks, report.language))]


@pytest.mark.parametrize("partly", ["judge", "keep", "as_no"])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", ALL)
def test_no_page_says_a_plain_yes(tmp_path: Path, name: str, language: str, partly: str) -> None:
    texts = shown(report_of(tmp_path, ALL[name], language, partly))
    assert len(texts) > 100
    assert [text for text in texts if OPEN in text] == []
    assert [text for text in texts if PLAIN[language].search(text)] == []


@pytest.mark.parametrize("language", ["da", "en"])
def test_without_a_partly_no_page_speaks_of_it(tmp_path: Path, language: str) -> None:
    texts = shown(report_of(tmp_path, TWO_ANSWERS, language, "judge"))
    assert [text for text in texts if re.search(r"\bdelvi|\bpart(ly|ial)", text, re.I)] == []


KEPT = {
    ("English labels", "en"): [
        "Do you follow up?: One of the three sites answered “Fully achieved”. One site answered"
        " “Partially achieved”.",
        "No sites answered “Fully achieved” on t.2 Is it written down?",
        "There is no indicator that all sites answered “Fully achieved” on.",
        "1 of 3 ( 1 Partially achieved)",
        "Number of 3 that answered “Fully achieved”: t.1: 1; t.2: 0. Number that answered"
        " “Partially achieved”: t.1: 1.",
    ],
    ("Danish labels", "da"): [
        "Følger I op?: Ét af de tre steder svarer »fuldt opfyldt«. Ét sted svarer"
        " »delvist opfyldt«.",
        "Ingen steder svarer »fuldt opfyldt« på t.2 Skriver I det ned?",
        "Der er ingen indikator, som alle steder svarer »fuldt opfyldt« på.",
        "1 af 3 ( 1 delvist opfyldt)",
        "Så mange af de steder, der svarede, svarer »fuldt opfyldt«",
    ],
    ("five points", "da"): [
        "Følger I op?: Ét af de tre steder svarer »helt enig« eller »enig«. Ét sted svarer"
        " »hverken eller«.",
        "1 af 3 ( 1 hverken eller)",
        "hverken »helt enig«/»enig« eller »uenig«/»helt uenig«",
    ],
}


@pytest.mark.parametrize(("name", "language"), KEPT)
def test_key_sentences_read_in_the_instruments_words(
    tmp_path: Path, name: str, language: str
) -> None:
    said = " ".join(shown(report_of(tmp_path, ALL[name], language, "keep")))
    assert [sentence for sentence in KEPT[name, language] if sentence not in said] == []
