"""The main points stay short: few of many indicators, how many of many units, and who is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from misbrug_analysis.execution.processed import settle
from misbrug_analysis.model.basics import Noun
from misbrug_analysis.presentation.blocks import Bullets, Figure, Paragraphs
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from misbrug_analysis.presentation.sections import conclusions, region_topics
from misbrug_analysis.presentation.wording import took_no_part
from tests.presentation.plainly import plainly
from tests.several_respondents import make_several, send
from tests.small import Plain, form_rows, load, make_project, write_form

FEWEST_FIRST = "Ikke alle siger ja til disse indikatorer. De, som færrest siger ja til, står først:"


def report_of(folder: Path, language: str = "da") -> Report:
    study = load(folder)
    return Report(study, settle(study), Language.load(language), study.runs()[0])


def asking(root: Path, indicators: int, yes: int = 0) -> Report:
    """A study of so many indicators; to the first ``yes`` of them the one who answers says yes."""
    folder = make_project(root, {"a": "north"})
    path = root / "data" / "instruments" / "small.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    one = next(item for item in data["items"] if item["id"] == "t.1")
    ids = [f"t.{number}" for number in range(1, indicators + 1)]
    data["items"] += [one | {"id": id} for id in ids[2:]]
    path.write_text(yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False), "utf-8")
    said = ["ja"] * yes + ["nej"] * (indicators - yes)
    rows = form_rows("a", dict(zip(ids, said, strict=True)))
    more = [[id, "", word, ""] for id, word in zip(ids[2:], said[2:], strict=True)]
    write_form(folder / "forms" / "a.csv", [*rows, *more])
    return report_of(folder)


def told(report: Report) -> tuple[int, str]:
    """How many indicators are told one by one, and the last paragraph."""
    blocks = plainly(conclusions(report))
    (bullets,) = [block for block in blocks if isinstance(block, Bullets)]
    last = [block for block in blocks if isinstance(block, Paragraphs)][-1]
    return len(bullets.items), str(last.texts[0])


def test_fifteen_are_told_one_by_one(tmp_path: Path) -> None:
    number, last = told(asking(tmp_path, 15))
    assert number == 15
    assert last == FEWEST_FIRST


@pytest.mark.parametrize(
    ("indicators", "yes", "left"),
    [
        (16, 0, "Desuden er der otte indikatorer, som ikke alle siger ja til."),
        (16, 7, "Desuden er der én indikator, som ikke alle siger ja til."),
        (16, 8, FEWEST_FIRST),
    ],
)  # fmt: skip
def test_of_more_the_eight_that_fewest_say_yes_to(
    tmp_path: Path, indicators: int, yes: int, left: str
) -> None:
    assert told(asking(tmp_path, indicators, yes)) == (8, left)


def test_ten_who_took_no_part_are_named_and_more_are_counted() -> None:
    language = Language.load("en")
    noun = Noun(one="site", the_one="the site", many="sites", the_many="the sites")
    names = [f"Site {letter}" for letter in "ABCDEFGHIJK"]
    assert took_no_part(language, names[:2], noun) == "Site A and Site B did not take part."
    assert "Site J" in took_no_part(language, names[:10], noun)
    assert took_no_part(language, names, noun) == "Eleven sites did not take part."
    assert took_no_part(language, [], noun) == ""


def test_whose_answers_are_hidden_is_said(tmp_path: Path) -> None:
    folder = make_several(tmp_path)
    for name, unit in (("1", "a"), ("2", "a"), ("3", "b")):
        send(folder, f"{name}.csv", unit, "leder" if name == "1" else "medarbejder")
    lead = plainly(conclusions(report_of(folder)))[1]
    assert isinstance(lead, Paragraphs)
    assert (
        "Svarene fra B er ikke vist, fordi færre end to personer har svaret."
        in lead.texts[0]
    )  # fmt: skip


def test_a_group_that_is_everyone_begins_small_amid_a_sentence(tmp_path: Path) -> None:
    folder = make_project(tmp_path, {"a": "north", "b": "south"})
    path = folder / "organisation.yaml"
    path.write_text(path.read_text("utf-8").replace("Alle", "Hele landet"), "utf-8")
    write_form(folder / "forms" / "a.csv", form_rows("a", {"t.1": "ja"}))
    write_form(folder / "forms" / "b.csv", form_rows("b", {"t.1": "nej"}))
    (figure,) = [one for one in region_topics(report_of(folder)) if isinstance(one, Figure)]
    assert "I hele landet siger ét af de to steder ja." in plainly(figure).alt
