"""No text types a figure or a quantity that rests on data: those are live expressions."""

from __future__ import annotations

import re

import pytest

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study_file import load_study
from tests.projects import ROOT, STUDY
from tests.studies import authored

ALLOWED = re.compile(
    r"""
    \b(?:anbefaling|indikator)(?:en|er|erne)?\s\d+(?:\.\d+)?(?:(?:,\s\d+)*\s(?:og|eller)\s\d+)?
    | KL's\s12\sanbefalinger
    | \b(?:19|20)\d\d\b                       # a year
    | §\s\d+\w?                               # a paragraph of a law
    | \d+–\d+\sår                             # an age group
    | \brs17\.dk\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
WORDS = (
    "alle|samtlige|ingen|intet|de fleste|flest|flertallet|få|fåtal|færre|flere|halvdelen"
    "|(?<!så )(?<!hvor )mange|(?<!den )enkelte|nogle|begge|en del|størstedelen"
    "|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv"
)
NOUNS = "kommune[rn]?|kommunerne|klynge[rn]?|klyngerne|svar(?:et|ene)?|skema(?:et|er|erne)?"
OF_UNITS = re.compile(rf"\b(?:{WORDS})(?:\s\w+){{0,3}}\s(?:{NOUNS})\b", re.IGNORECASE)
ON_ITS_OWN = re.compile(
    rf"^(?:{WORDS})\s(?:er|har|kan|gør|vil|skal|bliver|siger|svarer|mener|bruger)\b",
    re.IGNORECASE,
)
REPORTED = re.compile(r"\b[Rr]apporten\b")

REVIEWED = {
    # The rules, and how to read them: true whatever the answers are.
    "Ét nej er nok": "the rule on a whole recommendation",
    "Er der færre end to skemaer at sammenligne med": "under a condition on the rule itself",
    "når alle dens skemaer vælger det samme": "the rule on questions about practice",
    "svarer ja til alle dens indikatorer": "the rule on a whole recommendation",
    "hvis alle manglende svar er nej": "what the lower bound means",
    "Har en kommune flere skemaer": "under a condition on the rule itself",
    "ét svar flytter meget": "a cluster is small, whatever it answers",
    "Reglerne er de samme i alle klynger": "the rules are the study's",
    "Værdien vokser, når alle kommuner": "an aim, not a finding",
    "Fire andre anbefalinger": "2014's choice, see published in areas.yaml",
    "Den fortæller, at alle klynger peger": "the regional report, named in the sentence before",
    "Først talte vi også ønsker med": "what we once counted, whatever is counted now",
    "Før rettelsen var rækkefølgen": "what we once counted, whatever is counted now",
}
"""Sentences with a figure or a quantity that no answer can make wrong, each with the reason."""


def claims() -> list[tuple[str, str]]:
    """The sentences of all texts that type a figure or a quantity of units and groups."""
    found = []
    for name in authored.names():
        for sentence in authored.fixed(name):
            typed = re.search(r"\d", ALLOWED.sub("", sentence))
            quantity = OF_UNITS.search(sentence) or ON_ITS_OWN.search(sentence)
            if typed or (quantity and not REPORTED.search(sentence)):
                found.append((name, sentence))
    return found


def test_no_text_types_a_figure_or_a_quantity_of_units() -> None:
    typed = [
        f"{name}: {sentence}"
        for name, sentence in claims()
        if not any(part in sentence for part in REVIEWED)
    ]
    assert typed == []


def test_every_reviewed_sentence_is_still_there() -> None:
    words = " ".join(sentence for name in authored.names() for sentence in authored.fixed(name))
    assert [part for part in REVIEWED if part not in words] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Tre kommuner følger op.",
        "Ingen af de adspurgte kommuner følger op.",
        "De fleste svar er ja.",
        "Alle tre klynger vil arbejde videre.",
        "Flere er ved at begynde.",
        "Under halvdelen af kommunerne følger op.",
        "Det gælder 12 af dem.",
        "Rapporten fra 2014 nævner 14 af dem.",
    ],
)
def test_the_check_finds_what_it_looks_for(sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authored, "names", lambda: ["made_up"])
    monkeypatch.setattr(authored, "source", lambda _: f"Se anbefaling 2.\n{sentence}\n")
    assert claims() == [("made_up", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Rapporten fra 2014 skriver, at flere kommuner i to af klyngerne spørger.",
        "{{ Quantifier('5.2') }} følger op (se anbefaling 2, 5 og 12 og indikator 5.2).",
        "Nogle borgere har svært ved at læse.",
        "Kommunerne tilbyder hjælp efter § 101 til unge på 15–24 år.",
    ],
)
def test_the_check_leaves_other_sentences_alone(
    sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authored, "names", lambda: ["made_up"])
    monkeypatch.setattr(authored, "source", lambda _: sentence)
    assert claims() == []


def test_the_reading_guide_leads_to_the_pages_of_the_study_by_letter_and_title() -> None:
    study = load_study(Project.find(ROOT), STUDY)
    lines = authored.source("reading_guide").partition("**Her finder du resten:**")[2].splitlines()
    for run in study.runs():
        if run.report.id == "regional":
            continue
        (line,) = [line for line in lines if f"]({run.page})" in line]
        link = line.partition(f"]({run.page})")[0].rpartition("[")[2]
        title = run.group.label["da"] if run.group and run.annex else run.title("da")
        assert link.casefold() == title.casefold()
        head = line.partition(":**")[0]
        assert run.annex is None or re.search(rf"\b{run.annex}\b", head)
