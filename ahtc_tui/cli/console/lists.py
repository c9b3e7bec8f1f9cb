"""Output of the verbs that list records: one JSON document, or a table and the number of its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ahtc_tui.cli.console.context import Context
from ahtc_tui.cli.console.output import format_table, print_json, print_lines

Row = TypeVar("Row")


def print_list(
    context: Context,
    rows: Sequence[Row],
    serialize: Callable[[Row], Any],
    cells: Callable[[Row], Sequence[str]],
    widths: Sequence[int | None],
    count: str,
    layout: Callable[..., list[str]] = format_table,
) -> None:
    """Print rows as JSON, or as a table on stdout and the sentence with their number on stderr.

    `widths` as in `format_table`; the layout `format_records` shows full titles. Records in conflict are marked.
    """
    if context.as_json:
        print_json([serialize(row) for row in rows], context.marks)
    else:
        print_lines(layout([cells(row) for row in rows], widths, marks=context.marks))
        context.print_notice(count)
