"""Upload to the hub: missing changes and steps, counters, and erasures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.privacy.erasure_register import SALT, list_erased_keys
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.replication import hub_access, peer_database
from ahtc_tui.store.replication.hub import VACUUM_SETTING, find_table, format_columns

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.hub import Hub
    from ahtc_tui.store.replication.hub_access import HubAccess


def renumber_records(ledger: Ledger) -> None:
    """Renumber every record in the order of creation, the only order that all laptops share."""
    if TableWriter(ledger.cursor).renumber(list_record_tables(ledger.cursor), {}):
        ledger.schedule_reindex()


def find_missing(local: Cursor, peer: Cursor) -> set[RowKey]:
    """Return the ids of local changes that the hub lacks, without those of erased records."""
    erased = list_erased_keys(local)
    rows = select_mapping(local, "SELECT id AS key, row_id AS value FROM change")
    kept = {change_id for change_id, row_id in rows.items() if row_id not in erased}
    return kept - peer_database.list_change_ids(peer)


def count_new_erasures(local: Cursor, peer: Cursor) -> int:
    """Return the number of local erasures of persons that the hub lacks."""
    persons = {key for (key,) in local.execute("SELECT row_id FROM erasure WHERE marks <> '[]'")}
    return len(persons - list_erased_keys(peer))


def upload_changes(hub: Hub, local: Cursor, peer: Cursor, access: HubAccess) -> None:
    """Upload what the hub lacks after the merge; `peer` is its former content. The caller commits."""
    if hub.is_empty:
        hub.claim_for_office(peer_database.read_setting(local, SALT))
    hub_access.register_laptop(hub, local, access)
    changes = peer_database.read_stored_changes(local, find_missing(local, peer))
    peer_steps = {key for (key,) in peer.execute("SELECT id FROM step")}
    steps = peer_database.read_steps(local, {change.transaction for change in changes}, peer_steps)
    _insert_rows(hub, "step", steps)
    _insert_rows(hub, "change", changes)
    _raise_counters(hub, local)
    if local.execute("SELECT 1 FROM erasure LIMIT 1").fetchone():
        _upload_erasures(hub, local, peer, access)


def _insert_rows(hub: Hub, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        values = [dict(zip(find_table(name).columns.keys(), row, strict=True)) for row in rows]
        hub.connection.execute(insert(find_table(name)).on_conflict_do_nothing(), values)


def _raise_counters(hub: Hub, local: Cursor) -> None:
    counters = find_table("counter")
    insertion = insert(counters)
    statement = insertion.on_conflict_do_update(
        index_elements=["pattern"], set_={"last": sa.func.greatest(counters.c.last, insertion.excluded.last)}
    )
    last_numbers = select_mapping(local, "SELECT pattern AS key, last AS value FROM counter")
    rows = [{"pattern": pattern, "last": last} for pattern, last in last_numbers.items()]
    if rows:
        hub.connection.execute(statement, rows)


def _upload_erasures(hub: Hub, local: Cursor, peer: Cursor, access: HubAccess) -> None:
    """Apply the local erasures to the rows of the hub, as far as this login may."""
    if access.may_erase:
        _insert_rows(hub, "erasure", local.execute(f"SELECT {format_columns('erasure')} FROM erasure").fetchall())
    if not access.may_rewrite:
        return
    changes = _rewrite_rows(hub, local, peer, "change", "id", ("value", "user", "salt", "erased_by"))
    changes += _delete_erased(hub, local, peer)
    # Otherwise another laptop has redacted the steps already.
    if changes or list_erased_keys(local) - list_erased_keys(peer):
        changes += _rewrite_rows(hub, local, peer, "erasure", "row_id", ("ground",))
        changes += _rewrite_rows(hub, local, peer, "step", "id", ("label", "user"))
    if changes:
        hub.write_setting(VACUUM_SETTING, "1")


def _rewrite_rows(hub: Hub, local: Cursor, peer: Cursor, name: str, key: str, columns: tuple[str, ...]) -> int:
    query = f"SELECT {key}, {', '.join(columns)} FROM {name}"
    peer_rows = {row[0]: row for row in peer.execute(query)}
    rows = [row for row in local.execute(query) if peer_rows.get(row[0], row) != row]
    target = find_table(name)
    if rows:
        values: dict[str, Any] = {column: sa.bindparam(f"new_{column}") for column in columns}
        statement = sa.update(target).where(target.c[key] == sa.bindparam("of_key")).values(values)
        parameters = ["of_key", *(f"new_{column}" for column in columns)]
        hub.connection.execute(statement, [dict(zip(parameters, row, strict=True)) for row in rows])
    return len(rows)


def _delete_erased(hub: Hub, local: Cursor, peer: Cursor) -> int:
    """Delete the changes of erased records, and steps without other changes; return the number of rows."""
    erased, local_ids = list_erased_keys(local), peer_database.list_change_ids(local)
    rows = select_mapping(peer, "SELECT id AS key, row_id AS value FROM change")
    parameters = [{"of_key": key} for key, row_id in rows.items() if row_id in erased or key not in local_ids]
    steps, changes = find_table("step"), find_table("change")
    if parameters:
        hub.connection.execute(sa.delete(changes).where(changes.c.id == sa.bindparam("of_key")), parameters)
    local_steps = {key for (key,) in local.execute("SELECT id FROM step")}
    later = steps.alias()
    deleted = 0
    for (key,) in peer.execute("SELECT id FROM step ORDER BY seq DESC").fetchall():
        if key not in local_steps:
            is_referenced = sa.exists().where(changes.c.transaction == key) | sa.exists().where(later.c.reverses == key)
            deleted += hub.connection.execute(sa.delete(steps).where(steps.c.id == key, ~is_referenced)).rowcount
    return len(parameters) + deleted
