"""A small study with a need file and a nation of four areas, worked out by hand.

Three areas are members, one in the first group and two in the second; the fourth is the rest of the
nation. By age the nation has 100 people up to 17, 100 of 18–24 and 800 of 25 and over, so 900
adults. The members are so unequal that no median is a mean: they have 100, 200 and 480 people, 80,
160 and 460 adults, and 10, 30 and 12 people of 18–24.
"""

from __future__ import annotations

import json
from pathlib import Path

import yaml

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results, empty
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.report import Report
from tests.small import Plain, load, make_project

POPULATION = """\
code,name,region,total,age_0_17,age_18_24,age_25_plus
01,Ask,Nord,100,20,10,70
02,Bøg,Nord,200,40,30,130
03,Dal,Syd,480,20,12,448
04,Resten,,220,20,48,152
"""

ESTIMATES = """\
id,domain,measure,estimate,low,high,year,year_is,definition_note,source,cite,cite_en,url,confidence
both,a,both,90,45,180,2005,reference,point and interval,Study A,Kilde both,Source both,https://a.example/,abstract
point,a,point,450,,,2009,reference,only a point,Agency B,Kilde point,,https://b.example/,official
span,b,span,,50,200,2012,publication,only an interval,Study C,Kilde span,,https://c.example/,secondary
later,a,later,99,,,,,not used,Paper D,Kilde later,,https://d.example/,news
"""

MEMBERS = {
    "north": [("ask", "Ask", "01")],
    "south": [("boeg", "Bøg", "02"), ("dal", "Dal", "03")],
}


def _measure(name: str, domain: str, ages: str) -> dict[str, object]:
    return {
        "id": f"m_{name}",
        "domain": domain,
        "estimate": name,
        "ages": ages,
        "short": {"da": f"Kort {name}"},
        "label": {"da": f"borgere med {name}"},
        "definition": {"da": f"Det betyder {name}."},
    }


NEED: dict[str, object] = {
    "population": "people.csv",
    "population_date": "2014-01-01",
    "population_origin": {"label": {"da": "Folketallet"}, "url": "https://people.example/"},
    "estimates": "estimates.csv",
    "boundaries": "map.geojson",
    "boundaries_origin": {"label": {"da": "Kortet"}, "url": "https://map.example/"},
    "age_groups": [
        {"ages": "0-17", "label": {"da": "0–17 år"}},
        {"ages": "18+", "label": {"da": "18+ år"}},
    ],
    "young": {"ages": "18-24", "label": {"da": "unge"}},
    "domains": [{"id": "a", "label": {"da": "Første"}}, {"id": "b", "label": {"da": "Andet"}}],
    "measures": [
        _measure("both", "a", "18+"),
        _measure("point", "a", "18+"),
        _measure("span", "b", "18-24"),
    ],
    "chart": ["m_both", "m_span"],
    "others": [{"estimate": "later", "label": {"da": "Senere"}, "note": {"da": "Ny måde."}}],
}


def square(code: str, west: float) -> dict[str, object]:
    """An area of a tenth of a degree."""
    ring = [[west, 55.0], [west + 0.1, 55.0], [west + 0.1, 55.1], [west, 55.1], [west, 55.0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def make_need_project(root: Path, **changes: object) -> Path:
    """The small project with the reference data; ``changes`` replace parts of ``need.yaml``."""
    folder = make_project(root, need="need.yaml")
    organisation = yaml.safe_load((folder / "organisation.yaml").read_text("utf-8"))
    for group in organisation["levels"][0]["groups"]:
        group["members"] = [
            {"id": name, "label": label, "code": code} for name, label, code in MEMBERS[group["id"]]
        ]
    write_yaml(folder / "organisation.yaml", organisation)
    write_yaml(folder / "need.yaml", NEED | changes)
    reference = Project.find(folder).reference
    reference.mkdir()
    (reference / "people.csv").write_text(POPULATION, "utf-8")
    (reference / "estimates.csv").write_text(ESTIMATES, "utf-8")
    areas = [square("01", 11), square("02", 11.1), square("03", 11.2)]
    collection = {"type": "FeatureCollection", "features": areas}
    (reference / "map.geojson").write_text(json.dumps(collection), "utf-8")
    return folder


def write_yaml(path: Path, content: object) -> None:
    path.write_text(yaml.dump(content, Dumper=Plain, allow_unicode=True, sort_keys=False), "utf-8")


def report_of(study: Study, language: str = "da") -> Report:
    """A report of the whole study, before any form has come in."""
    names = ("answers", "ledger", "form_answers", "consolidated", "scores")
    results = Results(*(empty(name) for name in names))
    return Report(study, results, Language.load(language), study.runs()[0])


def make_need_report(root: Path, **changes: object) -> Report:
    return report_of(load(make_need_project(root, **changes)))
