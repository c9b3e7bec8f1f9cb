"""A driver for the screen: presses keys, counts them and reads what is shown."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import Worker

import ahtc_tui.tui
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.prose_field import TitleField
from ahtc_tui.tui.widgets.record_list import RecordList
from ahtc_tui.tui.widgets.record_pages import ContinuationLine, HeadingLine

SCREENS = Path(ahtc_tui.tui.__file__).parent
KEY_NAMES = {
    **{" ": "space", "/": "slash", "@": "at", "#": "number_sign", "!": "exclamation_mark", "<": "less_than_sign"},
    **{"+": "plus", "-": "minus", ">": "greater_than_sign", "|": "vertical_line", "*": "asterisk", "_": "underscore"},
    **{"\n": "enter", "[": "left_square_bracket", "]": "right_square_bracket", "\\": "backslash", ".": "full_stop"},
}
IDLE_TIMEOUT_SECONDS = 60
WAITING = ("write", "form", "form-new", "form-leave", "export")
"""Groups of workers that wait for the person while a modal screen is open."""


class Hands:
    """Presses keys and waits until the screen is idle."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.keys = 0
        """Number of keys pressed, without typed text."""

    @property
    def app(self) -> AhtcApp:
        """The running app."""
        assert isinstance(self.pilot.app, AhtcApp)
        return self.pilot.app

    @property
    def screen(self) -> Any:
        """The screen on top of the stack."""
        return self.app.screen

    async def press_keys(self, *keys: str) -> None:
        """Press keys and count them."""
        self.keys += len(keys)
        for key in keys:
            await self.pilot.press(KEY_NAMES.get(key, key))
            await self.wait_until_idle()

    async def type_text(self, text: str) -> None:
        """Type text without counting keys; all but the last character is pasted into an input."""
        if isinstance(self.app.focused, Input | TitleField) and text:
            self.app.focused.post_message(Paste(text[:-1]))
            text = text[-1]
        await self.pilot.press(*(KEY_NAMES.get(letter, letter) for letter in text))
        await self.wait_until_idle()

    async def wait_until_idle(self) -> None:
        """Wait for the keys pressed so far and for all workers, except those that wait for the person."""
        deadline = monotonic() + IDLE_TIMEOUT_SECONDS
        while monotonic() < deadline:
            await self.pilot.pause()
            if not self._is_busy():
                return
            await asyncio.sleep(0.002)
        raise AssertionError(f"The desk does not come to rest: {self._describe_activity()}")

    def _is_busy(self) -> bool:
        key_is_pending = self.app._is_handling_key and self.app._followed_node.is_running
        return key_is_pending or bool(self._find_busy_workers()) or self._is_undrawn()

    def _describe_activity(self) -> str:
        """Return what is not finished: the key, workers, layout and drawing, by widget."""
        app, screen = self.app, self.screen
        return (
            f"{screen}: key {app.dispatched_key_count} at {app._followed_node} "
            f"(handled: {not app._is_handling_key}, busy: {app.is_busy}), {self._find_busy_workers()}, "
            f"layout {screen._layout_required}, {screen._callbacks}, "
            f"{[(card, card.scrollable_content_region, card._drawn_width) for card in screen.query(Card)]}"
        )

    def _find_busy_workers(self) -> list[Worker[Any]]:
        waiting = WAITING if isinstance(self.screen, ModalScreen) else ()
        return [worker for worker in self.app.workers if not worker.is_finished and worker.group not in waiting]

    def _is_undrawn(self) -> bool:
        """Return whether layout or drawing is pending."""
        screen = self.screen
        cards = [
            card for card in screen.query(Card) if card.scrollable_content_region.width not in (0, card._drawn_width)
        ]
        return bool(
            cards
            or screen._layout_required
            or screen._callbacks
            or any(hints._update_pending for hints in screen.query(Hints))
        )

    @property
    def text(self) -> str:
        """The text of the screen as drawn."""
        return "\n".join(line.text.rstrip() for line in self.screen._compositor.render_strips())

    @property
    def rows(self) -> list[str]:
        """The visible rows of the list, each with all its lines."""
        return read_rows(self.screen.list_pane)

    @property
    def refs(self) -> list[str]:
        """The references of the first 128 rows of the list of actions."""
        pane = self.screen.list_pane
        return [row[1].ref for row in list_rows(pane)[:128]]

    @property
    def card(self) -> str:
        """The text of the detail pane."""
        return str(self.screen.card_pane.content)

    @property
    def toasts(self) -> list[str]:
        """All messages since the app started."""
        return [message.text for message in self.app.message_log]


def read_rows(pane: RecordList[Any]) -> list[str]:
    """Return the visible rows and headings of a list as shown, the lines of a row as one text."""
    texts: list[str] = []
    for y in range(1, 1 + min(pane.total, pane.size.height - 1)):
        text = pane.render_line(y).text.rstrip()
        if texts and isinstance(pane._pages.line_at(pane._top_index + y - 1), ContinuationLine):
            texts[-1] = " ".join((texts[-1], text.lstrip("▌ ")))
        else:
            texts.append(text)
    return texts


def list_rows(pane: RecordList[Any]) -> list[Any]:
    """Return the rows of a list in memory, without headings and further lines."""
    lines = (pane._pages.line_at(index) for index in range(pane.total))
    return [line for line in lines if line is not None and not isinstance(line, HeadingLine)]


@asynccontextmanager
async def open_desk(workspace: Workspace, size: tuple[int, int]) -> AsyncIterator[Hands]:
    """Run the app on a workspace; it opens on Today."""
    async with AhtcApp(workspace).run_test(size=size, notifications=True) as pilot:
        hands = Hands(pilot)
        await hands.wait_until_idle()
        yield hands


def refuse_on_event_loop(method: Callable[..., Any], places: list[str]) -> Callable[..., Any]:
    """Return the database method, which fails and records the place if a screen calls it in the event loop."""

    @wraps(method)
    def run_guarded(*args: Any, **kwargs: Any) -> Any:
        if asyncio._get_running_loop() is not None and (place := _find_calling_screen()):
            places.append(place)
            raise AssertionError(f"SQL on the thread that draws: {place}")
        return method(*args, **kwargs)

    return run_guarded


def _find_calling_screen() -> str | None:
    """Return the innermost frame of the caller that belongs to a screen."""
    frame = sys._getframe(2)
    while frame is not None:
        if Path(frame.f_code.co_filename).is_relative_to(SCREENS):
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return None
