"""Builders of records for tests; each takes only the fields that matter to the test."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.drafts.actions import ActionDraft, build_action_draft, build_update_draft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.drafts.minutes import build_agenda_draft
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.meetings.model import LineRow
from ahtc_tui.domain.publication.answers import KEEP
from ahtc_tui.domain.publication.model import PublishedDocument, ReleaseList
from ahtc_tui.services.actions.service import add_action, update_action
from ahtc_tui.services.documents.meeting_pages import find_page
from ahtc_tui.services.meetings.agenda import add_item
from ahtc_tui.services.meetings.service import add_meeting
from ahtc_tui.services.minutes.service import add_lines
from ahtc_tui.services.publication.service import publish
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Table

TODAY = date(2013, 12, 31)
"""Today in every test workspace: the end of the year of the Wales data."""


def make_action_draft(**fields: Any) -> ActionDraft:
    """Return a checked draft of an action."""
    return build_action_draft(fields, TODAY)


def make_action(workspace: Workspace, title: str = "Write to the health boards", **fields: Any) -> ActionRow:
    """Add an action."""
    return add_action(workspace, make_action_draft(title=title, **fields))


def make_line(workspace: Workspace, ref: str, typed: str, item: int | None = None, welsh: str | None = None) -> LineRow:
    """Add one line of minutes."""
    (line,) = add_lines(workspace, ref, typed, item, welsh)
    return line


def make_update(workspace: Workspace, ref: str, text: str = "On track.", **fields: Any) -> ActionRow:
    """Add a progress update of an action."""
    return update_action(workspace, ref, build_update_draft(text, **fields))


def make_party(workspace: Workspace, name: str, ref: str, *, kind: str = "organisation", short: str = "") -> RowKey:
    """Add a person, post, organisation or group."""
    own: dict[str, dict[str, str]] = {
        "organisation": {"kind": "ngo"},
        "group": {"kind": "forum", "state": "established"},
    }
    tables: dict[str, Table] = {"organisation": "organisations", "group": "groups", "person": "people", "post": "posts"}
    with workspace.database.write(f"add {name}") as ledger:
        key = ledger.add("parties", {"ref": ref, "kind": kind, "name": name, "short": short or None})
        return ledger.add(tables[kind], own.get(kind, {}), key)


def make_holding(workspace: Workspace, post: RowKey, person: RowKey, **values: str | int) -> RowKey:
    """Add the term of a person in a post."""
    with workspace.database.write("appoint") as ledger:
        return ledger.add("holdings", {"post": post, "person": person, **values})


def set_clock(workspace: Workspace, day: str) -> Workspace:
    """Return the same workspace on another day."""
    return Workspace(workspace.root, workspace.database, lambda: date.fromisoformat(day))


def remove_record(workspace: Workspace, table: Table, key: RowKey) -> None:
    """Remove a record in a step of its own."""
    with workspace.database.write(f"remove from {table}") as ledger:
        ledger.remove(table, key)


def query_rows(workspace: Workspace, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query."""
    with workspace.database.read() as cursor:
        return [tuple(line) for line in cursor.execute(query, parameters)]


