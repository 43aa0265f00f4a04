"""``python -m tests.audit``: known flaws of the locked packages, as OSV lists them.

Exit code 0 where none is known, 1 where one is, 2 where nothing could be looked up: the service is
asked first for a flaw that everybody knows, since silence would look like good news.
"""

from __future__ import annotations

import json
import subprocess
import sys
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

SERVICE = "https://api.osv.dev/v1/query"
KNOWN = {"package": {"name": "jinja2", "ecosystem": "PyPI"}, "version": "2.10"}
"""CVE-2019-10906, a way out of the sandbox."""

LOCK = Path(__file__).parent.parent / "requirements.lock"
AUDITOR = "pip-audit==2.10.1"
OPTIONS = (
    *("--vulnerability-service", "osv", "--strict", "--progress-spinner", "off"),
    # All packages are in the lock with their digests, so nothing is resolved or installed.
    *("--disable-pip", "--require-hashes", "--requirement", str(LOCK)),
)


def unheard(service: str = SERVICE) -> str:
    """Why the service cannot be relied on; nothing where it can."""
    request = Request(service, json.dumps(KNOWN).encode(), {"Content-Type": "application/json"})
    try:
        with urlopen(request, timeout=20) as answer:
            told = json.loads(answer.read())
    except (OSError, HTTPException, ValueError) as error:
        return f"{service} could not be asked ({error})"
    return "" if "vulns" in told else f"{service} does not know a flaw that everybody knows"


def main() -> int:
    if fault := unheard():
        print(f"NOT checked for known flaws: {fault}.", file=sys.stderr)
        print("Run `make audit` where that address can be reached.", file=sys.stderr)
        return 2
    program = Path(sys.executable).with_name("uv")
    return subprocess.run([program, "tool", "run", AUDITOR, *OPTIONS], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
