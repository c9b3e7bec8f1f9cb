"""How record tables relate: which have references, which hold parts of others, and keys without a foreign key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records import references
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.rows import select_rows

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


DETAIL_TABLES: dict[str, Table] = {
    "person": "people", "post": "posts", "organisation": "organisations", "group": "groups",
}  # fmt: skip
"""For each kind of contact, the table of its details."""

PARTY_TABLES: tuple[Table, ...] = ("parties", *DETAIL_TABLES.values())
"""The table of contacts, and those with the details of one kind. Both rows of a contact have one key."""

REFERENCED_TABLES: tuple[Table, ...] = (
    "actions", "meetings", "parties", "seats", "decisions", "practices", "adoptions", "recommendations", "documents",
    "figures", "data_sets", "objectives", "papers", "commissions", "milestones", "aims", "plans", "engagements",
    "sessions", "web_pages", "areas", "interests", "promises", "polls", "certificates",
)  # fmt: skip
"""Tables whose records have a reference, in the order in which a reference is looked up."""

NAMED_TABLES: tuple[Table, ...] = ("views", "circulation_lists")
"""Tables whose records have no reference and are found by their name."""

PART_TABLES: dict[Table, tuple[tuple[Table, str], ...]] = {
    "actions": (
        ("updates", "action"),
        ("slips", "action"),
        ("action_parties", "action"),
        ("action_areas", "action"),
        ("dependencies", "action"),
        ("action_recommendations", "action"),
        ("recurrences", "action"),
        ("chases", "action"),
        ("dispatches", "action"),
    ),
    "meetings": (
        ("agenda_items", "meeting"),
        ("invitations", "meeting"),
        ("attendances", "meeting"),
        ("minute_lines", "meeting"),
        ("papers", "meeting"),
        ("amendments", "meeting"),
        ("issues", "meeting"),
        ("releases", "meeting"),
        ("circulations", "meeting"),
    ),
    "circulations": (("circulation_answers", "circulation"),),
    "circulation_answers": (("circulation_files", "answer"),),
    "polls": (("poll_options", "poll"),),
    "poll_options": (("poll_answers", "option"),),
    "papers": (("paper_files", "paper"),),
    "releases": (("release_texts", "release"),),
    "decisions": (("decision_actions", "decision"), ("circulations", "decision")),
    "commissions": (("commission_questions", "commission"),),
    "commission_questions": (("paragraphs", "question"),),
    "paragraphs": (("paragraph_links", "paragraph"),),
    "parties": (
        ("people", "id"),
        ("posts", "id"),
        ("organisations", "id"),
        ("groups", "id"),
        ("aliases", "party"),
        ("addresses", "party"),
        ("contact_points", "party"),
        ("holdings", "post"),
        ("interests", "party"),
        ("terms_of_reference", "group"),
        ("template_items", "group"),
        ("forward_items", "group"),
    ),
    "seats": (("occupancies", "seat"),),
    "practices": (("adoptions", "practice"),),
    "plans": (("plan_actions", "plan"),),
    "areas": (("area_names", "area"),),
    "promises": (("promise_links", "promise"),),
    "objectives": (("objective_aims", "objective"),),
    "engagements": (("engagement_parties", "engagement"),),
    "sessions": (("session_numbers", "session"),),
    "circulation_lists": (("circulation_members", "list"),),
}
"""Tables whose rows are parts of a record, with the column that refers to it."""

PARENT_OF: dict[Table, tuple[Table, str]] = {
    part: (table, column) for table, parts in PART_TABLES.items() for part, column in parts
}
"""For each table of parts, the table of the whole and the column that refers to it."""

UNTYPED_KEYS: dict[Table, frozenset[str]] = {"paragraph_links": frozenset({"record"})}
"""Key columns that may refer to records of several tables and therefore have no foreign key."""

JSON_COLUMNS: dict[Table, frozenset[str]] = {
    "certificates": frozenset({"entries", "transferred"}),
    "dispatches": frozenset({"said"}),
    "meetings": frozenset({"agreed_actions"}),
    "people": frozenset({"other_roles"}),
    "plans": frozenset({"brag_definitions"}),
    "releases": frozenset({"page_en", "page_cy"}),
}
"""Text columns that hold JSON, besides `source_notes` of every table."""


def holds_json(table: Table, column: str) -> bool:
    """Return whether a text column holds JSON."""
    return column == "source_notes" or column in JSON_COLUMNS.get(table, ())


def find_record(cursor: Cursor, ref: str) -> RecordKey | None:
    """Return table and key of the record with a reference, or of the list with a name, removed or not.

    A reference that an undo released is found by the journal.
    """
    for table in REFERENCED_TABLES:
        if match := references.find_by_ref(cursor, table, ref, removed=True):
            return table, match.key
    for table in NAMED_TABLES:
        query = f"SELECT id FROM {table} WHERE lower(name) = lower(?) ORDER BY deleted, n DESC LIMIT 1"
        if match := cursor.execute(query, (ref.strip(),)).fetchone():
            return table, match[0]
    former = """SELECT "table", row_id FROM change WHERE field = '_row' AND lower(value ->> '$.ref') = ?
 ORDER BY seq DESC LIMIT 1"""
    record: RecordKey | None = cursor.execute(former, (references.normalize_ref(ref),)).fetchone()
    return record


def find_key_table(cursor: Cursor, key: RowKey) -> Table | None:
    """Return the table with references that holds a key; None where no record has it."""
    for table in REFERENCED_TABLES:
        if cursor.execute(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).fetchone():
            return table
    return None


def list_same_rows(cursor: Cursor, table: Table, key: RowKey) -> list[RecordKey]:
    """Return the rows with a journal that make up one record: two for a contact, otherwise the row alone."""
    if table not in PARTY_TABLES:
        return [(table, key)]
    query = 'SELECT 1 FROM change WHERE "table" = ? AND row_id = ?'
    return [(name, key) for name in PARTY_TABLES if cursor.execute(query, (name, key)).fetchone()]


def list_with_parts(cursor: Cursor, table: Table, key: RowKey) -> list[RecordKey]:
    """Return a record and all its parts, with the parts of these, removed ones included."""
    records = [(table, key)]
    for part, column in PART_TABLES.get(table, ()):
        rows = cursor.execute(f'SELECT id FROM {part} WHERE "{column}" = ?', (key,)).fetchall()
        for (part_key,) in rows:
            records += list_with_parts(cursor, part, part_key)
    return records


def list_joined_actions(cursor: Cursor, table: Table, key: RowKey) -> list[references.RefMatch]:
    """Return the actions that were merged or split with an action, directly or through others; none for other records.

    Those that an action was merged into or split from come with all that went into them.
    """
    if table != "actions":
        return []
    query = """WITH RECURSIVE joined(id) AS (VALUES(:key) UNION
 SELECT b.id FROM actions b JOIN joined j ON b.merged_into = j.id OR b.split_from = j.id UNION
 SELECT o.id FROM actions a JOIN joined j ON j.id = a.id JOIN actions o ON o.id IN (a.merged_into, a.split_from))
 SELECT a.id AS key, a.ref FROM actions a JOIN joined j ON j.id = a.id WHERE a.id <> :key ORDER BY a.n"""
    return select_rows(cursor, references.RefMatch, query, {"key": key})


def read_owner_ref(cursor: Cursor, table: Table, key: RowKey) -> Any | None:
    """Return the reference of a record, or of the nearest record that it is a part of; None where none has one."""
    while table not in REFERENCED_TABLES:
        if table not in PARENT_OF:
            return None
        table, column = PARENT_OF[child := table]
        row = cursor.execute(f'SELECT "{column}" FROM "{child}" WHERE id = ?', (key,)).fetchone()
        if row is None or row[0] is None:
            return None
        key = row[0]
    row = cursor.execute(f'SELECT ref FROM "{table}" WHERE id = ?', (key,)).fetchone()
    return row[0] if row else None


LINK_TABLES: frozenset[Table] = frozenset(
    (
        *("invitations", "attendances", "holdings", "occupancies", "circulation_members", "not_duplicates"),
        *("engagement_parties", "decision_actions", "action_recommendations", "paragraph_links"),
        *("promise_links", "plan_actions"),
    )
)
"""Tables whose rows only link two records and go with either."""


class DependentRow(NamedTuple):
    """A row that refers to a record."""

    table: Table
    key: RowKey
    ref: str | None
    """Reference of the row or of the record that it is a part of."""


def list_parts(cursor: Cursor, table: Table, key: RowKey) -> list[RecordKey]:
    """Return the parts of a record that are not removed, and the rows that link it with others."""
    parts = [
        row for row in list_with_parts(cursor, table, key)[1:] if row[0] not in PARTY_TABLES and _is_kept(cursor, *row)
    ]
    links = [(row.table, row.key) for row in _list_referring(cursor, table, key) if row.table in LINK_TABLES]
    seats = [(row.table, row.key) for row in _list_referring(cursor, table, key) if _is_seat_of_group(cursor, row, key)]
    occupancies = [part for seat in seats for part in list_with_parts(cursor, *seat)[1:] if _is_kept(cursor, *part)]
    return list(dict.fromkeys((*parts, *links, *occupancies, *seats)))


def list_dependents(cursor: Cursor, table: Table, key: RowKey) -> list[DependentRow]:
    """Return the records that refer to a record or to one of its parts, without the parts themselves."""
    parts = list_parts(cursor, table, key)
    own = {(table, key), *parts}
    rows = (row for part in own for row in _list_referring(cursor, *part))
    return list(dict.fromkeys(row for row in rows if (row.table, row.key) not in own))


def _is_seat_of_group(cursor: Cursor, row: DependentRow, key: RowKey) -> bool:
    query = 'SELECT 1 FROM seats WHERE id = ? AND "group" = ?'
    return row.table == "seats" and cursor.execute(query, (row.key, key)).fetchone() is not None


def _is_kept(cursor: Cursor, table: Table, key: RowKey) -> bool:
    return not cursor.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (key,)).fetchone()[0]


def _list_referring(cursor: Cursor, table: Table, key: RowKey) -> Iterator[DependentRow]:
    """Yield the rows that are not removed and refer to a record by a foreign key."""
    targets = PARTY_TABLES if table in PARTY_TABLES else (table,)
    for name in list_record_tables(cursor):
        references = cursor.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        columns = [row[3] for row in references if row[2] in targets and row[3] != "id"]
        for column in columns:
            rows = cursor.execute(f'SELECT id FROM "{name}" WHERE "{column}" = ? AND NOT deleted ORDER BY n', (key,))
            for (row_key,) in rows.fetchall():
                owner: Table = "parties" if name in PARTY_TABLES else name
                yield DependentRow(name, row_key, read_owner_ref(cursor, owner, row_key))
