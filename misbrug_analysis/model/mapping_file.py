"""Loads ``mapping.yaml``, and finds what does not fit together in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from misbrug_analysis.model.errors import Phrase, hint, name_list
from misbrug_analysis.model.instrument import Instrument, Item
from misbrug_analysis.model.mapping import Layout, MappedExport, Mapping
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.usual import FormName
from misbrug_analysis.model.yamlfile import Location, Misfit, dangling, read_model

_NEEDED: dict[Layout, tuple[str, ...]] = {
    "wide": ("items",),
    "long": ("item", "answer"),
    "surveyxact": ("items",),
}
_FOREIGN: dict[Layout, tuple[str, ...]] = {
    "wide": ("labels", "structure", "item", "answer", "remark"),
    "long": ("labels", "structure", "remarks"),
    "surveyxact": ("item", "answer", "remark"),
}
_ONE_COLUMN = ("unit", "form", "date", "respondent", "role", "item", "answer", "remark")


def load_mapping(
    path: Path, instrument: Instrument, forms: list[FormName]
) -> tuple[MappedExport, ...]:
    """The exports of a study; none where the file is missing.

    Whether their files exist is not looked into here: that is told among the faults of a round.
    A form can be named by any of its words. Raises DefinitionError with every fault at its line.
    """
    if not path.exists():
        return ()
    read = read_model(path, Mapping, lambda file: _misfits(file, instrument, forms))
    ids = _form_ids(forms)
    roles = instrument.respondents.role_words if instrument.respondents else {}
    return tuple(_by_ids(export, ids, roles) for export in read.exports)


def _by_ids(export: MappedExport, forms: dict[str, str], roles: dict[str, str]) -> MappedExport:
    """The same with forms and roles by their ids, whatever words name them."""
    changes: dict[str, object] = {
        "roles": {text: roles[role.casefold()] for text, role in export.roles.items()}
    }
    if export.form_is:
        changes["form_is"] = forms[export.form_is.casefold()]
    if export.role_is:
        changes["role_is"] = roles[export.role_is.casefold()]
    return export.model_copy(update=changes)


def _form_ids(forms: list[FormName]) -> dict[str, str]:
    """The forms by their words, without case."""
    return {word: form.id for form in forms for word in form.words()}


def _misfits(mapping: Mapping, instrument: Instrument, forms: list[FormName]) -> Iterator[Misfit]:
    yield from _file_misfits(mapping)
    for index, export in enumerate(mapping.exports):
        at: Location = ("exports", index)
        yield from _layout_misfits(at, export)
        yield from _form_misfits(at, export, forms)
        yield from _role_misfits(at, export, instrument)
        yield from _question_misfits(at, export, instrument)
        yield from _column_misfits(at, export)
        yield from _code_misfits(at, export, instrument)


def _file_misfits(mapping: Mapping) -> Iterator[Misfit]:
    """Files that stand in two places: a cell of a file is one of one export."""
    seen: set[str] = set()
    for index, export in enumerate(mapping.exports):
        for name in ("file", "labels", "structure"):
            path = getattr(export, name)
            if path and path in seen:
                values: dict[str, object] = {"name": Phrase("file"), "value": path}
                yield Misfit(("exports", index, name), "repeated", values)
            seen.add(path)


def _layout_misfits(at: Location, export: MappedExport) -> Iterator[Misfit]:
    """Fields that a layout needs and that are missing, and those that it has no use for."""
    is_workbook = export.file.lower().endswith(".xlsx")
    in_parts = export.layout == "surveyxact" and not is_workbook
    needed = (*_NEEDED[export.layout], *(("labels",) if in_parts else ()))
    for name in needed:
        if not getattr(export, name):
            yield Misfit(at, "missing_field", {"name": (*at, name)})
    for name in _FOREIGN[export.layout]:
        if getattr(export, name):
            foreign = Phrase("not_in_layout", {"layout": export.layout})
            yield _wrong((*at, name), foreign, Phrase("field_left_out"))
    if export.sheet and not is_workbook:
        yield _wrong((*at, "sheet"), Phrase("sheet_of_text"), Phrase("field_left_out"))
    for name in ("labels", "structure") if export.layout == "surveyxact" and is_workbook else ():
        if getattr(export, name):
            yield _wrong((*at, name), Phrase("parts_of_workbook"), Phrase("field_left_out"))


def _form_misfits(at: Location, export: MappedExport, forms: list[FormName]) -> Iterator[Misfit]:
    valid = [form.id for form in forms]
    if export.form_is and export.form_is.casefold() not in _form_ids(forms):
        yield dangling((*at, "form_is"), "form_is", export.form_is, valid)
    if export.form and export.form_is:
        yield _wrong((*at, "form_is"), Phrase("form_said_twice"), Phrase("form_or_form_is"))
    elif not export.form and not export.form_is and len(forms) > 1:
        valid_ids = {"valid": name_list(valid)}
        yield _wrong((*at, "form_is"), Phrase("form_not_said"), Phrase("form_is_one_of", valid_ids))


def _role_misfits(at: Location, export: MappedExport, instrument: Instrument) -> Iterator[Misfit]:
    """Respondents and roles that the instrument does not have, or that are said twice."""
    asked = instrument.respondents
    words = asked.role_words if asked else {}
    fields = {"respondent": asked is not None, **dict.fromkeys(("role", "role_is", "roles"), words)}
    for name, is_asked in fields.items():
        if getattr(export, name) and not is_asked:
            foreign = Phrase("not_of_several", {"instrument": instrument.id})
            yield _wrong((*at, name), foreign, Phrase("field_left_out"))
    if asked is not None and export.layout == "long" and not export.respondent:
        yield Misfit(at, "missing_field", {"name": (*at, "respondent")})
    if not asked or not words:
        return
    valid = [role.id for role in asked.roles]
    if export.role and export.role_is:
        yield _wrong((*at, "role_is"), Phrase("role_said_twice"), Phrase("role_or_role_is"))
    if export.role_is and export.role_is.casefold() not in words:
        yield dangling((*at, "role_is"), "role_is", export.role_is, valid)
    for text, role in export.roles.items():
        if role.casefold() not in words:
            yield dangling((*at, "roles", text), "roles", role, valid)


def _question_misfits(
    at: Location, export: MappedExport, instrument: Instrument
) -> Iterator[Misfit]:
    """Questions that the instrument does not have, and options that they do not have."""
    items = {item.id: item for item in instrument.items}
    for name in ("items", "remarks"):
        for item in getattr(export, name):
            if item not in items:
                yield dangling((*at, name, item), name, item, list(items))
    for item, column in export.items.items():
        if item not in items or isinstance(column, str):
            continue
        place = (*at, "items", item)
        if export.layout == "long":
            yield _wrong(place, Phrase("options_in_long"), Phrase("one_text"))
        elif items[item].type != "multiple":
            yield _wrong(place, Phrase("options_of_one_answer"), Phrase("one_column"))
        else:
            yield from _option_misfits(place, column, items[item])


def _option_misfits(at: Location, columns: dict[str, str], item: Item) -> Iterator[Misfit]:
    numbered = {str(number): number for number in range(1, len(item.options) + 1)}
    labelled = {
        label.casefold(): number
        for number, option in enumerate(item.options, 1)
        for label in option.values()
    }
    valid = [next(iter(option.values())) for option in item.options]
    seen: set[int] = set()
    for name in columns:
        # A label comes first: an option can be called by a number that is another one's place.
        number = labelled.get(name.casefold()) or numbered.get(name)
        if number is None:
            yield dangling((*at, name), item.id, name, valid)
        elif number in seen:
            values: dict[str, object] = {"name": Phrase("option"), "value": name}
            yield Misfit((*at, name), "repeated", values)
        else:
            seen.add(number)


def _column_misfits(at: Location, export: MappedExport) -> Iterator[Misfit]:
    """Columns that are said to hold two things; in a long file, two questions of one name."""
    columns = [((*at, name), getattr(export, name)) for name in _ONE_COLUMN]
    questions: list[tuple[Location, str]] = []
    for name in ("items", "remarks"):
        for item, tied in getattr(export, name).items():
            place = (*at, name, item)
            parts = {place: tied} if isinstance(tied, str) else {(*place, o): tied[o] for o in tied}
            questions += parts.items()
    unused = [((*at, "unused", place), name) for place, name in enumerate(export.unused)]
    if export.layout == "long":
        yield from _twice(questions, Phrase("question"))
        yield from _twice([*columns, *unused], Phrase("column"))
    else:
        yield from _twice([*columns, *questions, *unused], Phrase("column"))


def _twice(named: list[tuple[Location, str]], what: Phrase) -> Iterator[Misfit]:
    seen: set[str] = set()
    for place, value in named:
        if value and value in seen:
            yield Misfit(place, "repeated", {"name": what, "value": value})
        seen.add(value)


def _code_misfits(at: Location, export: MappedExport, instrument: Instrument) -> Iterator[Misfit]:
    """Codes that stand for no answer: each would be a fault in every row of the file."""
    answers = [label for words in instrument.answers.values() for label in words.label.values()]
    blanks = [label for words in instrument.missing.values() for label in words.label.values()]
    options = [
        label
        for item in instrument.items
        if item.type == "single"
        for option in item.options
        for label in option.values()
    ]
    words = {*instrument.answer_codes(), *instrument.missing_codes()}
    words |= {label.casefold() for label in options}
    for code, meaning in export.codes.items():
        if meaning.casefold() not in words:
            values: dict[str, object] = {"name": (*at, "codes", code), "value": meaning}
            values |= {"hint": hint(meaning, [*answers, *blanks, *options])}
            values |= {"valid": name_list([*answers, *blanks])}
            yield Misfit((*at, "codes", code), "dangling", values)


def _wrong(at: Location, detail: Phrase, expected: Phrase) -> Misfit:
    return Misfit(at, "bad_value", bad("", detail, expected) | {"name": at})
