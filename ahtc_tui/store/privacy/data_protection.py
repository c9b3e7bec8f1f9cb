"""When each person was last used, and on what lawful basis they are held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import NamedTuple

from ahtc_tui.domain.dates.date_as_known import DateAsKnown
from ahtc_tui.domain.desk_people import format_writer
from ahtc_tui.domain.history import format_changed_field
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import Held, LastUse
from ahtc_tui.domain.record_names import format_record_noun
from ahtc_tui.domain.text.normalization import normalize_text
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.store.journal.desk_people import list_posts
from ahtc_tui.store.journal.queries import list_record_changes
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.subject_access import FileReader, describe_record, format_choice, read_texts
from ahtc_tui.store.records.columns import list_record_tables
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.rows import select_column, select_mapping, select_rows
from ahtc_tui.store.search.index import find_records
from ahtc_tui.store.sql_fragments import LAST_FILLED, LAST_HELD, OTHER_NAMES

ENDED = "CASE WHEN r.to_on IS NULL OR r.to_on >= :today THEN :today ELSE substr(r.to_on, 1, 10) END"

USE_QUERIES = (
    ("engaged", "SELECT r.party, substr(e.held_on, 1, 10) FROM engagement_parties r JOIN engagements e ON e.id ="
     " r.engagement WHERE NOT r.deleted AND NOT e.deleted AND e.held_on <= :today || '~'"),
    ("engaged", "SELECT r.assignee, substr(r.held_on, 1, 10) FROM engagements r WHERE NOT r.deleted AND r.held_on <="
     " :today || '~'"),
    ("interest", f"SELECT r.party, {ENDED} FROM interests r WHERE NOT r.deleted"),
    ("promised", "SELECT r.promised_by, substr(r.promised_on, 1, 10) FROM promises r WHERE NOT r.deleted"),
    ("promised", "SELECT r.promised_to, substr(r.promised_on, 1, 10) FROM promises r WHERE NOT r.deleted"),
    ("attended", "SELECT r.party, substr(m.day, 1, 10) FROM attendances r JOIN meetings m ON m.id = r.meeting WHERE NOT"
     " r.deleted AND NOT m.deleted AND r.state NOT IN ('apologies', 'absent') AND m.day <= :today || '~'"),
    ("invited", "SELECT r.party, min(substr(m.day, 1, 10), :today) FROM invitations r JOIN meetings m ON m.id ="
     " r.meeting WHERE NOT r.deleted AND NOT m.deleted AND m.day IS NOT NULL"),
    ("leads", "SELECT r.lead, CASE WHEN r.is_open THEN :today ELSE substr(r.closed_on, 1, 10) END FROM actions r"
     " WHERE NOT r.deleted"),
    ("supports", "SELECT r.party, CASE WHEN a.is_open THEN :today ELSE substr(a.closed_on, 1, 10) END"
     " FROM action_parties r JOIN actions a ON a.id = r.action WHERE NOT r.deleted AND NOT a.deleted"),
    ("closed", "SELECT r.closed_by, substr(r.closed_on, 1, 10) FROM actions r WHERE NOT r.deleted"),
    ("reported", "SELECT r.said_by, substr(r.said_on, 1, 10) FROM updates r WHERE NOT r.deleted"),
    ("seat", f"SELECT r.party, {ENDED} FROM seats r WHERE NOT r.deleted"),
    ("seat", f"SELECT o.person, {LAST_FILLED} FROM occupancies o WHERE NOT o.deleted"),
    ("chair", "SELECT r.chair, :today FROM groups r WHERE NOT r.deleted"),
    ("in post", f"SELECT h.person, {LAST_HELD} FROM holdings h WHERE NOT h.deleted"),
)  # fmt: skip
"""Queries for each kind of use of a person, by person and day."""

PEOPLE = """SELECT p.id AS key, p.ref, p.name, o.name AS organisation, r.lawful_basis, r.told_on, r.review_on,
 NULL AS used FROM named_parties p JOIN people r ON r.id = p.id LEFT JOIN named_parties o ON o.id = r.organisation
 WHERE NOT p.deleted AND (:key IS NULL OR p.id = :key) ORDER BY sort_key(p.name), p.n"""


class PersonHeld(NamedTuple):
    """A person with the lawful basis and the last use."""

    key: RowKey
    ref: str
    name: str
    organisation: str | None
    lawful_basis: str | None
    told_on: DateAsKnown | None
    review_on: DateAsKnown | None
    used: LastUse


ADDED = """SELECT row_id AS key, min(wall_ms) AS value FROM change
 WHERE "table" = 'parties' AND (:key IS NULL OR row_id = :key) GROUP BY row_id"""


def list_people(cursor: Cursor, today: date, key: RowKey | None = None) -> list[PersonHeld]:
    """Return every person, or the one with a key."""
    last_uses, added_times = find_last_uses(cursor, today, key), select_mapping(cursor, ADDED, {"key": key})
    people_held = []
    for person in select_rows(cursor, PersonHeld, PEOPLE, {"key": key}):
        added = datetime.fromtimestamp(added_times.get(person.key, 0) / 1000, UTC).date()
        use = last_uses.get(person.key) or LastUse(min(added, today), "added")
        people_held.append(person._replace(used=use))
    return people_held


def find_last_uses(cursor: Cursor, today: date, key: RowKey | None) -> dict[RowKey, LastUse]:
    """Return the last use of every person, or of the one with a key."""
    newest: dict[RowKey, tuple[str, str]] = {}
    for use, query in USE_QUERIES:
        last_days = f"""WITH uses(person, day) AS ({query}) SELECT person AS key, max(day) AS value FROM uses
 WHERE person IS NOT NULL AND (:key IS NULL OR person = :key) GROUP BY person"""
        for person, day in select_mapping(cursor, last_days, {"today": today.isoformat(), "key": key}).items():
            if day and day > newest.get(person, ("", ""))[0]:
                newest[person] = (day, use)
    return {person: LastUse(date.fromisoformat(day), use) for person, (day, use) in newest.items()}


class ChangedRecord(NamedTuple):
    """A record with a change in the journal."""

    table: Table
    key: RowKey


def find_by_words(cursor: Cursor, words: str, read_file: FileReader) -> list[Held]:
    """Return the records found by the search, those with all words in their texts, and the changes."""
    terms = normalize_text(words).split()
    records = dict.fromkeys(find_records(cursor, words))
    records |= dict.fromkeys(_find_in_texts(cursor, terms, read_file))
    rows = [describe_record(cursor, table, key, "") for table, key in records]
    return rows + list(_find_in_history(cursor, terms))


def _find_in_texts(cursor: Cursor, terms: list[str], read_file: FileReader) -> Iterator[RecordKey]:
    """Yield records that the search index does not contain: parts, removed records and files of papers."""
    for table in list_record_tables(cursor):
        for key, texts in read_texts(cursor, table, read_file):
            if _contains_terms(" ".join(texts.values()), terms):
                yield table, key


def _find_in_history(cursor: Cursor, terms: list[str]) -> Iterator[Held]:
    """Yield changes with the words in the former or new value, and the post of who wrote them."""
    posts = list_posts(cursor)
    query = 'SELECT DISTINCT "table", row_id AS key FROM change WHERE field NOT IN (?, ?)'
    for table, key in select_rows(cursor, ChangedRecord, query, (ROW, "_deleted")):
        for _order, change in list_record_changes(cursor, table, key):
            if change.field in ("added", "removed", "restored"):
                continue
            if _contains_terms(f"{change.old or ''} {change.new or ''}", terms):
                values = (
                    ("by", format_writer(posts.get(change.user, ""))),
                    ("step", format_step_label(change.step)),
                    ("field", format_changed_field(change)),
                    ("was", format_choice(table, change.field, change.old)),
                    ("is", format_choice(table, change.field, change.new)),
                )
                fields = tuple((name, str(value)) for name, value in values if value)
                moment = change.at.isoformat(timespec="seconds")
                yield Held("journal", format_record_noun(table, 1), change.at.date().isoformat(), moment, False, fields)


def _contains_terms(text: str, terms: list[str]) -> bool:
    """Return whether each term begins a word of the text."""
    normalized = f" {normalize_text(text)}"
    return bool(terms) and all(f" {word}" in normalized for word in terms)


def list_people_names(cursor: Cursor) -> list[str]:
    """Return the names of all persons, with former and later ones."""
    query = f"""SELECT name FROM parties WHERE kind = 'person' AND NOT deleted UNION SELECT l.name FROM {OTHER_NAMES} l
 JOIN parties p ON p.id = l.party WHERE p.kind = 'person' AND NOT p.deleted ORDER BY 1"""
    return select_column(cursor, query)
