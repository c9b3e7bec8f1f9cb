"""The lived-in office, made once for all tests of a run."""

from __future__ import annotations

import pytest

from tests.lived_in.office import Office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with three years of work, for reading."""
    office = Office(tmp_path_factory.mktemp("lived-in") / "office")
    office.live()
    return office
