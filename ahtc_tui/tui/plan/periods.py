"""Overlays of the plan over time: burn-down by month, ratings by quarter, and the comparison of two quarters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from textual import work

from ahtc_tui.domain.dates.date_as_known import read_iso_date
from ahtc_tui.domain.dates.quarters import find_previous_quarter_end, format_quarter, list_quarter_ends
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.plan.model import RATING_KEYS, UNRATED_KEY
from ahtc_tui.domain.plan.periods import ActionCounts, BurnMonth, ComparedRow, PlanGrouping, PlanOnDay, format_filter
from ahtc_tui.services.plan import periods
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.drawing import draw_area

CURVE_LINES = 4
BAR_WIDTH, MIX_WIDTH = 110, 38
"""Most cells of the bar of a month, and of the letters of a quarter."""

HIGH_LINES = 30
"""Height of the screen from which the curve is drawn."""


def _count_letter(letter: str, counts: ActionCounts) -> int:
    return dict(counts.by_brag).get(letter, 0)


def _shift_quarter(end: date, step: int) -> date:
    """Return the end of the next or the previous quarter."""
    return (
        list_quarter_ends(date(end.year + end.month // 12, end.month % 12 + 1, 1), 1)[0]
        if step > 0
        else find_previous_quarter_end(end)
    )


class TrendScreen(ListOverlay[Any]):
    """Open actions by month, or ratings by quarter."""

    BINDINGS = build_bindings("periods.other", "page.picture")
    picture_name = gettext_noop("Trend")

    def __init__(self, by_month: bool = True) -> None:
        super().__init__()
        self._by_month = by_month
        self._max_count = 1

    def on_mount(self) -> None:
        self.reload()

    def action_other(self) -> None:
        """Switch between months and quarters."""
        self._by_month = not self._by_month
        self.reload()

    def find_target(self, row: BurnMonth | PlanOnDay) -> str:
        """Return a day of the quarter to compare with the one before."""
        return read_iso_date(row.month).latest.isoformat() if isinstance(row, BurnMonth) else row.day.isoformat()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the months or quarters."""
        with errors_as_toasts(self.app):
            if self._by_month:
                burn = await self.app.desk.show(periods.show_burn_down)
                self._max_count = max((month.open for month in burn.months), default=0) or 1
                head = self._draw_head([month.open for month in burn.months])
                self.show_lines(head, burn.months, lambda row: str(row), burn.undated.sentence)
            else:
                trend = await self.app.desk.show(periods.show_trend)
                self._max_count = max((state.total.total for state in trend.quarters), default=0) or 1
                head = _("Trend: counts at the end of each quarter")
                self.show_lines(head, trend.quarters, lambda row: str(row), trend.undated.sentence)

    def _draw_head(self, open_counts: Sequence[int]) -> str:
        """Return the heading, with the curve of the open actions where the screen has room for it."""
        width, height = self.app.size
        lines = draw_area(open_counts, width - 8, CURVE_LINES) if height >= HIGH_LINES else ()
        return "\n".join((_("Open actions at the end of each month"), *lines))

    def build_columns(self) -> Sequence[Column[Any]]:
        bar_width = min(BAR_WIDTH, self.app.size.width - 47)
        if self._by_month:
            return (
                Column(_("Month"), 6, lambda row: str(read_iso_date(row.month)), grows=True),
                Column(_("Raised"), 6, lambda row: str(row.raised or "·"), "right"),
                Column(_("Closed"), 6, lambda row: str(row.closed or "·"), "right"),
                Column(_("Open"), 5, lambda row: str(row.open), "right"),
                Column("", bar_width, lambda row: "━" * round(bar_width * row.open / self._max_count)),
            )
        bar_width = min(MIX_WIDTH, self.app.size.width - 59)
        return (
            Column(_("Quarter"), 8, lambda row: format_quarter(row.day), grows=True),
            Column(_("Open"), 4, lambda row: str(row.total.open), "right"),
            Column(_("Late"), 4, lambda row: str(row.total.late or "–"), "right"),
            *(_build_letter_column(letter) for letter in RATING_KEYS),
            Column("", bar_width, lambda row: _draw_mix(row.total, self._max_count, bar_width)),
        )


