"""A round as Microsoft Forms and LimeSurvey export it."""

from __future__ import annotations

import csv
from datetime import datetime, time
from typing import Any

from misbrug_analysis.model.instrument import Item, in_language
from tests.rounds.exported import Export, Response, Survey, labels, write, write_sheets


def microsoft_forms(survey: Survey, name: str = "forms.xlsx") -> Export:
    """A workbook; headings are the questions' texts, and each chosen option ends in a semicolon."""
    asked = {item.id: f"{item.id} {in_language(item.text, 'da')}" for item in survey.items}
    remarks = {item: f"Bemærkning til {item}" for item in survey.remarked}
    system = ["ID", "Starttidspunkt", "Fuldførelsestidspunkt", "Mail", "Navn"]
    about = ["Hvem svarer I for?", "Hvilket skema?"]
    rows: list[list[object]] = [[*system, *about, *asked.values(), *remarks.values()]]
    when = datetime.combine(survey.study.settings.date, time(10, 30))
    for number, one in enumerate(survey.responses, 1):
        answers = [_answer(survey, one, item) for item in survey.items]
        said = [survey.remark(one, item) for item in remarks]
        rows.append([number, when, when, "anonymous", "", one.unit, one.form, *answers, *said])
    write_sheets(survey.path(name), {"Sheet1": rows})
    return {
        "file": f"forms/{name}",
        "layout": "wide",
        "unit": about[0],
        "form": about[1],
        "date": "Fuldførelsestidspunkt",
        "items": asked,
        "remarks": remarks,
        "unused": ["ID", "Starttidspunkt", "Mail", "Navn"],
    }


def _answer(survey: Survey, response: Response, item: Item) -> str:
    said = survey.text(response, item)
    return f"{said.replace('; ', ';')};" if said and item.type == "multiple" else said


def limesurvey(survey: Survey, name: str = "lime.csv") -> Export:
    """A file with all in quotes: codes of questions as headings, a column for each option.

    A question with a comment has a second column.
    """
    code = {item.id: f"G01Q{number:02}" for number, item in enumerate(survey.items, 1)}
    letters = {word: word[0].upper() for word in survey.words.values()}
    items: dict[str, Any] = dict(code)
    for item in survey.items:
        if item.type == "multiple":
            options = enumerate(labels(item), 1)
            items[item.id] = {label: f"{code[item.id]}[SQ{place:03}]" for place, label in options}
    remarks = {item: f"{code[item]}[comment]" for item in survey.remarked}
    system = ["id", "submitdate", "lastpage", "startlanguage", "seed"]
    asked = [
        one
        for item in items.values()
        for one in (item.values() if isinstance(item, dict) else [item])
    ]
    rows: list[list[object]] = [[*system, "kommune", "skema", *asked, *remarks.values()]]
    when = f"{survey.study.settings.date.isoformat()} 10:30:00"
    for number, one in enumerate(survey.responses, 1):
        row: list[object] = [number, when, 3, "da", 1234567, one.unit, one.form]
        for item in survey.items:
            if item.type == "multiple":
                row += ["Y" if chosen else "" for chosen in survey.marks(one, item)]
            else:
                said = survey.text(one, item)
                row.append(letters[said] if item.type == "yes_no" and said else said)
        rows.append([*row, *(survey.remark(one, item) for item in remarks)])
    write(survey.path(name), rows, ",", "utf-8-sig", csv.QUOTE_ALL)
    return {
        "file": f"forms/{name}",
        "layout": "wide",
        "unit": "kommune",
        "form": "skema",
        "date": "submitdate",
        "codes": {letter: word for word, letter in letters.items()} | {"Y": "ja"},
        "items": items,
        "remarks": remarks,
        "unused": [one for one in system if one != "submitdate"],
    }
