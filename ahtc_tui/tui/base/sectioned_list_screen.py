"""Base of list screens with headings, which select a record without filtering the list."""

from __future__ import annotations

from typing import TypeVar

from textual import on, work
from textual.widgets import Input

from ahtc_tui.tui.base.record_screen import RecordScreen
from ahtc_tui.tui.widgets.confirm import errors_as_toasts
from ahtc_tui.tui.widgets.filter_bar import FilterBar
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import SortKey

Row = TypeVar("Row")


class SectionedListScreen(RecordScreen[Row]):
    """A list with headings. Subclasses find the key of a reference."""

    def __init__(self) -> None:
        super().__init__()
        self._target_ref = ""
        """Reference of the record to select, until the cursor has reached it."""

    def find_key(self, ref: str) -> SortKey | None:
        """Return the key of a record in the list read last; None if it is not there."""
        raise NotImplementedError

    def select_record(self, ref: str) -> None:
        """Clear the filter and select one record."""
        self._target_ref = ref
        with self.filter_bar.input.prevent(Input.Changed):
            self.filter_bar.set_text("")
        self.reload()
        self.list_pane.focus()

    def reload(self) -> None:
        """Read the list again; the cursor stays on its record or moves to the record to select."""
        if self._target_ref:
            self._load_target(self._target_ref)
        else:
            super().reload()

    @on(RecordList.Highlighted)
    def _clear_reached_target(self, event: RecordList.Highlighted) -> None:
        if event.row is not None and self.ref_of(event.row) == self._target_ref:
            self._target_ref = ""

    @on(FilterBar.Changed)
    def _clear_target(self, _event: FilterBar.Changed) -> None:
        self._target_ref = ""

    @work(exclusive=True, group="load")
    async def _load_target(self, ref: str) -> None:
        with errors_as_toasts(self.app):
            source = await self.load_source("")
            key = self.find_key(ref)
            self._target_ref = ref if key else ""
            self.list_pane.show(source, key=key, empty_text=self.empty_text(""))
