"""From a notebook to its page: what is taken, what is refused, and what a failure leaves."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode, v4

from misbrug_analysis.execution.export import PageExporter
from misbrug_analysis.execution.failure import Failure, failure_page
from misbrug_analysis.execution.notebook_page import notebook_page
from misbrug_analysis.execution.outputs import printed
from misbrug_analysis.model.errors import ParameterError, ReportError
from misbrug_analysis.presentation.display import Heading, Page, Paragraphs, Prose
from misbrug_analysis.presentation.language import Language
from tests.pages.samples import SVG, notebook_of, sample_blocks, sample_page

# The smallest PNG there is: one pixel.
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def output(data: dict[str, Any], **metadata: object) -> NotebookNode:
    return v4.new_output("display_data", data, metadata=metadata)


def stream(text: str, name: str = "stdout") -> NotebookNode:
    return v4.new_output("stream", name=name, text=text)


def error(ename: str = "ValueError", evalue: str = "nul", traceback: str = "spor") -> NotebookNode:
    return v4.new_output("error", ename=ename, evalue=evalue, traceback=[traceback])


def notebook(*outputs: NotebookNode) -> NotebookNode:
    """A notebook with a Page and one more cell, which has the outputs."""
    made = notebook_of([sample_page()])
    made.cells.append(
        v4.new_code_cell("kode = 1", id="x", execution_count=2, outputs=list(outputs))
    )
    return made


def body(made: NotebookNode) -> str:
    page = notebook_page(made, "report")
    return page[page.index('<div class="body">') : page.index("</main>")]


def tagged(cell: NotebookNode, *tags: str) -> NotebookNode:
    cell.metadata["tags"] = list(tags)
    return cell


def test_command_library_and_pipeline_make_the_same_bytes(tmp_path: Path) -> None:
    made = notebook_of(sample_blocks())
    made.cells += [
        v4.new_markdown_cell("# Noter", id="m"),
        v4.new_code_cell(id="s", outputs=[stream("10 %\r"), stream("99 %\r\x1b[Kfærdig\n")]),
    ]
    path = tmp_path / "report.ipynb"
    nbformat.write(made, path)
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "misbrug", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    by_command = (tmp_path / "report.html").read_bytes()
    by_exporter, _ = PageExporter().from_filename(str(path))
    assert by_exporter.encode() == by_command
    assert notebook_page(nbformat.read(path, as_version=4), "report").encode() == by_command
    assert b"<pre>f\xc3\xa6rdig</pre>" in by_command


def test_command_exits_1_and_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "report.ipynb"
    nbformat.write(notebook(output({"text/html": "<b>x</b>"})), path)
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--to", "misbrug", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "report, cell 2 (In [2]): an output of the type text/html is not taken." in done.stderr
    assert not (tmp_path / "report.html").exists()


def test_shown_blocks_reach_the_page_through_a_real_kernel() -> None:
    from nbclient import NotebookClient

    code = (
        "from misbrug_analysis.presentation.display import Page, Paragraphs, show\n"
        "show(Page('Klynge Øst', 'da'), Paragraphs(['Alle fem svarer ja.']))"
    )
    made = v4.new_notebook(cells=[v4.new_code_cell(code)])
    NotebookClient(made, kernel_name="python3").execute()
    page = notebook_page(made, "report")
    assert "<h1>Klynge Øst</h1>" in page
    assert "<p>Alle fem svarer ja.</p>" in page


def test_code_is_not_shown() -> None:
    assert "kode" not in body(notebook(stream("vist")))


def test_streams_are_shown_as_they_were_printed_however_they_were_cut() -> None:
    made = notebook(stream("a\n"), stream("b <i>\n"), stream("obs\n", "stderr"))
    assert "<pre>a\nb &lt;i&gt;</pre>" in body(made)
    assert "<pre>obs</pre>" in body(made)
    assert body(notebook(stream("a\n"), stream("\n", "stderr"))).count("<pre>") == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mrød\x1b[0m", "rød"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x07", "link"),
        ("1 %\r2 %\r3 %\n", "3 %\n"),
        ("a\r\nb\r\n", "a\nb\n"),
    ],
)
def test_terminal_codes_and_overwritten_lines_are_left_out(text: str, shown: str) -> None:
    assert printed(text) == shown


def test_a_long_line_is_read_in_a_moment() -> None:
    long = "x" * 300_000  # from every place in it: half a minute
    began = time.process_time()
    assert printed(f"1 %\r{long}\n{long}") == f"{long}\n{long}"
    assert time.process_time() - began < 2


def test_plain_text_is_taken_and_the_html_beside_it_is_not() -> None:
    made = notebook(output({"text/html": "<table>", "text/plain": "   a\n0  1"}))
    assert "<pre>   a\n0  1</pre>" in body(made)
    assert "<table>" not in body(made)


def test_pictures_with_a_text_alternative_are_taken() -> None:
    alt = "En søjle for fire kommuner."
    made = notebook(
        output({"image/svg+xml": SVG.format("x"), "text/plain": "<Figure>"}, alt=alt),
        output({"image/png": PNG + "\n"}, **{"image/png": {"alt": alt}}),
    )
    assert body(made).count(f'alt="{alt}"') == 2
    assert f'src="data:image/png;base64,{PNG}"' in body(made)


def vendor(**data: object) -> dict[str, Any]:
    return {"application/vnd.misbrug.v1+json": {"kind": "notice", "data": data}}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"text/html": "<b>x</b>"}, "an output of the type text/html is not taken"),
        ({"application/javascript": "alert(1)"}, "type application/javascript is not taken"),
        ({"text/markdown": "x", "text/latex": "$x$"}, "type text/latex, text/markdown is not"),
        ({}, "type – is not taken"),
        ({"image/png": PNG, "text/plain": "<Figure>"}, "text alternative of the picture is empty"),
        ({"image/svg+xml": SVG.format("x")}, "text alternative of the picture is empty"),
        ({"text/plain": "<object object at 0x7f00>"}, "only the name of an object, <object obj"),
        ({"text/plain": "[<Line2D at 0x7f00>,\n <Line2D at 0x7f01>]"}, "only the name of an obj"),
        ({"text/plain": "{'boxes': [<Line2D at 0x7F00>]}"}, "only the name of an object"),
        ({"text/plain": "array([<Axes: >, <Axes: >], dtype=object)"}, "only the name of an object"),
        ({"text/plain": "<Axes: title={'center': 'T'}>"}, "only the name of an object"),
        (vendor(text="x", kind="alarm"), "block 'notice' was changed after it was made"),
    ],
)
def test_output_that_cannot_stand_on_a_page_is_an_error_that_names_the_cell(
    data: dict[str, Any], says: str
) -> None:
    with pytest.raises(ReportError, match=rf"^report, cell 2 \(In \[2\]\): .*{says}"):
        notebook_page(notebook(output(data)), "report")


def test_error_says_what_to_do_next() -> None:
    with pytest.raises(ReportError) as caught:
        notebook_page(notebook(output({"image/png": PNG})), "report")
    [problem] = caught.value.problems
    assert problem.expected == "a picture with a sentence that says what it shows"
    assert problem.next_step.startswith("Show it with Figure, or with display(picture, metadata=")


def test_all_faults_are_reported_together() -> None:
    made = notebook(output({"text/html": "<b>"}))
    made.cells += [v4.new_markdown_cell("![kort](kort.png)"), v4.new_code_cell("", outputs=[
        output(Page("To", "da")._repr_mimebundle_())])]  # fmt: skip
    with pytest.raises(ReportError) as caught:
        notebook_page(made, "report")
    assert [problem.where for problem in caught.value.problems] == [
        "report, cell 2 (In [2])", "report, cell 3", "report, cell 4",
    ]  # fmt: skip


def test_markdown_cells_are_shown_except_those_for_researchers() -> None:
    made = notebook()
    made.cells += [
        v4.new_markdown_cell("# Noter\n\nVist <b>x</b>."),
        tagged(v4.new_markdown_cell("Skjult."), "researcher"),
        tagged(v4.new_code_cell(outputs=[stream("også skjult")]), "researcher"),
        v4.new_raw_cell("rå"),
    ]
    html = body(made)
    assert '<h2 id="noter">Noter</h2>' in html
    assert "Vist &lt;b&gt;x&lt;/b&gt;." in html
    assert "kjult" not in html
    assert "rå" not in html


def test_cells_that_papermill_adds_are_neither_shown_nor_counted() -> None:
    made = notebook(output({"text/html": "<b>"}))
    made.cells.insert(0, tagged(v4.new_code_cell('cluster = "syd"'), "injected-parameters"))
    made.cells.insert(0, tagged(v4.new_markdown_cell("<span>An Exception</span>"),
                                "papermill-error-cell-tag"))  # fmt: skip
    with pytest.raises(ReportError, match="report, cell 2 "):
        notebook_page(made, "report")
    made.cells[-1].outputs = [stream("Alt vel.")]
    assert "Exception" not in notebook_page(made, "report")


@pytest.mark.parametrize(
    ("metadata", "title", "lang"),
    [
        ({"title": "Mine noter", "language": "en"}, "Mine noter", "en"),
        ({}, "min_rapport", "da"),
    ],
)
def test_notebook_without_page_takes_title_and_language_from_metadata(
    metadata: dict[str, str], title: str, lang: str
) -> None:
    made = notebook_of([Paragraphs(["x"])])
    made.metadata.update(metadata)
    page = notebook_page(made, "min_rapport")
    assert f"<h1>{title}</h1>" in page
    assert f'<html lang="{lang}">' in page


def test_unknown_language_is_an_error_that_lists_the_valid_ones() -> None:
    with pytest.raises(ParameterError, match="da, en"):
        notebook_page(notebook_of([Page("T", "xx")]), "report")


def test_a_page_that_would_hold_nothing_but_its_head_is_an_error() -> None:
    with pytest.raises(ReportError, match="report: the page would hold nothing but its title"):
        notebook_page(notebook_of([sample_page()]), "report")


def test_notebook_that_was_never_run_is_an_error() -> None:
    made = v4.new_notebook(cells=[v4.new_code_cell("show(page)")])
    with pytest.raises(ReportError, match="report: the notebook has not been run"):
        notebook_page(made, "report")
    made.cells[0].execution_count = 1
    assert "<h1>report</h1>" in notebook_page(made, "report")


def test_failure_page_says_which_report_which_cell_and_what() -> None:
    made = notebook(
        output({"text/html": "halvt"}),
        error(evalue="\x1b[31m<nul>\x1b[0m", traceback="\x1b[1mspor"),
    )
    page = notebook_page(made, "cluster_report")
    assert "<h1>Ikke færdig: Klyngerapport: Klynge Syd</h1>" in page
    assert '<html lang="da">' in page
    assert "<pre>ValueError: &lt;nul&gt;</pre>" in page
    assert "I celle 2 i notebooken cluster_report:" in page
    assert "<pre>kode = 1</pre>" in page
    assert "halvt" not in page
    assert page.count("spor") == 1
    assert page.index("<details>\n<summary>Tekniske oplysninger") < page.index("spor")
    assert "Svarene er rekonstrueret" in page


def test_failure_that_is_all_said_in_its_message_has_no_technical_details() -> None:
    page = notebook_page(notebook(error("E", "x", "E: x")), "report")
    assert "Tekniske oplysninger" not in page


def test_early_but_orderly_exit_is_no_failure() -> None:
    made = notebook(stream("nåede hertil"), error("SystemExit", "0"))
    assert "<pre>nåede hertil</pre>" in body(made)
    assert "Ikke færdig" in notebook_page(notebook(error("SystemExit", "1")), "report")


def test_dead_kernel_leaves_a_failure_page_though_no_cell_says_so() -> None:
    made = notebook()
    made.metadata["papermill"] = {"exception": True}
    assert "uden at en bestemt celle melder fejl" in notebook_page(made, "report")


def test_failure_page_can_be_made_without_a_notebook() -> None:
    page = failure_page(Page("Cluster", "en"), Failure("report", "Timeout."), Language.load("en"))
    assert "<h1>Not finished: Cluster</h1>" in page
    assert "<pre>Timeout.</pre>" in page


def change_title(made: NotebookNode) -> None:
    made.cells[0].outputs[0].data["application/vnd.misbrug.v1+json"]["data"]["title"] = "Andet"


def change_copy(made: NotebookNode) -> None:
    made.cells[0].outputs[0].data["text/html"] = "<script>alert(1)</script>"


@pytest.mark.parametrize(("change", "same"), [(change_title, False), (change_copy, True)])
def test_page_is_made_from_the_data_and_never_from_the_html_copy(
    change: Callable[[NotebookNode], None], same: bool
) -> None:
    made = notebook_of([sample_page(), Heading("Status", 2, "status"), Prose("x")])
    before = notebook_page(made, "report")
    change(made)
    assert (notebook_page(made, "report") == before) is same
