"""Keys one at a time: each is answered, focus and screen included, before the next is looked at. Never what a key does.

Textual hands every key to whatever has the focus at that moment: in "/done", typed faster than the filter opens, the
"d" would close an action.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any

from textual import events
from textual.app import App, ScreenStackError
from textual.dom import DOMNode
from textual.errors import NoWidget
from textual.message_pump import MessagePump
from textual.timer import Timer
from textual.widgets import Input

PATIENCE_SECONDS = 5.0
"""A key that is not answered by then no longer holds up the next, whatever became of it."""
LOOK_AGAIN_SECONDS = 0.01

LINE_END = re.compile(r"[ \t]*[\r\n]+\s*")


class TypeAheadApp(App[int]):
    """An app that lets typed keys wait for one another."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self.turn = 0
        """Counts the keys handed on."""
        self._answering = False
        self._impatience: Timer | None = None
        self._followed: MessagePump = self
        """Where the key in question is now; a form that it closed may end under it."""

    @property
    def busy(self) -> bool:
        """Whether something is under way that the next key should find done."""
        return False

    async def on_event(self, event: events.Event) -> None:
        """Hand a key or what is pasted on, or let it wait; everything else goes its way."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            if not isinstance(event, events.MouseDown) or self._something_at(event):
                await super().on_event(event)
            return
        self._typed.append(event)
        if not self._answering and self.screen.is_mounted:
            await self._hand_on()
        elif not self._answering:  # a click opened what the key is meant for
            self._answering = True
            self._look(self.turn)
        elif self._impatience is None:
            self._impatience = self._watch()

    def _something_at(self, event: events.MouseDown) -> bool:
        """Whether what stands under a click is still there: Textual fails on what was taken away since it was drawn."""
        try:
            return self.get_widget_at(event.x, event.y)[0].is_attached
        except (NoWidget, ScreenStackError):
            return False

    async def _hand_on(self) -> None:
        self._answering, self.turn = True, self.turn + 1
        event = self._typed.popleft()
        if isinstance(event, events.Paste) and isinstance(self.focused, Input):
            event = events.Paste(LINE_END.sub(" ", event.text.strip("\r\n")))  # it would keep the first line alone
        await super().on_event(event)
        self._follow(self.focused or self.screen, self.turn, self._look)

    def _follow(self, node: MessagePump, turn: int, then: Callable[[int], Any]) -> None:
        """Go behind the key through the queues of all that it bubbles up to."""
        self._followed = node
        if node is self:
            self.call_later(then, turn)
        else:
            node.call_later(self._follow, (node.parent if isinstance(node, DOMNode) else None) or self, turn, then)

    def _look(self, turn: int) -> None:
        """The key was answered; what it writes or opens must be there before the next is looked at.

        A key that is bound is answered up here: what its action told the widgets still goes up from where it was.
        """
        if not self.is_running or self._exit:
            return
        if self.screen.is_mounted and not self.busy:
            self._follow(self.focused or self.screen, turn, self._answered)
        else:
            self.set_timer(LOOK_AGAIN_SECONDS, lambda: self._look(turn))

    def _watch(self) -> Timer:
        """Ask now and then whether the key that holds up the next can still be answered."""
        turn, until = self.turn, monotonic() + PATIENCE_SECONDS

        async def ask() -> None:
            if monotonic() > until:
                await self._answered(turn)
            elif turn == self.turn and not self._followed.is_running:
                self._followed = self
                self._look(turn)

        return self.set_interval(LOOK_AGAIN_SECONDS, ask)

    async def _answered(self, turn: int) -> None:
        if turn != self.turn or not self._answering:
            return
        self._answering = False
        if self._impatience is not None:
            self._impatience.stop()
            self._impatience = None
        if self._typed:
            await self._hand_on()
            if self._typed:
                self._impatience = self._watch()
