"""After a kill at any moment, no acknowledged write is lost, none is half-written, and the database is intact."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from ahtc_tui.services.doctor import find_faults
from ahtc_tui.services.workspace import Workspace
from tests.builders import query_rows
from tests.faults.rounds import count_rounds

ROUNDS = count_rounds(200, 1000)
SEED = 20131231
TOKENS = re.compile("token[0-9a-f]+")


@pytest.mark.long
@pytest.mark.faults
def test_a_kill_at_any_moment_loses_no_acknowledged_write(wales: Workspace) -> None:
    wales.database.close()
    process = subprocess.run(
        [sys.executable, "-m", "tests.faults.writer", str(wales.root), str(SEED), str(ROUNDS)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        timeout=1200,
    )
    report = json.loads(process.stdout)
    office = wales.open_reader()
    try:
        check_acknowledged(office, [line.split() for lines in report["acknowledged"] for line in lines])
        assert report["hot"] > 0, "no writer was killed in the middle of a write: the test shows nothing"
    finally:
        office.close()


def check_acknowledged(office: Workspace, acknowledged: list[list[str]]) -> None:
    """Compare the stored records with the acknowledged writes."""
    assert len(acknowledged) > ROUNDS // 4
    values = [value or "" for (value,) in query_rows(office, "SELECT value FROM change")]
    written = Counter(token for value in values for token in TOKENS.findall(value))
    lines = {"0": 2, "1": 6, "2": 1}
    """Number of fields with a token: title and detail of a new action; three fields of two actions; an update."""
    assert {token: written[token] for token, _kind in acknowledged} == {
        token: lines[kind] for token, kind in acknowledged
    }
    assert set(written.values()) <= set(lines.values()), "a write that nobody acknowledged is whole, or not there"
    assert query_rows(office, "SELECT ref FROM actions WHERE title LIKE 'token%' AND title <> detail") == []
    assert find_faults(office) == []
