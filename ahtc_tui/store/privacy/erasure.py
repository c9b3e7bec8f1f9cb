"""Erasing a person: from tables, journal, names of steps and index, in one transaction. Never from files.

The journal is otherwise append-only; this is the one place that takes its guards away, and puts them back.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.privacy.data_protection import ErasedRow, Left
from ahtc_tui.domain.privacy.person_mentions import SOMEBODY, Mentions, fold
from ahtc_tui.store.engine.integrity_check import GUARDS
from ahtc_tui.store.journal.record_state import standing
from ahtc_tui.store.journal.replay import DELETED, ROW, entry, heads_of
from ahtc_tui.store.privacy.erasure_scope import OWN, Scope, own_rows, text_columns
from ahtc_tui.store.privacy.redaction import Docx, Rewriting
from ahtc_tui.store.records.columns import columns, record_tables
from ahtc_tui.store.records.computed_columns import derived_values
from ahtc_tui.store.search import index

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.records.cursor import Cursor

Lines = list[tuple[bytes, str, str | None, str]]
"""Of one record: id, field, value and parents of each line of its journal, in order."""

PAGE = 20_000
"""Rows of the journal that are read at once."""


class Erasing:
    """One erasure, counted as it goes; without a ledger it only counts."""

    def __init__(self, cursor: Cursor, scope: Scope, docx: Docx, ledger: Ledger | None = None) -> None:
        self._cursor, self._scope, self._ledger = cursor, scope, ledger
        self._rule = Rewriting(cursor, scope, docx)
        self.rows: Counter[tuple[str, str]] = Counter()
        """How many rows of a table `go`, name a `post` or nobody, or get other `words`."""
        self.texts: list[ErasedRow] = []
        """Every text that gets other words."""
        self.dropped: list[bytes] = []
        self.lines = 0
        """Lines of the journal that are rewritten or go."""

    def run(self) -> None:
        """Everything, in the order in which one thing needs the other."""
        own = own_rows(self._cursor, self._scope.keys)
        for table, key in self._touched(set(own)):
            self._rewrite(table, key)
        for table, key in own:
            self._own(table, key)
        self._steps()

    def run_on(self, rows: Iterable[tuple[str, bytes]] | None) -> None:
        """Take who was erased here out of records that came in since, or out of all, and out of the names of steps."""
        came = None if rows is None else set(rows)
        for table, key in self._touched(set()):
            if came is None or (table, key) in came:
                self._rewrite(table, key)
        self._steps()

    def _touched(self, own: set[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
        """Records of which a line of the journal may name the person, by key or in words."""
        loose = self._scope.mentions.loose
        found: dict[tuple[str, bytes], None] = {}
        at = 0
        while page := self._cursor.execute(
            'SELECT rowid, "table", row_id, value FROM change WHERE rowid > ? AND value IS NOT NULL'
            " ORDER BY rowid LIMIT ?",
            (at, PAGE),
        ).fetchall():
            at = page[-1][0]
            for _n, table, key, value in page:
                if table == "issues" or self._rule.touches(value) or loose.search(fold(value)):
                    found[table, key] = None
        return [row for row in found if row not in own]

    def _rewrite(self, table: str, key: bytes) -> None:
        lines: Lines = self._cursor.execute(
            'SELECT id, field, value, parents FROM change WHERE "table" = ? AND row_id = ? ORDER BY seq, wall_ms, id',
            (table, key),
        ).fetchall()
        before = standing(table, [entry(*line) for line in lines]).values
        if self._rule.goes(table, {**before, "id": key}):
            self._drop(table, key)
            return
        new: Lines = [
            (change, field, value and self._rule.journal_value(table, key, field, value, before), parents)
            for change, field, value, parents in lines
        ]
        if new == lines:
            return
        after = standing(table, [entry(*line) for line in new]).values
        self._count(table, before, after)
        changed = [(value, change) for (change, _f, value, _p), old in zip(new, lines, strict=True) if value != old[2]]
        self.lines += len(changed)
        if self._ledger is not None:
            self._cursor.executemany("UPDATE change SET value = ? WHERE id = ?", changed)
            self._project(self._ledger, table, key, new, after)

    def _project(self, ledger: Ledger, table: str, key: bytes, lines: Lines, values: dict[str, Any]) -> None:
        """Bring the table up to the rewritten journal; a row that would name nobody says so in words."""
        filler = self._rule.filler(table, values)
        if filler:
            seen = heads_of([entry(*line) for line in lines], filler[0])
            ledger.log(table, key, filler[0], filler[1], tuple(one.id for one, _value in seen))
            values = {**values, filler[0]: filler[1]}
        known = columns(self._cursor, table)
        stored = {
            name: bytes.fromhex(values[name]) if name in known.keys and values.get(name) else values.get(name)
            for name in known.names
        }
        stored |= derived_values(table, stored)
        names = ", ".join(f'"{name}" = ?' for name in stored)
        self._cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', (*stored.values(), key))

    def _count(self, table: str, before: dict[str, Any], after: dict[str, Any]) -> None:
        keys = columns(self._cursor, table).keys
        if any(before[name] != after.get(name) for name in before if name in keys):
            self.rows[table, "post"] += 1
        said = [name for name in before if name not in keys and name != DELETED and before[name] != after.get(name)]
        if said:
            self.rows[table, "words"] += 1
        for name in said:
            if not (table == "issues" and name == "docx") and isinstance(before[name], str):
                self.texts.append(ErasedRow(table, name, before[name], str(after.get(name))))

    def _drop(self, table: str, key: bytes) -> None:
        """A row that says nothing without the person goes with its journal."""
        self.rows[table, "go"] += 1
        self.dropped.append(key)
        self._forget(table, key)
        if self._ledger is not None:
            self._cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))

    def _forget(self, table: str, key: bytes) -> None:
        count = self._cursor.execute('SELECT count(*) FROM change WHERE "table" = ? AND row_id = ?', (table, key))
        self.lines += count.fetchone()[0]
        if self._ledger is not None:
            self._cursor.execute('DELETE FROM change WHERE "table" = ? AND row_id = ?', (table, key))

    def _own(self, table: str, key: bytes) -> None:
        """The rows of the person: the names go; of the rest an empty, removed row stays for what points to it."""
        if table == "aliases":
            self._drop(table, key)
            return
        self.rows[table, "go"] += 1
        self._forget(table, key)
        if self._ledger is None:
            return
        kept = {"ref": f"erased-{key.hex()[-12:]}", "kind": "person", "name": "erased"} if table == "parties" else {}
        said = columns(self._cursor, table).defaults | kept
        made = self._ledger.log(table, key, ROW, said, ())
        self._ledger.log(table, key, DELETED, True, (made,))
        values = {name: said.get(name) for name in columns(self._cursor, table).names} | {"deleted": 1}
        names = ", ".join(f'"{name}" = ?' for name in values)
        self._cursor.execute(f'UPDATE "{table}" SET {names} WHERE id = ?', (*values.values(), key))

    def _steps(self) -> None:
        """The names of steps, and of whoever wrote, where they name the person."""
        refs = [
            self._cursor.execute("SELECT ref FROM parties WHERE id = ?", (key,)).fetchone() for key in self._scope.keys
        ]
        named = (ref for (ref,) in refs if not ref.startswith("erased-"))
        told = tuple(filter(None, (self._scope.ref, *named)))
        mentions: Mentions = replace(
            self._scope.mentions, exact=tuple(dict.fromkeys((*self._scope.mentions.exact, *told))), _kept={}
        )
        for table, column in (("step", "label"), ("step", "user"), ("change", "user"), ("erasure", "ground")):
            said = self._cursor.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
            for (text,) in said:
                new = mentions.without(text, SOMEBODY)
                if new != text:
                    self.rows[table, "words"] += 1
                    if self._ledger is not None:
                        self._cursor.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, text))

    def left(self, words: list[str]) -> list[Left]:
        """Texts that hold one of the words and would stay: to be looked at by somebody."""
        looked = Mentions((), (), (), (), tuple(words))
        found = []
        for table, key, field, value in self._standing(words):
            after = self._rule.text(value, self._rule.words(table, key))
            if looked.names_in(after):
                found.append(Left(table, field, after))
        return list(dict.fromkeys(found))

    def _standing(self, words: list[str]) -> list[tuple[str, bytes, str, str]]:
        found = []
        for table in record_tables(self._cursor):
            if table in OWN or table == "issues":
                continue
            for column in text_columns(self._cursor, table):
                for word in words:
                    lines = self._cursor.execute(
                        f'SELECT id, "{column}" FROM "{table}" WHERE instr(lower("{column}"), lower(?))', (word,)
                    )
                    found += [(table, key, column, value) for key, value in lines.fetchall()]
        return found


def unguarded(cursor: Cursor) -> list[str]:
    """Take the guards of the journal away; returns the statements that put them back."""
    marks = ", ".join("?" * len(GUARDS))
    found = cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN ({marks})", tuple(GUARDS)).fetchall()
    for name, _sql in found:
        cursor.execute(f"DROP TRIGGER {name}")
    return [sql for _name, sql in found]


def erase(ledger: Ledger, scope: Scope, docx: Docx, day: str, ground: str, marks: list[str]) -> Erasing:
    """Erase a person within a step. The caller stores the marks in the list outside, and compacts the file."""
    cursor = ledger.cursor
    ledger.stand()
    guards = unguarded(cursor)
    act = Erasing(cursor, scope, docx, ledger)
    act.run()
    for statement in guards:
        cursor.execute(statement)
    rows = [(key, day, ground, json.dumps(marks)) for key in scope.keys]
    rows += [(key, day, "with a person", "[]") for key in act.dropped]
    cursor.executemany("INSERT OR REPLACE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)", rows)
    index.rebuild(cursor)
    return act
