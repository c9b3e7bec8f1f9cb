"""Readings of the journal: the steps, and the changes of one record with what stood before each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.history import ChangeRow, StepRow
from ahtc_tui.store import refs
from ahtc_tui.store.fold import DELETED, ROW, decode

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor

WITH_REF = (
    "actions",
    "meetings",
    "parties",
    "seats",
    "decisions",
    "practices",
    "adoptions",
    "recommendations",
    "documents",
    "figures",
    "data_sets",
    "objectives",
)
"""Tables whose records people name by reference."""

PARTS = {
    "actions": (("updates", "action"), ("slips", "action"), ("action_parties", "action"), ("dependencies", "action")),
    "meetings": (("agenda_items", "meeting"), ("attendances", "meeting"), ("minute_lines", "meeting")),
    "parties": (("people", "id"), ("posts", "id"), ("organisations", "id"), ("groups", "id"), ("holdings", "post")),
}
"""Tables whose rows belong to a record, with the column that says to which."""


def steps(cursor: Cursor, limit: int) -> list[StepRow]:
    """What was done, newest first."""
    found = cursor.execute(
        'SELECT wall_ms, user, label, kind, (SELECT count(*) FROM change WHERE "transaction" = step.id) FROM step'
        " ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return [StepRow(_when(wall_ms), user, label, kind, count) for wall_ms, user, label, kind, count in found]


def changes(cursor: Cursor, ref: str) -> list[ChangeRow]:
    """Every change of the record that answers to a reference, and of its parts, oldest first; empty if there is none."""
    for table in WITH_REF:
        found = refs.find_key(cursor, table, ref)
        if found:
            break
    else:
        return []
    rows = [(table, found[0])]
    for part, column in PARTS.get(table, ()):
        rows += [(part, key) for (key,) in cursor.execute(f"SELECT id FROM {part} WHERE {column} = ?", (found[0],))]
    lines = [line for part, key in rows for line in _row_lines(cursor, part, key)]
    return [line for _order, line in sorted(lines, key=lambda pair: pair[0])]


def _row_lines(cursor: Cursor, table: str, key: bytes) -> list[tuple[tuple[int, bytes], ChangeRow]]:
    found = cursor.execute(
        "SELECT c.id, c.seq, c.wall_ms, c.user, c.device, s.label, c.field, c.value FROM change c JOIN step s ON s.id ="
        ' c."transaction" WHERE c."table" = ? AND c.row_id = ? ORDER BY c.seq, c.id',
        (table, key),
    )
    known: dict[str, Any] = {}
    lines = []
    for change, seq, wall_ms, user, device, label, field, value in found:
        said = decode(value)
        if field == ROW:
            known.update(said or {})
            old, new = None, _words((said or {}).get("title") or (said or {}).get("text") or (said or {}).get("ref"))
        else:
            old, new = _words(known.get(field)), _words(said)
            known[field] = said
        shown = {ROW: "added", DELETED: "removed" if said else "restored"}.get(field, field)
        row = ChangeRow(_when(wall_ms), user, device, label, table, shown, old, new)
        lines.append(((seq, change), row))
    return lines


def _words(value: Any) -> str | None:
    return None if value is None else str(value)


def _when(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, UTC)
