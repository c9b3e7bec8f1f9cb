"""Undo and redo as readings of the journal: each reverses one step, and is itself a step, so it survives a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.words import _
from ahtc_tui.store.fold import DELETED, ROW, Entry, entry, heads_of
from ahtc_tui.store.journal import row_changes

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor, Database
    from ahtc_tui.store.journal import Ledger


class Step(NamedTuple):
    """A step of the journal that can be reversed."""

    id: bytes
    label: str


def undo(database: Database) -> str:
    """Reverse the last step of this device that still stands; returns what it was. Raises Refused if there is none."""
    with database.read() as cursor:
        step = _last(cursor, ("do", "redo"), "undo", barrier=None)
    if step is None:
        raise Refused(_("There is nothing to undo."))
    _reverse(database, step, "undo")
    return step.label


def redo(database: Database) -> str:
    """Bring back what the last undo took away; returns what it was. Raises Refused if something was done since."""
    with database.read() as cursor:
        step = _last(cursor, ("undo",), "redo", barrier="do")
    if step is None:
        raise Refused(_("There is nothing to redo."))
    _reverse(database, step, "redo")
    return step.label


def _last(cursor: Cursor, kinds: tuple[str, ...], reversal: str, barrier: str | None) -> Step | None:
    """The newest step of these kinds that no step of the kind `reversal` reverses, unless a `barrier` step is newer."""
    marks = ", ".join("?" * len(kinds))
    found = cursor.execute(
        f"SELECT id, label, seq FROM step s WHERE kind IN ({marks}) AND device = (SELECT value FROM setting WHERE name ="
        " 'device') AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = s.id AND r.kind = ?)"
        " ORDER BY seq DESC LIMIT 1",
        (*kinds, reversal),
    ).fetchone()
    if found is None:
        return None
    if barrier:
        newer = cursor.execute("SELECT 1 FROM step WHERE kind = ? AND seq > ? LIMIT 1", (barrier, found[2])).fetchone()
        if newer:
            return None
    return Step(found[0], found[1])


def _reverse(database: Database, step: Step, kind: str) -> None:
    with database.write(step.label, kind=kind, reverses=step.id) as ledger:
        lines = ledger.cursor.execute(
            'SELECT "table", row_id, id, field, value, parents FROM change WHERE "transaction" = ? ORDER BY id DESC',
            (step.id,),
        ).fetchall()
        for table, key, *line in lines:
            _reverse_change(ledger, table, key, entry(*line), step.label)


def _reverse_change(ledger: Ledger, table: str, key: bytes, change: Entry, label: str) -> None:
    """Write back what stood before the change, if the change still stands."""
    if change.field == ROW:
        ledger.remove(table, key)
        return
    if change.field == DELETED:
        (ledger.restore if change.value else ledger.remove)(table, key)
        return
    entries = row_changes(ledger.cursor, table, key)
    if [head.id for head, _value in heads_of(entries, change.field)] != [change.id]:
        raise Refused(
            _('"{label}" cannot be reversed: {field} was changed since.').format(label=label, field=change.field)
        )
    before = [one for one in entries if one.id in change.parents]
    ledger.change(table, key, {change.field: from_json(ledger.cursor, table, change.field, before[-1])})


def from_json(cursor: Cursor, table: str, field: str, said: Entry) -> Any:
    """The value of a field as the table stores it: the journal keeps keys in hex."""
    value = (said.value or {}).get(field) if said.field == ROW else said.value
    if isinstance(value, str) and field in key_columns(cursor, table):
        return bytes.fromhex(value)
    return value


def key_columns(cursor: Cursor, table: str) -> frozenset[str]:
    """The columns of a table that hold keys."""
    columns = cursor.execute("SELECT name FROM pragma_table_info(?) WHERE type = 'BLOB'", (table,))
    return frozenset(name for (name,) in columns)
