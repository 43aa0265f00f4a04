"""What a PDF needs of the system, for the tests: Pango and two families of fonts.

As a command, ``python -m tests.system_libraries`` sees to it that they are there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from misbrug_analysis.execution.pdf import pdf_problem
from tests.browser import fault, may_install

LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0")
FONTS = {"LiberationSans-Regular.ttf": "fonts-liberation", "DejaVuSans.ttf": "fonts-dejavu-core"}
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")


class NoLibrariesError(Exception):
    """No PDF can be made or would look as it should; says what was tried."""


def obtain() -> None:
    """See to it that PDFs can be made and have their fonts, as Debian's packages where need be."""
    packages = _missing()
    if not packages:
        return
    tried = "they were not installed: that takes root on Debian"
    if may_install():
        tried = fault(["apt-get", "update"]) or fault(
            ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        )
    if _missing():
        raise NoLibrariesError(f"{pdf_problem() or 'fonts are missing'}; {tried}")


def _missing() -> list[str]:
    """The packages of what is not there."""
    fonts = [package for font, package in FONTS.items() if not _has(font)]
    return [*(LIBRARIES if pdf_problem() else ()), *fonts]


def _has(font: str) -> bool:
    return any(next(folder.rglob(font), None) for folder in FONT_FOLDERS if folder.is_dir())


if __name__ == "__main__":
    try:
        obtain()
    except NoLibrariesError as reason:
        sys.exit(f"No PDFs for the tests: {reason}")
