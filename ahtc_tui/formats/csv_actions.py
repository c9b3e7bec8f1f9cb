"""Actions as CSV for spreadsheets: the columns of the action log, UTF-8 with BOM. Never a cell that runs."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ahtc_tui.domain.actions import ActionRow
from ahtc_tui.domain.words import _
from ahtc_tui.formats.xlsx_log_rows import DAYS, Value, headings, values

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def write_actions_csv(path: Path, rows: Sequence[ActionRow], as_at: date) -> None:
    """Write the actions, a day as 2013-11-30, days past as "12 late"; an apostrophe before what would run."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings())
        for row in rows:
            writer.writerow(_cells(values(row, as_at)))


def _cells(shown: list[Value]) -> list[str]:
    days = shown[DAYS]
    if isinstance(days, int) and days < 0:
        shown[DAYS] = _("{days} late").format(days=-days)
    return [_harmless(value) for value in shown]


def _harmless(value: Value) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case str() if value.startswith(_RUNS):
            return "'" + value
        case _:
            return str(value)
