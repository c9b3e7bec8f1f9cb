"""What two laptops wrote apart and nobody decided yet, read from the journal. Writes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.record_names import record_words
from ahtc_tui.domain.replication.conflicts import Conflict, Said, Why, conflict_field
from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.minutes_lock import OF_MEETING
from ahtc_tui.store.journal.projection import Row, State, Tables
from ahtc_tui.store.journal.queries import PARTS, WITH_REF, Words
from ahtc_tui.store.journal.replay import DELETED, HELD, Entry, candidates, fold, heads_of
from ahtc_tui.store.replication import merge_log

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

ROOM = 12
"""Hex letters of the name of a conflict."""

BELONGS = {part: (table, column) for table, parts in PARTS.items() for part, column in parts}
"""Tables whose records go by the reference of another."""


class Side(NamedTuple):
    """One of two values, with the line that says it."""

    value: Any
    line: bytes


class Open(NamedTuple):
    """A conflict with what deciding it needs."""

    row: Row
    field: str
    ours: Side
    theirs: Side
    shown: Conflict


class Reading:
    """The conflicts of one copy of the database."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.tables = Tables(cursor)

    @cached_property
    def came(self) -> dict[bytes, int]:
        """Each line that came by a merge to the place of that in the journal."""
        found: dict[bytes, int] = {}
        for _step, seq, lines in merge_log.all_of(self.cursor):
            for line in lines:
                found.setdefault(line, seq)
        return found

    def came_with(self, one: Open, lines: set[bytes]) -> bool:
        """Whether one of these lines, of a record in question, ever came here by a merge."""
        rows = [one.row, (one.row[0], one.theirs.value)] if not one.field else [one.row]
        return any(
            entry.id in lines and entry.id in self.came for row in rows for entry in row_changes(self.cursor, *row)
        )

    def of_row(self, row: Row) -> Iterator[Open]:
        """The conflicts of one record."""
        entries = row_changes(self.cursor, *row)
        if not entries:
            return
        folded = self.tables.state(row).folded
        if folded.values[DELETED] and not folded.values.get(HELD):
            return
        for field in sorted(folded.conflicts):
            if folded.values.get(HELD) and field != HELD:
                continue
            if (one := self._field(row, field, entries)) is not None:
                yield one

    def _field(self, row: Row, field: str, entries: list[Entry]) -> Open | None:
        heads = [Side(value, one.id) for one, value in heads_of(entries, field)]
        why = Why.WRITTEN
        if field == HELD:
            made = entries[0]
            heads, why = [Side(True, heads[-1].line), Side(False, made.id)], Why.HELD
        elif field == DELETED:
            heads, why = _removal(entries, heads), Why.REMOVED
        sides = self._sides(heads, entries)
        if sides is None:
            return None
        if why is not Why.REMOVED and row[0] in OF_MEETING and self._is_agreed(row):
            why = Why.AGREED
        ours, theirs = (sides[1], sides[0]) if field == HELD and not sides[0].value else sides
        return Open(row, field, ours, theirs, self._conflict(row, field, (ours, theirs), entries, why))

    def _sides(self, heads: list[Side], entries: list[Entry]) -> tuple[Side, Side] | None:
        """Of the values that stand beside each other what was here first, and the latest other one."""
        if not heads:
            return None
        origins = [self.origin(side, entries) for side in heads]
        place = {side.line: (self.came.get(origins[number], 0), number) for number, side in enumerate(heads)}
        ours = min(heads, key=lambda side: (place[side.line][0], -place[side.line][1]))
        others = [side for side in heads if side.value != ours.value]
        return (ours, others[-1]) if others else None

    def origin(self, side: Side, entries: list[Entry]) -> bytes:
        """The line that said it first, where an undo, a redo or a merge only said it again."""
        if not self._repeats(side.line):
            return side.line
        by_id = {one.id: one for one in entries}
        field = by_id[side.line].field
        due, seen = [side.line], {side.line}
        while due:
            for parent in by_id[due.pop()].parents - seen:
                if parent not in by_id:
                    return parent
                seen.add(parent)
                due.append(parent)
        told = candidates((one for one in entries if one.id in seen), field)
        return next((one.id for one, value in told if value == side.value), side.line)

    def _repeats(self, line: bytes) -> bool:
        found = self.cursor.execute(
            'SELECT s.kind, s.id FROM step s JOIN change c ON c."transaction" = s.id WHERE c.id = ?', (line,)
        ).fetchone()
        return bool(found) and (found[0] in ("undo", "redo") or found[1] in self._merges)

    @cached_property
    def _merges(self) -> set[bytes]:
        return {step for step, _seq, _lines in merge_log.all_of(self.cursor)}

    def _is_agreed(self, row: Row) -> bool:
        query = f'SELECT m.minutes_state FROM meetings m JOIN "{row[0]}" r ON r.meeting = m.id WHERE r.id = ?'
        found = self.cursor.execute(query, (row[1],)).fetchone()
        return bool(found and found[0] == "agreed")

    def _conflict(self, row: Row, field: str, sides: tuple[Side, Side], entries: list[Entry], why: Why) -> Conflict:
        table = row[0]
        ref, title = self.label(row)
        ours, theirs = (self._words(table, field, side.value, entries) for side in sides)
        shown = self.tables.state(row).folded.values.get(field)
        kind = record_words(table, 1)
        base = None if field in (DELETED, HELD) else _base(entries, field, [side.line for side in sides])
        return Conflict(
            name_of(table, row[1].hex(), field, *sorted(json.dumps(side.value) for side in sides)),
            ref,
            kind,
            table,
            conflict_field(kind, field, own_ref=table in WITH_REF),
            ours,
            theirs,
            self._words(table, field, base, entries) if base is not None else None,
            self._words(table, field, shown, entries),
            self.said(self.origin(sides[0], entries)),
            self.said(self.origin(sides[1], entries)),
            why,
            title,
        )

    def _words(self, table: str, field: str, value: Any, entries: list[Entry]) -> str | None:
        if field == HELD:
            values = fold(entries).values
            return _("out of sight") if value else str(values.get("text") or values.get("title") or _("there"))
        if field == DELETED:
            return _("removed") if value else _("kept")
        return Words(self.cursor, table).of(field, value)

    def said(self, line: bytes) -> Said | None:
        """Who wrote a line, and when."""
        found = self.cursor.execute("SELECT user, device, wall_ms FROM change WHERE id = ?", (line,)).fetchone()
        return Said(found[0], found[1], datetime.fromtimestamp(found[2] / 1000, UTC)) if found else None

    def label(self, row: Row) -> tuple[str, str | None]:
        """The reference that a record goes by, its own or that of what it belongs to, and what it is called."""
        table, key = row
        values = self.tables.held(row) or {}
        title = next((str(values[name]) for name in ("title", "name", "text", "subject") if values.get(name)), None)
        if values.get("ref"):
            return values["ref"], title
        if table in BELONGS:
            parent, column = BELONGS[table]
            above = key if column == "id" else values.get(column)
            found = self.cursor.execute(f'SELECT ref FROM "{parent}" WHERE id = ?', (above,)).fetchone()
            if found:
                return found[0], title
        return record_words(table, 1), title


