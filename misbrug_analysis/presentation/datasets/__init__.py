"""Every table that a study publishes, described once for workbook, CSV, data package and page."""

from __future__ import annotations

from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results
from misbrug_analysis.presentation.datasets import (
    asked,
    chosen,
    estimates,
    needed,
    numbers,
    respondents,
    results,
    totals,
    variants,
)
from misbrug_analysis.presentation.datasets.description import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Dataset,
    Field,
)
from misbrug_analysis.presentation.datasets.naming import Naming
from misbrug_analysis.presentation.language import Language

__all__ = ["NOT_APPLICABLE", "NOT_AVAILABLE", "SUPPRESSED", "Dataset", "Field", "datasets"]


def datasets(study: Study, found: Results, language: Language) -> list[Dataset]:
    """The tables of a study in the order they are listed; those it does not have are left out."""
    naming = Naming(study, language)
    tables = [
        results.scores(naming, found),
        results.option_counts(naming, found),
        numbers.number_counts(naming, found),
        totals.totals(naming, found),
        totals.comparisons(naming, found),
        respondents.agreement(naming, found),
        respondents.role_gaps(naming, found),
        variants.sensitivity(naming, found),
        results.consolidated(naming, found),
        results.form_answers(naming, found),
        respondents.answers(naming, found) or results.answers(naming, found),
        asked.rulings(naming),
        chosen.possible_counts(naming),
        asked.topics(naming),
        asked.items(naming),
        asked.units(naming),
        asked.groups(naming),
        asked.members(naming),
        chosen.priorities(naming, found),
        chosen.ratings(naming),
        chosen.cooperation_areas(naming),
        chosen.wishes(naming),
        chosen.feedback(naming),
        chosen.actions(naming),
        needed.estimated(naming),
        needed.estimated_of_groups(naming),
        needed.population(naming),
        needed.population_of_groups(naming),
        estimates.estimates(naming),
        estimates.other_estimates(naming),
        respondents.ledger(naming, found) or results.ledger(naming, found),
    ]
    return [table for table in tables if table is not None]
