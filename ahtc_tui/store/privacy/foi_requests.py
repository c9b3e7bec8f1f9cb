"""Everything that is held on a subject: records in whose words it stands, and lines of the history. Reads only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ahtc_tui.domain.privacy.data_protection import Held
from ahtc_tui.domain.text.normalization import folded
from ahtc_tui.store.journal.queries import row_lines
from ahtc_tui.store.journal.replay import ROW
from ahtc_tui.store.privacy.erasure_scope import text_columns
from ahtc_tui.store.privacy.subject_access import FILES, held
from ahtc_tui.store.records.columns import record_tables
from ahtc_tui.store.search.index import find_rows

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def of_words(cursor: Cursor, words: str) -> list[Held]:
    """The records that a search finds, those in whose texts all the words stand, removed ones too, and the history."""
    wanted = folded(words).split()
    found = dict.fromkeys(find_rows(cursor, words))
    found |= dict.fromkeys(_texts(cursor, wanted))
    rows = [held(cursor, table, key, "") for table, key in found]
    return rows + list(_history(cursor, wanted))


def _texts(cursor: Cursor, wanted: list[str]) -> Iterator[tuple[str, bytes]]:
    """Whatever the search index leaves out: parts of records, and what was removed."""
    for table in record_tables(cursor):
        texts = [name for name in text_columns(cursor, table) if name not in FILES]
        listed = ", ".join(f'"{name}"' for name in ("id", *texts))
        for key, *said in cursor.execute(f'SELECT {listed} FROM "{table}"').fetchall():
            if _holds(" ".join(str(text) for text in said if text), wanted):
                yield table, key


def _history(cursor: Cursor, wanted: list[str]) -> Iterator[Held]:
    """Lines that changed a text with the words in it: what stood once, and what came instead."""
    lines = cursor.execute('SELECT DISTINCT "table", row_id FROM change WHERE field NOT IN (?, ?)', (ROW, "_deleted"))
    for table, key in lines.fetchall():
        for _order, line in row_lines(cursor, table, key):
            if line.field in ("added", "removed", "restored"):
                continue
            if _holds(f"{line.old or ''} {line.new or ''}", wanted):
                told = (
                    ("user", line.user),
                    ("step", line.step),
                    ("field", line.field),
                    ("was", line.old),
                    ("is", line.new),
                )
                fields = tuple((name, str(value)) for name, value in told if value)
                moment = line.at.isoformat(timespec="seconds")
                yield Held("journal", table, line.at.date().isoformat(), moment, False, fields)


def _holds(text: str, wanted: list[str]) -> bool:
    """Whether every word begins a word of the text."""
    known = f" {folded(text)}"
    return bool(wanted) and all(f" {word}" in known for word in wanted)


def people(cursor: Cursor) -> list[str]:
    """The names of everybody in the register."""
    found = cursor.execute("SELECT name FROM parties WHERE kind = 'person' AND NOT deleted ORDER BY name")
    return [name for (name,) in found]
