"""Counts the actions opened and closed by month, for reports."""

from __future__ import annotations

from ahtc_tui.domain.actions.model import MonthCounts
from ahtc_tui.store.records.cursor import Cursor
from ahtc_tui.store.records.rows import select_rows

MOST_MONTHS = 24


def count_opened_and_closed(cursor: Cursor) -> list[MonthCounts]:
    """Return the counts of the last months with either, the oldest first."""
    query = """SELECT month, sum(opened) AS opened, sum(closed) AS closed FROM (
 SELECT substr(raised_on, 1, 7) AS month, 1 AS opened, 0 AS closed FROM actions WHERE NOT deleted
 AND raised_on IS NOT NULL AND raised_on NOT LIKE '____-__-__ year%' AND raised_on < '9999'
 UNION ALL SELECT substr(closed_on, 1, 7), 0, 1 FROM actions WHERE NOT deleted AND closed_on IS NOT NULL
 AND closed_on NOT LIKE '____-__-__ year%' AND closed_on < '9999') GROUP BY month ORDER BY month DESC LIMIT ?"""
    rows = select_rows(cursor, MonthCounts, query, (MOST_MONTHS,))
    return rows[::-1]
