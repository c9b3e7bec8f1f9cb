"""The filter line above a list: filter text, number of rows and order. It posts changes; the screen filters."""

from __future__ import annotations

from typing import ClassVar, Unpack

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Size
from textual.getters import query_one
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from ahtc_tui.domain.i18n import gettext_noop, pgettext_noop
from ahtc_tui.tui.widgets.plain import PlainLabel, WidgetNaming

MAX_PADDING = 8
"""Cells by which the label of the status may be wider than its text: another width lays out the whole screen."""


class FilterInput(Input):
    """The input of the filter: escape clears it, enter and down go to the list."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """Replaces Textual's reactive, which lays out the whole screen at every key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave(False)",
            pgettext_noop("key", "clear"),
            tooltip=gettext_noop("Clear the filter"),
            id="filter.clear",
        ),
        Binding(
            "enter,down",
            "leave(True)",
            pgettext_noop("key", "to the list"),
            tooltip=gettext_noop("To the list"),
            id="filter.keep",
        ),
        Binding(
            "ctrl+z",
            "app.bell",
            gettext_noop("nothing to undo on this screen"),
            id="filter.nothing",
            show=False,
        ),
    ]

    class Closed(Message):
        """The input was left; `kept` tells whether the filter stays in force."""

        def __init__(self, *, kept: bool) -> None:
            super().__init__()
            self.kept = kept

    def action_leave(self, kept: bool) -> None:
        """Leave the input for the list."""
        self.post_message(self.Closed(kept=kept))


class FilterBar(Horizontal):
    """Shows the filter; `open` shows its input."""

    DEFAULT_CSS = """
    FilterBar {
        height: 1;
        background: $background;

        & > #filter-mark { width: 3; color: $foreground-muted; padding-left: 1; }
        & > FilterInput { width: 1fr; background: $background; color: $foreground; display: none; }
        & > #filter-words { width: 1fr; height: 1; color: $foreground; }
        & > #filter-status { width: auto; color: $foreground-muted; padding: 0 1; }
        & > #filter-status.-error { color: $text-error; max-width: 80%; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-open > FilterInput { display: block; }
        &.-open > #filter-words { display: none; }
        &.-open > #filter-mark { color: $accent; }
        & > #filter-mark.-idle { visibility: hidden; }
    }
    """

    mark = query_one("#filter-mark", PlainLabel)
    input = query_one(FilterInput)
    words = query_one("#filter-words", PlainLabel)
    status = query_one("#filter-status", PlainLabel)

    class Changed(Message):
        """The filter text changed; posted at every key."""

        def __init__(self, filter_bar: FilterBar, text: str) -> None:
            super().__init__()
            self.filter_bar, self.text = filter_bar, text

        @property
        def control(self) -> FilterBar:
            return self.filter_bar

    def __init__(self, focus_selector: str = "RecordList", **naming: Unpack[WidgetNaming]) -> None:
        super().__init__(**naming)
        self._focus_selector = focus_selector
        """Selector of the widget that is focused when the input is left."""
        self._status_text = ""
        self._status_width = 0
        """Cells of the label of the status, whose text is padded to them; 0 where it shows an error."""

    def compose(self) -> ComposeResult:
        yield PlainLabel("/", id="filter-mark", classes="-idle")
        yield FilterInput(compact=True, select_on_focus=False)
        yield PlainLabel(id="filter-words")
        yield PlainLabel(id="filter-status")

    @property
    def text(self) -> str:
        """The filter in force."""
        return self.input.value

    def open(self) -> None:
        """Show and focus the input."""
        self.add_class("-open")
        self.mark.remove_class("-idle")
        self.input.focus()

    def set_text(self, text: str) -> None:
        """Set the filter as if it had been typed."""
        self.input.value = text
        self._update_state()

    def set_status(self, shown: int, order: str, noun: str = "") -> None:
        """Show the number of rows, with their noun, and the order ("by due ↓"), unless the screen was closed
        meanwhile.
        """
        text = f"{f'{shown:,} {noun}'.rstrip()}   {order}".rstrip()
        if text != self._status_text and self.children:
            padding = self._status_width - cell_len(text)
            if is_resized := not 0 <= padding <= MAX_PADDING:
                self._status_width, padding = cell_len(text), 0
            self.status.update(" " * padding + text, layout=is_resized)
            self._status_text = text

    def show_error(self, sentence: str) -> None:
        """Show why the filter is not understood, in place of the number of rows; an empty text ends that."""
        if not self.children:
            return
        self.status.set_class(bool(sentence), "-error")
        if sentence:
            self._status_text, self._status_width = sentence, 0
            self.status.update(sentence)

    def _update_state(self) -> None:
        is_open = self.has_class("-open")
        if not is_open:
            self.words.update(self.text, layout=False)
        self.mark.set_class(not is_open and not self.text, "-idle")

    @on(Input.Changed)
    def _post_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._update_state()
        self.post_message(self.Changed(self, event.value))

    @on(FilterInput.Closed)
    def _close_input(self, event: FilterInput.Closed) -> None:
        event.stop()
        if not event.kept:
            self.input.value = ""
        self.remove_class("-open")
        self._update_state()
        for widget in self.screen.query(self._focus_selector).results():
            widget.focus()
            break
