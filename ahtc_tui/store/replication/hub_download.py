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
from ahtc_tui.store.journal.projection import Tables
from ahtc_tui.store.privacy.erasure_register import SALT
from ahtc_tui.store.records.columns import record_tables
from ahtc_tui.store.replication import peer_database
from ahtc_tui.store.replication.hub import table
from ahtc_tui.store.replication.peer_database import CHANGE, STEP

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.hub import Hub

AT_ONCE = 5000
"""Lines that are asked for at once."""
NOTHING, BETWEEN = "\x1e", "\x1f"

READS = {"change": ("value", "user"), "step": ("label", "user")}
"""What an erasure writes anew, of the tables whose rows are otherwise never altered."""


@contextmanager
def mirrored(hub: Hub, database: Database) -> Iterator[Cursor]:
    """The journal of the hub as the file of another laptop would have it; gone at the end, never on a disk.

    Raises Refused for the hub of another office, BadFile where what it says cannot be read.
    """
    connection = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        there = connection.cursor()
        with database.read() as here:
            _shape(here, there)
            salt = peer_database.setting(here, SALT) if hub.empty else hub.settings().get(SALT)
            if salt:
                there.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (SALT, salt))
                peer_database.refuse_other_office(here, there, hub.path)
            if not hub.empty:
                _fill(hub, here, there)
        yield there
    finally:
        connection.close()


def _shape(here: Cursor, there: Cursor) -> None:
    """Tables and indexes as here, without the search index."""
    made = here.execute(
        "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
        " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' AND tbl_name NOT LIKE 'search%' ORDER BY type DESC"
    )
    for (statement,) in made.fetchall():
        there.execute(statement)
    there.execute("BEGIN")


def _fill(hub: Hub, here: Cursor, there: Cursor) -> None:
    for name, columns in (("counter", "pattern, last"), ("erasure", "row_id, erased_on, ground, marks")):
        rows = [tuple(row) for row in hub.connection.execute(_columns(name, columns))]
        _insert(there, name, columns, rows)
    query = "SELECT row_id, marks FROM erasure"
    ours, theirs = (dict(cursor.execute(query).fetchall()) for cursor in (here, there))
    exact = bool(ours or theirs)
    for name, columns in (("step", STEP), ("change", CHANGE)):
        _copy(hub, here, there, name, columns, exact=exact)
    _name_alike(here, there, set(ours))
    if any(marks != "[]" and key not in theirs for key, marks in ours.items()):
        _project(hub, here, there)


def _columns(name: str, columns: str) -> sa.Select[Any]:
    of = table(name)
    return sa.select(*(of.c[one.strip().strip('"')] for one in columns.split(",")))


def _insert(there: Cursor, name: str, columns: str, rows: list[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    there.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", rows)


def _copy(hub: Hub, here: Cursor, there: Cursor, name: str, columns: str, *, exact: bool) -> None:
    """Every row that the hub has: our own where it is the same, fetched where it is not."""
    wanted = _keys(hub, name, exact=exact)
    same: list[tuple[Any, ...]] = []
    digest = _digest(columns, *READS[name]) if exact else None
    for row in here.execute(f"SELECT {columns} FROM {name}"):
        if row[0] in wanted and (digest is None or wanted[row[0]] == digest(row)):
            same.append(row)
            del wanted[row[0]]
    _insert(there, name, columns, same)
    keys = sorted(wanted)
    for at in range(0, len(keys), AT_ONCE):
        asked = sa.bindparam("keys", keys[at : at + AT_ONCE], type_=ARRAY(sa.LargeBinary))
        found = hub.connection.execute(_columns(name, columns).where(table(name).c.id == sa.any_(asked)))
        _insert(there, name, columns, [tuple(row) for row in found])


def _keys(hub: Hub, name: str, *, exact: bool) -> dict[bytes, bytes | None]:
    """The key of each row of the hub; where somebody was ever erased, with a digest of what may have been rewritten."""
    of = table(name)
    first, second = (of.c[column] for column in READS[name])
    text = sa.func.coalesce(first, NOTHING).concat(BETWEEN).concat(second)
    digest = sa.func.sha256(sa.func.convert_to(text, "UTF8"), type_=sa.LargeBinary) if exact else sa.null()
    return {row[0]: row[1] for row in hub.connection.execute(sa.select(of.c.id, digest))}


def _digest(columns: str, first: str, second: str) -> Callable[[tuple[Any, ...]], bytes]:
    names = [one.strip().strip('"') for one in columns.split(",")]
    one, other = names.index(first), names.index(second)

    def of(row: tuple[Any, ...]) -> bytes:
        said = NOTHING if row[one] is None else row[one]
        return sha256(f"{said}{BETWEEN}{row[other]}".encode()).digest()

    return of


def _name_alike(here: Cursor, there: Cursor, erased: set[bytes]) -> None:
    """Where a copy that goes by our name wrote to the hub, the merge has to know: it gives this one another."""
    device = peer_database.setting(here, "device")
    ours = peer_database.change_ids(here)
    written = there.execute("SELECT id, row_id FROM change WHERE device = ?", (device,)).fetchall()
    if any(line not in ours and row not in erased for line, row in written):
        there.execute("INSERT INTO setting (name, value) VALUES ('device', ?)", (device,))


def _project(hub: Hub, here: Cursor, there: Cursor) -> None:
    """Make the records as well: somebody was erased here, and only the hub still knows what they are called."""
    lines = peer_database.lines(there, peer_database.change_ids(there))
    peer_database.refuse_unreadable(here, lines, hub.path)
    tables = Tables(there)
    known = set(record_tables(there))
    rows: Mapping[tuple[str, bytes], None] = dict.fromkeys((line.table, line.row) for line in lines)
    try:
        tables.project({row: tables.state(row) for row in rows if row[0] in known})
    except dbapi2.IntegrityError as error:
        sentence = _("{hub}: its journal says what no desk writes ({fault}). Nothing was changed.")
        raise BadFile(sentence.format(hub=hub.path, fault=error)) from error
