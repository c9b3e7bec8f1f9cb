"""Replaces the database file by a checked file in one rename."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.files.temporary_files import sync_to_disk
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.saved_work import note_saved_work
from ahtc_tui.store.engine.driver import follow_link, remove_sidecars

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database


def replace_file(part: Path, target: Path, database: Database | None = None) -> None:
    """Rename `part` to `target`, or to the file it links to; `database` is the open database there, whose writers are
    blocked.

    Sidecar files of the old database are removed first, because SQLite would play back a stale journal. Raises
    StoreError.
    """
    target = follow_link(target)
    try:
        remove_sidecars(part)
        with part.open("rb+") as file:
            # A rename can reach the disk before the bytes of the file do.
            os.fsync(file.fileno())
        remove_sidecars(target)
        if database and sys.platform == "win32":
            database.close()  # Windows cannot replace an open file
        part.replace(target)
        note_saved_work(_("{path} replaced").format(path=target))
        sync_to_disk(target.parent)
    except OSError as error:
        sentence = _("{path} was not replaced: {reason}. The existing file is unchanged.")
        raise StoreError(sentence.format(path=target, reason=error.strerror or error)) from error
