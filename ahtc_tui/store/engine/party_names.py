"""The names of parties on a day, for every query that shows one: on the day of the workspace, or of a meeting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.sql_fragments import NAME_ON_DAY

VIEW = f"""CREATE TEMP VIEW named_parties AS SELECT n, id, deleted, source, source_notes, note, ref, kind,
 {NAME_ON_DAY.format(party="parties", day="day_of_names()")} AS name, name_cy, short, area, email, phone, card_uid,
 tier, merged_into FROM parties"""
"""The table `parties` with the name that is valid on a day in the place of the present one."""


def define_named_parties(connection: Any, read_today: Callable[[], str | None]) -> None:
    """Add the view `named_parties` to a connection, for the day that `read_today` returns; present names where None."""
    days: list[str] = []

    def set_day(day: str | None) -> str | None:
        previous = days[0] if days else None
        days[:] = [day] if day else []
        return previous

    connection.create_function("day_of_names", 0, lambda: days[0] if days else read_today(), deterministic=True)
    connection.create_function("set_day_of_names", 1, set_day)
    connection.execute(VIEW)


@contextmanager
def names_on(cursor: Cursor, day: date) -> Iterator[None]:
    """Show the names of another day in the queries inside."""
    previous = cursor.execute("SELECT set_day_of_names(?)", (day.isoformat(),)).fetchone()
    try:
        yield
    finally:
        cursor.execute("SELECT set_day_of_names(?)", previous).fetchone()
