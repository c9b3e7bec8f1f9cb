"""Notices what other processes write to the database, and has the screens read it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual.app import ScreenStackError

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.tui.base.desk_screen import DeskApp

POLL_SECONDS = 1.0
"""Interval of the check; one check reads one page of the file."""


class WriteWatch:
    """Publishes `changed` after a write of another process; checks only while no key is being handled."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._version: int | None = None
        self._check: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Remember the present state of the database and start to check it."""
        self._check = asyncio.create_task(self._compare_versions())
        self._app.set_interval(POLL_SECONDS, self.check)

    def check(self) -> None:
        """Start a check, unless the last one is unfinished or a key is being handled."""
        with suppress(ScreenStackError):  # no screen yet, or the app is closing
            if (self._check is None or self._check.done()) and not self._app.is_busy:
                self._check = asyncio.create_task(self._compare_versions())

    async def _compare_versions(self) -> None:
        """Compare the data version of the connection, which its own writes do not change."""
        try:
            version = await self._app.desk.read_data_version()
        except (StoreError, RuntimeError):  # locked for a moment, or the threads are closing
            return
        if self._version not in (None, version):
            self._app.changed.publish(None)
        self._version = version
