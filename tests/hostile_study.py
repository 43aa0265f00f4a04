"""A study in which every text that people write is hostile: labels, questions, answers, prose.

It is the study of 2014 with its notebooks. Each of its texts is put between payloads, the same text
always between the same ones, so that forms still name their units and answers are still answers.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment

from misbrug_analysis.model.yamlfile import Loader
from tests.projects import STUDY, change_study, copy_project
from tests.small import Plain

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "＝1+1",
    '=HYPERLINK("http://elsewhere.example","x")',
    '=WEBSERVICE("http://elsewhere.example")',
    '=DDE("cmd";"/C calc";"1")',
    "  =1+1",
    "'=1+1",
    '"=1+1"',
)
"""Stand first: what a spreadsheet would run."""

MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "]]></style></title></details></table>",
    "</textarea></script><script>alert(1)</script>",
    "<!-- --!><base href=http://elsewhere.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#106;avascript&colon;",
    "<iframe src=data:text/html,<script>alert(1)</script>>",
    "<a href=javascript:alert(1)>x</a>",
    "<meta http-equiv=refresh content=0;url=http://elsewhere.example>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<link rel=stylesheet href=http://elsewhere.example/x.css><form><object data=x><embed src=x>",
)
"""Stand behind: what a browser would run, load or be led astray by."""

OTHER = (
    "[run](javascript:alert(1)) ![x](http://elsewhere.example/x.png) <javascript:alert(1)>",
    "{{ 7*7 }} {% for x in y %} {# #} ${7*7} #{7*7} {0.__class__} %(x)s %s",
    r"$$\href{javascript:alert(1)}{x}$$ \(\unicode{x}\) \[x\] $x^2$ \require{html}",
    "```mermaid graph TD; A[x] ``` `code` **b** # h\u2028- l",
    "x;=1+1,=1+1|=1+1\t=1+1",
    "\u202egpj.exe\u202c \u2066x\u2069 a\u200bb",
    "\x1b[31mred\x1b]0;title\x07 \x1b]8;;http://elsewhere.example\x1b\\x\x9b2J\x08\x7f",
    "مرحبا שלום 👩‍👩‍👧‍👦 e\u0301\u0302\u0303",
    "%0d%0aSet-Cookie:x %3Cscript%3E _x0041_ \\u003cscript\\u003e",
    "- a: &x !!python/object/apply:os.system ['id'] *x",
    'a";"b,""c',
    "\ufff9x\ufffaen\ufffb \ufffb\ufffa",
    "url(http://elsewhere.example) @import 'x'; } * { display: none }",
)
"""Stand last: Markdown, templates, LaTeX, terminals, CSV, YAML, marks of our own."""

LONG = "x" * 10_000
ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What a terminal or a reader's eye obeys."""

NAMES = (
    "=cmd|' C calc'!A0.csv",
    "<img src=x onerror=alert(1)>.csv",
    "\u202evsc.xslx.csv",
    "\x1b[31mred\x07.csv",
    "a\nb: c.csv",
    '">{{7*7}}$$x$$ `c` [a](javascript:x).csv',
)
"""Names of files, of which none is a form."""

ADDRESS = "http://elsewhere.example/?x=javascript:alert(1)&y=%22%3E%3Cscript%3E#;=1+1"
SHORT = (
    *("<script>alert(1)</script>", "<b onclick=alert(1)>"),
    *("$$x$$ {{7*7}} `c` *b*", '"><svg/onload=x>'),
)

MARKDOWN = """
# {{ groups() }} <script>alert(1)</script>

<script>alert(1)</script> <img src=x onerror=alert(1)> [a](javascript:alert(1)) [b]( JaVaScRiPt:x)
[c](data:text/html,<script>alert(1)</script>) [d](java&#115;cript:alert(1)) [e](//elsewhere.example)
[f][g] <javascript:alert(1)> [h](vbscript:x) [i](\x01javascript:alert(1)) {{ absent() }}

[g]: javascript:alert(1) "t"

<iframe src="http://elsewhere.example"></iframe>

```mermaid
graph TD; A["<img src=x onerror=alert(1)>"]
```

$$\\href{javascript:alert(1)}{x}$$ {% raw %}{{ 7*7 }}{% endraw %}
"""

