"""Executed notebooks full of hostile text, opened as researchers do: nothing in them runs.

In JupyterLab, from the environment that `make lab` sets up, and through nbconvert's stock template.
A notebook that somebody ran is trusted, so what it shows has to be harmless by itself; one that
came from elsewhere is not, and then JupyterLab's own sanitizer must leave it readable.
"""

from __future__ import annotations

import copy
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from nbformat import v4
from playwright.sync_api import Browser, Page

from misbrug_analysis.model.printable import printable
from misbrug_analysis.presentation.passages import unmarked
from tests.absent import absent
from tests.hostile_study import ACTS, MARKUP, payloads
from tests.pages.samples import HOSTILE, hostile_blocks, notebook_of
from tests.projects import ROOT, STUDY, command

LEADS = re.compile(r"https?://|mailto:|tel:|#|[\w./-]+(#|$)")
LAB = ROOT / ".venv-lab" / "bin"
MOST = 40
"""Outputs of a cell; JupyterLab shows no more than 50."""

OUTPUTS = ".jp-OutputArea-output"

READ = """(outputs) => {
  const roots = [...document.querySelectorAll(outputs)];
  const all = [...new Set(roots.flatMap((root) => [...root.querySelectorAll("*")]))];
  const read = (test) => all.filter(test).map((e) => e.outerHTML.slice(0, 150));
  return {
    active: read((e) => e.matches("script, iframe, object, embed, form, base, link, meta, svg, math")),
    handlers: read((e) => [...e.attributes].some((a) => /^on|^srcdoc$|^formaction$/i.test(a.name))),
    hrefs: all.filter((e) => e.hasAttribute("href")).map((e) => e.getAttribute("href")),
    sources: all.filter((e) => e.hasAttribute("src")).map((e) => e.getAttribute("src").slice(0, 11)),
    drawn: read((e) => e.matches("mjx-container, .MathJax, .jp-RenderedMermaid, pre.mermaid")),
    text: roots.map((root) => root.textContent).join(" "),
  };
}"""  # noqa: E501


class Opened(NamedTuple):
    """What happened when a notebook was opened, and what stood there then."""

    dialogs: list[str]
    away: list[str]
    errors: list[str]
    found: dict[str, Any]


