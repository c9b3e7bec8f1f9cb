"""What calendars are matched with: groups by name, everybody by address, meetings by UID. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.contacts.party_lookup import fold_name

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


@dataclass(frozen=True, slots=True)
class GroupNames:
    """A group with what it is called."""

    key: RowKey
    ref: str
    name: str
    names: frozenset[str]
    """Folded: own, Welsh and other names."""
    short: str | None


@dataclass
class MeetingRegister:
    """Everything that an imported calendar can mean."""

    groups: list[GroupNames]
    by_address: dict[str, RowKey]
    """Address in small letters to whoever has it: a person before a post."""
    names: dict[bytes, str]
    by_uid: dict[str, tuple[RowKey, bool]]
    """UID to the key of a meeting and whether it was removed."""
    days: dict[tuple[RowKey, datetime], tuple[RowKey, bool]] = field(default_factory=dict)
    """Series and planned wall time to the record of that day, and whether it was removed."""


def read_meeting_register(cursor: Cursor) -> MeetingRegister:
    """All of it in one reading."""
    register = MeetingRegister(_list_groups(cursor), {}, {}, {})
    for key, name, email in cursor.execute(
        "SELECT id, name, email FROM parties WHERE NOT deleted ORDER BY kind = 'person', kind = 'post', n DESC"
    ):
        register.names[key] = name
        if email:
            register.by_address[email.strip().lower()] = key
    for key, uid, series, instance, deleted in cursor.execute(
        "SELECT id, uid, series, recurrence_id, deleted FROM meetings ORDER BY deleted DESC, n"
    ):
        register.by_uid[uid] = (key, bool(deleted))
        if series and instance:
            register.days[series, datetime.fromisoformat(instance)] = (key, bool(deleted))
    return register


def list_invited(cursor: Cursor, meeting: RowKey, today: date) -> tuple[set[RowKey], set[str]]:
    """Whom a meeting invites: the parties with the posts that they hold, and the words in small letters."""
    rows = cursor.execute(
        "SELECT party, words FROM invitations WHERE meeting = ? AND NOT deleted", (meeting,)
    ).fetchall()
    parties = {party for party, _words in rows if party}
    holders = cursor.execute(
        "SELECT person, post FROM holdings WHERE person IS NOT NULL AND NOT deleted AND (to_on IS NULL OR to_on >= ?)",
        (today.isoformat(),),
    )
    people = {person for person, post in holders if post in parties}
    return parties | people, {words.casefold() for _party, words in rows if words}


def _list_groups(cursor: Cursor) -> list[GroupNames]:
    names: dict[bytes, set[str]] = {}
    for party, name in cursor.execute("SELECT party, name FROM aliases WHERE NOT deleted"):
        names.setdefault(party, set()).add(fold_name(name))
    return [
        GroupNames(
            key,
            ref,
            name,
            frozenset(names.get(key, set()) | {fold_name(name_text) for name_text in (name, name_cy) if name_text}),
            short,
        )
        for key, ref, name, name_cy, short in cursor.execute(
            "SELECT id, ref, name, name_cy, short FROM parties WHERE kind = 'group' AND NOT deleted ORDER BY n"
        )
    ]
