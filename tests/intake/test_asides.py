"""Text of a workbook that stands in no cell: it is in the ledger, masked and searched."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from misbrug_analysis.intake.collect import Round, collect
from misbrug_analysis.model.errors import place
from tests.small import faults, form_rows, load, write_workbook

SOURCE = "forms/a.xlsx"
CPR = "010203-1234"
_OFFICE = "http://schemas.openxmlformats.org"
_DRAWING = f"{_OFFICE}/drawingml/2006"
_RELATION = """<Relationships xmlns="{0}/package/2006/relationships">
<Relationship Id="rId9" Type="{1}" Target="{2}"/></Relationships>"""


def box(*paragraphs: str) -> str:
    """A text box with a run of text to each paragraph."""
    runs = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<xdr:sp><xdr:txBody>{runs}</xdr:txBody></xdr:sp>"


def drawing(*boxes: str) -> str:
    names = f'xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main"'
    return f"<xdr:wsDr {names}>{''.join(boxes)}</xdr:wsDr>"


def commented(text: str) -> str:
    """A comment on C9 that can be answered to."""
    comment = f'<threadedComment ref="C9"><text>{text}</text></threadedComment>'
    return f"<ThreadedComments>{comment}</ThreadedComments>"


@pytest.fixture
def form(folder: Path) -> Path:
    return write_workbook(folder / SOURCE, form_rows("a", {"t.1": "ja"}))


def with_part(form: Path, kind: str, content: str) -> Round:
    """The round when its form has a part that the sheet names in its relations."""
    relation = _RELATION.format(_OFFICE, f"{_OFFICE}/{kind}", f"../{kind}s/{kind}1.xml")
    with zipfile.ZipFile(form, "a") as archive:
        archive.writestr(f"xl/{kind}s/{kind}1.xml", content)
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relation)
    return collect(load(form.parent.parent))


def aside(came_in: Round) -> dict[str, str]:
    """What is in the ledger beside cells, by place; all of it is context."""
    rows = came_in.ledger[came_in.ledger["reason"] == "note"]
    assert set(rows["fate"]) <= {"context"}
    return dict(zip(rows["locator"], rows["raw"], strict=True))


def test_text_boxes_are_in_the_ledger_each_at_a_place_of_its_own(form: Path) -> None:
    boxes = drawing(box("Svaret er nej,", f"se sag {CPR}"), box("Ring til os"), box(""))
    came_in = with_part(form, "drawing", boxes)
    assert aside(came_in) == {
        "Svar (text box)": "Svaret er nej,\nse sag [cpr]",
        "Svar (text box 2)": "Ring til os",
    }
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar (text box)", "cpr_found")]


def test_a_comment_without_a_note_for_older_programs_is_in_the_ledger(form: Path) -> None:
    came_in = with_part(form, "threadedComment", commented(f"Nej, {CPR}"))
    assert aside(came_in) == {"Svar!C9 (note)": "Nej, [cpr]"}
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar!C9 (note)", "cpr_found")]


@pytest.mark.parametrize(("said", "places"), [("Skal være nej", 1), ("Skal være ja", 2)])
def test_a_comment_that_its_note_repeats_comes_once(form: Path, said: str, places: int) -> None:
    book = load_workbook(form)
    book["Svar"]["C9"].comment = Comment("Kommentar:\n    Skal være\n    nej", "Anna")
    book.save(form)
    with zipfile.ZipFile(form) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    more = f'<Relationship Id="rId9" Type="{_OFFICE}/threadedComment" Target="/xl/threaded.xml"/>'
    parts[rels] = parts[rels].replace(b"</Relationships>", f"{more}</Relationships>".encode())
    parts["xl/threaded.xml"] = commented(said).encode()
    with zipfile.ZipFile(form, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert len(aside(collect(load(form.parent.parent)))) == places


def test_headers_and_footers_are_in_the_ledger_without_their_codes(form: Path) -> None:
    book = load_workbook(form)
    sheet = book["Svar"]
    sheet.oddHeader.left.text = "Internt"
    sheet.oddHeader.left.font = "Calibri,Bold"
    sheet.oddHeader.left.size = 10
    sheet.oddFooter.center.text = f"Udfyldt af {CPR}"
    sheet.oddFooter.right.text = "&P/&N"
    book.save(form)
    came_in = collect(load(form.parent.parent))
    assert {at: " ".join(text.split()) for at, text in aside(came_in).items()} == {
        "Svar (header)": "Internt",
        "Svar (footer)": "Udfyldt af [cpr] /",
    }
    assert faults(came_in.problems) == [(f"{SOURCE}, Svar (footer)", "cpr_found")]


def test_a_footer_of_page_numbers_alone_is_no_text(form: Path) -> None:
    book = load_workbook(form)
    book["Svar"].oddFooter.right.text = "&P/&N"
    book.save(form)
    assert aside(collect(load(form.parent.parent))) == {}


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("Svar!C9 (note)", "Svar!C9 (note)"),
        ("Svar!C9 (note 2)", "Svar!C9 (note 2)"),
        ("forms/a.xlsx, Svar (text box 3)", "forms/a.xlsx, Svar (tekstboks 3)"),
        ("Svar (header)", "Svar (sidehoved)"),
        ("Svar (footer)", "Svar (sidefod)"),
        ("Svar (note) igen!C9", "Svar (note) igen!C9"),
    ],
)
def test_a_place_beside_the_cells_is_told_in_the_language(where: str, told: str) -> None:
    assert place(where, "da") == told
