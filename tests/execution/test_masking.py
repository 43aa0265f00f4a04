"""From a form full of personal data to every file that is made of it: nothing gets through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.projects import STUDY, change_study, command, keep_reports

SECRETS = (
    *("010203-1234", "0203041235", "020304 - 1236", "304051237", "0304051237"),
    *("ole.hansen@by.dk", "ida@by.dk", "bo@by.dk", "per@by.dk"),
    *("12 34 56 78", "+45 87654321", "87654321"),
)
FORM = "forms/oest-1_faelles.xlsx"


def find(sheet: Worksheet, text: str) -> int:
    """The row whose first cell says this."""
    return next(row[0].row for row in sheet.iter_rows() if str(row[0].value) == text)


def fill(path: Path) -> dict[str, str]:
    """Write personal data wherever a form has room for them; the places by what they are."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    unit, answer, number = (find(sheet, text) for text in ("Besvarelse fra", "5.1", "5.2"))
    sheet.cell(unit, 2).value = f"{sheet.cell(unit, 2).value} (ole.hansen@by.dk)"
    sheet.cell(answer, 3).value = "Ring 12 34 56 78, cpr 010203-1234"
    sheet.cell(answer, 4).value = "Borger 0203041235 (ida@by.dk), 020304 - 1236"
    sheet.cell(number, 4).value = 304051237
    sheet.cell(number, 9).value = "Note: bo@by.dk"
    sheet.cell(number, 3).comment = Comment("Spørg per@by.dk", "X")
    book.create_sheet("Andet").cell(1, 1).value = "+45 87654321"
    book.save(path)
    at = {"unit": f"B{unit}", "answer": f"C{answer}", "remark": f"D{answer}", "short": f"D{number}"}
    return {name: f"{sheet.title}!{cell}" for name, cell in at.items()}


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder, and every part of those that are archives, by name."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield path.name, content
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for name in archive.namelist():
                    yield f"{path.name}/{name}", archive.read(name)


def leaks(told: Iterator[tuple[str, bytes]]) -> list[tuple[str, str]]:
    return [
        (name, secret) for name, content in told for secret in SECRETS if secret.encode() in content
    ]


def test_nothing_that_is_masked_is_found_in_anything_that_is_made(project: Path) -> None:
    keep_reports(project, "cluster", "consolidation")
    change_study(project, also_in=["en"])
    raw = project / "data" / "raw" / STUDY
    places = fill(raw / FORM)

    said = []
    for arguments in (("check", STUDY, "--html"), ("status", STUDY, "--html"), ("run", STUDY)):
        code, output, errors = command("misbrug", *arguments, cwd=project)
        assert code == (0 if arguments[0] == "status" else 1)
        said.append((arguments[0], f"{output}{errors}".encode()))
    told = said[0][1].decode()
    assert "oest-1_faelles.xlsx: 4 CPR-numre, 4 e-mailadresser og 2 telefonnumre" in told

    numbers = [places[name] for name in ("answer", "remark", "short")]
    acknowledged = [{"source": FORM, "locator": at, "reason": "Opdigtet"} for at in numbers]
    change_study(project, personal_data=acknowledged)
    rows = [
        (places["unit"], "Øst 1 ([e-mail])", "Øst 1"),
        (places["answer"], "Ring [tlf.], cpr [cpr]", "ja"),
    ]
    (raw / "decisions.csv").write_text(
        "source,locator,found,reads_as,reason,decided_by,date\n"
        + "".join(
            f'{FORM},{at},"{found}",{word},Aftalt,Ida,2024-05-01\n' for at, found, word in rows
        ),
        encoding="utf-8",
    )
    for arguments in (
        ("run", STUDY),
        ("check", STUDY, "--html"),
        ("trace", STUDY, "oest-1", "5.1"),
    ):
        code, output, errors = command("misbrug", *arguments, cwd=project)
        assert code == 0, errors
        said.append((arguments[0], f"{output}{errors}".encode()))

    made = [*texts(project / "outputs"), *texts(project / "data" / "processed")]
    names = {name for name, _ in made}
    assert {"answers.csv", "ledger.csv", "inputs.json", "manifest.json", "check.html"} <= names
    assert {"cluster-oest.html", "cluster-oest.ipynb", "status.csv"} <= names
    processed = dict(made)["answers.csv"].decode()
    assert "Borger [cpr] ([e-mail]), [cpr]" in processed
    assert leaks(iter([*said, *made])) == []
