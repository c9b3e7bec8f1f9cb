"""Dates relative to a meeting: "two weeks before LG-2014-01", "next Leadership Group".

The words are kept, with the reference of the meeting, beside the day that they mean. Every write that moves the meeting
moves these days with it. Words that name a meeting before it is planned get their day when it is.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import NO_DAY, DateAsKnown, Precision, read_stored_date
from ahtc_tui.domain.dates.names import NAMED_MEETING
from ahtc_tui.domain.dates.relative import find_next_group, read_relative_date
from ahtc_tui.domain.errors import AhtcError
from ahtc_tui.domain.meetings.kinds import MeetingScope, MeetingState
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.domain.meetings.series import build_series
from ahtc_tui.services import record_lookup
from ahtc_tui.store.meetings import queries, series
from ahtc_tui.store.records.references import find_by_ref

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

_WITHOUT_DAY = f"{NO_DAY} {Precision.WORDS} "
"""Begin of the stored text of a date in words without a day."""


class Anchor(NamedTuple):
    """A meeting that a date is relative to. A date of a series without a record has the reference of the series."""

    name: str
    day: date


def follow_meeting(ledger: Ledger, values: dict[str, Any], column: str) -> dict[str, Any]:
    """Return columns to write with the day that the words of a date give, where they name a meeting."""
    known_date = read_stored_date(values.get(column))
    if known_date is None or known_date.precision is not Precision.WORDS or ledger.day is None:
        return values
    resolved = resolve_date(ledger.cursor, known_date.words, ledger.day)
    return {**values, column: resolved.stored_text} if resolved else values


def resolve_date(cursor: Cursor, words: str, today: date) -> DateAsKnown | None:
    """Return the day of words that name a meeting with an exact day, with its reference in the words.

    None for other words.
    """
    anchors: list[Anchor] = []
    match = re.fullmatch(NAMED_MEETING, words)

    def find_day(text: str) -> date | None:
        name = match["name"] if match else text
        anchor = _find_named(cursor, name, today) or (None if match else _find_next(cursor, text, today))
        anchors.extend([anchor] if anchor else [])
        return anchor.day if anchor else None

    day = read_relative_date(match["words"] if match else words, find_day)
    if day is None:
        return None
    name = anchors[-1].name
    is_named = name.casefold() in words.casefold()
    return DateAsKnown(day, words=words if is_named else f"{match['words'] if match else words} ({name})")


def move_with_meeting(ledger: Ledger, meeting: MeetingRow) -> None:
    """Move every open date that is relative to a meeting; the first due date of an action moves too, without a slip.

    Words that waited for the meeting get its day.
    """
    day = meeting.day.latest if meeting.day else date.min
    names = {meeting.ref, meeting.series or meeting.ref, _WITHOUT_DAY}
    for stored in queries.read_relative_dates(ledger.cursor, names):
        known_date = read_stored_date(stored.text)
        if known_date is None:
            continue
        is_waiting = known_date.precision is Precision.WORDS
        resolved = resolve_date(ledger.cursor, known_date.words, ledger.day or day if is_waiting else day)
        if resolved and resolved.stored_text != stored.text:
            columns = [stored.column, *(["original_due"] if stored.original_text == stored.text else [])]
            ledger.update(stored.table, stored.key, dict.fromkeys(columns, resolved.stored_text))


def _find_named(cursor: Cursor, text: str, today: date) -> Anchor | None:
    """Return the meeting with a reference, or the date of a series that follows its reference."""
    parts = re.fullmatch(r"(\S+)(?: ([0-9]{4}-[0-9]{2}-[0-9]{2}))?", text)
    match = find_by_ref(cursor, "meetings", parts[1]) if parts else None
    if parts is None or match is None:
        return None
    row = queries.read_meeting(cursor, match.key)
    if row.recurrence:
        planned = date.fromisoformat(parts[2]) if parts[2] else None
        return _find_series_day(cursor, row, planned or today, is_exact=planned is not None)
    return None if parts[2] else _build_anchor(row)


def _build_anchor(row: MeetingRow) -> Anchor | None:
    is_exact = row.day is not None and row.day.precision is Precision.DAY
    return Anchor(row.ref, row.day.latest) if row.day and is_exact else None


def _find_next(cursor: Cursor, text: str, today: date) -> Anchor | None:
    """Return the next meeting of the group that "next Leadership Group" names."""
    name = find_next_group(text)
    try:
        group = record_lookup.find_group_key(cursor, name)
    except AhtcError:
        return None
    rows = queries.read_meetings(cursor, today=today, group=group, selection=MeetingScope.COMING) if group else []
    anchors = [
        _find_series_day(cursor, row, today) if row.recurrence else _build_anchor(row)
        for row in rows
        if row.state is not MeetingState.CANCELLED
    ]
    coming = [anchor for anchor in anchors if anchor and anchor.day >= today]
    return min(coming, key=lambda anchor: anchor.day, default=None)


def _find_series_day(cursor: Cursor, row: MeetingRow, day: date, *, is_exact: bool = False) -> Anchor | None:
    """Return the first date of a series on or after a day, or with `is_exact` that which is planned for the day."""
    rule = build_series(row)
    if rule is None:
        return None
    own_days = {own.recurrence_id: own for own in series.read_own_days(cursor, row.key) if own.recurrence_id}
    if is_exact:
        own = next((own for planned, own in own_days.items() if planned.date() == day), None)
        if own:
            return Anchor(f"{row.ref} {day.isoformat()}", own.day.latest) if own.day else None
    slot = rule.find_next_slot(day, own_days)
    if slot is None or slot.starts is None or (is_exact and slot.planned.date() != day):
        return None
    return Anchor(f"{row.ref} {slot.planned.date().isoformat()}", slot.starts.date())
