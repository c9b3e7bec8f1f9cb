"""Output to the terminal that neither ends nor blocks the program where the terminal is gone or does not read."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

assert sys.platform != "win32"

from textual.drivers.linux_driver import LinuxDriver  # noqa: E402 the assertion comes first for mypy

POLL_SECONDS = 0.2
"""Interval in which a write that waits for a full terminal looks whether it was abandoned."""


class TerminalOutput:
    """Writes to a terminal without blocking in the kernel. What is written after `abandon` is dropped.

    Textual's output thread would end at the first error of its file; its full queue then blocks the thread that draws.
    """

    def __init__(self, file: Any, report_loss: Callable[[], object]) -> None:
        """`file` is the text stream of the terminal; `report_loss` is called once where the terminal is gone."""
        self._file, self._report_loss = file, report_loss
        self.is_abandoned = False
        self._handle: int | None = None
        with suppress(OSError):  # an own descriptor: the mode of the shared one concerns the shell as well
            self._handle = os.open(os.ttyname(file.fileno()), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)

    def abandon(self) -> None:
        """Drop what is written from now on, and what waits to be written."""
        self.is_abandoned = True

    def fileno(self) -> int:
        """Return the descriptor of the shared stream."""
        return int(self._file.fileno())

    def write(self, text: str) -> None:
        """Write a text; wait while the terminal does not read."""
        data = memoryview(text.encode(self._file.encoding or "utf-8", "backslashreplace"))
        while data and not self.is_abandoned:
            try:
                data = data[self._write_part(data) :]
            except BlockingIOError:
                self._wait_for_room()
            except (OSError, ValueError):  # the terminal is gone
                self.abandon()
                self._report_loss()

    def _write_part(self, data: memoryview) -> int:
        """Write what the terminal takes, and return the number of bytes."""
        if self._handle is not None:
            return os.write(self._handle, data)
        return os.write(self.fileno(), data[:512]) if self._wait_for_room() else 0

    def _wait_for_room(self) -> bool:
        """Return whether the terminal takes something, after at most a short time."""
        handle = self.fileno() if self._handle is None else self._handle
        return bool(select.select((), (handle,), (), POLL_SECONDS)[1])

    def flush(self) -> None:
        """Do nothing: every write reaches the terminal."""


class TerminalDriver(LinuxDriver):
    """The driver of Linux and macOS whose output can be abandoned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.output = TerminalOutput(self._file, self._end_app)
        self._file: Any = self.output
        Thread(target=self._wait_for_hangup, name="hangup", daemon=True).start()

    def _wait_for_hangup(self) -> None:
        """End the app where the terminal closes without a signal, which only the first process of a session gets.

        Textual's input thread would read nothing again and again then.
        """
        poll = select.poll()
        poll.register(self.fileno, 0)
        if any(event & select.POLLHUP for _descriptor, event in poll.poll()):
            self.output.abandon()
            self._end_app()

    def _end_app(self) -> None:
        """Have the app end; called on the thread of the output."""
        app: Any = self._app
        with suppress(RuntimeError):  # the app has ended
            self._loop.call_soon_threadsafe(app.end_without_terminal)
