"""The span of counts that 2014 leaves open: fewest and most yes per indicator and group.

    python data/raw/2014-sjaelland/reconstruction/possible_counts.py [--to FOLDER]

Writes ``possible_counts.csv``, which the pages show beside the chosen counts: for every cluster and
the region, the counts that agree with words and digits (and with the joint sentence where one binds
the indicator), the absent left out. Where no set does so, the sets that agree when the absent count
as a no, in words and charts or in the words only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from pathlib import Path

from enumerate_counts import Row, agreeing_sets, published, write_rows
from feasible import SETTINGS, Yes, sizes
from feasible_joint import joint_range, joint_sets
from published import HERE, PublishedIndicator

NAME = "possible_counts.csv"


def open_sets(indicator: PublishedIndicator) -> list[Yes]:
    """Every yes per cluster that the report leaves open for an indicator."""
    by_default, *others = (
        {one.yes for one in agreeing_sets(indicator, setting) if one.both} for setting in SETTINGS
    )
    return sorted(by_default or set().union(*others))


def span(found: Sequence[Yes]) -> list[tuple[int, int]]:
    """Fewest and most per cluster, and of all clusters together at the end."""
    columns = [*zip(*found, strict=True), tuple(map(sum, found))]
    return [(min(column), max(column)) for column in columns]


def span_of_all(columns: Sequence[Sequence[Yes]], answered: Sequence[int]) -> list[tuple[int, int]]:
    """The span of units that say yes to all of several indicators, each with its open sets.

    Within a cluster the yes to one and to another may fall on the same units or on different ones.
    """
    ends: list[Yes] = []
    for yes in product(*columns):
        by_cluster = zip(zip(*yes, strict=True), answered, strict=True)
        ranges = [joint_range(one, size) for one, size in by_cluster]
        ends += [tuple(each[0] for each in ranges), tuple(each[-1] for each in ranges)]
    return span(ends)


def span_rows(region: str) -> Iterator[Row]:
    """Rows of ``possible_counts.csv``; a topic of several indicators stands after the last."""
    groups = [*(cluster.id for cluster in published().clusters), region]
    answered = sizes(published(), absent_counted=False)
    stated = {joint.id: joint for joint in published().joint}
    for topic, members in groupby(published().indicators, lambda one: one.id.split(".")[0]):
        open_to = {indicator.id: open_sets(indicator) for indicator in members}
        spans = {item: span(found) for item, found in open_to.items()}
        if topic in stated:
            sets = joint_sets(published(), stated[topic], SETTINGS[0])
            spans[topic] = span([one.joint for one in sets])
        elif len(open_to) > 1:
            spans[topic] = span_of_all(list(open_to.values()), answered)
        for item, by_group in spans.items():
            for group, (fewest, most) in zip(groups, by_group, strict=True):
                yield {"item": item, "group": group, "fewest": fewest, "most": most}


def write_spans(folder: Path, region: str) -> None:
    """Write the spans into the study's folder; ``region`` is the id of all clusters together."""
    write_rows(folder / NAME, list(span_rows(region)))


def main() -> None:
    from misbrug_analysis.model.project import Project
    from misbrug_analysis.model.study_file import load_study

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, default=HERE.parent, help="folder (default: the study)")
    study = load_study(Project.find(HERE), HERE.parent.name)
    write_spans(parser.parse_args().to, study.organisation.largest.groups[0].id)


if __name__ == "__main__":
    main()
