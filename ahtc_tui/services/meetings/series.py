"""Series of meetings: their dates, and the records of dates that differ from the series.

A date is identified by its planned day or by the day it was moved to. Only changed dates have a record.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import format_long_date
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState, Presence, Reply
from ahtc_tui.domain.meetings.model import LONDON, MeetingRow, SeriesDay
from ahtc_tui.domain.meetings.wall_time import add_duration
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda_template import start_agenda
from ahtc_tui.services.meetings.series_dates import SeriesCalendar, find_planned_after, read_series_calendar
from ahtc_tui.services.meetings.times import compute_length
from ahtc_tui.services.meetings.writer import cancel_with_days, change_meeting
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings import series as stored
from ahtc_tui.store.records.references import mint_ref

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft, Moment
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


def list_days(workspace: Workspace, ref: str, from_: date | None = None, to: date | None = None) -> list[SeriesDay]:
    """Return the dates of a series in planned order, by default for a year from today. Raises NotFound, BadInput."""
    first = from_ or workspace.today()
    last = to or first + timedelta(days=366)
    with workspace.database.read() as cursor:
        return _find_series(cursor, ref).list_days(first, last)


def open_day(workspace: Workspace, ref: str, day: date) -> MeetingRow:
    """Return a date of a series as a meeting; creates its record if it has none. Raises NotFound, BadInput, Refused."""
    with workspace.database.write(f"open {ref.upper()} of {day.isoformat()}") as ledger:
        calendar = _find_series(ledger.cursor, ref)
        return stored_meetings.read_meeting(ledger.cursor, _ensure_day_record(ledger, calendar, day))


def move_day(workspace: Workspace, ref: str, day: date, moment: Moment) -> MeetingRow:
    """Move one date of a series; a time without a day keeps the day. Raises NotFound, BadInput, Refused."""
    from ahtc_tui.domain.drafts.meetings import MeetingDraft

    with workspace.database.write(f"move {ref.upper()} of {day.isoformat()}") as ledger:
        key = _ensure_day_record(ledger, _find_series(ledger.cursor, ref), day)
        return change_meeting(ledger, key, MeetingDraft(starts=moment))


def edit_day(workspace: Workspace, ref: str, day: date, draft: MeetingDraft) -> MeetingRow:
    """Change the given fields of one date of a series. Raises NotFound, BadInput, Refused."""
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"edit {ref.upper()} of {day.isoformat()}") as ledger:
        return change_meeting(ledger, _ensure_day_record(ledger, _find_series(ledger.cursor, ref), day), draft)


def edit_following(workspace: Workspace, ref: str, day: date | None, draft: MeetingDraft) -> MeetingRow:
    """Change a date of a series and all later ones, which become a separate series; return that series.

    Without a day, `ref` is the record of a date. From the first date on, the series itself changes. Raises NotFound,
    BadInput, and Refused for a date that the changed series does not include.
    """
    record_lookup.refuse_empty_draft(draft)
    with workspace.database.write(f"edit {ref.upper()} from a day on") as ledger:
        calendar = _find_series(ledger.cursor, ref)
        if calendar.row.state is MeetingState.CANCELLED:
            raise Refused(_("The whole series {ref} is cancelled.").format(ref=calendar.row.ref))
        planned = _find_planned_time(ledger.cursor, calendar, ref, day)
        ledger.label = f"edit {calendar.row.ref} from {planned.date().isoformat()}"
        is_whole = planned <= calendar.rule.first
        return change_meeting(ledger, calendar.row.key if is_whole else _split(ledger, calendar, planned), draft)


def _find_planned_time(cursor: Cursor, calendar: SeriesCalendar, ref: str, day: date | None) -> datetime:
    """Return the planned time of a date of a series, in the time zone of the series."""
    if day is None:
        own_day = stored_meetings.read_meeting(cursor, record_lookup.find_meeting_key(cursor, ref))
        if own_day.recurrence_id is None:
            raise BadInput(_("{ref} is a series. Give the first date to change, with --on.").format(ref=ref))
        return own_day.recurrence_id
    planned = next((series_day.recurrence_id for series_day in calendar.list_days(day, day)), None)
    if planned is None:
        raise NotFound(_format_no_such_day(cursor, calendar, day))
    return planned


def _split(ledger: Ledger, calendar: SeriesCalendar, planned: datetime) -> RowKey:
    """End a series before a date, and continue it from there as a new series with the later records and its guests."""
    row, cursor, key = calendar.row, ledger.cursor, ledger.create_key()
    before, after = calendar.rule.split_rule(planned)
    values = stored.read_values(cursor, row.key)
    pattern = stored_meetings.read_reference_pattern(cursor, values["group"])
    ref = mint_ref(cursor, "meetings", pattern, year=planned.year)
    ends = add_duration(planned, compute_length(row), row.tz) if row.ends else None
    own = {
        "ref": ref,
        "number": stored_meetings.parse_number(ref),
        "day": planned.date().isoformat(),
        "start_time": f"{planned:%H:%M}" if row.start_time else None,
        "ends": ends.isoformat("T", "minutes") if ends else None,
        "state": row.state.value,
        "uid": f"{key.hex()}@ahtc",
        "sequence": 0,
        "recurrence": after,
        "on_holiday": row.on_holiday.value,
    }
    ledger.add("meetings", {**values, **own}, key)
    guests = stored.read_invitations(cursor, row.key)
    ledger.add_all("invitations", [{**guest, "meeting": key, "reply": Reply.NEEDS_ACTION.value} for guest in guests])
    ledger.update("meetings", row.key, {"recurrence": before, "sequence": row.sequence + 1})
    for own_day in calendar.own_days:
        if own_day.recurrence_id and own_day.recurrence_id >= planned:
            ledger.update("meetings", own_day.key, {"series": key})
    return key


def cancel_day(workspace: Workspace, ref: str, day: date) -> MeetingRow:
    """Cancel one date of a series; the others do not change. Raises NotFound, BadInput, Refused."""
    with workspace.database.write(f"cancel {ref.upper()} on {day.isoformat()}") as ledger:
        key = _ensure_day_record(ledger, _find_series(ledger.cursor, ref), day)
        cancel_with_days(ledger, key)
        return stored_meetings.read_meeting(ledger.cursor, key)


def _find_series(cursor: Cursor, ref: str) -> SeriesCalendar:
    """Find a series by its own reference or by that of one of its dates."""
    key, ref = record_lookup.find_meeting(cursor, ref)
    row = stored_meetings.read_meeting(cursor, key)
    if row.series:
        key, ref = record_lookup.find_meeting(cursor, row.series)
    calendar = read_series_calendar(cursor, key)
    if calendar is None:
        raise BadInput(_("{ref} is one meeting, not a series.").format(ref=ref))
    return calendar


def _ensure_day_record(ledger: Ledger, calendar: SeriesCalendar, day: date) -> RowKey:
    """Return the key of the record of a date; create the record if there is none."""
    for matches in (
        [own_day for own_day in calendar.own_days if _read_day(own_day) == day],
        [own_day for own_day in calendar.own_days if (own_day.planned.date() if own_day.planned else None) == day],
    ):
        if matches:
            return matches[0].key
    planned = [series_day for series_day in calendar.list_days(day, day) if series_day.ref is None]
    if not planned:
        raise NotFound(_format_no_such_day(ledger.cursor, calendar, day))
    if calendar.row.state is MeetingState.CANCELLED:
        raise Refused(_("The whole series {ref} is cancelled.").format(ref=calendar.row.ref))
    nearest = min(planned, key=lambda series_day: series_day.starts is None or series_day.day != day)
    return _add_day_record(ledger, calendar.row, nearest)


def _add_day_record(ledger: Ledger, row: MeetingRow, series_day: SeriesDay) -> RowKey:
    """Create the record of a date with the fields and the invitations of the series."""
    cursor, key = ledger.cursor, ledger.create_key()
    starts = series_day.starts or series_day.planned
    values: dict[str, Any] = stored.read_values(cursor, row.key)
    pattern = stored_meetings.read_reference_pattern(cursor, values["group"])
    ref = mint_ref(cursor, "meetings", pattern, year=starts.year)
    ends = add_duration(starts, compute_length(row), LONDON) if row.ends else None
    ledger.add(
        "meetings",
        {
            **values,
            "ref": ref,
            "number": stored_meetings.parse_number(ref),
            "day": starts.date().isoformat(),
            "start_time": f"{starts:%H:%M}" if row.start_time else None,
            "ends": ends.isoformat("T", "minutes") if ends else None,
            "tz": LONDON,
            "state": row.state.value,
            "uid": f"{key.hex()}@ahtc",
            "sequence": row.sequence,
            "series": row.key,
            "recurrence_id": series_day.recurrence_id.isoformat("T", "minutes"),
        },
        key,
    )
    if values["group"]:
        start_agenda(ledger, key, values["group"])
    if guests := stored.read_invitations(cursor, row.key):
        ledger.add_all("invitations", [{"meeting": key, **guest} for guest in guests])
        declined = [guest["party"] for guest in guests if guest["party"] and guest["reply"] == Reply.DECLINED]
        if declined:
            attendance = {"meeting": key, "state": Presence.APOLOGIES.value}
            ledger.add_all("attendances", [{**attendance, "party": party} for party in declined])
    return key


def open_next_meeting(ledger: Ledger, meeting: MeetingRow, next_meeting: RowKey | None) -> RowKey | None:
    """Return the next meeting: the next record, or an earlier date of a series, for which a record is created."""
    planned = find_planned_after(ledger.cursor, meeting)
    if planned is None:
        return next_meeting
    calendar, series_day = planned
    next_day = _read_day(stored_meetings.read_meeting(ledger.cursor, next_meeting)) if next_meeting else None
    if next_day and next_day <= series_day.day:
        return next_meeting
    return ensure_planned_day(ledger, calendar.row.key, series_day)


def ensure_planned_day(ledger: Ledger, series: RowKey, series_day: SeriesDay) -> RowKey:
    """Return the key of the record of a planned date; create the record if there is none."""
    own_days = stored.read_own_days(ledger.cursor, series)
    key = next((own_day.key for own_day in own_days if own_day.recurrence_id == series_day.recurrence_id), None)
    return key or _add_day_record(ledger, stored_meetings.read_meeting(ledger.cursor, series), series_day)


def _format_no_such_day(cursor: Cursor, calendar: SeriesCalendar, day: date) -> str:
    """Name the series of the group, or with the same title, that meets on the day: it may continue this series."""
    group, title = calendar.row.group_ref, calendar.row.title
    for row in stored.read_running_series(cursor):
        series = (
            read_series_calendar(cursor, row.key) if row.group_ref == group and (group or row.title == title) else None
        )
        if series and series.list_days(day, day):
            sentence = _("{ref} has no meeting on {day}. {series} has one.")
            return sentence.format(ref=calendar.row.ref, day=format_long_date(day), series=row.ref)
    if next_day := calendar.find_next(day):
        sentence = _("{ref} has no meeting on {day}. The next one is planned for {near}.")
        near = format_long_date(next_day.day)
        return sentence.format(ref=calendar.row.ref, day=format_long_date(day), near=near)
    return _("{ref} has no meeting on {date}.").format(ref=calendar.row.ref, date=format_long_date(day))


def _read_day(row: MeetingRow) -> date | None:
    return row.day.latest if row.day else None
