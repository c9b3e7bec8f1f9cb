"""What one looks at on Monday morning, as one answer. It changes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.meetings.enums import MeetingKind
from ahtc_tui.domain.today import MEETINGS_SHOWN, SHOWN, NextMeeting, Section
from ahtc_tui.store import today as stored
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from datetime import date

    from ahtc_tui.domain.meetings.model import MeetingRow
    from ahtc_tui.domain.today import TodayView
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.records.cursor import Cursor


def today_view(workspace: Workspace, shown: int | None = SHOWN, meetings: int | None = MEETINGS_SHOWN) -> TodayView:
    """The Today page, with at most so many rows of a section and so many meetings; None is all of them."""
    with workspace.database.read() as cursor:
        view = stored.view(
            cursor, workspace.today(), -1 if shown is None else shown, -1 if meetings is None else meetings
        )
        view = _with_conflicts(cursor, view)
        if not stored.any_series(cursor):
            return _with_papers(view)
        coming = _coming(cursor, workspace.today())
    known = view.next_meetings
    rows = sorted((*known.rows, *coming), key=lambda one: (one.day.latest, one.starts or "99"))[:meetings]
    return _with_papers(replace(view, next_meetings=Section(tuple(rows), known.total + len(coming))))


def _with_conflicts(cursor: Cursor, view: TodayView) -> TodayView:
    """The count is one small read where nothing was ever merged."""
    if not merge_log.anything_waits(cursor):
        return view
    from ahtc_tui.store.replication.conflicts import Reading
    from ahtc_tui.store.replication.open_conflicts import everything

    return replace(view, conflicts=len(everything(Reading(cursor))))


def _with_papers(view: TodayView) -> TodayView:
    """The coming meetings with the day on which their papers go out, where no paper of their own is due sooner."""
    rows = tuple(_papers_day(row, view.date) for row in view.next_meetings.rows)
    return replace(view, next_meetings=Section(rows, view.next_meetings.total))


def _papers_day(row: NextMeeting, today: date) -> NextMeeting:
    if row.kind is not MeetingKind.MEETING or row.papers_due is not None:
        return row
    from ahtc_tui.services.meetings.deadlines import papers_on

    day = papers_on(row.day)
    return replace(row, papers_due=DateAsKnown(day)) if day and day >= today else row


def _coming(cursor: Cursor, today: date) -> list[NextMeeting]:
    """Each series on its next day, but for days with a record of their own, which are meetings like any other."""
    from ahtc_tui.services.meetings.series_dates import next_day
    from ahtc_tui.services.meetings.times import on_slot
    from ahtc_tui.store.meetings import series as stored_series

    taken = stored_series.taken(cursor)
    days = [(row, next_day(row, today, taken.get(row.key, set()))) for row in stored_series.begun(cursor)]
    return [_next(on_slot(row, slot)) for row, slot in days if slot]


def _next(row: MeetingRow) -> NextMeeting:
    assert row.day is not None
    starts = f"{row.start_time:%H:%M}" if row.start_time else None
    where = row.venue or row.place or row.link
    items, source = row.agenda_items, row.source
    return NextMeeting(
        row.ref, row.title, row.group, row.kind, row.state, row.day, starts, where, items, None, source, row.all_day
    )
