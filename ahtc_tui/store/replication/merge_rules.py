"""What the change of one field cannot show: two records under one name, agreed minutes, parts of what was removed.

Each rule follows from what both journals say, never from which came first, and writes lines like any other: history
shows them, and every copy of the database comes to the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from ahtc_tui.store.journal.ledger import row_changes
from ahtc_tui.store.journal.minutes_lock import OF_MEETING, STILL_FREE
from ahtc_tui.store.journal.queries import PARTS
from ahtc_tui.store.journal.replay import DELETED, HELD, ROW, Entry, decode, fold, heads_of
from ahtc_tui.store.replication.compensating_changes import ids, remove, values_of

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger
    from ahtc_tui.store.journal.projection import Row, State, Tables
    from ahtc_tui.store.records.cursor import Cursor
    from ahtc_tui.store.replication.peer_database import Line

KEY_LETTERS = 32

ONCE = {
    "attendances": ("meeting", "party"),
    "invitations": ("meeting", "party"),
    "action_parties": ("action", "party", "role"),
    "action_areas": ("action", "area"),
    "adoptions": ("practice", "area", "organisation"),
    "circulation_members": ("list", "party"),
    "decision_actions": ("decision", "action"),
    "dependencies": ("action", "blocked_by"),
    "engagement_parties": ("engagement", "party"),
    "holdings": ("post", "person", "from_on"),
    "recurrences": ("action", "number"),
    "session_numbers": ("session", "organisation"),
}
"""Tables in which two records that name the same say one thing twice."""

LIKENESS = 80
"""Of 100: how alike the titles of two actions of one meeting are that may be one."""

Pair = tuple[str, bytes, bytes]
Made = dict[str, dict[bytes, dict[str, Any]]]


class Sides(NamedTuple):
    """The lines that only one of two journals had before they met."""

    here: list[Line]
    there: list[Line]


def unshare(ledger: Ledger, tables: Tables, states: Mapping[Row, State], yielding: set[Row]) -> dict[Row, str]:
    """Let no two records share what only one may be called; returns who got another name, with the one it had.

    The one that was made first keeps it; those that are `yielding` never do. The other gets the end of its own key
    behind its name, so that every copy calls it the same.
    """
    claims: dict[tuple[str, str, Any], set[Row]] = defaultdict(set)
    for row, state in states.items():
        for name in tables.unique(row[0]):
            claims[row[0], name, state.stored[name]].add(row)
    renamed: dict[Row, str] = {}
    for (table, name, value), rows in claims.items():
        found = tables.cursor.execute(f'SELECT id FROM "{table}" WHERE "{name}" = ?', (value,)).fetchall()
        every = rows | {(table, key) for (key,) in found if (table, key) not in states}
        for row in sorted(every, key=lambda row: (row in yielding, row[1]))[1:]:
            _rename(ledger, tables, row, name, value)
            renamed[row] = value
    return renamed


def _rename(ledger: Ledger, tables: Tables, row: Row, name: str, value: str) -> None:
    table, key = row
    for size in range(4, KEY_LETTERS + 1, 4):
        tail = key.hex()[-size:]
        said = value.replace("@", f"-{tail}@", 1) if "@" in value else f"{value}-{tail}"
        if not tables.cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{name}" = ?', (said,)).fetchone():
            break
    entries = row_changes(tables.cursor, *row)
    ledger.log(*row, name, said, ids(heads_of(entries, name)))
    if table == "learnt_columns" or fold(entries).values[DELETED]:
        remove(ledger, row, row_changes(tables.cursor, *row))


def keep_agreed(ledger: Ledger, sides: Sides) -> set[Row]:
    """Let agreed minutes say what was agreed, whatever was written apart meanwhile; returns what is held back.

    Words that were changed stand beside the agreed ones, which are shown; lines that were added are out of sight. Both
    wait for a person.
    """
    held: set[Row] = set()
    for mine, theirs in ((sides.here, sides.there), (sides.there, sides.here)):
        agreed = {
            line.row
            for line in mine
            if (line.table, line.field) == ("meetings", "minutes_state") and decode(line.value) == "agreed"
        }
        apart: dict[Row, set[bytes]] = defaultdict(set)
        for line in theirs:
            if agreed and line.table in OF_MEETING and line.field not in STILL_FREE.get(line.table, ()):
                apart[line.table, line.row].add(line.id)
        for row, lines in sorted(apart.items()):
            entries = row_changes(ledger.cursor, *row)
            meeting = fold(entries).values.get("meeting")
            if meeting and bytes.fromhex(meeting) in agreed and _still_agreed(ledger.cursor, meeting):
                _hold(ledger, row, entries, lines)
                held.add(row)
    return held


def _still_agreed(cursor: Cursor, meeting: str) -> bool:
    values = fold(row_changes(cursor, "meetings", bytes.fromhex(meeting))).values
    return bool(values.get("minutes_state") == "agreed")


def _hold(ledger: Ledger, row: Row, entries: list[Entry], lines: set[bytes]) -> None:
    agreed = [one for one in entries if one.id not in lines]
    if not agreed:
        ledger.log(*row, HELD, True, ids(heads_of(entries, HELD)))
        return
    for field in {one.field for one in entries if one.id in lines}:
        stood = values_of(heads_of(agreed, field)) if field != DELETED else [fold(agreed).values[DELETED]]
        if field not in STILL_FREE.get(row[0], ()) and values_of(heads_of(entries, field)) != stood:
            ledger.log(*row, field, stood[-1] if stood else None, ids(heads_of(agreed, field)))


def keep_parents(ledger: Ledger, sides: Sides) -> set[Row]:
    """Keep what was removed on one side where the other wrote to a part of it meanwhile; returns what was kept.

    Each such removal is answered when it first meets such a write, whatever else stands of the record by then: another
    removal, which saw more, may come later and is no reason for this one.
    """
    columns = {part: (table, column) for table, parts in PARTS.items() for part, column in parts}
    kept: set[Row] = set()
    for mine, theirs in ((sides.here, sides.there), (sides.there, sides.here)):
        removals: dict[Row, list[bytes]] = defaultdict(list)
        for line in mine:
            if line.field == DELETED and decode(line.value):
                removals[line.table, line.row].append(line.id)
        for line in theirs if removals else ():
            if line.table not in columns:
                continue
            parent, column = columns[line.table]
            part = fold(row_changes(ledger.cursor, line.table, line.row)).values
            row = (parent, line.row if column == "id" else bytes.fromhex(part.get(column) or ""))
            if row in removals and not part[DELETED]:
                kept |= _keep(ledger, row, removals.pop(row), line.id)
    return kept


def _keep(ledger: Ledger, row: Row, removals: list[bytes], because: bytes) -> set[Row]:
    """One line for each removal, which stands beside it, in question.

    It names why it is there. Its key follows from the removal, so that every copy writes the same line.
    """
    known = {one.id for one in row_changes(ledger.cursor, *row)}
    names = [blake2b(b"".join((row[1], removal)), digest_size=16).digest() for removal in removals]
    new = [name for name in names if name not in known]
    for name in new:
        ledger.log(*row, DELETED, False, (because,), name)
    return {row} if new else set()


def alike(ledger: Ledger, sides: Sides) -> tuple[set[Row], set[Pair]]:
    """What both sides wrote down of one thing: of two that say the same one goes; two that differ are a pair."""
    gone: set[Row] = set()
    pairs: set[Pair] = set()
    made = _apart(*(_made(ledger.cursor, lines) for lines in sides))
    for table, names in ONCE.items():
        theirs: dict[tuple[Any, ...], list[bytes]] = defaultdict(list)
        for key, values in made[1].get(table, {}).items():
            theirs[tuple(values.get(name) for name in names)].append(key)
        for key, values in made[0].get(table, {}).items():
            said = tuple(values.get(name) for name in names)
            for other in theirs.get(said, ()) if any(said[1:]) else ():
                first, second = sorted((key, other))
                if _content(values) == _content(made[1][table][other]):
                    remove(ledger, (table, second), row_changes(ledger.cursor, table, second))
                    gone.add((table, second))
                else:
                    pairs.add((table, first, second))
    return gone, pairs | _actions(made[0].get("actions", {}), made[1].get("actions", {}))


def _apart(here: Made, there: Made) -> tuple[Made, Made]:
    """Without what both made under one key, as they do of an action that comes again: that is one record already."""
    both = {(table, key) for table, rows in here.items() for key in rows.keys() & there.get(table, {}).keys()}
    for table, key in both:
        del here[table][key], there[table][key]
    return here, there


def _made(cursor: Cursor, lines: Iterable[Line]) -> Made:
    """The records that one side made and that stand, by table."""
    found: Made = defaultdict(dict)
    for line in lines:
        if line.field == ROW and (line.table in ONCE or line.table == "actions"):
            values = fold(row_changes(cursor, line.table, line.row)).values
            if not values[DELETED]:
                found[line.table][line.row] = values
    return found


def _content(values: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says, but for what it is called."""
    return {name: value for name, value in values.items() if name != "ref" and value is not None}


def _actions(ours: Mapping[bytes, dict[str, Any]], theirs: Mapping[bytes, dict[str, Any]]) -> set[Pair]:
    """Actions of one meeting in much the same words."""
    of_meeting: dict[str, list[bytes]] = defaultdict(list)
    for key, values in theirs.items():
        if values.get("meeting"):
            of_meeting[values["meeting"]].append(key)
    if not of_meeting:
        return set()
    from rapidfuzz import fuzz, utils

    found: set[Pair] = set()
    for key, values in ours.items():
        for other in of_meeting.get(values.get("meeting") or "", ()):
            titles = (values.get("title") or "", theirs[other].get("title") or "")
            if fuzz.token_set_ratio(*titles, processor=utils.default_process) >= LIKENESS:
                first, second = sorted((key, other))
                found.add(("actions", first, second))
    return found
