"""Small notebooks for tests: every kind of block, and hostile text in every place for text."""

from __future__ import annotations

from collections.abc import Sequence

from nbformat import NotebookNode, v4

from misbrug_analysis.presentation.display import (
    Block,
    Bullets,
    Column,
    Definitions,
    Figure,
    Heading,
    KeyFigures,
    Link,
    Mark,
    Notice,
    Page,
    Paragraphs,
    Prose,
    Quotes,
    Table,
)

YES, NO = Mark("●", "ja", "yes"), Mark("○", "nej", "no")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="420" height="60" viewBox="0 0 420 60">'
    '<rect width="280" height="20" fill="#12436d"/><text y="45">{}</text></svg>'
)
MUNICIPALITIES = {
    "Syd": ["Faxe", "Guldborgsund", "Lolland", "Næstved", "Vordingborg"],
    "Øst": ["Greve", "Køge", "Lejre", "Roskilde", "Solrød"],
}


def notebook_of(blocks: Sequence[Block]) -> NotebookNode:
    """An executed notebook that shows each block in a cell of its own."""
    outputs = [v4.new_output("display_data", block._repr_mimebundle_()) for block in blocks]
    cells = [
        v4.new_code_cell(f"show(block_{number})", id=f"c{number}", execution_count=number,
                         outputs=[output])
        for number, output in enumerate(outputs, start=1)
    ]  # fmt: skip
    return v4.new_notebook(cells=cells)


def sample_page(**changes: object) -> Page:
    """The head of a Danish page of a reconstructed study."""
    fields: dict[str, object] = {
        "title": "Klyngerapport: Klynge Syd",
        "lang": "da",
        "description": "Hvordan klyngens kommuner lever op til KL's anbefalinger.",
        "study_title": "Kvalitet og sammenhæng på misbrugsområdet",
        "parameters": [("Klynge", "Syd"), ("Svar", "fem af seks kommuner")],
        "banner": "Svarene er rekonstrueret.",
        "links": [("Alle rapporter", "index.html"), ("Metode", "metode.html")],
    }
    return Page(**{**fields, **changes})  # type: ignore[arg-type]


def wide_table() -> Table:
    """Indicators by municipalities in two clusters, answers as marks: wider than a phone."""
    columns = [Column(name, "centre", group) for group, of in MUNICIPALITIES.items() for name in of]
    rows = [
        ["5.1 Følger behandlingen op", *[YES] * 10],
        ["5.2 Følger op efter behandlingen", *[NO] * 9, YES],
    ]
    return Table("Svar på indikatorerne", [Column("Indikator"), *columns], rows, "To klynger.")


def sample_figure(title: str = "Kun én kommune følger op") -> Figure:
    """A chart with its numbers."""
    numbers = Table(
        "Antal svar", [Column("Svar"), Column("Antal", "number")], [["ja", 1], ["nej", 4]]
    )
    alt = "En kommune svarer ja, fire svarer nej."
    return Figure(title, "5.2, antal kommuner", alt, SVG.format("Køge &amp; Greve's svar"), numbers)


def sample_blocks() -> list[Block]:
    """Every kind of block, as on a page of a report."""
    return [
        sample_page(),
        KeyFigures([("16 af 17", "kommuner har svaret"), ("0 af 5", "følger op")]),
        Heading("Det vigtigste", 2, "vigtigst"),
        Paragraphs(["Én kommune følger systematisk op."], "lead"),
        Bullets(["De fleste spørger til familien.", Link("Se metoden", "metode.html")]),
        wide_table(),
        Heading("Opfølgning", 2, "opfoelgning"),
        Heading("Hvorfor", 3, "hvorfor"),
        Prose(
            "Resultater er svære at **holde fast**.\n\n# Samtykke\n\nSpørg [tidligt](#vigtigst)."
        ),
        Heading("Status", 3, "status"),
        Notice("To kommuner køber deres behandling hos andre."),
        Definitions(
            [
                ("Klyngerne", ["Del erfaringer.", Link("Se status", "#status")]),
                (Link("Opfølgning", "#opfoelgning"), ["Begynd nu."]),
            ]
        ),
        sample_figure(),
        sample_figure("Alle spørger til familien"),
        Quotes([("Nummeret er skiftet.", "Kommune i Klynge Syd"), ("Vi spørger om samtykke.", "")]),
        Table(
            "Hvem gør hvad",
            [Column("Hvad"), Column("Til"), Column("Antal", "number"), Column("Side")],
            [["Spørg om samtykke", "Kommunerne", 1234, Link("Metode", "metode.html")]],
        ),
        Bullets(["Først dette.", "Så dette."], ordered=True),
        Notice("Et delvist svar kunne ikke afgøres.", "warning"),
        Paragraphs(["Opgjort efter reglerne."], "note"),
        Prose("Read more in the *method*.", lang="en"),
    ]


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> [run](javascript:alert(3)) $x^2$ =cmd()"
    " \"onload='alert(4)' {{ 7*7 }} </style></table>]]> &lt;b&gt;\x00\ud800"
)
HOSTILE_MARKDOWN = f"""{HOSTILE}

[a](javascript:alert(5)) [b](java&#115;cript:alert(6)) [c](data:text/html,<script>alert(7)</script>)
[d]( JaVaScRiPt:alert(8)) [e](//elsewhere.example/x) <javascript:alert(9)> [f](vbscript:x)

```mermaid
graph TD; A["<img src=x onerror=alert(10)>"]
```

<iframe src="https://elsewhere.example"></iframe>

# {HOSTILE}
"""


def hostile_blocks() -> list[Block]:
    """Every kind of block with text that would run, load or break out if it were not escaped."""
    # A figure is XML, which the drawing library escapes; what it draws is no less hostile.
    svg = SVG.format("&lt;script&gt;alert(11)&lt;/script&gt; ' onerror='alert(12)' %3Cscript%3E #")
    numbers = Table(HOSTILE, [Column(HOSTILE), Column("b")], [[HOSTILE, "=cmd()"]], note=HOSTILE)
    head = {"study_title": HOSTILE, "description": HOSTILE, "banner": HOSTILE}
    return [
        sample_page(
            title=HOSTILE, parameters=[(HOSTILE, HOSTILE)], links=[(HOSTILE, "a.html")], **head
        ),
        Heading(HOSTILE, 2, "first"),
        Heading(HOSTILE, 2, "second"),
        Paragraphs([HOSTILE]),
        Prose(HOSTILE_MARKDOWN),
        Bullets([HOSTILE, Link(HOSTILE, "a.html")]),
        Definitions([(HOSTILE, [HOSTILE]), (Link(HOSTILE, "a.html"), [HOSTILE, HOSTILE])]),
        KeyFigures([(HOSTILE, HOSTILE)]),
        Quotes([(HOSTILE, HOSTILE)]),
        Table(
            HOSTILE,
            [Column(HOSTILE), Column(HOSTILE, "centre", HOSTILE)],
            [[HOSTILE, Mark("●", HOSTILE, "yes")], [HOSTILE, Link(HOSTILE, "a.html")]],
        ),
        Figure(HOSTILE, HOSTILE, HOSTILE, svg, numbers),
        Notice(HOSTILE),
    ]
