"""Transcripts of meetings, in a separate file next to the database, with its key.

No journal, backup, pack, merge or export has them, so that a destroyed transcript leaves no copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.engine.copies import rekey_copy
from ahtc_tui.store.engine.driver import APPLICATION_ID, open_connection, remove_sidecars
from ahtc_tui.store.records.fields import read_setting, remove_setting, store_setting
from ahtc_tui.store.records.rows import select_column, select_rows

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database
    from ahtc_tui.store.records.cursor import Cursor

FILE_NAME = "transcripts.db"
PENDING = "transcripts_pending"
"""The setting with the meetings whose transcript must be destroyed."""
_TABLE = """CREATE TABLE IF NOT EXISTS quotations (meeting BLOB NOT NULL, position INTEGER NOT NULL, speaker TEXT,
 party TEXT, at INTEGER NOT NULL, item INTEGER, text TEXT NOT NULL, PRIMARY KEY (meeting, position)) STRICT"""


class StoredQuotation(NamedTuple):
    """A quoted passage of a transcript."""

    speaker: str | None
    """The name in the file."""
    party: str | None
    """Reference in the register, where a person matched it."""
    at: int
    """Seconds from the beginning of the recording."""
    item: int | None
    """Number of the agenda item."""
    text: str


class NamedWords(NamedTuple):
    """A quotation by its row."""

    number: int
    speaker: str | None
    text: str


def store_transcript(database: Database, meeting: RowKey, quotations: Sequence[StoredQuotation]) -> None:
    """Store the transcript of a meeting in place of an earlier one. Raises StoreError."""
    rows = [(meeting, position, *quotation) for position, quotation in enumerate(quotations, 1)]
    with _open_file(database, create=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM quotations WHERE meeting = ?", (meeting,))
        connection.executemany(
            "INSERT INTO quotations (meeting, position, speaker, party, at, item, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        connection.execute("COMMIT")


def read_transcript(database: Database, meeting: RowKey) -> list[StoredQuotation]:
    """Return the transcript of a meeting; empty where there is none."""
    if not find_file(database).exists():
        return []
    with _open_file(database) as connection:
        query = "SELECT speaker, party, at, item, text FROM quotations WHERE meeting = ? ORDER BY position"
        return select_rows(connection.cursor(), StoredQuotation, query, (meeting,))


def list_meetings(database: Database) -> list[RowKey]:
    """Return the keys of the meetings that have a transcript."""
    if not find_file(database).exists():
        return []
    with _open_file(database) as connection:
        return select_column(connection.cursor(), "SELECT DISTINCT meeting FROM quotations ORDER BY meeting")


def destroy_transcript(database: Database, meeting: RowKey) -> int:
    """Destroy the transcript of a meeting with all its bytes; return its number of quotations. Raises StoreError."""
    path = find_file(database)
    if not path.exists():
        return 0
    with _open_file(database) as connection:
        count = int(connection.execute("DELETE FROM quotations WHERE meeting = ?", (meeting,)).rowcount)
        is_last = not connection.execute("SELECT 1 FROM quotations").fetchone()
        connection.execute("VACUUM")
    if is_last:
        path.write_bytes(bytes(path.stat().st_size))
        path.unlink()
        remove_sidecars(path)
    return count


def request_destruction(cursor: Cursor, meeting: RowKey) -> None:
    """Record in the transaction of the caller that a transcript must be destroyed once that is committed."""
    store_setting(cursor, PENDING, " ".join(sorted({*_list_pending(cursor), meeting.hex()})))


def destroy_pending(database: Database) -> int:
    """Destroy the transcripts whose destruction was recorded; return the number of their quotations.

    The record stays until all bytes are gone. Raises StoreError with a sentence about what is left to do, Refused for a
    database that is read-only here.
    """
    with database.read() as cursor:
        pending = _list_pending(cursor)
    if not pending:
        return 0
    try:
        count = sum(destroy_transcript(database, RowKey(bytes.fromhex(key))) for key in pending)
    except (StoreError, OSError) as error:
        sentence = _(
            "The minutes are agreed, but {path} could not be rewritten and still holds the transcript. Make room on the"
            " disk and close other programs that use the file. The next command destroys it."
        )
        raise StoreError(sentence.format(path=find_file(database))) from error
    with database.write("transcripts destroyed") as ledger:
        if left := set(_list_pending(ledger.cursor)) - set(pending):  # recorded by another process meanwhile
            store_setting(ledger.cursor, PENDING, " ".join(sorted(left)))
        else:
            remove_setting(ledger.cursor, PENDING)
    return count


def _list_pending(cursor: Cursor) -> list[str]:
    return (read_setting(cursor, PENDING) or "").split()


def rewrite_transcripts(database: Database, rewrite: Callable[[str], str]) -> None:
    """Rewrite names and words in all transcripts, as where a person is erased. Raises StoreError."""
    if not find_file(database).exists():
        return
    with _open_file(database) as connection:
        query = "SELECT rowid AS number, speaker, text FROM quotations"
        for row in select_rows(connection.cursor(), NamedWords, query):
            values = (row.speaker and rewrite(row.speaker), rewrite(row.text))
            if values != (row.speaker, row.text):
                change = "UPDATE quotations SET speaker = ?, party = NULL, text = ? WHERE rowid = ?"
                connection.execute(change, (*values, row.number))
        connection.execute("VACUUM")


def rekey_transcripts(database_path: Path, key: str | None, new_key: str | None) -> None:
    """Put the transcripts under the new key of the database. Raises StoreError."""
    path = database_path.with_name(FILE_NAME)
    if path.exists():
        rekey_copy(path, key, new_key)


def find_file(database: Database) -> Path:
    """Return the path of the file of transcripts, which may not exist."""
    return database.path.with_name(FILE_NAME)


@contextmanager
def _open_file(database: Database, *, create: bool = False) -> Iterator[Any]:
    path = find_file(database)
    is_new = not path.exists()
    connection = open_connection(path, database.key, new=is_new and create)
    try:
        if is_new:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            path.chmod(0o600)
        connection.execute(_TABLE)
        yield connection
    finally:
        connection.close()
