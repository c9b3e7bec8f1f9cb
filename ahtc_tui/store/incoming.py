"""The database of another laptop, opened to be read and never written: what it is, and what it has that is not here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.domain.words import _
from ahtc_tui.store import driver
from ahtc_tui.store.columns import columns
from ahtc_tui.store.fold import DELETED, HELD, ROW
from ahtc_tui.store.journal import INSERT_CHANGE

if TYPE_CHECKING:
    from ahtc_tui.store.database import Cursor

PLAIN = b"SQLite format 3\x00"
"""How a database begins that is not encrypted."""

CHANGE = 'id, wall_ms, seq, device, user, "transaction", "table", row_id, field, value, parents'
STEP = "id, wall_ms, seq, device, user, label, kind, reverses"


class Line(NamedTuple):
    """A line of a journal as the table stores it."""

    id: bytes
    wall_ms: int
    seq: int
    device: str
    user: str
    step: bytes
    table: str
    row: bytes
    field: str
    value: str | None
    parents: str


def is_encrypted(path: Path) -> bool:
    """Whether a file does not begin as a plain database does. Raises BadFile where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(len(PLAIN))
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    if not head:
        raise BadFile(_("{path} is empty: it is no database of ahtc.").format(path=path))
    return head != PLAIN


@contextmanager
def opened(path: Path, key: str | None = None) -> Iterator[Cursor]:
    """A cursor on the database of another laptop; nothing is ever written to it. Raises BadFile."""
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    except dbapi2.Error as error:
        raise _unusable(path, error) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key:
            connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        connection.execute("PRAGMA query_only = ON")
        _refuse_other(connection, path)
        connection.execute("BEGIN")
        if (found := connection.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise BadFile(_("{path} is damaged: {fault}. Bring a whole copy.").format(path=path, fault=found))
        yield connection.cursor()
    except dbapi2.Error as error:
        raise _unusable(path, error) from error
    finally:
        connection.close()


def _refuse_other(connection: Any, path: Path) -> None:
    (program,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if program != driver.APPLICATION_ID:
        raise BadFile(_("{path} is a database of another program, not of ahtc.").format(path=path))
    if version != driver.SCHEMA:
        raise BadFile(_("{path} was written by another version of ahtc: bring both to the same one.").format(path=path))


def _unusable(path: Path, error: Exception) -> BadFile:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_NOTADB"):
        return BadFile(_("{path} is no database of ahtc, or its passphrase is not right.").format(path=path))
    return BadFile(_("{path} cannot be read: {error}. Nothing was changed.").format(path=path, error=error))


def refuse_other_office(here: Cursor, there: Cursor, path: Path) -> None:
    """Raise Refused unless both come from the same first database: it gave them the same salt."""
    if _lineage(here) != _lineage(there):
        sentence = _("{path} belongs to another office: it does not come from this database, so nothing is merged.")
        raise Refused(sentence.format(path=path))


def _lineage(cursor: Cursor) -> Any:
    salt = cursor.execute("SELECT value FROM setting WHERE name = 'erasure_salt'").fetchone()
    return salt or cursor.execute("SELECT id FROM step ORDER BY seq, id LIMIT 1").fetchone()


def setting(cursor: Cursor, name: str) -> str | None:
    """What a copy of the database says of itself."""
    found = cursor.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return found[0] if found else None


def records(cursor: Cursor) -> int:
    """How many records a journal speaks of."""
    found: int = cursor.execute('SELECT count(*) FROM (SELECT DISTINCT "table", row_id FROM change)').fetchone()[0]
    return found


def change_ids(cursor: Cursor) -> set[bytes]:
    """Every line of a journal."""
    return {line[0] for line in cursor.execute("SELECT id FROM change")}


def lines(cursor: Cursor, wanted: set[bytes]) -> list[Line]:
    """These lines of a journal, in its order."""
    query = f"SELECT {CHANGE} FROM change"
    if len(wanted) > 2000:
        found = [Line(*line) for line in cursor.execute(query) if line[0] in wanted]
    else:
        found = [Line(*cursor.execute(f"{query} WHERE id = ?", (one,)).fetchone()) for one in wanted]
    return sorted(found, key=lambda line: (line.seq, line.wall_ms, line.id))


def steps(cursor: Cursor, wanted: set[bytes], known: set[bytes]) -> list[tuple[Any, ...]]:
    """These steps and whatever they reverse, but for those that are known."""
    found: dict[bytes, tuple[Any, ...]] = {}
    due = wanted - known
    while due:
        for key in due:
            step = cursor.execute(f"SELECT {STEP} FROM step WHERE id = ?", (key,)).fetchone()
            if step is None:
                raise BadFile(_("A line of its journal belongs to no step: that is no whole database."))
            found[key] = step
        due = {step[-1] for step in found.values() if step[-1]} - known - set(found)
    return list(found.values())


def refuse_unreadable(here: Cursor, incoming: list[Line], path: Path) -> None:
    """Raise BadFile where a line speaks of what this desk does not keep, or cannot be read."""
    named = {line.table for line in incoming}
    kept = "SELECT 1 FROM pragma_table_info(?) WHERE name = 'deleted'"
    known = {table for table in named if here.execute(kept, (table,)).fetchone()}
    tables = {table: {*columns(here, table).names, ROW, DELETED, HELD} for table in known}
    for line in incoming:
        fields = tables.get(line.table, set())
        try:
            said = json.loads(line.value) if line.value is not None else None
            seen = [bytes.fromhex(parent) for parent in json.loads(line.parents)]
            whole = len(line.row) == 16 and isinstance(seen, list)
            whole &= line.field in fields and (line.field != ROW or (isinstance(said, dict) and set(said) <= fields))
        except (ValueError, TypeError):
            whole = False
        if not whole:
            sentence = _("{path}: a line of its journal cannot be read ({table}, {field}). Nothing was changed.")
            raise BadFile(sentence.format(path=path, table=line.table, field=line.field))


def take_in(here: Cursor, there: Cursor, missing: list[Line]) -> None:
    """Put lines of the other journal into ours, with their steps; no number that it gave is given again."""
    known = {key for (key,) in here.execute("SELECT id FROM step")}
    found = steps(there, {line.step for line in missing}, known)
    marks = ", ".join("?" * len(STEP.split(", ")))
    here.executemany(
        f"INSERT INTO step ({STEP}) VALUES ({marks}) ON CONFLICT DO NOTHING",
        sorted(found, key=lambda step: (step[2], step[0])),
    )
    here.executemany(f"{INSERT_CHANGE} ON CONFLICT DO NOTHING", missing)
    here.executemany(
        "INSERT INTO counter (pattern, last) VALUES (?, ?)"
        " ON CONFLICT (pattern) DO UPDATE SET last = max(last, excluded.last)",
        there.execute("SELECT pattern, last FROM counter").fetchall(),
    )