def read_live_rows(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return all live records by table, without the history."""
    with workspace.database.read() as cursor:
        return {
            table: cursor.execute(f"SELECT * FROM {table} WHERE NOT deleted ORDER BY id").fetchall()
            for table in list_record_tables(cursor)
        }


def edit_database_directly(path: Path, *statements: str) -> None:
    """Change the file with SQLite of the standard library, without the journal."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


ADDED_COLUMNS = {
    5: (("actions", "title_cy"), ("actions", "detail_cy"), ("objectives", "title_cy"), ("aims", "text_cy")),
    9: (
        *(("practices", "title_cy"), ("commissions", "title_cy"), ("commission_questions", "text_cy")),
        *(("paragraphs", "title_cy"), ("paragraphs", "text_cy")),
    ),
    18: (("attendances", "seat"),),
    17: (("papers", "withheld_reason"),),
    16: (("holdings", "vacant"),),
    15: (("plans", "from_on"), ("plans", "to_on"), ("plans", "closed_on")),
    14: (("template_items", "title_cy"), ("forward_items", "title_cy")),
    13: (("parties", "salutation"), ("parties", "postal_address")),
    11: (
        *(("engagements", "minutes"), ("engagements", "status"), ("engagements", "assignee")),
        *(("papers", "marking"), ("documents", "marking")),
    ),
    12: tuple(
        (table, "title_cy")
        for table in (
            *("meetings", "papers", "plans", "milestones", "sessions"),
            *("documents", "recommendations", "data_sets", "figures"),
        )
    ),
    19: (("actions", "merged_into"), ("actions", "split_from")),
    8: (("agenda_items", "outcome"), ("decisions", "status"), ("decisions", "decided_by")),
    20: (("change", "purpose"), ("missing_change", "purpose")),
    23: (("terms_of_reference", "from_on"),),
    27: (("aliases", "name_cy"),),
}
"""Columns by the schema that added them."""
ADDED_TABLES = {
    **{"paper_files": 10, "interests": 11, "action_recommendations": 11},
    **{"plan_actions": 15, "promise_links": 15, "promises": 15},
    **{"release_texts": 17, "releases": 17},
    **{"circulation_files": 21, "circulation_answers": 21, "circulations": 21},
    "addresses": 23,
    "contact_points": 26,
    **{"retention_holds": 24, "certificates": 24},
    **{"poll_answers": 21, "poll_options": 21, "polls": 21},
}
"""The schema that added a table."""


def list_schema_steps_back(schema: int) -> list[str]:
    """Return the statements that give a closed database an earlier schema, as far as records are concerned."""
    later = [column for version, columns in ADDED_COLUMNS.items() if version > schema for column in columns]
    return [
        *(f"DROP INDEX IF EXISTS ix_{table}_{column}" for table, column in later),
        *(f"ALTER TABLE {table} DROP COLUMN {column}" for table, column in later),
        *(f"DROP TABLE {table}" for table, version in ADDED_TABLES.items() if version > schema),
        f"UPDATE alembic_version SET version_num = '{schema:04}'",
        f"PRAGMA user_version = {schema}",
    ]


def forget_later_fields(connection: sqlite3.Connection, schema: int) -> None:
    """Delete what an earlier schema had no column or table for from an open journal without its guards."""
    for version, columns in ADDED_COLUMNS.items():
        for table, column in columns if version > schema else ():
            connection.execute('DELETE FROM change WHERE "table" = ? AND field = ?', (table, column))
            connection.execute(
                """UPDATE change SET value = json_remove(value, ?) WHERE "table" = ? AND field = '_row'""",
                (f"$.{column}", table),
            )
    for table, version in ADDED_TABLES.items():
        if version > schema:
            connection.execute('DELETE FROM change WHERE "table" = ?', (table,))
    forget_step_keys(connection)


def forget_step_keys(connection: sqlite3.Connection) -> None:
    """Give every step a key that commits to nothing, as earlier versions did."""
    connection.create_function("older_key", 1, lambda key: key and key[:6] + bytes([0x70 | key[6] & 0x0F]) + key[7:])
    columns = ("step.id", "step.reverses", "change.transaction", "missing_change.transaction", "merged_change.step")
    for table, column in (name.split(".") for name in columns):
        if connection.execute("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", (table, column)).fetchone():
            connection.execute(f'UPDATE {table} SET "{column}" = older_key("{column}")')


def remove_chains(path: Path) -> None:
    """Give a closed database the schema from before the chains, as an earlier version wrote it."""
    triggers = ("change_is_never_altered", "change_is_never_removed")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        statements = [connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (t,)) for t in triggers]
        guards = [statement.fetchone()[0] for statement in statements]
        columns = ("position", "salt", "digest", "chain", "erased_by")
        for trigger in triggers:
            connection.execute(f"DROP TRIGGER {trigger}")
        forget_later_fields(connection, 2)
        for statement in (
            "DROP INDEX ix_change_place",
            *(f"ALTER TABLE change DROP COLUMN {column}" for column in columns),
            *list_schema_steps_back(2),
            "DROP TABLE missing_change",
            "DROP TABLE parked_line",
            *guards,
        ):
            connection.execute(statement)


def make_minuted_meeting(workspace: Workspace) -> str:
    """Add a Leadership Group with two items, and a note, decision and action under the first; returns its reference."""
    draft = build_meeting_draft({"group": "LG", "starts": "2013-12-10 10:00"}, workspace.today())
    ref = add_meeting(workspace, draft).ref
    for title in ("Training", "Data sets"):
        add_item(workspace, ref, build_agenda_draft({"title": title}))
    for typed in ("n: two courses & <b>one</b> more", "d: the course is adopted", "a: agree dates @jeff due end jan"):
        make_line(workspace, ref, typed, 1)
    return ref


def release_minutes(workspace: Workspace, ref: str, document: str = "minutes") -> ReleaseList:
    """Release a document of a meeting with every text kept."""
    return publish(workspace, find_page(PublishedDocument(document), ref), {"*": KEEP})
