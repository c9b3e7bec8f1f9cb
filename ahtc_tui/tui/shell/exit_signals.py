"""Signals that end the app, because the terminal closes or the system shuts down, within some seconds in any case."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from types import FrameType

EXIT_SIGNALS = ("SIGTERM", "SIGHUP")
OUTPUT_SECONDS = 1.0
"""Time that the terminal has to show the end of the app; then its output is dropped."""
EXIT_SECONDS = 4.5
"""Time after which the program ends even where a service still runs: the database rolls back what is not written."""


def handle_exit_signals(end: Callable[[int], None], abandon_output: Callable[[], None]) -> None:
    """Call `end` with the number of a signal instead of ending at once; without effect where there are no signals.

    The handlers run although the loop waits for a terminal that does not read, until `abandon_output` frees it.
    """
    loop = asyncio.get_running_loop()

    def handle(number: int, _frame: FrameType | None) -> None:
        start_exit_timers(number, abandon_output)
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(end, number)

    for name in EXIT_SIGNALS:
        with suppress(AttributeError, ValueError):
            signal.signal(getattr(signal, name), handle)


def start_exit_timers(number: int, abandon_output: Callable[[], None]) -> None:
    """Drop the output of the terminal soon, and end the program later, should it still run then."""
    for seconds, call in ((OUTPUT_SECONDS, abandon_output), (EXIT_SECONDS, lambda: os._exit(128 + number))):
        timer = Timer(seconds, call)
        timer.daemon = True
        timer.start()
