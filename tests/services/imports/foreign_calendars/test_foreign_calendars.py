"""Calendars that others wrote: nothing is proposed away, and no meeting is at a wrong time without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.services.workspace import Workspace
from tests.services.imports.foreign_calendars.scoring import CORPUS, add_known_meetings, score_calendar
from tests.services.imports.foreign_logs.scoring import Score


@pytest.mark.sample(15)
@pytest.mark.parametrize("fault", CORPUS)
def test_calendars_of_others_are_read_right_or_asked_about(fault: str, wales: Workspace, tmp_path: Path) -> None:
    uids, total = add_known_meetings(wales), Score()
    for calendar in CORPUS[fault]:
        total.add(score_calendar(wales, calendar, uids, tmp_path))
    assert total.faults == []


def test_each_fault_has_three_variants_at_least() -> None:
    assert min(len(calendars) for calendars in CORPUS.values()) >= 3
