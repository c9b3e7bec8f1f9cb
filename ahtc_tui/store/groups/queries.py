"""Reads groups: lists, single rows and cards."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.filters.model import FilterNoun, TermKind
from ahtc_tui.domain.groups.model import GroupCard, GroupRow
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.series_description import format_rule
from ahtc_tui.store.contacts.filter_terms import build_area_translator, build_party_translator
from ahtc_tui.store.contacts.names import read_other_names
from ahtc_tui.store.contacts.party_lookup import order_name
from ahtc_tui.store.groups.chairs_and_terms import AUTHORITIES, FORCES, read_chairs, read_terms
from ahtc_tui.store.groups.seats import read_seats
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.fields import read_field
from ahtc_tui.store.records.rows import select_column, select_mapping, select_one, select_row, select_rows
from ahtc_tui.store.search.filters import read_condition
from ahtc_tui.store.sql_fragments import (
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
    query = f"""SELECT ref, title, day FROM meetings WHERE "group" = :key AND NOT deleted AND state <> 'cancelled'
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
