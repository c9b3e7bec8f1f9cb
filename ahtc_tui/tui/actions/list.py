"""Columns and page source of the list of actions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rich.cells import cell_len

from ahtc_tui.domain.actions.filters import ActionFilter, ActionOrder, Ordering, Sort
from ahtc_tui.domain.actions.list_columns import LIST_COLUMNS, ListColumn
from ahtc_tui.domain.actions.model import CLOSED_STATUSES, ActionRow, Brag, Status
from ahtc_tui.domain.dates.formatting import format_due
from ahtc_tui.domain.i18n import _, pgettext
from ahtc_tui.domain.plan.model import format_rating_mark
from ahtc_tui.services.actions import service as actions
from ahtc_tui.services.actions.service import ListPosition, Page
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.record_pages import Span

Placed = tuple[ListPosition, ActionRow]
"""An action with its sort key."""

DUE_WIDTH = 12
"""Width of the column of due dates, at least that of the longest closed status."""

LEAD_WIDTH = 16
"""Most cells of the name of a lead, which stands below the due date in a narrow list."""

NATURAL_ORDERS = {("due", False): Sort.DUE, ("urgency", True): Sort.URGENCY, ("ref", False): Sort.REF}
"""Column and direction of the orders that a view can keep."""


class ActionSource:
    """Actions that match a filter, in one order, read in pages from the database."""

    def __init__(self, desk: Desk, action_filter: ActionFilter, sort: Ordering) -> None:
        self.desk, self.action_filter, self.sort = desk, action_filter, sort

    def key_of(self, placed: Placed) -> ListPosition:
        """Return the sort key, of which the last element identifies the action."""
        return placed[0]

    async def count_rows(self) -> int:
        """Return the number of actions."""
        return await self.desk.run_read(actions.count_actions, self.action_filter)

    async def read_page(self, span: Span) -> Sequence[Placed]:
        """Return the actions of the span."""
        page = Page(span.limit, _read_place(span.after), _read_place(span.before), span.from_end, span.offset or 0)
        return await self.desk.run_read(actions.list_action_page, self.action_filter, self.sort, page)

    async def find_key(self, ref: str) -> ListPosition | None:
        """Return the sort key of an action; None if the filter excludes it."""
        action_filter = replace(self.action_filter, ref=ref)
        rows = await self.desk.run_read(actions.list_action_page, action_filter, self.sort, Page(1))
        return rows[0][0] if rows else None

    async def count_before(self, key: ListPosition) -> int:
        """Return the number of actions before a sort key."""
        return await self.desk.run_read(actions.rank_action, self.action_filter, self.sort, key)


def _read_place(key: tuple[object, ...] | None) -> ListPosition | None:
    return None if key is None else (key[0], int(str(key[1])))


def read_order(order: tuple[str, bool]) -> Ordering:
    """Return the order of a list by its column and direction."""
    return NATURAL_ORDERS.get(order) or ActionOrder(*order)


def action_columns(today: date, names: Sequence[str] = ()) -> Sequence[Column[Placed]]:
    """Return all columns, those of these names first; title and update share the remaining width."""
    columns_by_name = {name: _build_column(column, today) for name, column in LIST_COLUMNS.items()}
    columns_by_name["brag"] = replace(
        columns_by_name["brag"],
        title=pgettext("column", "B"),
        width=max(len(rating.letter) for rating in Brag),
        render=lambda placed: format_rating_mark(placed[1].brag),
        style=lambda placed: choose_brag_style(placed[1]),
    )
    columns_by_name["ref"] = replace(columns_by_name["ref"], grows=True)
    columns_by_name["due"] = replace(
        columns_by_name["due"],
        width=max(DUE_WIDTH, *(cell_len(status.label) for status in CLOSED_STATUSES)),
        render=lambda placed: format_due_cell(placed[1], today),
        align="right",
        style=lambda placed: choose_due_style(placed[1], today),
    )
    columns_by_name["lead"] = replace(columns_by_name["lead"], under="due", width_below=LEAD_WIDTH)
    return [columns_by_name[name] for name in dict.fromkeys((*names, *LIST_COLUMNS))]


def _build_column(column: ListColumn, today: date) -> Column[Placed]:
    return Column(
        column.heading,
        column.width,
        lambda placed: column.format_cell(placed[1], today),
        "right" if column.is_number else "left",
        sort=column.name,
        least=column.least,
        long_title=column.long_heading,
    )


def format_some_refs(refs: Sequence[str]) -> str:
    """Return the first eight references, and the number of the others."""
    first_refs = ", ".join(refs[:8])
    return first_refs if len(refs) <= 8 else _("{named} and {n} more").format(named=first_refs, n=len(refs) - 8)


def choose_brag_style(row: ActionRow) -> str:
    """Return the style name of a rating."""
    return f"brag-{row.brag}" if row.brag else "muted"


def format_due_cell(row: ActionRow, today: date) -> str:
    """Return the due date in short. Continuing duties have none and are never late."""
    if row.status is Status.CONTINUING:
        return _("continuing")
    if not row.is_open:
        return row.status.label.lower()
    return format_due(row.due, today, row.is_late(today))


def choose_due_style(row: ActionRow, today: date) -> str:
    """Return the style name of the due date: late, soon (14 days or less), muted or plain."""
    if row.is_late(today):
        return "late"
    days = row.days_left(today)
    if row.is_open and days is not None and days <= 14 and row.status is not Status.CONTINUING:
        return "soon"
    return "muted" if row.due is None or not row.is_open else ""
