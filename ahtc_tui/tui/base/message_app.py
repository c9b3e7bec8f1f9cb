"""Messages of the app: where they are shown, the list of past ones, and opening the file that one names."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import work
from textual.events import Event, Key
from textual.notifications import Notify
from textual.signal import Signal
from textual.timer import Timer
from textual.widgets import Input

from ahtc_tui.domain.dates.formatting import format_clock
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.surroundings.programs import open_with_system
from ahtc_tui.tui.base.service_threads import Desk
from ahtc_tui.tui.base.type_ahead import TypeAheadApp
from ahtc_tui.tui.keys import BY_ID
from ahtc_tui.tui.keys.key import format_key
from ahtc_tui.tui.widgets.confirm import errors_as_toasts, show_toast
from ahtc_tui.tui.widgets.hints import Hints
from ahtc_tui.tui.widgets.messages import INFORMATION, MessageLog
from ahtc_tui.tui.widgets.pick_list import Pick

PROGRESS_SECONDS = 0.2
"""Interval in which the progress of a long job is drawn."""
STOP_ID = "desk.stop"
"""Id of the key that stops long jobs."""


class MessageApp(TypeAheadApp):
    """An app that shows messages in the line of hints, where they cover no row, and keeps them."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.message_log = MessageLog()
        self.messages_changed = Signal[None](self, "messages_changed")
        self._job_timer: Timer | None = None

    def on_notify(self, event: Notify) -> None:
        """Keep a message and show it in the line of hints; a screen without that line shows a toast."""
        text, severity = event.notification.message, event.notification.severity
        file = self.desk.take_written_path() if severity == INFORMATION else None
        self.message_log.add(text, severity, self.desk.workspace.now(), file)
        super().clear_notifications()  # toasts of a form do not pile up
        if self.screen.query(Hints):
            event.prevent_default()
        self.messages_changed.publish(None)

    def clear_notifications(self) -> None:
        """Hide the messages; the list of past ones keeps them."""
        super().clear_notifications()
        self.message_log.hide()
        self.messages_changed.publish(None)

    def watch_jobs(self) -> None:
        """Show the progress of long jobs in the line of hints until all have ended."""
        if self._job_timer is None:
            self._job_timer = self.set_interval(PROGRESS_SECONDS, self._show_progress)

    def _show_progress(self) -> None:
        text = self.desk.jobs.format_text(format_key(self.stop_key))
        if not self.desk.jobs and self._job_timer is not None:
            self._job_timer.stop()
            self._job_timer = None
        if text != self.message_log.progress:
            self.message_log.progress = text
            self.messages_changed.publish(None)

    @property
    def stop_key(self) -> str:
        """The key that stops long jobs. It does not wait for keys that a job holds back."""
        keymap = self.desk.workspace.keymap
        return keymap.get(STOP_ID, BY_ID[STOP_ID].keys).split(",")[0]

    async def on_event(self, event: Event) -> None:
        """Stop the long job that runs by its key; ctrl+c does it as well where it has no text to copy."""
        if isinstance(event, Key) and not event.is_forwarded and self._stops_job(event.key) and self.desk.jobs.stop():
            self._show_progress()
        else:
            await super().on_event(event)

    def _stops_job(self, key: str) -> bool:
        if key == self.stop_key or key != "ctrl+c":
            return key == self.stop_key
        from textual.widgets import TextArea  # its highlighting of code is slow to import

        return not isinstance(self.focused, Input | TextArea)

    def action_stop_job(self) -> None:
        """Show that no long job runs; `on_event` takes the key where one does."""
        if not self.desk.jobs.stop():
            show_toast(self, _("No export, import or backup is running."), undo=False)

    @property
    def is_covered(self) -> bool:
        """Whether the screen is covered until the passphrase is typed."""
        raise NotImplementedError

    @work(group="form")
    async def action_past_messages(self) -> None:
        """List the messages, newest first; enter opens the file that one names."""
        if self.is_covered or isinstance(self.screen, Pick):
            return
        messages = list(reversed(list(self.message_log)))
        options = [(str(number), message.text) for number, message in enumerate(messages)]
        labels = {str(number): format_clock(message.at) for number, message in enumerate(messages)}
        heading = _("Messages, newest first") if messages else _("There are no messages yet.")
        answer = await self.push_screen_wait(Pick(heading, options, labels=labels))
        if answer is not None and (file := messages[int(answer)].file):
            await self._open(file)

    @work(group="form")
    async def action_open_written(self) -> None:
        """Open the file that a message shows, else a link of the record, else the file or folder written last."""
        shown = next((message.file for message in self.message_log.list_shown() if message.file), None)
        links = [] if shown else self.list_links()
        if len(links) > 1:
            link = await self.push_screen_wait(Pick(_("Open a link"), [(link, "") for link in links]))
            if link is None:
                return
            links = [link]
        if target := shown or next(iter(links), None) or self.message_log.find_last_file():
            await self._open(target)
        else:
            show_toast(self, _("The record has no link, and no file was saved in this session."), undo=False)

    def list_links(self) -> list[str]:
        """Return the links of the record on the screen."""
        raise NotImplementedError

    async def _open(self, target: Path | str) -> None:
        with errors_as_toasts(self):
            await asyncio.to_thread(open_with_system, target)
