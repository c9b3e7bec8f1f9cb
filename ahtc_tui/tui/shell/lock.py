"""The cover of the screen: after a time without a key, and by a key. It is opened by the passphrase of the database."""

from __future__ import annotations

import asyncio
import time

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from ahtc_tui.domain.i18n import _
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.tui.base.desk_screen import DeskApp
from ahtc_tui.tui.widgets.dismiss_once import DismissOnce
from ahtc_tui.tui.widgets.plain import Plain

CHECK_SECONDS = 5.0
WRONG_DELAY_SECONDS = 1.0
"""Delay after a wrong passphrase."""


class CoverScreen(DismissOnce, ModalScreen[None]):
    """Hides everything. With a passphrase it must be typed; without one enter opens the screen again."""

    DEFAULT_CSS = """
    CoverScreen {
        align: center middle;
        background: $background;

        & > Vertical { width: 60; max-width: 90%; height: auto; }
        & Input { margin: 1 0; }
        & #reason { color: $text-error; }
    }
    """

    reason = query_one("#reason", Plain)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._has_passphrase = workspace.database.key is not None

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Plain(_("ahtc is locked."))
            if self._has_passphrase:
                yield Input(password=True, placeholder=_("Passphrase"), compact=True)
                yield Plain(id="reason")
            else:
                yield Plain(_("Press enter to open it. No passphrase is set. To set one, run `ahtc passphrase set`."))

    def on_key(self, event: events.Key) -> None:
        """Open a cover without a passphrase."""
        if event.key == "enter" and not self._has_passphrase:
            self.dismiss(None)

    @on(Input.Submitted)
    @work(exclusive=True, group="unlock")
    async def compare_passphrase(self, event: Input.Submitted) -> None:
        """Open the screen if the passphrase is right."""
        from ahtc_tui.services.recovery.passphrase import is_passphrase

        passphrase, event.input.value = event.value, ""
        self.reason.update("")
        if await asyncio.to_thread(is_passphrase, self._workspace, passphrase):
            self.dismiss(None)
            return
        await asyncio.sleep(WRONG_DELAY_SECONDS)
        self.reason.update(_("The passphrase is wrong."))


class IdleLock:
    """Covers the screen after minutes without a key or a click; 0 minutes never."""

    def __init__(self, app: DeskApp, minutes: int) -> None:
        self._app, self._seconds = app, minutes * 60
        self.note_activity()

    def start(self) -> None:
        """Start to check."""
        if self._seconds:
            self._app.set_interval(CHECK_SECONDS, self.check)

    def note_activity(self) -> None:
        """Remember that a key was pressed.

        By two clocks: one may not run while the laptop sleeps, the other can be set.
        """
        self._last_times = time.monotonic(), time.time()

    def note_key(self) -> None:
        """Cover the screen before a key that comes after the time is over, such as the first one after a sleep."""
        self.check()
        self.note_activity()

    def check(self) -> None:
        """Cover the screen if the time is over."""
        if not self._seconds:
            return
        monotonic, wall = self._last_times
        if max(time.monotonic() - monotonic, time.time() - wall) >= self._seconds:
            self.cover()

    def cover(self) -> None:
        """Cover the screen, unless it is covered."""
        if not isinstance(self._app.screen, CoverScreen):
            self._app.clear_notifications()
            self._app.push_screen(CoverScreen(self._app.desk.workspace), lambda _opened: self.note_activity())
