"""A browser for the tests of pages: one that is there, else Debian's, else Playwright's own.

As a command, ``python -m tests.browser`` sees to it that there is one and prints where it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""A browser that asks nothing of anybody, and that starts as root in a container."""


class NoBrowserError(Exception):
    """No browser is installed, and none could be; says what was tried."""


def obtain() -> Path:
    """The program of a Chrome or Chromium, installed first where there is none."""
    if browser := next(_installed(), None):
        return browser
    attempts = [_install_playwrights]
    if may_install():
        attempts.insert(0, _install_debians)
    faults = ["no Chrome or Chromium is installed"]
    for attempt in attempts:
        faults.append(attempt())
        if browser := next(_installed(), None):
            return browser
    raise NoBrowserError("; ".join(filter(None, faults)))


def _installed() -> Iterator[Path]:
    """Browsers that start: Ubuntu's package, for one, leaves a program that only says no."""
    found = [Path(program) for name in NAMES if (program := shutil.which(name))]
    for path in [*found, MAC]:
        if path.exists() and not fault([str(path), "--version"]):
            yield path
    own = _playwrights()
    if own.exists():
        yield own


def _playwrights() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _install_debians() -> str:
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    return fault(["apt-get", "update"]) or fault(install)


def _install_playwrights() -> str:
    return fault([sys.executable, "-m", "playwright", "install", "chromium"])


def may_install() -> bool:
    """Whether this is root on a system with Debian's packages."""
    return bool(shutil.which("apt-get")) and hasattr(os, "geteuid") and os.geteuid() == 0


def fault(command: list[str]) -> str:
    """Why a command failed; nothing when it did not."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{' '.join(command)}: {error}"
    if done.returncode == 0:
        return ""
    said = (done.stderr or done.stdout).strip().splitlines()
    return f"{' '.join(command)}: {said[-1] if said else f'exit code {done.returncode}'}"


if __name__ == "__main__":
    try:
        print(obtain())
    except NoBrowserError as reason:
        sys.exit(f"No browser for the tests of pages: {reason}")
