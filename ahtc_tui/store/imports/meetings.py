"""What calendars are matched with: groups, parties by address, and meetings by UID."""

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
    """A group with its names."""

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


def read_meeting_register(cursor: Cursor) -> MeetingRegister:
    """Read the register in one pass."""
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
    """Return the parties that a meeting invites, with the posts they hold, and the texts in lower case."""
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
