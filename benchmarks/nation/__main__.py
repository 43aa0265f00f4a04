"""Write a project with the invented study of a country into a new folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.nation.large import LAYOUTS, write_large
from benchmarks.nation.project import CLUSTERS, write_nation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--clusters", type=int, default=CLUSTERS)
    parser.add_argument("--languages", nargs="+", default=["da", "en"])
    parser.add_argument("--need", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--large", choices=LAYOUTS, nargs="?", const="wide", help="five countries")
    given = parser.parse_args()
    if given.large:
        study = write_large(given.folder, given.large)
    else:
        study = write_nation(given.folder, given.clusters, given.languages, need=given.need)
    print(f"misbrug run {study} --project {given.folder}")


if __name__ == "__main__":
    main()
