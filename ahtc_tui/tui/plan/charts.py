"""The charts of the plan: open actions by month, with a table by month or quarter or of two quarters compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from textual import on, work

from ahtc_tui.domain.dates.date_as_known import format_long_date, read_iso_date
from ahtc_tui.domain.dates.quarters import find_previous_quarter_end, find_quarter_end, format_quarter
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.labelled_enum import LabelledEnum
from ahtc_tui.domain.plan.model import RATING_KEYS, UNRATED_KEY, format_rating_mark
from ahtc_tui.domain.plan.periods import (
    ActionCounts,
    BurnMonth,
    ComparedRow,
    PlanGrouping,
    PlanOnDay,
    format_filter,
)
from ahtc_tui.services.plan import service
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.drawing import draw_columns
from ahtc_tui.tui.widgets.record_list import RecordList

CHART_LINES = {24: 3, 30: 5, 40: 7}
"""Lines of the columns, by the least height of the screen."""


class Period(LabelledEnum):
    """Rows of the table that are periods of time."""

    MONTHS = "months", gettext_noop("Open actions at the end of each month")
    QUARTERS = "quarters", gettext_noop("Counts at the end of each quarter")


TABLES: tuple[Period | PlanGrouping, ...] = (*Period, *PlanGrouping)
"""The tables in the order in which a key shows them; a grouping compares two quarters."""


class ChartsScreen(ListOverlay[Any]):
    """The chart of open actions, and a table below it."""

    DEFAULT_CSS = """
    ChartsScreen #head { text-style: none; color: $primary; }
    """
    BINDINGS = build_bindings("periods.table", "periods.earlier", "periods.later", "page.picture")
    picture_name = gettext_noop("Charts")

    def __init__(self, today: date) -> None:
        super().__init__()
        self._table: Period | PlanGrouping = Period.MONTHS
        self._last_quarter = find_quarter_end(today)
        self._total: ComparedRow | None = None

    def on_mount(self) -> None:
        self.reload()

    def on_resize(self) -> None:
        """Draw the chart again, as wide as the screen."""
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Go to other quarters only where two are compared."""
        return (action != "shift" or self._table in PlanGrouping) and super().check_action(action, parameters)

    def action_next_by(self) -> None:
        """Show the next table."""
        self._show_table(TABLES[(TABLES.index(self._table) + 1) % len(TABLES)])

    def _show_table(self, table: Period | PlanGrouping) -> None:
        self._table = table
        self.refresh_bindings()
        self.reload()

    def action_shift(self, step: int) -> None:
        """Compare the next or the previous quarter with the one before it."""
        end = self._last_quarter
        self._last_quarter = find_quarter_end(end + timedelta(days=1)) if step > 0 else find_previous_quarter_end(end)
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the months, and the rows of the table."""
        with errors_as_toasts(self.app):
            burn = await self.app.desk.show(service.show_burn_down)
            title, rows, note = await self._read_table(burn.months, burn.undated.sentence)
            caption = Period.MONTHS.label
            head = (caption, *self._draw_chart(burn.months), *((title,) if title != caption else ()))
            self.show_lines("\n".join(head), rows, _identify, note)

    async def _read_table(self, months: Sequence[BurnMonth], note: str) -> tuple[str, Sequence[Any], str]:
        """Return title, rows and note of the table."""
        if self._table is Period.MONTHS:
            return self._table.label, months, note
        if self._table is Period.QUARTERS:
            trend = await self.app.desk.show(service.show_trend)
            return self._table.label, trend.quarters, trend.undated.sentence
        first, last = find_previous_quarter_end(self._last_quarter), self._last_quarter
        grouping = PlanGrouping(self._table)
        comparison = await self.app.desk.show(service.compare_plan, first, last, grouping)
        title = _("{before}  →  {after}   by {by}").format(
            before=format_quarter(first), after=format_quarter(last), by=grouping.label.lower()
        )
        self._total = ComparedRow(grouping, None, _("All actions"), comparison.before, comparison.after)
        return title, [*comparison.rows, self._total], comparison.undated.sentence

    def _draw_chart(self, months: Sequence[BurnMonth]) -> list[str]:
        """Return the lines of the chart: a column for each month, the first and the last with value and date."""
        if not months:
            return []
        width, height = self.app.size
        lines = draw_columns(
            [month.open for month in months],
            width - 4,
            next((number for least, number in reversed(CHART_LINES.items()) if height >= least), 0),
        )
        indent, today = lines[-1].index("└") + 1, self.app.desk.today
        first = f"{read_iso_date(months[0].month)} ({months[0].open})"
        last = f"{format_long_date(today)} ({months[-1].open})"
        gap = max(3, len(lines[-1]) - indent - len(first) - len(last))
        return [*lines, " " * indent + first + (" " * gap + last if len(months) > 1 else "")]

    @on(RecordList.Opened)
    def _compare_quarter(self, event: RecordList.Opened) -> None:
        """Compare the quarter of an opened month or quarter with the one before it."""
        if isinstance(row := event.row, BurnMonth | PlanOnDay):
            day = row.day if isinstance(row, PlanOnDay) else read_iso_date(row.month).latest
            self._last_quarter = find_quarter_end(day)
            self._show_table(PlanGrouping.OBJECTIVE)

    def find_target(self, row: Any) -> str | None:
        """Return the filter text for the actions of a compared line; None for totals and periods."""
        if isinstance(row, ComparedRow) and row != self._total:
            return format_filter(row.by, row.ref, row.name)
        return None

    def build_columns(self) -> Sequence[Column[Any]]:
        if self._table is Period.MONTHS:
            return (
                Column(_("Month"), 6, lambda row: str(read_iso_date(row.month)), grows=True),
                Column(_("Raised"), 6, lambda row: str(row.raised or "·"), "right"),
                Column(_("Closed"), 6, lambda row: str(row.closed or "·"), "right"),
                Column(_("Open"), 5, lambda row: str(row.open), "right"),
            )
        if self._table is Period.QUARTERS:
            return (
                Column(_("Quarter"), 8, lambda row: format_quarter(row.day), grows=True),
                Column(_("Open"), 6, lambda row: str(row.total.open), "right"),
                Column(_("Late"), 6, lambda row: str(row.total.late or "–"), "right"),
                *(_build_letter_column(letter, lambda row, letter: str(_count(letter, row.total) or "·"))
                  for letter in RATING_KEYS[:-1]),
                Column(_("Not rated"), 9, lambda row: str(_count(UNRATED_KEY, row.total) or "·"), "right"),
            )  # fmt: skip
        return (
            Column(PlanGrouping(self._table).label, None, lambda row: row.name),
            Column(_("Open"), 7, lambda row: _format_pair(row.before.open, row.after.open), "right", grows=True),
            Column(_("Late"), 5, lambda row: _format_pair(row.before.late, row.after.late), "right", grows=True),
            *(_build_letter_column(letter, _format_letter_pair) for letter in RATING_KEYS[:-1]),
            Column(_("Not rated"), 9, lambda row: _format_letter_pair(row, UNRATED_KEY), "right", optional=True),
        )


def _identify(row: BurnMonth | PlanOnDay | ComparedRow) -> Any:
    match row:
        case BurnMonth():
            return row.month
        case PlanOnDay():
            return row.day
    return row.ref, row.name


def _build_letter_column(letter: str, render: Callable[[Any, str], str]) -> Column[Any]:
    return Column(
        format_rating_mark(letter),
        5,
        lambda row: render(row, letter),
        "right",
        lambda _row: f"brag-{letter}",
        grows=True,
    )


def _count(letter: str, counts: ActionCounts) -> int:
    return dict(counts.by_brag).get(letter, 0)


def _format_letter_pair(row: ComparedRow, letter: str) -> str:
    return _format_pair(_count(letter, row.before), _count(letter, row.after))


def _format_pair(before: int, after: int) -> str:
    return f"{before} → {after}" if before != after else str(after or "·")
