"""Forms before they are broken: drawn ones, those that are sent out, and real ones."""

from __future__ import annotations

import io
import re
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from misbrug_analysis.execution.send_forms import write_forms
from misbrug_analysis.model.stamp import FormStamp
from tests.fuzz.archives import Parts, packed, unpacked
from tests.fuzz.invariants import PERSONAL
from tests.projects import ROOT, STUDY
from tests.rounds.filling import fill
from tests.small import FORM_LABELS, ITEMS, form_rows, load, make_project
from tests.small import STUDY as SMALL

SAID = st.one_of(
    st.sampled_from(["ja", "nej", "delvis", "Ja.", "x", "ved ikke", "måske", "et år"]),
    st.sampled_from(["brev; talk", "længere", "Nej\n"]),
    st.text(max_size=30),
    st.integers(-9, 99),
    st.booleans(),
    st.dates(date(2023, 6, 1), date(2025, 1, 1)),
)
"""What people write as answers."""

_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def stored(text: str) -> str:
    """A text without the signs that no workbook can hold."""
    return _NOT_IN_XML.sub("?", text)


def saved(book: Workbook) -> Parts:
    """The parts of a workbook, the same whenever they are made."""
    stream = io.BytesIO()
    book.save(stream)
    parts = unpacked(stream.getvalue())
    core = parts["docProps/core.xml"]
    parts["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>2024-03-01T12:00:00Z", core)
    return parts


@st.composite
def drawn_rows(draw: st.DrawFn) -> list[list[object]]:
    """A form of the small questionnaire, filled in by somebody, with rows for options or not."""
    answers = draw(st.dictionaries(st.sampled_from(ITEMS), SAID))
    remarks = draw(st.dictionaries(st.sampled_from(ITEMS), st.text(max_size=20), max_size=2))
    form = draw(st.sampled_from(list(FORM_LABELS)))
    day = draw(st.none() | st.dates(date(2023, 6, 1), date(2025, 1, 1)))
    rows = form_rows("a", answers, form=form, day=day, remarks=remarks)
    if draw(st.booleans()):
        rows += [["t.d2/1", "samtale", draw(SAID)], ["t.d2/2", "brev", draw(SAID)]]
    clean = [[stored(v) if isinstance(v, str) else v for v in row] for row in rows]
    for text in draw(st.lists(st.sampled_from(PERSONAL), max_size=2)):
        row = clean[draw(st.integers(0, len(clean) - 1))]
        row += [None] * (3 - len(row))
        row[draw(st.integers(2, len(row) - 1))] = text
    return clean


@st.composite
def drawn_forms(draw: st.DrawFn) -> Workbook:
    """The same as a workbook, with notes, merged cells and hidden sheets, stamped or not."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Svar"
    for row, values in enumerate(draw(drawn_rows()), 1):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    for row in draw(st.lists(st.integers(1, 20), max_size=2, unique=True)):
        sheet.cell(row, 3).comment = Comment(draw(st.sampled_from(["Ring", *PERSONAL])), "x")
    for row in draw(st.lists(st.integers(9, 16), max_size=1)):
        sheet.merge_cells(None, row, 3, row + 1, draw(st.integers(3, 4)))
    if draw(st.booleans()):
        _stamp(book)
    if draw(st.booleans()):
        aside = book.create_sheet("Noter")
        aside["A1"] = draw(st.sampled_from(["Møde", *PERSONAL]))
        aside.sheet_state = draw(st.sampled_from(["visible", "hidden", "veryHidden"]))
    return book


def _stamp(book: Workbook) -> None:
    sheet = book.create_sheet("misbrug")
    said = {"study": SMALL, "instrument": "small", "version": "1", "unit": "a", "form": "joint"}
    for name in FormStamp.__dataclass_fields__:
        sheet.append([name, said.get(name, "0123456789ab")])
    sheet.sheet_state = "veryHidden"


@cache
def sent_form() -> bytes:
    """The workbook that is sent to ``a``, filled in."""
    with TemporaryDirectory() as folder:
        study = load(make_project(Path(folder)))
        (path,) = write_forms(study, Path(folder) / "sent", units=["a"]).written
        answers = {"t.1": "ja", "t.2": "nej", "t.s1": "delvis", "t.d1": "længere"}
        fill(path, answers | {"t.d2": ["brev"], "t.d3": "Ro"}, {"t.1": PERSONAL[1]})
        return packed(saved(load_workbook(path)))


@cache
def real_forms() -> tuple[bytes, ...]:
    """The workbooks of the study of 2014, but for the one that stays unbroken."""
    folder = ROOT / "data" / "raw" / STUDY / "forms"
    paths = sorted(one for one in folder.glob("*.xlsx") if one.name != "oest-2_faelles.xlsx")
    return tuple(path.read_bytes() for path in paths)


@cache
def real_texts() -> tuple[str, ...]:
    """The forms of the study of 2014 that came as text."""
    folder = ROOT / "data" / "raw" / STUDY / "forms"
    texts = []
    for path in sorted(folder.glob("*.csv")):
        content = path.read_bytes()
        try:
            texts.append(content.decode("utf-8-sig"))
        except UnicodeDecodeError:
            texts.append(content.decode("cp1252"))
    return tuple(texts)


def books(of: str) -> st.SearchStrategy[Workbook]:
    """Workbooks of the ``small`` study or of the ``real`` one."""
    if of == "real":
        return st.sampled_from(real_forms()).map(opened)
    return st.one_of(drawn_forms(), st.builds(lambda: opened(sent_form())))


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))
