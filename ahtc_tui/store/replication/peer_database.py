"""The database of another laptop, opened to be read and never written: what it is, and what it has that is not here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile, Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine import driver, integrity_check
from ahtc_tui.store.engine.encryption import key_of
from ahtc_tui.store.journal.ledger import INSERT_CHANGE
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW
from ahtc_tui.store.records.columns import columns

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

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


def refuse_unreadable_file(path: Path) -> None:
    """Raise BadFile where a file cannot be read, or holds nothing."""
    try:
        with path.open("rb") as file:
            empty = not file.read(1)
    except OSError as error:
        raise BadFile(_('"{path}" cannot be read: {reason}.').format(path=path, reason=error.strerror)) from error
    if empty:
        raise BadFile(_("{path} is empty: it is no database of ahtc.").format(path=path))


FAULTS = (dbapi2.Error, UnicodeDecodeError)


class _Theirs(dbapi2.Cursor):  # type: ignore[misc]  # the driver ships no types
    """A cursor whose faults are those of the file that was brought, and never of the database that reads it."""

    path: Path

    def execute(self, *words: Any) -> Any:
        try:
            return super().execute(*words)
        except FAULTS as error:
            raise _fault(self.path, error) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except FAULTS as error:
            raise _fault(self.path, error) from error

    def fetchall(self) -> Any:
        try:
            return super().fetchall()
        except FAULTS as error:
            raise _fault(self.path, error) from error

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except FAULTS as error:
            raise _fault(self.path, error) from error


@contextmanager
def opened(path: Path, key: str | None = None) -> Iterator[Cursor]:
    """A cursor on the database of another laptop; nothing is ever written to it. Raises BadFile.

    A file without a passphrase has nothing that tells of a letter that went wrong, but its own journal.
    """
    refuse_unreadable_file(path)
    raw = key_of(path, key)
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    except dbapi2.Error as error:
        raise _fault(path, error) from error
    with closing(connection):
        cursor = _Theirs(connection)
        cursor.path = path
        cursor.execute("PRAGMA cipher_log_level = NONE")
        if raw:
            cursor.execute(f'PRAGMA key = "{raw}"')
        cursor.execute("PRAGMA query_only = ON")
        _refuse_other(cursor, path)
        cursor.execute("BEGIN")
        _refuse_damaged(cursor, path, sealed=bool(raw))
        yield cursor


def _refuse_damaged(cursor: Cursor, path: Path, *, sealed: bool) -> None:
    (found,) = cursor.execute("PRAGMA quick_check(1)").fetchone()
    fault = found if found != "ok" else None
    if not (fault or sealed):
        fault = next(integrity_check.journal_faults(cursor), None)
    if fault:
        raise BadFile(_("{path} is damaged: {fault}. Bring a whole copy.").format(path=path, fault=fault.rstrip(".")))


def _refuse_other(cursor: Cursor, path: Path) -> None:
    (program,) = cursor.execute("PRAGMA application_id").fetchone()
    (version,) = cursor.execute("PRAGMA user_version").fetchone()
    if program != driver.APPLICATION_ID:
        raise BadFile(_("{path} is a database of another program, not of ahtc.").format(path=path))
    if version != driver.SCHEMA:
        raise BadFile(_("{path} was written by another version of ahtc: bring both to the same one.").format(path=path))


def _fault(path: Path, error: Exception) -> BadFile:
    """What the driver says, said of the file."""
    if isinstance(error, UnicodeDecodeError) or str(error).startswith("Could not decode"):
        return BadFile(_("{path} is damaged: it holds bytes that are no letters.").format(path=path))
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
