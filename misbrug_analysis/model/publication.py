"""Who publishes a study's pages, what they declare of accessibility, and the law that asks for it.

``publication`` in ``study.yaml`` is what a publisher fills in. What the law of a country asks
stands in a file of the reference data that it names, so that the library knows no country.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from misbrug_analysis.model.basics import WEB_ADDRESS
from misbrug_analysis.model.errors import DefinitionError, Phrase, Problem, shown
from misbrug_analysis.model.instrument import FileName, Text
from misbrug_analysis.model.unfit import UnfitValue
from misbrug_analysis.model.yamlfile import Model, read_model

_EMAIL = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d ()-]{4,22}\d")
_ADDRESS = re.compile(WEB_ADDRESS)


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise UnfitValue(Phrase("no_email"), Phrase("an_email"))
    return text


def _phone(text: str) -> str:
    if not _PHONE.fullmatch(text):
        raise UnfitValue(Phrase("no_phone"), Phrase("a_phone"))
    return text


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise UnfitValue(Phrase("no_web_address"), Phrase("a_web_address"))
    return text


Email = Annotated[str, StringConstraints(max_length=254), AfterValidator(_email)]
Phone = Annotated[str, AfterValidator(_phone)]
WebAddress = Annotated[str, StringConstraints(max_length=500), AfterValidator(_address)]

Way = Literal["email", "phone", "web"]
"""A way to reach a publisher."""

Lack = Literal["publisher", "contact", "statement", "law"]
"""What an accessibility statement cannot do without."""


class Contact(Model):
    """How readers reach whoever publishes the pages: at least one way.

    ``web`` is the address of a contact form or page.
    """

    email: Email | None = None
    phone: Phone | None = None
    web: WebAddress | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Contact:
        if not self.ways:
            raise UnfitValue(Phrase("no_contact"), Phrase("a_contact"))
        return self

    @property
    def ways(self) -> list[Way]:
        given: dict[Way, str | None] = {"email": self.email, "phone": self.phone, "web": self.web}
        return [way for way, value in given.items() if value]


class Shortcoming(Model):
    """Content that not everyone can use: what, why, and how to get at it otherwise.

    ``kind`` is one of the three that the Commission's model statement tells apart (Implementing
    Decision (EU) 2018/1523): it does not comply, complying is a disproportionate burden, or the
    law does not cover it.
    """

    what: Text
    kind: Literal["noncompliance", "burden", "out_of_scope"]
    why: Text
    instead: Text | None = None


class Declaration(Model):
    """What a publisher has found out about the accessibility of the pages.

    ``assessed_by`` names a third party; without it the publisher assessed the pages. ``official``
    is the address of the statement in a national register, where there is one.
    """

    assessed: date
    reviewed: date | None = None
    assessed_by: Text | None = None
    status: Literal["full", "partial", "none"]
    shortcomings: list[Shortcoming] = []
    official: WebAddress | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Declaration:
        if self.reviewed is not None and self.reviewed < self.assessed:
            raise UnfitValue(Phrase("reviewed_early"), Phrase("reviewed_later"))
        short = [one for one in self.shortcomings if one.kind != "out_of_scope"]
        if self.status == "full" and short:
            raise UnfitValue(Phrase("full_with_shortcomings"), Phrase("partial"))
        if self.status != "full" and not short:
            raise UnfitValue(
                Phrase("shortcomings_gone", {"status": self.status}), Phrase("shortcomings")
            )
        return self


class Publication(Model):
    """``publication`` of ``study.yaml``; what is left out is what a draft still lacks.

    ``address`` is where the pages are published and ``law`` a file of the reference data.
    """

    publisher: Text | None = None
    contact: Contact | None = None
    address: WebAddress | None = None
    law: FileName | None = None
    statement: Declaration | None = None

    @property
    def lacks(self) -> list[Lack]:
        """What is still needed before the accessibility statement can be published."""
        needed: dict[Lack, object] = {
            "publisher": self.publisher,
            "contact": self.contact,
            "statement": self.statement,
            "law": self.law,
        }
        return [name for name, value in needed.items() if value is None]


class Source(Model):
    """A page that says more, or that a statement about the law rests on."""

    label: Text
    url: WebAddress


class Law(Model):
    """What the law of a country asks of an accessibility statement, in the words of a page.

    ``name`` stands inside a sentence, ``standard`` is what pages are measured against. Each entry
    of ``contact`` is a choice: one of its ways must be given. ``official`` says where the official
    statement is made and ``upkeep`` how often it is gone through.
    """

    name: Text
    standard: Text
    contact: list[Annotated[list[Way], Field(min_length=1)]] = []
    official: Text | None = None
    upkeep: Text
    enforcement: Annotated[list[Text], Field(min_length=1)]
    enforced_at: Source
    sources: Annotated[list[Source], Field(min_length=1)]

    def unmet(self, contact: Contact) -> list[list[Way]]:
        """The choices of ``contact`` of which no way is given."""
        return [choice for choice in self.contact if not set(choice) & set(contact.ways)]


def load_law(path: Path, named_in: str) -> Law:
    """Read what a law asks; ``named_in`` is the file that names this one.

    Raises DefinitionError with every fault and its line.
    """
    if not path.is_file():
        values: dict[str, object] = {"expected": Phrase("a_law_file"), "named_in": named_in}
        raise DefinitionError([Problem("file_missing", shown(path), values)])
    return read_model(path, Law)