def _removal(entries: list[Entry], heads: list[Side]) -> list[Side]:
    """The removal beside the latest write that it had not seen, or beside a restoring."""
    gone = [side for side in heads if side.value]
    if len({side.value for side in heads}) > 1 or not gone:
        return heads
    seen = {parent for one in entries if one.field == DELETED for parent in one.parents}
    unseen = [one for one in entries if one.field != DELETED and one.id not in seen]
    return [*gone[-1:], *(Side(False, one.id) for one in unseen[-1:])]


def _base(entries: list[Entry], field: str, lines: list[bytes]) -> Any:
    """What both lines had replaced, at whatever distance."""
    said = {one.id: (place, one, value) for place, (one, value) in enumerate(candidates(entries, field))}
    above = []
    for line in lines:
        due, seen = [line], set()
        while due:
            for parent in said[due.pop()][1].parents:
                if parent in said and parent not in seen:
                    seen.add(parent)
                    due.append(parent)
        above.append(seen)
    sides = [said[line][2] for line in lines]
    common = [said[line] for line in set.intersection(*above)]
    other = [one for one in common if one[2] not in sides]
    return max(other or common, key=itemgetter(0))[2] if common else None


def name_of(*said: str) -> str:
    """The same name for the same conflict on every copy."""
    return hashlib.sha256("|".join(said).encode()).hexdigest()[:ROOM]


def in_question(states: Mapping[Row, State]) -> list[Row]:
    """Of some records those that are in conflict."""
    return [row for row, state in states.items() if state.folded.conflicts]
