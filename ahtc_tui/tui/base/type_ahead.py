"""Dispatches keys one at a time: the next key waits until the effects of the last one, focus included, are complete.

Textual sends every key to the widget that has the focus at that moment. If "/done" is typed faster than the filter
opens, the "d" would close an action.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.driver import Driver
from textual.errors import NoWidget
from textual.geometry import Offset, Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer, TimerCallback
from textual.widgets import Input, OptionList

from ahtc_tui.tui.widgets.mode_bar import ModeBar


class TerminalCursorApp(App[int]):
    """An app that leaves the terminal's cursor on the selected row, or in the field with the focus."""

    def clear_selection(self) -> None:
        """Clear the selected text of the screen; a field may place its cursor before or after there is a screen."""
        with suppress(ScreenStackError):
            super().clear_selection()

    @property
    def cursor_position(self) -> Offset:
        """Cell at which the terminal's cursor is after drawing."""
        return find_cursor(self.screen)

    @cursor_position.setter
    def cursor_position(self, _offset: Offset) -> None:
        """Ignore the places that inputs set: `find_cursor` reads them."""


def find_cursor(screen: Screen[Any]) -> Offset:
    """Return the cell of the selected row, or of the next character; without them, that of the first text."""
    focused = screen.focused
    region = focused.content_region if focused else Region()
    if not focused or not region:
        texts = (child.content_region for child in screen.children if not isinstance(child, ModeBar))
        return next((text.offset for text in texts if text), Offset())
    if isinstance(focused, OptionList):
        return _find_option(focused)
    offset: Offset = getattr(focused, "cursor_screen_offset", region.offset)
    if isinstance(focused, Input):  # Textual's own offset is one cell to the right of the end
        offset = region.offset + Offset(focused._position_to_cell(focused.cursor_position) - focused.scroll_offset.x, 0)
    return Offset(max(region.x, min(offset.x, region.right - 1)), offset.y)


def _find_option(options: OptionList) -> Offset:
    line = options._index_to_line.get(options.highlighted or 0, 0) - options.scroll_offset.y
    region = options.content_region
    return region.offset + Offset(0, max(0, min(line, region.height - 1)))


KEY_TIMEOUT_SECONDS = 5.0
"""After this time an unfinished key no longer holds back the next one."""
POLL_SECONDS = 0.01

LINE_BREAKS = re.compile(r"[ \t]*[\r\n]+\s*")


class LinesInput(Input):
    """An input that takes pasted text of several lines as separate lines."""

    class LinesPasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        """Post the lines; a single line is inserted."""
        event.prevent_default()
        event.stop()
        lines = [line for line in event.text.splitlines() if line.strip()]
        if len(lines) > 1:
            self.post_message(self.LinesPasted("\n".join(lines)))
        else:
            super()._on_paste(events.Paste("".join(lines)))


TypedKeys = tuple[events.Key | events.Paste, ...]
"""Keys and pasted text in the order in which they were typed."""


