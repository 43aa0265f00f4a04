"""What several respondents of each unit say, as pages and tables can show it."""

from __future__ import annotations

import pandas as pd

from misbrug_analysis.analysis.agreement import agreement
from misbrug_analysis.analysis.disclosure import disclosed, shown_groups
from misbrug_analysis.analysis.role_gaps import role_gaps
from misbrug_analysis.model.basics import Noun
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.language import Language


def agreement_of(study: Study, results: Results) -> pd.DataFrame:
    """The columns of ``analysis.agreement``; no row where one respondent answers for a unit."""
    return agreement(results.answers, study.instrument, study.organisation.frame(), _levels(study))


def role_gaps_of(study: Study, results: Results) -> pd.DataFrame:
    """The columns of ``analysis.role_gaps``; no row where no two roles are told apart."""
    return role_gaps(results.answers, study.instrument, study.organisation.frame(), _levels(study))


def shown_answers(study: Study, results: Results) -> pd.DataFrame:
    """The answers that others may see: as they came in, or merged where several respond."""
    return disclosed(results.answers, study.instrument)


def countable(study: Study, results: Results, item: str) -> set[tuple[str, str]]:
    """The units and groups (level, id) of which answers to an item can be counted on pages."""
    units = study.organisation.frame()
    return shown_groups(results.answers, study.instrument, item, units, _levels(study))


def counted_answers(study: Study, answers: pd.DataFrame, item: str) -> pd.DataFrame:
    """``answers`` with a person in place of a unit where several respond; else as they are.

    Without a row where too few of them answered the item to be counted.
    """
    asked = study.instrument.respondents
    if asked is None:
        return answers
    persons = answers["unit"] + "/" + answers["respondent"]
    few = persons[answers["item"] == item].nunique() < asked.smallest
    return answers.iloc[:0] if few else answers.assign(unit=persons)


def answering_noun(study: Study, language: Language, unit: Noun) -> Noun:
    """What those are called who answer what is not scored: units, or persons."""
    if study.instrument.respondents is None:
        return unit
    told = {
        "one": language.text("respondents.noun.one"),
        "the_one": language.text("respondents.noun.the_one"),
        "many": language.text("respondents.noun.many"),
        "the_many": language.text("respondents.noun.the_many"),
        "gender": language.text("respondents.noun.gender"),
    }
    return Noun.model_validate(told)


def _levels(study: Study) -> list[str]:
    return [level.id for level in study.organisation.levels]
