"""The lock of agreed minutes: the ledger refuses changes of their lines, items, papers, attendance, time and title.

Reversals and amendments are allowed, and merges, which do not write through the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable

from ahtc_tui.domain.errors import Refused
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.store.records.cursor import Cursor, Table

LOCKED_TABLES = ("minute_lines", "agenda_items", "attendances", "papers")
"""Tables of agenda and minutes; each row refers to its meeting."""

LOCKED_MEETING_COLUMNS = {"title", "day", "start_time", "ends", "tz", "all_day", "place", "venue"}
"""Columns of a meeting that its agreed minutes print."""

UNLOCKED_COLUMNS = {
    "papers": {"published", "withheld_reason", "withheld_because", "title_cy"},
    "minute_lines": {"text_cy"},
    "agenda_items": {"title_cy"},
}
"""Columns that may be changed after agreement: what became of a paper, and Welsh texts."""


def refuse_locked(
    cursor: Cursor,
    table: Table,
    *,
    meetings: Iterable[RowKey] = (),
    keys: Iterable[RowKey] = (),
    fields: Iterable[str] | None = None,
) -> None:
    """Raise Refused where one of the meetings, or the meeting of one of the rows, has agreed minutes.

    `fields` are the columns to write; None means the whole row.
    """
    if table == "meetings" and fields is not None and LOCKED_MEETING_COLUMNS & set(fields):
        query = "SELECT ref FROM meetings WHERE id = ? AND minutes_state = 'agreed'"
        refs = [match[0] for key in keys if (match := cursor.execute(query, (key,)).fetchone())]
        if refs:
            raise Refused(
                _(
                    "The minutes of {ref} are agreed, with the date, time, venue and title. To correct the record, "
                    "use `ahtc meetings amend {ref} field=value --reason R`."
                ).format(ref=refs[0])
            )
    if table not in LOCKED_TABLES or (fields is not None and set(fields) <= UNLOCKED_COLUMNS.get(table, set())):
        return
    queries = dict.fromkeys(meetings, "SELECT ref FROM meetings WHERE id = ? AND minutes_state = 'agreed'")
    meeting_query = f"SELECT ref FROM meetings WHERE id = (SELECT meeting FROM {table} WHERE id = ?)"
    queries |= dict.fromkeys(keys, f"{meeting_query} AND minutes_state = 'agreed'")
    for key, query in queries.items():
        if match := cursor.execute(query, (key,)).fetchone():
            raise Refused(format_lock_message(match[0]))


def format_lock_message(ref: str) -> str:
    """Return the error message for a change of agreed minutes."""
    return _(
        "The minutes of {ref} are agreed and locked. To record an amendment, run `ahtc meetings amend {ref} LINE "
        '"text" --reason R`. To open them again, run `ahtc meetings state {ref} circulated`.'
    ).format(ref=ref)
