"""The open database file and its transactions.

It uses SQL on the driver's cursor, because SQLAlchemy and SQLModel must not be imported before the first screen.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import NotFound, Refused, StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.saved_work import note_saved_work
from ahtc_tui.domain.text.cleaning import escape_controls
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.driver import build_decode_error, build_encode_error, build_store_error, open_connection
from ahtc_tui.store.engine.encryption import derive_key
from ahtc_tui.store.engine.party_names import define_named_parties, define_sort_key
from ahtc_tui.store.records.cursor import Cursor

if TYPE_CHECKING:
    from ahtc_tui.domain.replication.overwrites import SeenPosition
    from ahtc_tui.store.journal.ledger import Ledger


SEAL = "backup"
"""The setting that only a backup has: when and why it was made, and a digest of its contents."""
AREAS_DUE = "areas"
"""The setting of a database from before every office had the areas of Wales, until they are added."""


def _read_account_name() -> str:
    for name in ("AHTC_USER", "USER", "USERNAME", "LOGNAME"):
        if os.environ.get(name):
            return os.environ[name]
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class Database:
    """An open database file with any number of reads and one write transaction at a time."""

    left_out: Set[RowKey] = frozenset()
    """Records that reads left out because of their marking (`limited_database`)."""
    read_only_reason = ""
    """Why writes are refused, such as another computer that has the file open; empty where they are allowed."""
    is_immutable = False
    """Whether the file is read without its sidecars."""
    today: Callable[[], date] | None = None
    """The clock of the workspace, for the names of parties on its day."""
    text_check: Callable[[Cursor, str, Mapping[str, object]], None] | None = None
    """Looks at the values of a record before they are written, and reports what a person should know."""

    def __init__(self, path: Path, key: str | None = None, *, user: str = "") -> None:
        """Open an existing file and migrate it where it is older; `key` is its passphrase or its raw key.

        Raises NotFound where the file does not exist, StoreError where it cannot be used.
        """
        try:
            size = path.stat().st_size
        except (FileNotFoundError, NotADirectoryError) as error:
            raise NotFound(
                _("There is no database at {path}. `ahtc init --reference wales-2013` creates one.").format(path=path)
            ) from error
        except OSError as error:
            raise StoreError(
                _("{path} cannot be opened: {reason}.").format(path=path, reason=error.strerror)
            ) from error
        if size == 0:
            raise StoreError(
                _("{path} is empty. It is not a database. Restore a backup or remove it.").format(path=path)
            )
        self.path = path
        self.own_steps: set[RowKey] = set()
        """Keys of the steps written through this object and its readers: those of this window or command."""
        self._seen: SeenPosition | None = None
        self.user = escape_controls(user or _read_account_name()).encode("utf-8", "replace").decode()
        self._key = key = derive_key(path, key)
        self._file_identity = _read_file_identity(path)
        self.connection = open_connection(path, key)
        if self.connection.execute("PRAGMA user_version").fetchone()[0] < driver.SCHEMA_VERSION:
            from ahtc_tui.store.engine.migrate import migrate_database

            self.connection.close()
            migrate_database(path, key)
            self.connection = open_connection(path, key)
        self._define_named_parties()

    def _define_named_parties(self) -> None:
        """Add the names of parties on a day to the connection. Raises StoreError for a file with a damaged schema."""
        try:
            with Database.read(self):
                define_named_parties(self.connection, self._read_day)
                define_sort_key(self.connection)
        except StoreError:
            self.connection.close()
            raise

    @property
    def key(self) -> str | None:
        """The raw key, for further connections and for copies under the same passphrase; None without encryption."""
        return self._key

    @classmethod
    def open_immutable(cls, path: Path, key: str | None = None) -> Database:
        """Open a file read-only, without its sidecars and without a migration."""
        database = cls.__new__(cls)
        key = derive_key(path, key)
        database.path, database.user, database._key = path, "", key
        database.own_steps = set()
        database._seen = None
        database.is_immutable = True
        database._file_identity = _read_file_identity(path)
        database.connection = open_connection(path, key, immutable=True)
        database._define_named_parties()
        return database

    def open_reader(self) -> Database:
        """Open a second connection to the same file, for reads that may be interrupted; its steps count as own ones."""
        reader = self.open_other(self.path)
        reader.own_steps, reader.read_only_reason = self.own_steps, self.read_only_reason
        return reader

    def open_other(self, path: Path, *, immutable: bool = False) -> Database:
        """Open another file under the same key."""
        return Database.open_immutable(path, self._key) if immutable else Database(path, self._key, user=self.user)

    @property
    def whole(self) -> Database:
        """The database without a limit on the marking of its records."""
        return self

    def limit_copy(self, copy: Database) -> Database:
        """Return a copy of this database under the limit of this one; the copy itself where there is none."""
        return copy

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """Give a cursor for reading; errors of the driver are raised as StoreError."""
        cursor = self.connection.cursor()
        try:
            yield cursor
        except dbapi2.Error as error:
            raise build_store_error(error, self.path) from error
        except UnicodeEncodeError as error:
            raise build_encode_error(error) from error
        except UnicodeDecodeError as error:
            raise build_decode_error(self.path) from error
        finally:
            with suppress(dbapi2.ProgrammingError):  # the database was closed
                cursor.close()

    @contextmanager
    def block_writers(self) -> Iterator[None]:
        """Block writers in this and other processes, not readers. Raises StoreError."""
        with self.read() as cursor:
            # Immediate: a deferred transaction could read, and then find that another process wrote first.
            cursor.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_unwritable()
                yield
            finally:
                with suppress(dbapi2.ProgrammingError):  # the database was closed
                    self._roll_back()

    @contextmanager
    def check_writes(self, seen: SeenPosition) -> Iterator[None]:
        """Refuse writes inside that would replace values written after the position: they raise ChangedMeanwhile."""
        self._seen = seen
        try:
            yield
        finally:
            self._seen = None

    @contextmanager
    def write(self, label: str, *, kind: str = "do", is_import: bool = False) -> Iterator[Ledger]:
        """Run one transaction, one step of the journal: `label` in the history, an import of a file with `is_import`.

        It is rolled back at an exception, and at the end of a dry run. Raises RuntimeError inside another `write`,
        StoreError, ChangedMeanwhile inside `check_writes`, Refused for a database that is read-only here.
        """
        from ahtc_tui.store.journal.ledger import Ledger

        if self.connection.in_transaction:
            raise RuntimeError("A write was opened inside another write of the same database.")
        cursor = self.connection.cursor()
        try:
            cursor.execute("BEGIN IMMEDIATE")
            self._refuse_unwritable()
            seen, day = self._seen.position if self._seen else None, self.today() if self.today else None
            ledger = Ledger(cursor, self.user, label, kind, seen=seen, day=day)
            ledger.text_check, ledger.is_import = self.text_check, is_import
            yield ledger
            if ledger.is_dry_run:
                self._roll_back()
            else:
                ledger.finish()
                cursor.execute("COMMIT")
                self.own_steps |= ledger.step_keys
                if ledger.step_keys:
                    note_saved_work(ledger.label)
        except dbapi2.Error as error:
            self._roll_back()
            raise build_store_error(error, self.path) from error
        except UnicodeEncodeError as error:
            self._roll_back()
            raise build_encode_error(error) from error
        except UnicodeDecodeError as error:
            self._roll_back()
            raise build_decode_error(self.path) from error
        except BaseException:
            self._roll_back()
            raise
        finally:
            cursor.close()

    def mark_departure(self, paths: Iterable[str] = ()) -> None:
        """Record that a file, backup or pack may hold every step so far: their references are never issued again.

        `paths` are the files, of which those outside the workspace are remembered. A database that may not be written,
        or is read-only here, stays as it is. Raises StoreError.
        """
        if self.read_only_reason:
            return
        from ahtc_tui.store.records.outgoing_paths import note_paths
        from ahtc_tui.store.records.references import mark_departure

        cursor = self.connection.cursor()
        root = self.path.absolute().parent.parent
        try:
            mark_departure(cursor)
            note_paths(cursor, (path for path in paths if not Path(path).is_relative_to(root)))
        except dbapi2.Error as error:
            if not (getattr(error, "sqlite_errorname", None) or "").startswith("SQLITE_READONLY"):
                raise build_store_error(error, self.path) from error
        finally:
            cursor.close()

    def _read_day(self) -> str | None:
        return self.today().isoformat() if self.today else None

    def _refuse_unwritable(self) -> None:
        """Raise Refused where this copy is read-only, StoreError where another file has replaced the open one.

        What is written to a replaced file would be lost.
        """
        if self.read_only_reason:
            raise Refused(self.read_only_reason)
        # Compared at each write: the open file may have no name any more after a restore in another window.
        if _read_file_identity(self.path) != self._file_identity:
            sentence = _("{path} was replaced by another file. Nothing was changed. Close ahtc and open it again.")
            raise StoreError(sentence.format(path=self.path))

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.rollback()

    def read_data_version(self) -> int:
        """Return a number that differs once another connection has written to the file."""
        with self.read() as cursor:
            version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
        return version

    def interrupt(self) -> None:
        """Stop the read that runs on this connection; its caller gets a StoreError."""
        self.connection.interrupt()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def _read_file_identity(path: Path) -> tuple[int, int]:
    """Return device and inode of a file; zeros where it does not exist."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_dev, status.st_ino


def is_backup(database: Database) -> bool:
    """Return whether a backup was copied over the database by hand."""
    return _has_setting(database, SEAL)


def lacks_areas(database: Database) -> bool:
    """Return whether the areas of Wales are still to be added to a database from before."""
    return _has_setting(database, AREAS_DUE)


def _has_setting(database: Database, name: str) -> bool:
    with database.read() as cursor:
        return cursor.execute("SELECT 1 FROM setting WHERE name = ?", (name,)).fetchone() is not None


def has_erasures(database: Database) -> bool:
    """Return whether a person was ever erased in this database."""
    with database.read() as cursor:
        return cursor.execute("SELECT 1 FROM erasure LIMIT 1").fetchone() is not None
