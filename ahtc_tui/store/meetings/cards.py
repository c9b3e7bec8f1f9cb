"""Whole meetings out of the database: agenda, invitations, attendance, minutes, decisions and actions. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import NO_DAY, read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import (
    AttendanceRow,
    DecisionRow,
    InviteeRow,
    InviteRole,
    LineKind,
    LineRow,
    MeetingCard,
    Presence,
    Reply,
)
from ahtc_tui.domain.minutes.model import compute_overrun
from ahtc_tui.store.meetings.agenda import read_agenda, read_papers
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, PARTY_ADDRESS, parse_source_notes

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

Parameters = dict[str, Any]

HOLDER = CURRENT_HOLDER.replace(":today", ":day").replace("{field}", "name")
"""Who holds a post on the day of the meeting."""

HEAD = f"""SELECT a.name, o.name, {PARTY_ADDRESS.format(party="o")}, h.name, k.name, m.occasion, m.attendance_text,
 m.note,
 m.source_notes FROM meetings m LEFT JOIN areas a ON a.id = m.area
 LEFT JOIN parties o ON o.id = m.organiser LEFT JOIN parties h ON h.id = m.host LEFT JOIN parties k ON k.id = m.keynote
 WHERE m.id = :key"""


def read_card(cursor: Cursor, key: RowKey, today: date) -> MeetingCard:
    """Everything about one meeting; `today` says which address the posts that are invited have."""
    row = read_meeting(cursor, key)
    day = row.day.latest if row.day is not None and row.day.latest != NO_DAY else today
    items = read_agenda(cursor, key, row.starts)
    parameters = {"key": key, "today": today.isoformat(), "day": day.isoformat()}
    area, organiser, email, host, keynote, occasion, attended, note, notes = cursor.execute(HEAD, parameters).fetchone()
    return MeetingCard(
        row,
        area,
        organiser,
        email,
        host,
        keynote,
        occasion,
        attended,
        note,
        items,
        _read_invitees(cursor, parameters),
        _read_attendance(cursor, parameters),
        _read_lines(cursor, parameters),
        _read_decisions(cursor, parameters),
        tuple(
            title
            for (title,) in cursor.execute(
                "SELECT ref || ' ' || title FROM actions WHERE meeting = :key AND NOT deleted ORDER BY ref_key",
                parameters,
            )
        ),
        parse_source_notes(notes),
        tuple(read_papers(cursor, key)),
        compute_overrun(items, row.starts, row.ends) if row.starts else 0,
    )


def _read_invitees(cursor: Cursor, parameters: Parameters) -> tuple[InviteeRow, ...]:
    rows = cursor.execute(
        "SELECT coalesce(p.name, i.words), p.ref,"
        f" {PARTY_ADDRESS.format(party='p')}, i.role, i.reply,"
        f" {HOLDER.format(post='i.party')} FROM invitations i LEFT JOIN parties p"
        " ON p.id = i.party WHERE i.meeting = :key AND NOT i.deleted ORDER BY i.role <> 'chair', i.n",
        parameters,
    )
    return tuple(
        InviteeRow(name, ref, email, InviteRole(role), Reply(reply), holder)
        for name, ref, email, role, reply, holder in rows
    )


def _read_attendance(cursor: Cursor, parameters: Parameters) -> tuple[AttendanceRow, ...]:
    rows = cursor.execute(
        "SELECT coalesce(p.name, t.words), t.state, d.name, t.items, t.reason,"
        f" {HOLDER.format(post='t.party')} FROM attendances t LEFT JOIN parties p"
        " ON p.id = t.party LEFT JOIN parties d ON d.id = t.deputy_for WHERE t.meeting = :key AND NOT t.deleted"
        " ORDER BY t.n",
        parameters,
    )
    return tuple(AttendanceRow(name, Presence(state), *details) for name, state, *details in rows)


def _read_lines(cursor: Cursor, parameters: Parameters) -> tuple[LineRow, ...]:
    rows = cursor.execute(
        "SELECT i.position, l.position, l.kind, l.text, a.ref, d.ref, l.id, l.text_cy FROM minute_lines l"
        " LEFT JOIN agenda_items i ON i.id = l.item LEFT JOIN actions a ON a.id = l.action"
        " LEFT JOIN decisions d ON d.line = l.id"
        " AND NOT d.deleted WHERE l.meeting = :key AND NOT l.deleted"
        " ORDER BY i.position, l.position, l.n",
        parameters,
    )
    return tuple(LineRow(item, position, LineKind(kind), *details) for item, position, kind, *details in rows)


def _read_decisions(cursor: Cursor, parameters: Parameters) -> tuple[DecisionRow, ...]:
    rows = cursor.execute(
        "SELECT d.ref, d.decided_on, g.name, d.text, (SELECT group_concat(ref, ' ') FROM (SELECT a.ref FROM"
        " decision_actions l JOIN actions a ON a.id = l.action WHERE l.decision = d.id AND NOT l.deleted ORDER BY"
        ' a.ref_key)), d.source FROM decisions d LEFT JOIN parties g ON g.id = d."group"'
        " WHERE d.meeting = :key AND NOT d.deleted ORDER BY d.n",
        parameters,
    )
    return tuple(
        DecisionRow(ref, read_stored_date(day), body, text, tuple(actions.split()) if actions else (), source)
        for ref, day, body, text, actions, source in rows
    )
