"""List every set of counts that agrees with what 2014 publishes, and flag the chosen ones.

    python data/raw/2014-sjaelland/reconstruction/enumerate_counts.py [--to FOLDER]

Writes ``feasible_counts.csv`` (per indicator), ``feasible_joint.csv`` (the three indicators of
recommendation 2 together) and ``feasible_summary.csv`` (how many sets agree with the words, with
the digits and with both).
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from feasible import SETTINGS, CountSet, Setting, Yes, choice_of, count_sets, listed, sizes
from feasible_joint import JointSet, joint_choice, joint_sets, seen_in
from published import HERE, Published, PublishedIndicator, load_published

Row = dict[str, object]


@cache
def published() -> Published:
    """What 2014 publishes, read once."""
    return load_published()


@cache
def chosen_counts() -> dict[str, Yes]:
    """The chosen yes per cluster, by indicator and, for a joint sentence, by its id."""
    facts = published()
    chosen = {
        indicator.id: choice_of(facts, indicator)[1]
        for indicator in facts.indicators
        if indicator.id not in facts.joint_indicators
    }
    for joint in facts.joint:
        found = joint_choice(facts, joint)[1]
        chosen |= dict(zip(joint.indicators, found.yes, strict=True)) | {joint.id: found.joint}
    return {key: chosen[key] for key in sorted(chosen, key=_natural)}


@cache
def _joint_of(setting: Setting) -> dict[str, list[JointSet]]:
    return {joint.id: joint_sets(published(), joint, setting) for joint in published().joint}


def agreeing_sets(indicator: PublishedIndicator, setting: Setting) -> list[CountSet]:
    """The sets of an indicator; where a joint sentence binds it, the words are that sentence."""
    found = count_sets(published(), indicator, setting)
    for joint in published().joint:
        if indicator.id in joint.indicators:
            allowed = seen_in(_joint_of(setting)[joint.id])
            found = [replace(one, words=one.yes in allowed) for one in found]
    return found


def _chosen_under(indicator: PublishedIndicator) -> str:
    for joint in published().joint:
        if indicator.id in joint.indicators:
            return joint_choice(published(), joint)[0].id
    return choice_of(published(), indicator)[0].id


def count_rows() -> Iterator[Row]:
    """Rows of ``feasible_counts.csv``; under a setting that counts the absent, ``no`` does too."""
    ids = [cluster.id for cluster in published().clusters]
    for setting in SETTINGS:
        in_cluster = sizes(published(), setting.chart_counts_absent)
        for indicator in published().indicators:
            here = _chosen_under(indicator) == setting.id
            for one in listed(indicator, agreeing_sets(indicator, setting)):
                counts: Row = {}
                for name, yes, size in zip(ids, one.yes, in_cluster, strict=True):
                    counts |= {f"{name}_yes": yes, f"{name}_no": size - yes}
                yield {
                    "setting": setting.id,
                    "indicator": indicator.id,
                    **counts,
                    "yes": sum(one.yes),
                    "words": _flag(one.words),
                    "digits": _flag(one.digits) if indicator.chart else "",
                    "both": _flag(one.both),
                    "chosen": _flag(here and one.yes == chosen_counts()[indicator.id]),
                }


def joint_rows() -> Iterator[Row]:
    """Rows of ``feasible_joint.csv``: yes per cluster and indicator, and the units with all."""
    ids = [cluster.id for cluster in published().clusters]
    for setting in SETTINGS:
        for joint in published().joint:
            chosen_setting, chosen = joint_choice(published(), joint)
            for one in _joint_of(setting)[joint.id]:
                by_name = zip((*joint.indicators, "all"), (*one.yes, one.joint), strict=True)
                yield {
                    "setting": setting.id,
                    "recommendation": joint.id,
                    **{
                        f"{cluster}_{name}": count
                        for name, yes in by_name
                        for cluster, count in zip(ids, yes, strict=True)
                    },
                    "yes": one.total,
                    "all": sum(one.joint),
                    "orders": one.orders,
                    "chosen": _flag(setting == chosen_setting and one == chosen),
                }


def summary_rows() -> Iterator[Row]:
    """Rows of ``feasible_summary.csv``: how many sets agree, and their fewest and most yes."""
    for setting in SETTINGS:
        for indicator in published().indicators:
            found = agreeing_sets(indicator, setting)
            totals = [sum(one.yes) for one in found if one.both]
            yield {
                "setting": setting.id,
                "indicator": indicator.id,
                "agree_with_words": sum(one.words for one in found),
                "agree_with_digits": sum(one.digits for one in found) if indicator.chart else "",
                "agree_with_both": len(totals),
                "fewest_yes": min(totals, default=""),
                "most_yes": max(totals, default=""),
            }


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write rows as CSV: UTF-8, comma, line feeds."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_enumeration(folder: Path) -> None:
    """Write the three lists into a folder."""
    write_rows(folder / "feasible_counts.csv", list(count_rows()))
    write_rows(folder / "feasible_joint.csv", list(joint_rows()))
    write_rows(folder / "feasible_summary.csv", list(summary_rows()))


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _natural(name: str) -> list[int]:
    return [int(part) for part in name.split(".")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, default=HERE, help="folder (default: this one)")
    write_enumeration(parser.parse_args().to)
    for name, yes in chosen_counts().items():
        print(name, *yes, sep="\t")


if __name__ == "__main__":
    main()
