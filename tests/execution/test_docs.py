"""What docs/notebooks.md tells a researcher to do works as it stands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.projects import ROOT, command, insert_cell


def test_a_chart_of_ones_own_reaches_the_page(made: Path, tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "notebooks.md").read_text("utf-8")
    chart = next(
        code for code in re.findall(r"```python\n(.*?)```", guide, re.S) if "Figure" in code
    )
    notebook = tmp_path / "cluster_report.ipynb"
    shutil.copy(ROOT / "notebooks" / "cluster_report.ipynb", notebook)
    insert_cell(notebook, 4, chart)

    executed = tmp_path / "mine.ipynb"
    code, _, errors = command(
        "papermill", str(notebook), str(executed), "-p", "cluster", "oest", cwd=made
    )
    assert code == 0, errors
    code, _, errors = command("jupyter", "nbconvert", "--to", "misbrug", str(executed), cwd=made)
    assert code == 0, errors
    page = executed.with_suffix(".html").read_text("utf-8")
    assert "Få følger op, når behandlingen er slut" in page
    assert "Klyngerapport: Klynge Øst" in page
    assert str(tmp_path) not in page
