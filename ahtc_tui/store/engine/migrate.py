"""Bringing a file to the present schema. The one user of Alembic and SQLAlchemy on a laptop.

A migration copies the file first, works in one transaction with foreign keys off (a batch rebuild would cascade),
checks them before the commit, and leaves the old schema whole if any statement fails.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine import driver
from ahtc_tui.store.engine.driver import build_store_error, open_connection

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = Path(str(resources.files("ahtc_tui.store") / "migrations"))


def migrate_database(path: Path, key: str | None = None) -> Path:
    """Bring the file to the present schema; returns the copy made first. Raises StoreError, nothing changed."""
    copy = copy_before_migration(path, key)
    run_migrations(path, key, lambda _connection: None)
    return copy


def copy_before_migration(path: Path, key: str | None = None) -> Path:
    """A whole copy beside the database, in `backups/`, made by SQLite's own backup and checked.

    Raises StoreError where the database itself is damaged: then it is not brought to another schema.
    """
    backups = path.parent / "backups"
    copy = backups / f"{path.stem}-before-schema-{driver.SCHEMA_VERSION}{path.suffix}"
    try:
        backups.mkdir(mode=0o700, exist_ok=True)
        create_empty_file(copy)
        with (
            contextlib.closing(open_connection(path, key)) as source,
            contextlib.closing(open_connection(copy, key, new=True)) as target,
        ):
            source.backup(target)
            _refuse_damaged(target, path)
    except OSError as error:
        raise build_creation_error(copy, error) from error
    except dbapi2.Error as error:
        raise build_store_error(error, path) from error
    except StoreError:
        remove_database_file(copy)
        raise
    return copy


def _refuse_damaged(copy: Any, path: Path) -> None:
    """The file and its references; what the records say is for the code that knows the old schema."""
    lines = [line for (line,) in copy.execute("PRAGMA integrity_check").fetchall()]
    broken = copy.execute("PRAGMA foreign_key_check").fetchall()
    if lines != ["ok"] or broken:
        sentence = _("{path} is damaged, and was not brought to the new schema: put a whole copy in its place.")
        raise StoreError(sentence.format(path=path))


def create_empty_file(path: Path) -> None:
    """An empty file that only its owner reads; what stood there goes."""
    remove_database_file(path)
    path.touch(mode=0o600, exist_ok=False)


def remove_database_file(path: Path) -> None:
    """Remove a file and what SQLite left beside it."""
    path.unlink(missing_ok=True)
    remove_sidecars(path)


def remove_sidecars(path: Path) -> None:
    """Remove SQLite's files beside a database: a stale journal would be played back into a new file of that name."""
    for suffix in ("-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def build_creation_error(path: Path, error: OSError) -> StoreError:
    """The sentence for a file that the folder does not take."""
    return StoreError(_("{path} cannot be made: {reason}.").format(path=path, reason=error.strerror or error))


def run_migrations(
    path: Path,
    key: str | None,
    finish: Callable[[Connection], None],
    *,
    new: bool = False,
    to_schema: int | None = None,
) -> None:
    """Run every migration that is due, in one transaction; `to` stops at an older schema."""
    import sqlalchemy as sa
    from alembic import command
    from alembic.config import Config

    schema = driver.SCHEMA_VERSION if to_schema is None else to_schema
    engine = _create_engine(path, key, new)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, f"{schema:04}")
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreError(_("The new schema breaks {n} references: the old one stands.").format(n=len(broken)))
            finish(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        raise build_store_error(getattr(error, "orig", None) or error, path) from error
    finally:
        engine.dispose()


def _create_engine(path: Path, key: str | None, new: bool) -> Any:
    """SQLAlchemy on our own connection: no transaction that we did not begin, BEGIN IMMEDIATE for each that we do."""
    import sqlalchemy as sa

    def connect_unchecked() -> Any:
        """Foreign keys are switched off here: inside a transaction the pragma does nothing."""
        connection = open_connection(path, key, new=new)
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = sa.create_engine("sqlite://", module=dbapi2, creator=connect_unchecked, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine
