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

from ahtc_tui.domain.errors import BadInput, NotFound, StoreError
from ahtc_tui.domain.safe import safe
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


FAULTS = {
    "SQLITE_BUSY": "The database {path} is in use by another program: close it there and try again.",
    "SQLITE_LOCKED": "The database {path} is in use by another program: close it there and try again.",
    "SQLITE_NOTADB": "{path} is not a database of ahtc, or its passphrase is not right.",
    "SQLITE_FULL": "The disk is full: nothing was changed in {path}. Make room and try again.",
    "SQLITE_READONLY": "{path} may not be written: nothing was changed. Check the rights of the file and its folder.",
    "SQLITE_CANTOPEN": "{path} cannot be opened. Check that its folder exists and may be written.",
    "SQLITE_CORRUPT": "{path} is damaged. Restore a backup: `ahtc restore FILE`.",
    "SQLITE_IOERR": "The disk refused to read or write {path}: nothing was changed.",
}
"""The beginning of SQLite's own name of a fault, to the sentence for it."""


def connect(path: Path, key: str | None = None, *, new: bool = False) -> Any:
    """A connection with every pragma set; with a `key`, through SQLCipher. Raises StoreError.

    A file of another program is refused before anything is set on it: some pragmas write. `new` makes a file.
    """
    try:
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    except dbapi2.Error as error:
        raise store_error(error, path) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key:
            connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        if not new:
            _refuse_foreign(connection, path)
        for pragma in PRAGMAS:
            connection.execute(pragma)
    except dbapi2.Error as error:
        connection.close()
        raise store_error(error, path) from error
    except StoreError:
        connection.close()
        raise
    return connection


def _refuse_foreign(connection: Any, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(_("{path} is a database of another program, not of ahtc.").format(path=path))
    if connection.execute("PRAGMA user_version").fetchone()[0] > SCHEMA:
        raise StoreError(_("{path} was written by a newer ahtc: install that one.").format(path=path))


def store_error(error: Exception, path: Path) -> StoreError:
    """The sentence for a fault of the driver; nothing was changed when it is raised."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for beginning, sentence in FAULTS.items():
        if name.startswith(beginning):
            return StoreError(_(sentence).format(path=path))
    return StoreError(_("The database {path} refused: {error}. Nothing was changed.").format(path=path, error=error))


def no_text(error: UnicodeEncodeError) -> BadInput:
    """The sentence for bytes of the command line that are no UTF-8."""
    shown = error.object.encode("utf-8", "replace").decode()
    return BadInput(_('"{text}" holds bytes that are no letters: type it again.').format(text=shown))


def _account() -> str:
    """The name of the account on this machine, as the journal shows who wrote."""
    for name in ("AHTC_USER", "USER", "USERNAME", "LOGNAME"):
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
        try:
            size = path.stat().st_size
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(
                _("There is no database at {path}. `ahtc init --reference wales-2013` makes one.").format(path=path)
            ) from error
        except OSError as error:
            raise StoreError(
                _("{path} cannot be opened: {reason}.").format(path=path, reason=error.strerror)
            ) from error
        if size == 0:
            raise StoreError(
                _("{path} is empty: it is not a database. Restore a backup or remove it.").format(path=path)
            )
        self.path = path
        self.user = safe(user or _account()).encode("utf-8", "replace").decode()
        self._key = key
        self.connection = connect(path, key)
        if self.connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA:
            from ahtc_tui.store.migrate import migrate

            self.connection.close()
            migrate(path, key)
            self.connection = connect(path, key)

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
        except UnicodeEncodeError as error:
            raise no_text(error) from error
        finally:
            cursor.close()

    @contextmanager
    def write(self, label: str, *, kind: str = "do") -> Iterator[Ledger]:
        """One transaction and one step of the journal: all of it is stored, or none.

        `label` is what the person did, as history shows it. Inside another `write` of the same database it is an error.
        """
        from ahtc_tui.store.journal import Ledger

        if self.connection.in_transaction:
            raise RuntimeError("A write stands inside another write of the same database.")
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            ledger = Ledger(cursor, self.user, label, kind)
            yield ledger
            ledger.finish()
            cursor.execute("COMMIT")
        except dbapi2.Error as error:
            self._roll_back()
            raise store_error(error, self.path) from error
        except UnicodeEncodeError as error:
            self._roll_back()
            raise no_text(error) from error
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
