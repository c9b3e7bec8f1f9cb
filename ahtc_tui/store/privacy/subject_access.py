"""Everything that is held on one person: by key in any record, by name in any text, and in the journal. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.privacy.data_protection import Held
from ahtc_tui.store.journal.queries import WITH_REF, Words, row_lines
from ahtc_tui.store.journal.replay import ROW, decode
from ahtc_tui.store.privacy.erasure_scope import Scope, naming_columns, own_rows, text_columns
from ahtc_tui.store.records.columns import columns, record_tables

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

FILES = ("docx",)
"""Columns that hold a whole file."""

PARENTS = ("meeting", "action", "engagement", "group", "seat", "post", "item", "list", "document", "decision")
"""Columns that say what a record belongs to, the nearest first."""

DAYS = (
    "day",
    "held_on",
    "said_on",
    "decided_on",
    "slipped_on",
    "chased_on",
    "sent_on",
    "made_on",
    "from_on",
    "raised_on",
)


def of_person(cursor: Cursor, scope: Scope) -> list[Held]:
    """Everything, by kind of record."""
    own = own_rows(cursor, scope.keys)
    found = [held(cursor, table, key, "") for table, key in own]
    seen = set(own)
    for table, column, _needed in naming_columns(cursor):
        for key in scope.keys:
            for (row,) in cursor.execute(
                f'SELECT id FROM "{table}" WHERE "{column}" = ? ORDER BY n', (key,)
            ).fetchall():
                if (table, row) not in seen:
                    seen.add((table, row))
                    found.append(held(cursor, table, row, column))
    found += _mentions(cursor, scope, seen)
    for table, key in own:
        found += _journal(cursor, table, key)
    return found


def held(cursor: Cursor, table: str, key: bytes, through: str) -> Held:
    """A record as people read it: a key is said by what it names, or not at all."""
    words = Words(cursor, table)
    known = columns(cursor, table)
    names = [name for name in known.names if name not in FILES]
    listed = ", ".join(f'"{name}"' for name in ("deleted", *names))
    gone, *values = cursor.execute(f'SELECT {listed} FROM "{table}" WHERE id = ?', (key,)).fetchone()
    row = dict(zip(names, values, strict=True))
    said = {
        name: words.of(name, _plain(value))
        for name, value in row.items()
        if name in words.parents or not isinstance(value, bytes)
    }
    day = next((row[name][:10] for name in DAYS if row.get(name)), None)
    fields = tuple((name, text) for name, text in said.items() if text)
    return Held(table, _source(cursor, table, row), day, through, bool(gone), fields)


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _source(cursor: Cursor, table: str, row: dict[str, Any]) -> str:
    """The reference and title of a record, or of what it belongs to."""
    if table in WITH_REF and row.get("ref"):
        return " ".join(str(row[name]) for name in ("ref", "title", "name", "text") if row.get(name))[:160]
    parents = dict(cursor.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,)).fetchall())
    for column in PARENTS:
        parent = parents.get(column)
        if not row.get(column) or parent is None:
            continue
        place = "parties" if parent in ("groups", "posts", "people", "organisations") else parent
        names = [name for name in ("ref", "title", "name", "subject", "text") if name in columns(cursor, place).names][
            :2
        ]
        told = cursor.execute(f"SELECT {', '.join(names)} FROM {place} WHERE id = ?", (row[column],)).fetchone()
        return " ".join(str(part) for part in told if part)[:160]
    return ""


def _mentions(cursor: Cursor, scope: Scope, seen: set[tuple[str, bytes]]) -> Iterator[Held]:
    """Records that do not name the person by key, and in whose words the name stands."""
    for table in record_tables(cursor):
        texts = [name for name in text_columns(cursor, table) if name not in FILES]
        listed = ", ".join(f'"{name}"' for name in ("id", *texts))
        for key, *said in cursor.execute(f'SELECT {listed} FROM "{table}"').fetchall():
            if (table, key) in seen or not any(text and scope.mentions.names_in(str(text)) for text in said):
                continue
            whole = held(cursor, table, key, "")
            named = tuple(
                (name, str(text))
                for name, text in zip(texts, said, strict=True)
                if text and scope.mentions.names_in(str(text))
            )
            yield Held(f"mention: {table}", whole.source, whole.day, "text", whole.removed, named)


def _journal(cursor: Cursor, table: str, key: bytes) -> Iterator[Held]:
    """Who wrote what to the rows of the person, and when."""
    whole = {change: _made(value) for change, value in _made_lines(cursor, table, key)}
    for (_seq, change), line in row_lines(cursor, table, key):
        new = whole.get(change) or line.new
        told = (("user", line.user), ("step", line.step), ("field", line.field), ("was", line.old), ("is", new))
        fields = tuple((name, str(value)) for name, value in told if value)
        yield Held("journal", table, line.at.date().isoformat(), line.at.isoformat(timespec="seconds"), False, fields)


def _made_lines(cursor: Cursor, table: str, key: bytes) -> list[tuple[bytes, str]]:
    query = 'SELECT id, value FROM change WHERE "table" = ? AND row_id = ? AND field = ?'
    return [(change, value) for change, value in cursor.execute(query, (table, key, ROW))]


def _made(value: str) -> str:
    """Every field with which a record was made."""
    return "; ".join(f"{name}: {said}" for name, said in decode(value).items())


def other_people(cursor: Cursor, scope: Scope) -> list[str]:
    """The names of everybody else in the register."""
    found = cursor.execute(
        "SELECT id, name FROM parties WHERE kind = 'person' AND NOT deleted ORDER BY name"
    ).fetchall()
    return [name for key, name in found if key not in scope.keys]
