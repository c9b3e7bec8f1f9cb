"""Fixtures of the checks of language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.clients.conftest import node_modules

__all__ = ["node_modules"]


@pytest.fixture(scope="session")
def dictionary(node_modules: Path) -> Path:
    """The Welsh dictionary, without its ending."""
    return node_modules / "dictionary-cy" / "index"
