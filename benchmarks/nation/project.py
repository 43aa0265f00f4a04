"""A project with the invented study in it, in a folder of its own."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.asked import ROOT
from benchmarks.nation.answers import forms
from benchmarks.nation.places import Place, clusters_of, places
from benchmarks.nation.workbooks import write_form
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.presentation.outline import slug

HERE = Path(__file__).parent
STUDY = "nation"
CLUSTERS = 22
BOUNDARIES = "boundaries_dk.geojson"
_NEED = ROOT / "data" / "raw" / "2014-sjaelland" / "need.yaml"


def write_nation(
    project: Path,
    clusters: int = CLUSTERS,
    languages: Sequence[str] = ("da", "en"),
    *,
    need: bool = True,
) -> str:
    """Write a project whose only study is the invented one; returns the id of the study.

    ``need`` says whether the report on need is among its reports. It never is where the country
    stands there again (more than ``CLUSTERS``), since nobody lives in the further places.
    """
    write_shared(project)
    some = places(project / "data" / "raw" / "reference", clusters)
    folder = project / "data" / "raw" / STUDY
    folder.mkdir(parents=True)
    need = need and all(place.code for place in some)
    settings = _settings(some, languages, need=need)
    dump(folder / "study.yaml", settings)
    organisation = _organisation(some)
    dump(folder / "organisation.yaml", organisation)
    _write_units(folder / "units.csv", some, organisation["unit_attributes"])
    if need:
        dump(folder / "need.yaml", read(_NEED) | {"boundaries": BOUNDARIES})
    asked = load_instrument(project / "data" / "instruments", settings["instrument"])
    labels = {form["id"]: form["label"]["da"] for form in settings["forms"]}
    _write_forms(folder / "forms", asked, some, labels)
    return STUDY


def write_shared(project: Path) -> None:
    """What studies of a project share: notebooks, questionnaires, reference data."""
    shutil.copytree(ROOT / "notebooks", project / "notebooks", ignore=_HIDDEN)
    shutil.copytree(ROOT / "data" / "instruments", project / "data" / "instruments")
    reference = Path("data", "raw", "reference")
    shutil.copytree(ROOT / reference, project / reference)


_HIDDEN = shutil.ignore_patterns(".*")


def _settings(some: Sequence[Place], languages: Sequence[str], *, need: bool) -> dict[str, Any]:
    """The study file, without what some places, and their number, give no ground for."""
    settings = read(HERE / "study.yaml")
    settings |= {"language": languages[0], "also_in": list(languages[1:])}
    if not need:
        del settings["need"]
        settings["reports"] = [one for one in settings["reports"] if one["id"] != "need"]
    if not _regions_differ(some):
        del settings["compare_by"]
    return settings


def _regions_differ(some: Sequence[Place]) -> bool:
    return len({place.region for place in some}) > 1


def _organisation(some: Sequence[Place]) -> dict[str, Any]:
    organisation = read(HERE / "organisation.yaml")
    if not _regions_differ(some):
        organisation["unit_attributes"] = []
    organisation["levels"][0]["groups"] = [
        {
            "id": cluster.id,
            "label": {"da": f"Klynge {cluster.label}", "en": f"Cluster {cluster.label}"},
            "members": [
                {"id": place.id, "label": place.label, "code": place.code}
                for place in some
                if place.cluster == cluster
            ],
        }
        for cluster in clusters_of(some)
    ]
    return organisation


def _write_units(path: Path, some: Sequence[Place], attributes: Sequence[str]) -> None:
    """Write who was asked; where all are in one cluster, nobody would read which it is."""
    columns = ["id", "label", "code", *(["cluster"] if len(clusters_of(some)) > 1 else [])]
    columns += attributes
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for place in some:
            known = vars(place) | {"cluster": place.cluster.id}
            writer.writerow([known[column] for column in columns])


def _write_forms(
    folder: Path, asked: Instrument, some: Sequence[Place], labels: dict[str, str]
) -> None:
    folder.mkdir()
    separate = [form for form in labels if form != "joint"]
    for form in forms(asked, some, separate):
        label = labels[form.form]
        write_form(asked, form, label, folder / f"{form.place.id}_{slug(label)}.xlsx")


def read(path: Path) -> dict[str, Any]:
    """What a YAML file holds."""
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def dump(path: Path, content: dict[str, Any]) -> None:
    """Write a YAML file, its fields in the order that they have."""
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")
