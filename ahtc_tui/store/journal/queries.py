"""Readings of the journal: the steps, and the changes of one record with what stood before each."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.dates.date_as_known import from_stored
from ahtc_tui.domain.history import ChangeRow, StepRow
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, decode
from ahtc_tui.store.records import references
from ahtc_tui.store.records.columns import columns

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

CALLED = ("ref", "name", "title", "subject", "text")
"""What a record is called by where another names it: the first of these that it has."""

PARTIES = ("parties", "people", "posts", "organisations", "groups")

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
    "papers",
    "commissions",
)
"""Tables whose records people name by reference."""

PARTS = {
    "actions": (
        ("updates", "action"),
        ("slips", "action"),
        ("action_parties", "action"),
        ("dependencies", "action"),
        ("chases", "action"),
        ("dispatches", "action"),
    ),
    "meetings": (
        ("agenda_items", "meeting"),
        ("attendances", "meeting"),
        ("minute_lines", "meeting"),
        ("papers", "meeting"),
        ("amendments", "meeting"),
        ("issues", "meeting"),
    ),
    "decisions": (("decision_actions", "decision"),),
    "commissions": (("commission_questions", "commission"),),
    "parties": (
        ("people", "id"),
        ("posts", "id"),
        ("organisations", "id"),
        ("groups", "id"),
        ("holdings", "post"),
        ("template_items", "group"),
        ("forward_items", "group"),
    ),
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
    """Every change of the record with a reference, removed or not, and of its parts, oldest first; empty for none."""
    answers = ((table, references.find_key(cursor, table, ref, removed=True)) for table in WITH_REF)
    table, found = next(((table, found) for table, found in answers if found), ("", None))
    if found is None:
        return []
    rows = [(table, found[0])]
    for part, column in PARTS.get(table, ()):
        rows += [(part, key) for (key,) in cursor.execute(f'SELECT id FROM {part} WHERE "{column}" = ?', (found[0],))]
    lines = [line for part, key in rows for line in row_lines(cursor, part, key)]
    return [line for _order, line in sorted(lines, key=lambda pair: pair[0])]


def row_lines(cursor: Cursor, table: str, key: bytes) -> list[tuple[tuple[int, bytes], ChangeRow]]:
    """Every change of one record, each with what it is sorted by."""
    found = cursor.execute(
        "SELECT c.id, c.seq, c.wall_ms, c.user, c.device, s.label, c.field, c.value FROM change c JOIN step s ON s.id ="
        ' c."transaction" WHERE c."table" = ? AND c.row_id = ? ORDER BY c.seq, c.wall_ms, c.id',
        (table, key),
    ).fetchall()
    words = Words(cursor, table)
    known: dict[str, Any] = {}
    lines = []
    for change, seq, wall_ms, user, device, label, field, value in found:
        said = decode(value)
        if field == ROW:
            known.update(said)
            old = None
            new: str | None = words.of_record(said)
        else:
            old, new = words.of(field, known.get(field)), words.of(field, said)
            known[field] = said
        shown = {ROW: "added", DELETED: "removed" if said else "restored", HELD: "held back" if said else "let in"}.get(
            field, field
        )
        row = ChangeRow(_when(wall_ms), user, device, label, table, shown, old, new)
        lines.append(((seq, change), row))
    return lines


class Words:
    """The values of one table as people say them: whoever a key names, and dates in words."""

    def __init__(self, cursor: Cursor, table: str) -> None:
        self._cursor = cursor
        self._columns = columns(cursor, table)
        parents = cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
        self.parents: dict[str, str] = dict(parents.fetchall())

    def of(self, field: str, value: Any) -> str | None:
        """The words for a value of a field; None for nothing, and for the mark of a removal."""
        if value is None or field in (DELETED, HELD):
            return None
        if field in self._columns.keys:
            return self._named(self.parents[field], bytes.fromhex(value))
        return str(from_stored(value)) if field in self._columns.dates else str(value)

    def of_record(self, said: dict[str, Any]) -> str:
        """What a record that was made is called; where it has no name, whom and what it joins."""
        named = [name for name in ("title", "name", "text", "ref") if name in said]
        joined = [name for name in said if name in self._columns.keys | self._columns.dates]
        return ", ".join(self.of(name, said[name]) or "" for name in named[:1] or joined)

    def _named(self, parent: str, key: bytes) -> str:
        table = "parties" if parent in PARTIES else parent
        known = columns(self._cursor, table).names
        wanted = ("name",) if table in ("parties", "areas") else CALLED
        column = next((name for name in wanted if name in known), "id")
        name = self._cursor.execute(f"SELECT {column} FROM {table} WHERE id = ?", (key,)).fetchone()[0]
        return name if isinstance(name, str) else key.hex()


def _when(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, UTC)
