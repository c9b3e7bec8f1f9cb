"""The Today view: late and due actions, reviews, chasers, meetings, conflicts. Reads only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.meetings.kinds import MeetingKind
from ahtc_tui.domain.today import (
    CALENDAR_WEEKS,
    MEETING_ROWS,
    PAPER_DAYS,
    SECTION_ROWS,
    DayMark,
    NextMeeting,
    Section,
    TodayOverview,
    TodayView,
)
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store import today as stored
from ahtc_tui.store.journal import import_steps
from ahtc_tui.store.records.cursor import Cursor, begin_snapshot
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.domain.meetings.model import MeetingRow


def show_today(
    workspace: Workspace,
    row_limit: int | None = SECTION_ROWS,
    meeting_limit: int | None = MEETING_ROWS,
    *,
    is_folded: bool = True,
) -> TodayView:
    """Return the Today view with at most `row_limit` rows a section and `meeting_limit` meetings; None is no limit.

    Late actions of one lead, and late promises to one party, are one row where the view is folded.
    """
    with workspace.database.read() as cursor:
        view = stored.read_today(
            cursor,
            workspace.today(),
            -1 if row_limit is None else row_limit,
            -1 if meeting_limit is None else meeting_limit,
            is_folded,
        )
        view = _add_conflicts(cursor, view)
        view = replace(view, retention_due=_count_retention_due(cursor, workspace))
        view = _add_language_wishes(cursor, view)
        if not stored.has_series(cursor):
            return _add_papers_days(view)
        coming = _find_series_meetings(cursor, workspace.today())
    meetings = view.next_meetings
    rows = sorted((*meetings.rows, *coming), key=lambda row: (row.day.latest, row.starts or time.max))[:meeting_limit]
    return _add_papers_days(replace(view, next_meetings=Section(tuple(rows), meetings.total + len(coming))))


NEEDED_STEPS = frozenset(("contacts", "groups", "meetings", "actions"))
"""Parts without which an office is new."""


def find_finished_steps(workspace: Workspace) -> frozenset[str] | None:
    """Return which steps of a new office are done; None where it has people, groups, meetings and actions."""
    with workspace.database.read() as cursor:
        parts = stored.find_filled_parts(cursor)
        if parts >= NEEDED_STEPS:
            return None
        if import_steps.has_imports(cursor):
            parts |= {"reports"}
    return parts | {"settings"} if workspace.office.name and workspace.office.email else parts


def _count_retention_due(cursor: Cursor, workspace: Workspace) -> int:
    """Count the records whose period is over. One query tells where none can be, unless the office set the periods."""
    if not workspace.retention and not stored.has_old_records(cursor, workspace.today()):
        return 0
    from ahtc_tui.services.retention.service import count_due_records

    return count_due_records(cursor, workspace)


def _add_conflicts(cursor: Cursor, view: TodayView) -> TodayView:
    """Add the number of conflicts; a single query where no merge has left any."""
    if not merge_log.has_open_questions(cursor):
        return view
    from ahtc_tui.store.replication.conflicts import ConflictReader, list_open_conflicts

    return replace(view, conflicts=len(list_open_conflicts(ConflictReader(cursor))))


def _add_language_wishes(cursor: Cursor, view: TodayView) -> TodayView:
    """Add the language wishes of those invited to the listed meetings, where any contact wishes to use Welsh."""
    if not stored.has_welsh_wishes(cursor):
        return view
    from ahtc_tui.store.meetings.invitations import find_language_wishes

    def add_wishes(row: NextMeeting) -> NextMeeting:
        return replace(row, is_interpreter_to_book=find_language_wishes(cursor, row.ref).is_to_book)

    return replace(
        view, next_meetings=Section(tuple(map(add_wishes, view.next_meetings.rows)), view.next_meetings.total)
    )


def _add_papers_days(view: TodayView) -> TodayView:
    """Add the day on which papers go out to meetings without an earlier paper."""
    rows = tuple(_add_papers_day(row, view.date) for row in view.next_meetings.rows)
    return replace(view, next_meetings=Section(rows, view.next_meetings.total))


def _add_papers_day(row: NextMeeting, today: date) -> NextMeeting:
    from ahtc_tui.domain.dates.working_days import find_papers_day

    if row.kind is not MeetingKind.MEETING or row.papers_due is not None:
        return row
    day = find_papers_day(row.day)
    return replace(row, papers_due=DateAsKnown(day)) if day and day >= today else row


def _find_series_meetings(cursor: Cursor, today: date) -> list[NextMeeting]:
    """Return the next day of each series, except days that have a record and are listed as meetings."""
    from ahtc_tui.services.meetings.series_dates import show_on_next_day
    from ahtc_tui.store.meetings import series as stored_series

    rows = stored_series.read_running_series(cursor)
    return [_build_next_meeting(shown) for row in rows if (shown := show_on_next_day(cursor, row, today))]


def _build_next_meeting(row: MeetingRow) -> NextMeeting:
    assert row.day is not None
    place = row.venue or row.place or row.link
    items, source = row.agenda_items, row.source
    return NextMeeting(
        row.ref,
        row.title,
        row.group,
        row.kind,
        row.state,
        row.day,
        row.start_time,
        place,
        items,
        None,
        source,
        row.all_day,
        title_cy=row.title_cy,
        marking=row.marking,
    )


def show_overview(workspace: Workspace) -> TodayOverview:
    """Return the calendar, the plan, minutes to send, and the steps since yesterday."""
    from ahtc_tui.domain.dates.working_days import compute_deadlines
    from ahtc_tui.store import overview
    from ahtc_tui.store.plan import queries

    today = workspace.today()
    yesterday = workspace.now().astimezone().date() - timedelta(1)
    with workspace.database.read() as cursor, begin_snapshot(cursor):
        minutes = [(row, compute_deadlines(row.day)) for row in overview.list_minutes_to_send(cursor, today)]
        monday = today - timedelta(today.weekday())
        calendar_days = tuple(monday + timedelta(days) for days in range(7 * CALENDAR_WEEKS))
        return TodayOverview(
            calendar_days,
            _find_marks(cursor, calendar_days, today),
            tuple(queries.read_view(cursor, today).objectives),
            tuple((row, deadlines.draft_on) for row, deadlines in minutes if deadlines),
            tuple(overview.list_steps_since(cursor, yesterday)),
        )


def _find_marks(cursor: Cursor, days: tuple[date, ...], today: date) -> dict[date, frozenset[DayMark]]:
    """Return what falls on consecutive days: meetings, papers to send and due dates."""
    from ahtc_tui.domain.dates.working_days import find_papers_day
    from ahtc_tui.store import overview

    first, last = days[0], days[-1]
    beyond = last + timedelta(PAPER_DAYS)
    meetings = [(row.day, row.kind) for row in overview.list_meeting_days(cursor, first, beyond)]
    if stored.has_series(cursor):
        meetings += [(row.day.latest, row.kind) for row in _find_series_meetings(cursor, today)]
    papers = overview.list_paper_days(cursor, first, last)
    papers |= {
        papers_day
        for day, kind in meetings
        if kind is MeetingKind.MEETING and (papers_day := find_papers_day(DateAsKnown(day)))
    }
    marks: dict[date, set[DayMark]] = {}
    for mark, marked_days in (
        (DayMark.MEETING, {day for day, _kind in meetings}),
        (DayMark.PAPERS, papers),
        (DayMark.DUE, overview.list_due_days(cursor, first, last)),
    ):
        for day in marked_days:
            if first <= day <= last:
                marks.setdefault(day, set()).add(mark)
    return {day: frozenset(day_marks) for day, day_marks in marks.items()}
