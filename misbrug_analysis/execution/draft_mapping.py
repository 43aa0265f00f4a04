"""Writes a draft of ``mapping.yaml`` from files that came in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from misbrug_analysis.execution.files import write_or_tell
from misbrug_analysis.intake.exports.drafting import Draft
from misbrug_analysis.intake.exports.sent import drafts
from misbrug_analysis.model.errors import (
    ParameterError,
    Phrase,
    Problem,
    hint,
    name_list,
    shown,
)
from misbrug_analysis.model.mapping import FILE_NAME, FOLDER
from misbrug_analysis.model.study import Study
from misbrug_analysis.presentation.collecting.mapping_text import mapping_text
from misbrug_analysis.presentation.language import Language


@dataclass(frozen=True)
class Drafted:
    """The drafts, and the file that they stand in; ``beside`` where it is not the study's."""

    drafts: list[Draft]
    path: Path
    beside: bool


def draft_mapping(
    study: Study, files: Sequence[Path], language: Language, *, form: str = "", to: Path | None
) -> Drafted:
    """Draft how exports are read and write it to the study's ``mapping.yaml``, or to ``to``.

    ``files`` are named from ``forms``, from the study's folder or from the working directory;
    ``form`` is the form of all respondents, where no column says it. Raises ParameterError for a
    file that is not there or lies elsewhere and for one that would be written over, and
    DefinitionError for an export that cannot be read.
    """
    path = to or study.folder / FILE_NAME
    if path.exists():
        raise ParameterError([Problem("file_exists" if to else "mapping_exists", shown(path))])
    form_is = _form(study, form) if form else ""
    found = list(dict.fromkeys(_sent(study, file) for file in files))
    made = [replace(draft, form_is=form_is) for draft in drafts(found, study)]
    write_or_tell(path, mapping_text(made, study, language).encode())
    return Drafted(made, path, to is not None)


def _form(study: Study, name: str) -> str:
    """The id of a form, by any of its names."""
    form = study.form_words.get(name.casefold())
    if form is None:
        valid = [one.id for one in study.settings.forms]
        values = {"kind": Phrase("the_form"), "name": name, "hint": hint(name, valid)}
        raise ParameterError([Problem("unknown_name", "", values | {"valid": name_list(valid)})])
    return form


def _sent(study: Study, file: Path) -> tuple[Path, str]:
    """A file that came in, with its path from the study's folder."""
    folder = study.folder / FOLDER
    places = [folder / file, study.folder / file, file]
    path = next((one.resolve() for one in places if one.is_file()), None)
    if path is None:
        values: dict[str, object] = {"expected": Phrase("an_export"), "named_in": "misbrug map"}
        raise ParameterError([Problem("file_missing", shown(file), values)])
    if not path.is_relative_to(folder.resolve()):
        told = {"folder": study.project.shown(folder)}
        raise ParameterError([Problem("export_elsewhere", shown(file), told)])
    return path, FOLDER + path.relative_to(folder.resolve()).as_posix()
