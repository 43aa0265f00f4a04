"""An invented publisher and an invented law, for tests of what is published."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

from misbrug_analysis.model.study import Study
from tests.needs import write_yaml
from tests.small import STUDY, load, make_project

LAW_FILE = "law.yaml"
STUDY_FILE = f"data/raw/{STUDY}/study.yaml"

LAW: dict[str, Any] = {
    "name": {"da": "loven om opdigtede sider", "en": "the act on invented pages"},
    "standard": {"da": "den opdigtede standard", "en": "the invented standard"},
    "contact": [["phone"], ["email", "web"]],
    "official": {"da": "Den officielle erklæring står i et register."},
    "upkeep": {"da": "Erklæringen gennemgås hvert år."},
    "enforcement": [{"da": "Spørg først udgiveren."}, {"da": "Gå så til tilsynet."}],
    "enforced_at": {"label": {"da": "Det opdigtede tilsyn"}, "url": "https://tilsyn.example/"},
    "sources": [{"label": {"da": "Loven"}, "url": "https://lov.example/"}],
}

PUBLICATION: dict[str, Any] = {
    "publisher": {"da": "Opdigtet Udgiver", "en": "Invented Publisher"},
    "contact": {
        "email": "mail@udgiver.example",
        "phone": "+45 00 00 00 00",
        "web": "https://udgiver.example/kontakt",
    },
    "address": "https://udgiver.example/sider/",
    "law": LAW_FILE,
    "statement": {
        "assessed": "2026-01-15",
        "reviewed": "2026-02-01",
        "status": "partial",
        "official": "https://register.example/udgiver",
        "shortcomings": [
            {
                "what": {"da": "Et opdigtet kort"},
                "kind": "noncompliance",
                "why": {"da": "Navnene er for små."},
                "instead": {"da": "Tabellen viser det samme."},
            },
            {
                "what": {"da": "En opdigtet gammel fil"},
                "kind": "out_of_scope",
                "why": {"da": "Den er fra før loven."},
            },
        ],
    },
}


def published(**changes: object) -> dict[str, Any]:
    """The publication with parts replaced; None takes a part out."""
    parts = deepcopy(PUBLICATION) | changes
    return {name: value for name, value in parts.items() if value is not None}


def make_published(root: Path, publication: object = PUBLICATION, **changes: Any) -> Path:
    """The small project with the invented law and a publication; its study's folder."""
    folder = make_project(root, publication=publication, **changes)
    reference = root / "data" / "raw" / "reference"
    reference.mkdir()
    write_yaml(reference / LAW_FILE, LAW)
    return folder


def published_study(root: Path, publication: object = PUBLICATION, **changes: Any) -> Study:
    """The small study with the invented law and a publication."""
    return load(make_published(root, publication, **changes))