WORDS = ("label", "terms", "decided_by", "reason", "remark")
"""Fields with words in one language."""

LANGUAGES = {"da", "en"}
LISTS = ("also", "headings", "unit", "form", "date", "item", "question", "answer", "remark")
"""Fields of an instrument with lists of words."""

COLUMNS = {
    "units.csv": ("label",),
    "adjudications.csv": ("reason", "decided_by"),
    "national_need_estimates.csv": (
        *("definition_note", "source", "source_en", "cite", "cite_en"),
    ),
    "population_dk_2014.csv": ("name",),
}


class Poison:
    """Puts texts between payloads, the next ones for each text that was not met before."""

    def __init__(self) -> None:
        self.done: dict[str, str] = {}

    def text(self, text: str) -> str:
        """A text that may be long."""
        n = len(self.done)
        said = (FORMULAS[n % len(FORMULAS)], text, MARKUP[n % len(MARKUP)], OTHER[n % len(OTHER)])
        return self.done.setdefault(text, " ".join(said))

    def short(self, text: str) -> str:
        """A name, an option or a heading: on one line, and without what separates options."""
        n = len(self.done)
        first = ("=1+1", "+1+1", "-1+1", "@x")[n % 4]
        return self.done.setdefault(text, f"{first} {text} {SHORT[n % len(SHORT)]}")

    def tree(self, data: Any, name: str = "") -> Any:
        """Data of a YAML file with all its texts poisoned."""
        if isinstance(data, list):
            if name == "options":
                return [{code: self.short(said) for code, said in one.items()} for one in data]
            named = name in LISTS and all(isinstance(one, str) for one in data)
            return [self.short(one) if named else self.tree(one, name) for one in data]
        if not isinstance(data, dict):
            return self.short(data) if name in WORDS and isinstance(data, str) else data
        return {key: self._entry(key, value, name) for key, value in data.items()}

    def _entry(self, key: str, value: Any, inside: str) -> Any:
        if key == "url":
            return ADDRESS
        if key in LANGUAGES and isinstance(value, dict):  # the forms of a noun
            return {
                form: said if form == "gender" else self.short(said) for form, said in value.items()
            }
        if key in LANGUAGES and isinstance(value, str):
            return self.short(value) if inside == "label" else self.text(value)
        return self.tree(value, key)


def hostile_project(folder: Path) -> Path:
    """The project in a new folder, ready to be run."""
    project = copy_project(folder)
    poison = Poison()
    data = project / "data"
    instrument = data / "instruments" / "kl12.yaml"
    raw = data / "raw" / STUDY
    _yaml(instrument, poison)
    for path in sorted([*raw.glob("*.yaml"), *(data / "raw" / "reference").glob("*.yaml")]):
        _yaml(path, poison)
    for path in sorted((data / "raw").rglob("*.csv")):
        if path.name in COLUMNS:
            _columns(path, poison)
    for path in (data / "raw" / "reference").glob("*.geojson"):
        _places(path, poison)
    for path in (raw / "texts").rglob("*.md"):
        path.write_text(MARKDOWN, encoding="utf-8")
    for path in sorted((raw / "forms").iterdir()):
        (_csv_form if path.suffix == ".csv" else _workbook_form)(path, poison)
    change_study(project, publication=_publication(poison))
    return project


def send_more(project: Path) -> None:
    """Put forms into the folder of which little can be used: payloads as answers, units, names."""
    folder = project / "data" / "raw" / STUDY / "forms"
    good = next(path for path in sorted(folder.glob("*.xlsx")) if "syd" in path.name)
    book = load_workbook(good)
    sheet = book.worksheets[0]
    hostile = list(payloads())
    for row, payload in zip(range(10, 10 + len(hostile)), hostile, strict=True):
        cell = sheet.cell(row, 3)
        if isinstance(cell, Cell) and cell.value:
            _put(cell, payload)
    sheet.cell(9, 3).value = '=HYPERLINK("http://elsewhere.example","ja")'
    book.save(good)
    for number, name in enumerate(NAMES):
        text = f"Besvarelse fra;{hostile[number]}\nNr.;Svar\n1.1;{hostile[-number]}\n"
        (folder / name).write_text(text, encoding="utf-8")


