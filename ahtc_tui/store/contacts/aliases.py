"""The names of a party over time. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.contacts.post_holders import day_before
from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.store.sql_fragments import NAME_ON

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class AliasRow(NamedTuple):
    """A further name of a party, with its dates as stored."""

    key: bytes
    name: str
    from_on: str | None
    to_on: str | None


def aliases(cursor: Cursor, party: bytes) -> list[AliasRow]:
    """Every further name of a party."""
    found = cursor.execute(
        "SELECT id, name, from_on, to_on FROM aliases WHERE party = ? AND NOT deleted ORDER BY n", (party,)
    )
    return [AliasRow(*line) for line in found.fetchall()]


def name_on(cursor: Cursor, party: bytes, day: date) -> str:
    """What a party is called on a day."""
    asked = {"key": party, "day": day.isoformat()}
    named: str = cursor.execute(
        f"SELECT {NAME_ON.format(party='p', day=':day')} FROM parties p WHERE p.id = :key", asked
    ).fetchone()[0]
    return named


def before(stored_day: str) -> str:
    """The day before a stored beginning, as stored."""
    known = from_stored(stored_day)
    assert known is not None
    return day_before(known).stored
