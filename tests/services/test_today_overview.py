"""What the pane beside Today shows, read by one service."""

from __future__ import annotations

from datetime import date

from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.today import DayMark
from ahtc_tui.services.actions.service import close_action
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting
from ahtc_tui.services.today import show_overview
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action


def add_leadership_meeting(workspace: Workspace, starts: str, **fields: str) -> str:
    return add_meeting(workspace, build_meeting_draft({"group": "LG", "starts": starts, **fields}, TODAY)).ref


def test_calendar_of_five_weeks_marks_meetings_papers_and_due_dates(wales: Workspace) -> None:
    add_leadership_meeting(wales, "2014-01-21 10:00")
    cancel_meeting(wales, add_leadership_meeting(wales, "2014-01-22 10:00"))
    add_leadership_meeting(wales, "2014-02-04 10:00")
    make_action(wales, due="2014-01-21")
    make_action(wales, due="January 2014")
    close_action(wales, make_action(wales, due="2014-01-30").ref)
    overview = show_overview(wales)
    assert (overview.calendar_days[0], overview.calendar_days[-1]) == (date(2013, 12, 30), date(2014, 2, 2))
    assert overview.marks == {
        date(2014, 1, 13): {DayMark.PAPERS},
        date(2014, 1, 21): {DayMark.MEETING, DayMark.DUE},
        date(2014, 1, 27): {DayMark.PAPERS},
    }


def test_minutes_that_were_not_circulated_are_to_be_sent(wales: Workspace) -> None:
    ref = add_leadership_meeting(wales, "2013-12-17 10:00", state="held")
    add_leadership_meeting(wales, "2013-12-18 10:00", state="cancelled")
    assert [(row.ref, due) for row, due in show_overview(wales).minutes_to_send] == [(ref, date(2014, 1, 3))]


def test_steps_since_yesterday_are_the_newest_first(wales: Workspace) -> None:
    ref = make_action(wales).ref
    close_action(wales, ref)
    assert [step.label for step in show_overview(wales).steps[:2]] == [f"done {ref}", "add Write to the health boards"]
