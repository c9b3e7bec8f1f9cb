"""Erasure of a person from tables, journal, steps and search index, in one transaction.

Only this module drops the triggers that keep the journal append-only, and restores them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import ErasedRow, ErasureEffect, UndecidedText
from ahtc_tui.domain.privacy.person_mentions import ANONYMOUS_PERSON, PersonMentions, fold_text
from ahtc_tui.store.engine.integrity_check import GUARD_TRIGGERS
from ahtc_tui.store.journal import parked_lines
from ahtc_tui.store.journal.chain import (
    CHANGE_COLUMNS,
    CONFIRMED,
    KEEP_PLACES,
    StoredChange,
    compute_redacted_digest,
)
from ahtc_tui.store.journal.desk_people import find_accounts, forget_desk_people
from ahtc_tui.store.journal.record_state import resolve_state
from ahtc_tui.store.journal.replay import DELETED, ROW, decode_value, find_heads, parse_change
from ahtc_tui.store.journal.screen_state import forget_list_places, store_texts
from ahtc_tui.store.privacy.erasure_register import PERSON_TABLES, read_salt
from ahtc_tui.store.privacy.erasure_scope import PARTS, PersonScope, list_own_records, list_text_columns
from ahtc_tui.store.privacy.redaction import FILE_FIELDS, FileRewriter, RedactionRule
from ahtc_tui.store.records.columns import compute_columns, list_record_tables, read_columns
from ahtc_tui.store.records.cursor import RecordKey, Table, build_placeholders
from ahtc_tui.store.records.fields import read_device
from ahtc_tui.store.records.rows import select_column, select_mapping, select_rows, select_value
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

PAGE_SIZE = 20_000
"""Rows of the journal in one query."""


class JournalRow(NamedTuple):
    """A change of one record as the journal stores it."""

    change_id: RowKey
    field: str
    value: str | None
    parents: str


class PersonErasure:
    """One erasure with its counts; without a ledger it only counts."""

    def __init__(
        self, cursor: Cursor, scope: PersonScope, rewrite_file: FileRewriter, ledger: Ledger | None = None
    ) -> None:
        self._cursor, self._scope, self._ledger = cursor, scope, ledger
        self._rule = RedactionRule(cursor, scope, rewrite_file)
        self._redaction = f"salt = NULL, erased_by = coalesce(erased_by, x'{scope.erased_key.hex()}')"
        self.rows: Counter[tuple[str, ErasureEffect]] = Counter()
        self.texts: list[ErasedRow] = []
        """Every text that is changed."""
        self.earlier_texts: list[ErasedRow] = []
        """Texts that only the history and conflicts show."""
        self.labels: list[ErasedRow] = []
        """Names of steps, authors and reasons that are changed."""
        self.dropped: list[RowKey] = []
        self.touched: list[RecordKey] = []
        """Records that are dropped, emptied or rewritten."""
        self.changed_lines = 0
        """Number of changes that are rewritten or deleted."""

    def run(self) -> None:
        """Run the erasure."""
        own_records = list_own_records(self._cursor, self._scope.keys)
        for table, key in self._find_touched(set(own_records)):
            self._rewrite_record(table, key)
        for table, key in own_records:
            self._empty_own_record(table, key)
        self._redact_steps()

    def redact_records(self, records: Iterable[RecordKey] | None) -> None:
        """Redact an erased person in these records, or in all, and in the steps."""
        selected = None if records is None else set(records)
        for table, key in self._find_touched(set()):
            if selected is None or (table, key) in selected:
                self._rewrite_record(table, key)
        self._redact_steps()

    def _find_touched(self, own_records: set[RecordKey]) -> list[RecordKey]:
        """Return the records of which a change may name the person, by key or in text."""
        loose = self._scope.mentions.quick_pattern
        records: dict[RecordKey, None] = {}
        last_rowid = 0
        while page := self._cursor.execute(
            'SELECT rowid, "table", row_id, value FROM change WHERE rowid > ? AND value IS NOT NULL'
            " ORDER BY rowid LIMIT ?",
            (last_rowid, PAGE_SIZE),
        ).fetchall():
            last_rowid = page[-1][0]
            for _n, table, key, value in page:
                if table in FILE_FIELDS or self._rule.has_key(value) or loose.search(fold_text(value)):
                    records[table, key] = None
        return [record for record in records if record not in own_records]

    def _rewrite_record(self, table: Table, key: RowKey) -> None:
        query = """SELECT id AS change_id, field, value, parents FROM change WHERE "table" = ? AND row_id = ?
 ORDER BY seq, wall_ms, id"""
        journal_rows = select_rows(self._cursor, JournalRow, query, (table, key))
        before = resolve_state(table, [parse_change(*journal_row) for journal_row in journal_rows]).values
        if self._rule.is_dropped(table, {**before, "id": key}):
            self._drop_record(table, key)
            return
        redacted_rows = [
            row._replace(value=row.value and self._rule.redact_change(table, key, row.field, row.value, before))
            for row in journal_rows
        ]
        if redacted_rows == journal_rows:
            return
        after = resolve_state(table, [parse_change(*journal_row) for journal_row in redacted_rows]).values
        self._count_changes(table, before, after)
        self.earlier_texts += [
            text
            for redacted, row in zip(redacted_rows, journal_rows, strict=True)
            if row.value and redacted.value and redacted != row
            for text in self._list_changed_texts(table, row.field, row.value, redacted.value)
            if before.get(text.field) == after.get(text.field)
        ]
        changed = [
            (redacted.value, redacted.change_id)
            for redacted, row in zip(redacted_rows, journal_rows, strict=True)
            if redacted != row
        ]
        self.changed_lines += len(changed)
        self.touched.append((table, key))
        if self._ledger is not None:
            self._cursor.executemany(f"UPDATE change SET value = ?, {self._redaction} WHERE id = ?", changed)
            self._update_table(self._ledger, table, key, redacted_rows, after)

    def _update_table(
        self, ledger: Ledger, table: Table, key: RowKey, journal_rows: list[JournalRow], values: dict[str, Any]
    ) -> None:
        """Project the rewritten journal; a row without a party gets a text instead."""
        filler = self._rule.find_filler(table, values)
        if filler:
            field_heads = find_heads([parse_change(*journal_row) for journal_row in journal_rows], filler[0])
            ledger.log_change(table, key, filler[0], filler[1], tuple(change.id for change, _value in field_heads))
            values = {**values, filler[0]: filler[1]}
        table_columns = read_columns(self._cursor, table)
        column_values = {
            name: bytes.fromhex(values[name]) if name in table_columns.keys and values.get(name) else values.get(name)
            for name in table_columns.names
        }
        column_values |= compute_columns(table, column_values)
        names = ", ".join(f'"{name}" = ?' for name in column_values)
        self._cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', (*column_values.values(), key))

    def _count_changes(self, table: Table, before: dict[str, Any], after: dict[str, Any]) -> None:
        keys = read_columns(self._cursor, table).keys
        if any(before[name] != after.get(name) for name in before if name in keys):
            self.rows[table, ErasureEffect.REPLACED] += 1
        fields = [name for name in before if name not in keys and name != DELETED and before[name] != after.get(name)]
        if fields:
            self.rows[table, ErasureEffect.REDACTED] += 1
        for name in fields:
            if FILE_FIELDS.get(table) != name and isinstance(before[name], str):
                self.texts.append(ErasedRow(table, name, before[name], str(after.get(name))))

    def _list_changed_texts(self, table: Table, field: str, before: str, after: str) -> Iterator[ErasedRow]:
        """Yield the texts of one change of the journal that the erasure changes."""
        old, new = decode_value(before), decode_value(after)
        if field != ROW:
            old, new = {field: old}, {field: new}
        keys = read_columns(self._cursor, table).keys
        for name, text in old.items():
            is_text = isinstance(text, str) and name not in keys and FILE_FIELDS.get(table) != name
            if is_text and text != new.get(name):
                yield ErasedRow(table, name, text, str(new.get(name)))

    def _drop_record(self, table: Table, key: RowKey) -> None:
        """Delete a record that has no meaning without the person, with its journal."""
        self.rows[table, ErasureEffect.DROPPED] += 1
        self.touched.append((table, key))
        self.dropped.append(key)
        self._delete_journal(table, key)
        if self._ledger is not None:
            self._cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))

    def _delete_journal(self, table: Table, key: RowKey) -> None:
        count = self._cursor.execute('SELECT count(*) FROM change WHERE "table" = ? AND row_id = ?', (table, key))
        self.changed_lines += count.fetchone()[0]
        if self._ledger is not None:
            delete_changes(self._cursor, table, key)

    def _empty_own_record(self, table: Table, key: RowKey) -> None:
        """Replace a record of the person by an empty, removed one, to which others refer."""
        if table in PARTS:
            self._drop_record(table, key)
            return
        self.rows[table, ErasureEffect.DROPPED] += 1
        self.touched.append((table, key))
        self._delete_journal(table, key)
        if self._ledger is None:
            return
        row_values = dict(read_columns(self._cursor, table).defaults)
        if table == "parties":
            row_values |= {"ref": f"erased-{key.hex()[-12:]}", "kind": "person", "name": "erased"}
        created_id = self._ledger.log_change(table, key, ROW, row_values, ())
        self._ledger.log_change(table, key, DELETED, True, (created_id,))
        values = {name: row_values.get(name) for name in read_columns(self._cursor, table).names} | {"deleted": 1}
        names = ", ".join(f'"{name}" = ?' for name in values)
        self._cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', (*values.values(), key))

    def _redact_steps(self) -> None:
        """Redact the labels and users of steps, and forget whose account it was."""
        query = "SELECT ref FROM parties WHERE id = ?"
        refs = (select_value(self._cursor, query, (key,)) for key in self._scope.keys)
        named = (ref for ref in refs if ref and not ref.startswith("erased-"))
        extra_refs = tuple(filter(None, (self._scope.ref, *named)))
        mentions: PersonMentions = replace(
            self._scope.mentions, exact=tuple(dict.fromkeys((*self._scope.mentions.exact, *extra_refs))), _kept={}
        )
        own_accounts = find_accounts(self._cursor, mentions.is_named_in)
        if self._ledger is not None:
            forget_desk_people(self._cursor, mentions.is_named_in)
            forget_list_places(self._cursor)
            store_texts(self._cursor, {})
        for table, column in (("step", "label"), ("step", "user"), ("change", "user"), ("erasure", "ground")):
            texts = self._cursor.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
            for (text,) in texts:
                is_own_account = column == "user" and text in own_accounts
                redacted = ANONYMOUS_PERSON if is_own_account else mentions.replace_mentions(text, ANONYMOUS_PERSON)
                if redacted != text:
                    self.rows[table, ErasureEffect.REDACTED] += 1
                    self.labels.append(ErasedRow(table, column, text, redacted))
                    if self._ledger is not None:
                        values = f"{column} = ?, {self._redaction}" if table == "change" else f"{column} = ?"
                        self._cursor.execute(f"UPDATE {table} SET {values} WHERE {column} = ?", (redacted, text))

    def find_leftovers(self, words: list[str]) -> list[UndecidedText]:
        """Return the texts with one of the words that would remain, and those of issued documents that keep a post."""
        word_mentions = PersonMentions((), (), (), (), tuple(words))
        leftovers = [*self._rule.kept_posts]
        for table, key, field, value in self._find_texts(words):
            after = self._rule.redact_text(value, self._rule.find_replacement(table, key))
            if word_mentions.is_named_in(after):
                leftovers.append(UndecidedText(table, field, after))
        return list(dict.fromkeys(leftovers))

    def _find_texts(self, words: list[str]) -> list[tuple[Table, RowKey, str, str]]:
        texts: list[tuple[Table, RowKey, str, str]] = []
        for table in list_record_tables(self._cursor):
            if table in PERSON_TABLES or table == "issues":
                continue
            for column in list_text_columns(self._cursor, table):
                if FILE_FIELDS.get(table) == column:
                    continue
                for word in words:
                    query = f"""SELECT id AS key, "{column}" AS value FROM "{table}"
 WHERE instr(lower("{column}"), lower(?))"""
                    matches = select_mapping(self._cursor, query, (word,))
                    texts += [(table, key, column, value) for key, value in matches.items()]
        return texts


def delete_changes(cursor: Cursor, table: Table, key: RowKey) -> None:
    """Delete the changes of an erased record; their places in the chains remain."""
    cursor.execute(f'{KEEP_PLACES} WHERE "table" = ? AND row_id = ?', (table, key))
    cursor.execute('DELETE FROM change WHERE "table" = ? AND row_id = ?', (table, key))


def cut_step_labels(cursor: Cursor, key: RowKey) -> None:
    """Leave the words of a record out of the names of the steps that wrote it: they follow a colon."""
    cursor.execute(
        """UPDATE step SET label = substr(label, 1, instr(label, ':') - 1) WHERE instr(label, ':') > 1
 AND id IN (SELECT "transaction" FROM change WHERE row_id = ?)""",
        (key,),
    )


def drop_guards(cursor: Cursor) -> list[str]:
    """Drop the triggers of the journal; return the statements that restore them."""
    names = build_placeholders(GUARD_TRIGGERS)
    query = f"SELECT name AS key, sql AS value FROM sqlite_master WHERE name IN ({names})"
    triggers = select_mapping(cursor, query, tuple(GUARD_TRIGGERS))
    for name in triggers:
        cursor.execute(f"DROP TRIGGER {name}")
    return list(triggers.values())


@contextmanager
def without_guards(cursor: Cursor) -> Iterator[None]:
    """Drop the triggers of the journal inside the block; at an exception the rollback restores them."""
    triggers = drop_guards(cursor)
    yield
    for trigger in triggers:
        cursor.execute(trigger)


def erase_scope(
    ledger: Ledger, scope: PersonScope, rewrite_file: FileRewriter, day: str, ground: str, marks: list[str]
) -> PersonErasure:
    """Erase a person in a step; the caller writes the register file and compacts the database."""
    cursor = ledger.cursor
    ledger.store_step()
    parked_lines.drop_lines(cursor)
    erasure = PersonErasure(cursor, scope, rewrite_file, ledger)
    with without_guards(cursor):
        erasure.run()
    rows = [(key, day, ground, json.dumps(marks)) for key in scope.keys]
    cursor.executemany("INSERT OR REPLACE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)", rows)
    record_dropped(cursor, erasure.dropped, scope.keys[0])
    confirm_redactions(ledger, scope.erased_key)
    index.rebuild_index(cursor)
    return erasure


def confirm_redactions(ledger: Ledger, person: RowKey) -> None:
    """Commit to the redacted text of each change of this laptop, in places of an erased person after its chain.

    A copy that never had the first words of a change takes the redacted ones where the laptop that wrote it did so:
    whoever forges such a place forges the chain of that laptop.
    """
    cursor = ledger.cursor
    salt = read_salt(cursor, create=True) or b""
    device = read_device(cursor)
    query = f"SELECT {CHANGE_COLUMNS} FROM change WHERE salt IS NULL AND device = ?"
    digests = [compute_redacted_digest(salt, row) for row in select_rows(cursor, StoredChange, query, (device,))]
    query = "SELECT digest FROM missing_change WHERE device = ? AND field = ?"
    known = set(select_column(cursor, query, (device, CONFIRMED)))
    for digest in digests:
        if digest not in known:
            ledger.log_place("parties", person, CONFIRMED, digest)


def record_dropped(cursor: Cursor, keys: Iterable[RowKey], person: RowKey) -> None:
    """Record that these rows were erased with a person, so that no other copy brings them again."""
    cursor.executemany(
        "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks)"
        " SELECT ?, erased_on, 'with a person', '[]' FROM erasure WHERE row_id = ?",
        [(key, person) for key in keys],
    )
