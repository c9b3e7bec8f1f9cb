"""Damaged files of every import kind give rows or one sentence, never a traceback or a long wait."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.mutants import read_mutant, write_mutants

pytestmark = pytest.mark.faults
COUNT = 64
LONGEST = 10.0
"""Seconds."""


def test_a_damaged_file_gives_rows_or_one_error_message(tmp_path: Path) -> None:
    outcomes = []
    for seed, path in write_mutants(tmp_path, COUNT, first=10_000):
        start = time.perf_counter()
        try:
            outcomes += read_mutant(path)
        except Exception as error:
            raise AssertionError(f"seed {seed}, {path.suffix}") from error
        assert time.perf_counter() - start < LONGEST
    assert 0 < outcomes.count("read") < len(outcomes)
