"""What happens when a meeting is written: its fields, the days of its series that follow it, and calling it off.

Runs inside a transaction that somebody else began; SEQUENCE rises by 1 where guests must be told.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import Precision, from_stored
from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.meetings.model import MeetingRow, MeetingState
from ahtc_tui.domain.meetings.series import Series
from ahtc_tui.services import record_lookup
from ahtc_tui.services.meetings.times import FIELDS, later, length, length_between, times
from ahtc_tui.store.meetings import queries as stored
from ahtc_tui.store.meetings import series as stored_series

if TYPE_CHECKING:
    from ahtc_tui.domain.drafts.meetings import MeetingDraft
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

RAISES_SEQUENCE = {"day", "start_time", "ends", "tz", "all_day", "place", "venue", "link", "recurrence", "on_holiday"}
"""Columns whose change guests must be told of (RFC 5546 section 2.1.4): time, place and series."""

RESOLVED = {"group": record_lookup.group, "organiser": record_lookup.party}
"""Fields that name somebody in words."""

OF_SERIES = ("repeat", "on_holiday")
OVER = (MeetingState.HELD, MeetingState.CANCELLED)


def columns(cursor: Cursor, draft: MeetingDraft) -> dict[str, Any]:
    """The given fields as the table stores them, but for when it is."""
    values: dict[str, Any] = {}
    for name, value in draft.given.items():
        if name in FIELDS:
            continue
        if name in RESOLVED:
            values[name] = RESOLVED[name](cursor, value)  # type: ignore[arg-type]
        elif name == "repeat":
            values["recurrence"] = value
        else:
            values[name] = (str(value) or None) if value is not None else None
    return values


def on_a_day_of_the_series(values: dict[str, Any], before: MeetingRow | None = None) -> dict[str, Any]:
    """The values with a start that the rule gives: a series begins on the first of its days. Raises BadInput."""
    known = before.day.stored if before and before.day else None
    hour = f"{before.start_time:%H:%M}" if before and before.start_time else None
    rule = values.get("recurrence", before.recurrence if before else None)
    if not rule or not values.keys() & {"recurrence", "day", "start_time"}:
        return values
    day, at = from_stored(values.get("day", known)), values.get("start_time", hour)
    if day is None or day.precision is not Precision.DAY:
        raise BadInput(_("A series needs a day to begin on, like 10 dec 2013."))
    given = datetime.combine(day.latest, time.fromisoformat(at) if at else time.min)
    first = Series(rule, given).begin()
    if first is None:
        raise BadInput(_('The rule "{rule}" gives no day from {day} on.').format(rule=rule, day=day))
    if first == given:
        return values
    ends = values.get("ends", before.ends.isoformat() if before and before.ends else None)
    tz = before.tz if before else "Europe/London"
    moved = {"day": first.date().isoformat()}
    if ends:
        moved["ends"] = later(first, length_between(given, datetime.fromisoformat(ends), tz), tz).isoformat(
            "T", "minutes"
        )
    return {**values, **moved}


def write_fields(ledger: Ledger, key: bytes, draft: MeetingDraft) -> MeetingRow:
    """Write the given fields of one meeting, and of the days of its series that say the same as it does."""
    before = stored.by_key(ledger.cursor, key)
    if before.series and draft.given.keys() & set(OF_SERIES):
        sentence = _("{ref} is a day of the series {series}: change the rule there.")
        raise BadInput(sentence.format(ref=before.ref, series=before.series))
    if draft.state is MeetingState.CANCELLED and before.state is MeetingState.HELD:
        raise Refused(_("{ref} was held: it cannot be called off.").format(ref=before.ref))
    values = {**columns(ledger.cursor, draft), **times(draft, before)}
    shared = stored_series.values_of(ledger.cursor, key, stored_series.SHARED)
    changed = ledger.change("meetings", key, on_a_day_of_the_series(values, before))
    called_off = {before.state, draft.state} if "state" in changed else set()
    if RAISES_SEQUENCE & set(changed) or MeetingState.CANCELLED in called_off:
        ledger.change("meetings", key, {"sequence": before.sequence + 1})
    after = stored.by_key(ledger.cursor, key)
    if before.recurrence and changed:
        _let_days_follow(ledger, before, after, shared)
    return after


def call_off(ledger: Ledger, key: bytes) -> None:
    """Call a meeting off, or a series with all its days to come. Raises Refused where it is over or called off."""
    before = stored.by_key(ledger.cursor, key)
    if before.state is MeetingState.CANCELLED:
        raise Refused(_("{ref} is cancelled already.").format(ref=before.ref))
    if before.state is MeetingState.HELD:
        raise Refused(_("{ref} was held: it cannot be called off.").format(ref=before.ref))
    ledger.change("meetings", key, {"state": MeetingState.CANCELLED.value, "sequence": before.sequence + 1})
    for day in stored_series.own_days(ledger.cursor, key):
        if day.state not in OVER:
            call_off(ledger, day.key)


def _let_days_follow(ledger: Ledger, before: MeetingRow, after: MeetingRow, shared: dict[str, Any]) -> None:
    """Give the days that have a record of their own what changed in the series, but for what they say otherwise.

    Raises Refused where the changed rule no longer has a day that has a record.
    """
    now = stored_series.values_of(ledger.cursor, after.key, stored_series.SHARED)
    new = {name: value for name, value in now.items() if value != shared[name]}
    for day in stored_series.own_days(ledger.cursor, before.key):
        values = _new_time(day, before, after)
        if day.state not in OVER:
            own = stored_series.values_of(ledger.cursor, day.key, stored_series.SHARED)
            values |= {name: value for name, value in new.items() if own[name] == shared[name]}
        changed = ledger.change("meetings", day.key, values) if values else ()
        if (
            RAISES_SEQUENCE & set(changed)
            and (kept := stored_series.stored_sequence(ledger.cursor, day.key)) >= after.sequence
        ):
            ledger.change("meetings", day.key, {"sequence": kept + 1})


def _new_time(day: MeetingRow, before: MeetingRow, after: MeetingRow) -> dict[str, Any]:
    """The plan of a day after a change of its series, and its time where it was held to the plan."""
    planned = day.recurrence_id
    if planned is None or not after.recurrence or after.day is None:
        return {}
    now = datetime.combine(planned.date(), after.start_time or time.min)
    series = Series(
        after.recurrence, datetime.combine(after.day.latest, after.start_time or time.min), after.on_holiday
    )
    if not series.plans(now):
        sentence = _(
            "{ref} is the day that {series} gives for {day}, which the changed series does not have: end the"
            " series with UNTIL and add another."
        )
        raise Refused(sentence.format(ref=day.ref, series=before.ref, day=planned.date().isoformat()))
    values: dict[str, Any] = {"recurrence_id": now.isoformat("T", "minutes")}
    starts = day.starts
    if day.state is MeetingState.HELD or starts is None or (before.start_time, after.start_time) == (None, None):
        return values
    if starts.time() == before.start_time and after.start_time:
        starts = datetime.combine(starts.date(), after.start_time)
        values["start_time"] = f"{after.start_time:%H:%M}"
    if length(day) == length(before):
        ends = later(starts, length(after), day.tz) if after.ends else None
        values["ends"] = ends.isoformat("T", "minutes") if ends else None
    elif day.ends and day.starts:
        values["ends"] = later(starts, length(day), day.tz).isoformat("T", "minutes")
    return values
