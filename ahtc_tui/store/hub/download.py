"""The hub as an in-memory database for a merge; only changes that differ from the local ones are downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlcipher3 import dbapi2

from ahtc_tui.store.engine.party_names import define_first_day
from ahtc_tui.store.hub.connection import find_table, format_columns
from ahtc_tui.store.journal.projection import TableWriter
from ahtc_tui.store.privacy.erasure_register import SALT
from ahtc_tui.store.records.cursor import build_placeholders
from ahtc_tui.store.records.fields import read_setting, store_setting
from ahtc_tui.store.records.rows import select_mapping
from ahtc_tui.store.replication import peer_database
from ahtc_tui.store.replication.line_checks import LineChecks

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.hub.connection import Hub
    from ahtc_tui.store.records.cursor import Cursor

FETCH_SIZE = 5000
"""Rows of one query."""
NULL_MARK, SEPARATOR = "\x1e", "\x1f"

DIGEST_COLUMNS = {
    "change": (
        ("value", "user", "wall_ms", "seq", "device", "table", "field", "parents", "position", "purpose"),
        ("transaction", "row_id", "salt", "digest", "chain"),
    ),
    "step": (("label", "user"), ()),
}
"""Columns that show whether a row of the hub differs: text and numbers, and keys and hashes. Of steps, those that an
erasure rewrites.
"""


@contextmanager
def mirror_hub(hub: Hub, database: Database) -> Iterator[Cursor]:
    """Copy the journal of the hub into an in-memory database.

    Raises Refused for the hub of another office, BadFile for invalid changes.
    """
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        peer = connection.cursor()
        with database.read() as local:
            copy_schema(local, peer)
            peer.execute("BEGIN")
            salt = read_setting(local, SALT) if hub.is_empty else hub.read_settings().get(SALT)
            if salt:
                store_setting(peer, SALT, salt)
                peer_database.refuse_other_office(local, peer, hub.path)
            if not hub.is_empty:
                _copy_journal(hub, local, peer)
        yield peer
    finally:
        connection.close()


def copy_schema(local: Cursor, peer: Cursor) -> None:
    """Create the local tables and indexes without the search index, and the function that queries of periods call."""
    define_first_day(peer.connection)
    statements = local.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND tbl_name NOT LIKE 'search%' ORDER BY type DESC"
    )
    for (statement,) in statements.fetchall():
        peer.execute(statement)
    peer.execute("PRAGMA ignore_check_constraints = ON")  # bad lines are refused one by one later


def _copy_journal(hub: Hub, local: Cursor, peer: Cursor) -> None:
    for name in ("counter", "erasure", "missing_change"):
        _insert_rows(peer, name, hub.connection.execute(sa.select(find_table(name))))
    query = "SELECT row_id AS key, marks AS value FROM erasure"
    ours, theirs = select_mapping(local, query), select_mapping(peer, query)
    _copy_table(hub, local, peer, "step", exact=bool(ours or theirs))
    _copy_table(hub, local, peer, "change", exact=True)
    if any(marks != "[]" and key not in theirs for key, marks in ours.items()):
        project_records(local, peer)


def _insert_rows(peer: Cursor, name: str, rows: Iterable[Sequence[Any]]) -> None:
    placeholders = build_placeholders(find_table(name).columns)
    statement = f"INSERT INTO {name} ({format_columns(name)}) VALUES ({placeholders})"
    peer.executemany(statement, [tuple(row) for row in rows])


def _copy_table(hub: Hub, local: Cursor, peer: Cursor, name: str, *, exact: bool) -> None:
    """Copy every row that the hub has: locally where it is the same, else downloaded."""
    digests = _read_digests(hub, name, exact=exact)
    same: list[tuple[Any, ...]] = []
    columns = find_table(name).columns.keys()
    for row in local.execute(f"SELECT {format_columns(name)} FROM {name}"):
        if row[0] in digests and (
            not exact or digests[row[0]] == _compute_digest(name, dict(zip(columns, row, strict=True)))
        ):
            same.append(row)
            del digests[row[0]]
    _insert_rows(peer, name, same)
    keys, source = sorted(digests), find_table(name)
    for start in range(0, len(keys), FETCH_SIZE):
        key_list = sa.bindparam("keys", keys[start : start + FETCH_SIZE], type_=ARRAY(sa.LargeBinary))
        rows = hub.connection.execute(sa.select(source).where(source.c.id == sa.any_(key_list)))
        _insert_rows(peer, name, rows)


def _read_digests(hub: Hub, name: str, *, exact: bool) -> dict[bytes, bytes | None]:
    """Return the key of each row of the hub; with `exact`, a digest of its other columns."""
    source = find_table(name)
    texts, binaries = (list(names) for names in DIGEST_COLUMNS[name])
    fields = [sa.func.coalesce(sa.cast(source.c[column], sa.Text), NULL_MARK).concat(SEPARATOR) for column in texts]
    content: Any = sa.func.convert_to(sa.func.concat(*fields), "UTF8", type_=sa.LargeBinary)
    for column in binaries:
        content = content.concat(sa.func.coalesce(source.c[column], sa.literal(b"", sa.LargeBinary)))
    digest = sa.func.sha256(content, type_=sa.LargeBinary) if exact else sa.null()
    return {row[0]: row[1] for row in hub.connection.execute(sa.select(source.c.id, digest))}


def _compute_digest(name: str, values: Mapping[str, Any]) -> bytes:
    """Return the digest of a local row that `_read_digests` returns for the same row of the hub."""
    texts, binaries = DIGEST_COLUMNS[name]
    fields = [NULL_MARK if (value := values[column]) is None else str(value) for column in texts]
    text = "".join(f"{field}{SEPARATOR}" for field in fields)
    return sha256(b"".join((text.encode(), *(values[column] or b"" for column in binaries)))).digest()


def project_records(local: Cursor, peer: Cursor) -> None:
    """Project the valid records, because erased names are only known from the hub."""
    changes = peer_database.read_stored_changes(peer, peer_database.list_change_ids(peer))
    checks = LineChecks(local)
    bad_keys = {change.row_id for change in changes if checks.find_fault(change)}
    tables = TableWriter(peer)
    valid = {(change.table, change.row_id) for change in changes if change.row_id not in bad_keys}
    projections = dict(tables.resolve_records(valid))
    refused = tables.find_refused(projections)
    tables.write_records({record: row for record, row in projections.items() if record not in refused})
