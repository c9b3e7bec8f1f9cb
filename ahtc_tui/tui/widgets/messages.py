"""Messages of the program: the newest ones, which the line of hints shows for some seconds, and the past ones."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Protocol, runtime_checkable

from textual.signal import Signal

INFORMATION = "information"
SECONDS_SHOWN = 6.0
SECONDS_SHOWN_LONG = 12.0
"""Time for which an error or a warning is shown."""
MAX_SHOWN = 2
"""Number of messages shown at a time: the newest, and an error or a warning before it."""
MAX_KEPT = 200
"""Number of past messages kept."""


@dataclass(frozen=True, slots=True)
class LoggedMessage:
    """A message with the time of day and what it can open."""

    text: str
    severity: str
    at: datetime
    hidden_after: float
    """Time of the monotonic clock after which it is no longer shown."""
    file: Path | None = None
    """The file or folder that it names."""


class MessageLog:
    """The messages since the start of the app, oldest first."""

    def __init__(self) -> None:
        self._messages: deque[LoggedMessage] = deque(maxlen=MAX_KEPT)
        self._shown: deque[LoggedMessage] = deque(maxlen=MAX_SHOWN)
        """The newest ones that were not hidden."""
        self.progress = ""
        """The line about the long job that runs; it is shown until it is empty, and not kept."""

    def __iter__(self) -> Iterator[LoggedMessage]:
        return iter(self._messages)

    def add(self, text: str, severity: str, at: datetime, file: Path | None) -> None:
        """Add a message, to be shown from now on."""
        lifetime = SECONDS_SHOWN if severity == INFORMATION else SECONDS_SHOWN_LONG
        message = LoggedMessage(text, severity, at, monotonic() + lifetime, file)
        self._messages.append(message)
        self._shown.append(message)

    def hide(self) -> None:
        """Stop showing the messages; the list of past messages keeps them."""
        self._shown.clear()

    def list_shown(self) -> tuple[LoggedMessage, ...]:
        """Return the messages to show now: the newest, after an error or a warning that is not over."""
        now = monotonic()
        recent = [message for message in self._shown if message.hidden_after > now]
        return tuple(message for message in recent if message is recent[-1] or message.severity != INFORMATION)

    def find_last_file(self) -> Path | None:
        """Return the file or folder written last."""
        return next((message.file for message in reversed(self._messages) if message.file), None)


@runtime_checkable
class KeepsMessages(Protocol):
    """An app with a message log."""

    message_log: MessageLog
    messages_changed: Signal[None]
    """Published after a message was added or hidden."""
