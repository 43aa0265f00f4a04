"""The variants of a study's rules, worked out once for all reports on the same results."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from misbrug_analysis.analysis.sensitivity import Sensitivity, sensitivity
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results

Varied = tuple[Study, Results]
"""A study under other rules, and what these make of its answers."""


@dataclass(frozen=True)
class _Known:
    """What is known of a study and its results: their sensitivity, and what was varied so far."""

    study: Study
    results: Results
    sensitivity: Sensitivity
    under: dict[int, Varied] = field(default_factory=dict)
    counting: dict[int, Varied] = field(default_factory=dict)


class KnownVariants:
    """Remembers the variants of the study and results that it was last asked for.

    ``dataclasses.replace`` drops what a report has cached but hands this on, so a report in another
    language or for another run knows what the first one worked out. One that is ``told`` the
    sensitivity gives that, whatever it is asked for.
    """

    def __init__(self, told: Sensitivity | None = None) -> None:
        self._told = told
        self._known: _Known | None = None

    def of(self, study: Study, results: Results) -> Sensitivity:
        """The sensitivity of a study; worked out anew only for another study or other results."""
        return self._of(study, results).sensitivity

    def under(self, study: Study, results: Results, variant: int) -> Varied:
        """The study and its results under a variant; raises KeyError for an unknown one.

        Scores are those of groups, and consolidated answers say nothing of rule and inputs.
        """
        known = self._of(study, results)
        if variant not in known.under:
            known.under[variant] = _under(known, variant)
        return known.under[variant]

    def counting(self, study: Study, results: Results, absence: int) -> Varied:
        """The study and its results in a way to count absence; raises KeyError for an unknown one.

        Scores are those of groups.
        """
        known = self._of(study, results)
        if absence not in known.counting:
            known.counting[absence] = _counting(known, absence)
        return known.counting[absence]

    def _of(self, study: Study, results: Results) -> _Known:
        known = self._known
        if known is None or known.study is not study or known.results is not results:
            known = _Known(study, results, self._told or variants_of(study, results))
            self._known = known
        return known


def _under(known: _Known, variant: int) -> Varied:
    """A variant without rulings is of a study without any."""
    study, found = known.study, known.sensitivity
    row = found.variants.loc[variant]
    rules: dict[str, object] = {"partly": row["partly"], "split": row["split"]}
    if row["partly"] == "judge":
        rules["peer_quantile"] = row["peer_quantile"]
    varied = study.with_rules(**rules)
    if row["merge"]:
        varied = replace(varied, instrument=study.instrument.merging_by(row["merge"]))
    if not row["adjudications"]:
        varied = replace(varied, rulings=())
    consolidated = found.answers_under(variant).assign(study=study.id, rule="", inputs="")
    scores = found.scores_under(variant).assign(study=study.id)
    return varied, known.results.with_tables(consolidated=consolidated, scores=scores)


def _counting(known: _Known, absence: int) -> Varied:
    study, found = known.study, known.sensitivity
    row = found.absences.loc[absence]
    varied = study.with_rules(absent=row["absent"], missing=row["missing"])
    scores = found.scores_counting(absence).assign(study=study.id)
    return varied, known.results.with_tables(scores=scores)


def variants_of(study: Study, results: Results) -> Sensitivity:
    """A study's answers settled under every variant of its rules."""
    return sensitivity(
        results.answers,
        study.organisation.frame(),
        [level.id for level in study.organisation.levels],
        study.instrument,
        study.rules,
        study.adjudications,
    )
