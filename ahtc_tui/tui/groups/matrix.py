"""Screen of organisations by groups: who has seats and who is missing. A narrow window shows some groups at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import work

from ahtc_tui.domain.groups.membership import SeatingRow, SeatingState, SeatMatrix
from ahtc_tui.domain.i18n import _, ngettext
from ahtc_tui.services.groups import membership
from ahtc_tui.tui.base.table_screen import TableScreen
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import GAP, Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts

HEAD = 4
NAME = 26
"""Width of the organisation's name in cells."""
NO_SEAT = "·"
STYLES = {SeatingState.SITS: "brag-G", SeatingState.UNNAMED: "soon", SeatingState.MISSING: "late"}


class SeatMatrixScreen(TableScreen[SeatingRow]):
    """Matrix of seats; returns the group with the first missing seat of the opened row."""

    BINDINGS = build_bindings("table.close", "desk.help", "desk.exit", "table.left", "table.right")
    empty_text = ""

    def __init__(self, matrix: SeatMatrix) -> None:
        super().__init__()
        self._matrix = matrix
        self._first = 0
        """Index of the first visible group."""

    def on_mount(self) -> None:
        self._show_matrix()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the matrix again."""
        with errors_as_toasts(self.app):
            self._matrix = await self.app.desk.show(membership.show_seat_matrix)
            self._show_matrix()
            self._draw_table()

    def _show_matrix(self) -> None:
        self.show_rows(self._matrix.rows, lambda row: (row.kind, row.name))

    def columns(self) -> Sequence[Column[SeatingRow]]:
        """Return the organisation and as many groups as fit, from the first visible one."""
        return (
            Column(_("Organisation"), None, lambda row: row.name),
            *(self._build_column(n) for n in self._find_visible_groups()),
        )

    def _build_column(self, number: int) -> Column[SeatingRow]:
        code, style = self._matrix.groups[number].code, _make_style_renderer(number)
        return Column(code, HEAD, _make_symbol_renderer(number), "center", style)

    def _find_visible_groups(self) -> range:
        """Return the indices of the groups that fit."""
        fits = max(1, (self.app.size.width - NAME - 4) // (HEAD + GAP))
        total = len(self._matrix.groups)
        self._first = max(0, min(self._first, total - fits))
        return range(self._first, min(total, self._first + fits))

    def on_resize(self) -> None:
        self._draw_table()

    def action_page(self, step: int) -> None:
        """Show the groups to the right or to the left."""
        self._first += step * len(self._find_visible_groups())
        self._draw_table()

    def _draw_table(self) -> None:
        shown = self._find_visible_groups()
        self.list_pane.set_columns(self.columns())
        groups = self._matrix.groups
        missing = sum(1 for _gap in self._matrix.find_missing())
        position = _("groups {first} to {last} of {all}")
        position = position.format(first=shown.start + 1, last=shown.stop, all=len(groups))
        unnamed = ngettext("1 seat without a name", "{n} seats without a name", missing)
        self.head.update(_("Membership: {where}, {unnamed}").format(where=position, unnamed=unnamed))
        signs = [f"{state.symbol} {state.label}" for state in SeatingState]
        names = ", ".join(f"{groups[n].code} {groups[n].name}" for n in shown)
        legend = "   ".join((*signs, _("{sign} no seat").format(sign=NO_SEAT)))
        self.legend.update(f"{names}\n{legend}" if self.app.size.height >= 30 else legend)

    def describe_row(self, row: SeatingRow) -> tuple[str, str]:
        """Return the seats of the organisation with their holders and roles."""
        lines = []
        for group, cell in zip(self._matrix.groups, row.cells, strict=True):
            if cell is not None:
                roles = ", ".join(dict.fromkeys(role.label.lower() for role in cell.roles))
                people = f": {', '.join(cell.people)}" if cell.people else ""
                lines.append(f"{cell.how.symbol} {group.code}  {group.name}, {roles}{people}")
        return row.name, "\n".join(lines)

    def ref_of(self, row: SeatingRow) -> str | None:
        """Return the first group where the organisation is missing, else the first where it has a seat."""
        cells = [(group.ref, cell) for group, cell in zip(self._matrix.groups, row.cells, strict=True) if cell]
        missing = [ref for ref, cell in cells if cell.how is not SeatingState.SITS]
        return (missing or [ref for ref, _cell in cells])[0] if cells else None


def _make_symbol_renderer(number: int) -> Callable[[SeatingRow], str]:
    def render(row: SeatingRow) -> str:
        cell = row.cells[number]
        return cell.how.symbol if cell else NO_SEAT

    return render


def _make_style_renderer(number: int) -> Callable[[SeatingRow], Any]:
    def choose_style(row: SeatingRow) -> str:
        cell = row.cells[number]
        return STYLES[cell.how] if cell else "muted"

    return choose_style
