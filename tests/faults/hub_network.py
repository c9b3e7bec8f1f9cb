"""A network between laptops and the hub that can break: a TCP proxy for each laptop, run by the test's own loop.

A fault is due after a number of bytes of a connection or at a commit, so that it falls into a sync however fast the
machine is. There are no threads: the test may fork at any time.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 4096
COMMIT = b"COMMIT\0"
"""The statement as PostgreSQL receives it."""


@dataclass(eq=False)
class Connection:
    """A connection of a laptop with the hub, and the bytes that passed it in both directions."""

    laptop: str
    ends: tuple[socket.socket, socket.socket]
    passed: int = 0
    stalled_until: float = 0
    """Until this time of the monotonic clock nothing passes."""
    ends_after_stall: bool = False


@dataclass
class Fault:
    """What happens to a connection after a number of bytes, or when the laptop commits on the hub."""

    after: int
    strike: Callable[[Connection], None]
    at_commit: bool = False
    loses_commit: bool = False
    """Whether the hub never receives the commit; else the laptop never receives the answer."""

    def limit_chunk(self, passed: int) -> int:
        """Return how many bytes may pass at once."""
        return CHUNK if self.at_commit else max(1, min(CHUNK, self.after - passed))

    def is_due(self, data: bytes, passed: int) -> bool:
        """Return whether it happens after this data, the last of the bytes that passed."""
        return COMMIT in data if self.at_commit else passed >= self.after


@dataclass
class Network:
    """The proxies of all laptops."""

    hub: str
    """The path of the server's socket."""
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    faults: dict[str, Fault] = field(default_factory=dict)
    """By laptop, the fault that its connection meets."""
    refusals: dict[str, int] = field(default_factory=dict)
    """By laptop, the number of connections that are closed at once."""
    sizes: dict[str, int] = field(default_factory=dict)
    """By laptop, the bytes of its last connection that ended by itself."""
    refused: int = 0
    _connections: list[Connection] = field(default_factory=list)
    _listeners: list[socket.socket] = field(default_factory=list)

    def add_laptop(self, name: str) -> int:
        """Return the port on this machine where a laptop reaches the hub."""
        listener = socket.create_server(("127.0.0.1", 0))
        self._listeners.append(listener)
        self.selector.register(listener, selectors.EVENT_READ, lambda: self._accept(listener, name))
        return int(listener.getsockname()[1])

    def _accept(self, listener: socket.socket, name: str) -> None:
        client, _address = listener.accept()
        if self.refusals.get(name):
            self.refusals[name] -= 1
            self.refused += 1
            client.close()
            return
        server = socket.socket(socket.AF_UNIX)
        server.connect(self.hub)
        connection = Connection(name, (client, server))
        self._connections.append(connection)
        self._watch(connection)

    def _watch(self, connection: Connection) -> None:
        for here, there in (connection.ends, connection.ends[::-1]):
            self.selector.register(here, selectors.EVENT_READ, lambda a=here, b=there: self._pass(connection, a, b))

    def _unwatch(self, connection: Connection) -> None:
        for end in connection.ends:
            with suppress(KeyError):
                self.selector.unregister(end)

    def _pass(self, connection: Connection, here: socket.socket, there: socket.socket) -> None:
        if connection not in self._connections or connection.stalled_until:
            return
        fault = self.faults.get(connection.laptop)
        try:
            data = here.recv(fault.limit_chunk(connection.passed) if fault else CHUNK)
            connection.passed += len(data)
            is_due = fault is not None and bool(data) and fault.is_due(data, connection.passed)
            if not (fault and is_due and fault.loses_commit):
                there.sendall(data)
        except OSError:
            data, is_due = b"", False
        if not data:
            self.sizes[connection.laptop] = connection.passed
            self.cut(connection)
        elif fault and is_due:
            del self.faults[connection.laptop]
            fault.strike(connection)
            if fault.loses_commit and connection in self._connections:
                connection.ends_after_stall = True
                if not connection.stalled_until:
                    self.cut(connection)

    def cut(self, connection: Connection) -> None:
        """End a connection on both sides, also where a child process holds a copy of its ends."""
        self._unwatch(connection)
        self._connections.remove(connection)
        for end in connection.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def stall(self, connection: Connection, seconds: float, *, ends: bool) -> None:
        """Let nothing pass for some seconds; afterwards the connection goes on or ends."""
        self._unwatch(connection)
        connection.stalled_until, connection.ends_after_stall = time.monotonic() + seconds, ends

    def run_once(self) -> None:
        """Pass on what is there, wait for it a moment, and end stalls that are over."""
        for key, _events in self.selector.select(0.01):
            key.data()
        for connection in list(self._connections):
            if connection.stalled_until and time.monotonic() > connection.stalled_until:
                connection.stalled_until = 0
                if connection.ends_after_stall:
                    self.cut(connection)
                else:
                    self._watch(connection)

    def close(self) -> None:
        """End all connections."""
        for connection in list(self._connections):
            self.cut(connection)
        for listener in self._listeners:
            listener.close()
        self.selector.close()
