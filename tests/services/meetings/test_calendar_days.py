"""Entries of the calendar that a key moves."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.meetings.calendar import CalendarEntry, EntryKind
from ahtc_tui.services.actions.service import show_action
from ahtc_tui.services.meetings.calendar_days import move_entry
from ahtc_tui.services.workspace import Workspace
from tests.builders import make_action


def test_a_due_date_moves_with_its_entry(wales: Workspace) -> None:
    ref = make_action(wales, due="2014-02-03").ref
    assert move_entry(wales, CalendarEntry(date(2014, 2, 3), EntryKind.DUE, "", ref), 2) == date(2014, 2, 5)
    assert show_action(wales, ref).row.due == DateAsKnown(date(2014, 2, 5))


def test_a_bank_holiday_does_not_move(wales: Workspace) -> None:
    with pytest.raises(Refused, match="bank holiday"):
        move_entry(wales, CalendarEntry(date(2014, 1, 1), EntryKind.HOLIDAY, "New Year's Day"), 1)
