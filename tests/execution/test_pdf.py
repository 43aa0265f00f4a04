"""One page as PDF: what it says of itself, its tags and links, and what happens when it fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from pypdf import PdfReader

from misbrug_analysis.execution.outputs import Preformatted
from misbrug_analysis.execution.pdf import laid_out, pdf_problem, write_pdf
from misbrug_analysis.model.errors import ReportError
from misbrug_analysis.presentation.display import (
    Block,
    Bullets,
    Column,
    Heading,
    Link,
    Paragraphs,
    Table,
    render_page,
)
from misbrug_analysis.presentation.language import Language
from tests.pages.samples import YES, sample_figure, sample_page, wide_table
from tests.pdfs import addresses, ends, outline, papers, tags, unpacked

pytestmark = pytest.mark.usefixtures("pdf_libraries")

HEADINGS = [Heading("Svar", 2, "a"), Heading("Anbefaling 1", 3, "b"), Heading("Hvorfor", 4, "c")]


def page_file(folder: Path, *blocks: Block, lang: str = "da", **changes: object) -> Path:
    page = sample_page(lang=lang, **changes)
    path = folder / "side.html"
    path.write_text(render_page(page, blocks, Language.load(lang)), encoding="utf-8")
    return path


def pdf_of(page: Path, *neighbours: str) -> PdfReader:
    target = page.with_suffix(".pdf")
    write_pdf(page, target, neighbours)
    return PdfReader(target)


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def fault_of(page: Path) -> str:
    with pytest.raises(ReportError) as caught:
        write_pdf(page, page.with_suffix(".pdf"))
    return str(caught.value)


def test_the_document_says_what_it_is(tmp_path: Path) -> None:
    reader = pdf_of(page_file(tmp_path, Paragraphs(["Tekst."])))
    root, about = reader.root_object, reader.metadata
    assert about is not None
    assert about.title == "Klyngerapport: Klynge Syd – Kvalitet og sammenhæng på misbrugsområdet"
    assert str(about.creator).startswith("misbrug-analysis ")
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712, a PDF's own kind of true
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_data()


@pytest.mark.parametrize(("lang", "number"), [("da", "Side 1 af 1"), ("en", "Page 1 of 1")])
def test_pages_are_numbered_in_the_language_of_the_page(
    tmp_path: Path, lang: str, number: str
) -> None:
    reader = pdf_of(page_file(tmp_path, Paragraphs(["Text."]), lang=lang))
    assert number in text_of(reader)
    assert reader.root_object["/Lang"] == lang


def test_the_title_runs_at_the_foot_from_the_second_page_on(tmp_path: Path) -> None:
    reader = pdf_of(page_file(tmp_path, Paragraphs(["Linje. " * 40] * 40)))
    first, *others = [page.extract_text() for page in reader.pages]
    assert len(others) > 1
    assert first.count("Klyngerapport: Klynge Syd") == 1
    assert all(page.count("Klyngerapport: Klynge Syd") == 1 for page in others)


def test_headings_are_tagged_and_bookmarked(tmp_path: Path) -> None:
    reader = pdf_of(page_file(tmp_path, *HEADINGS))
    assert [tag.kind for tag in tags(reader).all("H1", "H2", "H3", "H4")] == [
        "H1",
        "H2",
        "H3",
        "H4",
    ]
    assert outline(reader.outline) == [(1, "Svar"), (2, "Anbefaling 1")]


def test_contents_name_the_page_on_which_a_heading_stands(tmp_path: Path) -> None:
    chapters = [
        block
        for number in range(1, 5)
        for block in (
            Heading(f"Kapitel {number}", 2, f"kapitel-{number}"),
            Paragraphs(["Linje. " * 60] * 20),
        )
    ]
    reader = pdf_of(page_file(tmp_path, *chapters))
    pages = {
        entry.title: reader.get_destination_page_number(entry) + 1  # type: ignore[operator]
        for entry in reader.outline
    }
    assert len(set(pages.values())) == 4
    first = reader.pages[0].extract_text()
    for title, page in pages.items():
        line = next(line for line in first.splitlines() if line.startswith(title))
        assert line.split()[-1] == str(page)


def test_cells_know_their_headings(tmp_path: Path) -> None:
    numbers = Table("Svar", [Column("Indikator"), Column("Ja")], [["1.1", 3], ["1.2", 5]])
    heads = list(tags(pdf_of(page_file(tmp_path, numbers))).all("TH"))
    scopes = [head.fields["/A"]["/Scope"] for head in heads]
    assert scopes == ["/Column", "/Column", "/Row", "/Row"]


def test_a_figure_has_its_alternative_and_lies_where_it_says(tmp_path: Path) -> None:
    reader = pdf_of(page_file(tmp_path, sample_figure()))
    (figure,) = tags(reader).all("Figure")
    assert figure.fields["/Alt"] == "En kommune svarer ja, fire svarer nej."
    left, bottom, right, top = figure.fields["/A"]["/BBox"]
    page = reader.pages[0].mediabox
    # 90 mm wide and a seventh as high, in points; the page is A4 upright.
    assert right - left == pytest.approx(90 / 25.4 * 72, abs=0.1)
    assert top - bottom == pytest.approx((right - left) / 7, abs=0.1)
    assert 0 < bottom < top < page.height


def test_the_numbers_behind_a_figure_are_in_the_document(tmp_path: Path) -> None:
    reader = pdf_of(page_file(tmp_path, sample_figure()))
    assert outline(reader.outline) == [(1, "Tallene bag figurerne")]
    assert "Antal svar" in text_of(reader)
    assert "Tallene bag figuren (1)" in text_of(reader)


def test_links_live_and_none_holds_a_path_of_this_machine(tmp_path: Path) -> None:
    links = [
        Link("Metode", "metode.html#regler"),
        Link("Andet", "andet.html#regler"),
        Link("Kilde", "https://example.org/kilde"),
        Link("Skriv", "mailto:anna@example.org"),
        Link("Svar", "#svar"),
    ]
    page = page_file(tmp_path, Heading("Svar", 2, "svar"), Bullets(links))
    reader = pdf_of(page, "metode.pdf")
    assert set(addresses(reader)) == {
        "./metode.pdf#nameddest=regler",
        "./andet.html#regler",
        "https://example.org/kilde",
        "mailto:anna@example.org",
    }
    assert set(ends(reader)) == {"svar"} <= set(reader.named_destinations)
    content = unpacked(reader)
    assert b"https://example.org/kilde" in content
    assert b"file:" not in content
    assert tmp_path.name.encode() not in content


@pytest.mark.parametrize(("columns", "turned"), [(6, False), (9, False), (10, True), (16, True)])
def test_a_wide_table_fits_its_paper(tmp_path: Path, columns: int, turned: bool) -> None:
    heads = [Column(f"Kommune {number}", "number") for number in range(columns)]
    rows = [["1.1 Familien er en fast og aktiv del", *[123456] * columns] for _ in range(3)]
    page = page_file(tmp_path, Table("Indbyggere", [Column("Indikator"), *heads], rows))
    sheets = papers(laid_out(page.read_text(encoding="utf-8")))
    for paper in sheets:
        assert max(leaf.right for leaf in paper.leaves) <= paper.width + 0.5
    assert any(paper.width > paper.height for paper in sheets) == turned


def test_many_upright_headings_fit_the_paper(tmp_path: Path) -> None:
    heads = [Column(f"Kommune {number}", "centre") for number in range(20)]
    row = ["5.1 Følger behandlingen op", *[YES] * 20]
    page = page_file(tmp_path, Table("Svar", [Column("Indikator"), *heads], [row]))
    (paper,) = papers(laid_out(page.read_text(encoding="utf-8")))
    assert max(leaf.right for leaf in paper.leaves if not leaf.turned) <= paper.width + 0.5


def test_a_link_is_described_by_its_text(tmp_path: Path) -> None:
    link = Bullets([Link("Sundhedsstyrelsens skøn", "https://example.org/kilde")])
    reader = pdf_of(page_file(tmp_path, link))
    found = {note.get_object()["/Contents"] for note in reader.pages[0]["/Annots"]}
    assert found == {"Sundhedsstyrelsens skøn"}


def test_nothing_that_only_a_screen_needs_is_in_the_document(tmp_path: Path) -> None:
    folded = Preformatted("Traceback …", "Tekniske oplysninger")
    text = text_of(pdf_of(page_file(tmp_path, Paragraphs(["Tekst."]), folded)))
    for words in ("Gå til indholdet", "Alle rapporter", "Tekniske oplysninger", "Traceback"):
        assert words not in text
    assert "Svarene er rekonstrueret." in text


def test_nothing_is_fetched_and_what_is_missing_is_said(tmp_path: Path) -> None:
    page = page_file(tmp_path, sample_figure())
    other = tmp_path / "billede.svg"
    other.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    html = page.read_text(encoding="utf-8")
    start, end = html.index("data:image"), html.index("' alt=")
    for address in (other.as_uri(), "http://127.0.0.1:9/billede.svg", "billede.svg"):
        page.write_text(html[:start] + address + html[end:], encoding="utf-8")
        fault = fault_of(page)
        assert "billede.svg" in fault
        assert "disallowed protocol" in fault or "without a base URI" in fault


def test_a_link_without_an_end_is_a_fault_and_leaves_the_old_document(tmp_path: Path) -> None:
    page = page_file(tmp_path, Bullets([Link("Svar", "#findes-ikke")]))
    target = page.with_suffix(".pdf")
    target.write_bytes(b"before")
    assert "#findes-ikke" in fault_of(page)
    assert target.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["side.html", "side.pdf"]


def test_warnings_about_styles_for_screens_are_not_heard(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    pdf_of(page_file(tmp_path, sample_figure(), wide_table()))
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Europe/Copenhagen", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
    ],
)
def test_the_same_page_gives_the_same_bytes_anywhere(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    page = page_file(tmp_path, *HEADINGS, sample_figure(), wide_table())
    folder = tmp_path / "en anden mappe"
    folder.mkdir()
    copy = folder / "kopi.html"
    copy.write_bytes(page.read_bytes())
    os.utime(copy, (0, 0))
    code = (
        "import sys; from pathlib import Path\n"
        "from misbrug_analysis.execution.pdf import write_pdf\n"
        "write_pdf(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(copy), str(folder / "kopi.pdf")]
    subprocess.run(command, check=True, env={**os.environ, **surroundings})
    pdf_of(page)
    assert (folder / "kopi.pdf").read_bytes() == page.with_suffix(".pdf").read_bytes()


def test_there_is_no_problem_where_all_is_installed() -> None:
    assert pdf_problem() is None


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", None)
    problem = str(pdf_problem())
    assert "misbrug-analysis[pdf]" in problem
    assert "weasyprint" in problem


def test_missing_libraries_are_named_for_every_system(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Lacking(ModuleType):
        def __getattr__(self, name: str) -> object:
            print("WeasyPrint could not import some external libraries.")
            raise OSError("cannot load library 'libpango-1.0-0'\nAdditionally, …")

    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", Lacking("weasyprint.text.ffi"))
    problem = str(pdf_problem())
    assert "cannot load library 'libpango-1.0-0'" in problem
    assert "Additionally" not in problem
    for command in ("apt install libpango-1.0-0", "dnf install pango", "brew install", "pacman -S"):
        assert command in problem
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("version", "old"), [(14310, True), (14400, False), (20000, False)])
def test_pango_must_not_be_too_old(
    monkeypatch: pytest.MonkeyPatch, version: int, old: bool
) -> None:
    module = ModuleType("weasyprint.text.ffi")
    module.pango = SimpleNamespace(pango_version=lambda: version)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "weasyprint.text.ffi", module)
    problem = pdf_problem()
    assert (problem is not None) == old
    if problem is not None:
        assert "1.43" in str(problem)
