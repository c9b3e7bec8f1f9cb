"""Redaction of values, changes and records when a person is erased.

Journal and table are rewritten by the same rule. The day of a record decides which post replaces the person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.privacy.data_protection import UndecidedText
from ahtc_tui.domain.privacy.person_mentions import FORMER_MEMBER
from ahtc_tui.store.journal.replay import DELETED, ROW, decode_value
from ahtc_tui.store.privacy.erasure_scope import PersonScope, list_person_columns
from ahtc_tui.store.records.columns import list_record_tables, read_columns
from ahtc_tui.store.records.cursor import Cursor, RecordKey, Table
from ahtc_tui.store.records.rows import select_column, select_value

FILE_FIELDS: dict[Table, str] = {"circulation_files": "content", "issues": "docx", "paper_files": "content"}
"""Tables with whole files, and the field of the file in base64."""

BASE64 = re.compile("[A-Za-z0-9+/]+={0,2}")
"""A file in base64, in which a short name would be met by chance."""

DAY_COLUMNS = ("day", "held_on", "said_on", "decided_on", "slipped_on", "chased_on", "sent_on", "made_on", "closed_on")
"""Columns with the day of a record."""

NAME_TEXT_COLUMNS = {"attendances": "words", "invitations": "words", "seats": "org_class"}
"""Tables whose rows have either a party or a text."""

UNIQUE_PARTY_BY = {
    "attendances": "meeting",
    "invitations": "meeting",
    "engagement_parties": "engagement",
    "action_parties": "action",
    "circulation_answers": "circulation",
    "circulation_members": "list",
    "poll_answers": "option",
}
"""Tables in which a party occurs once for each parent record."""

DROPPED_TABLES = frozenset(
    {
        *("addresses", "aliases", "contact_points", "not_duplicates", "circulation_members", "interests"),
        *("occupancies", "paragraph_links"),
    }
)
"""Tables whose rows have no meaning without the person."""

FileRewriter = Callable[[str, Callable[[str], str]], str]
"""Applies a change to the text of a file in base64; an empty text where the file cannot be without what is changed."""


class RedactionRule:
    """The redaction of one person."""

    def __init__(self, cursor: Cursor, scope: PersonScope, rewrite_file: FileRewriter) -> None:
        self._cursor, self._scope, self._rewrite_file = cursor, scope, rewrite_file
        self._hex_keys = {key.hex() for key in scope.keys}
        self._person_columns: dict[Table, dict[str, bool]] = {}
        for table, column, needed in list_person_columns(cursor):
            self._person_columns.setdefault(table, {})[column] = needed
        self._unique = {table: _list_unique_columns(cursor, table) for table in list_record_tables(cursor)}
        self._replacements: dict[RecordKey, str] = {}
        self.kept_posts: dict[UndecidedText, None] = {}
        """Texts of issued documents in which more follows the replaced name: a post can name its holder."""

    def has_key(self, text: str) -> bool:
        """Return whether a value of the journal contains a key of the person."""
        return any(key in text for key in self._hex_keys)

    def is_dropped(self, table: Table, row: dict[str, Any]) -> bool:
        """Return whether a row must be deleted, because a required party has no replacement."""
        for column, is_required in self._person_columns.get(table, {}).items():
            if row.get(column) in self._hex_keys and (
                table in DROPPED_TABLES
                or (is_required and self._find_replacement_party(table, row, row.get("id", b"")) is None)
            ):
                return True
        return False

    def _find_day(self, table: Table, key: RowKey) -> str | None:
        """Return the day of a record, or of its parent."""
        names = set(read_columns(self._cursor, table).names)
        day_columns = [name for name in DAY_COLUMNS if name in names]
        if day_columns:
            values = self._cursor.execute(
                f'SELECT {", ".join(day_columns)} FROM "{table}" WHERE id = ?', (key,)
            ).fetchone()
            if values and (day := next((day for day in values if day), None)):
                return str(day)
        for parent, column in (("meetings", "meeting"), ("engagements", "engagement")):
            if column in names:
                day = "day" if parent == "meetings" else "held_on"
                query = f'SELECT p.{day} FROM {parent} p JOIN "{table}" r ON r.{column} = p.id WHERE r.id = ?'
                return select_value(self._cursor, query, (key,))
        return None

    def find_replacement(self, table: Table, key: RowKey) -> str:
        """Return the text that replaces the person in a record."""
        if (table, key) not in self._replacements:
            self._replacements[table, key] = self._scope.find_replacement(self._find_day(table, key))
        return self._replacements[table, key]

    def _find_replacement_party(self, table: Table, row: dict[str, Any], key: RowKey) -> str | None:
        """Return the hexadecimal key of the post that replaces the person, unless the parent record has it."""
        post = self._scope.find_post(self._find_day(table, key))
        if post is None:
            return None
        sibling_column = UNIQUE_PARTY_BY.get(table)
        if sibling_column and row.get(sibling_column):
            query = f"SELECT 1 FROM {table} WHERE {sibling_column} = ? AND party = ? AND NOT deleted"
            if self._cursor.execute(query, (bytes.fromhex(row[sibling_column]), post.key)).fetchone():
                return None
        return post.key.hex()

    def redact_change(self, table: Table, key: RowKey, field: str, text: str, row: dict[str, Any]) -> str:
        """Return the JSON value of a change without the person."""
        value = decode_value(text)
        if field == ROW and isinstance(value, dict):
            redacted: Any = {
                name: self._redact_value(table, key, name, field_value, row) for name, field_value in value.items()
            }
            redacted = {name: field_value for name, field_value in redacted.items() if field_value is not None}
        else:
            redacted = self._redact_value(table, key, field, value, row)
        return text if redacted == value else json.dumps(redacted, ensure_ascii=False)

    def _redact_value(self, table: Table, key: RowKey, field: str, value: Any, row: dict[str, Any]) -> Any:
        if not isinstance(value, str) or field == DELETED:
            return value
        if field in self._person_columns.get(table, {}):
            if value not in self._hex_keys:
                return value
            to_people = (table, field) in PERSON_COLUMNS
            return None if to_people else self._find_replacement_party(table, row, key)
        if field in read_columns(self._cursor, table).keys:
            return value
        if FILE_FIELDS.get(table) == field and BASE64.fullmatch(value):
            replacement = self.find_replacement(table, key)
            return self._rewrite_file(value, lambda text: self._redact_document_text(table, field, text, replacement))
        if field in self._unique[table]:
            return self._scope.mentions.replace_mentions(value, f"erased-{key.hex()[-8:]}")
        return self.redact_text(value, self.find_replacement(table, key))

    def _redact_document_text(self, table: Table, field: str, text: str, replacement: str) -> str:
        """Return a text of a stored file without the person, and note it where a post follows the name."""
        redacted = self._scope.mentions.replace_mentions(text, replacement)
        if redacted != text and re.search(rf"(?i){re.escape(replacement)}\s*[,(;]\s*\w", redacted):
            self.kept_posts[UndecidedText(table, field, redacted.strip())] = None
        return redacted

    def redact_text(self, text: str, replacement: str) -> str:
        """Return a text, or JSON with texts, without the person."""
        mentions = self._scope.mentions
        if text[:1] in "[{" and mentions.is_named_in(text):
            try:
                return json.dumps(
                    _map_strings(json.loads(text), lambda s: mentions.replace_mentions(s, replacement)),
                    ensure_ascii=False,
                )
            except ValueError:
                pass
        return mentions.replace_mentions(text, replacement)

    def find_filler(self, table: Table, values: dict[str, Any]) -> tuple[str, str] | None:
        """Return column and text for a row that has no party any more."""
        column = NAME_TEXT_COLUMNS.get(table)
        if column and values.get("party") is None and values.get(column) is None:
            return column, FORMER_MEMBER
        return None


PERSON_COLUMNS = {("actions", "closed_by"), ("holdings", "person"), ("occupancies", "person")}
"""Columns that refer to persons only."""


def _map_strings(value: Any, convert: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return convert(value)
    if isinstance(value, list):
        return [_map_strings(item, convert) for item in value]
    if isinstance(value, dict):
        return {convert(name): _map_strings(item, convert) for name, item in value.items()}
    return value


def _list_unique_columns(cursor: Cursor, table: Table) -> set[str]:
    query = """SELECT i.name FROM pragma_index_list(?) l JOIN pragma_index_info(l.name) i WHERE l."unique"
 AND l.origin = 'u'"""
    return set(select_column(cursor, query, (table,)))
