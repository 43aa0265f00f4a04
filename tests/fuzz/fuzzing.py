"""How many examples each test breaks: few and always the same, or many for ``make fuzz``."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

from tests.fuzz.kept import asked

USUAL = {
    "cells": 45,
    "cells of real forms": 15,
    "sheets": 35,
    "sheets of real forms": 10,
    "xml": 60,
    "xml of real forms": 15,
    "bytes": 50,
    "everywhere": 25,
    "text": 50,
    "text of real forms": 10,
    "exports as text": 40,
    "exports as workbooks": 30,
    "several respondents": 30,
    "definitions": 40,
    "harmless": 40,
}
"""Examples of each test in ``make test``; in ``make fuzz`` they are shares."""

_HEALTH = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
_PHASES = [Phase.generate, Phase.shrink]


def examples(test: str) -> settings:
    """The settings of a test: where many are asked for, a seed draws them."""
    many = asked()
    if not many:
        return settings(
            max_examples=USUAL[test],
            deadline=None,
            derandomize=True,
            database=None,
            phases=_PHASES,
            suppress_health_check=_HEALTH,
        )
    share = -(-many * USUAL[test] // sum(USUAL.values()))
    return settings(
        max_examples=share,
        deadline=None,  # ``Bed`` bounds what is used of the processor
        derandomize=False,
        database=None,  # a failure of an earlier run would come before what the seed draws
        phases=_PHASES,
        print_blob=True,
        suppress_health_check=_HEALTH,
    )
