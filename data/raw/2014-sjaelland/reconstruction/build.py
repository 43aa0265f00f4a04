"""Rebuild the reconstructed study: the enumeration and every form.

    python data/raw/2014-sjaelland/reconstruction/build.py [--to FOLDER]

Reads ``published.yaml``, ``particulars.yaml`` and, of the study, ``units.csv``,
``adjudications.csv`` and the instrument; writes ``forms/``, ``reconstruction/feasible_*.csv`` and
``possible_counts.csv``.
Fails, and writes no form, unless the forms settle to the chosen counts.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from enumerate_counts import chosen_counts, published, write_enumeration
from feasible import Yes
from fill_forms import JOINT, Form, fill_forms
from particulars import Particulars, load_particulars
from possible_counts import write_spans
from published import HERE
from settle import Round
from spread_answers import spread
from write_forms import Layout, csv_bytes, workbook_bytes

from misbrug_analysis.model.project import Project
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.study_file import load_study

STUDY = HERE.parent


def answering_units(study: Study) -> dict[str, list[str]]:
    """The units that answered, by cluster: those whose way of answering is known."""
    frame = study.organisation.frame()
    known = frame[frame["joint_or_split"] != ""]
    units = {
        cluster.id: list(known.loc[known["cluster"] == cluster.id, "unit"])
        for cluster in published().clusters
    }
    for cluster in published().clusters:
        if len(units[cluster.id]) != cluster.answered:
            raise ValueError(f"units.csv: {cluster.id} should have {cluster.answered} that answer")
    return units


def filled_forms(study: Study, particulars: Particulars) -> list[Form]:
    """The chosen counts spread over the units and written into forms."""
    units = answering_units(study)
    joint = {sentence.id: sentence.indicators for sentence in published().joint}
    frame = study.organisation.frame()
    split = list(frame.loc[frame["joint_or_split"] == "split", "unit"])
    clusters = {unit: cluster for cluster, names in units.items() for unit in names}
    settled = spread(chosen_counts(), joint, units)
    return fill_forms(study.instrument, particulars, clusters, split, settled)


def as_round(study: Study, forms: Sequence[Form]) -> Round:
    """The forms with answers as codes, for the rules."""
    codes = study.instrument.answer_codes()
    serving: dict[str, list[str]] = {name: [] for name in study.instrument.indicator_ids}
    for item, indicator in study.instrument.serving():
        serving[indicator].append(item)
    return Round(
        forms={
            (form.unit, form.form): {
                item: codes.get(answer.casefold(), "") for item, answer in form.answers.items()
            }
            for form in forms
        },
        serving=serving,
        rulings={(r.unit, r.form, r.indicator): r.answer for r in study.rulings},
    )


def check(study: Study, particulars: Particulars, forms: Sequence[Form]) -> None:
    """Raise ValueError unless the forms settle to the chosen counts in the intended ways."""
    answers = as_round(study, forms)
    faults = []
    for name, expected in chosen_counts().items():
        if (counts := settled_counts(study, answers, name)) != expected:
            faults.append(f"{name}: the forms settle to {counts}, chosen {expected}")
    for case in particulars.intended:
        settled = answers.unit_answer(case.unit, case.indicator)
        if (settled.answer, settled.rule) != (case.answer, case.rule):
            faults.append(f"{case.unit} {case.indicator}: {settled}, intended {case}")
    faults += [f"no form {key}" for key in _unknown_forms(particulars, forms)]
    if faults:
        raise ValueError("\n".join(faults))


def settled_counts(study: Study, answers: Round, name: str) -> Yes:
    """Units per cluster whose settled answer is yes, to an indicator or to all of a joint one."""
    joint = {sentence.id: sentence.indicators for sentence in published().joint}
    indicators = joint.get(name, [name])
    return tuple(
        sum(
            all(answers.unit_answer(unit, one).answer == "yes" for one in indicators)
            for unit in units
        )
        for units in answering_units(study).values()
    )


def write_forms(study: Study, particulars: Particulars, forms: Sequence[Form], to: Path) -> None:
    """Write every form into a folder, and take away forms that stood there before."""
    labels = {unit.id: unit.label for unit in study.organisation.units}
    kinds = {form.id: form.label["da"] for form in study.settings.forms}
    layout = Layout(study.instrument, labels, kinds)
    to.mkdir(parents=True, exist_ok=True)
    for old in (*to.glob("*.xlsx"), *to.glob("*.csv")):
        old.unlink()
    for form in forms:
        encoding = particulars.csv.get(form.key)
        name = layout.file_name(form)
        if encoding is None:
            (to / f"{name}.xlsx").write_bytes(workbook_bytes(layout, form))
        else:
            (to / f"{name}.csv").write_bytes(csv_bytes(layout, form, encoding))


def _unknown_forms(particulars: Particulars, forms: Sequence[Form]) -> set[str]:
    named: Mapping[str, object] = {**particulars.answers, **particulars.csv, **particulars.remarks}
    return set(named) - {form.key for form in forms}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, default=STUDY, help="folder (default: the study)")
    to: Path = parser.parse_args().to
    study = load_study(Project.find(HERE), STUDY.name)
    particulars = load_particulars()
    forms = filled_forms(study, particulars)
    check(study, particulars, forms)
    (to / HERE.name).mkdir(parents=True, exist_ok=True)
    write_enumeration(to / HERE.name)
    write_spans(to, study.organisation.largest.groups[0].id)
    write_forms(study, particulars, forms, to / "forms")
    print(f"{len(forms)} forms, {sum(form.form == JOINT for form in forms)} of them joint")


if __name__ == "__main__":
    main()
