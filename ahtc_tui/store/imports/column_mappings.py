"""What somebody once said that a heading of other people's files means. Reads only."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


class Learnt(NamedTuple):
    """The record of one heading."""

    key: bytes
    removed: bool


def learnt(cursor: Cursor) -> dict[str, str]:
    """Every heading with the field that it means."""
    return dict(cursor.execute("SELECT heading, field FROM learnt_columns WHERE NOT deleted").fetchall())


def learnt_before(cursor: Cursor, heading: str) -> Learnt | None:
    """The record of a heading, also where it was taken back; None where there never was one."""
    found = cursor.execute("SELECT id, deleted FROM learnt_columns WHERE heading = ?", (heading,)).fetchone()
    return Learnt(found[0], bool(found[1])) if found else None
