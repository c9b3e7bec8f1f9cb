"""Signals that end the app: the terminal closes, or the system shuts down."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

EXIT_SIGNALS = ("SIGTERM", "SIGHUP")


def handle_exit_signals(end: Callable[[int], None]) -> None:
    """Call `end` with the number of a signal instead of ending at once; without effect where there are no signals."""
    loop = asyncio.get_running_loop()
    for name in EXIT_SIGNALS:
        with suppress(AttributeError, NotImplementedError):
            number = getattr(signal, name)
            loop.add_signal_handler(number, end, number)
