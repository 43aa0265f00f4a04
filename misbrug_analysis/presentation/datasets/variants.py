"""How far each count moves when the answers are settled by other rules."""

from __future__ import annotations

from itertools import combinations

from misbrug_analysis.analysis.ranges import TOGETHER
from misbrug_analysis.analysis.sensitivity import SETTINGS
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets.description import Dataset
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.known_variants import variants_of

GROUPS = ("groups", "group")


def sensitivity(naming: Naming, results: Results) -> Dataset | None:
    """The ranges of all counts of groups, where a report of the study tells of them."""
    study, make = naming.study, naming.field
    if not any(report.shows_variants for report in study.settings.reports):
        return None
    found = variants_of(study, results)
    frame, ways = found.ranges, {"n": naming.language.numeral(len(found.variants))}
    fields = [
        make("level", "code", codes=naming.levels),
        make("group", "code", codes=naming.all_groups, points_to=GROUPS),
        make("item", "code", "scored", codes=naming.scored),
        make("yes", "integer", "count_yes", measure="units"),
        make("n", "integer", "count_n", measure="units"),
        make("low", "integer", "range_low", ways, measure="units"),
        make("high", "integer", "range_high", ways, measure="units"),
        make("varies", "integer", "range_varies", ways, measure="ways"),
        make("moved_by", "code", "range_moved_by", codes=_movers(naming), optional=True),
        *(
            make(name, "integer", f"range_{name}", measure="units")
            for name in ("absent_low", "absent_high", "asked", "lowest", "highest")
        ),
    ]
    return naming.table(
        "sensitivity",
        fields,
        ("level", "group", "item"),
        frame,
        naming.chosen_counts,
        not_applicable={"moved_by": (frame["varies"] == 0).tolist()},
        shown={"group": naming.grouped(frame["level"], frame["group"])},
    )


def _movers(naming: Naming) -> dict[str, str]:
    """Whatever can move a count with its label: settings, alone or one beside the other."""
    text = naming.language.text
    asked = naming.study.instrument.respondents
    settings = [name for name in SETTINGS if name != "merge" or asked is not None]
    labels = {setting: text(f"sensitivity.setting.{setting}") for setting in settings}
    several = {
        "; ".join(some): "; ".join(labels[setting] for setting in some)
        for number in range(1, len(settings) + 1)
        for some in combinations(settings, number)
    }
    return several | {TOGETHER: naming.language.capitalise(text("sensitivity.together"))}
