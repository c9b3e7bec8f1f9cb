"""Actions as CSV for spreadsheets: the columns of the action log, UTF-8 with BOM. Never a cell that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.csv.cells import harmless, write_csv
from ahtc_tui.formats.xlsx.action_log_rows import DAYS, Value, headings, values


def write_actions_csv(path: Path, rows: Sequence[ActionRow], as_at: date) -> None:
    """Write the actions, a day as 2013-11-30, days past as "12 late"; an apostrophe before what would run."""
    write_csv(path, chain((headings(),), (_cells(values(row, as_at)) for row in rows)))


def _cells(shown: list[Value]) -> list[str]:
    days = shown[DAYS]
    if isinstance(days, int) and days < 0:
        shown[DAYS] = _("{days} late").format(days=-days)
    return [_text(value) for value in shown]


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case _:
            return harmless(str(value))
