"""Action logs that other offices wrote: what is taken is right, what is doubtful is a question, nothing is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.services.imports.foreign_logs.scoring import CORPUS, Score, score_log


@pytest.mark.sample(5)
@pytest.mark.parametrize("fault", CORPUS)
def test_logs_of_others_are_read_right_or_asked_about(fault: str, wales: Workspace, tmp_path: Path) -> None:
    total = Score()
    for log in CORPUS[fault]:
        total.add(score_log(wales, log, tmp_path))
    assert total.faults == []
    assert (total.missed, total.unexpected, total.unasked, total.invented) == (0, 0, 0, 0)


def test_each_fault_has_three_variants_at_least() -> None:
    assert min(len(logs) for logs in CORPUS.values()) >= 3
