"""Layout and drawing of the agenda of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.meetings.agenda import EditableAgenda
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.meetings.agenda_card import build_sections
from ahtc_tui.tui.meetings.agenda_line import AgendaEntry
from ahtc_tui.tui.meetings.agenda_list import AgendaLine, agenda_columns, build_lines
from ahtc_tui.tui.meetings.list import format_day
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.plain import Plain
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import HeadingLine, ListSource

if TYPE_CHECKING:
    from ahtc_tui.tui.base.service_threads import Desk


class AgendaView(Screen[None]):
    """Base of `AgendaScreen`: head, lines, detail pane and input line."""

    CSS_PATH = "agenda.tcss"
    AUTO_FOCUS = "RecordList"

    app = app(DeskApp)
    head = query_one("#agenda-head", Plain)
    list_pane = query_one(RecordList)
    card_pane = query_one(Card)
    entry = query_one(AgendaEntry)

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
        self._ref = ref
        self._agenda: EditableAgenda | None = None
        self._target_key: RowKey | None = None
        """Key of the line for the cursor after the next redraw."""

    @property
    def desk(self) -> Desk:
        return self.app.desk

    def compose(self) -> ComposeResult:
        yield Plain(id="agenda-head")
        with Horizontal(id="agenda-panes"):
            yield RecordList(agenda_columns(), markable=False, empty_text=_("t takes the template, n writes an item."))
            yield Card()
        yield AgendaEntry()
        yield Hints()

    def draw_agenda(self) -> None:
        """Draw the agenda read last and place the cursor."""
        agenda = self._agenda
        assert agenda is not None
        rows = tuple(build_lines(agenda))
        source: ListSource[AgendaLine] = ListSource(rows, lambda line: line.key)
        indexes = {row.key: index for index, row in enumerate(rows) if not isinstance(row, HeadingLine)}
        highlighted: AgendaLine | None = self.list_pane.highlighted
        target_key = self._target_key or (highlighted.key if highlighted else None)
        self._target_key = None
        if target_key not in indexes:  # the line was removed: take the one in its place
            target_key = next((key for key, index in indexes.items() if index >= self.list_pane.cursor), None)
        self.list_pane.show(source, key=(indexes[target_key], target_key) if target_key is not None else None)
        self.draw_head()
        if not indexes:
            self.card_pane.show(build_sections(None, agenda.card))

    def draw_head(self) -> None:
        """Draw the meeting, its hours and the minutes allotted."""
        assert self._agenda is not None
        card = self._agenda.card
        allotted = sum(item.minutes or 0 for item in card.agenda)
        row = card.row
        hours = "–".join(f"{moment:%H:%M}" for moment in (row.starts, row.ends) if moment)
        parts = [row.ref, format_day(row.day), hours, _("{n} min").format(n=allotted) if allotted else ""]
        if card.minutes_over:
            parts.append(_("{n} MIN TOO LONG").format(n=card.minutes_over))
        self.head.update("   ".join(part for part in parts if part))

    @on(RecordList.Highlighted)
    def _show_line(self, event: RecordList.Highlighted) -> None:
        if self._agenda is not None and not isinstance(event, RecordList.Opened):
            self.card_pane.show(build_sections(event.row, self._agenda.card))
