"""Dates that a key moves by days."""

from __future__ import annotations

from datetime import date

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.actions.dependencies import preview_move
from ahtc_tui.services.actions.service import close_action, move_date, show_action
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.meetings.service import add_meeting, move_meeting, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY, make_action


def test_due_date_moves_from_its_latest_day_and_leaves_a_slip(wales: Workspace) -> None:
    ref = make_action(wales, due="end of december 2013").ref
    assert move_date(wales, ref, 1) == DateAsKnown(date(2014, 1, 1))
    card = show_action(wales, ref)
    assert card.row.due == DateAsKnown(date(2014, 1, 1))
    assert [str(slip.from_due) for slip in card.slips] == ["end of december 2013"]
    assert move_date(wales, ref, -2) == DateAsKnown(date(2013, 12, 30))
    undo_step(wales)
    undo_step(wales)
    assert str(show_action(wales, ref).row.due) == "end of december 2013"


def test_past_due_date_moves_on_from_today(wales: Workspace) -> None:
    ref = make_action(wales, due="2013-10-01").ref
    assert move_date(wales, ref, 7) == DateAsKnown(date(2014, 1, 7))
    assert move_date(wales, ref, -1) == DateAsKnown(date(2014, 1, 6))


def test_review_date_of_a_continuing_duty_moves(wales: Workspace) -> None:
    ref = make_action(wales, status="continuing", review_on="2014-03-31").ref
    assert move_date(wales, ref, 7) == DateAsKnown(date(2014, 4, 7))
    row = show_action(wales, ref).row
    assert (row.review_on, row.due) == (DateAsKnown(date(2014, 4, 7)), None)


def test_action_without_a_day_is_not_moved(wales: Workspace) -> None:
    undated, worded, closed = (make_action(wales, due=due).ref for due in (None, "ASAP", "2013-12-01"))
    close_action(wales, closed)
    for ref, error in ((undated, Refused), (worded, BadInput), (closed, Refused)):
        before = show_action(wales, ref)
        with pytest.raises(error):
            move_date(wales, ref, 1)
        assert show_action(wales, ref) == before


def add_leadership_meeting(workspace: Workspace, **fields: str) -> MeetingRow:
    draft = build_meeting_draft({"group": "LG", "starts": "2014-02-11 10:00", **fields}, workspace.today())
    return add_meeting(workspace, draft)


def test_meeting_moves_at_the_same_hour_and_length(wales: Workspace) -> None:
    before = add_leadership_meeting(wales, minutes="90")
    assert move_meeting(wales, before.ref, 7) == DateAsKnown(date(2014, 2, 18))
    after = show_meeting(wales, before.ref).row
    assert (after.day, after.start_time) == (DateAsKnown(date(2014, 2, 18)), before.start_time)
    assert before.ends is not None
    assert after.ends == before.ends.replace(day=18)
    assert after.sequence == before.sequence + 1
    undo_step(wales)
    assert show_meeting(wales, before.ref).row.day == before.day


def test_series_and_meeting_that_was_held_are_not_moved_by_a_key(wales: Workspace) -> None:
    series = add_leadership_meeting(wales, repeat="FREQ=MONTHLY").ref
    for ref in (series, "idmg-first-report"):
        with pytest.raises(Refused, match="Edit"):
            move_meeting(wales, ref, 1)


def test_a_previewed_move_takes_the_actions_that_wait_for_it(wales: Workspace) -> None:
    first = make_action(wales, due="2014-02-03").ref
    second = make_action(wales, due="2014-02-05", blocked_by=first).ref
    moves = {move.ref: move.would_be for move in preview_move(wales, first, "2014-02-10")}
    assert moves == {first: date(2014, 2, 10), second: date(2014, 2, 10)}


def test_a_previewed_move_of_a_meeting_takes_the_dates_relative_to_it(wales: Workspace) -> None:
    meeting = add_meeting(wales, build_meeting_draft({"group": "LG", "starts": "2014-02-03 10:00"}, TODAY)).ref
    follower = make_action(wales, due=f"1 week before {meeting}").ref
    make_action(wales, due="2014-01-27")
    moves = {move.ref: move.would_be for move in preview_move(wales, meeting, "2014-02-10")}
    assert moves == {meeting: date(2014, 2, 10), follower: date(2014, 2, 3)}
