"""The one file: how it is opened, and how a transaction on it begins and ends. Never what is in it.

Plain SQL on the driver's cursor: neither SQLAlchemy nor SQLModel is imported on the way to the first screen.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import NotFound, StoreError
from ahtc_tui.domain.words import _

if TYPE_CHECKING:
    from ahtc_tui.store.journal import Ledger

APPLICATION_ID = 0x41485443
"""The bytes "AHTC" in the header of the file."""

SCHEMA = 1
"""`PRAGMA user_version` of a file that needs no migration."""

BUSY_SECONDS = 5.0

Cursor = Any
"""A cursor of sqlcipher3, which ships no types."""

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA temp_store = MEMORY",
)


def connect(path: Path, key: str | None = None) -> Any:
    """A connection to the file with every pragma set; with `key`, through SQLCipher. Raises StoreError."""
    try:
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except dbapi2.Error as error:
        raise store_error(error, path) from error
    return connection


def store_error(error: Exception, path: Path) -> StoreError:
    """The sentence for a fault of the driver; nothing was changed when it is raised."""
    text = str(error).lower()
    for sign, sentence in (
        ("locked", _("The database {path} is in use by another program: close it there and try again.")),
        ("not a database", _("{path} is not a database of ahtc, or its passphrase is not right.")),
        ("encrypted", _("{path} is not a database of ahtc, or its passphrase is not right.")),
        ("full", _("The disk is full: nothing was changed in {path}. Make room and try again.")),
        ("readonly", _("{path} may not be written: nothing was changed. Check the rights of the file and its folder.")),
        ("unable to open", _("{path} cannot be opened. Check that its folder exists and may be written.")),
        ("malformed", _("{path} is damaged. Restore a backup: `ahtc restore FILE`.")),
        ("disk i/o", _("The disk refused to read or write {path}: nothing was changed.")),
    ):
        if sign in text:
            return StoreError(sentence.format(path=path))
    return StoreError(_("The database {path} refused: {error}. Nothing was changed.").format(path=path, error=error))


def _account() -> str:
    """The name of the account on this machine, as the journal shows who wrote."""
    for name in ("USER", "USERNAME", "LOGNAME"):
        if os.environ.get(name):
            return os.environ[name]
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class Database:
    """An open database file: reads, and one write transaction at a time."""

    def __init__(self, path: Path, key: str | None = None, *, user: str = "") -> None:
        """Open an existing, migrated file. Raises NotFound where there is none, StoreError where it cannot be used."""
        if not path.exists():
            raise NotFound(
                _("There is no database at {path}. `ahtc init --reference wales-2013` makes one.").format(path=path)
            )
        if path.stat().st_size == 0:
            raise StoreError(
                _("{path} is empty: it is not a database. Restore a backup or remove it.").format(path=path)
            )
        self.path = path
        self.user = user or os.environ.get("AHTC_USER") or _account()
        self._key = key
        self.connection = connect(path, key)
        self._check_version()

    def _check_version(self) -> None:
        try:
            stamp = self.connection.execute("PRAGMA application_id").fetchone()[0]
            version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        except dbapi2.Error as error:
            raise store_error(error, self.path) from error
        if stamp != APPLICATION_ID:
            raise StoreError(_("{path} is a database of another program, not of ahtc.").format(path=self.path))
        if version > SCHEMA:
            raise StoreError(_("{path} was written by a newer ahtc: install that one.").format(path=self.path))
        if version < SCHEMA:
            from ahtc_tui.store.migrate import migrate

            self.connection.close()
            migrate(self.path, self._key)
            self.connection = connect(self.path, self._key)

    def reader(self) -> Database:
        """A second connection to the same file, for reads that may be interrupted."""
        return Database(self.path, self._key, user=self.user)

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """A cursor for reading; faults of the driver come out as StoreError."""
        cursor = self.connection.cursor()
        try:
            yield cursor
        except dbapi2.Error as error:
            raise store_error(error, self.path) from error
        finally:
            cursor.close()

    @contextmanager
    def write(self, label: str, *, kind: str = "do", reverses: bytes | None = None) -> Iterator[Ledger]:
        """One transaction and one step of the journal: all of it is stored, or none.

        `label` is what the person did, as history shows it. Inside another `write` of the same database it is an error.
        """
        from ahtc_tui.store.journal import Ledger

        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            ledger = Ledger(cursor, self.user, label, kind, reverses)
            yield ledger
            ledger.finish()
            cursor.execute("COMMIT")
        except dbapi2.Error as error:
            self._roll_back()
            raise store_error(error, self.path) from error
        except BaseException:
            self._roll_back()
            raise
        finally:
            cursor.close()

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.rollback()

    def interrupt(self) -> None:
        """Stop the read that runs on this connection; its caller gets a StoreError."""
        self.connection.interrupt()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