class TypeAheadApp(TerminalCursorApp):
    """An app that queues typed keys and pasted text."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting_keys: deque[events.Key | events.Paste] = deque()
        self.dispatched_key_count = 0
        """Number of keys dispatched so far."""
        self._is_handling_key = False
        self._watchdog: Timer | None = None
        self._followed_node: MessagePump = self
        """The node whose message queue the current key has reached. It may be removed, e.g. with a form that closes."""

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of the platform; on Linux and macOS that with output that can be abandoned."""
        driver_class = super().get_driver_class()
        if sys.platform != "win32" and driver_class.__name__ == "LinuxDriver":
            from ahtc_tui.tui.base.terminal_driver import TerminalDriver

            return TerminalDriver
        return driver_class

    def abandon_output(self) -> None:
        """Drop what is written to the terminal from now on."""
        if (output := getattr(self._driver, "output", None)) is not None:
            output.abandon()

    @property
    def has_lost_terminal(self) -> bool:
        """Whether the terminal is gone or was given up."""
        return bool(getattr(getattr(self._driver, "output", None), "is_abandoned", False))

    def end_without_terminal(self) -> None:
        """End because the terminal is gone."""
        self.exit(return_code=1)

    @property
    def is_busy(self) -> bool:
        """Whether work is in progress that must finish before the next key is dispatched."""
        return False

    @property
    def keys_left(self) -> TypedKeys:
        """Keys and pasted text that waited when the app ended."""
        return tuple(self._waiting_keys)

    def repeat_keys(self, left: TypedKeys) -> None:
        """Take the keys that an earlier app left as if they were typed now."""
        for event in left:
            if isinstance(event, events.Key):
                self.post_message(events.Key(event.key, event.character))
            else:
                self.post_message(events.Paste(event.text))

    def set_timer(
        self, delay: float, callback: TimerCallback | None = None, *, name: str | None = None, pause: bool = False
    ) -> Timer:
        """Start a timer that fires once, however late.

        Textual's own never fires if its thread is held up for longer than the delay while it starts.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False
        return timer

    async def on_event(self, event: events.Event) -> None:
        """Queue keys and pasted text; pass on all other events."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            if not isinstance(event, events.MouseDown) or self._is_target_attached(event):
                await super().on_event(event)
            return
        self._waiting_keys.append(event)
        if not self._is_handling_key and self.screen.is_mounted:
            await self._dispatch_next_key()
        elif not self._is_handling_key:  # a click has opened the screen that the key is for
            self._is_handling_key = True
            self._finish_when_idle(self.dispatched_key_count)
        elif self._watchdog is None:
            self._watchdog = self._start_watchdog()

    def _is_target_attached(self, event: events.MouseDown) -> bool:
        """Return whether the widget under a click still exists. Textual fails on widgets removed since then."""
        try:
            return self.get_widget_at(event.x, event.y)[0].is_attached
        except (NoWidget, ScreenStackError):
            return False

    async def _dispatch_next_key(self) -> None:
        self._is_handling_key, self.dispatched_key_count = True, self.dispatched_key_count + 1
        event = self._waiting_keys.popleft()
        target = self.focused
        if isinstance(event, events.Paste) and isinstance(target, Input) and not isinstance(target, LinesInput):
            event = events.Paste(LINE_BREAKS.sub(" ", event.text.strip("\r\n")))  # Input keeps the first line only
        await super().on_event(event)
        self._follow_key(self.focused or self.screen, self.dispatched_key_count, self._finish_when_idle)

    def _follow_key(self, node: MessagePump, key_number: int, callback: Callable[[int], Any]) -> None:
        """Call back once the message queues of the node and of all its ancestors have been processed."""
        self._followed_node = node
        if node is self:
            self.call_later(callback, key_number)
        else:
            node.call_later(
                self._follow_key, (node.parent if isinstance(node, DOMNode) else None) or self, key_number, callback
            )

    def _finish_when_idle(self, key_number: int) -> None:
        """Wait until the writes and screens that the key started are complete.

        The action of a bound key runs in the app; messages that it sent to widgets are still bubbling up.
        """
        if not self.is_running or self._exit:
            return
        if self.screen.is_mounted and not self.is_busy:
            self._follow_key(self.focused or self.screen, key_number, self._finish_key)
        else:
            self.set_timer(POLL_SECONDS, lambda: self._finish_when_idle(key_number))

    def _start_watchdog(self) -> Timer:
        """Poll for keys that cannot finish: their node has stopped, or the timeout has passed."""
        key_number, deadline = self.dispatched_key_count, monotonic() + KEY_TIMEOUT_SECONDS

        async def check_timeout() -> None:
            if monotonic() > deadline:
                await self._finish_key(key_number)
            elif key_number == self.dispatched_key_count and not self._followed_node.is_running:
                self._followed_node = self
                self._finish_when_idle(key_number)

        return self.set_interval(POLL_SECONDS, check_timeout)

    async def _finish_key(self, key_number: int) -> None:
        if key_number != self.dispatched_key_count or not self._is_handling_key:
            return
        self._is_handling_key = False
        if self._watchdog is not None:
            self._watchdog.stop()
            self._watchdog = None
        if self._waiting_keys:
            await self._dispatch_next_key()
            if self._waiting_keys:
                self._watchdog = self._start_watchdog()
