"""Files as Microsoft Forms and LimeSurvey write them, read as wide ones by a mapping."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from misbrug_analysis.intake.exports.layouts import read_export
from misbrug_analysis.model.mapping import MappedExport
from tests.intake.exports.exporting import said
from tests.rounds.exported import write_sheets
from tests.small import load

MICROSOFT: dict[str, object] = {
    "ID": 1,
    "Starttidspunkt": datetime(2024, 5, 1, 9),
    "Fuldførelsestidspunkt": datetime(2024, 5, 1, 10),
    "Mail": "anna@example.org",
    "Navn": "Anna",
    "Hvem svarer I for?": "A",
    "Følger I\u00a0op?": "ja",
    "Hvordan?": "samtale;brev;",
    "Uddyb gerne": "Altid.",
    "Uddyb gerne ": "Aldrig.",
}

LIME = (
    '\ufeff"id","submitdate","lastpage","startlanguage","kommune","G01Q01","G01Q02[SQ001]",'
    '"G01Q02[SQ002]","G01Q02[other]","G01Q01[comment]"\n'
    '"1","2024-05-01 10:30:00","3","da","A","Y","Y","","Anna","Altid, ""altid"""\n'
    '"2","","1","da","B","N","","","",""\n'
)


def test_microsoft_forms(folder: Path) -> None:
    write_sheets(
        folder / "forms" / "x.xlsx", {"Sheet1": [list(MICROSOFT), list(MICROSOFT.values())]}
    )
    export = MappedExport(
        file="forms/x.xlsx",
        layout="wide",
        unit="Hvem svarer I for?",
        form_is="joint",
        date="Fuldførelsestidspunkt",
        items={"t.1": "Følger I op?", "t.d2": "Hvordan?"},
        remarks={"t.1": "Uddyb gerne", "t.d2": "Uddyb gerne (2)"},
        unused=["ID", "Starttidspunkt", "Mail", "Navn"],
    )
    exported = read_export(export, load(folder))
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.d2", "answer", "samtale; brev"),
        (0, "t.1", "remark", "Altid."),
        (0, "t.d2", "remark", "Aldrig."),
    ]
    assert exported.responses["date"].tolist()[0].startswith("2024-05-01")
    assert exported.untied == ()


def test_limesurvey(folder: Path) -> None:
    (folder / "forms" / "x.csv").write_text(LIME, encoding="utf-8")
    export = MappedExport(
        file="forms/x.csv",
        layout="wide",
        unit="kommune",
        form_is="joint",
        date="submitdate",
        codes={"Y": "ja", "N": "nej"},
        items={"t.1": "G01Q01", "t.d2": {"samtale": "G01Q02[SQ001]", "brev": "G01Q02[SQ002]"}},
        remarks={"t.1": "G01Q01[comment]"},
        unused=["id", "lastpage", "startlanguage"],
    )
    exported = read_export(export, load(folder))
    assert said(exported) == [
        (0, "t.1", "answer", "ja"),
        (0, "t.d2", "1", "ja"),
        (0, "t.1", "remark", 'Altid, "altid"'),
        (1, "t.1", "answer", "nej"),
    ]
    # Who did not submit is read all the same.
    assert exported.responses[["unit", "date", "begun"]].to_numpy().tolist() == [
        ["A", "2024-05-01 10:30:00", True],
        ["B", "", True],
    ]
    assert exported.untied == ("G01Q02[other]",)
