"""Reads the records of the retention schedule with the day from which their period counts, holds and certificates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.retention import HoldRow, RetentionClass
from ahtc_tui.store.journal import parked_lines
from ahtc_tui.store.privacy.data_protection import find_last_uses
from ahtc_tui.store.privacy.erasure import cut_step_labels, delete_changes, without_guards
from ahtc_tui.store.privacy.erasure_register import (
    DESTROYED_TABLES,
    RETENTION_GROUND,
    ErasedPerson,
    add_erased,
    request_compaction,
)
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table, defer_foreign_keys
from ahtc_tui.store.records.relations import list_with_parts
from ahtc_tui.store.records.rows import select_column, select_rows, select_value
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.domain.keys import RowKey
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor, RecordKey


AGREED_ON = """coalesce((SELECT max(c.agreed_on) FROM circulations c WHERE c.meeting = m.id AND NOT c.deleted),
 (SELECT substr(a.day, 1, 10) FROM meetings a WHERE a.id = m.agreed_at),
 (SELECT min(s.issued_on) FROM issues s WHERE s.meeting = m.id AND s.state = 'agreed' AND NOT s.deleted),
 (SELECT CASE WHEN max(h.wall_ms) / 86400000 <= unixepoch(:today) / 86400 THEN date(max(h.wall_ms) / 1000, 'unixepoch')
 END FROM change h WHERE h."table" = 'meetings' AND h.row_id = m.id AND h.field = 'minutes_state'),
 substr(m.day, 1, 10))"""
"""Day on which the minutes of the meeting `m` were agreed, as far as it is known."""
AGREED = "m.minutes_state = 'agreed' AND NOT m.deleted"

WORKING = (
    f"""SELECT 'issues' AS "table", i.id AS key, m.ref AS ref, {AGREED_ON} AS since FROM issues i
 JOIN meetings m ON m.id = i.meeting WHERE i.state <> 'agreed' AND {AGREED}""",
    f"""SELECT 'circulation_files' AS "table", f.id AS key, m.ref AS ref, {AGREED_ON} AS since FROM circulation_files f
 JOIN circulation_answers w ON w.id = f.answer JOIN circulations k ON k.id = w.circulation
 JOIN meetings m ON m.id = k.meeting WHERE {AGREED}""",
    f"""SELECT 'minute_lines' AS "table", l.id AS key, m.ref AS ref, {AGREED_ON} AS since FROM minute_lines l
 JOIN meetings m ON m.id = l.meeting WHERE l.deleted AND {AGREED}
 AND NOT EXISTS (SELECT 1 FROM actions a WHERE a.line = l.id)
 AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.line = l.id)
 AND NOT EXISTS (SELECT 1 FROM amendments n WHERE n.line = l.id)""",
)
QUERIES: dict[RetentionClass, tuple[str, ...]] = {
    RetentionClass.WORKING_MINUTES: WORKING,
    RetentionClass.AGREED_MINUTES: (
        f"""SELECT 'meetings' AS "table", m.id AS key, m.ref, substr(m.day, 1, 10) AS since FROM meetings m
 WHERE {AGREED} AND m.day IS NOT NULL AND m.ref NOT IN (SELECT value FROM json_each(:transferred))""",
    ),
    RetentionClass.RESOLUTIONS: (
        """SELECT 'decisions' AS "table", d.id AS key, d.ref, substr(d.decided_on, 1, 10) AS since FROM decisions d
 WHERE NOT d.deleted AND d.decided_on IS NOT NULL AND coalesce(d.status, 'agreed') <> 'proposed'
 AND d.ref NOT IN (SELECT value FROM json_each(:transferred))""",
    ),
    RetentionClass.PAPERS: (
        """SELECT 'paper_files' AS "table", f.id AS key, p.ref, substr(m.day, 1, 10) AS since FROM paper_files f
 JOIN papers p ON p.id = f.paper JOIN meetings m ON m.id = p.meeting WHERE m.day IS NOT NULL""",
    ),
    RetentionClass.INTERESTS: (
        """SELECT 'interests' AS "table", i.id AS key, i.ref, substr(i.to_on, 1, 10) AS since FROM interests i
 WHERE i.to_on IS NOT NULL AND i.to_on < :today""",
    ),
}
"""Queries of the records of each class; removed ones are covered too."""


class DueRecord(NamedTuple):
    """A record with the day from which its period counts."""

    table: Table
    key: RowKey
    ref: str
    """Reference of the record, or of what it is a part of."""
    since: date


class StoredCertificate(NamedTuple):
    """A certificate; entries and references as JSON."""

    ref: str
    made_on: date
    made_by: str
    entries: str
    transferred: str


def list_records(cursor: Cursor, retention_class: RetentionClass, today: date, transferred: str) -> list[DueRecord]:
    """Return the records of a class; `transferred` are the references that an archive has, as JSON."""
    parameters = {"today": today.isoformat(), "transferred": transferred}
    rows = []
    for query in QUERIES.get(retention_class, ()):
        used = {name: value for name, value in parameters.items() if f":{name}" in query}
        rows += select_rows(cursor, DueRecord, query, used)
    if retention_class is RetentionClass.CONTACTS:
        rows += _list_people(cursor, today)
    return rows


def _list_people(cursor: Cursor, today: date) -> list[DueRecord]:
    """Return the people who are in no use now, since their last use."""
    uses = find_last_uses(cursor, today, None)
    query = """SELECT 'parties' AS "table", p.id AS key, p.ref, :today AS since FROM parties p
 JOIN people r ON r.id = p.id WHERE p.kind = 'person' AND NOT p.deleted"""
    people = select_rows(cursor, DueRecord, query, {"today": today.isoformat()})
    return [row._replace(since=uses[row.key].on) for row in people if row.key in uses and uses[row.key].on < today]


def find_agreement(cursor: Cursor, meeting: RowKey, today: date) -> date | None:
    """Return the day on which the minutes of a meeting were agreed; None while they are not."""
    query = f"SELECT {AGREED_ON} FROM meetings m WHERE m.id = :meeting AND {AGREED}"
    day = select_value(cursor, query, {"meeting": meeting, "today": today.isoformat()})
    return date.fromisoformat(day) if day else None


def list_holds(cursor: Cursor, *, only_active: bool = False) -> list[HoldRow]:
    """Return the holds in the order of entry."""
    condition = " AND released_on IS NULL" if only_active else ""
    query = f"""SELECT held_ref AS ref, reason, held_on, released_on FROM retention_holds WHERE NOT deleted{condition}
 ORDER BY n"""
    return select_rows(cursor, HoldRow, query)


def find_hold(cursor: Cursor, ref: str) -> RowKey | None:
    """Return the key of the active hold of a reference."""
    query = "SELECT id FROM retention_holds WHERE held_ref = ? AND released_on IS NULL AND NOT deleted"
    return select_value(cursor, query, (ref,))


def list_certificates(cursor: Cursor) -> list[StoredCertificate]:
    """Return the certificates, the latest first."""
    query = """SELECT ref, made_on, made_by, entries, transferred FROM certificates WHERE NOT deleted ORDER BY n DESC"""
    return select_rows(cursor, StoredCertificate, query)


def list_held_keys(cursor: Cursor, records: list[RecordKey]) -> set[RowKey]:
    """Return the keys of records with all their parts."""
    parts = (part for record in records for part in list_with_parts(cursor, *record))
    return {key for _table, key in (*records, *parts)}


def destroy_records(ledger: Ledger, records: Iterable[RecordKey], day: str) -> None:
    """Destroy records in a step; the caller compacts the database."""
    cursor = ledger.cursor
    ledger.store_step()
    parked_lines.drop_lines(cursor)
    defer_foreign_keys(cursor)
    with without_guards(cursor):
        for table, key in records:
            cut_step_labels(cursor, key)
            delete_changes(cursor, table, key)
            cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
            cursor.execute(
                "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, '[]')",
                (key, day, RETENTION_GROUND),
            )
    request_compaction(cursor)
    index.rebuild_index(cursor)


def destroy_again(ledger: Ledger, key: RowKey, day: str) -> None:
    """Destroy a record that an older copy of the database has again, or register it where it is absent."""
    tables = select_column(ledger.cursor, 'SELECT DISTINCT "table" FROM change WHERE row_id = ?', (key,))
    destroy_records(ledger, [(table, key) for table in tables if table in DESTROYED_TABLES], day)
    if not tables:
        add_erased(ledger.cursor, ErasedPerson(key, day, ()), RETENTION_GROUND)
