"""A study full of hostile text: what is made of it runs nothing, loads nothing and loses nothing.

Pages are opened in Chromium, workbooks and CSV files are read as a spreadsheet would, and what
commands say is read as a terminal would. Notebooks: test_hostile_notebooks.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from playwright.sync_api import Page
from pypdf import PdfReader

from misbrug_analysis.cli import main
from misbrug_analysis.execution.pdf import pdf_problem, write_pdf
from misbrug_analysis.model.decisions import unguarded
from misbrug_analysis.model.errors import Problem
from misbrug_analysis.model.printable import printable
from misbrug_analysis.presentation.data_files import guarded
from misbrug_analysis.presentation.passages import unmarked
from tests.absent import absent
from tests.hostile_study import (
    ACTS,
    ADDRESS,
    FORMULAS,
    LONG,
    NAMES,
    payloads,
    send_more,
)
from tests.pages.checks import CSP, watched
from tests.pdfs import addresses, unpacked
from tests.presentation.test_csv_in_libreoffice import OFFICE, cells
from tests.projects import STUDY, command

ROUND = (
    ("forms", STUDY, "--to", "sent", "--unit", "syd-3"),
    ("check", STUDY, "--html", "--decisions", "decide.csv"),
    ("status", STUDY, "--html"),
)
SVG = re.compile(r"<img src='data:image/svg\+xml,([^']*)'")
PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)*")
PLACE = re.compile(r"('[^']+'|\w+)!\$?[A-Z]*\$?\d*(:\$?[A-Z]*\$?\d+)?|\d+")
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What begins a formula or a command (OWASP, "CSV Injection"), and the same signs in full width."""

# Nothing that acts, loads or leads elsewhere; addresses, ids and languages are of ours.
READ = """() => {
  const all = [...document.querySelectorAll("*")];
  const told = (test, read) => all.filter(test).map(read);
  const attributes = all.flatMap((e) => [...e.attributes].map((a) => [e.localName, a.name, a.value]));
  const of = (names) => attributes.filter((a) => names.includes(a[1])).map((a) => a[2]);
  return {
    active: told((e) => e.matches("script, iframe, frame, object, embed, applet, form, input, " +
      "button, base, link, template, audio, video, source, svg, math, portal, slot, dialog"),
      (e) => e.outerHTML.slice(0, 200)),
    handlers: attributes.filter((a) => /^on|^(srcdoc|formaction|action|background|ping|srcset|style|is|nonce)$/.test(a[1]) &&
      // What a row is about, for the style sheet: a checked id, which holds no quotation mark.
      !(a[1] === "style" && /^--about: '[A-Za-z0-9._-]+'$/.test(a[2]))),
    metas: told((e) => e.matches("meta[http-equiv]"), (e) => [e.httpEquiv, e.content]),
    hrefs: of(["href"]),
    sources: of(["src"]).map((s) => s.slice(0, 19)),
    tokens: [...of(["id", "class", "lang", "hreflang", "scope", "role", "rel", "name", "for"])],
    title: document.title,
    text: document.documentElement.innerText + " " + of(["alt", "title", "aria-label", "content"]).join(" "),
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  };
}"""  # noqa: E501


