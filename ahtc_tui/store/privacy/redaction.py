"""What becomes of one value, one line of the journal and one record when a person is erased.

The journal and the table are rewritten by the same rule, so the one still folds to the other. The day of a record says
which post stands in the place of the person.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.privacy.person_mentions import FORMER
from ahtc_tui.store.journal.replay import DELETED, ROW, decode
from ahtc_tui.store.privacy.erasure_scope import Scope, naming_columns
from ahtc_tui.store.records.columns import columns

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor

DAYS = ("day", "held_on", "said_on", "decided_on", "slipped_on", "chased_on", "sent_on", "made_on", "closed_on")
"""Columns whose date says when a record was true."""

INSTEAD = {"attendances": "words", "invitations": "words", "seats": "org_class"}
"""Tables whose rows name somebody by key or else in words, never neither."""

ONCE = {
    "attendances": "meeting",
    "invitations": "meeting",
    "engagement_parties": "engagement",
    "action_parties": "action",
    "circulation_members": "list",
}
"""Tables in which nobody stands twice beside the same record."""

DROPPED = frozenset({"aliases", "not_duplicates", "circulation_members", "occupancies", "paragraph_links"})
"""Tables whose rows say nothing without the person."""

Docx = Callable[[str, Callable[[str], str]], str]
"""Rewrites the words of a Word file in base64."""


class Rewriting:
    """The rule for one person."""

    def __init__(self, cursor: Cursor, scope: Scope, docx: Docx) -> None:
        self._cursor, self._scope, self._docx = cursor, scope, docx
        self._hex = {key.hex() for key in scope.keys}
        self._naming: dict[str, dict[str, bool]] = {}
        for table, column, needed in naming_columns(cursor):
            self._naming.setdefault(table, {})[column] = needed
        self._unique = {table: _unique(cursor, table) for table in self._tables()}
        self._words: dict[tuple[str, bytes], str] = {}

    def _tables(self) -> list[str]:
        found = self._cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
        return [name for (name,) in found.fetchall()]

    def touches(self, line: str) -> bool:
        """Whether a value of the journal names the person by key."""
        return any(key in line for key in self._hex)

    def goes(self, table: str, row: dict[str, Any]) -> bool:
        """Whether a row, as the journal folds it, cannot stay: it needs somebody, and no post takes the place."""
        for column, needed in self._naming.get(table, {}).items():
            if row.get(column) in self._hex and (
                table in DROPPED or (needed and self._party(table, row, row.get("id", b"")) is None)
            ):
                return True
        return False

    def _day(self, table: str, key: bytes) -> str | None:
        """The day of a record, or of what it belongs to."""
        names = set(columns(self._cursor, table).names)
        own = [name for name in DAYS if name in names]
        if own:
            said = self._cursor.execute(f'SELECT {", ".join(own)} FROM "{table}" WHERE id = ?', (key,)).fetchone()
            if said and (day := next((day for day in said if day), None)):
                return str(day)
        for parent, column in (("meetings", "meeting"), ("engagements", "engagement")):
            if column in names:
                day = "day" if parent == "meetings" else "held_on"
                query = f'SELECT p.{day} FROM {parent} p JOIN "{table}" r ON r.{column} = p.id WHERE r.id = ?'
                found = self._cursor.execute(query, (key,)).fetchone()
                return found[0] if found else None
        return None

    def words(self, table: str, key: bytes) -> str:
        """Who the person is called in a record."""
        if (table, key) not in self._words:
            self._words[table, key] = self._scope.words_on(self._day(table, key))
        return self._words[table, key]

    def _party(self, table: str, row: dict[str, Any], key: bytes) -> str | None:
        """The key, in hex, of the post in the place of the person, unless it stands beside the same record already."""
        post = self._scope.post_on(self._day(table, key))
        if post is None:
            return None
        beside = ONCE.get(table)
        if beside and row.get(beside):
            query = f"SELECT 1 FROM {table} WHERE {beside} = ? AND party = ? AND NOT deleted"
            if self._cursor.execute(query, (bytes.fromhex(row[beside]), post.key)).fetchone():
                return None
        return post.key.hex()

    def journal_value(self, table: str, key: bytes, field: str, line: str, row: dict[str, Any]) -> str:
        """The JSON of a line of the journal without the person."""
        value = decode(line)
        if field == ROW and isinstance(value, dict):
            new: Any = {name: self._value(table, key, name, one, row) for name, one in value.items()}
            new = {name: one for name, one in new.items() if one is not None}
        else:
            new = self._value(table, key, field, value, row)
        return line if new == value else json.dumps(new, ensure_ascii=False)

    def _value(self, table: str, key: bytes, field: str, value: Any, row: dict[str, Any]) -> Any:
        if not isinstance(value, str) or field == DELETED:
            return value
        if field in self._naming.get(table, {}):
            if value not in self._hex:
                return value
            to_people = (table, field) in TO_PEOPLE
            return None if to_people else self._party(table, row, key)
        if field in columns(self._cursor, table).keys:
            return value
        if table == "issues" and field == "docx":
            return self._docx(value, lambda text: self._scope.mentions.without(text, self.words(table, key)))
        if field in self._unique[table]:
            return self._scope.mentions.without(value, f"erased-{key.hex()[-8:]}")
        return self.text(value, self.words(table, key))

    def text(self, text: str, instead: str) -> str:
        """A text without the person; inside JSON the strings of it."""
        mentions = self._scope.mentions
        if text[:1] in "[{" and mentions.names_in(text):
            try:
                return json.dumps(
                    _in_strings(json.loads(text), lambda s: mentions.without(s, instead)), ensure_ascii=False
                )
            except ValueError:
                pass
        return mentions.without(text, instead)

    def filler(self, table: str, values: dict[str, Any]) -> tuple[str, str] | None:
        """The words that a row needs where it names nobody any more."""
        column = INSTEAD.get(table)
        if column and values.get("party") is None and values.get(column) is None:
            return column, FORMER
        return None


TO_PEOPLE = {("actions", "closed_by"), ("holdings", "person"), ("occupancies", "person")}
"""Columns that only a person fills."""


def _in_strings(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_in_strings(one, change) for one in value]
    if isinstance(value, dict):
        return {change(name): _in_strings(one, change) for name, one in value.items()}
    return value


def _unique(cursor: Cursor, table: str) -> set[str]:
    """Columns in which no two records say the same."""
    found = cursor.execute(
        "SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i"
        " WHERE l.\"unique\" AND l.origin = 'u'",
        (table,),
    )
    return {name for (name,) in found}
