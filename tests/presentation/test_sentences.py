"""Where sentences of an authored text begin and end."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from misbrug_analysis.presentation.sentences import sentence_spans


def sentences(markdown: str) -> list[str]:
    return [markdown[start:end] for start, end in sentence_spans(markdown)]


@pytest.mark.parametrize(
    "whole",
    [
        "Der er ca. 5.000 borgere i alt.",
        "Det gælder bl.a. Nordby og f.eks. Sydby.",
        "Se nr. 5 og s. 12 i rapporten, jf. Bekendtgørelse 3.",
        "Det begynder den 1. januar og slutter den 3. 5. i år.",
        "Skønnet er 3.478,5 eller 12.1 af det hele.",
        "Hansen m.fl. skriver det.",
        "Af J. Hansen og P. Q. Jensen.",
        "E.g. Nordby, i.e. the north.",
        "Er det sandt? spørger nogen.",
        "Det … Nordby venter på",
        "En figur (3 af 16, jf. tabellen) viser det.",
    ],
)
def test_a_full_stop_that_ends_no_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Én. To.", ["Én.", "To."]),
        ("Én.\nTo.", ["Én.", "To."]),
        ("Hvad nu? Det her! Slut.", ["Hvad nu?", "Det her!", "Slut."]),
        ("Der står »nej.« Det er alt.", ["Der står »nej.«", "Det er alt."]),
        ("Tal for 2014. Det er nok.", ["Tal for 2014.", "Det er nok."]),
        ("Det står i bilag E. Det er nok.", ["Det står i bilag E.", "Det er nok."]),
        ("Det siger KL. Det er nok.", ["Det siger KL.", "Det er nok."]),
        ("Nordby, Sydby osv. Det er nok.", ["Nordby, Sydby osv.", "Det er nok."]),
        ("The answer is no. The rest is not.", ["The answer is no.", "The rest is not."]),
        ("**Unge:** Nej. **Alle:** Ja.", ["**Unge:** Nej.", "**Alle:** Ja."]),
        ("Se [her](a.html). »Det« er nok.", ["Se [her](a.html).", "»Det« er nok."]),
        ("Det er *sandt.* Ja.", ["Det er *sandt.*", "Ja."]),
        ("Der er 5. 12 kom med.", ["Der er 5. 12 kom med."]),
        ("(Det er en note.) Det er teksten.", ["(Det er en note.)", "Det er teksten."]),
    ],
)  # fmt: skip
def test_several_sentences_on_a_line(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_headings_lists_and_paragraphs_end_a_sentence() -> None:
    text = (
        "# Overskrift\n\nSå mange gør det:\n\n- **Nordby:** Ja. Altid.\n- Sydby\n  på to linjer\n"
        "1. Første\n   - Under den. Ja\n\n> Citat\n\n---\n\n### Ny\nTekst"
    )
    assert sentences(text) == [
        "Overskrift",
        "Så mange gør det:",
        "**Nordby:** Ja.",
        "Altid.",
        "Sydby\n  på to linjer",
        "Første",
        "Under den.",
        "Ja",
        "Citat",
        "Ny",
        "Tekst",
    ]


def test_each_row_of_a_table_is_for_itself() -> None:
    text = "Før\n| Sted | Ja |\n|:---|---:|\n| Nord | 2 af 3. Ja |\n| Syd | 1 |\nEfter."
    assert sentences(text) == ["Før", "Sted | Ja", "Nord | 2 af 3.", "Ja", "Syd | 1", "Efter."]


def test_code_is_no_sentence() -> None:
    assert sentences("Før.\n\n```\nx. Y.\n```\n\nEfter.") == ["Før.", "Efter."]


WORDS = st.lists(st.sampled_from(["nord", "kommune", "ca.", "nr.", "5", "3.478", "»ja«", "*alle*"]),
                 min_size=1, max_size=6)  # fmt: skip
ENDS = st.sampled_from(["slut.", "slut!", "slut?", "slut.«", "slut.)"])
SENTENCE = st.builds(lambda words, end: " ".join(["Det", *words, end]), WORDS, ENDS)


@given(st.lists(st.tuples(SENTENCE, st.sampled_from([" ", "\n", "\n\n", "\n- "])), min_size=1))
def test_sentences_put_together_come_apart_again(parts: list[tuple[str, str]]) -> None:
    text = "".join(sentence + between for sentence, between in parts).removesuffix("\n- ")
    assert sentences(text) == [sentence for sentence, _ in parts]


@given(st.text(alphabet="Aa1 .!?*-#>\n`(«", max_size=60))
@example(">  1")
def test_nothing_but_white_space_and_marks_of_blocks_is_outside(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    left = {text[place] for place in range(len(text)) if place not in covered}
    if "`" not in text:
        assert not left & set("Aa!?(«")
