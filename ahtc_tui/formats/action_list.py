"""Actions as CSV with the columns of the action log, and as JSON for other programs, in which nothing is translated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from ahtc_tui.domain.actions.serialization import serialize_action
from ahtc_tui.domain.desk_people import format_author
from ahtc_tui.domain.i18n import _, render_lines
from ahtc_tui.domain.replication.conflict_marks import format_names
from ahtc_tui.formats.text_table import escape_formula, write_csv
from ahtc_tui.formats.xlsx.action_log_rows import (
    DAYS_COLUMN,
    ActionLog,
    Value,
    action_cells,
    action_columns,
    view_cells,
    view_headings,
)


def write_actions_csv(path: Path, log: ActionLog) -> None:
    """Write the actions: ISO 8601 days, "12 late" for negative days left, an apostrophe before formula-like text.

    The columns are those of a saved view, or all of the log. Where fields of these actions wait for a decision, a
    further column names them.
    """
    rows, as_at, marks, columns = log.rows, log.as_at, log.marks, log.columns
    headings = view_headings(columns) if columns else list(action_columns())
    cells = (view_cells(row, as_at, columns) if columns else action_cells(row, as_at) for row in rows)
    days = headings.index(action_columns()[DAYS_COLUMN]) if action_columns()[DAYS_COLUMN] in headings else None
    lines: Iterator[Sequence[object]] = chain((headings,), (_format_cells(values, days) for values in cells))
    if log.totals.disputed_refs:
        names = chain((_("To decide"),), (format_names(marks.fields.get(row.ref, ())) for row in rows))
        lines = ([*line, name] for line, name in zip(lines, names, strict=True))
    write_csv(path, lines, log.shown_marking)


def _format_cells(cells: list[Value], days_column: int | None) -> list[Value]:
    """Return the cells as the csv module writes them: nothing for None, ISO 8601 for a day."""
    days = None if days_column is None else cells[days_column]
    if days_column is not None and isinstance(days, int) and days < 0:
        cells[days_column] = _("{days} late").format(days=-days)
    return [escape_formula(value) if isinstance(value, str) else value for value in cells]


def write_actions_json(path: Path, log: ActionLog) -> None:
    """Write one document: title, marking, as_at, filter, created_by, brag (the meaning of each letter), actions.

    Each action is one line, which Python encodes several times faster than indented JSON.
    """
    head = {
        "title": log.title,
        "marking": log.shown_marking.value,
        "as_at": log.as_at.isoformat(),
        "filter": render_lines(log.describe_filter) or None,
        "created_by": format_author(),
        "brag": {meaning.brag.value: {"means": meaning.words, "agreed": not meaning.ours} for meaning in log.meanings},
    }
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}") + ',\n  "actions": [')
        for number, row in enumerate(log.rows):
            file.write("\n    " if number == 0 else ",\n    ")
            file.write(encode({**serialize_action(row, log.as_at), "conflict": row.ref in log.marks}))
        file.write("\n  ]\n}\n")
