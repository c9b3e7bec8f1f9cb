"""The mode Today: what a Monday begins with. Enter goes to the record itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Footer

from ahtc_tui.domain.saying import long_date_with_day
from ahtc_tui.domain.today import TodayView
from ahtc_tui.domain.words import _
from ahtc_tui.services.today import today_view
from ahtc_tui.tui.base import DeskScreen
from ahtc_tui.tui.keys import bindings
from ahtc_tui.tui.today.list import TodayLine, columns, lines
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource


class TodayScreen(DeskScreen):
    """One page, no card: every line opens where it belongs."""

    noun = "today"
    BINDINGS = bindings("desk.find")

    def columns(self) -> Sequence[Column[TodayLine]]:
        """As the page has them."""
        return columns()

    def compose(self) -> ComposeResult:
        """Modes, the day, the page, hints."""
        yield ModeBar(self.noun)
        yield Plain(f" {long_date_with_day(self.desk.today)}", id="day")
        yield RecordList(self.columns(), empty_text=_("Nothing is waiting."), markable=False)
        yield Footer(show_command_palette=False, compact=True)

    @work(exclusive=True, group="load")
    async def reload(self) -> None:
        """Read the page anew."""
        with told(self.app):
            view: TodayView = await self.desk.ask(today_view)
            self.list_pane.show(ListSource(list(lines(view)), lambda line: (line.kind, line.ref, line.when)))

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        row: Any = event.row
        if not isinstance(row, HeadingLine):
            self.app.go(row.kind, row.ref)
