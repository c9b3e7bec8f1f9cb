"""The order of names in queries: `ORDER BY sort_key(name)`.

A function, not a collation: its key is built once for each row, and no index holds names in any order, since the names
of parties are those of a day. In English the key is the text itself, so that the order is that of plain `ORDER BY`.
"""

from __future__ import annotations

from typing import Any

from ahtc_tui.domain.text.collation import build_sort_key


def define_sort_key(connection: Any) -> None:
    """Add the SQL function `sort_key(text)` to a connection: the key in the language of the interface or file."""
    connection.create_function("sort_key", 1, _build_key)


def _build_key(text: str | None) -> str | None:
    return None if text is None else build_sort_key(text)
