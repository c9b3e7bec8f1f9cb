"""Returns that owners damaged: they propose, the group decides, and nothing they write is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.services.imports.damaged_returns.corpus import CORPUS
from tests.services.imports.damaged_returns.scoring import score_return, send_return
from tests.services.imports.foreign_logs.scoring import Score


@pytest.mark.long
@pytest.mark.parametrize("fault", CORPUS)
def test_damaged_returns_are_read_right_or_asked_about(fault: str, wales: Workspace, tmp_path: Path) -> None:
    sent, total = send_return(wales, tmp_path / "sent"), Score()
    for damaged in CORPUS[fault]:
        total.add(score_return(wales, sent, damaged, tmp_path))
    assert total.faults == []


def test_each_fault_has_three_variants_at_least() -> None:
    assert min(len(returns) for returns in CORPUS.values()) >= 3
