"""All information held on a person: records by key, texts by name, and the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from ahtc_tui.domain.desk_people import format_writer
from ahtc_tui.domain.history import format_changed_field
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import Held
from ahtc_tui.domain.privacy.person_mentions import fold_text
from ahtc_tui.domain.record_names import format_field, format_record_noun
from ahtc_tui.domain.text.step_labels import format_step_label
from ahtc_tui.store.journal.desk_people import list_accounts, list_desk_people, list_posts
from ahtc_tui.store.journal.queries import list_record_changes
from ahtc_tui.store.journal.replay import ROW, decode_value
from ahtc_tui.store.journal.value_formatter import ValueFormatter
from ahtc_tui.store.privacy.erasure_scope import PersonScope, list_own_records, list_person_columns, list_text_columns
from ahtc_tui.store.records.columns import list_record_tables, read_columns, read_parents
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.fields import read_fields
from ahtc_tui.store.records.relations import PARTY_TABLES, REFERENCED_TABLES, UNTYPED_KEYS
from ahtc_tui.store.records.rows import select_groups, select_mapping, select_rows, select_value
from ahtc_tui.store.sql_fragments import OTHER_NAMES

FILE_COLUMNS = ("docx", "content")
"""Columns with whole files."""

NAMED_FILE_TABLES: tuple[Table, ...] = ("circulation_files", "paper_files")
"""Tables with whole files and their names."""

FileReader = Callable[[str, str], Iterable[str]]
"""Returns the lines of text of a file, from its name and its content in base64."""

ACCOUNT_COLUMNS: dict[Table, tuple[str, ...]] = {"amendments": ("made_by",)}
"""Columns in which earlier versions stored the name of an account, which is shown as its post."""

PARENT_COLUMNS = (
    *("paper", "meeting", "action", "engagement", "group", "seat"),
    *("post", "item", "list", "document", "decision"),
)
"""Columns with the parent of a record, the nearest first."""

DAY_COLUMNS = (
    "day", "held_on", "said_on", "decided_on", "slipped_on", "chased_on", "sent_on", "made_on", "from_on", "raised_on",
)  # fmt: skip


def list_held_records(cursor: Cursor, scope: PersonScope, read_file: FileReader) -> list[Held]:
    """Return everything, by kind of record."""
    own_records = list_own_records(cursor, scope.keys)
    records = [describe_record(cursor, table, key, "") for table, key in own_records]
    known_records = set(own_records)
    for table, column, _needed in list_person_columns(cursor):
        for key in scope.keys:
            for (row_id,) in cursor.execute(
                f'SELECT id FROM "{table}" WHERE "{column}" = ? ORDER BY n', (key,)
            ).fetchall():
                if (table, row_id) not in known_records:
                    known_records.add((table, row_id))
                    records.append(describe_record(cursor, table, row_id, column))
    records += _list_accounts(cursor, scope)
    records += _list_mentions(cursor, scope, known_records, read_file)
    posts = list_posts(cursor)
    for table, key in own_records:
        records += _list_journal(cursor, table, key, posts)
    return records


def list_unknown_accounts(cursor: Cursor) -> list[str]:
    """Return the accounts in the history of which nobody recorded whose they are."""
    people = list_desk_people(cursor)
    return [account for account in list_accounts(cursor) if account not in people or not people[account].name]


class AccountUse(NamedTuple):
    """How many steps an account wrote, and when: times in milliseconds since 1970."""

    account: str
    steps: int
    first: int
    last: int


def _list_accounts(cursor: Cursor, scope: PersonScope) -> Iterator[Held]:
    """Yield the accounts of the person: by the name recorded at this desk, or where the account names the person."""
    people = list_desk_people(cursor)
    query = (
        "SELECT user AS account, count(*) AS steps, min(wall_ms) AS first, max(wall_ms) AS last FROM step GROUP BY user"
    )
    for use in select_rows(cursor, AccountUse, query):
        person = people.get(use.account)
        names = f"{use.account}\n{person.name if person else ''}"
        if scope.mentions.is_named_in(names) or (person and fold_text(person.name) == fold_text(scope.name)):
            first, last = (
                datetime.fromtimestamp(moment / 1000, UTC).date().isoformat() for moment in (use.first, use.last)
            )
            details = {"name": person.name, "post": person.post} if person else {}
            fields = {"account": use.account, **details, "steps": str(use.steps), "first": first, "last": last}
            yield Held("accounts", use.account, first, "", False, tuple(pair for pair in fields.items() if pair[1]))


def describe_record(cursor: Cursor, table: Table, key: RowKey, through: str) -> Held:
    """Describe a record for people; keys become names."""
    formatter = ValueFormatter(cursor, table)
    names = [name for name in read_columns(cursor, table).names if name not in FILE_COLUMNS]
    row = read_fields(cursor, table, key, ("deleted", *names))
    is_removed = bool(row.pop("deleted"))
    for name in ACCOUNT_COLUMNS.get(table, ()):
        row[name] = format_writer(list_posts(cursor).get(row[name], row[name]))
    texts = {
        name: format_choice(
            table, name, formatter.format_value(name, value.hex() if isinstance(value, bytes) else value)
        )
        for name, value in row.items()
    }
    day = next((row[name][:10] for name in DAY_COLUMNS if row.get(name)), None)
    linked = [texts.pop(name) for name in UNTYPED_KEYS.get(table, ())]
    source = _format_source(cursor, table, key, row) or ", ".join(name for name in linked if name)
    fields = tuple((name, text) for name, text in texts.items() if text)
    return Held(table, source, day, through, is_removed, fields)


def format_choice(table: Table, name: str, value: str | None) -> str | None:
    """Return the label of a value of an enumeration, as the screen shows it; another value unchanged."""
    from ahtc_tui.store.tables.schema import metadata

    column = metadata.tables[table].columns.get(name)
    members = getattr(column.type, "enum_class", None) if column is not None else None
    if members is None or value not in {member.value for member in members}:
        return value
    return str(getattr(members(value), "label", value))


def _format_source(cursor: Cursor, table: Table, key: RowKey, row: dict[str, Any]) -> str:
    """Return reference and title of a record, or of its parent; of the details of a contact, those of the contact."""
    if table in PARTY_TABLES and table != "parties":
        table, row = "parties", read_fields(cursor, "parties", key, ("ref", "name"))
    if table in REFERENCED_TABLES and row.get("ref"):
        return " ".join(str(row[name]) for name in ("ref", "title", "name", "text") if row.get(name))[:160]
    parents = read_parents(cursor, table)
    for column in PARENT_COLUMNS:
        parent = parents.get(column)
        if not row.get(column) or parent is None:
            continue
        parent_table: Table = "parties" if parent in ("groups", "posts", "people", "organisations") else parent
        names = [
            name
            for name in ("ref", "title", "name", "subject", "text")
            if name in read_columns(cursor, parent_table).names
        ][:2]
        parent_row = cursor.execute(
            f"SELECT {', '.join(names)} FROM {parent_table} WHERE id = ?", (row[column],)
        ).fetchone()
        return " ".join(str(part) for part in parent_row if part)[:160]
    return ""


def _list_mentions(
    cursor: Cursor, scope: PersonScope, known_records: set[RecordKey], read_file: FileReader
) -> Iterator[Held]:
    """Yield records that name the person in a text only; of a file the lines that do."""
    for table in list_record_tables(cursor):
        for key, texts in read_texts(cursor, table, read_file):
            if "content" in texts:
                lines = texts["content"].splitlines()
                texts["content"] = "\n".join(line for line in lines if scope.mentions.is_named_in(line))
            mentions = tuple((name, text) for name, text in texts.items() if scope.mentions.is_named_in(text))
            if mentions and (table, key) not in known_records:
                record = describe_record(cursor, table, key, "")
                yield Held(f"mention: {table}", record.source, record.day, "text", record.removed, mentions)


def read_texts(cursor: Cursor, table: Table, read_file: FileReader) -> Iterator[tuple[RowKey, dict[str, str]]]:
    """Yield the filled texts of each record by column, of removed records too; of the file of a paper its text."""
    names = [name for name in list_text_columns(cursor, table) if name not in FILE_COLUMNS]
    listed = ", ".join(f'"{name}"' for name in ("id", *names))
    for row in cursor.execute(f'SELECT {listed} FROM "{table}"').fetchall():
        texts = {name: str(text) for name, text in zip(names, row[1:], strict=True) if text}
        if table in NAMED_FILE_TABLES:
            content = select_value(cursor, f"SELECT content FROM {table} WHERE id = ?", (row[0],))
            texts["content"] = "\n".join(read_file(texts["name"], content or ""))
        yield row[0], texts


def _list_journal(cursor: Cursor, table: Table, key: RowKey, posts: Mapping[str, str]) -> Iterator[Held]:
    """Yield the changes of the person's records; the post of who wrote them, not the account."""
    formatter = ValueFormatter(cursor, table)
    created_texts = {
        change_id: _format_created(formatter, value) for change_id, value in _read_created(cursor, table, key).items()
    }
    for (_seq, change_id), change_row in list_record_changes(cursor, table, key):
        new = created_texts.get(change_id) or change_row.new
        values = (
            ("by", format_writer(posts.get(change_row.user, ""))),
            ("step", format_step_label(change_row.step)),
            ("field", format_changed_field(change_row)),
            ("was", format_choice(table, change_row.field, change_row.old)),
            ("is", format_choice(table, change_row.field, new)),
        )
        fields = tuple((name, str(value)) for name, value in values if value)
        yield Held(
            "journal",
            format_record_noun(table, 1),
            change_row.at.date().isoformat(),
            change_row.at.isoformat(timespec="seconds"),
            False,
            fields,
        )


def _read_created(cursor: Cursor, table: Table, key: RowKey) -> dict[RowKey, str]:
    query = 'SELECT id AS key, value FROM change WHERE "table" = ? AND row_id = ? AND field = ?'
    return select_mapping(cursor, query, (table, key, ROW))


def _format_created(formatter: ValueFormatter, value: str) -> str:
    values = decode_value(value) or {}
    texts = ((format_field(name), formatter.format_value(name, item)) for name, item in values.items())
    return "; ".join(f"{label}: {text}" for label, text in texts if text)


def list_other_people(cursor: Cursor, scope: PersonScope) -> list[str]:
    """Return the names of all other persons, with former and later ones."""
    query = f"""SELECT p.name AS key, p.id AS value FROM parties p WHERE p.kind = 'person' AND NOT p.deleted
 UNION ALL SELECT l.name, p.id FROM {OTHER_NAMES} l JOIN parties p ON p.id = l.party
 WHERE p.kind = 'person' AND NOT p.deleted ORDER BY 1"""
    return [name for name, keys in select_groups(cursor, query).items() if not set(keys) <= set(scope.keys)]
