"""A database whose reads show no record that is marked higher than a limit, whatever query asks for it.

Temporary views of a separate connection take the place of the tables, so that titles in other records, counts and the
history follow without a condition in any query. Parts of a hidden record are hidden with it, and so is text that was
copied from it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.actions.paper_marking import list_allowed_markings
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.engine.driver import open_connection
from ahtc_tui.store.engine.party_names import define_named_parties, define_sort_key
from ahtc_tui.store.records.columns import list_record_tables, read_parents
from ahtc_tui.store.records.cursor import Cursor, Values, build_placeholders
from ahtc_tui.store.records.rows import select_mapping

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Table

HIDDEN_TABLE = "CREATE TEMP TABLE hidden (id BLOB PRIMARY KEY, root BLOB NOT NULL) WITHOUT ROWID"
"""Keys of hidden records; `root` is the marked record that each belongs to."""
IS_HIDDEN = "IN (SELECT id FROM temp.hidden)"

COPIES_OF_TEXT = (
    "SELECT l.id, h.root FROM main.minute_lines l JOIN temp.hidden h ON h.id = l.action",
    "SELECT a.line, h.root FROM main.actions a JOIN temp.hidden h ON h.id = a.id WHERE a.line NOT NULL",
    "SELECT d.id, h.root FROM main.decisions d JOIN temp.hidden h ON h.id IN (d.line, d.meeting)",
    "SELECT l.id, h.root FROM main.paragraph_links l JOIN temp.hidden h ON h.id = l.record",
    "SELECT p.id, h.root FROM main.paragraphs p JOIN main.paragraph_links l ON l.paragraph = p.id AND NOT l.deleted"
    " JOIN temp.hidden h ON h.id = l.record WHERE coalesce(p.text, p.text_cy) NOT NULL OR NOT EXISTS (SELECT 1"
    f" FROM main.paragraph_links v WHERE v.paragraph = p.id AND NOT v.deleted AND v.id NOT {IS_HIDDEN})",
    "SELECT r.id, h.root FROM main.releases r JOIN temp.hidden h ON h.id IN (r.meeting, r.commission)",
    "SELECT c.id, h.root FROM main.circulations c JOIN temp.hidden h ON h.id IN (c.meeting, c.decision)",
    "SELECT t.id, h.root FROM main.release_texts t JOIN main.actions a ON instr(t.text, a.title)"
    " OR instr(t.text_cy, a.title_cy) JOIN temp.hidden h ON h.id = a.id",
    "SELECT i.id, h.root FROM main.issues i JOIN main.actions a ON instr(i.plain, a.title)"
    " OR instr(i.plain, a.title_cy) JOIN temp.hidden h ON h.id = a.id",
)
"""Queries of records, and of the marked record whose text they may repeat although no required key names it."""
JOURNAL_VIEWS = (
    'CREATE TEMP VIEW change AS SELECT rowid AS rowid, id, wall_ms, seq, device, "user", "transaction", "table",'
    " row_id, field, mask_keys(field, value) AS value, parents, NULL AS position, NULL AS salt, x'' AS digest,"
    f" x'' AS chain, NULL AS erased_by, purpose FROM main.change WHERE row_id NOT {IS_HIDDEN}",
    "CREATE TEMP VIEW missing_change AS SELECT rowid AS rowid, * FROM main.missing_change WHERE 0",
    'CREATE TEMP VIEW step AS SELECT id, wall_ms, seq, device, "user", CASE WHEN id IN (SELECT c."transaction"'
    " FROM main.change c JOIN temp.hidden h ON h.id = c.row_id) THEN '' ELSE label END AS label, kind, reverses"
    " FROM main.step",
)
"""The journal without hidden records and without chains. The label of a step may have the title of a hidden record."""
_KEY = re.compile(r'"([0-9a-f]{32})"')


class LimitedDatabase(Database):
    """Reads without the records that are marked higher than a limit; writes go to the whole database."""

    def __init__(self, database: Database, highest: Marking) -> None:
        """Open a further connection to the file. Raises StoreError."""
        self._whole, self._highest = database, highest
        self.path, self.user, self._key = database.path, database.user, database.key
        self.today = database.today
        self.connection, self._probe = self._open_connection(), None
        self.left_out: set[RowKey] = set()
        with super().read() as cursor:
            self._roots = hide_records(cursor, highest)
            if self._roots:
                self._probe = self._open_connection()
                mark_hidden_records(self._probe, cursor)

    def _open_connection(self) -> Any:
        connection = open_connection(self.path, self._key)
        define_named_parties(connection, self._read_day)
        define_sort_key(connection)
        return connection

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        with super().read() as cursor:
            yield _CountingCursor(cursor, self._probe.cursor(), self._roots, self.left_out) if self._probe else cursor

    @property
    def hidden_refs(self) -> frozenset[str]:
        """References of the hidden records, beside their keys as text."""
        return frozenset(name for name in self._roots if isinstance(name, str))

    @property
    def whole(self) -> Database:
        return self._whole

    def limit_copy(self, copy: Database) -> Database:
        limited = LimitedDatabase(copy, self._highest)
        limited.left_out = self.left_out
        return limited

    @contextmanager
    def write(self, label: str, *, kind: str = "do", is_import: bool = False) -> Iterator[Ledger]:
        with self._whole.write(label, kind=kind, is_import=is_import) as ledger:
            yield ledger

    @contextmanager
    def block_writers(self) -> Iterator[None]:
        with self._whole.block_writers():
            yield

    def close(self) -> None:
        super().close()
        if self._probe:
            self._probe.close()


class _CountingCursor:
    """Runs each query on the whole database as well, and notes the hidden records in its rows."""

    def __init__(self, cursor: Cursor, probe: Cursor, roots: dict[object, RowKey], met: set[RowKey]) -> None:
        self._cursor, self._probe, self._roots, self._met = cursor, probe, roots, met

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, statement: str, values: Values = (), /) -> Cursor:
        for row in self._probe.execute(statement, values):
            self._met.update(root for value in row if (root := self._roots.get(value)))
        return self._cursor.execute(statement, values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)


def hide_records(cursor: Cursor, highest: Marking) -> dict[object, RowKey]:
    """Hide the records of a connection that are marked higher than a limit, with their parts.

    Returns the marked record by the key, the key as text and the reference of every hidden one; empty, without views,
    where none is hidden.
    """
    tables = {table: _read_columns(cursor, table) for table in list_record_tables(cursor)}
    cursor.execute(HIDDEN_TABLE)
    allowed = list_allowed_markings(highest)
    condition = f"marking NOT IN ({build_placeholders(allowed)})"
    for table, columns in tables.items():
        if "marking" in columns:
            query = f'INSERT INTO temp.hidden SELECT id, id FROM main."{table}" WHERE {condition}'
            cursor.execute(query, allowed)
    if not cursor.execute("SELECT 1 FROM temp.hidden LIMIT 1").fetchone():
        return {}
    foreign_keys = {table: read_parents(cursor, table) for table in tables}
    _hide_parts(cursor, tables, foreign_keys)
    _define_functions(cursor)
    hidden_tables = {
        table
        for table in tables
        if cursor.execute(f'SELECT 1 FROM main."{table}" WHERE id {IS_HIDDEN} LIMIT 1').fetchone()
    }
    for table, columns in tables.items():
        masked = [name for name, parent in foreign_keys[table].items() if parent in hidden_tables]
        if table in hidden_tables or masked or "agreed_actions" in columns:
            _create_view(cursor, table, columns, masked)
    for statement in JOURNAL_VIEWS:
        cursor.execute(statement)
    return _read_roots(cursor, [table for table in hidden_tables if "ref" in tables[table]])


def _read_roots(cursor: Cursor, tables_with_ref: Iterable[Table]) -> dict[object, RowKey]:
    roots: dict[object, RowKey] = select_mapping(cursor, "SELECT id AS key, root AS value FROM temp.hidden")
    roots |= select_mapping(cursor, "SELECT hex(id) AS key, root AS value FROM temp.hidden")
    for table in tables_with_ref:
        refs = f'SELECT r.ref AS key, h.root AS value FROM main."{table}" r JOIN temp.hidden h ON h.id = r.id'
        roots |= select_mapping(cursor, refs)
    return roots


def mark_hidden_records(connection: Any, limited: Cursor) -> None:
    """Show the key of each hidden record in place of its number and marking on a connection to the whole database.

    Lists select numbers first, and issued copies the marking, which by themselves do not identify a record.
    """
    cursor: Cursor = connection.cursor()
    cursor.execute(HIDDEN_TABLE)
    cursor.executemany("INSERT INTO temp.hidden VALUES (?, ?)", limited.execute("SELECT id, root FROM temp.hidden"))
    for table in list_record_tables(cursor):
        columns = _read_columns(cursor, table)
        if "marking" in columns:
            plain = ", ".join(f'"{name}"' for name in columns)
            marked = ", ".join(f"hex(id) AS {name}" if name in ("n", "marking") else f'"{name}"' for name in columns)
            visible = f'SELECT {plain} FROM main."{table}" WHERE id NOT {IS_HIDDEN}'
            hidden = f'SELECT {marked} FROM main."{table}" WHERE id {IS_HIDDEN}'
            cursor.execute(f'CREATE TEMP VIEW "{table}" AS {visible} UNION ALL {hidden}')


def _read_columns(cursor: Cursor, table: str) -> dict[str, bool]:
    """Return the columns of a table, computed ones included, and whether each is required."""
    query = 'SELECT name AS key, "notnull" AS value FROM pragma_table_xinfo(?) WHERE hidden <> 1'
    return {name: bool(required) for name, required in select_mapping(cursor, query, (table,)).items()}


def _hide_parts(
    cursor: Cursor, tables: Mapping[Table, Mapping[str, bool]], foreign_keys: Mapping[Table, Iterable[str]]
) -> None:
    """Hide the parts of hidden records and what repeats their text, until nothing more is found."""
    queries = list(COPIES_OF_TEXT)
    queries += [
        f'SELECT r.id, h.root FROM main."{table}" r JOIN temp.hidden h ON h.id = r."{name}"'
        for table, names in foreign_keys.items()
        for name in names
        if tables[table][name] and name != "id"
    ]
    count = -1
    while count != (count := cursor.execute("SELECT count(*) FROM temp.hidden").fetchone()[0]):
        for query in queries:
            cursor.execute(f"INSERT OR IGNORE INTO temp.hidden {query}")


def _define_functions(cursor: Cursor) -> None:
    """Define the functions of the views that empty keys of hidden records in JSON, and drop their agreed titles."""
    hidden = {key.hex() for (key,) in cursor.execute("SELECT id FROM temp.hidden")}

    def mask_agreed_actions(snapshot: str | None) -> str | None:
        if snapshot is None:
            return None
        kept = [entry for entry in json.loads(snapshot) if entry["action"] not in hidden]
        return json.dumps(kept, ensure_ascii=False)

    def mask_keys(field: str, value: str | None) -> str | None:
        if value is None:
            return None
        if field == "agreed_actions":
            return json.dumps(mask_agreed_actions(json.loads(value)), ensure_ascii=False)
        return _KEY.sub(lambda key: "null" if key[1] in hidden else key[0], value)

    cursor.connection.create_function("mask_agreed_actions", 1, mask_agreed_actions)
    cursor.connection.create_function("mask_keys", 2, mask_keys)


def _create_view(cursor: Cursor, table: str, columns: Mapping[str, bool], masked: Sequence[str]) -> None:
    """Put a view in the place of a table: without hidden records, and with empty references to them."""
    names = [
        "mask_agreed_actions(agreed_actions) AS agreed_actions"
        if name == "agreed_actions"
        else f'CASE WHEN "{name}" {IS_HIDDEN} THEN NULL ELSE "{name}" END AS "{name}"'
        if name in masked and not required
        else f'"{name}"'
        for name, required in columns.items()
    ]
    query = f'SELECT {", ".join(names)} FROM main."{table}" WHERE id NOT {IS_HIDDEN}'
    cursor.execute(f'CREATE TEMP VIEW "{table}" AS {query}')
