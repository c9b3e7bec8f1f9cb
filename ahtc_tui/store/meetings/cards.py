"""Reads the cards of meetings: agenda, invitations, attendance, minutes, decisions and actions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from ahtc_tui.domain.dates.date_as_known import NO_DAY
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import (
    AgendaRow,
    AttendanceRow,
    DecisionRow,
    InviteeRow,
    LineRow,
    MeetingCard,
    MeetingRow,
)
from ahtc_tui.domain.meetings.roll_call import Choice, NamedRollCall, RollCall, read_roll_call
from ahtc_tui.domain.minutes.model import compute_overrun, number_lines
from ahtc_tui.store.contacts.interests import read_item_interests
from ahtc_tui.store.engine.party_names import names_on
from ahtc_tui.store.meetings.agenda import read_agenda, read_papers
from ahtc_tui.store.meetings.attendance import read_votes
from ahtc_tui.store.meetings.invitations import GUEST_COLUMNS, GUEST_PARTIES, read_language_wishes
from ahtc_tui.store.meetings.queries import read_meeting
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_rows
from ahtc_tui.store.sql_fragments import CURRENT_HOLDER, PARTY_ADDRESS, SEAT_MEMBER, SEAT_NAME, SHOWN_TITLE, VOTE_COUNTS

HOLDER = CURRENT_HOLDER.replace(":today", ":day").replace("{field}", "name")
"""Holder of a post on the day of the meeting."""

HEAD = f"""SELECT a.name AS area, o.name AS organiser, {PARTY_ADDRESS.format(party="o")} AS organiser_email,
 o.name_cy AS organiser_cy, h.name AS host, k.name AS keynote, m.occasion, m.attendance_text, m.note, m.source_notes
 FROM meetings m LEFT JOIN named_areas a ON a.id = m.area
 LEFT JOIN named_parties o ON o.id = m.organiser LEFT JOIN named_parties h ON h.id = m.host
 LEFT JOIN named_parties k ON k.id = m.keynote
 WHERE m.id = :key"""

INVITEES = f"""SELECT {GUEST_COLUMNS}, p.name_cy FROM {GUEST_PARTIES}
 WHERE i.meeting = :key AND NOT i.deleted ORDER BY i.role <> 'chair', i.n""".replace(":today", ":day")

ATTENDANCE = f"""SELECT coalesce(p.name, t.words) AS name, t.state,
 coalesce(d.name, {SEAT_NAME.format(seat="t.seat")}) AS deputy_for, t.items, t.reason,
 {HOLDER.format(post="t.party")} AS holder FROM attendances t LEFT JOIN named_parties p ON p.id = t.party
 LEFT JOIN named_parties d ON d.id = t.deputy_for WHERE t.meeting = :key AND NOT t.deleted ORDER BY t.n"""

LINES = f"""SELECT i.position AS item, l.position, l.kind, l.text, a.ref AS action, d.ref AS decision, l.id AS key,
 l.text_cy, {VOTE_COUNTS.format("l")} AS votes FROM minute_lines l
 LEFT JOIN agenda_items i ON i.id = l.item LEFT JOIN actions a ON a.id = l.action
 LEFT JOIN decisions d ON d.line = l.id AND NOT d.deleted WHERE l.meeting = :key AND NOT l.deleted
 ORDER BY i.position, l.position, l.n"""

DECISIONS = """SELECT d.ref, d.decided_on, g.name AS body, d.text, (SELECT group_concat(ref, char(10)) FROM
 (SELECT a.ref FROM decision_actions l JOIN actions a ON a.id = l.action WHERE l.decision = d.id AND NOT l.deleted
 ORDER BY a.ref_key)) AS actions, d.source FROM decisions d LEFT JOIN named_parties g ON g.id = d."group"
 WHERE d.meeting = :key AND NOT d.deleted ORDER BY d.n"""

ACTIONS = f"""SELECT ref || ' ' || {SHOWN_TITLE.format("actions")} FROM actions WHERE meeting = :key AND NOT deleted
 ORDER BY ref_key"""


VOTER_NAMES = f"""SELECT s.id AS key, {SEAT_MEMBER} AS value FROM seats s
 LEFT JOIN named_parties p ON p.id = s.party WHERE s."group" IN (SELECT "group" FROM meetings WHERE id = :key)
 UNION ALL SELECT id, name FROM named_parties"""


def read_lines(cursor: Cursor, meeting: RowKey, parameters: dict[str, Any]) -> list[LineRow]:
    """Return the lines of the minutes of a meeting, votes with the names of the members whose seats voted."""
    lines = select_rows(cursor, LineRow, LINES, parameters)
    rolls = {key: roll for key, votes in read_votes(cursor, meeting) if (roll := read_roll_call(votes))}
    names = select_mapping(cursor, VOTER_NAMES, {"key": meeting}) if rolls else {}
    return [
        replace(line, roll_call=_name_voters(rolls[line.key], names)) if line.key in rolls else line for line in lines
    ]


def _name_voters(roll: RollCall, names: dict[RowKey, str]) -> NamedRollCall:
    in_favour, against, abstained = (
        tuple(names.get(key, "?") for vote, key in roll.votes if vote is choice) for choice in Choice
    )
    casting = names.get(roll.casting, "?") if roll.casting else None
    return NamedRollCall(in_favour, against, abstained, casting, roll.casting_side if roll.casting else None)


def read_card(cursor: Cursor, key: RowKey, today: date) -> MeetingCard:
    """Return everything about one meeting; parties have their holders and representatives on the day of the meeting."""
    row = read_meeting(cursor, key)
    day = _find_day(row, today)
    with names_on(cursor, day):
        card = _read_details(cursor, row, {"key": key, "today": today.isoformat(), "day": day.isoformat()})
    return replace(card, wishes=read_language_wishes(cursor, key, row.ref, row.title, day))


def read_items(cursor: Cursor, key: RowKey, today: date) -> tuple[AgendaRow, ...]:
    """Return the agenda of a meeting as on its card, which takes a fraction of the time of the card."""
    row = read_meeting(cursor, key)
    day = _find_day(row, today)
    with names_on(cursor, day):
        return _read_items(cursor, row, day.isoformat())


def read_attendance(cursor: Cursor, key: RowKey, today: date) -> list[AttendanceRow]:
    """Return the attendance of a meeting as on its card, which takes a fraction of the time of the card."""
    day = _find_day(read_meeting(cursor, key), today)
    with names_on(cursor, day):
        return select_rows(cursor, AttendanceRow, ATTENDANCE, {"key": key, "day": day.isoformat()})


def _find_day(row: MeetingRow, today: date) -> date:
    """Return the day of the names on a card: the day of the meeting, or today if it has no day."""
    return row.day.latest if row.day is not None and row.day.latest != NO_DAY else today


def _read_items(cursor: Cursor, row: MeetingRow, day: str) -> tuple[AgendaRow, ...]:
    items = read_agenda(cursor, row.key, row.starts)
    texts = [(item.position, " ".join(filter(None, (item.title, item.title_cy, item.note)))) for item in items]
    interests = read_item_interests(cursor, row.key, day, texts)
    return tuple(replace(item, interests=interests.get(item.position, ())) for item in items)


def _read_details(cursor: Cursor, row: MeetingRow, parameters: dict[str, Any]) -> MeetingCard:
    items = _read_items(cursor, row, parameters["day"])
    return select_one(
        cursor,
        MeetingCard,
        HEAD,
        parameters,
        row=row,
        agenda=items,
        invitees=tuple(select_rows(cursor, InviteeRow, INVITEES, parameters)),
        attendance=tuple(select_rows(cursor, AttendanceRow, ATTENDANCE, parameters)),
        lines=number_lines(read_lines(cursor, row.key, parameters), items),
        decisions=tuple(select_rows(cursor, DecisionRow, DECISIONS, parameters)),
        actions=tuple(select_column(cursor, ACTIONS, parameters)),
        papers=tuple(read_papers(cursor, row.key)),
        minutes_over=compute_overrun(items, row.length),
    )
