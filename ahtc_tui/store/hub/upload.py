"""Upload to the hub: missing changes and steps, counters, and erasures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.hub.access import HubAccess, register_laptop
from ahtc_tui.store.hub.connection import VACUUM_SETTING, Hub, find_table, format_columns
from ahtc_tui.store.journal.chain import PLACE_COLUMNS, ChangePlace
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.privacy.erasure_register import SALT, build_erased_test, list_erased_keys
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.fields import read_setting
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.replication import peer_database

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.incoming_erasures import ErasurePlan


def renumber_records(ledger: Ledger) -> None:
    """Renumber every record in the order of creation, the only order that all laptops share."""
    if TableWriter(ledger.cursor).renumber(list_record_tables(ledger.cursor), {}):
        ledger.schedule_reindex()


class UploadLimits(NamedTuple):
    """What a sync may send of the erasures of this copy, and what it withholds."""

    pending: ErasurePlan
    """The erasures of the hub."""
    access: HubAccess
    diverging: Mapping[str, int]
    """By device, the first position at which the hub has another change."""

    @property
    def has_pending(self) -> bool:
        """Whether the hub has an erasure that nobody accepted here yet: those of this laptop wait for the answer."""
        return bool(self.pending.pending)

    def is_held_back(self, device: str, position: int | None) -> bool:
        """Return whether the hub has another change at this place, or at one before it."""
        return position is not None and position >= self.diverging.get(device, position + 1)

    @property
    def may_send(self) -> bool:
        """Whether the erasures of this copy are sent."""
        return self.access.may_erase and not self.has_pending


def find_missing(local: Cursor, peer: Cursor, erasures: UploadLimits) -> set[RowKey]:
    """Return the ids of local changes that the hub lacks, without those of erased records and withheld ones.

    Withheld are records that name a person whose erasure on the hub is pending, what an erasure wrote that is not
    sent, and what follows a place where the hub has another change.
    """
    is_erased, withheld = build_erased_test(local), erasures.pending.withheld_records
    query = 'SELECT c.id, c."table", c.row_id, c.device, c.position FROM change c'
    if not erasures.may_send:
        query += """ JOIN step s ON s.id = c."transaction" WHERE s.kind <> 'erase'"""
    kept = {
        change_id
        for change_id, table, row_id, device, position in local.execute(query)
        if not is_erased(table, row_id)
        and (table, row_id) not in withheld
        and not erasures.is_held_back(device, position)
    }
    return kept - peer_database.list_change_ids(peer)


def count_new_erasures(local: Cursor, peer: Cursor) -> int:
    """Return the number of local erasures of persons that the hub lacks."""
    return len(list_erased_keys(local, people=True) - list_erased_keys(peer))


def upload_changes(hub: Hub, local: Cursor, peer: Cursor, erasures: UploadLimits) -> None:
    """Upload what the hub lacks after the merge; `peer` is its former content. The caller commits."""
    if hub.is_empty:
        hub.claim_for_office(read_setting(local, SALT))
    register_laptop(hub, local, erasures.access)
    missing = find_missing(local, peer, erasures)
    changes = peer_database.read_stored_changes(local, missing)
    peer_steps = {key for (key,) in peer.execute("SELECT id FROM step")}
    steps = peer_database.read_steps(local, {change.transaction for change in changes}, peer_steps)
    _insert_rows(hub, "step", steps)
    _insert_rows(hub, "change", changes)
    _insert_rows(hub, "missing_change", _list_missing_places(local, peer, missing, erasures))
    _raise_counters(hub, local, peer)
    if list_erased_keys(local) and not erasures.has_pending:
        _upload_erasures(hub, local, peer, erasures.access)


def _list_missing_places(local: Cursor, peer: Cursor, sent: set[RowKey], limits: UploadLimits) -> list[ChangePlace]:
    """Return the places that the hub lacks and whose changes are not sent, so that the chains can be followed there."""
    known_ids = peer_database.list_change_ids(peer) | {key for (key,) in peer.execute("SELECT id FROM missing_change")}
    query = f"SELECT {PLACE_COLUMNS} FROM {{}} WHERE position NOT NULL"
    return [
        place
        for table in ("missing_change", "change")
        for row in local.execute(query.format(table))
        if row[0] not in known_ids
        and (place := ChangePlace(*row)).id not in sent
        and not limits.is_held_back(place.device, place.position)
    ]


def _insert_rows(hub: Hub, name: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        values = [dict(zip(find_table(name).columns.keys(), row, strict=True)) for row in rows]
        hub.connection.execute(insert(find_table(name)).on_conflict_do_nothing(), values)


def _raise_counters(hub: Hub, local: Cursor, peer: Cursor) -> None:
    """Raise the counters that are higher here than in the hub."""
    counters = find_table("counter")
    insertion = insert(counters)
    statement = insertion.on_conflict_do_update(
        index_elements=["pattern"], set_={"last": sa.func.greatest(counters.c.last, insertion.excluded.last)}
    )
    query = "SELECT pattern AS key, last AS value FROM counter"
    hub_numbers = select_mapping(peer, query)
    rows = [
        {"pattern": pattern, "last": last}
        for pattern, last in select_mapping(local, query).items()
        if last > hub_numbers.get(pattern, -1)
    ]
    if rows:
        hub.connection.execute(statement, rows)


def _upload_erasures(hub: Hub, local: Cursor, peer: Cursor, access: HubAccess) -> None:
    """Apply the local erasures to the rows of the hub, as far as this login may."""
    hub_keys = list_erased_keys(peer)
    if access.may_erase:
        rows = local.execute(f"SELECT {format_columns('erasure')} FROM erasure").fetchall()
        _insert_rows(hub, "erasure", [row for row in rows if row[0] not in hub_keys])
    if not access.may_rewrite:
        return
    changes = _rewrite_rows(hub, local, peer, "change", "id", ("value", "user", "salt", "erased_by"))
    changes += _delete_erased(hub, local, peer)
    # Otherwise another laptop has redacted the steps already.
    if changes or list_erased_keys(local) - hub_keys:
        changes += _rewrite_rows(hub, local, peer, "erasure", "row_id", ("ground",))
        changes += _rewrite_rows(hub, local, peer, "step", "id", ("label", "user"))
    if changes:
        hub.write_setting(VACUUM_SETTING, "1")


def _rewrite_rows(hub: Hub, local: Cursor, peer: Cursor, name: str, key: str, columns: tuple[str, ...]) -> int:
    """Write these columns of the local rows where the hub differs; of changes, only those that an erasure redacted."""
    redacted = " WHERE salt IS NULL" if name == "change" else ""
    query = f"SELECT {key}, {', '.join(columns)} FROM {name}"
    peer_rows = {row[0]: row for row in peer.execute(query)}
    rows = [row for row in local.execute(query + redacted) if peer_rows.get(row[0], row) != row]
    target = find_table(name)
    if rows:
        values: dict[str, Any] = {column: sa.bindparam(f"new_{column}") for column in columns}
        statement = sa.update(target).where(target.c[key] == sa.bindparam("of_key")).values(values)
        parameters = ["of_key", *(f"new_{column}" for column in columns)]
        hub.connection.execute(statement, [dict(zip(parameters, row, strict=True)) for row in rows])
    return len(rows)


def _delete_erased(hub: Hub, local: Cursor, peer: Cursor) -> int:
    """Delete the changes of erased records, and steps without other changes; return the number of rows."""
    is_erased = build_erased_test(local)
    rows = peer.execute('SELECT id, "table", row_id FROM change')
    parameters = [{"of_key": key} for key, table, row_id in rows if is_erased(table, row_id)]
    steps, changes = find_table("step"), find_table("change")
    if parameters:
        places = [changes.c[name] for name in ChangePlace._fields]
        kept = sa.select(*places).where(changes.c.id == sa.bindparam("of_key"), changes.c.position.is_not(None))
        insertion = insert(find_table("missing_change")).from_select(ChangePlace._fields, kept)
        hub.connection.execute(insertion.on_conflict_do_nothing(), parameters)
        hub.connection.execute(sa.delete(changes).where(changes.c.id == sa.bindparam("of_key")), parameters)
    local_steps = {key for (key,) in local.execute("SELECT id FROM step")}
    later = steps.alias()
    deleted = 0
    for (key,) in peer.execute("SELECT id FROM step ORDER BY seq DESC").fetchall():
        if key not in local_steps:
            is_referenced = sa.exists().where(changes.c.transaction == key) | sa.exists().where(later.c.reverses == key)
            deleted += hub.connection.execute(sa.delete(steps).where(steps.c.id == key, ~is_referenced)).rowcount
    return len(parameters) + deleted
