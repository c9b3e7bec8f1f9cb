"""Meetings, due dates and bank holidays by day, and moving one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ahtc_tui.domain.actions.filters import ActionFilter
from ahtc_tui.domain.dates.calendar_names import format_bank_holiday
from ahtc_tui.domain.dates.date_as_known import DateAsKnown, Precision
from ahtc_tui.domain.dates.working_days import find_bank_holiday
from ahtc_tui.domain.drafts.actions import ActionDraft
from ahtc_tui.domain.drafts.meetings import MeetingDraft, Moment
from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.calendar import CalendarEntry, EntryKind, group_by_day
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.meetings import series
from ahtc_tui.services.meetings import service as meetings
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.groups.queries import read_short_names


def list_calendar_days(workspace: Workspace, first: date, last: date) -> dict[date, list[CalendarEntry]]:
    """Return what falls on the days from `first` to `last`; days without anything are absent."""
    meeting_entries, due_entries = _list_meetings(workspace, first, last), _list_due(workspace, first, last)
    return group_by_day([*meeting_entries, *due_entries, *_list_holidays(first, last)])


def _list_holidays(first: date, last: date) -> Iterator[CalendarEntry]:
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        if name := find_bank_holiday(day):
            yield CalendarEntry(day, EntryKind.HOLIDAY, format_bank_holiday(name))


def _list_due(workspace: Workspace, first: date, last: date) -> Iterator[CalendarEntry]:
    for row in actions.list_actions(workspace, ActionFilter()):
        if row.due is not None and row.due.precision is Precision.DAY and first <= row.due.latest <= last:
            yield CalendarEntry(row.due.latest, EntryKind.DUE, row.shown_title, row.ref)


def _list_meetings(workspace: Workspace, first: date, last: date) -> Iterator[CalendarEntry]:
    with workspace.database.read() as cursor:
        short_names = read_short_names(cursor)
    for row in meetings.list_meetings(workspace):
        short_name = short_names.get(row.group_ref or "", "")
        if row.recurrence:
            yield from _list_series_days(workspace, row, short_name, first, last)
        elif row.day is not None and row.day.precision is Precision.DAY and first <= row.day.latest <= last:
            is_cancelled = row.state is MeetingState.CANCELLED
            yield CalendarEntry(
                row.day.latest,
                EntryKind.MEETING,
                row.shown_title,
                row.ref,
                row.start_time,
                row.ends,
                is_cancelled=is_cancelled,
                short_name=short_name,
            )


def _list_series_days(
    workspace: Workspace, row: MeetingRow, short_name: str, first: date, last: date
) -> Iterator[CalendarEntry]:
    """Yield the days of a series that have no record."""
    if row.state is MeetingState.CANCELLED:
        return
    for planned in series.list_days(workspace, row.ref, first, last):
        if planned.ref is None and planned.starts is not None:
            ends = planned.starts + row.length if row.length else None
            start = None if row.all_day else planned.starts.time()
            yield CalendarEntry(
                planned.starts.date(),
                EntryKind.MEETING,
                row.shown_title,
                row.ref,
                start,
                ends,
                is_series=True,
                short_name=short_name,
            )


def move_entry(workspace: Workspace, entry: CalendarEntry, days: int) -> date:
    """Move a meeting, one day of a series, or the due date of an action; return the new day. Raises Refused."""
    day = entry.day + timedelta(days)
    moment = Moment(DateAsKnown(day), None)
    if entry.kind is EntryKind.HOLIDAY:
        raise Refused(_("A bank holiday cannot be moved."))
    if entry.kind is EntryKind.DUE:
        actions.edit_action(workspace, entry.ref, ActionDraft(due=DateAsKnown(day)))
    elif entry.is_series:
        series.move_day(workspace, entry.ref, entry.day, moment)
    else:
        meetings.edit_meeting(workspace, entry.ref, MeetingDraft(starts=moment))
    return day
