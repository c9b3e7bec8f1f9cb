"""What a laptop sends to the hub: the lines that are missing there; and whoever was erased goes out of its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ahtc_tui.store.journal.projection import Tables
from ahtc_tui.store.privacy.erasure_register import SALT, erased_keys
from ahtc_tui.store.records.columns import record_tables
from ahtc_tui.store.replication import peer_database
from ahtc_tui.store.replication.hub import DUE, table
from ahtc_tui.store.replication.peer_database import CHANGE, STEP

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.hub import Hub


def number_alike(ledger: Ledger) -> None:
    """Give every record its local number in the order of creation: the hub has none that laptops could agree on."""
    if Tables(ledger.cursor).number_anew(record_tables(ledger.cursor), {}):
        ledger.reindex()


def missing(here: Cursor, there: Cursor) -> set[bytes]:
    """The lines of our journal that the hub does not have and wants: nobody takes one of an erased record."""
    erased = erased_keys(here)
    ours = {line for line, row in here.execute("SELECT id, row_id FROM change") if row not in erased}
    return ours - peer_database.change_ids(there)


def send(hub: Hub, here: Cursor, there: Cursor) -> None:
    """Bring the hub to what stands here after the merge; `there` is what it had. It is for the caller to commit."""
    if hub.empty:
        hub.make(peer_database.setting(here, SALT))
    lines = peer_database.lines(here, missing(here, there))
    known = {key for (key,) in there.execute("SELECT id FROM step")}
    steps = peer_database.steps(here, {line.step for line in lines}, known)
    _add(hub, "step", STEP, sorted(steps, key=lambda step: (step[2], step[0])))
    _add(hub, "change", CHANGE, list(lines))
    _count_on(hub, here)
    if here.execute("SELECT 1 FROM erasure LIMIT 1").fetchone():
        _erase(hub, here, there)


def _names(columns: str) -> list[str]:
    return [one.strip().strip('"') for one in columns.split(",")]


def _add(hub: Hub, name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        names = _names(columns)
        said = [dict(zip(names, row, strict=True)) for row in rows]
        hub.connection.execute(insert(table(name)).on_conflict_do_nothing(), said)


def _count_on(hub: Hub, here: Cursor) -> None:
    """No number that was given out anywhere is given again."""
    of = table("counter")
    adding = insert(of)
    higher = adding.on_conflict_do_update(
        index_elements=["pattern"], set_={"last": sa.func.greatest(of.c.last, adding.excluded.last)}
    )
    rows = [{"pattern": pattern, "last": last} for pattern, last in here.execute("SELECT pattern, last FROM counter")]
    if rows:
        hub.connection.execute(higher, rows)


def _erase(hub: Hub, here: Cursor, there: Cursor) -> None:
    """Let the hub say of everybody who was erased what is said here: nothing. Its lines are rewritten, or go."""
    _add(hub, "erasure", "row_id, erased_on, ground, marks", here.execute("SELECT * FROM erasure").fetchall())
    changes = _rewrite(hub, here, there, "change", "id", ("value", "user"))
    changes += _remove(hub, here, there)
    if erased_keys(here) - erased_keys(there):  # else whoever sent them has cleaned the names of steps
        changes += _rewrite(hub, here, there, "erasure", "row_id", ("ground",))
        changes += _rewrite(hub, here, there, "step", "id", ("label", "user"))
    if changes:
        hub.say(DUE, "1")


def _rewrite(hub: Hub, here: Cursor, there: Cursor, name: str, key: str, columns: tuple[str, ...]) -> int:
    query = f"SELECT {key}, {', '.join(columns)} FROM {name}"
    theirs = {row[0]: row for row in there.execute(query)}
    rows = [row for row in here.execute(query) if theirs.get(row[0], row) != row]
    of = table(name)
    if rows:
        said: dict[str, Any] = {column: sa.bindparam(f"new_{column}") for column in columns}
        altering = sa.update(of).where(of.c[key] == sa.bindparam("of_key")).values(said)
        marks = ["of_key", *(f"new_{column}" for column in columns)]
        hub.connection.execute(altering, [dict(zip(marks, row, strict=True)) for row in rows])
    return len(rows)


def _remove(hub: Hub, here: Cursor, there: Cursor) -> int:
    """Lines of erased records, and the steps that held nothing else."""
    erased, ours = erased_keys(here), peer_database.change_ids(here)
    lines = there.execute("SELECT id, row_id FROM change").fetchall()
    extra = [{"of_key": line} for line, row in lines if row in erased or line not in ours]
    steps, changes = table("step"), table("change")
    if extra:
        hub.connection.execute(sa.delete(changes).where(changes.c.id == sa.bindparam("of_key")), extra)
    known = {key for (key,) in here.execute("SELECT id FROM step")}
    later = steps.alias()
    gone = 0
    for (key,) in there.execute("SELECT id FROM step ORDER BY seq DESC").fetchall():
        if key not in known:
            held = sa.exists().where(changes.c.transaction == key) | sa.exists().where(later.c.reverses == key)
            gone += hub.connection.execute(sa.delete(steps).where(steps.c.id == key, ~held)).rowcount
    return len(extra) + gone
