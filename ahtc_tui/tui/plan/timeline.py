"""The timeline: what is open against the quarters, as far as its dates are known. Never changes a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.plan.timeline import Timeline, TimelineRow, bar, heads, legend, window
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.keys.plan import SHIFTING
from ahtc_tui.tui.plan.overlay import PlanOverlay
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_pages import HeadingLine

SHOWN = 8
"""Quarters at a time: two years."""


class TimelineScreen(PlanOverlay[TimelineRow]):
    """Bars by quarter; what has no date stands below, with what is known instead."""

    DEFAULT_CSS = """
    TimelineScreen #said { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(*SHIFTING)]

    def __init__(self, timeline: Timeline) -> None:
        super().__init__()
        self._timeline = timeline
        self._quarters = timeline.quarters
        self._first = window(self._quarters, timeline.today, SHOWN)

    @property
    def shown(self) -> list[date]:
        """The quarters in sight."""
        return self._quarters[self._first : self._first + SHOWN]

    def on_mount(self) -> None:
        """Draw."""
        self._draw()

    def on_resize(self) -> None:
        """Wider quarters where there is room."""
        self._draw()

    def action_shift(self, step: int) -> None:
        """Two quarters on, or back."""
        self._first = max(0, min(self._first + 2 * step, len(self._quarters) - SHOWN))
        self._draw()

    def _draw(self) -> None:
        dated = [row for row in self._timeline.rows if row.dated]
        self.put(
            _("Timeline: {n} with a date, {m} without").format(n=len(dated), m=len(self._timeline.rows) - len(dated)),
            self._lines(dated),
            lambda row: row.ref,
            legend(),
        )

    def _lines(self, dated: Sequence[TimelineRow]) -> Iterator[TimelineRow | HeadingLine]:
        number: int | None = -1
        for row in dated:
            if row.objective != number:
                number = row.objective
                yield HeadingLine(self._heading(number))
            yield row
        without = [row for row in self._timeline.rows if not row.dated]
        if without:
            yield HeadingLine(_("NO DATE  {n}").format(n=len(without)))
            yield from without

    def _heading(self, number: int | None) -> str:
        if number is None:
            return _("NO OBJECTIVE")
        return _("OBJECTIVE {n}  {title}").format(n=number, title=self._timeline.objectives.get(number, ""))

    def said_of(self, row: TimelineRow) -> str:
        """Its date as it was given, and its title as far as the line goes."""
        return f"{row.ref}  {row.end if row.dated else row.without}  {row.title}"

    def columns(self) -> Sequence[Column[TimelineRow]]:
        """Reference, title, and the bar over as many cells a quarter as there is room for."""
        wide = 7 if self.app.size.width >= 110 else 4
        quarters, today = self.shown, self._timeline.today

        def drawn(row: TimelineRow) -> str:
            return bar(row, quarters, wide, today) if row.dated else row.without

        def look(row: TimelineRow) -> str:
            return ("late" if row.late(today) else "") if row.dated else "muted"

        return (
            Column(_("Ref"), 6, lambda row: row.ref, grows=True),
            Column(_("Title"), None, lambda row: row.title),
            Column(heads(quarters, wide), len(quarters) * wide, drawn, style=look),
            Column(_("By"), 18, lambda row: str(row.end) if row.dated else "", hide_below=110),
        )

    def opened(self, row: TimelineRow) -> str | None:
        """The action; a milestone leads to its objective."""
        return row.ref if row.status else f"obj:{row.objective}"
