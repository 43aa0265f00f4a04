"""The nbconvert exporter ``misbrug``: ``jupyter nbconvert --to misbrug report.ipynb``."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter, HTMLExporter
from nbformat import NotebookNode

from misbrug_analysis.execution.notebook_page import notebook_page


class PageExporter(HTMLExporter):
    """Exports an executed notebook as one page, the same that the pipeline makes.

    nbconvert's own templates do not escape what they are given, so none of them is used: the
    preprocessors run as ever, and ``notebook_page`` makes the page.
    """

    export_from_notebook = "Misbrug page"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page and the resources; raises ReportError as ``notebook_page`` does."""
        # Past HTMLExporter and TemplateExporter, which would render by template.
        notebook, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        return notebook_page(notebook, resources["metadata"]["name"]), resources
