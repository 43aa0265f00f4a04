"""What an earlier run left that no longer belongs to a study, and is removed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from misbrug_analysis.execution.editions import Edition
from misbrug_analysis.execution.last_run import is_pdf
from misbrug_analysis.execution.making import Making
from misbrug_analysis.execution.manifest import is_whole
from misbrug_analysis.execution.plan import TABLES
from misbrug_analysis.presentation.addresses import edition_folder
from misbrug_analysis.presentation.language import Language


def clear_reports(making: Making) -> None:
    """Remove the files of reports that the study file no longer lists."""
    runs = {run.id for run in making.study.runs()} | {TABLES}
    for name in list(making.recorded):
        if not is_pdf(name) and name.rpartition("/")[2] not in runs:
            making.forget(name)


def clear_editions(making: Making, asked: Sequence[Edition]) -> None:
    """Remove the editions in languages that neither the study names nor this run is asked for."""
    named = [edition_folder(making.study, code) for code in making.study.languages]
    kept = {*named, *(edition.folder for edition in asked)}
    for folder in sorted({f"{code}/" for code in Language.codes()} - kept):
        for name in [name for name in making.recorded if name.startswith(folder)]:
            making.forget(name)
        for place in ("html", "notebooks"):
            shutil.rmtree(making.outputs / place / folder, ignore_errors=True)


def clear_pdfs(making: Making) -> None:
    """Remove every PDF whose page is gone or another than it was made from."""
    html = making.outputs / "html"
    for pdf in html.rglob("*.pdf"):
        name = pdf.relative_to(html).as_posix()
        if name in making.recorded and is_whole(making.study, making.recorded[name]):
            continue
        pdf.unlink()
        making.recorded.pop(name, None)
        making.summary.states.setdefault(name, "removed")
    for name in filter(is_pdf, list(making.recorded)):
        if not (html / name).is_file():
            making.recorded.pop(name)
