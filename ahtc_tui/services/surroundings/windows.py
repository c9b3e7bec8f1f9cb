"""The screens that have a workspace open: each registers itself in a file beside the database.

The file is locked while its program runs. Where a lock does not reach another computer, as in a synchronised folder,
the file counts while its time is renewed.
"""

from __future__ import annotations

import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from ahtc_tui.domain.files.temporary_files import try_lock
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.workspace import DATABASE, OPEN_SCREEN, Workspace

SILENT_SECONDS = 15 * 60
"""Age, relative to our own file, from which the file of another computer is ignored; it is renewed every minute."""


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """A screen that has the workspace open."""

    pid: int
    host: str
    user: str
    since: str
    """Local time of its start, as "2013-12-31 09:30"."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it runs on another computer, where SQLite's locks may not reach."""
        return self.host != socket.gethostname()

    def format_banner(self) -> str:
        """Return the line that a screen shows which may write, and `ahtc doctor`."""
        return self._format(
            _("Also open on another computer: {user} on {host}, process {pid}, since {since}. Work on one only.")
            if self.is_elsewhere
            else _("Also open: {user} on {host}, process {pid}, since {since}. Both can make changes.")
        )

    def format_read_only_reason(self) -> str:
        """Return why a screen that was opened later on another computer, and each command there, may not write."""
        return self._format(
            _("READ ONLY: open on {host}, {user}, process {pid}, since {since}. Close that window, then start again.")
        )

    def _format(self, sentence: str) -> str:
        return sentence.format(user=self.user, host=self.host, pid=self.pid, since=self.since)


class WindowRegistration:
    """The file of one open screen. Where it cannot be written, nothing is registered."""

    def __init__(self, root: Path, user: str, now: datetime) -> None:
        self._folder = (root / DATABASE).parent
        self._path = self._folder / f"{OPEN_SCREEN}{os.urandom(6).hex()}"
        self._handle: int | None = None
        window = OpenWindow(os.getpid(), socket.gethostname(), user, f"{now:%Y-%m-%d %H:%M}")
        with suppress(OSError):
            self._handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            try_lock(self._handle)
            os.write(self._handle, json.dumps(asdict(window)).encode())

    def renew(self) -> None:
        """Renew the time of the file."""
        with suppress(OSError):
            os.utime(self._path)

    def find_others(self) -> list[OpenWindow]:
        """Return the other open screens, the first opened first."""
        with suppress(OSError):
            return _list_windows(self._folder, self._path, self._path.stat().st_mtime)
        return []

    def close(self) -> None:
        """Remove the file."""
        if self._handle is not None:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._handle)
            self._handle = None


def register_window(workspace: Workspace) -> WindowRegistration:
    """Register a screen. While another computer has the workspace open, its database refuses writes here."""
    registration = WindowRegistration(workspace.root, workspace.database.user, workspace.now())
    elsewhere = [window for window in registration.find_others() if window.is_elsewhere]
    if elsewhere:
        workspace.database.read_only_reason = elsewhere[0].format_read_only_reason()
    return registration


def find_writer_elsewhere(root: Path) -> OpenWindow | None:
    """Return the screen that was opened first, if it runs on another computer; this computer may not write then."""
    first = next(iter(list_windows(root)), None)
    return first if first and first.is_elsewhere else None


def list_windows(root: Path) -> list[OpenWindow]:
    """Return the open screens of a workspace, the first opened first."""
    return _list_windows((root / DATABASE).parent, None, time.time())


def _list_windows(folder: Path, own: Path | None, present: float) -> list[OpenWindow]:
    """Return the screens with files that are still valid; files of screens that ended on this computer are removed."""
    paths = [path for path in folder.glob(f"{OPEN_SCREEN}*") if path != own]
    windows = [window for path in paths if (window := _read_window(path, present))]
    return sorted(windows, key=lambda window: (window.since, window.host, window.pid))


def _read_window(path: Path, present: float) -> OpenWindow | None:
    """Return the screen of a file that still counts."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        window = _parse_window(os.read(handle, 10_000))
        if not try_lock(handle):
            return window
        if window and window.is_elsewhere:
            return window if present - os.fstat(handle).st_mtime < SILENT_SECONDS else None
        with suppress(OSError):
            path.unlink()
        return None
    finally:
        os.close(handle)


def _parse_window(data: bytes) -> OpenWindow | None:
    """Return None for a file that is not understood."""
    try:
        values = json.loads(data)
        texts = {name: str(values[name])[:80] for name in ("host", "user", "since")}
        return OpenWindow(int(values["pid"]), **texts)
    except (ValueError, KeyError, TypeError):
        return None
