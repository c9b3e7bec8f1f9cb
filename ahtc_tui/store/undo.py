"""Undo and redo as readings of the journal: each reverses one step, and is itself a step, so it survives a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.words import _
from ahtc_tui.store.columns import columns
from ahtc_tui.store.devices import OWN_STEPS
from ahtc_tui.store.fold import DELETED, ROW, Entry, candidates, heads_of
from ahtc_tui.store.journal import row_changes
from ahtc_tui.store.sequences import after_undo

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor, Database
    from ahtc_tui.store.journal import Ledger


RISING = {("meetings", "sequence")}
"""Fields that other desks have seen and that therefore never go back below what was sent."""


class Step(NamedTuple):
    """A step of the journal that can be reversed."""

    id: bytes
    label: str


def undo(database: Database) -> str:
    """Reverse the last step of this device that still stands; returns what it was. Raises Refused if there is none."""
    with database.write("undo", kind="undo") as ledger:
        step = _last(ledger.cursor, ("do", "redo"), "undo")
        _refuse_past_an_erasure(ledger.cursor, step)
        if step is None:
            raise Refused(_("There is nothing to undo."))
        _reverse(ledger, step)
    return step.label


def redo(database: Database) -> str:
    """Bring back what the last undo took away; returns what it was. Raises Refused if something was done since."""
    with database.write("redo", kind="redo") as ledger:
        step = _last(ledger.cursor, ("undo",), "redo", barrier="do")
        _refuse_past_an_erasure(ledger.cursor, step)
        if step is None:
            raise Refused(_("There is nothing to redo."))
        _reverse(ledger, step)
    return step.label


def _last(cursor: Cursor, kinds: tuple[str, ...], reversal: str, barrier: str | None = None) -> Step | None:
    """This device's newest step of these kinds that no `reversal` step reverses, unless a `barrier` step is newer."""
    marks = ", ".join("?" * len(kinds))
    found = cursor.execute(
        f"WITH own AS ({OWN_STEPS})"
        f" SELECT id, label FROM own s WHERE kind IN ({marks})"
        " AND NOT EXISTS (SELECT 1 FROM step r WHERE r.reverses = s.id AND r.kind = ?)"
        " AND NOT EXISTS (SELECT 1 FROM own WHERE kind = ? AND seq > s.seq) ORDER BY seq DESC LIMIT 1",
        (*kinds, reversal, barrier),
    ).fetchone()
    return Step(*found) if found else None


def _refuse_past_an_erasure(cursor: Cursor, step: Step | None) -> None:
    """What was done before somebody was erased stands: reversing it could bring the person back."""
    since = step.id if step else b""
    found = cursor.execute(
        "SELECT 1 FROM step WHERE kind = 'erase' AND seq > coalesce((SELECT seq FROM step WHERE id = ?), -1)", (since,)
    ).fetchone()
    if found:
        raise Refused(_("A person was erased since: that cannot be undone, and what was done before it stands."))


def _reverse(ledger: Ledger, step: Step) -> None:
    """Write back what stood before the step, field by field, the newest first."""
    ledger.reverse(step.id, step.label)
    lines = ledger.cursor.execute(
        'SELECT "table", row_id, field, id FROM change WHERE "transaction" = ? ORDER BY id DESC', (step.id,)
    ).fetchall()
    written: dict[tuple[str, bytes], dict[str, set[bytes]]] = {}
    for table, key, field, change in lines:
        written.setdefault((table, key), {}).setdefault(field, set()).add(change)
    for (table, key), by_field in written.items():
        if ROW in by_field:
            ledger.remove(table, key)
        else:
            _reverse_fields(ledger, table, key, by_field, step.label)


def _reverse_fields(ledger: Ledger, table: str, key: bytes, by_field: dict[str, set[bytes]], label: str) -> None:
    """Write back the fields of one record, if what the step wrote still stands."""
    entries = row_changes(ledger.cursor, table, key)
    keys = columns(ledger.cursor, table).keys
    rising = {field: own for field, own in by_field.items() if (table, field) in RISING}
    before = {field: _before(entries, field, own, label) for field, own in by_field.items() if field not in rising}
    before |= {field: after_undo(ledger.cursor, key, _replaced(entries, field, own)) for field, own in rising.items()}
    gone = before.pop(DELETED, None)
    if gone is False:
        ledger.restore(table, key)
    if before:
        stored = {
            name: bytes.fromhex(value) if value is not None and name in keys else value
            for name, value in before.items()
        }
        ledger.change(table, key, stored)
    if gone:
        ledger.remove(table, key)


def _before(entries: list[Entry], field: str, own: set[bytes], label: str) -> Any:
    """What the changes of a field, the step's own, replaced. Raises Refused where something else stands now."""
    said = candidates(entries, field)
    written = [value for one, value in said if one.id in own][-1]
    if any(value != written for _one, value in heads_of(entries, field)):
        raise Refused(_('"{label}" cannot be reversed: {field} was changed since.').format(label=label, field=field))
    return _replaced(entries, field, own)


def _replaced(entries: list[Entry], field: str, own: set[bytes]) -> Any:
    """What stood before the changes of a field, the step's own."""
    said = candidates(entries, field)
    seen = {parent for one, _value in said if one.id in own for parent in one.parents}
    return [value for one, value in said if one.id in seen - own][-1]
