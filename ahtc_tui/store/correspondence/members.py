"""Reads the members to whom a text or a poll is sent, their addresses, and whether some of them are a quorum."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.seating import HeldMeeting, count_voting
from ahtc_tui.store.contacts.contact_points import ALL_EMAILS
from ahtc_tui.store.meetings.attendance import attend_together, build_expander, read_places
from ahtc_tui.store.records.cursor import KEYS, Cursor, encode_keys
from ahtc_tui.store.records.rows import select_column, select_rows, select_value
from ahtc_tui.store.sql_fragments import FILLS, SITS

SEATED = f"""SELECT s.party AS party, 1 AS later, s.role <> 'chair' AS place, s.n FROM seats s WHERE s."group" = :group
 AND s.party IS NOT NULL AND {SITS} UNION ALL SELECT o.person, 1, 1, s.n FROM seats s JOIN occupancies o
 ON o.seat = s.id AND NOT o.deputy AND {FILLS} WHERE s."group" = :group AND s.party IS NULL AND {SITS}
 UNION ALL SELECT g.chair, 1, 0, 0 FROM groups g WHERE g.id = :group AND g.chair IS NOT NULL"""
"""Members of a group on `:today`: parties with a seat, people who fill a seat of a class, and the chair."""

MEMBERS = f"""SELECT p.id FROM (SELECT party, 0 AS later, 0 AS place, n FROM invitations WHERE meeting = :meeting
 AND party IS NOT NULL AND NOT deleted UNION ALL {SEATED}) e JOIN parties p ON p.id = e.party AND NOT p.deleted
 GROUP BY p.id ORDER BY min(e.later), min(e.place), min(e.n)"""

ADDRESSES = f"""SELECT p.name, a.email FROM named_parties p LEFT JOIN {ALL_EMAILS} a ON a.party = p.id
 WHERE p.id IN {KEYS.format("?")}"""


class _Address(NamedTuple):
    name: str
    email: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member with every party through which it answers: a post with its holder, an organisation with its people."""

    key: RowKey
    parties: frozenset[RowKey]
    names: frozenset[str]
    emails: frozenset[str]
    """Addresses in lower case."""


def list_member_keys(cursor: Cursor, group: RowKey | None, day: date, meeting: RowKey | None = None) -> list[RowKey]:
    """Return those invited to a meeting, then the members of its group on a day, the chair first."""
    return select_column(cursor, MEMBERS, {"group": group, "meeting": meeting, "today": day.isoformat()})


def read_members(cursor: Cursor, keys: Collection[RowKey], day: date) -> list[Member]:
    """Return the members with the names and addresses under which each may answer on a day."""
    expand = build_expander(cursor, day)
    members = []
    for key in keys:
        query = """SELECT o.person FROM occupancies o JOIN seats s ON s.id = o.seat WHERE s.party = ? AND NOT o.deleted
 AND NOT s.deleted AND o.person IS NOT NULL"""
        parties = expand(key) | set(select_column(cursor, query, (key,)))
        rows = select_rows(cursor, _Address, ADDRESSES, (encode_keys(parties),))
        emails = frozenset(row.email for row in rows if row.email)
        members.append(Member(key, frozenset(parties), frozenset(row.name for row in rows), emails))
    return members


def count_votes(cursor: Cursor, group: RowKey | None, day: date, parties: Collection[RowKey]) -> int:
    """Return how many votes these parties are in a group on a day, as if they met."""
    if group is None:
        return len(parties)
    held = HeldMeeting(group, day, attend_together(cursor, day, parties))
    return count_voting(read_places(cursor, group), held)


def read_group_quorum(cursor: Cursor, group: RowKey | None) -> int | None:
    """Return the quorum of a group; None where it is not recorded."""
    return select_value(cursor, "SELECT quorum FROM groups WHERE id = ?", (group,)) if group else None
