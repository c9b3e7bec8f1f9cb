"""What a report says beside its rows: opened and closed by month, who could lead. Counted by SQL alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahtc_tui.store.records.cursor import Cursor


def count_opened_and_closed(cursor: Cursor, months: int = 24) -> list[tuple[str, int, int]]:
    """Month "2013-11", opened, closed: the last months in which either is known to the month."""
    rows = cursor.execute(
        "SELECT month, sum(opened), sum(closed) FROM ("
        " SELECT substr(raised_on, 1, 7) AS month, 1 AS opened, 0 AS closed FROM actions WHERE NOT deleted"
        "  AND raised_on IS NOT NULL AND raised_on NOT LIKE '____-__-__ year%' AND raised_on < '9999'"
        " UNION ALL SELECT substr(closed_on, 1, 7), 0, 1 FROM actions WHERE NOT deleted"
        "  AND closed_on IS NOT NULL AND closed_on NOT LIKE '____-__-__ year%' AND closed_on < '9999')"
        " GROUP BY month ORDER BY month DESC LIMIT ?",
        (months,),
    )
    return [tuple(row) for row in rows][::-1]


def read_lead_names(cursor: Cursor) -> list[str]:
    """Everybody who could lead an action, by name: posts, persons, organisations, and groups that lead one already."""
    rows = cursor.execute(
        "SELECT DISTINCT name FROM parties p WHERE NOT deleted AND (kind <> 'group' OR EXISTS"
        " (SELECT 1 FROM actions WHERE lead = p.id)) ORDER BY name"
    )
    return [name for (name,) in rows]
