"""Series of meetings: their days, and the days that get a record of their own because something was said of them.

A day is named by the day that the series plans, or by the one that it was moved to. Only what differs is stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import long_date
from ahtc_tui.domain.errors import BadInput, NotFound, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingRow, MeetingState, Presence, Reply
from ahtc_tui.domain.meetings.series import Series, Slot
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.agenda_template import begin_agenda
from ahtc_tui.services.meetings.series_dates import planned_after, series_of
from ahtc_tui.services.meetings.times import later, length
from ahtc_tui.services.meetings.writer import call_off, write_fields
from ahtc_tui.store.journal.ledger import new_key
from ahtc_tui.store.meetings import queries as stored_meetings
from ahtc_tui.store.meetings import series as stored
from ahtc_tui.store.records.references import mint

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import Moment
    from ahtc_tui.services.workspace import Workspace
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """One day of a series as people see it."""

    planned: datetime
    """What the rule of the series gives."""
    starts: datetime | None
    """When it is; None where a bank holiday makes it fall out."""
    state: MeetingState
    ref: str | None
    """Of its own record; None while nothing was said of it."""
    holiday: str | None
    """The bank holiday that moved it or made it fall out."""


def days_of(workspace: Workspace, ref: str, from_: date | None = None, to: date | None = None) -> list[SeriesDay]:
    """The days of a series by their plan, a year from today on unless said otherwise. Raises NotFound, BadInput."""
    first = from_ or workspace.today()
    last = to or first + timedelta(days=366)
    with workspace.database.read() as cursor:
        row, series = _series(cursor, ref)
        own = {one.recurrence_id: one for one in stored.own_days(cursor, row.key)}
    planned = {slot.planned: slot for slot in series.slots(first, last)}
    shown = [
        SeriesDay(at, _starts(one), one.state, one.ref, None) for at, one in own.items() if at and _in(one, first, last)
    ]
    shown += [
        SeriesDay(slot.planned, slot.starts, row.state, None, slot.holiday)
        for slot in planned.values()
        if slot.planned not in own
    ]
    return sorted(shown, key=lambda day: day.planned)


def take_day(workspace: Workspace, ref: str, day: date) -> MeetingRow:
    """A day of a series as a meeting of its own, made if it has no record yet. Raises NotFound, BadInput, Refused."""
    with workspace.database.write(f"open {ref.upper()} of {day.isoformat()}") as ledger:
        row, _series_itself = _series(ledger.cursor, ref)
        return stored_meetings.by_key(ledger.cursor, _taken(ledger, row, day))


def move_day(workspace: Workspace, ref: str, day: date, to: Moment) -> MeetingRow:
    """Hold one day of a series at another time; an hour alone stays on the day. Raises as `take_day`."""
    from ahtc_tui.domain.drafts.meetings import MeetingDraft

    with workspace.database.write(f"move {ref.upper()} of {day.isoformat()}") as ledger:
        row, _series_itself = _series(ledger.cursor, ref)
        key = _taken(ledger, row, day)
        return write_fields(ledger, key, MeetingDraft(starts=to))


def cancel_day(workspace: Workspace, ref: str, day: date) -> MeetingRow:
    """Call one day of a series off; the others stand. Raises as `take_day`."""
    with workspace.database.write(f"cancel {ref.upper()} on {day.isoformat()}") as ledger:
        row, _series_itself = _series(ledger.cursor, ref)
        key = _taken(ledger, row, day)
        call_off(ledger, key)
        return stored_meetings.by_key(ledger.cursor, key)


def _series(cursor: Cursor, ref: str) -> tuple[MeetingRow, Series]:
    """A series by the reference of itself or of one of its days."""
    key, ref = record_lookup.meeting(cursor, ref)
    row = stored_meetings.by_key(cursor, key)
    if row.series:
        key, ref = record_lookup.meeting(cursor, row.series)
        row = stored_meetings.by_key(cursor, key)
    series = series_of(row)
    if series is None:
        raise BadInput(_("{ref} is one meeting, not a series.").format(ref=ref))
    return row, series


def _taken(ledger: Ledger, row: MeetingRow, day: date) -> bytes:
    """The key of the record of one day of a series, made where there is none."""
    own = stored.own_days(ledger.cursor, row.key)
    for on in ([one for one in own if _day(one) == day], [one for one in own if _planned(one) == day]):
        if on:
            return on[0].key
    series = series_of(row)
    assert series is not None
    gone = {one.recurrence_id for one in own}
    slots = [slot for slot in series.slots(day, day) if slot.planned not in gone]
    if not slots:
        raise NotFound(_no_such_day(row, series, day))
    if row.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled as a whole.").format(ref=row.ref))
    return _add(ledger, row, min(slots, key=lambda slot: slot.starts is None or slot.starts.date() != day))


def _add(ledger: Ledger, row: MeetingRow, slot: Slot) -> bytes:
    """Make the record of one day, with what the series says and whom it invites."""
    cursor, key = ledger.cursor, new_key()
    starts = slot.starts or slot.planned
    values: dict[str, Any] = stored.values_of(cursor, row.key)
    ref = mint(cursor, "meetings", stored_meetings.reference_pattern(cursor, values["group"]), year=starts.year)
    ends = later(starts, length(row), row.tz) if row.ends else None
    ledger.add(
        "meetings",
        {
            **values,
            "ref": ref,
            "number": stored_meetings.number_of(ref),
            "day": starts.date().isoformat(),
            "start_time": f"{starts:%H:%M}" if row.start_time else None,
            "ends": ends.isoformat("T", "minutes") if ends else None,
            "state": row.state.value,
            "uid": f"{key.hex()}@ahtc",
            "sequence": row.sequence,
            "series": row.key,
            "recurrence_id": slot.planned.isoformat("T", "minutes"),
        },
        key,
    )
    if values["group"]:
        begin_agenda(ledger, key, values["group"])
    if guests := stored.invitations(cursor, row.key):
        ledger.add_all("invitations", [{"meeting": key, **guest} for guest in guests])
        off = [guest["party"] for guest in guests if guest["party"] and guest["reply"] == Reply.DECLINED]
        if off:
            said = {"meeting": key, "state": Presence.APOLOGIES.value}
            ledger.add_all("attendances", [{**said, "party": party} for party in off])
    return key


def open_next(ledger: Ledger, meeting: MeetingRow, known: bytes | None) -> bytes | None:
    """The meeting after this one: the one that is known, or a day of a series that comes sooner, made a record of."""
    planned = planned_after(ledger.cursor, meeting)
    if planned is None:
        return known
    row, slot = planned
    day = (slot.starts or slot.planned).date()
    other = _day(stored_meetings.by_key(ledger.cursor, known)) if known else None
    return known if other and other <= day else take_planned(ledger, row.key, slot)


def take_planned(ledger: Ledger, series: bytes, slot: Slot) -> bytes:
    """The key of the record of a day that a series plans, made where there is none."""
    own = stored.own_days(ledger.cursor, series)
    found = next((day.key for day in own if day.recurrence_id == slot.planned), None)
    return found or _add(ledger, stored_meetings.by_key(ledger.cursor, series), slot)


def _no_such_day(row: MeetingRow, series: Series, day: date) -> str:
    near = series.next(day)
    if near and near.starts:
        sentence = _("{ref} has no meeting on {day}; its next one is planned for {near}.")
        return sentence.format(ref=row.ref, day=long_date(day), near=long_date(near.planned.date()))
    return _("{ref} has no meeting on {day}.").format(ref=row.ref, day=long_date(day))


def _starts(row: MeetingRow) -> datetime | None:
    return row.starts or (datetime.combine(row.day.latest, time.min) if row.day else None)


def _day(row: MeetingRow) -> date | None:
    return row.day.latest if row.day else None


def _planned(row: MeetingRow) -> date | None:
    return row.recurrence_id.date() if row.recurrence_id else None


def _in(row: MeetingRow, first: date, last: date) -> bool:
    return any(day is not None and first <= day <= last for day in (_day(row), _planned(row)))
