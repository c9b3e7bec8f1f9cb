"""docs/properties.md names tests that exist, and every property has one."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.shape.tree import ROOT, list_functions, parse_file

PAGE = (ROOT / "docs" / "properties.md").read_text(encoding="utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| property")]


@cache
def list_test_names(path: str) -> frozenset[str]:
    """Return the names of the tests of a file; none where it does not exist."""
    file = ROOT / path
    return frozenset(function.name for function in list_functions(parse_file(file))) if file.exists() else frozenset()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_every_property_has_tests_that_exist(row: str) -> None:
    tests = TEST.findall(row)
    assert tests
    assert row.count("::") == len(tests)
    assert [f"{path}::{name}" for path, name in tests if name not in list_test_names(path)] == []


def test_the_page_states_its_limits() -> None:
    limits = PAGE.partition("## Limits")[2]
    assert limits.count("\n- ") >= 5
    assert len(ROWS) >= 30
