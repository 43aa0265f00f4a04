"""A study folder that runs: made from the scaffold, an instrument and a list of units."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from misbrug_analysis.execution.files import first_folder
from misbrug_analysis.execution.study_name import check_name, check_title, taken
from misbrug_analysis.execution.units_list import (
    ListedUnit,
    UnitsList,
    read_units_list,
    slug_of,
)
from misbrug_analysis.model.basics import Noun, Nouns, in_language
from misbrug_analysis.model.decisions import DECISION_COLUMNS
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.rulings import RULING_COLUMNS
from misbrug_analysis.model.usual import Usual
from misbrug_analysis.model.yamlfile import read_model
from misbrug_analysis.presentation.language import Language

TO_ANSWER = timedelta(weeks=6)
"""From the day of a round to the deadline that its study file shows as an example."""

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class NewStudy:
    """What was made: the folder, who is asked, and whether the units are examples."""

    folder: Path
    listed: UnitsList
    usual: Usual
    examples: bool


def new_study(
    project: Project,
    name: str,
    instrument_id: str,
    *,
    day: date,
    units: Path | None = None,
    title: str = "",
    language: str = "da",
) -> NewStudy:
    """Make ``data/raw/<name>/``, whole or not at all.

    ``units`` is a list of units (two examples without it), ``title`` stands for the instrument's,
    and ``language`` is that of the study and of all that explains its files. Raises ParameterError
    for a name that is none or is taken, an unknown instrument or language, and DefinitionError
    with every fault of the list.
    """
    said = Language.load(language)
    check_name(project, name)
    check_title(title)
    instrument = load_instrument(project.instruments, instrument_id)
    usual = instrument.usual or read_model(_scaffold("usual.yaml"), Usual)
    listed = (
        read_units_list(units, _headings(usual), usual.forms) if units else _examples(usual, said)
    )
    titles = {language: " ".join(title.split())} if title.strip() else dict(instrument.title)
    made = NewStudy(project.raw(name), listed, usual, units is None)
    context = _context(name, titles, day, language, instrument, made)
    try:
        _fill(made, instrument, context, language)
    except FileExistsError:
        raise taken(project, name) from None
    return made


def _fill(
    made: NewStudy, instrument: Instrument, context: Mapping[str, Any], language: str
) -> None:
    with first_folder(made.folder) as folder:
        (folder / "forms").mkdir()
        (folder / "forms" / ".gitkeep").touch()
        for file in ("study.yaml", "organisation.yaml", "README.md"):
            _write(folder / file, _environment().get_template(f"{language}/{file}.j2"), context)
        _write_csv(folder / "units.csv", _unit_rows(made))
        _write_csv(folder / "decisions.csv", [DECISION_COLUMNS])
        _write_csv(folder / "adjudications.csv", [RULING_COLUMNS])
        _write_texts(folder / "texts", instrument, language)


def _headings(usual: Usual) -> dict[str, list[str]]:
    """What the columns of a list can be called, by role: the instrument's words first."""
    own: dict[str, list[str]] = yaml.safe_load(_scaffold("headings.yaml").read_text("utf-8"))
    levels = {level.id: level.headings for level in usual.levels}
    words = own | {"label": [*usual.headings, *own["label"]]} | levels
    return {role: [word.casefold() for word in names] for role, names in words.items()}


def _examples(usual: Usual, language: Language) -> UnitsList:
    """Two invented units, which say that they are examples."""
    noun = _noun(usual.unit_noun, language.code)
    labels = [
        language.text("new.example", unit=language.capitalise(noun.one), letter=letter)
        for letter in "AB"
    ]
    return UnitsList(tuple(ListedUnit(slug_of(label), label) for label in labels), {})


def _context(
    name: str,
    title: Mapping[str, str],
    day: date,
    language: str,
    instrument: Instrument,
    made: NewStudy,
) -> dict[str, Any]:
    """What the templates of the scaffold can name."""
    usual, levels = made.usual, _levels(made, language)
    asked = [form.id for form in usual.forms if not form.covers_all] or [usual.forms[0].id]
    context: dict[str, Any] = {
        "id": name,
        "title": title,
        "title_here": in_language(dict(title), language),
        "day": day.isoformat(),
        "later": (min(day, date.max - TO_ANSWER) + TO_ANSWER).isoformat(),
        "language": language,
        "other": next(code for code in Language.codes() if code != language),
        "instrument": instrument,
        "usual": usual,
        "units": _noun(usual.unit_noun, language).many,
        "count": len(made.listed.units),
        "examples": made.examples,
        "forms": usual.forms,
        "some_forms": " ".join(asked[:2]),
        "levels": levels,
        "smallest": levels[0],
        "largest": levels[-1],
        "between": [level for level in levels[1:-1] if len(level["groups"]) > 1],
        "compares": levels[0] is not levels[-1] and len(levels[0]["groups"]) > 1,
        "words": _report_words(instrument, usual, levels[0]["noun"], language),
    }
    reports = _environment().get_template("reports.yaml.j2").render(context)
    return context | {"reports": reports}


