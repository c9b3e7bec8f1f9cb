"""The line that decides a conflict: it names the two values that were shown, and replaces them; one undo undoes it.

What a third laptop wrote is the next question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadInput, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.replication.conflicts import Why
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.minutes_lock import locked_sentence
from ahtc_tui.store.journal.projection import Row, Tables
from ahtc_tui.store.journal.record_state import ONE_OF
from ahtc_tui.store.journal.replay import DELETED, HELD, heads_of
from ahtc_tui.store.replication.compensating_changes import ids, remove
from ahtc_tui.store.replication.conflicts import Open

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger

OURS, THEIRS, BOTH = "ours", "theirs", "both"


def decide(ledger: Ledger, tables: Tables, one: Open, answer: str, value: Any = None) -> set[Row]:
    """Write what was decided; returns the records that are to be brought up to it.

    `answer` is "ours", "theirs", "both" or nothing for a `value` to write instead. Raises Refused where agreed minutes
    stand, BadInput where the answer is none to this question.
    """
    if one.shown.why is Why.AGREED and answer != OURS:
        raise Refused(locked_sentence(one.shown.ref))
    if one.shown.why is Why.TWICE:
        return _pair(ledger, one, answer)
    if answer == BOTH:
        raise BadInput(_("Only two records can both stay: of {field} one value stands.").format(field=one.shown.field))
    side = {OURS: one.ours, THEIRS: one.theirs}.get(answer)
    if one.field in (DELETED, HELD):
        if side is None:
            raise BadInput(_("It is kept or removed: answer ours or theirs."))
        return _removal(ledger, one, bool(side.value))
    said = side.value if side else value
    heads = heads_of(row_changes(ledger.cursor, *one.row), one.field)
    told = [head for head in heads if head[1] in (one.ours.value, one.theirs.value)]
    ledger.log(*one.row, one.field, said, ids(told))
    _clear_other(ledger, tables, one, said)
    return {one.row}


def _say(ledger: Ledger, row: Row, field: str, value: Any) -> None:
    ledger.log(*row, field, value, ids(heads_of(row_changes(ledger.cursor, *row), field)))


def _clear_other(ledger: Ledger, tables: Tables, one: Open, value: Any) -> None:
    """Of a pair of columns of which a row has one, the other is emptied, or filled again."""
    pair = ONE_OF.get(one.row[0], ())
    if one.field not in pair or value is None:
        return
    other = next(name for name in pair if name != one.field)
    entries = row_changes(tables.cursor, *one.row)
    if any(said is not None for _one, said in heads_of(entries, other)):
        _say(ledger, one.row, other, None)


def _removal(ledger: Ledger, one: Open, gone: bool) -> set[Row]:
    if one.field == HELD:
        _say(ledger, one.row, HELD, False)
    if gone:
        remove(ledger, one.row, row_changes(ledger.cursor, *one.row))
    else:
        _say(ledger, one.row, DELETED, False)
    return {one.row}


def _pair(ledger: Ledger, one: Open, answer: str) -> set[Row]:
    """One of two records goes, its words kept with the other; or both stay, and are known to be two."""
    table, first = one.row
    second = one.theirs.value
    if answer == BOTH:
        field = next(iter(_fields(ledger, one.row)))
        theirs = heads_of(row_changes(ledger.cursor, table, second), field)
        ours = heads_of(row_changes(ledger.cursor, *one.row), field)
        ledger.log(table, first, field, ours[-1][1], (*ids(ours), *ids(theirs)))
        return {one.row}
    if answer not in (OURS, THEIRS):
        raise BadInput(_("Two records may be one: answer ours, theirs or both."))
    kept, gone = (first, second) if answer == OURS else (second, first)
    touched = {(table, kept), (table, gone)}
    if table == "actions":
        touched |= _take_over(ledger, kept, gone)
    remove(ledger, (table, gone), row_changes(ledger.cursor, table, gone))
    return touched


def _fields(ledger: Ledger, row: Row) -> list[str]:
    entries = row_changes(ledger.cursor, *row)
    names = list((entries[0].value or {}) if entries else {})
    return [name for name in ("title", "state") if name in names] or names


def _take_over(ledger: Ledger, kept: bytes, gone: bytes) -> set[Row]:
    """The words of the action that goes stay with the one that is kept, and the minutes point to it."""
    cursor = ledger.cursor
    title, detail = cursor.execute("SELECT title, detail FROM actions WHERE id = ?", (gone,)).fetchone()
    own_title, own = cursor.execute("SELECT title, detail FROM actions WHERE id = ?", (kept,)).fetchone()
    touched: set[Row] = set()
    said = [part for part in (title if title != own_title else None, detail if detail != own else None) if part]
    if said:
        also = _("Also minuted as: {words}").format(words=" ".join(said))
        _say(ledger, ("actions", kept), "detail", "\n\n".join(part for part in (own, also) if part))
    for (line,) in cursor.execute("SELECT id FROM minute_lines WHERE action = ?", (gone,)).fetchall():
        _say(ledger, ("minute_lines", line), "action", kept.hex())
        touched.add(("minute_lines", line))
    return touched


def bring_up(ledger: Ledger, tables: Tables, rows: set[Row], said: str) -> None:
    """Bring the tables up to what was decided. Raises BadInput where a table refuses the value."""
    try:
        tables.project({row: tables.state(row) for row in rows})
    except dbapi2.IntegrityError as error:
        raise BadInput(_('"{value}" cannot stand there.').format(value=said)) from error
    for row in rows:
        ledger.touch(*row)