def _yaml(path: Path, poison: Poison) -> None:
    data = poison.tree(yaml.load(path.read_text("utf-8"), Loader=Loader))
    text = yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10**6)
    path.write_text(text, encoding="utf-8")


def _columns(path: Path, poison: Poison) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in COLUMNS[path.name]:
            if row.get(column):
                row[column] = poison.short(row[column])
        if row.get("url"):
            row["url"] = ADDRESS
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _places(path: Path, poison: Poison) -> None:
    shapes = json.loads(path.read_text("utf-8"))
    shapes["attribution"] = poison.text(shapes["attribution"])
    for feature in shapes["features"]:
        feature["properties"]["name"] = poison.short(feature["properties"]["name"])
    path.write_text(json.dumps(shapes), encoding="utf-8")


def _publication(poison: Poison) -> Mapping[str, object]:
    """A publisher who means ill, too."""

    def said(text: str) -> dict[str, str]:
        return {"da": poison.text(text), "en": poison.text(f"{text} (en)")}

    return {
        "publisher": said("Udgiver"),
        "contact": {
            "email": "a@b.example",
            "phone": "+45 00 00 00 00",
            "web": "https://b.example/?x=;()",
        },
        "law": "accessibility_dk.yaml",
        "statement": {
            "assessed": "2026-01-15",
            "assessed_by": said("Rådgiver"),
            "status": "partial",
            "shortcomings": [
                {
                    "what": said("Kort"),
                    "kind": "burden",
                    "why": said("Pris"),
                    "instead": said("Tabel"),
                }
            ],
        },
    }


def _workbook_form(path: Path, poison: Poison) -> None:
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for number, row in enumerate(sheet.iter_rows(min_row=1), 1):
        for cell in row:
            if isinstance(cell, Cell) and isinstance(cell.value, str):
                _put(cell, _told(cell.value, poison))
        said = sheet.cell(number, 4)
        if isinstance(said, Cell) and row[0].value and row[2].value and said.value is None:
            _put(said, poison.text(f"Bemærkning {number}"))
    sheet["C10"].comment = Comment(f"{FORMULAS[0]} {MARKUP[1]}", "<b>x</b>")
    sheet.title = "=1+1 <b>&'x"
    book.create_sheet("@x {{7-7}}").cell(1, 1).value = MARKUP[0]
    book.save(path)


def _put(cell: Cell, text: str) -> None:
    """Write a text that Excel keeps as one, with signs that XML has no other way to say."""
    escaped = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda sign: f"_x{ord(sign[0]):04X}_", text)
    cell.value = escaped
    cell.data_type = "s"


def _csv_form(path: Path, poison: Poison) -> None:
    content = path.read_bytes()
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "cp1252"
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=";"))
    for number, row in enumerate(rows):
        row[:] = [_told(cell, poison) for cell in row]
        if row[0] and row[2] and not row[3]:
            row[3] = poison.text(f"Bemærkning {number}")
    rows[20][3] = LONG
    stream = io.StringIO()
    csv.writer(stream, delimiter=";").writerows(rows)
    path.write_bytes(stream.getvalue().encode("utf-8-sig"))


def _told(text: str, poison: Poison) -> str:
    """What a form says, in the words that the study has now."""
    if not text or re.fullmatch(r"[\d.sd-]+", text):
        return text
    parts = text.split("; ")
    if all(part in poison.done for part in parts):
        return "; ".join(poison.done[part] for part in parts)
    return poison.text(text)


def payloads() -> Iterator[str]:
    """All payloads."""
    yield from (*FORMULAS, *MARKUP, *OTHER)
