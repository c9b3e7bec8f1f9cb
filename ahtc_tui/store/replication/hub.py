"""The office hub: the journal once more, in PostgreSQL. How it is reached, locked, made and known; never what is in it.

One sync is one transaction there under one lock, so no laptop ever sees half of another's. Nothing here, SQLAlchemy
included, is imported before somebody syncs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, ProgrammingError

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine import driver
from ahtc_tui.store.privacy.erasure_register import SALT
from ahtc_tui.store.replication.hub_address import address, refusal, shown, unreadable
from ahtc_tui.store.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

HOLDS = ("step", "change", "counter", "erasure", "setting")
"""What of a laptop's database the hub has; every other table follows from the journal."""

LOCK = driver.APPLICATION_ID
"""The number of the lock under which one laptop at a time syncs."""

PATIENCE = 60
"""Seconds to wait for another laptop."""

PROGRAM, SCHEMA, DUE = "program", "schema", "to write anew"
"""What the hub says of itself: whose it is, how its lines are read, and that removed ones are still on its disk."""

UNSAMPLED = {"change": ("value", "user"), "step": ("label", "user"), "erasure": ("ground",)}
"""Columns in which people are named. The server keeps samples of a column for its planner: not of these."""

UNDEFINED = ("42703", "42P01")
"""PostgreSQL's numbers for a column and a table that are not there."""

VACUUMED = ("change", "step", "erasure")


def table(name: str) -> sa.Table:
    """A table of the hub, by the definitions that the laptop's file is made of."""
    return metadata.tables[name]


class Hub:
    """A hub that was reached: one transaction under the lock, which ends with `commit` or is taken back."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        """Host and database, as messages name them."""
        self.empty = False
        """Whether nobody ever synced with it; its tables are made with the first lines."""

    def begin(self, *, look: bool) -> None:
        """Wait for the lock and see what this is; to `look` writes nothing. Raises StoreError."""
        if look:
            self._run("SET TRANSACTION READ ONLY")
        self._run(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        self._run(f"SELECT pg_advisory_xact_lock{'_shared' if look else ''}({LOCK})")
        if self._run("SHOW server_encoding").scalar() != "UTF8":
            raise StoreError(_("{hub} does not keep UTF-8: make its database anew, as UTF8.").format(hub=self.path))
        found = [name for name in HOLDS if self._run(f"SELECT to_regclass('{name}')").scalar() is not None]
        self.empty = not found
        if self.empty:
            return
        said = self.settings() if len(found) == len(HOLDS) else {}
        if said.get(PROGRAM) != "ahtc":
            raise StoreError(_("{hub} is a database of another program, not of ahtc.").format(hub=self.path))
        if int(said.get(SCHEMA, 0)) > driver.SCHEMA:
            raise StoreError(_("{hub} was written by a newer ahtc: install that one.").format(hub=self.path))
        if int(said.get(SCHEMA, 0)) < driver.SCHEMA:
            sentence = _("{hub} was written by an older ahtc: bring every laptop to the same one.")
            raise StoreError(sentence.format(hub=self.path))

    def _run(self, statement: str) -> sa.CursorResult[Any]:
        return self.connection.exec_driver_sql(statement)

    def settings(self) -> dict[str, str]:
        """What the hub says of itself."""
        try:
            return {str(name): str(value) for name, value in self.connection.execute(sa.select(table("setting")))}
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") not in UNDEFINED:
                raise
            return {}

    def say(self, name: str, value: str) -> None:
        """Let the hub say something of itself."""
        self.connection.execute(sa.delete(table("setting")).where(table("setting").c.name == name))
        self.connection.execute(sa.insert(table("setting")), [{"name": name, "value": value}])

    def make(self, salt: str | None) -> None:
        """Make the tables of a hub that has none; `salt` is that of the office it is for."""
        metadata.create_all(self.connection, tables=[table(name) for name in HOLDS], checkfirst=False)
        for name, columns in UNSAMPLED.items():
            for column in columns:
                self._run(f'ALTER TABLE {name} ALTER "{column}" SET STATISTICS 0')
        for name, value in ((PROGRAM, "ahtc"), (SCHEMA, str(driver.SCHEMA)), (SALT, salt)):
            if value:
                self.say(name, value)
        self.empty = False

    def commit(self) -> None:
        """Keep what was sent. Raises StoreError where nobody can say whether it is kept."""
        try:
            self.connection.commit()
        except DBAPIError as error:
            sentence = _(
                "{hub} broke off at the last moment: what it had is here now, and `ahtc sync` again sends what is here."
            )
            raise StoreError(sentence.format(hub=self.path)) from error

    def write_anew(self) -> None:
        """Write the files of the tables anew, where removed lines are still in them. Call it after `commit`.

        Where this user may not, or the line breaks, the next sync does it: the mark stays.
        """
        with suppress(DBAPIError):
            due = DUE in self.settings()
            self.connection.commit()
            if not due:
                return
            self.connection.execution_options(isolation_level="AUTOCOMMIT")
            self._run(f"SET lock_timeout = '{PATIENCE}s'")
            before = self._files()
            for name in VACUUMED:
                self._run(f"VACUUM (FULL) {name}")
            if not before & self._files():
                self.connection.execute(sa.delete(table("setting")).where(table("setting").c.name == DUE))

    def _files(self) -> set[int]:
        return {int(self._run(f"SELECT pg_relation_filenode('{name}')").scalar_one()) for name in VACUUMED}


@contextmanager
def opened(url: str, *, look: bool) -> Iterator[Hub]:
    """A hub under its lock; what was not committed at the end is taken back.

    Raises BadInput for an address that is none, StoreError where it cannot be reached or the line breaks.
    """
    where = address(url)
    path = Path(shown(where))
    engine = _engine(where)
    try:
        with engine.connect() as connection:
            hub = Hub(connection, path)
            hub.begin(look=look)
            yield hub
    except DBAPIError as error:
        raise refusal(error, where, reached=error.statement is not None) from None
    except (UnicodeError, OverflowError):
        raise unreadable() from None
    finally:
        engine.dispose()


def _engine(where: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(
            where,
            poolclass=sa.pool.NullPool,
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            connect_args=_patience(where),
        )
    except ArgumentError:
        raise unreadable() from None


def _patience(where: sa.URL) -> dict[str, Any]:
    """How long a line may be dead, where neither the address nor the surroundings say so."""
    import os

    usual = {"connect_timeout": 10, "tcp_user_timeout": 30_000}
    told = {"connect_timeout"} if "PGCONNECT_TIMEOUT" in os.environ else set()
    if "service" in where.query or "PGSERVICE" in os.environ:
        told |= usual.keys()
    said = {name: value for name, value in usual.items() if name not in where.query and name not in told}
    return said | {"prepare_threshold": None, "application_name": "ahtc"}
