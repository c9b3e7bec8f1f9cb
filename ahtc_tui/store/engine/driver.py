"""Connections to a database file: pragmas, application id and schema version, and the error message for each error of
the driver.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadInput, StoreError
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.store.engine.encryption import PLAIN_HEADER, derive_key

APPLICATION_ID = 0x41485443
"""The bytes "AHTC" in the header of the file."""
APPLICATION_ID_PLACE = 68
"""Offset of the application id in an unencrypted file (SQLite file format, section 1.3)."""

MIGRATIONS = Path(__file__).parent.parent / "migrations" / "versions"
SCHEMA_VERSION = max(int(path.name[:4]) for path in MIGRATIONS.glob("[0-9]*.py"))
"""`PRAGMA user_version` of a file that needs no migration: the number of the newest one."""

BUSY_SECONDS = 15.0
"""How long a write waits for a write of another window: longer than an undo of ten thousand records takes."""

SPILL_PAGES = 131_072
"""Pages that a write may change (512 MB) before it writes into the file early and refuses the reads of others."""

PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA temp_store = MEMORY",
    f"PRAGMA cache_spill = {SPILL_PAGES}",
)

FAULT_SENTENCES = {
    "SQLITE_BUSY": gettext_noop(
        "Another window or program is writing to {path}. Nothing was changed. Try again when it has finished."
    ),
    "SQLITE_LOCKED": gettext_noop(
        "Another window or program is writing to {path}. Nothing was changed. Try again when it has finished."
    ),
    "SQLITE_NOTADB": gettext_noop("{path} is not a database of ahtc, or the passphrase is wrong."),
    "SQLITE_FULL": gettext_noop("The disk is full. Nothing was changed in {path}. Make room and try again."),
    "SQLITE_READONLY": gettext_noop(
        "{path} cannot be saved. Nothing was changed. Check the permissions of the file and the folder."
    ),
    "SQLITE_CANTOPEN": gettext_noop("{path} cannot be opened. Check the folder, and your right to save files in it."),
    "SQLITE_CORRUPT": gettext_noop("{path} is damaged. Replace it with an undamaged copy."),
    "SQLITE_IOERR": gettext_noop("The disk could not read or save {path}. Nothing was changed."),
}
"""Messages by the beginning of SQLite's name of an error."""
NAMES_BY_TEXT = {
    "database is locked": "SQLITE_BUSY",
    "database or disk is full": "SQLITE_FULL",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "disk I/O error": "SQLITE_IOERR",
}
"""SQLite's name of an error by its text, for errors of `backup`, which have no name."""


def open_connection(path: Path, key: str | None = None, *, new: bool = False, immutable: bool = False) -> Any:
    """Open a connection with every pragma set; `key` is a passphrase or a raw key.

    A file of another program is refused before any pragma can write to it. `new` creates a file; `immutable` reads the
    file without its sidecars. Raises StoreError.
    """
    key = derive_key(path, key)
    name = f"{path.absolute().as_uri()}?mode=ro&immutable=1" if immutable else str(path)
    try:
        connection = dbapi2.connect(
            # No implicit transactions: the driver begins none before a CREATE or ALTER, which then could not be undone.
            name,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_SECONDS,
            uri=immutable,
        )
    except dbapi2.Error as error:
        raise build_store_error(error, path) from error
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        if key:
            connection.execute(f"PRAGMA key = '{key.replace(chr(39), chr(39) * 2)}'")
        # Before the other pragmas: one of them would write to a file of another program.
        if not new:
            _refuse_other_program(connection, path)
        for pragma in () if immutable else PRAGMAS:
            connection.execute(pragma)
    except dbapi2.Error as error:
        connection.close()
        raise build_store_error(error, path) from error
    except UnicodeDecodeError as error:  # the message of the driver quotes damaged text of the file
        connection.close()
        raise build_decode_error(path) from error
    except StoreError:
        connection.close()
        raise
    return connection


def _refuse_other_program(connection: Any, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError(_("{path} is a database of another program, not of ahtc.").format(path=path))
    if read_schema_version(connection) > SCHEMA_VERSION:
        raise StoreError(_("{path} was saved by a newer version of ahtc. Install that version.").format(path=path))


def is_plain_database(path: Path) -> bool:
    """Return whether a file is an unencrypted database of this program."""
    try:
        with path.open("rb") as file:
            head = file.read(APPLICATION_ID_PLACE + 4)
    except OSError:
        return False
    return head.startswith(PLAIN_HEADER) and head[APPLICATION_ID_PLACE:] == APPLICATION_ID.to_bytes(4, "big")


def read_schema_version(connection: Any) -> int:
    """Return the schema version of a file."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def build_store_error(error: Exception, path: Path) -> StoreError:
    """Build the error for an exception of the driver; the transaction is rolled back when it is raised."""
    name = getattr(error, "sqlite_errorname", None) or NAMES_BY_TEXT.get(str(error), "")
    for beginning, sentence in FAULT_SENTENCES.items():
        if name.startswith(beginning):
            return StoreError(_(sentence).format(path=path))
    return StoreError(
        _("The database {path} rejected the change: {error}. Nothing was changed.").format(path=path, error=error)
    )


def build_decode_error(path: Path) -> StoreError:
    """Build the error for a text in the file that is not valid UTF-8."""
    return StoreError(_(FAULT_SENTENCES["SQLITE_CORRUPT"]).format(path=path))


def build_encode_error(error: UnicodeEncodeError) -> BadInput:
    """Build the error for command-line input that is not valid UTF-8."""
    shown = error.object.encode("utf-8", "replace").decode()
    return BadInput(_('"{text}" contains invalid characters. Type it again.').format(text=shown))


def read_sqlite_version() -> tuple[str, bool]:
    """Return the version of SQLite, and whether it has the fix for corruption in write-ahead-log mode."""
    return dbapi2.sqlite_version, dbapi2.sqlite_version_info >= (3, 51, 3)


def remove_sidecars(path: Path) -> None:
    """Remove SQLite's files next to a database: it would play a stale journal back into a new file of the same name."""
    for suffix in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def follow_link(path: Path) -> Path:
    """Return the file that a symbolic link leads to; any other path as it is.

    A database is replaced where it is kept: the former file would remain behind the link otherwise.
    """
    return path.resolve() if path.is_symlink() else path
