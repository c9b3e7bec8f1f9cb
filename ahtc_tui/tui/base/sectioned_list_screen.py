"""A list with headings, where going to a record means standing on it among the others. Never knows a noun."""

from __future__ import annotations

from typing import TypeVar

from textual import on, work
from textual.widgets import Input

from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.widgets.confirm import told
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import Key

Row = TypeVar("Row")


class SectionedListScreen(RecordScreen[Row]):
    """A noun says where a reference stands in the list that was read last, and how many records that has."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted = ""
        """The reference to stand on, until the list stands there."""

    def place_of(self, ref: str) -> Key | None:
        """Where a record stands; None if the list has no such record."""
        raise NotImplementedError

    def records_shown(self) -> int:
        """How many records the list has: headings are none."""
        raise NotImplementedError

    @on(RecordList.Counted)
    def _records_counted(self, event: RecordList.Counted) -> None:
        event.prevent_default()
        self.filter_bar.set_status(self.records_shown(), order=self.order_words())

    def find(self, ref: str) -> None:
        """Stand on one record, among all of them."""
        self._wanted = ref
        with self.filter_bar.input.prevent(Input.Changed):
            self.filter_bar.set_text("")
        self.reload()
        self.list_pane.focus()

    def reload(self) -> None:
        """Read the list anew; the cursor stays on its record, or goes to the one that is wanted."""
        if self._wanted:
            self._show_at(self._wanted)
        else:
            super().reload()

    @on(RecordList.Highlighted)
    def _stands_there(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and self.ref_of(event.row) == self._wanted:
            self._wanted = ""

    @on(FilterBar.Changed)
    def _wants_others(self, _event: FilterBar.Changed) -> None:
        self._wanted = ""

    @work(exclusive=True, group="load")
    async def _show_at(self, ref: str) -> None:
        with told(self.app):
            self._source = await self.source("")
            at = self.place_of(ref)
            self._wanted = ref if at else ""
            self.list_pane.show(self._source, at=at, empty_text=self.empty_words(""))
