"""How screens reach the services: one database thread, one reading thread that may be broken off, one for long jobs.

Nothing of the database ever runs on the thread that draws.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from ahtc_tui.domain.errors import StoreError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from ahtc_tui.services.workspace import Workspace

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Service = Callable[Concatenate["Workspace", Asked], Answer]


class Desk:
    """The services, each asked on the thread that it belongs to."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._reader: Workspace | None = None
        self._broken_off = 0
        """How often a read was broken off."""
        self._store = ThreadPoolExecutor(1, "store")
        self._glance = ThreadPoolExecutor(1, "glance")
        self._long = ThreadPoolExecutor(1, "long")

    @property
    def today(self) -> date:
        """The day that says what is late."""
        return self.workspace.today()

    def within(self, path: Path) -> Path:
        """A path as people read it: from the workspace on."""
        root = self.workspace.root
        return path.relative_to(root) if path.is_relative_to(root) else path

    async def ask(self, service: Service[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        """Ask a service; writes and single reads go here, one after the other."""
        return await self._run(self._store, partial(service, self.workspace, *args, **kwargs))

    async def glance(self, service: Service[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        """Ask for a page of a list on a connection of its own, which `look_away` breaks off.

        Whoever waits for a read that was broken off is cancelled with it: there is nothing to tell anybody.
        """
        began = self._broken_off
        try:
            return await self._run(self._glance, lambda: service(self._reading(), *args, **kwargs))
        except StoreError as error:
            if began != self._broken_off:
                raise asyncio.CancelledError from error
            raise

    async def work(self, service: Service[Asked, Answer], *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        """Ask for something long (an export); reads and writes go on meanwhile."""

        def on_own_connection() -> Answer:
            workspace = self.workspace.reader()
            try:
                return service(workspace, *args, **kwargs)
            finally:
                workspace.close()

        return await self._run(self._long, on_own_connection)

    def look_away(self) -> None:
        """Break off the read of a list that nobody waits for any more."""
        if self._reader is not None:
            self._broken_off += 1
            self._reader.database.interrupt()

    def _reading(self) -> Workspace:
        if self._reader is None:
            self._reader = self.workspace.reader()
        return self._reader

    async def _run(self, executor: ThreadPoolExecutor, call: Callable[[], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(executor, call)

    def close(self) -> None:
        """Let the threads end; the workspace is closed by whoever opened it."""
        self.look_away()
        for executor in (self._store, self._glance, self._long):
            executor.shutdown(wait=True, cancel_futures=True)
        if self._reader is not None:
            self._reader.close()