@pytest.fixture(scope="module")
def project(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile study with everything that commands make of it, as a round and as reports."""
    project = tmp_path_factory.mktemp("hostile") / "project"
    shutil.copytree(hostile, project)
    send_more(project)
    for arguments, expected in zip(ROUND, (0, 1, 0), strict=True):
        code, _, errors = command("misbrug", *arguments, cwd=project)
        assert code == expected, errors
    return project


@pytest.fixture(scope="module")
def made(project: Path) -> Path:
    return project / "outputs" / STUDY


def words(text: str) -> str:
    """A text without what HTML makes of spaces."""
    return "".join(text.split())


def test_no_page_runs_loads_or_loses_anything(made: Path, browser: Any) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    pages = sorted(made.rglob("*.html"))
    assert len(pages) > 30
    shown = ""
    for path in pages:
        with watched(page) as seen:
            page.goto(path.as_uri())
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            found = page.evaluate(READ)
        where = path.relative_to(made).as_posix()
        assert (seen["dialogs"], seen["requests"], said) == ([], [path.as_uri()], []), where
        assert found["active"] == found["handlers"] == [], where
        assert found["metas"] == [["Content-Security-Policy", CSP]], where
        assert set(found["sources"]) <= {"data:image/svg+xml,"}, where
        assert [one for one in found["tokens"] if not re.fullmatch(r"[\w -]*", one, re.A)] == []
        led_astray = [href for href in found["hrefs"] if not leads_somewhere(href, path)]
        assert led_astray == [], where
        assert not ACTS.search(found["text"] + found["title"]), where
        assert found["wider"] <= 0, where
        shown += words(found["text"])
    page.close()
    lost = [one for one in payloads() if words(unmarked(printable(one))) not in shown]
    assert lost == []
    assert LONG in shown


def leads_somewhere(href: str, page: Path) -> bool:
    """Whether an address is that of the study, of its publisher, or of a file beside the page."""
    ours = ("https://b.example/", "mailto:a@b.example", "tel:+45", "https://spdx.org/licenses/")
    ours += ("https://doi.org/10.",)  # of methods, named in the code
    if href.startswith(("#", *ours)):
        return True
    return href == ADDRESS or (page.parent / href.partition("#")[0]).is_file()


def test_no_picture_on_a_page_is_more_than_a_drawing(made: Path) -> None:
    from urllib.parse import unquote

    drawings = [
        unquote(found)
        for path in made.rglob("*.html")
        for found in SVG.findall(path.read_text("utf-8"))
    ]
    assert len(drawings) > 20
    for drawing in set(drawings):
        for element in ElementTree.fromstring(drawing).iter():
            tag = str(element.tag).rpartition("}")[2]
            assert tag not in ("script", "foreignObject", "image", "a", "animate", "set", "iframe")
            for name, value in element.attrib.items():
                assert not name.startswith("on")
                assert "href" not in name or value.startswith("#")
                assert "url(" not in value or "url(#" in value


def workbooks(project: Path) -> Iterator[Path]:
    yield from (project / "outputs").rglob("*.xlsx")
    yield from (project / "sent").glob("*.xlsx")


def test_no_workbook_holds_a_formula_or_leads_out_of_itself(project: Path) -> None:
    books = list(workbooks(project))
    assert len(books) == 4
    for path in books:
        with ZipFile(path) as archive:
            for part in archive.namelist():
                assert not re.search(r"external|vba|dde|ole|connection|query|drawing|media", part)
                content = archive.read(part)
                assert b'TargetMode="External"' not in content
                root = ElementTree.fromstring(content)
                names = [str(element.tag).rpartition("}")[2] for element in root.iter()]
                assert not {"f", "ddeLink", "oleObject", "externalReference"} & set(names), part
                for element in root.iter():
                    check_element(element)


def check_element(element: ElementTree.Element) -> None:
    """Assert that a part of a workbook holds data and leads to places in it only."""
    name = str(element.tag).rpartition("}")[2]
    if name == "c":
        assert element.get("t", "n") in ("inlineStr", "n", "s")
    if name == "hyperlink":
        assert set(element.keys()) <= {"ref", "location", "display"}
    if name in ("formula1", "formula2", "definedName", "calculatedColumnFormula"):
        assert PLACE.fullmatch(element.text or ""), element.text


def test_a_cell_of_a_workbook_holds_the_text_of_the_data_file(made: Path) -> None:
    book = load_workbook(made / "html" / "tables" / f"{STUDY}-da.xlsx", read_only=True)
    kinds, texts = set(), set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    kinds.add(cell.data_type)
                    texts.add(str(cell.value))
    assert kinds == {"s", "n", "d"}
    with (made / "html" / "tables" / "data" / "rulings.csv").open("r", encoding="utf-8") as file:
        (ruling,) = csv.DictReader(file)
    assert ruling["reason"].startswith((*FORMULAS[:4], "-1", "=1", "@x"))
    assert printable(ruling["reason"]) in texts


def csv_files(project: Path) -> list[Path]:
    """Those that people open with a double click."""
    made = project / "outputs" / STUDY
    return [*made.rglob("excel/*.csv"), made / "round" / "status.csv", project / "decide.csv"]


def test_no_cell_of_a_csv_file_begins_as_a_formula_however_it_is_split(project: Path) -> None:
    files = csv_files(project)
    assert len(files) > 20
    guards = 0
    for path in files:
        text = path.read_text("utf-8-sig")
        separator = ";" if "/en/" not in path.as_posix() else ","
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            for cell in row:
                assert not ACTS.search(cell), path
                if PLAIN_NUMBER.fullmatch(cell):
                    continue
                guards += cell.startswith("'")
                pieces = re.split(r"[;,|\t\r\n]", cell)
                begun = [piece.lstrip(' "') for piece in pieces]
                assert [piece for piece in begun if piece.startswith(STARTS)] == [], path
    assert guards > 1_000


@pytest.mark.skipif(OFFICE is None, reason="there is no LibreOffice on this machine")
@pytest.mark.parametrize("name", ["decide.csv", "outputs/{}/html/tables/excel/rulings.csv"])
def test_a_spreadsheet_finds_no_formula_in_a_csv_file(
    project: Path, tmp_path: Path, name: str
) -> None:
    file = Path(shutil.copy(project / name.format(STUDY), tmp_path))
    found = list(cells(file, "da", ";", tmp_path / "profile"))
    assert len(found) > 10
    assert [value for value, kind in found if kind in "fe"] == []


@pytest.mark.parametrize("text", [*payloads(), *NAMES])
def test_a_guarded_text_reads_back_as_itself(text: str) -> None:
    safe = guarded(text)
    assert not safe.lstrip(' "').startswith(STARTS)
    assert unguarded(safe) == printable(text)


def test_what_describes_the_tables_is_plain_data(made: Path) -> None:
    folder = made / "html" / "tables"
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        assert re.fullmatch(r"[\w-]+(/[\w-]+)?\.\w+", resource["path"], re.A)
        assert (folder / resource["path"]).is_file()
    given = re.findall(r'"(?:path|url|homepage)": "(\w+:[^"]*)"', json.dumps(package))
    assert set(given) - {ADDRESS} == {one for one in given if one.startswith("https://")}
    assert not ACTS.search((folder / "README.txt").read_text("utf-8-sig").replace("\r\n", "\n"))


SPOKEN = (
    ("check", STUDY),
    ("check", STUDY, "--language", "en"),
    ("status", STUDY),
    ("trace", STUDY, "syd-1", "12.1"),
    ("studies",),
    ("forms", STUDY, "--to", "again", "--unit", "syd-1"),
    ("run", STUDY),  # stops at the forms that came since
)


@pytest.mark.parametrize("arguments", SPOKEN, ids=lambda one: " ".join(one))
def test_no_command_says_anything_that_a_terminal_obeys(
    project: Path, arguments: tuple[str, ...]
) -> None:
    with chdir(project):
        result = CliRunner().invoke(main, arguments, color=True)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert len(result.output) > 20
    assert [line for line in result.output.split("\n") if ACTS.search(line)] == []


@pytest.mark.parametrize("text", [one for one in payloads() if ACTS.search(one)])
def test_no_message_says_anything_that_a_terminal_obeys(text: str) -> None:
    said = Problem("repeated", f"{text}\nx: y", {"name": text, "value": text})
    for language in ("da", "en"):
        told = said.told(language)
        assert not ACTS.search(told)
        assert "\ufffd" in told
        assert len(told.splitlines()) == 3


def test_only_one_function_of_the_commands_prints() -> None:
    """So that what it takes out is taken out everywhere."""
    folder = Path(main.callback.__code__.co_filename).parent if main.callback else Path()
    printing = {
        path.name
        for path in [*(folder / "commands").glob("*.py"), folder / "cli.py"]
        if re.search(r"click\.s?echo|\bprint\(|sys\.std(out|err)", path.read_text("utf-8"))
    }
    assert printing == {"common.py"}


@pytest.mark.parametrize("name", ["consolidation", "organisation"])
def test_no_pdf_runs_or_fetches_anything(
    request: pytest.FixtureRequest, made: Path, tmp_path: Path, name: str
) -> None:
    if problem := pdf_problem():
        absent(request, f"PDFs are NOT tested: {problem}")
    target = tmp_path / "page.pdf"
    write_pdf(made / "html" / f"{name}.html", target)
    reader = PdfReader(target)
    content = unpacked(reader)
    for sign in (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/SubmitForm", b"/AA"):
        assert not re.search(re.escape(sign) + rb"\b", content), sign
    allowed = (ADDRESS, "https://", "mailto:")
    assert [one for one in addresses(reader) if ":" in one and not one.startswith(allowed)] == []
    text = "".join(page.extract_text() for page in reader.pages)
    assert "<script>alert(1)</script>" in words(text.replace("\0", ""))


def test_the_check_of_pages_would_find_what_runs(page: Page, tmp_path: Path) -> None:
    """What this file asserts of pages, asserted of one that is not safe."""
    path = tmp_path / "unsafe.html"
    path.write_text(
        "<script>alert(1)</script><p onclick=x id='a<b'>\u202ex<a href='javascript:x'>y</a>",
        "utf-8",
    )
    with watched(page) as seen:
        page.goto(path.as_uri())
        found = page.evaluate(READ)
    assert seen["dialogs"] == ["1"]
    assert found["active"] == ["<script>alert(1)</script>"]
    assert found["handlers"] == [["p", "onclick", "x"]]
    assert found["hrefs"] == ["javascript:x"]
    assert not leads_somewhere(found["hrefs"][0], path)
    assert found["tokens"] == ["a<b"]
    assert ACTS.search(found["text"])