def _build_letter_column(letter: str) -> Column[PlanOnDay]:
    return Column(
        "–" if letter == UNRATED_KEY else letter,
        3,
        lambda row: str(_count_letter(letter, row.total) or "·"),
        "right",
        lambda _row: "" if letter == UNRATED_KEY else f"brag-{letter}",
        grows=True,
    )


def _draw_mix(counts: ActionCounts, max_count: int, width: int) -> str:
    """Return a bar of rating letters in proportion to their counts; every rating that occurs has a cell."""
    shares = {letter: _count_letter(letter, counts) for letter in RATING_KEYS}
    cells = {letter: max(1, width * number // max_count) for letter, number in shares.items() if number}
    return "".join(("–" if letter == UNRATED_KEY else letter) * number for letter, number in cells.items())[:width]


class CompareScreen(ListOverlay[ComparedRow]):
    """Two successive quarters, by objective, lead or group."""

    BINDINGS = build_bindings("periods.by", "periods.earlier", "periods.later", "page.picture")
    picture_name = gettext_noop("Quarters compared")

    def __init__(self, last: date) -> None:
        super().__init__()
        self._last_quarter, self._by = last, PlanGrouping.OBJECTIVE
        self._total: ComparedRow | None = None

    def on_mount(self) -> None:
        self.reload()

    def action_next_by(self) -> None:
        """Switch the grouping: objective, lead, group."""
        order = list(PlanGrouping)
        self._by = order[(order.index(self._by) + 1) % len(order)]
        self.reload()

    def action_shift(self, step: int) -> None:
        """Move to the next or the previous quarter."""
        self._last_quarter = _shift_quarter(self._last_quarter, step)
        self.reload()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read both quarters."""
        with errors_as_toasts(self.app):
            comparison = await self.app.desk.show(
                periods.compare_plan, find_previous_quarter_end(self._last_quarter), self._last_quarter, self._by
            )
            head = _("{before}  →  {after}   by {by}").format(
                before=format_quarter(comparison.first),
                after=format_quarter(comparison.last),
                by=comparison.by.label.lower(),
            )
            self._total = ComparedRow(comparison.by, None, _("All actions"), comparison.before, comparison.after)
            self.show_lines(
                head, [*comparison.rows, self._total], lambda row: (row.ref, row.name), comparison.undated.sentence
            )

    def find_target(self, row: ComparedRow) -> str | None:
        """Return the filter text for the actions of a line; None for the totals."""
        return None if row == self._total else format_filter(row.by, row.ref, row.name)

    def build_columns(self) -> Sequence[Column[ComparedRow]]:
        return (
            Column(self._by.label, None, lambda row: row.name),
            Column(_("Open"), 7, lambda row: _format_pair(row.before.open, row.after.open), "right", grows=True),
            Column(_("Late"), 5, lambda row: _format_pair(row.before.late, row.after.late), "right", grows=True),
            *(_build_letter_pair_column(letter) for letter in RATING_KEYS[:-1]),
            Column(_("Not rated"), 9, lambda row: _format_letter_pair(row, UNRATED_KEY), "right", optional=True),
        )


def _build_letter_pair_column(letter: str) -> Column[ComparedRow]:
    return Column(
        letter, 5, lambda row: _format_letter_pair(row, letter), "right", lambda _row: f"brag-{letter}", grows=True
    )


def _format_letter_pair(row: ComparedRow, letter: str) -> str:
    return _format_pair(_count_letter(letter, row.before), _count_letter(letter, row.after))


def _format_pair(before: int, after: int) -> str:
    return f"{before} → {after}" if before != after else str(after or "·")
