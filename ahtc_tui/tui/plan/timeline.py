"""The timeline of open actions and milestones by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rich.cells import cell_len
from textual import work

from ahtc_tui.domain.dates.formal_dates import format_day
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.plan.timeline import (
    Timeline,
    TimelineRow,
    draw_bar,
    find_window_start,
    format_legend,
    format_quarter_headings,
)
from ahtc_tui.services.plan import service as plan
from ahtc_tui.tui.base.list_overlay import ListOverlay
from ahtc_tui.tui.keys import build_bindings
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.plain import format_heading
from ahtc_tui.tui.widgets.record_pages import HeadingLine

SHOWN_QUARTERS = 8
"""Number of quarters shown."""
END_WIDTH = 20
"""Cells of the end of a row."""


class TimelineScreen(ListOverlay[TimelineRow]):
    """Bars by quarter. Below is the number of rows without a date, which a key lists."""

    BINDINGS = build_bindings("periods.earlier", "periods.later", "periods.undated", "page.picture")
    picture_name = gettext_noop("Timeline")

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()
        self._timeline = timeline
        self._quarters = timeline.quarters
        self._lists_undated = not any(row.has_date for row in timeline.rows)
        self._first_index = find_window_start(self._quarters, timeline.today, SHOWN_QUARTERS)

    @property
    def shown_quarters(self) -> list[date]:
        """First days of the quarters in view."""
        return self._quarters[self._first_index : self._first_index + SHOWN_QUARTERS]

    def on_mount(self) -> None:
        self._draw()

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the timeline again; the quarters in view stay."""
        with errors_as_toasts(self.app):
            self._timeline = await self.app.desk.show(plan.show_timeline)
            first = self._quarters[self._first_index : self._first_index + 1]
            self._quarters = self._timeline.quarters
            if first and first[0] in self._quarters:
                self._first_index = self._quarters.index(first[0])
            self.action_shift(0)

    def on_resize(self) -> None:
        """Redraw: quarters are wider on a wide screen."""
        self._draw()

    def action_shift(self, step: int) -> None:
        """Move by two quarters."""
        self._first_index = max(0, min(self._first_index + 2 * step, len(self._quarters) - SHOWN_QUARTERS))
        self._draw()

    def action_toggle_undated(self) -> None:
        """List the rows without a date, or their number alone."""
        self._lists_undated = not self._lists_undated
        self._draw()

    def _draw(self) -> None:
        dated = [row for row in self._timeline.rows if row.has_date]
        self.show_lines(
            _("Timeline: {n} with a date, {m} without").format(n=len(dated), m=len(self._timeline.rows) - len(dated)),
            self._build_lines(dated),
            lambda row: row.ref,
            format_legend(),
        )

    def _build_lines(self, dated: Sequence[TimelineRow]) -> Iterator[TimelineRow | HeadingLine]:
        number: int | None = -1
        for row in dated:
            if row.objective != number:
                number = row.objective
                yield HeadingLine(self._format_heading(number))
            yield row
        undated = [row for row in self._timeline.rows if not row.has_date]
        if undated:
            yield HeadingLine(
                format_heading(_("No date"), len(undated)), "" if self._lists_undated else _("press v to list them")
            )
            yield from undated if self._lists_undated else ()

    def _format_heading(self, number: int | None) -> str:
        if number is None:
            return format_heading(_("No objective"))
        return format_heading(_("Objective {n}").format(n=number), self._timeline.objectives.get(number, ""))

    def format_detail(self, row: TimelineRow) -> str:
        return f"{row.ref}  {format_day(row.end) if row.has_date else row.undated_label}"

    def build_columns(self) -> Sequence[Column[TimelineRow]]:
        quarter_width = max(4, min(10, (self.app.size.width - 60) // SHOWN_QUARTERS))
        quarters, today = self.shown_quarters, self._timeline.today

        def format_end(row: TimelineRow) -> str:
            if row.has_date:
                return format_day(row.end)
            is_whole = cell_len(row.undated_label) <= END_WIDTH
            return row.undated_label if is_whole else row.undated_label.partition(",")[0]

        def choose_style(row: TimelineRow) -> str:
            return ("late" if row.is_late(today) else "") if row.has_date else "muted"

        return (
            Column(_("Ref"), 6, lambda row: row.ref, grows=True),
            Column(_("Title"), None, lambda row: row.shown_title),
            Column(
                format_quarter_headings(quarters, quarter_width),
                len(quarters) * quarter_width,
                lambda row: draw_bar(row, quarters, quarter_width, today) if row.has_date else "",
                style=choose_style,
            ),
            Column(_("By"), END_WIDTH, format_end, style=choose_style, optional=True),
        )

    def find_target(self, row: TimelineRow) -> str | None:
        """Return the action, or the objective of a milestone."""
        return row.ref if row.status else f"obj:{row.objective}"
