"""Putting a whole, checked file in the place of the database: the old one stands until the new one does.

Never decides which file, and never looks into it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.domain.errors import StoreError
from ahtc_tui.domain.i18n import _
from ahtc_tui.store.engine.migrate import remove_sides

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database


def put_in_place(part: Path, target: Path, standing: Database | None = None) -> None:
    """Give the file its name; `standing` is the open database that stands there, held against writes.

    What SQLite left beside the old one goes first: a stale journal would be played back. Raises StoreError.
    """
    try:
        remove_sides(part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        remove_sides(target)
        if standing and os.name == "nt":
            standing.close()  # there no open file can be replaced
        part.replace(target)
        to_the_disk(target.parent)
    except OSError as error:
        sentence = _("{path} was not replaced: {reason}. What stood there is unchanged.")
        raise StoreError(sentence.format(path=target, reason=error.strerror or error)) from error


def to_the_disk(path: Path) -> None:
    """See that a file, or the names in a folder, outlive a power cut, where the system can."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folder
    try:
        os.fsync(handle)
    except OSError:
        pass  # some network folders refuse it
    finally:
        os.close(handle)
