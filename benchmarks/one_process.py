"""What one would write in Python: papermill and nbconvert as libraries, a report at a time.

Given the list of what to run; notebooks and pages come to lie beside it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import papermill
from nbconvert.exporters import get_exporter


def main(listed: Path) -> None:
    exporter = get_exporter("misbrug")()
    for page in json.loads(listed.read_text("utf-8"))["pages"]:
        executed = listed.parent / f"{page['name']}.ipynb"
        papermill.execute_notebook(
            page["notebook"], executed, parameters=page["parameters"], progress_bar=False
        )
        text, _ = exporter.from_filename(str(executed))
        executed.with_suffix(".html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
