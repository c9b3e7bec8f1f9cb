"""Actions as CSV with the columns of the action log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from ahtc_tui.domain.actions.model import ActionRow
from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.csv.cells import escape_formula, write_csv
from ahtc_tui.formats.xlsx.action_log_rows import DAYS_COLUMN, Value, action_cells, action_columns


def write_actions_csv(path: Path, rows: Sequence[ActionRow], as_at: date) -> None:
    """Write the actions; days are ISO 8601, negative days left are "12 late", and formula-like text has an apostrophe
    before it.
    """
    write_csv(path, chain((action_columns(),), (_format_cells(action_cells(row, as_at)) for row in rows)))


def _format_cells(cells: list[Value]) -> list[str]:
    days = cells[DAYS_COLUMN]
    if isinstance(days, int) and days < 0:
        cells[DAYS_COLUMN] = _("{days} late").format(days=-days)
    return [_format_value(value) for value in cells]


def _format_value(value: Value) -> str:
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case _:
            return escape_formula(str(value))
