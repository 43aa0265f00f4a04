"""The variants of a study's rules, worked out once for all reports on the same results."""

from __future__ import annotations

from misbrug_analysis.analysis.sensitivity import Sensitivity, sensitivity
from misbrug_analysis.model.study import Study
from misbrug_analysis.model.tables import Results


class KnownVariants:
    """Remembers the sensitivity of the study and results that it was last asked for.

    ``dataclasses.replace`` drops what a report has cached but hands this on, so a report in another
    language or for another run knows what the first one worked out. One that is ``told`` the
    sensitivity gives that, whatever it is asked for.
    """

    def __init__(self, told: Sensitivity | None = None) -> None:
        self._told = told
        self._known: tuple[Study, Results, Sensitivity] | None = None

    def of(self, study: Study, results: Results) -> Sensitivity:
        """The sensitivity of a study; worked out anew only for another study or other results."""
        if self._told is not None:
            return self._told
        known = self._known
        if known is None or known[0] is not study or known[1] is not results:
            known = study, results, variants_of(study, results)
            self._known = known
        return known[2]


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
