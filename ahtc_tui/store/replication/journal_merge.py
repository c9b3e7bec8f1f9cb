"""Two journals become one: the lines that are missing here go in, and every record that they touch is folded anew.

A union of sets: twice, in part, or in another order it comes to the same. Runs within one transaction; says what became
of each record, and decides nothing that is a person's to decide.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from ahtc_tui.domain.errors import BadFile
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine.integrity_check import GUARDS
from ahtc_tui.store.journal.devices import take_new
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.journal.projection import Row, State, Tables, shared_numbers
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erased_addresses import found_in, learn, learn_scope
from ahtc_tui.store.privacy.erasure import Erasing, unguarded
from ahtc_tui.store.privacy.erasure_register import erased_keys, set_pending
from ahtc_tui.store.privacy.erasure_scope import Scope, scope
from ahtc_tui.store.replication import merge_log, merge_rules, peer_database
from ahtc_tui.store.replication.compensating_changes import again, rows_of
from ahtc_tui.store.replication.merge_rules import Pair, Sides

if TYPE_CHECKING:
    from ahtc_tui.store.privacy.redaction import Docx
    from ahtc_tui.store.records.cursor import Cursor

Erase = Callable[[Ledger, Scope, str], object]
"""Erases a person on a day; the services know how."""

BULK = 1000
"""Records from which on the search index is quicker made anew than brought up to date."""


@dataclass
class JournalMerge:
    """What two journals come to."""

    ledger: Ledger
    there: Cursor
    path: Path
    erase: Erase
    docx: Docx
    sides: Sides = field(default_factory=lambda: Sides([], []))
    theirs: set[bytes] = field(default_factory=set)
    """Every line of the other journal."""
    before: dict[Row, dict[str, Any] | None] = field(default_factory=dict)
    """Each record that was touched, as its table held it; None for one that came in."""
    states: dict[Row, State] = field(default_factory=dict)
    renamed: dict[Row, str] = field(default_factory=dict)
    held: set[Row] = field(default_factory=set)
    kept: set[Row] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)
    again: set[Row] = field(default_factory=set)
    """Records of a merge that was taken back and is done once more."""
    erased: int = 0
    """How many persons were erased here because they were erased there."""
    learnt: bool = False
    """Whether the other journal knows an address of somebody who was erased that this one did not know."""
    same_device: bool = False
    anything: bool = False

    def run(self) -> None:
        """Everything, in the order in which one thing needs the other."""
        cursor = self.ledger.cursor
        self.tables = Tables(cursor)
        ours, self.theirs = peer_database.change_ids(cursor), peer_database.change_ids(self.there)
        self._new_device(ours)
        scopes = self._erase_here()
        ours = peer_database.change_ids(cursor) if self.erased else ours
        erased = erased_keys(cursor)
        missing = [line for line in peer_database.lines(self.there, self.theirs - ours) if line.row not in erased]
        here = [line for line in peer_database.lines(cursor, ours - self.theirs) if line.row not in erased]
        self.sides = Sides(here, missing)
        undone = [one for one in merge_log.undone(cursor) if one[2] & self.theirs]
        peer_database.refuse_unreadable(cursor, missing, self.path)
        peer_database.take_in(cursor, self.there, missing)
        if not (missing or undone or self.learnt):
            return
        self.anything = True
        step = self.ledger.stand()
        made = {line.table for lines in self.sides for line in lines if line.field == ROW}
        shared = shared_numbers(cursor, self.there, made)
        self._touch({(line.table, line.row) for line in missing})
        brought = {line.id for line in missing}
        for merge, reversals, lines in undone:
            self._touch(rows_of(cursor, lines))
            self.again |= again(self.ledger, reversals, lines)
            self._touch(self.again)
            brought |= lines
            merge_log.forget(cursor, merge)
        merge_log.keep(cursor, step, brought)
        self._judge()
        self._finish_erasing(scopes)
        if self.tables.number_anew(shared, shared) or len(self.states) > BULK:
            self.ledger.reindex()

    def _judge(self) -> None:
        """Apply the rules that span records, then bring the tables up to the journal."""
        ledger, sides = self.ledger, self.sides
        self.held = merge_rules.keep_agreed(ledger, sides)
        self.kept = merge_rules.keep_parents(ledger, sides)
        gone, self.pairs = merge_rules.alike(ledger, sides)
        self._touch(self.held | self.kept | gone)
        self.fold(self.before)
        self.renamed = merge_rules.unshare(ledger, self.tables, self.states, set())
        self._touch(self.renamed)
        self.fold(self.renamed)
        self._project()

    def _project(self) -> None:
        """Write the records. Raises BadFile where the tables refuse what the other journal says."""
        try:
            self.tables.project(self.states)
        except dbapi2.IntegrityError as error:
            sentence = _("{path}: its journal says what no desk writes ({fault}). Nothing was changed.")
            raise BadFile(sentence.format(path=self.path, fault=error)) from error
        for table in {row[0] for row in self.states}:
            lost = self.ledger.cursor.execute(f'PRAGMA foreign_key_check("{table}")').fetchone()
            if lost:
                sentence = _(
                    "{path}: its journal names a record of {table} that it does not have. Nothing was changed."
                )
                raise BadFile(sentence.format(path=self.path, table=lost[2]))

    def fold(self, rows: Iterable[Row]) -> None:
        """Fold records anew."""
        for row in rows:
            self.states[row] = self.tables.state(row)

    def settle(self, rows: Iterable[Row]) -> None:
        """Bring tables up to what was decided after the union."""
        rows = list(rows)
        self._touch(rows)
        self.fold(rows)
        self.tables.project({row: self.states[row] for row in rows})

    def _touch(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row not in self.before:
                self.before[row] = self.tables.held(row)
                self.ledger.touch(*row)

    def _new_device(self, ours: set[bytes]) -> None:
        """Two copies that go by one name, and both wrote: this one takes a name of its own, so undo knows its own."""
        cursor = self.ledger.cursor
        same = peer_database.setting(cursor, "device") == peer_database.setting(self.there, "device")
        if same and self.theirs - ours:
            self.same_device = True
            take_new(cursor, ())

    def _erase_here(self) -> list[Scope]:
        """Erase here whoever was erased there; returns everybody whose name may still come in."""
        cursor = self.ledger.cursor
        query = "SELECT row_id, erased_on, ground, marks FROM erasure"
        ours = {line[0]: line for line in cursor.execute(query)}
        theirs = {line[0]: line for line in self.there.execute(query)}
        scopes = [
            scope(self.there, key)
            for key, line in ours.items()
            if line[3] != "[]" and key not in theirs and _is_person(self.there, key)
        ]
        new = [line for key, line in theirs.items() if key not in ours]
        known = {key for key, line in ours.items() if line[3] != "[]"}
        for key, day, _ground, marks in new:
            erased = cursor.execute("SELECT 1 FROM erasure WHERE row_id = ?", (key,)).fetchone()
            if marks != "[]" and not erased and _is_person(cursor, key):
                self.erase(self.ledger, scope(cursor, key), day)
                self.erased += 1
        for whole in scopes:
            self.learnt |= learn_scope(cursor, whole)
        for key in known & theirs.keys():
            self.learnt |= learn(cursor, key, json.loads(theirs[key][3]))
        if new or ours:
            self._adopt(new, known <= theirs.keys())
        return scopes

    def _adopt(self, new: list[tuple[Any, ...]], clean: bool) -> None:
        """Lines that both have say what the side that erased says; rows that went with a person go here as well.

        `clean` says that nobody stands there who was erased here.
        """
        cursor = self.ledger.cursor
        query = "SELECT id, value, user FROM change"
        ours = {key: said for key, *said in cursor.execute(query)}
        differing = {key: said for key, *said in self.there.execute(query) if key in ours and ours[key] != said}
        if not (differing or new):
            return
        guards = unguarded(cursor)
        if clean:
            changed = [(*said, key) for key, said in differing.items() if self.erased or str(said) < str(ours[key])]
            cursor.executemany("UPDATE change SET value = ?, user = ? WHERE id = ?", changed)
            self._touch(rows_of(cursor, (key for *_said, key in changed)))
        for key, day, ground, marks in new:
            cursor.execute(
                "INSERT OR IGNORE INTO erasure (row_id, erased_on, ground, marks) VALUES (?, ?, ?, ?)",
                (key, day, ground, marks),
            )
            if marks == "[]":
                self._drop(key)
            else:
                learn(cursor, key, json.loads(marks))
                self.learnt = True
        for statement in guards:
            cursor.execute(statement)
        assert len(guards) == len(GUARDS)

    def _drop(self, key: bytes) -> None:
        cursor = self.ledger.cursor
        for (table,) in cursor.execute('SELECT DISTINCT "table" FROM change WHERE row_id = ?', (key,)).fetchall():
            cursor.execute('DELETE FROM change WHERE "table" = ? AND row_id = ?', (table, key))
            cursor.execute(f'DELETE FROM "{table}" WHERE id = ?', (key,))
            self.ledger.reindex()

    def _finish_erasing(self, scopes: list[Scope]) -> None:
        """Take whoever was erased here out of what came in."""
        cursor = self.ledger.cursor
        query = "SELECT value FROM change WHERE value GLOB '*@*'"
        texts = [line.value for line in self.sides.there]
        if self.learnt:
            texts = [text for (text,) in cursor.execute(query).fetchall()]
        found = found_in(cursor, texts)
        if not (scopes or found):
            return
        guards = unguarded(cursor)
        came = {(line.table, line.row) for line in self.sides.there}
        for whole in scopes:
            Erasing(cursor, whole, self.docx, self.ledger).run_on(came)
        if found:
            Erasing(cursor, found, self.docx, self.ledger).run_on(None if self.learnt else came)
        for statement in guards:
            cursor.execute(statement)
        self.fold(self.states)
        set_pending(cursor)
        self.ledger.reindex()


def _is_person(cursor: Cursor, key: bytes) -> bool:
    """Whether a journal still knows who this was."""
    return (
        cursor.execute("SELECT 1 FROM parties WHERE id = ? AND ref NOT GLOB 'erased-*'", (key,)).fetchone() is not None
    )
