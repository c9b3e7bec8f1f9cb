"""The schema of the hub: migrations from every former state, and versions that do not match."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.replication.hub_sync import sync_with_hub
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.driver import SCHEMA_VERSION
from ahtc_tui.store.hub.connection import HUB_TABLES
from ahtc_tui.store.hub_schema import migration, rights
from ahtc_tui.store.tables.schema import metadata
from tests.builders import make_action, query_rows
from tests.hubs import PASSWORD, Hub, sync_and_check
from tests.services.replication.merging import leave_office
from tests.store.laptops import read_tables

FORMER_STEP = ("id", "wall_ms", "seq", "device", "user", "label", "kind", "reverses")
FORMER_CHANGE = (
    *("id", "wall_ms", "seq", "device", "user", "transaction", "table", "row_id", "field", "value", "parents"),
)
REVISION = "SELECT version_num FROM alembic_version"


@contextmanager
def connect(hub: Hub) -> Iterator[sa.Connection]:
    engine = sa.create_engine(hub.url, poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def former_hub(wales: Workspace, hub: Hub) -> Hub:
    """A hub as the first version wrote it, without numbered migrations, with all lines of a laptop."""
    with connect(hub) as connection:
        migration.migrate_hub(connection, migration.FIRST_REVISION)
        connection.exec_driver_sql(f"DROP TABLE {migration.REVISION_TABLE}")
        for table, columns in (("step", FORMER_STEP), ("change", FORMER_CHANGE)):
            names = ", ".join(f'"{name}"' for name in columns)
            order = "seq, reverses IS NOT NULL" if table == "step" else "seq"
            rows = query_rows(wales, f"SELECT {names} FROM {table} ORDER BY {order}")
            marks = ", ".join(["%s"] * len(columns))
            connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", [tuple(row) for row in rows])
        ((salt,),) = query_rows(wales, "SELECT value FROM setting WHERE name = 'erasure_salt'")
        settings = [("schema", "1"), ("erasure_salt", salt)]
        connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES (%s, %s)", settings)
    return hub


def test_the_program_knows_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(migration.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert scripts.get_current_head() == migration.HUB_REVISION
    assert scripts.get_bases() == [migration.FIRST_REVISION]


def test_models_and_migrations_of_the_hub_give_the_same_tables(hub: Hub) -> None:
    models = sa.MetaData(naming_convention=metadata.naming_convention)
    for name in HUB_TABLES:
        metadata.tables[name].to_metadata(models)
    with connect(hub) as connection:
        migration.migrate_hub(connection)
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, _parents: kind != "table" or name in HUB_TABLES,
            },
        )
        assert compare_metadata(context, models) == []


def test_a_sync_migrates_the_hub_of_the_first_version_and_keeps_its_lines(wales: Workspace, former_hub: Hub) -> None:
    lines = former_hub.list_change_ids()
    peer = leave_office(wales, "there")
    make_action(wales, "Made after the update")
    assert sync_and_check(wales, former_hub).sent > 0
    assert former_hub.run(REVISION) == [(migration.HUB_REVISION,)]
    assert former_hub.run("SELECT value FROM setting WHERE name = 'schema'") == [(str(SCHEMA_VERSION),)]
    assert lines < former_hub.list_change_ids()
    assert [added.values["title"] for added in sync_and_check(peer, former_hub).added] == ["Made after the update"]
    assert read_tables(wales) == read_tables(peer)


def test_the_owner_of_a_hub_with_roles_migrates_it_and_new_tables_get_their_rights(wales: Workspace, hub: Hub) -> None:
    with connect(hub) as connection:
        migration.migrate_hub(connection, "0002")
    hub.run("INSERT INTO setting (name, value) VALUES ('schema', '1')")
    for statement in rights.build_role_statements(hub.name):
        hub.run(statement)
    owner = rights.format_role(hub.name, "owner")
    hub.run(f"GRANT CREATE ON SCHEMA public TO {owner}")
    for table in ("step", "change", "counter", "erasure", "setting", "device", migration.REVISION_TABLE):
        hub.run(f"ALTER TABLE {table} OWNER TO {owner}")
    hub.run(f"ALTER FUNCTION refuse_falling_counter() OWNER TO {owner}")
    sync_and_check(wales, hub, url=hub.add_login("owner"))
    assert hub.run(REVISION) == [(migration.HUB_REVISION,)]
    owners = f"SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = '{hub.name}_owner' AND relrowsecurity"
    assert {name for (name,) in hub.run(owners)} == set(rights.READ_TABLES)
    peer = leave_office(wales, "there")
    make_action(peer, "Made by a note-taker")
    assert sync_and_check(peer, hub, url=hub.add_login("note_taker")).held == 0


@pytest.mark.long
def test_a_sync_without_a_migration_imports_no_alembic(wales: Workspace, hub: Hub) -> None:
    sync_and_check(wales, hub)
    root = wales.root
    wales.close()
    program = (
        "import sys; from pathlib import Path; from ahtc_tui.services.opening import open_workspace;"
        "from ahtc_tui.services.replication.hub_sync import sync_with_hub;"
        "sync_with_hub(open_workspace(Path(sys.argv[1])), sys.argv[2]); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, str(root), hub.url], check=True, capture_output=True)


def test_a_failed_migration_leaves_the_former_hub(wales: Workspace, former_hub: Hub) -> None:
    former_hub.run("CREATE TABLE device (name VARCHAR)")
    lines = former_hub.list_change_ids()
    with pytest.raises(StoreError, match="Nothing was changed"):
        sync_with_hub(wales, former_hub.url)
    assert former_hub.list_change_ids() == lines
    assert former_hub.run("SELECT to_regclass('alembic_version')") == [(None,)]


def test_a_dry_run_does_not_migrate(wales: Workspace, former_hub: Hub) -> None:
    with pytest.raises(StoreError, match="older version of ahtc"):
        sync_with_hub(wales, former_hub.url, apply=False)
    assert former_hub.run("SELECT to_regclass('device')") == [(None,)]


def test_an_older_program_refuses_a_newer_hub_in_one_sentence(
    wales: Workspace, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_and_check(wales, hub)
    make_action(wales)
    lines = hub.list_change_ids()
    monkeypatch.setattr(migration, "HUB_REVISION", migration.FIRST_REVISION)
    for apply in (True, False):
        with pytest.raises(StoreError, match=r"newer version of ahtc\. Install that version"):
            sync_with_hub(wales, hub.url, apply=apply)
    assert hub.list_change_ids() == lines


def test_only_the_owner_of_a_hub_migrates_it(
    wales: Workspace, former_hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    former_hub.run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with pytest.raises(StoreError, match="older version of ahtc"):
        sync_with_hub(wales, former_hub.server.build_url(former_hub.name, "clerk"))
    assert former_hub.run("SELECT to_regclass('device')") == [(None,)]
