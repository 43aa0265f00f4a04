"""The accessibility statement of a study's pages: who answers for them, and what is known.

The parts are those of the Commission's model statement (Implementing Decision (EU) 2018/1523). What
the publisher declares comes from ``publication`` in the study file, what the law asks from the file
on the law that it names. A statement that lacks a part says so and stays a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from misbrug_analysis.model.publication import Law, Publication, Shortcoming
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.addresses import STATEMENT, TABLES
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import (
    Bullets,
    Definitions,
    Heading,
    Notice,
    Paragraphs,
)
from misbrug_analysis.presentation.cells import Link
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.navigation import page_head
from misbrug_analysis.presentation.page import render_page
from misbrug_analysis.presentation.passages import in_language

TESTED = ("axe", "keyboard", "alternatives", "tables", "structure")
UNTESTED = ("people", "wording", "pdf", "files")
KINDS = ("noncompliance", "burden", "out_of_scope")


@dataclass(frozen=True)
class _Statement:
    """All that the page is made from."""

    study: Study
    publication: Publication
    law: Law | None
    language: Language

    def text(self, key: str, **fields: object) -> str:
        return self.language.text(f"statement.{key}", **fields)

    def say(self, text: dict[str, str]) -> str:
        """A text of the study or the law, marked where it is in another language than the page."""
        return in_language(text, self.language.code, self.study.settings.language)

    @property
    def standard(self) -> str:
        return self.say(self.law.standard) if self.law else self.text("standard")


def statement_page(study: Study, language: Language, editions: Sequence[str] | None = None) -> str:
    """The page ``accessibility.html`` of a study; ``editions`` as in ``page_head``."""
    publication = study.settings.publication or Publication()
    statement = _Statement(study, publication, study.law, language)
    title, description = language.text("page.statement"), statement.text("description")
    page = page_head(study, language, STATEMENT, title, description, editions=editions)
    blocks = [
        *_draft(statement),
        *_opening(statement),
        *_status(statement),
        *_shortcomings(statement),
        *_other_forms(statement),
        *_preparation(statement),
        *_contact(statement),
        *_enforcement(statement),
    ]
    return render_page(page, blocks, language)


def _draft(statement: _Statement) -> list[Block]:
    """What the statement lacks before it can be published, if anything."""
    publication, language = statement.publication, statement.language
    missing = [statement.text(f"lacks.{name}") for name in publication.lacks]
    if statement.law and publication.contact:
        for choice in statement.law.unmet(publication.contact):
            ways = language.either([statement.text(f"way.{way}") for way in choice])
            missing.append(statement.text("lacks.way", ways=ways))
    if not missing:
        return []
    file = statement.study.project.shown(statement.study.folder / "study.yaml")
    text = statement.text("draft", missing="; ".join(missing), file=file)
    return [Notice(text, kind="warning")]


def _opening(statement: _Statement) -> list[Block]:
    """What the statement covers, who publishes it, and where the official one stands."""
    publication, law = statement.publication, statement.law
    declared = publication.statement
    title = statement.say(statement.study.settings.title)
    covered = statement.text("covered", study=title)
    facts: list[tuple[str, list[str | Link]]] = [(statement.text("covers"), [covered])]
    if publication.publisher:
        facts.append((statement.text("publisher"), [statement.say(publication.publisher)]))
    if publication.address:
        facts.append(_link(statement, "address", publication.address))
    official = declared.official if declared else None
    if official:
        facts.append(_link(statement, "official", official))
    blocks: list[Block] = [Definitions(facts)]
    if law:
        texts = [statement.text("duty", law=statement.say(law.name))]
        if law.official and not official:
            texts.append(statement.say(law.official))
        blocks.append(Paragraphs(texts))
    return blocks


def _status(statement: _Statement) -> list[Block]:
    """How far the pages comply by the publisher's word, and what the program's tests tell of it."""
    declared = statement.publication.statement
    key = declared.status if declared else "unknown"
    heading = statement.text("shortcomings.heading")
    status = statement.text(f"status.{key}", standard=statement.standard, heading=heading)
    return [
        Heading(statement.text("status.heading"), 2, "status"),
        Paragraphs([status, statement.text("tests")]),
        Heading(statement.text("tested.heading"), 3, "tested"),
        Bullets([statement.text(f"tested.{name}") for name in TESTED]),
        Heading(statement.text("untested.heading"), 3, "not-tested"),
        Bullets([statement.text(f"untested.{name}") for name in UNTESTED]),
    ]


def _shortcomings(statement: _Statement) -> list[Block]:
    """What is not accessible, by the three kinds of reason, each with its alternative."""
    declared = statement.publication.statement
    blocks: list[Block] = [Heading(statement.text("shortcomings.heading"), 2, "not-accessible")]
    if declared is None or not declared.shortcomings:
        key = "known_none" if declared else "unknown"
        return [*blocks, Paragraphs([statement.text(f"shortcomings.{key}")])]
    for kind in KINDS:
        of_kind = [one for one in declared.shortcomings if one.kind == kind]
        if of_kind:
            anchor = f"not-accessible-{kind.replace('_', '-')}"
            blocks.append(Heading(statement.text(f"shortcomings.{kind}"), 3, anchor))
            blocks.append(
                Definitions([_shortcoming(statement, one) for one in of_kind], stacked=True)
            )
    return blocks


def _shortcoming(statement: _Statement, shortcoming: Shortcoming) -> tuple[str, list[str]]:
    texts = [statement.say(shortcoming.why)]
    if shortcoming.instead:
        instead = statement.say(shortcoming.instead)
        texts.append(statement.text("shortcomings.instead", text=instead))
    return statement.say(shortcoming.what), texts


def _other_forms(statement: _Statement) -> list[Block]:
    return [
        Heading(statement.text("forms.heading"), 2, "other-forms"),
        Bullets(
            [
                statement.text("forms.under_figures"),
                Link(statement.text("forms.tables"), TABLES),
                statement.text("forms.pages"),
            ]
        ),
    ]


def _preparation(statement: _Statement) -> list[Block]:
    """When and by whom the pages were assessed, and how often the statement is gone through."""
    declared, language, law = statement.publication.statement, statement.language, statement.law
    if declared is None:
        texts = [statement.text("prepared.nobody")]
    else:
        said = [statement.text("prepared.date", date=language.date(declared.assessed))]
        if declared.reviewed:
            said.append(statement.text("prepared.reviewed", date=language.date(declared.reviewed)))
        if declared.assessed_by:
            assessor = statement.say(declared.assessed_by)
            said.append(statement.text("prepared.third_party", assessor=assessor))
        else:
            said.append(statement.text("prepared.own"))
        texts = [" ".join(said)]
    if law:
        texts.append(statement.say(law.upkeep))
    return [Heading(statement.text("prepared.heading"), 2, "prepared"), Paragraphs(texts)]


def _contact(statement: _Statement) -> list[Block]:
    contact = statement.publication.contact
    heading = Heading(statement.text("contact.heading"), 2, "contact")
    if contact is None:
        return [heading, Paragraphs([statement.text("contact.nobody")])]
    ways: list[tuple[str, list[str | Link]]] = []
    if contact.email:
        email = Link(contact.email, f"mailto:{contact.email}")
        ways.append((statement.text("contact.email"), [email]))
    if contact.phone:
        ways.append((statement.text("contact.phone"), [contact.phone]))
    if contact.web:
        ways.append(_link(statement, "contact.web", contact.web))
    return [heading, Paragraphs([statement.text("contact.why")]), Definitions(ways)]


def _enforcement(statement: _Statement) -> list[Block]:
    """What a reader can do who gets no answer, and what the page says of the law rests on."""
    heading = Heading(statement.text("enforcement.heading"), 2, "enforcement")
    law = statement.law
    if law is None:
        return [heading, Paragraphs([statement.text("enforcement.unknown")])]
    at = Link(statement.say(law.enforced_at.label), law.enforced_at.url)
    return [
        heading,
        Paragraphs([" ".join(statement.say(step) for step in law.enforcement)]),
        Bullets([at]),
    ]


def _link(statement: _Statement, key: str, address: str) -> tuple[str, list[str | Link]]:
    """A term and a link to an address, which paper spells out behind the link."""
    return statement.text(f"{key}.term"), [Link(statement.text(f"{key}.link"), address)]
