"""A round as SurveyXact exports it.

As in the sample survey of readSX (https://github.com/NIFU-NO/readSX): variables with codes, their
labels, and the structure of the questions.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from misbrug_analysis.model.instrument import in_language
from tests.rounds.exported import Export, Response, Survey, labels, write, write_sheets

Rows = list[list[object]]

ENCODINGS = {"semicolon": (";", "cp1252"), "comma": (",", "cp1252"), "tab": ("\t", "utf-16")}
"""How files are written: the separator and the encoding."""

STATUS = ["Ny", "Distribueret", "Nogen svar", "Gennemført", "Frafaldet"]
_STRUCTURE = "questionName variableName questionType subType questionText choiceValue choiceText"


def surveyxact(survey: Survey, folder: str = "xact", kind: str = "semicolon") -> Export:
    """Three files in one of the encodings; rows of the structure have a cell without a heading."""
    tables = _tables(survey)
    separator, encoding = ENCODINGS[kind]
    survey.path(folder).mkdir()
    heading, *rows = tables.structure
    phantom = [heading, *([*row, ""] for row in rows)]
    for name, rows in (("dataset", tables.data), ("labels", tables.codes), ("structure", phantom)):
        write(survey.path(f"{folder}/{name}.csv"), rows, separator, encoding)
    beside = {part: f"forms/{folder}/{part}.csv" for part in ("labels", "structure")}
    return {"file": f"forms/{folder}/dataset.csv", **beside, **_mapping(survey)}


def surveyxact_workbook(survey: Survey, name: str = "xact.xlsx", width: int = 0) -> Export:
    """The same as sheets of a workbook; the columns after so many go on in ``Dataset(2)``."""
    tables = _tables(survey)
    parts = {"Dataset": tables.data}
    if width:
        parts = {
            "Dataset(1)": [row[:width] for row in tables.data],
            "Dataset(2)": [row[width:] for row in tables.data],
        }
    sheets = {"Labels": tables.codes, **parts, "Structure": tables.structure}
    write_sheets(survey.path(name), sheets)
    return {"file": f"forms/{name}", **_mapping(survey)}


@dataclass
class Variables:
    """The variables with what they ask, what their codes mean, and what a respondent said."""

    data: Rows = field(default_factory=list)
    codes: Rows = field(default_factory=list)
    structure: Rows = field(default_factory=lambda: [[*_STRUCTURE.split()]])

    def add(self, name: str, asked: str, said: list[str], choices: list[str] | None = None) -> None:
        """A variable of texts, or of one choice: a code for each."""
        kind = ["Closed", "Single"] if choices else ["Open", "String"]
        self.structure.append([name, name, *kind, asked, "", ""])
        self.codes += [[name, place, label] for place, label in enumerate(choices or [], 1)]
        coded = [choices.index(text) + 1 if choices and text else text for text in said]
        self.data.append([name, *coded])

    def add_option(
        self, question: str, place: int, asked: str, choice: str, said: list[bool]
    ) -> None:
        """A variable of one of several choices: 0 or 1."""
        name = f"{question}_{place}"
        self.structure.append([question, name, "Closed", "Multiple", asked, place, choice])
        self.codes += [[name, 0, "Ikke valgt"], [name, 1, "Valgt"]]
        self.data.append([name, *map(int, said)])


def _tables(survey: Survey) -> Variables:
    """What is exported; who was asked and did not answer has a row, too."""
    silent = [Response(unit, "", {}) for unit in survey.silent]
    everyone = [*survey.responses, *silent]
    forms = [in_language(form.label, "da") for form in survey.study.settings.forms]
    found = Variables()
    found.add("enhed", "Hvem svarer I for?", [one.unit for one in everyone])
    found.add("skema", "Hvilket skema?", [one.form for one in everyone], forms)
    for item in survey.items:
        name, asked = _variable(item.id), in_language(item.text, "da")
        if item.type == "multiple":
            marks = [survey.marks(one, item) for one in everyone]
            for place, label in enumerate(labels(item), 1):
                chosen = [mark[place - 1] for mark in marks]
                found.add_option(name, place, asked, f"{label} ", chosen)
        else:
            choices = list(survey.words.values()) if item.type == "yes_no" else labels(item)
            found.add(name, asked, [survey.text(one, item) for one in everyone], choices)
    for place, label in enumerate(STATUS, 1):
        is_so = [place == (2 if one in silent else 4) for one in everyone]
        found.add_option("stato", place, "Samlet status", label, is_so)
    for item_id in survey.remarked:
        said = [survey.remark(one, item_id) for one in everyone]
        found.add(_variable(item_id, "b"), "Bemærkning", said)
    found.data = [list(row) for row in zip(*found.data, strict=True)]
    return found


def _variable(item: str, letter: str = "s") -> str:
    return f"{letter}_{item.replace('.', '_')}"


def _mapping(survey: Survey) -> Export:
    """A question of several choices is named as in the structure, with no variable of its own."""
    return {
        "layout": "surveyxact",
        "unit": "enhed",
        "form": "skema",
        "items": {item.id: _variable(item.id) for item in survey.items},
        "remarks": {item: _variable(item, "b") for item in survey.remarked},
    }
