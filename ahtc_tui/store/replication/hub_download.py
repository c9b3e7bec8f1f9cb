"""The hub as a database in memory that a merge can read. Only what is not here, or reads otherwise, is fetched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.privacy.erasure_register import SALT
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.table_names import Table
from ahtc_tui.store.replication import peer_database
from ahtc_tui.store.replication.hub import find_table
from ahtc_tui.store.replication.peer_database import CHANGE_COLUMNS, STEP_COLUMNS

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.hub import Hub

FETCH_SIZE = 5000
"""Lines that are asked for at once."""
NULL_MARK, SEPARATOR = "\x1e", "\x1f"

REWRITABLE_COLUMNS = {"change": ("value", "user"), "step": ("label", "user")}
"""What an erasure writes anew, of the tables whose rows are otherwise never altered."""


@contextmanager
def mirror_hub(hub: Hub, database: Database) -> Iterator[Cursor]:
    """The journal of the hub as the file of another laptop would have it; gone at the end, never on a disk.

    Raises Refused for the hub of another office, BadFile where what it says cannot be read.
    """
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        peer = connection.cursor()
        with database.read() as local:
            _copy_schema(local, peer)
            salt = peer_database.read_setting(local, SALT) if hub.is_empty else hub.read_settings().get(SALT)
            if salt:
                peer.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (SALT, salt))
                peer_database.refuse_other_office(local, peer, hub.path)
            if not hub.is_empty:
                _copy_journal(hub, local, peer)
        yield peer
    finally:
        connection.close()


def _copy_schema(local: Cursor, peer: Cursor) -> None:
    """Tables and indexes as here, without the search index."""
    statements = local.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND tbl_name NOT LIKE 'search%' ORDER BY type DESC"
    )
    for (statement,) in statements.fetchall():
        peer.execute(statement)
    peer.execute("BEGIN")


def _copy_journal(hub: Hub, local: Cursor, peer: Cursor) -> None:
    for name, columns in (("counter", "pattern, last"), ("erasure", "row_id, erased_on, ground, marks")):
        rows = [tuple(row) for row in hub.connection.execute(_select_columns(name, columns))]
        _insert_rows(peer, name, columns, rows)
    query = "SELECT row_id, marks FROM erasure"
    ours, theirs = (dict(cursor.execute(query).fetchall()) for cursor in (local, peer))
    exact = bool(ours or theirs)
    for name, columns in (("step", STEP_COLUMNS), ("change", CHANGE_COLUMNS)):
        _copy_table(hub, local, peer, name, columns, exact=exact)
    _copy_device_name(local, peer, set(ours))
    if any(marks != "[]" and key not in theirs for key, marks in ours.items()):
        _project_records(hub, local, peer)


def _select_columns(name: str, columns: str) -> sa.Select[Any]:
    source = find_table(name)
    return sa.select(*(source.c[column.strip().strip('"')] for column in columns.split(",")))


def _insert_rows(peer: Cursor, name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    peer.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)


def _copy_table(hub: Hub, local: Cursor, peer: Cursor, name: str, columns: str, *, exact: bool) -> None:
    """Every row that the hub has: our own where it is the same, fetched where it is not."""
    digests = _read_digests(hub, name, exact=exact)
    same: list[tuple[Any, ...]] = []
    digest = _build_digest(columns, *REWRITABLE_COLUMNS[name]) if exact else None
    for row in local.execute(f"SELECT {columns} FROM {name}"):
        if row[0] in digests and (digest is None or digests[row[0]] == digest(row)):
            same.append(row)
            del digests[row[0]]
    _insert_rows(peer, name, columns, same)
    keys = sorted(digests)
    for start in range(0, len(keys), FETCH_SIZE):
        key_list = sa.bindparam("keys", keys[start : start + FETCH_SIZE], type_=ARRAY(sa.LargeBinary))
        rows = hub.connection.execute(_select_columns(name, columns).where(find_table(name).c.id == sa.any_(key_list)))
        _insert_rows(peer, name, columns, [tuple(row) for row in rows])


def _read_digests(hub: Hub, name: str, *, exact: bool) -> dict[bytes, bytes | None]:
    """The key of each row of the hub; where somebody was ever erased, with a digest of what may have been rewritten."""
    source = find_table(name)
    first, second = (source.c[column] for column in REWRITABLE_COLUMNS[name])
    text = sa.func.coalesce(first, NULL_MARK).concat(SEPARATOR).concat(second)
    digest = sa.func.sha256(sa.func.convert_to(text, "UTF8"), type_=sa.LargeBinary) if exact else sa.null()
    return {row[0]: row[1] for row in hub.connection.execute(sa.select(source.c.id, digest))}


def _build_digest(columns: str, first: str, second: str) -> Callable[[tuple[Any, ...]], bytes]:
    column_names = [column.strip().strip('"') for column in columns.split(",")]
    first_index, second_index = column_names.index(first), column_names.index(second)

    def digest_row(row: tuple[Any, ...]) -> bytes:
        text = NULL_MARK if row[first_index] is None else row[first_index]
        return sha256(f"{text}{SEPARATOR}{row[second_index]}".encode()).digest()

    return digest_row


def _copy_device_name(local: Cursor, peer: Cursor, erased: set[RowKey]) -> None:
    """Where a copy that goes by our name wrote to the hub, the merge has to know: it gives this one another."""
    device = peer_database.read_setting(local, "device")
    local_ids = peer_database.list_change_ids(local)
    rows = peer.execute("SELECT id, row_id FROM change WHERE device = ?", (device,)).fetchall()
    if any(change_id not in local_ids and row_id not in erased for change_id, row_id in rows):
        peer.execute("INSERT INTO setting (name, value) VALUES ('device', ?)", (device,))


def _project_records(hub: Hub, local: Cursor, peer: Cursor) -> None:
    """Make the records as well: somebody was erased here, and only the hub still knows what they are called."""
    changes = peer_database.read_stored_changes(peer, peer_database.list_change_ids(peer))
    peer_database.refuse_invalid_changes(local, changes, hub.path)
    tables = TableWriter(peer)
    record_table_names = set(list_record_tables(peer))
    records: Mapping[tuple[Table, RowKey], None] = dict.fromkeys((change.table, change.row_id) for change in changes)
    try:
        tables.write_records(
            {record: tables.resolve_record(record) for record in records if record[0] in record_table_names}
        )
    except dbapi2.IntegrityError as error:
        sentence = _("{hub}: its journal says what no desk writes ({fault}). Nothing was changed.")
        raise BadFile(sentence.format(hub=hub.path, fault=error)) from error
