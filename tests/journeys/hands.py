"""The hands and eyes of a person at the desk: keys that are counted, and what stands on the screen."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input
from textual.worker import Worker, WorkerCancelled

import ahtc_tui.tui
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.shell.app import AhtcApp
from ahtc_tui.tui.widgets.detail_pane import Card
from ahtc_tui.tui.widgets.hints import Hints

SCREENS = Path(ahtc_tui.tui.__file__).parent
KEY_NAMES = {" ": "space", "/": "slash", "@": "at", "#": "number_sign", "!": "exclamation_mark", "<": "less_than_sign"}
WAITING = ("write", "form", "form-leave")
"""Workers that wait for the person while something stands over the screen."""


class Hands:
    """Presses keys and waits until everything that they began has come to rest."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot
        self.keys = 0
        """Keys pressed, apart from typed prose."""

    @property
    def app(self) -> AhtcApp:
        """The app."""
        assert isinstance(self.pilot.app, AhtcApp)
        return self.pilot.app

    @property
    def screen(self) -> Any:
        """What stands on top."""
        return self.app.screen

    async def press_keys(self, *keys: str) -> None:
        """Press keys that count."""
        self.keys += len(keys)
        for key in keys:
            await self.pilot.press(KEY_NAMES.get(key, key))
            await self.wait_until_idle()

    async def type_text(self, text: str) -> None:
        """Type prose, in one go: all but its last letter goes into an input at once, as a paste does."""
        if isinstance(self.app.focused, Input) and text:
            self.app.focused.post_message(Paste(text[:-1]))
            text = text[-1]
        await self.pilot.press(*(KEY_NAMES.get(letter, letter) for letter in text))
        await self.wait_until_idle()

    async def wait_until_idle(self) -> None:
        """Wait for every worker but those that wait for the person; what a newer read broke off does not count."""
        for _round in range(50):
            await self.pilot.pause()
            if busy := self._find_busy_workers():
                with suppress(WorkerCancelled):
                    await self.app.workers.wait_for_complete(busy)
            elif self._is_undrawn():
                await self.pilot.pause(0.01)
            else:
                return
        raise AssertionError("The desk does not come to rest.")

    def _find_busy_workers(self) -> list[Worker[Any]]:
        waiting = WAITING if isinstance(self.screen, ModalScreen) else ()
        return [worker for worker in self.app.workers if not worker.is_finished and worker.group not in waiting]

    def _is_undrawn(self) -> bool:
        """Whether something is still to be laid out or drawn: on a busy machine that comes after the keys are read."""
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
        """All that the screen shows, as it is drawn."""
        return "\n".join(line.text.rstrip() for line in self.screen._compositor.render_strips())

    @property
    def rows(self) -> list[str]:
        """The rows of the list that are in sight."""
        pane = self.screen.list_pane
        return [pane.render_line(y).text.rstrip() for y in range(1, 1 + min(pane.total, pane.size.height - 1))]

    @property
    def refs(self) -> list[str]:
        """The references of the first rows of the list of actions, in order."""
        pane = self.screen.list_pane
        return [pane._pages.line_at(index)[1].ref for index in range(min(pane.total, 128))]

    @property
    def card(self) -> str:
        """What the card says."""
        return str(self.screen.card_pane.text.content)

    @property
    def toasts(self) -> list[str]:
        """What was told since the desk was opened."""
        return [toast.message for toast in self.app._notifications]


@asynccontextmanager
async def open_desk(workspace: Workspace, size: tuple[int, int]) -> AsyncIterator[Hands]:
    """The desk, opened on Today."""
    async with AhtcApp(workspace).run_test(size=size, notifications=True) as pilot:
        hands = Hands(pilot)
        await hands.wait_until_idle()
        yield hands


def refuse_on_event_loop(method: Callable[..., Any], places: list[str]) -> Callable[..., Any]:
    """The method of the database, refused and noted where a screen calls it inside the event loop."""

    @wraps(method)
    def run_guarded(*args: Any, **kwargs: Any) -> Any:
        if asyncio._get_running_loop() is not None and (place := _find_calling_screen()):
            places.append(place)
            raise AssertionError(f"SQL on the thread that draws: {place}")
        return method(*args, **kwargs)

    return run_guarded


def _find_calling_screen() -> str | None:
    """The innermost place in a screen that the present call comes from."""
    frame = sys._getframe(2)
    while frame is not None:
        if Path(frame.f_code.co_filename).is_relative_to(SCREENS):
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back  # type: ignore[assignment]
    return None
