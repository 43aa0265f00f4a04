"""From an executed notebook to its page, without nbconvert: what the exporter does, and quickly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from misbrug_analysis.execution.failure import Failure, failure_page
from misbrug_analysis.execution.outputs import (
    OutputError,
    Preformatted,
    block_of_output,
    joined,
    printed,
)
from misbrug_analysis.model.errors import Problem, ReportError, is_ours
from misbrug_analysis.model.notebooks import LEFT_OUT
from misbrug_analysis.presentation.block import Block
from misbrug_analysis.presentation.blocks import Page, Prose
from misbrug_analysis.presentation.language import Language
from misbrug_analysis.presentation.markdown import markdown_html
from misbrug_analysis.presentation.outline import Outline
from misbrug_analysis.presentation.page import render_page

INJECTED = frozenset({"injected-parameters", "papermill-error-cell-tag"})
"""The tags of cells that papermill adds: they are not shown, and not counted either."""

DEFAULT_LANGUAGE = "da"


@dataclass(frozen=True)
class _Cell:
    """A cell with its number in the notebook as the author wrote it; None for papermill's own."""

    number: int | None
    content: Mapping[str, Any]

    @property
    def kind(self) -> str:
        return str(self.content["cell_type"])

    @property
    def source(self) -> str:
        return joined(self.content["source"])

    @property
    def outputs(self) -> Sequence[Mapping[str, Any]]:
        outputs: Sequence[Mapping[str, Any]] = self.content.get("outputs", ())
        return outputs

    @property
    def is_for_readers(self) -> bool:
        return self.number is not None and LEFT_OUT not in _tags(self.content)

    def where(self, name: str) -> str:
        count = self.content.get("execution_count")
        return f"{name}, cell {self.number}" + (f" (In [{count}])" if count else "")


def notebook_page(notebook: Mapping[str, Any], name: str, head: Page | None = None) -> str:
    """The page of an executed notebook (nbformat 4); ``name`` is its file name without suffix,
    ``head`` the head of the page where the notebook did not come as far as to show its own.

    A notebook that stopped in an error becomes a page that says so. Raises ReportError with every
    output that cannot stand on a page, by cell, and for a notebook that was never run.
    """
    cells = list(_numbered(notebook["cells"]))
    blocks, problems = _blocks(cells, name)
    page = next((block for block in blocks if isinstance(block, Page)), None)
    page = page or head or _default_page(notebook["metadata"], name)
    language = Language.load(page.lang)
    if failure := _failure(notebook["metadata"], cells, name):
        return failure_page(page, failure, language)
    if not problems:
        problems = _never_run(cells, name) or _only_head(blocks, name)
    if problems:
        raise ReportError(problems)
    return render_page(page, [block for block in blocks if block is not page], language)


def failure_in(notebook: Mapping[str, Any], name: str) -> Failure | None:
    """What stopped an executed notebook, and in which of its author's cells; None where nothing."""
    return _failure(notebook["metadata"], list(_numbered(notebook["cells"])), name)


def is_papermills(cell: Mapping[str, Any]) -> bool:
    """Whether papermill put the cell into the notebook."""
    return bool(INJECTED & set(_tags(cell)))


def _numbered(cells: Sequence[Mapping[str, Any]]) -> Iterator[_Cell]:
    number = 0
    for content in cells:
        if is_papermills(content):
            yield _Cell(None, content)
        else:
            number += 1
            yield _Cell(number, content)


def _blocks(cells: Sequence[_Cell], name: str) -> tuple[list[Block], list[Problem]]:
    """The blocks that readers see, and what is wrong with the outputs that are none."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    for cell in cells:
        if not cell.is_for_readers:
            continue
        try:
            for block in _cell_blocks(cell):
                if isinstance(block, Page) and any(isinstance(other, Page) for other in blocks):
                    raise OutputError("output_second_page")
                blocks.append(block)
        except OutputError as error:
            problems.append(Problem(error.code, cell.where(name), error.values))
    return blocks, problems


def _cell_blocks(cell: _Cell) -> Iterator[Block]:
    if cell.kind == "markdown" and cell.source.strip():
        yield _checked_prose(Prose(cell.source, level=2))
    for (kind, _), outputs in groupby(cell.outputs, key=_stream):
        if kind == "stream":
            text = printed("".join(joined(output["text"]) for output in outputs))
            if text.strip():
                yield Preformatted(text.rstrip())
        elif kind != "error":
            for output in outputs:
                block = block_of_output(output["data"], output["metadata"])
                if block:
                    yield _checked_prose(block) if isinstance(block, Prose) else block


def _stream(output: Mapping[str, Any]) -> tuple[str, str]:
    return output["output_type"], output.get("name", "")


def _checked_prose(prose: Prose) -> Prose:
    """The prose; where it may hold a picture it is rendered once here, to lay that to its cell."""
    if "![" in prose.markdown:
        try:
            markdown_html(prose.markdown, Outline(), prose.level)
        except ValueError as error:
            raise OutputError("output_markdown", detail=error) from error
    return prose


def _default_page(metadata: Mapping[str, Any], name: str) -> Page:
    title = metadata.get("title") or name
    return Page(str(title), str(metadata.get("language") or DEFAULT_LANGUAGE))


def _failure(metadata: Mapping[str, Any], cells: Sequence[_Cell], name: str) -> Failure | None:
    for cell in cells:
        for output in cell.outputs:
            if output["output_type"] == "error" and not _is_plain_exit(output):
                ours = is_ours(output["ename"])
                message = output["evalue"] if ours else f"{output['ename']}: {output['evalue']}"
                traceback = "\n".join(output["traceback"])
                return Failure(name, message, cell.number, cell.source, traceback)
    # A kernel that died leaves no error in any cell, only papermill's word.
    died = metadata.get("papermill", {}).get("exception")
    return Failure(name, "") if died else None


def _is_plain_exit(output: Mapping[str, Any]) -> bool:
    """``sys.exit()`` ends a notebook early and is no failure; papermill sees it so too."""
    return output["ename"] == "SystemExit" and output["evalue"] in ("", "0")


def _never_run(cells: Sequence[_Cell], name: str) -> list[Problem]:
    code = [cell for cell in cells if cell.kind == "code" and cell.source.strip()]
    if not code or any(cell.outputs or cell.content.get("execution_count") for cell in code):
        return []
    return [Problem("output_never_run", name)]


def _only_head(blocks: Sequence[Block], name: str) -> list[Problem]:
    """A page that has a head and no more: the study lacks what the report is about."""
    only = [isinstance(block, Page) for block in blocks] == [True]
    return [Problem("output_empty", name)] if only else []


def _tags(content: Mapping[str, Any]) -> Sequence[str]:
    tags: Sequence[str] = content["metadata"].get("tags", ())
    return tags
