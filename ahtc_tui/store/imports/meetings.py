"""What calendars are matched with: groups, parties by address, and meetings by UID."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.contact_points import ALL_EMAILS
from ahtc_tui.store.contacts.party_lookup import fold_name
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_column, select_groups, select_mapping, select_rows
from ahtc_tui.store.sql_fragments import HOLDS, OTHER_NAMES


@dataclass(frozen=True, slots=True)
class GroupNames:
    """A group with all names that may occur in the title of an event, normalised."""

    key: RowKey
    ref: str
    name: str
    names: frozenset[str]
    """Normalized names: own, Welsh and aliases."""
    short: str | None


@dataclass
class MeetingRegister:
    """All that an imported calendar can refer to."""

    groups: list[GroupNames]
    by_address: dict[str, RowKey]
    """Parties by address in lower case; persons precede posts."""
    names: dict[bytes, str]
    by_uid: dict[str, tuple[RowKey, bool]]
    """Key and removal of meetings by UID."""
    days: dict[tuple[RowKey, datetime], tuple[RowKey, bool]] = field(default_factory=dict)
    """Key and removal of days by series and planned wall time."""


class StoredMeeting(NamedTuple):
    """Meeting by which a calendar entry is recognised."""

    key: RowKey
    uid: str
    series: RowKey | None
    recurrence_id: datetime | None
    deleted: bool


class StoredGroup(NamedTuple):
    """Group with its own names."""

    key: RowKey
    ref: str
    name: str
    name_cy: str | None
    short: str | None


PEOPLE_LAST = "ORDER BY p.kind = 'person', p.kind = 'post', p.n DESC"


def read_meeting_register(cursor: Cursor) -> MeetingRegister:
    """Read the register in one pass."""
    names = select_mapping(cursor, "SELECT id AS key, name AS value FROM named_parties WHERE NOT deleted")
    query = (
        f"SELECT a.email AS key, a.party AS value FROM {ALL_EMAILS} a JOIN parties p ON p.id = a.party {PEOPLE_LAST}"
    )
    by_address = select_mapping(cursor, query)
    register = MeetingRegister(_list_groups(cursor), by_address, names, {})
    query = "SELECT id AS key, uid, series, recurrence_id, deleted FROM meetings ORDER BY meetings.deleted DESC, n"
    for meeting in select_rows(cursor, StoredMeeting, query):
        register.by_uid[meeting.uid] = (meeting.key, meeting.deleted)
        if meeting.series and meeting.recurrence_id:
            register.days[meeting.series, meeting.recurrence_id] = (meeting.key, meeting.deleted)
    return register


def list_invited(cursor: Cursor, meeting: RowKey, today: date) -> tuple[set[RowKey], set[str]]:
    """Return the parties that a meeting invites, with the posts they hold, and the texts in lower case."""
    invited = "FROM invitations WHERE meeting = ? AND NOT deleted"
    parties = set(select_column(cursor, f"SELECT party {invited} AND party IS NOT NULL", (meeting,)))
    words = select_column(cursor, f"SELECT words {invited} AND words <> ''", (meeting,))
    query = f"SELECT h.post AS key, h.person AS value FROM holdings h WHERE h.person IS NOT NULL AND {HOLDS}"
    holders = select_groups(cursor, query, {"today": today.isoformat()})
    people = {person for post in parties for person in holders.get(post, ())}
    return parties | people, {text.casefold() for text in words}


def _list_groups(cursor: Cursor) -> list[GroupNames]:
    aliases = select_groups(cursor, f"SELECT party AS key, name AS value FROM {OTHER_NAMES}")
    query = (
        """SELECT id AS key, ref, name, name_cy, short FROM parties WHERE kind = 'group' AND NOT deleted ORDER BY n"""
    )
    groups = []
    for group in select_rows(cursor, StoredGroup, query):
        texts = (group.name, group.name_cy, *aliases.get(group.key, ()))
        names = frozenset(fold_name(text) for text in texts if text)
        groups.append(GroupNames(group.key, group.ref, group.name, names, group.short))
    return groups
