"""Undo and redo as readings of the journal: each reverses one step, and is itself a step, so it survives a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.journal.devices import OWN_STEPS
from ahtc_tui.store.journal.projection import Tables
from ahtc_tui.store.replication import merge_log
from ahtc_tui.store.replication.compensating_changes import Reversal
from ahtc_tui.store.replication.merge_rules import unshare

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor


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
    """Write back what stood before the step, field by field; where it was a merge, before what it brought."""
    ledger.reverse(step.id, step.label)
    brought = merge_log.of(ledger.cursor, step.id) or set()
    reversal = Reversal(ledger, step.id, brought, step.label)
    reversal.run()
    tables = Tables(ledger.cursor)
    states = {row: tables.state(row) for row in reversal.rows}
    for row in unshare(ledger, tables, states, reversal.new):
        states[row] = tables.state(row)
    tables.project(states)
    if brought and tables.number_last(reversal.new):
        ledger.reindex()
    for row in states:
        ledger.touch(*row)
