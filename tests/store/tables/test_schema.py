"""Models and migrations give the same schema, and the database refuses what the models refuse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.relations import UNTYPED_KEYS
from ahtc_tui.store.tables.schema import metadata
from tests.builders import make_action

NOT_MODELS = re.compile("search.*|sqlite_.*|alembic_version")


def find_bracketed(sql: str, sign: str) -> Iterator[str]:
    """Yield the text in brackets after each `sign`, up to the closing bracket."""
    for match in re.finditer(sign, sql):
        depth, start = 0, match.end()
        for at in range(start, len(sql)):
            depth += {"(": 1, ")": -1}.get(sql[at], 0)
            if depth == 0:
                yield f"{match.group()}{' '.join(sql[start : at + 1].split())}"
                break


def read_schema(connection: Any) -> dict[str, dict[str, Any]]:
    """Return every table with its columns, keys, indexes and checks, for comparison."""

    def read_pragma(name: str, argument: str) -> list[tuple[Any, ...]]:
        return [tuple(line) for line in connection.execute(f'PRAGMA {name}("{argument}")')]

    described = {}
    for table, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall():
        if NOT_MODELS.fullmatch(table):
            continue
        indexes = {
            (name if not name.startswith("sqlite_") else origin, unique, partial): [
                line[2] for line in read_pragma("index_info", name)
            ]
            for _n, name, unique, origin, partial in read_pragma("index_list", table)
            if origin == "c"
        }
        described[table] = {
            "columns": {line[1]: line[2:] for line in read_pragma("table_xinfo", table)},
            "references": sorted(line[2:] for line in read_pragma("foreign_key_list", table)),
            "indexes": indexes,
            "rules": sorted(find_bracketed(sql, r"CONSTRAINT \w+ (CHECK|UNIQUE|PRIMARY KEY) ?(?=\()")),
            "computed": sorted(find_bracketed(sql, r"GENERATED ALWAYS AS ?(?=\()")),
        }
    return described


def test_models_and_migrations_give_the_same_schema(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "models.db"
    engine = sa.create_engine("sqlite://", module=dbapi2, creator=lambda: dbapi2.connect(str(path)))
    metadata.create_all(engine)
    engine.dispose()
    with closing(dbapi2.connect(str(path))) as connection:
        of_models = read_schema(connection)
    migrated = read_schema(workspace.database.connection)
    assert set(migrated) == set(of_models)
    for table, described in of_models.items():
        assert migrated[table] == described, table
    assert len(migrated["actions"]["rules"]) == 16
    assert len(migrated["actions"]["computed"]) == 2


def test_no_table_has_columns_for_case_data(workspace: Workspace) -> None:
    names = {name for table in read_schema(workspace.database.connection).values() for name in table["columns"]}
    assert not names & {"victim", "suspect", "case", "case_ref", "nrm_ref", "date_of_birth", "nationality"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "finished"),
        ("status", None),
        ("brag", "X"),
        ("confidence", "sure"),
        ("priority", "1"),
        ("marking", "secret"),
        ("due", "soon"),
        ("due", "2013-02-30"),
        ("due", "2013-13-01"),
        ("due", "30/11/2013"),
        ("due", "2013-11-30junk"),
        ("in_plan", 2),
        ("deleted", 7),
        ("lead", b"nobody-has-this!"),
        ("meeting", b"nobody-has-this!"),
        ("title", None),
    ],
)
def test_check_constraints_refuse_invalid_values(field: str, value: object, workspace: Workspace) -> None:
    row = make_action(workspace)
    with pytest.raises(StoreError, match="constraint failed"), workspace.database.read() as cursor:
        cursor.execute(f"UPDATE actions SET {field} = ? WHERE id = ?", (value, row.key))


@pytest.mark.parametrize("due", ["2013-11-30", "2013-11-30 month end of November", "9999-12-31 words ASAP", None])
def test_check_constraints_accept_dates_as_known(due: str | None, workspace: Workspace) -> None:
    row = make_action(workspace)
    with workspace.database.read() as cursor:
        cursor.execute("UPDATE actions SET due = ? WHERE id = ?", (due, row.key))
        assert cursor.execute("SELECT due FROM actions WHERE id = ?", (row.key,)).fetchone() == (due,)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE seats SET role = 'boss'",
        "UPDATE seats SET party = NULL, org_class = NULL",
        "UPDATE action_parties SET role = 'helper'",
        "UPDATE parties SET kind = 'robot'",
        "UPDATE meetings SET start_time = 'noon'",
        "UPDATE figures SET value = -1",
        "UPDATE dependencies SET blocked_by = action",
        "UPDATE adoptions SET status = 'maybe'",
        "UPDATE step SET kind = 'guess'",
        "DELETE FROM parties",
    ],
)
def test_every_record_type_has_constraints_on_choices_and_references(statement: str, wales: Workspace) -> None:
    with pytest.raises(StoreError, match="constraint failed"), wales.database.read() as cursor:
        cursor.execute(statement)


def test_every_reference_between_records_is_checked_by_the_database(wales: Workspace) -> None:
    with wales.database.read() as cursor:
        for table in list_record_tables(cursor):
            checked = {line[3] for line in cursor.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()}
            keys = {line[1] for line in cursor.execute(f'PRAGMA table_info("{table}")').fetchall() if line[2] == "BLOB"}
            assert keys - checked - {"id"} == UNTYPED_KEYS.get(table, frozenset()), table
