"""Whether a run has nothing to do, found out before anything heavy is imported.

It has nothing to do when all that the last run read is as it was, down to the byte, when all that
it left is there and as it was left, and when that is all that this run would make. When in doubt
the answer is no: the run then looks at each report by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from misbrug_analysis.execution.last_run import (
    Left,
    edition_of,
    folders_of,
    is_pdf,
    left_by_last_run,
)
from misbrug_analysis.model.project import Project

_REMOVED = re.compile(r".*\.pdf|.*/\..*", re.DOTALL)
"""Files that no run made and that a run removes: PDFs, and hidden files that are half written."""


def unchanged(
    project: Project, study: str, *, languages: Sequence[str] = (), pdf: bool = False
) -> Left | None:
    """What the last run left, where a whole run of a study would make and remove nothing.

    ``languages`` are those asked for, the study's own when none is given. None where there may be
    something to do.
    """
    if study not in project.studies():
        return None
    left = left_by_last_run(project, study)
    if left is None or not left.has_ended or not left.languages:
        return None
    same = not (left.inputs or left.notebooks or left.library or left.packages)
    return left if same and _covers(left, languages, pdf) and _stands(left) else None


def asked_for(left: Left, languages: Sequence[str] = (), *, pdf: bool = False) -> list[str]:
    """The ids of what such a run looks at: PDFs where those are asked for."""
    folders = folders_of(languages or left.languages, left.languages[0])
    return [id for id in left.made if edition_of(id) in folders and (pdf or not is_pdf(id))]


def _covers(left: Left, languages: Sequence[str], pdf: bool) -> bool:
    """Whether all that is asked for was up to date, and no edition is to be removed."""
    own = left.languages[0]
    asked = folders_of(languages or left.languages, own)
    kept = asked | folders_of(left.languages, own)
    made = {edition_of(id) for id in left.made}
    old = {edition_of(id) for id in left.manifest["old"]}
    with_pdf = folders_of(left.manifest["pdf"], own)
    return asked <= made <= kept and not asked & old and (not pdf or asked <= with_pdf)


def _stands(left: Left) -> bool:
    """Whether all files that runs made are as they were left, and nothing is to be removed."""
    found = left.outputs
    return not (found.other or found.gone or any(map(_REMOVED.fullmatch, found.new)))
