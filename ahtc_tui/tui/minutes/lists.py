"""The lists of live minutes: agenda items, and the lines of one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ahtc_tui.domain.meetings.model import AgendaRow, LineKind, LineRow
from ahtc_tui.tui.widgets.record_line import Column

KIND_LETTERS = {LineKind.NOTE: "n", LineKind.DECISION: "d", LineKind.ACTION: "a"}


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An agenda item with its start time."""

    row: AgendaRow
    clock: str
    """Planned start, "10:25"; empty if unknown."""
    discussed: bool


def agenda_columns() -> Sequence[Column[AgendaItem]]:
    return (
        Column("", 2, lambda item: str(item.row.position), "right"),
        Column("", None, lambda item: item.row.title),
        Column("", 5, lambda item: item.clock, style=lambda _item: "muted", hide_below=34),
        Column("", 1, lambda item: "✓" if item.discussed else "·", style=lambda _item: "muted"),
    )


def line_columns() -> Sequence[Column[LineRow]]:
    return (
        Column("", 4, lambda line: f"{line.item or 0}.{line.position}", style=lambda _line: "muted"),
        Column("", 1, lambda line: KIND_LETTERS[line.kind], style=_choose_kind_style),
        Column("", None, lambda line: line.text),
        Column("", 2, lambda line: "cy" if line.text_cy else "", style=lambda _line: "muted", hide_below=60),
        Column(
            "",
            8,
            lambda line: line.action or line.decision or "",
            style=lambda _line: "muted",
            grows=True,
            hide_below=60,
        ),
    )


def _choose_kind_style(line: LineRow) -> str:
    return {LineKind.ACTION: "soon", LineKind.DECISION: "mark", LineKind.NOTE: "muted"}[line.kind]