def _levels(made: NewStudy, language: str) -> list[dict[str, Any]]:
    """The levels that the list has a column for, and the largest in any case, with their groups.

    Where that has several groups the round as a whole stands above it, so that a report compares
    them.
    """
    found = made.listed.groups
    levels = []
    for level in made.usual.levels:
        if level.id in found:
            groups = {group: {language: label} for group, label in found[level.id].items()}
        elif level is made.usual.levels[-1]:
            groups = {"all": level.whole}
        else:
            continue
        parts = {"id": level.id, "noun": level.noun, "report": level.report}
        levels.append(parts | {"groups": groups})
    if len(levels[-1]["groups"]) > 1:
        levels.append(_whole(made.usual))
    return levels


def _whole(usual: Usual) -> dict[str, Any]:
    """A level with one group, the round itself."""
    level = yaml.safe_load(_scaffold("whole.yaml").read_text("utf-8"))
    nouns = {code: Noun(**forms) for code, forms in level["noun"].items()}
    label = usual.levels[-1].whole
    taken = {one.id for one in usual.levels}
    name = next(name for name in level["ids"] if name not in taken)
    return {"id": name, "noun": nouns, "report": label, "groups": {"all": label}}


def _report_words(
    instrument: Instrument, usual: Usual, group: Nouns, own: str
) -> dict[str, dict[str, dict[str, str]]]:
    """Titles and summaries of reports in the study's own words, in each language that has those.

    In the study's ``own`` language they stand in any case.
    """
    words: dict[str, dict[str, dict[str, str]]] = {}
    nouns = (instrument.topic_noun, usual.unit_noun, group)
    for code in Language.codes():
        if code != own and not all(code in noun for noun in nouns):
            continue
        language = Language.load(code)
        topics = _noun(instrument.topic_noun, code).the_many
        fields = {
            "the_group": _noun(group, code).the_one,
            "the_units": _noun(usual.unit_noun, code).the_many,
            "topics": topics,
            "Topics": language.capitalise(topics),
        }
        texts = yaml.safe_load(_scaffold(f"{code}/reports.yaml").read_text("utf-8"))
        for report, parts in texts.items():
            for part, text in parts.items():
                words.setdefault(report, {}).setdefault(part, {})[code] = text.format(**fields)
    return words


def _unit_rows(made: NewStudy) -> Rows:
    """The rows of ``units.csv``: columns that say nothing are left out, but for ``forms``.

    That one stays to be filled in when someone turns out to need certain forms.
    """
    units = made.listed.units
    levels = [level for level, groups in made.listed.groups.items() if len(groups) > 1]
    columns = {
        "id": [unit.id for unit in units],
        "label": [unit.label for unit in units],
        "code": [unit.code for unit in units],
        **{level: [unit.groups[level] for unit in units] for level in levels},
        "forms": [" ".join(unit.forms) for unit in units],
    }
    said = {name: cells for name, cells in columns.items() if any(cells) or name == "forms"}
    return [list(said), *map(list, zip(*said.values(), strict=True))]


def _write_csv(path: Path, rows: Rows) -> None:
    """CSV that a Danish Excel opens in columns; ``csvfile`` reads it as it reads any other."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", lineterminator="\n").writerows(rows)
    path.write_text(stream.getvalue(), encoding="utf-8-sig", newline="\n")


def _write_texts(folder: Path, instrument: Instrument, language: str) -> None:
    """Empty texts, each with a comment on what it can hold; pages leave comments out."""
    hints = yaml.safe_load(_scaffold(f"{language}/texts.yaml").read_text("utf-8"))
    texts = dict(hints["study"])
    noun = _noun(instrument.topic_noun, language).one.capitalize()
    for topic in instrument.topics:
        named = f"{noun} {topic.id}, {in_language(topic.title, language)}"
        for part, hint in hints["topic"].items():
            if topic.assessed or part != "why":
                texts[f"topics/{topic.id}/{part}"] = hint.format(topic=named)
    for name, hint in texts.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{{# {hint.replace('#}', '# }')} #}}\n", encoding="utf-8", newline="\n")


def _write(path: Path, template: Any, context: Mapping[str, Any]) -> None:
    path.write_text(template.render(context), encoding="utf-8", newline="\n")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__, "scaffold"),
        undefined=StrictUndefined,
        # YAML and Markdown; what comes from data is quoted by the filters.
        autoescape=False,  # noqa: S701
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"quoted": _quoted, "texts": _texts, "nouns": _nouns, "listed": _listed}
    return environment


def _quoted(text: str) -> str:
    """A text as YAML, whatever stands in it; a plain word needs no quotes."""
    plain = re.fullmatch(r"[a-zæøå][a-zæøå-]*", text) and text not in ("true", "false", "null")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _texts(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{code}: {_quoted(text)}" for code, text in texts.items()) + "}"


def _listed(words: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, words)) + "]"


def _nouns(nouns: Mapping[str, Noun], indent: int) -> str:
    """A noun's forms, a line a language."""
    lines = []
    for code, noun in nouns.items():
        forms = {name: form for name, form in noun.model_dump().items() if form != "common"}
        lines.append(" " * indent + f"{code}: {_texts(forms)}")
    return "\n".join(lines)


def _noun(nouns: Mapping[str, Noun], language: str) -> Noun:
    return nouns.get(language) or next(iter(nouns.values()))


def _scaffold(name: str) -> Path:
    return Path(str(resources.files(__package__).joinpath("scaffold", name)))
