"""Tests of start and end of a meeting: values kept, calculated and refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.drafts.meetings import build_meeting_draft, build_paper_draft
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.meetings.papers import add_paper
from ahtc_tui.services.meetings.service import add_meeting, cancel_meeting, edit_meeting, show_meeting
from ahtc_tui.services.meetings.times import compute_length
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY


def add_test_meeting(workspace: Workspace, **fields: str) -> MeetingRow:
    return add_meeting(workspace, build_meeting_draft({"group": "LG", **fields}, TODAY))


def edit_fields(workspace: Workspace, row: MeetingRow, **fields: str) -> MeetingRow:
    return edit_meeting(workspace, row.ref, build_meeting_draft(fields, TODAY))


def format_minutes(moment: datetime | None) -> str | None:
    """Format a wall time to the minute."""
    return moment.isoformat(timespec="minutes") if moment else None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"starts": "jan 2014", "minutes": "90"}, "needs a start time"),
        ({"starts": "14 jan 2014", "ends": "12:00"}, "An end time needs a start time"),
        ({"starts": "14 jan 2014 10:00", "ends": "15 jan 2014"}, "needs an end time"),
        ({"starts": "14 jan 2014 10:00", "ends": "jan 2014"}, "An end time needs a date"),
        ({"starts": "14 jan 2014 10:00", "ends": "12:00", "minutes": "90"}, "not both"),
        ({"starts": "14 jan 2014 10:00", "ends": "9:00"}, "would end before it starts"),
        ({"starts": ""}, "A meeting needs a date"),
    ],
)
def test_inconsistent_times_are_refused_in_one_sentence(wales: Workspace, typed: dict[str, str], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        add_test_meeting(wales, **typed)


@pytest.mark.parametrize(
    ("typed", "ends", "takes"),
    [
        ({"starts": "14 jan 2014 10:00"}, None, timedelta()),
        ({"starts": "14 jan 2014 10:00", "ends": "12:00"}, "2014-01-14T12:00", timedelta(hours=2)),
        ({"starts": "14 jan 2014 22:00", "minutes": "180"}, "2014-01-15T01:00", timedelta(hours=3)),
        ({"starts": "14 jan 2014", "ends": "16 jan 2014"}, "2014-01-17T00:00", timedelta(days=3)),
        ({"starts": "30 mar 2014 0:30", "ends": "3:30"}, "2014-03-30T03:30", timedelta(hours=2)),
    ],
)
def test_the_end_is_computed_from_the_input(
    wales: Workspace, typed: dict[str, str], ends: str | None, takes: timedelta
) -> None:
    row = add_test_meeting(wales, **typed)
    assert (format_minutes(row.ends), compute_length(row)) == (ends, takes)


def test_a_meeting_moved_to_another_day_keeps_its_hour_and_its_length(wales: Workspace) -> None:
    row = edit_fields(wales, add_test_meeting(wales, starts="14 jan 2014 10:00", ends="12:00"), starts="21 jan 2014")
    assert (format_minutes(row.starts), format_minutes(row.ends)) == ("2014-01-21T10:00", "2014-01-21T12:00")


def test_a_meeting_moved_to_a_month_loses_its_hour_and_its_end(wales: Workspace) -> None:
    row = edit_fields(wales, add_test_meeting(wales, starts="14 jan 2014 10:00", ends="12:00"), starts="feb 2014")
    assert row.day is not None
    assert (row.day.iso, row.start_time, row.ends) == ("2014-02", None, None)


def test_the_hour_can_be_changed_without_the_day(wales: Workspace) -> None:
    row = edit_fields(wales, add_test_meeting(wales, starts="14 jan 2014 10:00"), starts="14:30")
    assert format_minutes(row.starts) == "2014-01-14T14:30"


def test_removing_the_date_removes_the_times(wales: Workspace) -> None:
    row = edit_fields(wales, add_test_meeting(wales, starts="14 jan 2014 10:00", ends="12:00"), starts="")
    assert (row.day, row.start_time, row.ends) == (None, None, None)
    assert compute_length(row) == timedelta()
    assert show_meeting(wales, row.ref).papers_on is None


def test_a_paper_is_due_only_for_a_meeting_with_a_day(wales: Workspace) -> None:
    dated, month = add_test_meeting(wales, starts="14 jan 2014 10:00"), add_test_meeting(wales, starts="feb 2014")
    draft = build_paper_draft({"title": "Training"}, TODAY)
    assert str(add_paper(wales, dated.ref, draft).due) == str(DateAsKnown(date(2014, 1, 6)))
    assert add_paper(wales, month.ref, draft).due is None


def test_a_held_meeting_cannot_be_cancelled(wales: Workspace) -> None:
    row = add_test_meeting(wales, starts="14 nov 2013 10:00", state="held")
    with pytest.raises(Refused, match="has been held and cannot be cancelled"):
        cancel_meeting(wales, row.ref)
    with pytest.raises(Refused, match="has been held and cannot be cancelled"):
        edit_fields(wales, row, state="cancelled")


def test_removing_the_end_keeps_the_start(wales: Workspace) -> None:
    row = edit_fields(wales, add_test_meeting(wales, starts="14 jan 2014 10:00", ends="12:00"), ends="")
    assert (format_minutes(row.starts), format_minutes(row.ends)) == ("2014-01-14T10:00", None)


def test_a_meeting_without_a_day_takes_no_hour(wales: Workspace) -> None:
    row = add_test_meeting(wales, starts="feb 2014")
    for typed, sentence in (
        ({"starts": "10:00"}, "A time needs a date"),
        ({"ends": "12:00"}, "An end time needs a date"),
    ):
        with pytest.raises(BadInput, match=sentence):
            edit_fields(wales, row, **typed)
    assert format_minutes(edit_fields(wales, row, starts="11 feb 2014 10:00").starts) == "2014-02-11T10:00"


def test_a_meeting_in_the_hour_that_comes_twice_is_accepted_with_its_length(wales: Workspace) -> None:
    row = add_test_meeting(wales, starts="26 oct 2014 01:30", minutes="60")
    assert (format_minutes(row.ends), compute_length(row)) == ("2014-10-26T01:30", timedelta(hours=1))
    moved = edit_fields(wales, row, starts="27 oct 2014 01:30")
    assert (format_minutes(moved.ends), compute_length(moved)) == ("2014-10-27T02:30", timedelta(hours=1))


def test_an_end_that_would_read_as_another_length_is_refused(wales: Workspace) -> None:
    with pytest.raises(BadInput, match="26 October 2014, 1:30am occurs twice"):
        add_test_meeting(wales, starts="26 oct 2014 01:00", minutes="90")
