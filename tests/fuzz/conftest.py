"""Every example looks at its own ledgers; thousands of them are not kept until a test ends."""

from __future__ import annotations

import pytest

from tests.fuzz.bed import Bed, real_bed, several_bed, small_bed


@pytest.fixture
def every_ledger_adds_up() -> None:
    """In place of the one for all tests: ``Bed.read`` checks the ledgers of each example."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    """The small study with one unbroken form."""
    return small_bed(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    """The study of 2014 with one unbroken form."""
    return real_bed(tmp_path_factory.mktemp("real"))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Bed:
    """The small study where several of each unit answer, with one unbroken form."""
    return several_bed(tmp_path_factory.mktemp("several"))
