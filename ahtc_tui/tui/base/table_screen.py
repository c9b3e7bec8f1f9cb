"""Base of screens with one table: header, table, details of the row, legend, key hints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import app, query_one
from textual.screen import Screen

from ahtc_tui.domain.i18n import _
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.base.disabled_keys import RowActions
from ahtc_tui.tui.widgets.column_widths import Column
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.plain import Plain, sanitize_text
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ListSource

Row = TypeVar("Row")


class TableScreen(RowActions, DismissOnce, Screen[str], Generic[Row]):
    """Base of a table screen; returns the reference of the opened row, if it has one."""

    DEFAULT_CSS = """
    TableScreen #head { height: auto; padding: 0 1; text-style: bold; }
    TableScreen VerticalScroll { height: 28%; min-height: 5; padding: 1 2 0 2; scrollbar-size-vertical: 1; }
    TableScreen #legend { height: auto; padding: 0 2; color: $foreground-muted; }
    TableScreen > #details { height: auto; min-height: 2; padding: 1 2 0 2; color: $foreground-muted; }
    """
    AUTO_FOCUS = "RecordList"

    app = app(DeskApp)
    list_pane = query_one(RecordList)
    head = query_one("#head", Plain)
    details = query_one("#details", Plain)
    legend = query_one("#legend", Plain)

    noun: ClassVar[str] = "groups"
    """Name of the mode that the screen belongs to."""
    empty_text: ClassVar[str] = ""
    has_legend: ClassVar[bool] = True
    """Whether there is a legend, and room to scroll in the details."""

    def columns(self) -> Sequence[Column[Row]]:
        """Return the columns of the table."""
        raise NotImplementedError

    def describe_row(self, row: Row) -> tuple[str, str] | None:
        """Return the details of a row: a heading in bold and the text below it; None leaves the details unchanged."""

    def ref_of(self, row: Row) -> str | None:
        """Return the reference that opening a row returns; None keeps the screen open."""

    def compose(self) -> ComposeResult:
        yield ModeBar(self.noun)
        yield Plain(id="head")
        openable = type(self).ref_of is not TableScreen.ref_of
        yield RecordList(self.columns(), empty_text=_(self.empty_text), markable=False, openable=openable)
        if self.has_legend:
            with VerticalScroll(can_focus=False):
                yield Plain(id="details")
            yield Plain(id="legend")
        else:
            yield Plain(id="details")
        yield Hints()

    def on_mount(self) -> None:
        """Reload after every write, also of other processes."""
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self.app.conflicts_changed.subscribe(self, lambda _nothing: self._show_conflicts())
        self._show_conflicts()

    def _show_conflicts(self) -> None:
        marks = self.app.conflict_marks
        self.list_pane.show_disputed(lambda row: getattr(row, "ref", "") in marks)

    def reload(self) -> Any:
        """Read the table again. Does nothing where its rows do not change."""

    def show_rows(self, rows: Sequence[Row], key: Any) -> None:
        """Fill the table with rows; the cursor stays on its record."""
        self.list_pane.update_rows(ListSource(rows, key))

    @on(RecordList.Highlighted)
    def _row_changed(self, event: RecordList.Highlighted) -> None:
        if event.row is None or isinstance(event, RecordList.Opened):
            return
        if (description := self.describe_row(event.row)) is not None:
            bold, words = description
            self.details.update(Content.assemble((f"{sanitize_text(bold)}\n", "bold"), sanitize_text(words)))

    @on(RecordList.Opened)
    def _open_row(self, event: RecordList.Opened) -> None:
        if (ref := self.ref_of(event.row)) is not None:
            self.dismiss(ref)

    def action_close(self) -> None:
        self.dismiss(None)
