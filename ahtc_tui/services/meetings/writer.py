"""Writes of meetings: their fields, the dates of a series that change with it, and cancelling.

Runs within the open transaction. SEQUENCE rises by 1 if guests must be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import Precision, read_stored_date
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.series import Series
from ahtc_tui.domain.meetings.wall_time import add_duration, compute_duration, convert_wall_time
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.times import TIME_FIELDS, build_times, compute_length
from ahtc_tui.services.relative_dates import move_with_meeting
from ahtc_tui.store.meetings import queries
from ahtc_tui.store.meetings import series as stored_series
from ahtc_tui.store.records.fields import list_referrers, read_field

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor, Table

RAISES_SEQUENCE = {"day", "start_time", "ends", "tz", "all_day", "place", "venue", "link", "recurrence", "on_holiday"}
"""Columns whose change must be sent to guests (RFC 5546 section 2.1.4): time, place and series."""

REFERENCE_LOOKUPS = {"group": record_lookup.find_group_key, "organiser": record_lookup.find_party_key}
"""Lookups of draft fields that name another record."""

OUTCOME_DATES: dict[Table, str] = {"actions": "raised_on", "decisions": "decided_on"}
"""Fields with the date of the meeting at which an action or a decision was minuted."""

SERIES_FIELDS = ("repeat", "on_holiday")
FINISHED_STATES = (MeetingState.HELD, MeetingState.CANCELLED)


def build_values(cursor: Cursor, draft: MeetingDraft) -> dict[str, Any]:
    """Return the given fields as stored, without the time fields."""
    values = record_lookup.resolve_columns(cursor, draft, REFERENCE_LOOKUPS, TIME_FIELDS)
    if "repeat" in values:
        values["recurrence"] = values.pop("repeat")
    return values


def align_to_series(values: dict[str, Any], before: MeetingRow | None = None) -> dict[str, Any]:
    """Return the values with the start set to the first day that the rule gives. Raises BadInput."""
    stored_day = before.day.stored_text if before and before.day else None
    hour = f"{before.start_time:%H:%M}" if before and before.start_time else None
    rule = values.get("recurrence", before.recurrence if before else None)
    if not rule or not values.keys() & {"recurrence", "day", "start_time"}:
        return values
    day, start_time = read_stored_date(values.get("day", stored_day)), values.get("start_time", hour)
    if day is None or day.precision is not Precision.DAY:
        raise BadInput(_("A series needs a start date, like 10 December 2013."))
    start = datetime.combine(day.latest, time.fromisoformat(start_time) if start_time else time.min)
    first = Series(rule, start).find_start()
    if first is None:
        raise BadInput(_('The rule "{rule}" has no date on or after {date}.').format(rule=rule, date=day))
    if first == start:
        return values
    ends = values.get("ends", before.ends.isoformat() if before and before.ends else None)
    tz = before.tz if before else "Europe/London"
    moved = {"day": first.date().isoformat()}
    if ends:
        duration = compute_duration(start, datetime.fromisoformat(ends), tz)
        moved["ends"] = add_duration(first, duration, tz).isoformat("T", "minutes")
    return {**values, **moved}


def change_meeting(ledger: Ledger, key: RowKey, draft: MeetingDraft) -> MeetingRow:
    """Change the given fields of a meeting, and of the dates of its series that have the same values."""
    before = queries.read_meeting(ledger.cursor, key)
    if before.series and draft.given_fields.keys() & set(SERIES_FIELDS):
        sentence = _("{ref} is one date in the series {series}. Change the rule in {series}.")
        raise BadInput(sentence.format(ref=before.ref, series=before.series))
    if draft.state is MeetingState.CANCELLED and before.state is MeetingState.HELD:
        raise Refused(_("{ref} has been held and cannot be cancelled.").format(ref=before.ref))
    values = {**build_values(ledger.cursor, draft), **build_times(draft, before)}
    shared = stored_series.read_values(ledger.cursor, key, stored_series.SHARED_FIELDS)
    changed = update_meeting(ledger, key, align_to_series(values, before))
    called_off = {before.state, draft.state} if "state" in changed else set()
    if RAISES_SEQUENCE & set(changed) or MeetingState.CANCELLED in called_off:
        ledger.update("meetings", key, {"sequence": before.sequence + 1})
    after = queries.read_meeting(ledger.cursor, key)
    if before.recurrence and changed:
        _update_series_days(ledger, before, after, shared)
    if {"day", "recurrence", "on_holiday"} & set(changed):
        move_with_meeting(ledger, after)
    return after


def update_meeting(ledger: Ledger, key: RowKey, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Write fields of a meeting, and return those that differed.

    Actions and decisions minuted at it that have its former date get its new one.
    """
    before = read_field(ledger.cursor, "meetings", key, "day")
    changed = ledger.update("meetings", key, values)
    if "day" in changed and before and values["day"]:
        for table, field in OUTCOME_DATES.items():
            for outcome in list_referrers(ledger.cursor, table, "meeting", key):
                if read_field(ledger.cursor, table, outcome, field) == before:
                    ledger.update(table, outcome, {field: values["day"]})
    return changed


