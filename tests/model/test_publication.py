"""Who publishes and what they declare: read from the study file, each fault at its line."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.publication import Contact, Publication, load_law
from misbrug_analysis.model.yamlfile import Loader
from tests.model.spoiled import at, problems_of, spoil
from tests.publishing import LAW_FILE, make_published, published, published_study
from tests.small import load, make_project

SHIPPED = Project.find(Path(__file__)).reference / "accessibility_dk.yaml"


def test_a_study_need_not_be_published(tmp_path: Path) -> None:
    study = load(make_project(tmp_path))
    assert study.settings.publication is None
    assert study.law is None


def test_a_publication_comes_with_the_law_it_names(tmp_path: Path) -> None:
    study = published_study(tmp_path)
    publication = study.settings.publication
    assert publication is not None
    assert publication.lacks == []
    assert publication.statement is not None
    assert publication.statement.assessed == date(2026, 1, 15)
    assert study.law is not None
    assert study.law.name["en"] == "the act on invented pages"


def test_what_is_left_out_is_what_a_draft_lacks(tmp_path: Path) -> None:
    assert Publication().lacks == ["publisher", "contact", "statement", "law"]
    publication = published_study(tmp_path, published(contact=None, law=None)).settings.publication
    assert publication is not None
    assert publication.lacks == ["contact", "law"]


@pytest.mark.parametrize(
    ("contact", "unmet"),
    [
        ({"phone": "12345678", "email": "a@b.example"}, []),
        ({"phone": "12345678", "web": "https://b.example"}, []),
        ({"phone": "12345678"}, [["email", "web"]]),
        ({"email": "a@b.example", "web": "https://b.example"}, [["phone"]]),
    ],
)
def test_a_law_may_ask_for_one_way_of_each_choice(
    tmp_path: Path, contact: dict[str, str], unmet: list[list[str]]
) -> None:
    law = published_study(tmp_path).law
    assert law is not None
    assert law.unmet(Contact.model_validate(contact)) == unmet


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("mail@udgiver.example", "mail.udgiver.example", "not an e-mail address"),
        ("mail@udgiver.example", "mail@udgiver", "not an e-mail address"),
        ("mail@udgiver.example", "a@b.example?cc=c@d.example", "not an e-mail address"),
        ("mail@udgiver.example", "<b>@udgiver.example", "not an e-mail address"),
        ("+45 00 00 00 00", "ring til os", "not a phone number"),
        ("https://udgiver.example/sider/", "javascript:alert(1)", "not a web address"),
        ("https://udgiver.example/sider/", "udgiver.example/sider/", "not a web address"),
        ("https://udgiver.example/sider/", "'https://'", "not a web address"),
        ("https://udgiver.example/sider/", "https://u.example/<b>", "not a web address"),
        ("https://udgiver.example/sider/", "https://a@u.example/", "not a web address"),
        ("https://udgiver.example/sider/", '"https://u.example/\\x01"', "not a web address"),
        ("law: law.yaml", "law: ../law.yaml", "not written in the way"),
        ("status: partial", "status: perfect", "not one of the choices"),
        ("assessed: '2026-01-15'", "assessed: '2026-02-30'", "not a date"),
        ("kind: out_of_scope", "kind: dull", "not one of the choices"),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = make_published(tmp_path) / "study.yaml"
    line = spoil(path, old, new)
    (problem,) = problems_of(lambda: load(path.parent))
    assert (problem.code, problem.where) == ("bad_value", at(path, line))
    assert told in f"{problem.what} {problem.expected}"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("reviewed: '2026-02-01'", "reviewed: '2026-01-14'", "before it was assessed"),
        ("status: partial", "status: full", "status is full, and yet shortcomings are listed"),
        ("kind: noncompliance", "kind: out_of_scope", "no shortcomings are listed"),
    ],
)
def test_a_statement_that_contradicts_itself_is_a_fault(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    path = make_published(tmp_path) / "study.yaml"
    spoil(path, old, new)
    (problem,) = problems_of(lambda: load(path.parent))
    assert problem.what.startswith("publication.statement:")
    assert told in problem.what


def test_pages_may_comply_in_full_where_the_law_does_not_cover_the_rest(tmp_path: Path) -> None:
    path = make_published(tmp_path) / "study.yaml"
    spoil(path, "kind: noncompliance", "kind: out_of_scope")
    spoil(path, "status: partial", "status: full")
    publication = load(path.parent).settings.publication
    assert publication is not None
    assert publication.lacks == []


def test_a_contact_without_any_way_is_a_fault(tmp_path: Path) -> None:
    folder = make_published(tmp_path, published(contact={}))
    (problem,) = problems_of(lambda: load(folder))
    assert "at least one of email, phone and web" in problem.expected


def test_an_unknown_field_is_a_fault_with_a_near_name(tmp_path: Path) -> None:
    path = make_published(tmp_path) / "study.yaml"
    line = spoil(path, "publisher:", "publishers:")
    (problem,) = problems_of(lambda: load(path.parent))
    assert (problem.code, problem.where) == ("unknown_field", at(path, line))
    assert "Did you mean publisher?" in problem.what


def test_a_law_that_is_not_there_sends_the_reader_to_where_it_is_named(tmp_path: Path) -> None:
    folder = make_published(tmp_path, published(law="gone.yaml"))
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where.endswith("gone.yaml")
    assert "correct the name in data/raw/small-study/study.yaml" in problem.next_step


def test_a_fault_in_the_law_stands_at_its_line(tmp_path: Path) -> None:
    folder = make_published(tmp_path)
    path = tmp_path / "data" / "raw" / "reference" / LAW_FILE
    line = spoil(path, "https://tilsyn.example/", "tilsyn.example")
    (problem,) = problems_of(lambda: load(folder))
    assert problem.where == at(path, line)
    assert "not a web address" in problem.what


def test_the_shipped_law_reads_in_danish_and_english() -> None:
    law = load_law(SHIPPED, "study.yaml")
    texts = [law.name, law.standard, law.official, law.upkeep, law.enforced_at.label]
    texts += [*law.enforcement, *(source.label for source in law.sources)]
    assert all(text is not None and set(text) == {"da", "en"} for text in texts)
    assert law.contact == [["phone"], ["email", "web"]]


def test_the_example_of_the_guide_is_a_publication_that_lacks_nothing() -> None:
    guide = (Project.find(Path(__file__)).root / "docs" / "study.md").read_text("utf-8")
    examples = re.findall(r"```yaml\n(publication:.*?)```", guide, re.S)
    (example,) = [yaml.load(text, Loader=Loader)["publication"] for text in examples]
    assert Publication.model_validate(example).lacks == []
