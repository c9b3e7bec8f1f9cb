"""Warnings about where a workspace is kept, and about the clock of the laptop."""

from __future__ import annotations

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

from ahtc_tui.domain.dates.formatting import format_local_moment
from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.services.workspace import DATABASE, Workspace
from ahtc_tui.store.journal.devices import read_last_own_write

SYNCHRONISED = re.compile(
    r"(onedrive|dropbox|google ?drive|my drive|icloud ?drive|com~apple~clouddocs|cloudstorage|nextcloud|owncloud)\b.*",
    re.IGNORECASE,
)
"""Names of folders that a program synchronises with a server."""
NETWORK_SYSTEMS = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone")
)
"""File systems of network shares, as Linux and macOS name them."""
MOUNTS = Path("/proc/self/mountinfo")
DRIVE_REMOTE = 4
"""GetDriveTypeW: a network drive."""
CLOCK_TOLERANCE = timedelta(minutes=5)


def find_warnings(workspace: Workspace) -> list[str]:
    """Return a sentence for everything that endangers the workspace."""
    return [warning for warning in (find_folder_warning(workspace.root), find_clock_warning(workspace)) if warning]


def find_folder_warning(root: Path) -> str:
    """Return a sentence where the database is in a synchronised folder or on a network share, else an empty text."""
    path = (root / DATABASE).resolve()
    if name := next((part for part in path.parts if SYNCHRONISED.fullmatch(part)), ""):
        sentence = _(
            '{path} is in "{name}", a folder synchronised by another program. It can mix two states of the database. '
            "Keep the workspace elsewhere and put backups there."
        )
        return sentence.format(path=path.parent, name=name)
    if is_network_share(path):
        sentence = _(
            "{path} is on a network share, whose locks may fail. Keep the workspace on this computer. `ahtc sync` "
            "serves several computers."
        )
        return sentence.format(path=path.parent)
    return ""


def find_clock_warning(workspace: Workspace) -> str:
    """Return a sentence where the clock is behind the last entry of this laptop, else an empty text."""
    try:
        with workspace.database.read() as cursor:
            last_ms = read_last_own_write(cursor)
    except StoreError:
        return ""
    last, now = datetime.fromtimestamp(last_ms / 1000).astimezone(), workspace.now()
    if last - now <= CLOCK_TOLERANCE:
        return ""
    sentence = _(
        "The clock on this computer went back. It shows {now}, but the last entry was made on {last}. Correct the "
        "clock."
    )
    return sentence.format(now=format_local_moment(now), last=format_local_moment(last))


def is_network_share(path: Path) -> bool:
    """Return whether a path is on a network share; False where the system does not say."""
    if sys.platform == "win32":
        import ctypes

        drive = path.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{drive}\\") == DRIVE_REMOTE
    return _read_file_system(path) in NETWORK_SYSTEMS


def _read_file_system(path: Path) -> str:
    """Return the type of the file system of a path; an empty text where it is not known."""
    mounts = _list_mounts()
    places = [folder for folder in (str(path), *map(str, path.parents)) if folder in mounts]
    return mounts[places[0]] if places else ""


def _list_mounts() -> dict[str, str]:
    """Return the file system of each mount point."""
    if sys.platform == "darwin":
        import subprocess

        try:
            lines = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True).stdout
        except (OSError, subprocess.SubprocessError):
            return {}
        return dict(re.findall(r"^.* on (/.*) \((\w+)", lines, re.MULTILINE))
    try:
        text = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return {}
    mounts = {}
    for line in text.splitlines():  # proc(5): the type follows a lone hyphen
        before, _hyphen, after = line.partition(" - ")
        place = before.split(" ")[4].replace("\\040", " ")
        mounts[place] = after.split(" ")[0]
    return mounts
