"""Finds meetings at the same time that share their group or a person who is invited to both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import Precision
from ahtc_tui.domain.keys import NO_KEY, RowKey
from ahtc_tui.domain.meetings.kinds import MeetingState
from ahtc_tui.domain.meetings.model import LONDON, Clash, MeetingRow
from ahtc_tui.domain.meetings.wall_time import end_to_utc, to_utc
from ahtc_tui.store.meetings.queries import read_meeting, select_meetings
from ahtc_tui.store.records.cursor import Cursor, encode_keys
from ahtc_tui.store.records.rows import select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, IS_GATHERING

USUAL_LENGTH = timedelta(hours=1)
"""Length of a meeting without a recorded end."""

CANDIDATES = f"""NOT m.deleted AND m.state NOT IN ('cancelled', 'held') AND m.recurrence IS NULL AND m.id <> :key
 AND {IS_GATHERING.format("m")} AND substr(m.day, 1, 10) BETWEEN :first AND :last ORDER BY m.day, m.start_time, m.n"""

PEOPLE = f"""SELECT i.meeting, coalesce(w.id, p.id) AS person, coalesce(w.name, p.name) AS name FROM invitations i
 JOIN named_parties p ON p.id = i.party AND p.kind IN ('person', 'post')
 LEFT JOIN named_parties w ON w.id = {CURRENT_HOLDER.format(field="id", post="p.id")}
 WHERE NOT i.deleted AND i.reply <> 'declined' AND i.meeting IN (SELECT unhex(value) FROM json_each(:meetings))
 ORDER BY i.n"""
"""The people invited to meetings: a post means its holder on `:today`."""


class InvitedPerson(NamedTuple):
    """Person or vacant post that is invited to a meeting."""

    meeting: RowKey
    person: RowKey
    name: str


def list_clashes(cursor: Cursor, key: RowKey) -> list[Clash]:
    """Return the other meetings at the time of one that has not been held, which share its group or a person."""
    row = read_meeting(cursor, key)
    period = _find_period(row)
    if period is None or row.state in (MeetingState.HELD, MeetingState.CANCELLED) or row.day is None:
        return []
    days = {"first": row.day.latest - timedelta(days=1), "last": (row.ends or period[1]).date() + timedelta(days=1)}
    parameters = {"key": key, **{name: day.isoformat() for name, day in days.items()}}
    others = [other for other in select_meetings(cursor, CANDIDATES, parameters) if _overlaps(period, other)]
    if not others:
        return []
    keys = encode_keys([key, *(other.key for other in others)])
    invited = select_rows(cursor, InvitedPerson, PEOPLE, {"meetings": keys, "today": row.day.latest.isoformat()})
    return list(_build_clashes(row, others, invited))


def list_overlapping(cursor: Cursor, starts: datetime, ends: datetime | None) -> list[MeetingRow]:
    """Return the meetings at a time in London that have not been held, whoever is invited."""
    begin = to_utc(starts, LONDON)
    end = end_to_utc(ends, starts, LONDON) if ends else begin + USUAL_LENGTH
    days = {"first": starts.date() - timedelta(days=1), "last": (ends or starts).date() + timedelta(days=1)}
    parameters = {"key": NO_KEY, **{name: day.isoformat() for name, day in days.items()}}
    return [row for row in select_meetings(cursor, CANDIDATES, parameters) if _overlaps((begin, end), row)]


def _build_clashes(row: MeetingRow, others: list[MeetingRow], invited: list[InvitedPerson]) -> Iterator[Clash]:
    own = {person.person for person in invited if person.meeting == row.key}
    for other in others:
        names = dict.fromkeys(person.name for person in invited if person.meeting == other.key and person.person in own)
        same_group = other.group_ref is not None and other.group_ref == row.group_ref
        if names or same_group:
            yield Clash(other.ref, other.title, other.starts, same_group, tuple(names))


def _find_period(row: MeetingRow) -> tuple[datetime, datetime] | None:
    """Return begin and end in UTC; None where the day or the time is not known."""
    if row.day is None or row.day.precision is not Precision.DAY:
        return None
    if row.all_day:
        starts = datetime.combine(row.day.latest, time.min)
        return to_utc(starts, row.tz), to_utc(starts + timedelta(days=1), row.tz)
    if row.starts is None:
        return None
    begin = to_utc(row.starts, row.tz)
    return begin, end_to_utc(row.ends, row.starts, row.tz) if row.ends else begin + USUAL_LENGTH


def _overlaps(period: tuple[datetime, datetime], other: MeetingRow) -> bool:
    other_period = _find_period(other)
    return other_period is not None and period[0] < other_period[1] and other_period[0] < period[1]
