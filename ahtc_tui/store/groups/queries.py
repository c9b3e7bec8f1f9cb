"""Reads groups: lists, single rows and cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.dates.periods import Period, Timeline
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.groups.model import ChairRow, GroupCard, GroupRow, TermsRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.series_words import format_rule
from ahtc_tui.store.contacts.filter_terms import build_area_translator, build_party_translator
from ahtc_tui.store.contacts.names import read_other_names
from ahtc_tui.store.contacts.party_lookup import order_name
from ahtc_tui.store.groups.seats import read_seats
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_row, select_rows, select_value
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import (
    CURRENT_HOLDER,
    GROUP_CHAIR,
    IS_GATHERING,
    SHOWN_MEETING_TITLE,
    SHOWN_TITLE,
    SITS,
    build_columns,
)

ACTIONS_OF_GROUPS = """SELECT "group" AS of, id FROM actions WHERE "group" IS NOT NULL AND NOT deleted
 UNION SELECT a.lead, a.id FROM actions a JOIN groups g ON g.id = a.lead WHERE NOT a.deleted
 UNION SELECT m."group", a.id FROM actions a JOIN meetings m ON m.id = a.meeting WHERE m."group" IS NOT NULL
 AND NOT a.deleted"""
"""Every action of a group: for it, led by it, or agreed in one of its meetings."""

ROWS = f"""WITH open_counts AS (SELECT d.of, count(*) AS open FROM ({ACTIONS_OF_GROUPS}) d
 JOIN actions a ON a.id = d.id WHERE a.is_open = 1 GROUP BY d.of),
 seat_counts AS (SELECT s."group" AS of, count(*) AS seats FROM seats s WHERE {SITS} GROUP BY s."group")
 SELECT g.id AS key, p.ref, p.name, p.short, g.kind, g.state,
 x.name AS area, c.name AS chair, coalesce(seat_counts.seats, 0) AS seats,
 coalesce(open_counts.open, 0) AS open_actions, NULL AS next_meeting, p.source{build_columns(GroupRow, "g")}
 FROM groups g JOIN named_parties p ON p.id = g.id LEFT JOIN named_areas x ON x.id = p.area
 LEFT JOIN named_parties c ON c.id = {GROUP_CHAIR.format(group="g")}
 LEFT JOIN open_counts ON open_counts.of = g.id LEFT JOIN seat_counts ON seat_counts.of = g.id
 WHERE NOT g.deleted"""

CARD = f"""SELECT p.name_cy, g.purpose, w.name AS owner, l.name AS lead_organisation, u.name AS parent, g.restricted,
 g.time_limited, coalesce(p.note, g.note) AS note, (SELECT c.ref FROM named_parties c WHERE c.id =
 {GROUP_CHAIR.format(group="g")}) AS chair_ref,
 b.name AS predecessor, g.frequency, g.quorum, g.ref_pattern,
 json_patch(coalesce(p.source_notes, '{{}}'), coalesce(g.source_notes, '{{}}')) AS source_notes
 {build_columns(GroupCard, "g")}
 FROM groups g JOIN named_parties p ON p.id = g.id
 LEFT JOIN named_parties w ON w.id = g.owner LEFT JOIN named_parties l ON l.id = g.lead_organisation
 LEFT JOIN named_parties u ON u.id = g.parent LEFT JOIN named_parties b ON b.id = g.predecessor WHERE g.id = :key"""

SUBGROUPS = """SELECT p.name FROM groups g JOIN named_parties p ON p.id = g.id WHERE g.parent = ? AND NOT g.deleted
 ORDER BY sort_key(p.name)"""

SUCCESSORS = """SELECT p.name FROM groups g JOIN named_parties p ON p.id = g.id WHERE g.predecessor = ?
 AND NOT g.deleted
 ORDER BY sort_key(p.name)"""


def read_groups(cursor: Cursor, *, today: date, words: str = "") -> list[GroupRow]:
    """Return the groups that match the words, by name; an exact reference comes first."""
    translators = {
        TermKind.LEAD: build_party_translator(cursor, today, "g.lead_organisation"),
        TermKind.GROUP: build_party_translator(cursor, today, "g.parent", ("group",)),
        TermKind.AREA: build_area_translator(cursor, "p.area"),
        TermKind.STATE: lambda term, _name: (f"(g.state = 'closed') = {int(term.value == 'closed')}", None),
    }
    test, match = read_condition(words, ("group",), "g.id", FilterNoun.GROUPS, translators)
    groups = select_rows(cursor, GroupRow, f"{ROWS} AND {test}", {**match, "today": today.isoformat()})
    typed = words.strip().lower()
    return sorted(groups, key=lambda group: (group.ref != typed, order_name(group.name)))


def read_group(cursor: Cursor, key: RowKey, today: date) -> GroupRow:
    """Return one group; the next meeting is not computed."""
    return select_one(cursor, GroupRow, f"{ROWS} AND g.id = :key", {"key": key, "today": today.isoformat()})


class MeetingColumns(NamedTuple):
    """A meeting as the card of its group lists it."""

    ref: str
    title: str
    day: DateAsKnown | None
    recurrence: str | None = None


def read_card(cursor: Cursor, key: RowKey, today: date) -> GroupCard:
    """Return everything about one group."""
    parameters = {"key": key, "today": today.isoformat()}
    area = (read_field(cursor, "parties", key, "area"),)
    aliases, renames = read_other_names(cursor, key, today)
    return select_one(
        cursor,
        GroupCard,
        CARD,
        parameters,
        row=read_group(cursor, key, today),
        aliases=aliases,
        subgroups=tuple(select_column(cursor, SUBGROUPS, (key,))),
        seats=tuple(read_seats(cursor, today=today, group=key)),
        actions=_read_actions(cursor, key),
        meetings=_read_meetings(cursor, key),
        renames=renames,
        successors=tuple(select_column(cursor, SUCCESSORS, (key,))),
        forces=tuple(select_column(cursor, FORCES, area)),
        authorities=tuple(select_column(cursor, AUTHORITIES, area)),
        chairs=read_chairs(cursor, key, today),
        terms=read_terms(cursor, key, today),
        expired=tuple(read_seats(cursor, today=today, group=key, expired=True)),
        last_meeting=_find_last_meeting(cursor, parameters),
    )


def _find_last_meeting(cursor: Cursor, parameters: dict[str, Any]) -> str | None:
    query = f"""SELECT ref, {SHOWN_MEETING_TITLE.format("meetings")} AS title, day FROM meetings
 WHERE "group" = :key AND NOT deleted AND state <> 'cancelled'
 AND recurrence IS NULL AND {IS_GATHERING.format("meetings")}
 AND (substr(day, 1, 10) < :today OR state = 'held') ORDER BY substr(day, 1, 10) DESC, n DESC LIMIT 1"""
    meeting = select_row(cursor, MeetingColumns, query, parameters)
    return f"{meeting.ref} {meeting.title}, {meeting.day}" if meeting else None


def _read_actions(cursor: Cursor, key: RowKey, condition: str = "") -> tuple[str, ...]:
    return tuple(
        select_column(
            cursor,
            f"SELECT a.ref || ' ' || {SHOWN_TITLE.format('a')} FROM ({ACTIONS_OF_GROUPS}) d"
            f" JOIN actions a ON a.id = d.id WHERE d.of = ?{condition} ORDER BY a.ref_key",
            (key,),
        )
    )


def read_open_actions(cursor: Cursor, key: RowKey) -> tuple[str, ...]:
    """Return reference and title of the open actions of a group."""
    return _read_actions(cursor, key, " AND a.is_open = 1")


def list_open_actions(cursor: Cursor, key: RowKey) -> list[RowKey]:
    """Return the keys of the open actions of a group."""
    query = f"""SELECT a.id FROM ({ACTIONS_OF_GROUPS}) d JOIN actions a ON a.id = d.id WHERE d.of = ? AND a.is_open = 1
 ORDER BY a.ref_key"""
    return select_column(cursor, query, (key,))


def read_short_names(cursor: Cursor) -> dict[str, str]:
    """Return the short name, or else the name, of each group by reference."""
    query = "SELECT ref AS key, coalesce(short, name) AS value FROM named_parties WHERE kind = 'group' AND NOT deleted"
    return select_mapping(cursor, query)


def _read_meetings(cursor: Cursor, key: RowKey) -> tuple[str, ...]:
    """Return the meetings of a group, each with its day, a series with its rule."""
    query = f"""SELECT m.ref, {SHOWN_MEETING_TITLE.format("m")} AS title, m.day, m.recurrence FROM meetings m
 WHERE m."group" = ? AND NOT m.deleted ORDER BY m.day IS NULL, substr(m.day, 1, 10), m.n"""
    meetings = select_rows(cursor, MeetingColumns, query, (key,))
    days = (format_rule(meeting.recurrence) if meeting.recurrence else str(meeting.day or "") for meeting in meetings)
    return tuple(
        f"{meeting.ref} {meeting.title}" + (f", {day}" if day else "")
        for meeting, day in zip(meetings, days, strict=True)
    )


FORCES = """SELECT name FROM (
 SELECT p.name FROM areas x JOIN named_parties p ON p.id = x.police WHERE x.id = ?1 AND NOT p.deleted UNION
 SELECT p.name FROM areas x JOIN named_parties p ON p.id = x.police WHERE x.parent = ?1 AND NOT p.deleted)
 ORDER BY sort_key(name)"""
"""Police force of an area, or the forces of its parts."""

AUTHORITIES = """SELECT p.name FROM organisations o JOIN named_parties p ON p.id = o.id WHERE o.kind = 'local-authority'
 AND NOT o.deleted AND (o.forum_area = ?1 OR p.area = ?1) ORDER BY sort_key(p.name)"""

CHAIRS = f"""SELECT p.name, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END
 AS holder, s.from_on, s.to_on FROM seats s JOIN named_parties p ON p.id = s.party
 WHERE s."group" = :key AND s.role = 'chair' AND NOT s.deleted
 UNION ALL SELECT p.name, CASE p.kind WHEN 'post' THEN {CURRENT_HOLDER.format(field="name", post="p.id")} END, NULL,
 NULL FROM groups g JOIN named_parties p ON p.id = g.chair WHERE g.id = :key AND NOT EXISTS (SELECT 1 FROM seats s
 WHERE s."group" = g.id AND s.role = 'chair' AND s.party = g.chair AND NOT s.deleted)"""


class ChairTerm(NamedTuple):
    """A party that chairs a group for a period."""

    key: RowKey
    """Key of the seat."""
    party: RowKey
    name: str
    from_on: DateAsKnown | None
    to_on: DateAsKnown | None


def read_chairs(cursor: Cursor, group: RowKey, today: date) -> tuple[ChairRow, ...]:
    """Return past, present and future chairs, the last one first."""
    rows = select_rows(cursor, ChairRow, CHAIRS, {"key": group, "today": today.isoformat()})
    timeline = Timeline(rows, lambda row: Period(row.from_on, row.to_on))
    ordered = sorted(rows, key=lambda row: (timeline.find_end(row) is None, _find_start(row)), reverse=True)
    return tuple(replace(row, replaced=timeline.is_replaced(row)) for row in ordered)


def _find_start(row: ChairRow) -> date:
    return row.from_on.latest if row.from_on else date.min


def read_chair_terms(cursor: Cursor, group: RowKey) -> list[ChairTerm]:
    """Return every term of a chair of a group that has a seat."""
    query = """SELECT s.id AS key, s.party, p.name, s.from_on, s.to_on FROM seats s
 JOIN named_parties p ON p.id = s.party WHERE s."group" = ? AND s.role = 'chair' AND NOT s.deleted ORDER BY s.n"""
    return select_rows(cursor, ChairTerm, query, (group,))


def read_terms(cursor: Cursor, group: RowKey, today: date) -> tuple[TermsRow, ...]:
    """Return the versions of a group's terms of reference, newest first, and which of them is in force."""
    query = """SELECT version, text, from_on, agreed_on, review_on FROM terms_of_reference WHERE "group" = ?
 AND NOT deleted ORDER BY substr(coalesce(from_on, agreed_on), 1, 10) DESC, n DESC"""
    rows = select_rows(cursor, TermsRow, query, (group,))
    valid = Timeline(rows, lambda row: row.period).list_valid(today)
    return tuple(replace(row, in_force=bool(valid) and row is valid[0]) for row in rows)


def find_version(cursor: Cursor, group: RowKey, version: str) -> RowKey | None:
    """Return the key of a version of the terms of reference; None where there is none."""
    return select_value(
        cursor, 'SELECT id FROM terms_of_reference WHERE "group" = ? AND version = ? AND NOT deleted', (group, version)
    )


def is_under(cursor: Cursor, group: RowKey, ancestor: RowKey, column: str) -> bool:
    """Return whether a group is another one or reaches it through its parents or predecessors."""
    query = f"""WITH RECURSIVE up(id) AS (SELECT ? UNION SELECT g.{column} FROM groups g JOIN up ON g.id = up.id
 WHERE g.{column} IS NOT NULL) SELECT 1 FROM up WHERE id = ?"""
    rows = cursor.execute(query, (group, ancestor))
    return rows.fetchone() is not None


def find_chair(cursor: Cursor, group: RowKey) -> RowKey | None:
    """Return the key of the chair that the group itself names."""
    chair: RowKey | None = cursor.execute("SELECT chair FROM groups WHERE id = ?", (group,)).fetchone()[0]
    return chair
