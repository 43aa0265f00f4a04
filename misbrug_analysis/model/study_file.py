"""A study's folder, read whole and checked: its file, instrument, organisation and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

from misbrug_analysis.model.actions import load_actions
from misbrug_analysis.model.answer_words import BLANK
from misbrug_analysis.model.areas import load_areas
from misbrug_analysis.model.cooperation import load_cooperation
from misbrug_analysis.model.decisions import FILE_NAME as DECISIONS
from misbrug_analysis.model.decisions import load_decisions
from misbrug_analysis.model.earlier import load_earlier
from misbrug_analysis.model.errors import Phrase
from misbrug_analysis.model.file_digests import file_digests
from misbrug_analysis.model.instrument import Instrument
from misbrug_analysis.model.instrument_file import load_instrument
from misbrug_analysis.model.mapping import FILE_NAME as MAPPING
from misbrug_analysis.model.mapping_file import load_mapping
from misbrug_analysis.model.need import load_need
from misbrug_analysis.model.organisation import Organisation, load_organisation
from misbrug_analysis.model.possible import load_possible
from misbrug_analysis.model.project import Project
from misbrug_analysis.model.publication import Law, load_law
from misbrug_analysis.model.rulings import FILE_NAME as RULINGS
from misbrug_analysis.model.rulings import load_rulings
from misbrug_analysis.model.settings import Report, StudyFile, provenance_misfits
from misbrug_analysis.model.study import EVIDENCE_PAGES, SITE_PAGES, Run, Study, runs_of
from misbrug_analysis.model.succession import succession
from misbrug_analysis.model.tables import PUBLISHED
from misbrug_analysis.model.unfit import bad
from misbrug_analysis.model.yamlfile import Misfit, dangling, read_model, repeated, tell

T = TypeVar("T")


def load_study(project: Project, name: str, *, mapped: bool = True, compared: bool = True) -> Study:
    """Read everything a study declares, but for its ``mapping.yaml`` where it is not ``mapped``.

    The rounds before it are read too, unless it is not to be ``compared``. Raises ParameterError
    for an unknown study and DefinitionError with the faults of the first file that has any.
    """
    project.check_study(name)
    folder = project.raw(name)
    read_from = file_digests([folder / "study.yaml"])
    settings = read_model(folder / "study.yaml", StudyFile)
    read_from |= file_digests(_named_files(project, settings, folder))
    instrument = load_instrument(project.instruments, settings.instrument)
    organisation = load_organisation(
        folder / settings.organisation,
        folder / settings.units,
        [form.id for form in settings.forms],
    )
    notebooks = sorted(found.stem for found in project.notebooks.glob("*.ipynb"))
    tell(folder / "study.yaml", _misfits(settings, name, organisation, notebooks, instrument))
    instrument = instrument.with_missing(settings.rules.codes)
    rulings = load_rulings(folder / RULINGS, settings, instrument, organisation)

    def optional(name: str | None, read: Callable[[Path], T]) -> T | None:
        return read(folder / name) if name else None

    version = partial(load_instrument, project.instruments)
    load = partial(load_study, project, mapped=mapped, compared=False)

    cooperation = optional(
        settings.cooperation, lambda path: load_cooperation(path, organisation, instrument)
    )
    return Study(
        project,
        settings,
        instrument,
        organisation,
        rulings,
        load_decisions(folder / DECISIONS),
        load_mapping(folder / MAPPING, instrument, settings.forms) if mapped else (),
        cooperation,
        optional(settings.areas, lambda path: load_areas(path, instrument, cooperation)),
        optional(settings.actions, lambda path: load_actions(path, organisation, instrument)),
        optional(
            settings.need,
            lambda path: load_need(
                path, project.reference, organisation, folder / settings.organisation
            ),
        ),
        optional(
            declared.counts if (declared := settings.provenance.possible) else None,
            lambda path: load_possible(path, organisation, instrument),
        )
        or {},
        _law(project, settings, folder),
        load_earlier(
            settings,
            folder / "study.yaml",
            project.studies(),
            instrument,
            organisation,
            load,
            lambda older: succession(instrument, older, version),
        )
        if compared
        else (),
        read_from,
    )


def _named_files(project: Project, settings: StudyFile, folder: Path) -> list[Path]:
    """The files that a study is read from beside its own, whether or not they are there."""
    declared = settings.provenance.possible
    named = [settings.organisation, settings.units, settings.cooperation, settings.areas]
    named += [settings.actions, settings.need, declared.counts if declared else None]
    own = [RULINGS, DECISIONS, MAPPING, *filter(None, named)]
    law = settings.publication.law if settings.publication else None
    reference = sorted(project.reference.glob("[!.]*")) if settings.need or law else []
    instrument = project.instruments / f"{settings.instrument}.yaml"
    return [*(folder / name for name in own), instrument, *reference]


def _law(project: Project, settings: StudyFile, folder: Path) -> Law | None:
    """What the law asks of those who publish the study, where it says which law they follow."""
    name = settings.publication.law if settings.publication else None
    if name is None:
        return None
    return load_law(project.reference / name, project.shown(folder / "study.yaml"))


def _misfits(
    file: StudyFile,
    folder: str,
    organisation: Organisation,
    notebooks: list[str],
    instrument: Instrument,
) -> Iterator[Misfit]:
    if file.id != folder:
        yield dangling(("id",), "id", file.id, [folder])
    yield from provenance_misfits(file.provenance)
    languages = [file.language, *file.also_in]
    yield from repeated(("also_in",), Phrase("language"), languages)
    yield from repeated(("reports",), Phrase("report"), [report.id for report in file.reports])
    yield from repeated(("forms",), Phrase("form"), [form.id for form in file.forms])
    words = [sorted(set(form.words())) for form in file.forms]
    for index, own in enumerate(words):
        for word in own:
            if any(word in others for others in words[:index]):
                values: dict[str, object] = {"name": Phrase("form_word"), "value": word}
                yield Misfit(("forms", index), "repeated", values)
    levels = [level.id for level in organisation.levels]
    pages = set(SITE_PAGES)
    for index, report in enumerate(file.reports):
        for place, table in enumerate(report.tables):
            if table not in PUBLISHED:
                yield dangling(("reports", index, "tables", place), "table", table, list(PUBLISHED))
        if report.notebook not in notebooks:
            yield dangling(("reports", index, "notebook"), "notebook", report.notebook, notebooks)
        if report.per is not None and report.per not in levels:
            yield dangling(("reports", index, "per"), "per", report.per, levels)
            continue
        for run in runs_of(report, file.id, organisation):
            if taken := _taken(run, pages):
                values = bad("id", taken, Phrase("another_name"), report.id)
                yield Misfit(("reports", index, "id"), "bad_value", values)
            pages.add(run.id)
        yield from _annex_misfits(index, report, organisation)
    missing = list(dict.fromkeys([*instrument.missing, BLANK]))
    for code in file.rules.codes:
        if code not in missing:
            yield dangling(("rules", "codes", code), "missing", code, missing)
    for index, compared in enumerate(file.compare_by):
        if compared.attribute not in organisation.attributes:
            valid = organisation.attributes
            yield dangling(("compare_by", index), "attribute", compared.attribute, valid)
    letters = [letter for report in file.reports for letter in report.annex_letters]
    yield from repeated(("reports",), Phrase("annex"), letters)


def _taken(run: Run, pages: set[str]) -> Phrase | None:
    """Why a run's page cannot have its name, if so; ``pages`` are the names that others have."""
    if run.id in pages:
        return Phrase("page_taken", {"page": run.page})
    if run.id.startswith(EVIDENCE_PAGES):
        return Phrase("page_kept", {"start": EVIDENCE_PAGES})
    return None


def _annex_misfits(index: int, report: Report, organisation: Organisation) -> Iterator[Misfit]:
    groups = organisation.level(report.per).group_ids if report.per else []
    if isinstance(report.annex, dict):
        for group in report.annex:
            if group not in groups:
                yield dangling(("reports", index, "annex"), "annex", group, groups)
    elif report.annex and len(groups) > 1:
        words = Phrase("one_letter"), Phrase("letter_a_group")
        values = bad("annex", *words, report.annex)
        yield Misfit(("reports", index, "annex"), "bad_value", values)