@pytest.fixture(scope="module")
def notebook(hostile: Path) -> Any:
    """The executed notebooks of the hostile study in one, and outputs of every other kind."""
    whole = notebook_of(hostile_blocks())
    for path in sorted((hostile / "outputs" / STUDY / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            outputs = cell.get("outputs", [])
            for start in range(0, len(outputs), MOST):
                whole.cells.append(v4.new_code_cell(outputs=outputs[start : start + MOST]))
    plain = HOSTILE.replace("\ud800", "")
    whole.cells += [
        v4.new_code_cell(outputs=[v4.new_output("stream", name="stdout", text=plain)]),
        v4.new_code_cell(outputs=[v4.new_output("execute_result", {"text/plain": plain})]),
    ]
    for number, cell in enumerate(whole.cells):
        cell["id"] = f"cell-{number}"
    whole.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.validate(whole)
    return whole


@pytest.fixture(scope="module")
def lab(
    request: pytest.FixtureRequest, notebook: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a JupyterLab in which ``own.ipynb`` is trusted and ``sent.ipynb`` is not."""
    if not (LAB / "jupyter-lab").exists():
        absent(request, "notebooks in JupyterLab are NOT tested: `make .venv-lab/ready` sets it up")
    root, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")
    names = ("DATA", "CONFIG", "RUNTIME")
    environment = os.environ | {f"JUPYTER_{name}_DIR": str(home / name) for name in names}
    environment |= {"HOME": str(home), "JUPYTERLAB_SETTINGS_DIR": str(home / "settings")}
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    # So that all cells stand in the page, and not only those that are looked at.
    (settings / "tracker.jupyterlab-settings").write_text('{"windowingMode": "none"}', "utf-8")
    nbformat.write(notebook, root / "sent.ipynb")
    own = copy.deepcopy(notebook)
    own.metadata["title"] = "own"  # another notebook, since what is trusted is its content
    nbformat.write(own, root / "own.ipynb")
    trust = [LAB / "jupyter-trust", root / "own.ipynb"]
    subprocess.run(trust, env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = (
        *("--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}"),
        *("--IdentityProvider.token=", f"--ServerApp.root_dir={root}", "--LabApp.news_url="),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    )
    server = subprocess.Popen(
        [LAB / "jupyter-lab", *options],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield answering(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(30)


def answering(address: str) -> str:
    """The address, once there is an answer from it."""
    for _ in range(600):
        try:
            with urlopen(f"{address}/api/status", timeout=5):
                return address
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"JupyterLab does not answer at {address}")


def watch(page: Page, own: Sequence[str]) -> Opened:
    """What the page will do; requests that go elsewhere than to ``own`` are refused and noted."""
    happened = Opened([], [], [], {})

    def on_dialog(dialog: Any) -> None:
        happened.dialogs.append(dialog.message)
        dialog.dismiss()

    def on_route(route: Any) -> None:
        if route.request.url.startswith((*own, "data:", "blob:")):
            route.continue_()
        else:
            happened.away.append(route.request.url)
            route.abort()

    page.on("dialog", on_dialog)
    page.on("pageerror", lambda error: happened.errors.append(str(error)))
    page.route("**/*", on_route)
    return happened


def check(opened: Opened) -> None:
    """Assert that nothing ran and that everything is there to be read."""
    assert opened.dialogs == opened.errors == []
    found = opened.found
    assert found["active"] == found["handlers"] == found["drawn"] == []
    assert [href for href in found["hrefs"] if not LEADS.match(href)] == []
    assert set(found["sources"]) <= {"data:image/"}
    shown = "".join(found["text"].split())
    lost = [one for one in payloads() if "".join(unmarked(printable(one)).split()) not in shown]
    assert lost == []
    assert not ACTS.search(found["text"])


@pytest.mark.parametrize("name", ["own", "sent"])
def test_jupyterlab_shows_a_notebook_and_runs_nothing_in_it(
    browser: Browser, lab: str, notebook: Any, name: str
) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    opened = watch(page, [lab])
    page.goto(f"{lab}/lab/tree/{name}.ipynb?reset")
    outputs = sum(len(cell.get("outputs", ())) for cell in notebook.cells)
    page.wait_for_function(
        "n => document.querySelectorAll('.jp-OutputArea-output').length >= n", arg=outputs
    )
    page.wait_for_load_state("networkidle")
    opened.found.update(page.evaluate(READ, OUTPUTS))
    page.close()
    assert opened.away == []
    check(opened)


def test_the_stock_page_of_nbconvert_runs_nothing_either(
    browser: Browser, notebook: Any, tmp_path: Path
) -> None:
    path = tmp_path / "stock.ipynb"
    nbformat.write(notebook, path)
    code, _, errors = command("jupyter", "nbconvert", "--to", "html", path.name, cwd=tmp_path)
    assert code == 0, errors
    page = browser.new_page()
    made = path.with_suffix(".html").as_uri()
    opened = watch(page, [made])
    page.goto(made)
    opened.found.update(page.evaluate(READ, OUTPUTS))
    page.close()
    # Its template asks a network for MathJax and others, whatever the notebook holds.
    assert [one for one in opened.away if "elsewhere" in one] == []
    check(opened)


def test_what_runs_would_be_found(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "unsafe.html"
    html = f"<script>alert(1)</script>{MARKUP[1]}"
    path.write_text(f"<div class=jp-OutputArea-output>{html}</div>", "utf-8")
    page = browser.new_page()
    opened = watch(page, [path.as_uri()])
    page.goto(path.as_uri())
    opened.found.update(page.evaluate(READ, OUTPUTS))
    page.close()
    assert opened.dialogs
    with pytest.raises(AssertionError):
        check(opened)
