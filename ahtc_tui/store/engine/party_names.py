"""Names in queries: those of parties on the day of the workspace or of a meeting, in Welsh where a list shows them
so, and the order of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from ahtc_tui.domain.dates.date_as_known import read_stored_date
from ahtc_tui.domain.i18n import wants_welsh_names
from ahtc_tui.domain.text.collation import build_sort_key
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.sql_fragments import ADDRESS_ON_DAY, AREA_NAME_ON_DAY, NAME_CY_ON_DAY, NAME_ON_DAY

COLUMNS_OF_PARTIES = "SELECT name FROM pragma_table_info('parties')"
AREA_FIELD = "CASE WHEN v.n IS NULL THEN a.{0} ELSE v.{0} END"
NAME, NAME_CY = (name.format(party="parties", day="day_of_names()") for name in (NAME_ON_DAY, NAME_CY_ON_DAY))
SHOWN_COLUMNS = {
    "name": f"coalesce(CASE WHEN shows_welsh_names() THEN {NAME_CY} END, {NAME}) AS name",
    "name_cy": f"{NAME_CY} AS name_cy",
    "postal_address": f"{ADDRESS_ON_DAY.format(party='parties', day='day_of_names()')} AS postal_address",
}
"""The columns of a party that depend on the day or the language, as the view shows them."""
NAMED_AREAS = f"""CREATE TEMP VIEW named_areas AS SELECT a.n, a.id, a.deleted, a.ref, a.kind, a.parent, a.police,
 a.from_on, a.to_on, CASE WHEN shows_welsh_names() AND {AREA_FIELD.format("name_cy")} <> ''
 THEN {AREA_FIELD.format("name_cy")} ELSE {AREA_FIELD.format("name")} END AS name,
 {AREA_FIELD.format("name")} AS name_en, {AREA_FIELD.format("name_cy")} AS name_cy FROM areas a
 LEFT JOIN area_names v ON v.n = {AREA_NAME_ON_DAY.format(area="a", day="day_of_names()")}"""


def define_named_parties(connection: Any, read_today: Callable[[], str | None]) -> None:
    """Add views of parties and areas with the name to show, which is the one of a day, or the Welsh one.

    The day is the one that `read_today` returns; present names where None.
    """
    days: list[str] = []

    def set_day(day: str | None) -> str | None:
        previous = days[0] if days else None
        days[:] = [day] if day else []
        return previous

    # Functions and temporary views: each query names a party alike, without a parameter for the day.
    connection.create_function("day_of_names", 0, lambda: days[0] if days else read_today(), deterministic=True)
    connection.create_function("set_day_of_names", 1, set_day)
    connection.create_function("shows_welsh_names", 0, lambda: int(wants_welsh_names()), deterministic=True)
    connection.create_function("shown_class", 1, _show_class)
    define_first_day(connection)
    columns = [SHOWN_COLUMNS.get(name, name) for (name,) in connection.execute(COLUMNS_OF_PARTIES)]
    connection.execute(f"CREATE TEMP VIEW named_parties AS SELECT {', '.join(columns)} FROM parties")
    connection.execute(NAMED_AREAS)


def define_first_day(connection: Any) -> None:
    """Add the SQL function `first_day_of_season(text)`, which the rules of periods use in every database."""
    connection.create_function("first_day_of_season", 1, _find_first_day, deterministic=True)


def _find_first_day(text: str) -> str | None:
    """Return the first day of a stored date as known; None where the text is no date."""
    try:
        known_date = read_stored_date(text)
    except (TypeError, ValueError):
        return None
    return known_date.earliest.isoformat() if known_date else None


def _show_class(name: str | None) -> str | None:
    """Return the name of a class of organisations, in Welsh where names of records are shown so."""
    from ahtc_tui.domain.groups.model import translate_class

    return translate_class(name) if name and wants_welsh_names() else name


@contextmanager
def names_on(cursor: Cursor, day: date) -> Iterator[None]:
    """Show the names of another day in the queries inside."""
    previous = cursor.execute("SELECT set_day_of_names(?)", (day.isoformat(),)).fetchone()
    try:
        yield
    finally:
        cursor.execute("SELECT set_day_of_names(?)", previous).fetchone()


def define_sort_key(connection: Any) -> None:
    """Add the SQL function `sort_key(text)`, for `ORDER BY sort_key(name)` in the language of the interface or file.

    A function, not a collation: its key is built once for each row, and no index holds names in any order, since the
    names of parties are those of a day. In English the key is the text itself.
    """
    connection.create_function("sort_key", 1, lambda text: None if text is None else build_sort_key(text))