def cancel_with_days(ledger: Ledger, key: RowKey) -> None:
    """Cancel a meeting, or a series with its future dates. Raises Refused if it was held or is cancelled."""
    before = queries.read_meeting(ledger.cursor, key)
    if before.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled already.").format(ref=before.ref))
    if before.state is MeetingState.HELD:
        raise Refused(_("{ref} has been held and cannot be cancelled.").format(ref=before.ref))
    ledger.update("meetings", key, {"state": MeetingState.CANCELLED.value, "sequence": before.sequence + 1})
    for day in stored_series.read_own_days(ledger.cursor, key):
        if day.state not in FINISHED_STATES:
            cancel_with_days(ledger, day.key)


def _update_series_days(ledger: Ledger, before: MeetingRow, after: MeetingRow, shared: dict[str, Any]) -> None:
    """Copy the changed fields of a series to its dates with a record, except fields that differ there.

    Raises Refused if the new rule no longer gives a day that has a record.
    """
    now = stored_series.read_values(ledger.cursor, after.key, stored_series.SHARED_FIELDS)
    new = {name: value for name, value in now.items() if value != shared[name]}
    for day in stored_series.read_own_days(ledger.cursor, before.key):
        values = _build_day_times(day, before, after)
        if day.state not in FINISHED_STATES:
            own = stored_series.read_values(ledger.cursor, day.key, stored_series.SHARED_FIELDS)
            values |= {name: value for name, value in new.items() if own[name] == shared[name]}
        changed = update_meeting(ledger, day.key, values) if values else ()
        if (
            RAISES_SEQUENCE & set(changed)
            and (kept := stored_series.read_stored_sequence(ledger.cursor, day.key)) >= after.sequence
        ):
            ledger.update("meetings", day.key, {"sequence": kept + 1})


def _build_day_times(day: MeetingRow, before: MeetingRow, after: MeetingRow) -> dict[str, Any]:
    """Return the planned day of a date after a change of the series, and its time if it followed the plan."""
    planned = day.recurrence_id
    if planned is None or not after.recurrence or after.day is None:
        return {}
    now = datetime.combine(planned.date(), after.start_time or time.min)
    first = datetime.combine(after.day.latest, after.start_time or time.min)
    series = Series(after.recurrence, first, after.on_holiday, after.tz)
    if not series.has_planned(now):
        sentence = _(
            "{ref} is the date of {series} on {day}, not included in the changed series. End the series with UNTIL "
            "and add a new one."
        )
        raise Refused(sentence.format(ref=day.ref, series=before.ref, day=planned.date().isoformat()))
    values: dict[str, Any] = {"recurrence_id": now.isoformat("T", "minutes")}
    starts = day.starts
    if day.state is MeetingState.HELD or starts is None or (before.start_time, after.start_time) == (None, None):
        return values
    series_start = convert_wall_time(starts, day.tz, before.tz)
    if series_start.time() == before.start_time and after.start_time:
        starts = convert_wall_time(datetime.combine(series_start.date(), after.start_time), after.tz, day.tz)
        values |= {"day": starts.date().isoformat(), "start_time": f"{starts:%H:%M}"}
    if compute_length(day) == compute_length(before):
        ends = add_duration(starts, compute_length(after), day.tz) if after.ends else None
        values["ends"] = ends.isoformat("T", "minutes") if ends else None
    elif day.ends and day.starts:
        values["ends"] = add_duration(starts, compute_length(day), day.tz).isoformat("T", "minutes")
    return values
