"""References and names of a database file for shell completion, read without opening a workspace."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ahtc_tui.store.records.cursor import Table, build_placeholders

NAME_COLUMNS = ("title", "name", "text", "subject")
"""Columns that name a record, of which each table has at most one."""
MOST_REFS = 200


def list_refs(path: Path, table: Table, prefix: str, kinds: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the references of a table that begin with a prefix, each with the name of its record.

    Returns nothing for a file that is missing, encrypted, damaged or older than this version.
    """
    pattern = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            name = next((column for column in NAME_COLUMNS if column in columns), "ref")
            ref = "ref" if "ref" in columns else name
            of_kind = f" AND kind IN ({build_placeholders(kinds)})" if kinds else ""
            query = f"""SELECT "{ref}", "{name}" FROM "{table}"
 WHERE NOT deleted AND "{ref}" LIKE ? ESCAPE '\\'{of_kind} ORDER BY n DESC LIMIT {MOST_REFS}"""
            return dict(connection.execute(query, (f"{pattern}%", *kinds)).fetchall())
    except (sqlite3.Error, ValueError, UnicodeError):
        return {}
