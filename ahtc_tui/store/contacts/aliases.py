"""The names of a party over time. Reads only."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.contacts.post_holders import find_day_before
from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.sql_fragments import NAME_ON_DAY

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class AliasRow(NamedTuple):
    """A further name of a party, with its dates as stored."""

    key: RowKey
    name: str
    from_on: str | None
    to_on: str | None


def read_aliases(cursor: Cursor, party: RowKey) -> list[AliasRow]:
    """Every further name of a party."""
    rows = cursor.execute(
        "SELECT id, name, from_on, to_on FROM aliases WHERE party = ? AND NOT deleted ORDER BY n", (party,)
    )
    return [AliasRow(*row) for row in rows.fetchall()]


def read_name_on(cursor: Cursor, party: RowKey, day: date) -> str:
    """What a party is called on a day."""
    parameters = {"key": party, "day": day.isoformat()}
    name: str = cursor.execute(
        f"SELECT {NAME_ON_DAY.format(party='p', day=':day')} FROM parties p WHERE p.id = :key", parameters
    ).fetchone()[0]
    return name


def find_previous_day(stored_day: str) -> str:
    """The day before a stored beginning, as stored."""
    day = read_stored_date(stored_day)
    assert day is not None
    return find_day_before(day).stored_text
