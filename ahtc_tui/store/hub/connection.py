"""The office hub: the journal in PostgreSQL, its address, lock, tables, fingerprint and error messages.

A sync is one transaction under one lock. Nothing of this, SQLAlchemy included, is imported before a sync.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import URL, Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, ProgrammingError

from ahtc_tui.domain.errors import AhtcError, BadInput, ProgramError, StoreError
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.store.engine import driver
from ahtc_tui.store.hub.encryption import build_encryption_options, refuse_password, refuse_unencrypted
from ahtc_tui.store.hub_schema import migration, rights
from ahtc_tui.store.privacy.erasure_register import SALT
from ahtc_tui.store.tables.journal import metadata

SCHEME = "postgresql+psycopg"
SCHEMES = (SCHEME, "postgresql", "postgres")

STATE_SENTENCES = {
    "42501": gettext_noop("{hub} does not let this user read or change data. Ask the server administrator."),
    "25006": gettext_noop("{hub} is read-only for your login. Ask the server administrator."),
    "55P03": gettext_noop("Another laptop is syncing with {hub} now. Try again."),
    "53100": gettext_noop("The disk at {hub} is full. Ask the server administrator."),
    "53300": gettext_noop("{hub} has no room for another connection. Try again."),
}
"""Error messages by SQLSTATE."""

FIRST_TABLES = ("step", "change", "counter", "erasure", "setting")

HUB_TABLES = (*FIRST_TABLES, "missing_change")
"""Tables of the hub, at first and now; all others follow from the journal."""

OLDEST_SCHEMA = 1
"""The oldest schema of a laptop whose records this version reads; the hub is marked with the present one."""

LOCK_ID = driver.APPLICATION_ID
"""Advisory lock of a sync."""

LOCK_SECONDS = 60
"""Seconds to wait for the lock."""

SILENCE_SECONDS = 180
"""Seconds without a byte from the hub, after which a sync gives up: longer than it waits for the lock."""

PROGRAM_SETTING, SCHEMA_SETTING, VACUUM_SETTING = "program", "schema", "to write anew"
"""Settings of the hub: its program, its schema, and whether deleted rows are still on its disk."""

UNDEFINED_STATES = ("42703", "42P01")
"""SQLSTATE of an unknown column and an unknown table."""

VACUUMED_TABLES = ("change", "step", "erasure")

FINGERPRINT_QUERY = """
SELECT sha256(coalesce(string_agg(digest, ''::bytea ORDER BY digest), ''::bytea))
FROM (SELECT sha256(convert_to(r::text, 'UTF8')) AS digest FROM {table} r) rows"""


def parse_address(url: str) -> URL:
    """Parse the address of a hub. Raises BadInput, which never repeats the address: it may contain a password."""
    try:
        hub_url = make_url(url)
        is_valid = hub_url.drivername in SCHEMES and "@" not in f"{hub_url.host}{hub_url.database}" and "\0" not in url
    except (ArgumentError, ValueError):
        is_valid = False
    if not is_valid:
        raise build_address_error() from None
    refuse_password(hub_url)
    return hub_url.set(drivername=SCHEME)


def build_address_error() -> BadInput:
    """Return the error for text that is not the address of a hub."""
    return BadInput(
        _(
            "That is not the address of a hub. Enter it as postgresql+psycopg://USER@HOST/DATABASE, or name an existing"
            " folder."
        )
    )


def format_address(hub_url: URL) -> str:
    """Return host and database, as messages and history name the hub."""
    query = hub_url.normalized_query
    host = hub_url.host or next(iter(query.get("host", ())), "") or next(iter(query.get("service", ())), "") or "hub"
    port = f":{hub_url.port}" if hub_url.port else ""
    return f"{host}{port}/{hub_url.database or ''}".rstrip("/")


def build_hub_error(error: DBAPIError, hub_url: URL, *, reached: bool) -> AhtcError:
    """Build the error for an exception; nothing was changed on either side."""
    hub, state = format_address(hub_url), getattr(error.orig, "sqlstate", None) or ""
    if state in STATE_SENTENCES:
        return StoreError(_(STATE_SENTENCES[state]).format(hub=hub))
    if not reached:
        if state == "" and type(error.orig).__name__ == "ProgrammingError":
            return build_address_error()
        sentence = _("The hub {hub} cannot be opened: {reason}. Nothing was changed; you can work without it.")
        return StoreError(sentence.format(hub=hub, reason=_extract_reason(error, hub_url)))
    if error.connection_invalidated or state.startswith(("08", "57P")) or not state:
        sentence = _("The connection to {hub} was lost. Nothing was changed. Try again; you can work without it.")
        return StoreError(sentence.format(hub=hub))
    return StoreError(_("{hub} rejected the change ({state}). Nothing was changed.").format(hub=hub, state=state))


def _extract_reason(error: DBAPIError, hub_url: URL) -> str:
    """Return the reason of server or network in one line, without the password."""
    first_line = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else ""
    reason = (
        first_line.rsplit("failed: ", 1)[-1].removeprefix("FATAL:").replace("fe_sendauth: ", "").strip().rstrip(".")
    )
    passwords = {hub_url.password, *hub_url.normalized_query.get("password", ()), os.environ.get("PGPASSWORD")}
    if not reason or any(password and str(password) in reason for password in passwords):
        return _("no reason given")
    return reason


def find_table(name: str) -> sa.Table:
    """Return the definition of a table of the journal."""
    return metadata.tables[name]


def format_columns(name: str) -> str:
    """Return the quoted column names of a table, in the order of its definition."""
    return ", ".join(f'"{column.name}"' for column in find_table(name).columns)


class Hub:
    """An open hub: one transaction under the lock, which ends with `commit` or is rolled back."""

    def __init__(self, connection: Connection, path: Path, address: str = "URL") -> None:
        self.connection = connection
        self.path = path
        """Host and database, for messages."""
        self.address = address
        """The address as a person types it, without a password."""
        self.has_tables = False
        self.is_empty = False
        """Whether no office has synced with it yet."""

    def begin(self, *, read_only: bool) -> None:
        """Take the lock, check the version, and migrate an older hub. Raises StoreError."""
        if read_only:
            self._execute("SET TRANSACTION READ ONLY")
        self._execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        self._execute(f"SELECT pg_advisory_xact_lock{'_shared' if read_only else ''}({LOCK_ID})")
        if self._execute("SHOW server_encoding").scalar() != "UTF8":
            raise StoreError(
                _("{hub} does not keep UTF-8. Create the database again with the encoding UTF8.").format(hub=self.path)
            )
        tables = [name for name in FIRST_TABLES if self._exists(name)]
        self.has_tables = bool(tables)
        if self.has_tables:
            settings = self.read_settings() if len(tables) == len(FIRST_TABLES) else {}
            if settings.get(PROGRAM_SETTING) != "ahtc":
                raise StoreError(_("{hub} is a database of another program, not of ahtc.").format(hub=self.path))
            self._match_version(int(settings.get(SCHEMA_SETTING, 0)), read_only=read_only)
            self.is_empty = SALT not in settings and not self._execute("SELECT 1 FROM step LIMIT 1").first()
        else:
            self.is_empty = True

    def _match_version(self, schema: int, *, read_only: bool) -> None:
        """Migrate an older hub, which only its owner may do. Raises StoreError for a version that does not match."""
        revision = self._read_revision()
        if schema > driver.SCHEMA_VERSION or revision > migration.HUB_REVISION:
            raise StoreError(
                _("{hub} was saved by a newer version of ahtc. Install that version.").format(hub=self.path)
            )
        if schema < OLDEST_SCHEMA:
            sentence = _("{hub} was saved by an older version of ahtc. Install the same version on every laptop.")
            raise StoreError(sentence.format(hub=self.path))
        is_current = revision == migration.HUB_REVISION
        if is_current and (read_only or schema == driver.SCHEMA_VERSION):
            return
        if read_only or not self.is_owned():
            sentence = _(
                "{hub} has the tables of an older version of ahtc. The owner of the hub must run `ahtc hub setup "
                "{url}` once with this version."
            )
            raise StoreError(sentence.format(hub=self.path, url=self.address))
        self.migrate_tables(revision)

    def _read_revision(self) -> str:
        """Return the migration that the hub has; an empty text for the hub of a version without migrations."""
        if not self._exists(migration.REVISION_TABLE):
            return ""
        return str(self._execute(f"SELECT version_num FROM {migration.REVISION_TABLE}").scalar_one())

    def _exists(self, table: str) -> bool:
        return self._execute(f"SELECT to_regclass('{table}')").scalar() is not None

    def is_owned(self) -> bool:
        """Return whether this user owns the tables, directly or by a role."""
        query = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass('change')"
        return bool(self._execute(query).scalar())

    def migrate_tables(self, revision: str | None = None) -> None:
        """Run the migrations that are due; `revision` is that of the hub, None where it has no tables."""
        if revision == "":
            migration.mark_first_revision(self.connection)
        migration.migrate_hub(self.connection)
        self.write_setting(SCHEMA_SETTING, str(driver.SCHEMA_VERSION))
        self.has_tables = True
        if self.has_roles():
            self.run_statements(rights.build_rights_statements(self.read_database_name()))

    def has_roles(self) -> bool:
        """Return whether the tables belong to the role of the owner, so that the other roles have rights on them."""
        owner = f"to_regrole('{rights.format_role(self.read_database_name(), 'owner')}')"
        return bool(
            self._execute(f"SELECT 1 FROM pg_class WHERE oid = to_regclass('change') AND relowner = {owner}").first()
        )

    def read_database_name(self) -> str:
        """Return the name of the database."""
        return str(self._execute("SELECT current_database()").scalar_one())

    def run_statements(self, statements: Iterable[str]) -> None:
        """Run statements without parameters."""
        for statement in statements:
            self._execute(statement)

    def _execute(self, statement: str) -> sa.CursorResult[Any]:
        return self.connection.exec_driver_sql(statement)

    def read_settings(self) -> dict[str, str]:
        """Return the settings of the hub; none where it has no such table."""
        try:
            rows = self.connection.execute(sa.select(find_table("setting")))
            return {str(row.name): str(row.value) for row in rows}
        except ProgrammingError as error:
            if getattr(error.orig, "sqlstate", "") not in UNDEFINED_STATES:
                raise
            return {}

    def write_setting(self, name: str, value: str) -> None:
        """Set a setting of the hub."""
        self.connection.execute(sa.delete(find_table("setting")).where(find_table("setting").c.name == name))
        self.connection.execute(sa.insert(find_table("setting")), [{"name": name, "value": value}])

    def claim_for_office(self, salt: str | None) -> None:
        """Make it the hub of an office, which `salt` identifies; creates the tables where there are none."""
        if not self.has_tables:
            self.migrate_tables()
        if salt:
            self.write_setting(SALT, salt)
        self.is_empty = False

    def commit(self) -> None:
        """Commit the transaction. Raises StoreError where the outcome is unknown."""
        try:
            self.connection.commit()
        except DBAPIError as error:
            sentence = _(
                "{hub} lost the connection at the last moment. This laptop has the hub's changes. Run `ahtc sync` "
                "again to send yours."
            )
            raise StoreError(sentence.format(hub=self.path)) from error

    def vacuum(self) -> None:
        """Rewrite the tables where deleted rows remain in their files; call it after `commit`.

        Where it fails, the setting remains and the next sync repeats it.
        """
        with suppress(DBAPIError):
            is_due = VACUUM_SETTING in self.read_settings()
            self.connection.commit()
            if not is_due:
                return
            self.connection.execution_options(isolation_level="AUTOCOMMIT")
            self._execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
            file_nodes = self._read_file_nodes()
            for name in VACUUMED_TABLES:
                self._execute(f"VACUUM (FULL) {name}")
            if not file_nodes & self._read_file_nodes():
                self.connection.execute(
                    sa.delete(find_table("setting")).where(find_table("setting").c.name == VACUUM_SETTING)
                )

    def _read_file_nodes(self) -> set[int]:
        return {int(self._execute(f"SELECT pg_relation_filenode('{name}')").scalar_one()) for name in VACUUMED_TABLES}


@contextmanager
def open_hub(url: str, *, read_only: bool) -> Iterator[Hub]:
    """Open a hub under its lock; what is not committed at the end is rolled back.

    Raises BadInput for an invalid address, StoreError where the hub cannot be reached, ProgramError without psycopg.
    """
    hub_url = parse_address(url)
    path = Path(format_address(hub_url))
    engine = _create_engine(hub_url)
    try:
        with engine.connect() as connection:
            hub = Hub(connection, path, hub_url.set(drivername=SCHEME).render_as_string(hide_password=True))
            refuse_unencrypted(connection, hub_url, path)
            hub.begin(read_only=read_only)
            yield hub
    except DBAPIError as error:
        raise build_hub_error(error, hub_url, reached=error.statement is not None) from None
    except (UnicodeError, OverflowError):
        raise build_address_error() from None
    finally:
        engine.dispose()


def _create_engine(hub_url: sa.URL) -> sa.Engine:
    try:
        engine = sa.create_engine(
            hub_url,
            poolclass=sa.pool.NullPool,
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            connect_args=_build_connect_options(hub_url),
        )
        sa.event.listen(engine, "connect", _limit_silence)
        return engine
    except ArgumentError:
        raise build_address_error() from None
    except ImportError as error:
        sentence = _('A hub in PostgreSQL needs more Python packages. Install them with `pip install "ahtc[hub]"`.')
        raise ProgramError(sentence) from error


def _limit_silence(connection: Any, _record: object) -> None:
    """Let a new connection of psycopg give up where the hub is alive but does not answer."""
    wait = connection.wait

    def wait_for_answer(exchange: Generator[Any, Any, Any], *arguments: Any, **options: Any) -> Any:
        return wait(_watch(connection, exchange), *arguments, **options)

    connection.wait = wait_for_answer


def _watch(connection: Any, exchange: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """Pass an exchange with the hub on; close the connection and raise OperationalError after a long silence."""
    from psycopg import OperationalError

    end = time.monotonic() + SILENCE_SECONDS
    try:
        state = next(exchange)
        while True:
            is_ready = yield state
            if is_ready:
                end = time.monotonic() + SILENCE_SECONDS
            elif time.monotonic() > end:
                connection.close()
                raise OperationalError("no answer")
            state = exchange.send(is_ready)
    except StopIteration as result:
        return result.value


def _build_connect_options(hub_url: sa.URL) -> dict[str, Any]:
    """Return timeouts, so that no hub that has stopped answering is waited for long, unless the address sets them."""
    keepalives = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 4}
    defaults = {"connect_timeout": 10, "tcp_user_timeout": 30_000, **keepalives}
    configured = {"connect_timeout"} if "PGCONNECT_TIMEOUT" in os.environ else set()
    if "service" in hub_url.query or "PGSERVICE" in os.environ:
        configured |= defaults.keys()
    skipped = configured | hub_url.query.keys()
    options: dict[str, Any] = {name: value for name, value in defaults.items() if name not in skipped}
    options |= build_encryption_options(hub_url)
    return options | {"prepare_threshold": None, "application_name": "ahtc"}


def compute_fingerprint(hub: Hub) -> str:
    """Return the hash of all columns of all rows of the hub, as hexadecimal digits; empty for a hub without lines."""
    if hub.is_empty:
        return ""
    digests = [
        hub.connection.execute(sa.text(FINGERPRINT_QUERY.format(table=table))).scalar_one() for table in HUB_TABLES
    ]
    return sha256(b"".join(map(bytes, digests))).hexdigest()
