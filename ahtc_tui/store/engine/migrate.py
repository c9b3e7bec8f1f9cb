"""Migrations: the only user of Alembic and SQLAlchemy for the local database.

A migration copies the file first, runs in one transaction with foreign keys off (a batch rebuild would cascade) and
checks them before the commit.
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
from ahtc_tui.store.engine.driver import build_store_error, open_connection, remove_sidecars
from ahtc_tui.store.search.index import rebuild_index

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = Path(str(resources.files("ahtc_tui.store") / "migrations"))


def migrate_database(path: Path, key: str | None = None) -> Path:
    """Migrate a file to the present schema and return the copy made first. Raises StoreError, nothing changed then."""
    copy = copy_before_migration(path, key)
    run_migrations(path, key, lambda _connection: None)
    return copy


def copy_before_migration(path: Path, key: str | None) -> Path:
    """Write a checked copy of the database into `backups/` and return its path.

    Raises StoreError where the database is damaged; it is not migrated then.
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
    """Raise StoreError for damage of the file or its references; the journal belongs to the code of the old schema."""
    lines = [line for (line,) in copy.execute("PRAGMA integrity_check").fetchall()]
    broken = copy.execute("PRAGMA foreign_key_check").fetchall()
    if lines != ["ok"] or broken:
        sentence = _("{path} is damaged and was not migrated. Replace it with an undamaged copy.")
        raise StoreError(sentence.format(path=path))


def create_empty_file(path: Path) -> None:
    """Create an empty file with mode 0600; a former one is removed."""
    remove_database_file(path)
    path.touch(mode=0o600, exist_ok=False)


def remove_database_file(path: Path) -> None:
    """Remove a database file and its sidecars."""
    path.unlink(missing_ok=True)
    remove_sidecars(path)


def build_creation_error(path: Path, error: OSError) -> StoreError:
    """Build the error for a file that cannot be created."""
    return StoreError(_("{path} cannot be created: {reason}.").format(path=path, reason=error.strerror or error))


def run_migrations(
    path: Path,
    key: str | None,
    finish: Callable[[Connection], None],
    *,
    new: bool = False,
    to_schema: int | None = None,
) -> None:
    """Run the pending migrations in one transaction; `to_schema` stops at an older schema. Raises StoreError."""
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
                raise StoreError(
                    _("The new schema breaks {n} references. The old schema is unchanged.").format(n=len(broken))
                )
            if not new:
                rebuild_index(connection.connection.cursor())  # a schema may change what the index holds of a record
            finish(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {schema}")
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        raise build_store_error(getattr(error, "orig", None) or error, path) from error
    finally:
        engine.dispose()


def _create_engine(path: Path, key: str | None, new: bool) -> Any:
    """Create an engine on our connections, with BEGIN IMMEDIATE for each transaction."""
    import sqlalchemy as sa

    def connect_unchecked() -> Any:
        """Switch foreign keys off, which has no effect inside a transaction."""
        connection = open_connection(path, key, new=new)
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = sa.create_engine("sqlite://", module=dbapi2, creator=connect_unchecked, poolclass=sa.pool.NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine
