"""What every screen of the desk is: modes on top, a filter, a list with its card, hints below. Never knows a noun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.getters import app, query_one
from textual.screen import Screen
from textual.signal import Signal
from textual.widgets import Footer

from ahtc_tui.domain.words import _
from ahtc_tui.tui.desk import Desk
from ahtc_tui.tui.keys import DESK, LISTS, bindings
from ahtc_tui.tui.widgets.card import Card, Section
from ahtc_tui.tui.widgets.confirm import say, told
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.mode_bar import ModeBar
from ahtc_tui.tui.widgets.record_line import Column
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import PageSource

Row = TypeVar("Row")


class DeskApp(App[int]):
    """What screens know of the app, without knowing its modes."""

    desk: Desk
    changed: Signal[None]
    """Published after every write; screens in inactive modes hear it too."""

    def go(self, kind: str, ref: str) -> None:
        """Show a record of a kind ("action", "meeting") in the mode where it belongs."""
        raise NotImplementedError

    def take_minutes(self, ref: str) -> None:
        """Open the live minutes of a meeting."""
        raise NotImplementedError


class DeskScreen(Screen[None]):
    """Any mode of the desk: a list that is read anew after every write, and the keys that every mode has."""

    BINDINGS = bindings(*DESK)
    AUTO_FOCUS = "RecordList"

    noun: ClassVar[str]

    app = app(DeskApp)
    list_pane = query_one(RecordList)

    def __init__(self) -> None:
        super().__init__()
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    @property
    def desk(self) -> Desk:
        """The services."""
        return self.app.desk

    def on_mount(self) -> None:
        """Listen for changes and read the list."""
        self.app.changed.subscribe(self, lambda _nothing: self.reload())
        self.reload()

    def on_screen_resume(self) -> None:
        """Another program may have written meanwhile."""
        if self.list_pane.total:
            self.reload()

    def reload(self) -> Any:
        """Read the list anew."""
        raise NotImplementedError

    def ref_of(self, row: Any) -> str:
        """The reference that `y` copies."""
        return str(getattr(row, "ref", ""))

    def action_copy_ref(self) -> None:
        """Put the reference on the clipboard."""
        if self.list_pane.highlighted is not None:
            ref = self.ref_of(self.list_pane.highlighted)
            self.app.copy_to_clipboard(ref)
            say(self.app, _("{ref} copied").format(ref=ref), undo=False)

    def action_find_record(self) -> None:
        """The palette, which finds records."""
        self.app.action_command_palette()


class NounScreen(DeskScreen, Generic[Row]):
    """A list of one noun and the card beside it. A noun gives its columns, its source and the sections of its card."""

    BINDINGS = bindings(*LISTS)

    markable: ClassVar[bool] = False
    """Whether something can be done with several rows at once."""

    filter_bar = query_one(FilterBar)
    card_pane = query_one(Card)

    def __init__(self) -> None:
        super().__init__()
        self._source: PageSource[Row] | None = None

    def columns(self) -> Sequence[Column[Row]]:
        """The columns of the list."""
        raise NotImplementedError

    async def source(self, text: str) -> PageSource[Row]:
        """Where the rows come from, for the words of the filter."""
        raise NotImplementedError

    async def sections(self, row: Row) -> Iterable[Section]:
        """The card of a row."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Modes, filter, list, card, hints."""
        yield ModeBar(self.noun)
        yield FilterBar()
        with Horizontal(id="panes"):
            yield RecordList(
                self.columns(), empty_text=_("Nothing matches. esc clears the filter."), markable=self.markable
            )
            yield Card()
        yield Footer(show_command_palette=False, compact=True)

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its record."""
        self.load(self.filter_bar.text, stay=True)

    @work(exclusive=True, group="load")
    async def load(self, text: str, stay: bool = False) -> None:
        """Show what the filter finds."""
        with told(self.app):
            row = self.list_pane.highlighted if stay else None
            at = self._source.key_of(row) if row is not None and self._source is not None else None
            self._source = await self.source(text)
            self.list_pane.show(self._source, at=at)

    @work(exclusive=True, group="card")
    async def read_card(self, row: Row) -> None:
        """Show the card of a row."""
        with told(self.app):
            self.card_pane.show(await self.sections(row))

    @on(FilterBar.Changed)
    def _filter_changed(self, event: FilterBar.Changed) -> None:
        self.load(event.text)

    @on(RecordList.Counted)
    def _counted(self, event: RecordList.Counted) -> None:
        self.filter_bar.set_status(event.total, order=self.order_words())

    def order_words(self) -> str:
        """The order of the list, as the filter line says it."""
        return ""

    @on(RecordList.Highlighted)
    def _highlighted(self, event: RecordList.Highlighted) -> None:
        if isinstance(event, RecordList.Opened):
            return
        if event.row is None:
            self.card_pane.show(())
        elif self.has_class("-wide") or self.has_class("-reading"):
            self.read_card(event.row)

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        self.open_row(event.row)

    def open_row(self, row: Any) -> None:
        """Read the card: it takes the whole screen where that is narrow."""
        self.add_class("-reading")
        self.read_card(row)
        self.card_pane.focus()

    def action_read(self) -> None:
        """Read the card of the row under the cursor."""
        if self.list_pane.highlighted is not None:
            self.open_row(self.list_pane.highlighted)

    def action_back(self) -> None:
        """From the card to the list; from the list to no filter."""
        if self.card_pane.has_focus or self.has_class("-reading"):
            self.remove_class("-reading")
            self.list_pane.focus()
        elif self.filter_bar.text:
            self.filter_bar.set_text("")
        elif self.list_pane.marked:
            self.list_pane.clear_marks()

    def action_filter(self) -> None:
        """Type a filter."""
        self.remove_class("-reading")
        self.filter_bar.open()

    def find(self, ref: str) -> None:
        """Show one record: the filter becomes its reference."""
        self.filter_bar.set_text(ref)
        self.list_pane.focus()
