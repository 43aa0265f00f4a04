"""jsonschema checks as ever, and what it needs for addresses is imported when one is checked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROBE = """
import sys
from misbrug_analysis.execution.quick_jsonschema import import_jsonschema
import_jsonschema()
print("jsonschema" in sys.modules, "rfc3987_syntax" in sys.modules)
import nbformat
print("rfc3987_syntax" in sys.modules)
from jsonschema import Draft7Validator
def fits(text):
    checker = Draft7Validator.FORMAT_CHECKER
    return Draft7Validator({"format": "iri"}, format_checker=checker).is_valid(text)
print(fits("fine"), fits("bad"), "rfc3987_syntax" in sys.modules)
"""


def probed(folder: Path) -> list[str]:
    """What a process says that finds packages in the folder before all others."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_an_address_is_checked_by_the_package_as_ever(tmp_path: Path) -> None:
    package = "def is_valid_syntax(term, value):\n    return (term, value) == ('iri', 'fine')\n"
    (tmp_path / "rfc3987_syntax.py").write_text(package)
    assert probed(tmp_path) == ["True False", "False", "True False True"]


def test_without_the_package_nothing_is_done(tmp_path: Path) -> None:
    assert probed(tmp_path) == ["False False", "False", "True True False"]
